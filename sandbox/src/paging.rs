//! How a list is cut into pages, and what stands around a page.

use std::collections::VecDeque;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};

/// A style of paging.
#[derive(Clone, Deserialize)]
#[serde(tag = "style", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Paging {
    /// Numbered pages. `body` holds `$records`, `$page`, `$size`, `$last_page` and `$total`.
    Page {
        page: String,
        size: String,
        default_size: usize,
        max_size: usize,
        body: Value,
    },
    /// Numbered pages announced by a `Link` header; or, with `pagination-type: forward-only`, those after the id `after`.
    Link {
        page: String,
        size: String,
        after: String,
        default_size: usize,
        max_size: usize,
    },
    /// An opaque key at `cursor`, a path. `body` holds `$records` and `$next`: `{key: …}`, after the path's last step, or null.
    Scroll {
        cursor: String,
        size: String,
        default_size: usize,
        max_size: usize,
        body: Value,
    },
    /// Everything at once. `body` holds `$records`.
    None { body: Value },
}

/// The records of a page, and what goes around them.
pub(crate) struct Cut {
    pub(crate) records: Vec<Record>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) values: Map<String, Value>,
}

/// Most scrolls that are known at a time.
const SCROLLS: usize = 100;

/// Scrolls that were begun, the newest last; the oldest are forgotten.
#[derive(Default)]
pub(crate) struct Scrolls(VecDeque<(String, Scroll)>);

/// What a scroll goes on with.
pub(crate) struct Scroll {
    /// The inputs that it began with.
    pub(crate) inputs: Record,
    /// Ids of the records still to come.
    pub(crate) rest: Vec<Value>,
}

impl Scrolls {
    /// The scroll of this key.
    pub(crate) fn get(&self, key: &str) -> Option<&Scroll> {
        let mut scrolls = self.0.iter();
        scrolls
            .find(|(known, _)| known == key)
            .map(|(_, scroll)| scroll)
    }

    /// Begins a scroll.
    pub(crate) fn begin(&mut self, key: String, scroll: Scroll) {
        self.0.push_back((key, scroll));
        if self.0.len() > SCROLLS {
            self.0.pop_front();
        }
    }
}

/// The number of a page and its size.
pub(crate) struct Numbers {
    pub(crate) page: usize,
    pub(crate) size: usize,
}

/// Reads a page's number and size, and refuses what is out of range.
pub(crate) fn numbers(
    inputs: &Record,
    names: (&str, &str),
    default_size: usize,
    max_size: usize,
) -> Result<Numbers, Refusal> {
    let (page, size) = names;
    let read = |name: &str, default: usize, most: usize| match path::read(inputs, name) {
        Value::Null => Ok(default),
        value => {
            let number = value
                .as_u64()
                .and_then(|number| usize::try_from(number).ok());
            number
                .filter(|number| (1..=most).contains(number))
                .ok_or_else(|| {
                    let range = if most == usize::MAX {
                        "at least 1".to_owned()
                    } else {
                        format!("from 1 to {most}")
                    };
                    Refusal::of(
                        Kind::Range,
                        name,
                        format!("`{name}` must be {range}; it is {value}."),
                    )
                })
        }
    };
    Ok(Numbers {
        page: read(page, 1, usize::MAX)?,
        size: read(size, default_size, max_size)?,
    })
}

/// One page of numbered pages.
pub(crate) fn numbered(matches: Vec<Record>, numbers: &Numbers) -> Cut {
    let total = matches.len();
    let last_page = total.div_ceil(numbers.size).max(1);
    let skipped = (numbers.page - 1).saturating_mul(numbers.size);
    let values = [
        ("$page", numbers.page),
        ("$size", numbers.size),
        ("$last_page", last_page),
        ("$total", total),
    ];
    Cut {
        records: matches
            .into_iter()
            .skip(skipped)
            .take(numbers.size)
            .collect(),
        headers: Vec::new(),
        values: values
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect(),
    }
}

/// The `Link` header of RFC 8288: each relation with its address.
pub(crate) fn link(relations: &[(&str, String)]) -> String {
    let links: Vec<String> = relations
        .iter()
        .map(|(name, address)| format!("<{address}>; rel=\"{name}\""))
        .collect();
    links.join(", ")
}

/// A query with some parameters replaced.
pub(crate) fn requery(query: &str, replaced: &[(&str, String)]) -> String {
    let mut written = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if !replaced.iter().any(|(other, _)| *other == name) {
            written.append_pair(&name, &value);
        }
    }
    for (name, value) in replaced {
        written.append_pair(name, value);
    }
    written.finish()
}

/// A template with each text that is a name of `values` replaced by the value.
pub(crate) fn fill(template: &Value, values: &Map<String, Value>) -> Value {
    match template {
        Value::String(text) => values.get(text).unwrap_or(template).clone(),
        Value::Array(items) => items.iter().map(|item| fill(item, values)).collect(),
        Value::Object(object) => object
            .iter()
            .map(|(key, item)| (key.clone(), fill(item, values)))
            .collect(),
        scalar => scalar.clone(),
    }
}
