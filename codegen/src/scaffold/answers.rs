//! Guesses where the records stand in answers: which operations are lists, and at which pointer of the answer.

use std::{collections::BTreeMap, rc::Rc};

use super::{names::word, reading::Reading};
use crate::{
    api::{Answer, Api, Object, Operation, Schema, Type, Verb},
    report::escape,
    words::singular,
};

/// What lists call their records, the surest first.
const LISTS: [&str; 16] = [
    "data",
    "items",
    "results",
    "records",
    "values",
    "entries",
    "list",
    "content",
    "hits",
    "elements",
    "rows",
    "objects",
    "value",
    "collection",
    "docs",
    "result",
];
/// What single answers call their record.
const SINGLES: [&str; 6] = ["data", "result", "response", "payload", "item", "record"];
/// What stands around a list.
const WRAPPERS: [&str; 7] = [
    "data",
    "result",
    "results",
    "response",
    "_embedded",
    "embedded",
    "payload",
];
/// What is said about an answer beside the records.
const BESIDE: [&str; 44] = [
    "code",
    "count",
    "cursor",
    "error",
    "errors",
    "first",
    "has_more",
    "has_next",
    "info",
    "kind",
    "last",
    "last_page",
    "limit",
    "links",
    "message",
    "meta",
    "metadata",
    "next",
    "next_cursor",
    "next_link",
    "next_page",
    "next_page_token",
    "next_token",
    "object",
    "offset",
    "ok",
    "page",
    "page_count",
    "page_info",
    "page_size",
    "pages",
    "pagination",
    "paging",
    "per_page",
    "previous",
    "request_id",
    "size",
    "skip",
    "sort",
    "order",
    "status",
    "success",
    "total",
    "url",
];

/// Where the records of one operation's answer stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A list of them, at this pointer.
    List(String),
    /// One, at this pointer.
    Single(String),
    /// The answer is no JSON.
    Nothing,
}

/// Where records stand, of each operation and of most.
pub(super) struct Answers {
    found: BTreeMap<String, Found>,
    /// The pointer of most lists, how many have it, and how many lists there are.
    pub(super) list: Most,
    /// The same of single records.
    pub(super) single: Most,
}

/// What most of several say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Most {
    /// What they say.
    pub(super) value: String,
    /// How many say so.
    pub(super) count: usize,
    /// How many there are.
    pub(super) of: usize,
}

impl Answers {
    /// Looks at every operation.
    pub(super) fn of(reading: &Reading) -> Self {
        let api = &reading.api;
        let found: BTreeMap<String, Found> = api
            .operations
            .iter()
            .map(|(key, it)| (key.clone(), find(it, api)))
            .collect();
        let lists = found.values().filter_map(|it| match it {
            Found::List(pointer) => Some(pointer.as_str()),
            Found::Single(_) | Found::Nothing => None,
        });
        let singles = found.values().filter_map(|it| match it {
            Found::Single(pointer) => Some(pointer.as_str()),
            Found::List(_) | Found::Nothing => None,
        });
        Self {
            list: usual(most(lists)),
            single: usual(most(singles)),
            found,
        }
    }

    /// What was found of an operation.
    pub(super) fn get(&self, key: &str) -> &Found {
        self.found.get(key).unwrap_or(&Found::Nothing)
    }

    /// The pointer that the operation's record must name, since it is not that of most.
    pub(super) fn own(&self, operation: &Operation, api: &Api) -> Option<String> {
        let Answer::Json(schema) = &operation.answer else {
            return None;
        };
        match self.get(&operation.key) {
            Found::List(pointer) => (*pointer != self.list.value).then(|| pointer.clone()),
            Found::Single(pointer) => {
                // What stands where most lists have their records would be taken for them.
                let at_list = api.at(schema, &self.list.value);
                let is_mistaken = at_list.is_some_and(|it| api.items(&it).is_some());
                (is_mistaken || *pointer != self.single.value).then(|| pointer.clone())
            }
            Found::Nothing => None,
        }
    }
}

/// The value that comes most often; of several the shortest, then the first by name.
pub(super) fn most<'a>(values: impl Iterator<Item = &'a str>) -> Most {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of = 0;
    for value in values {
        *counts.entry(value).or_default() += 1;
        of += 1;
    }
    let best = counts.into_iter().max_by(|(a, left), (b, right)| {
        left.cmp(right)
            .then_with(|| (b.len(), b).cmp(&(a.len(), a)))
    });
    best.map_or_else(Most::default, |(value, count)| Most {
        value: value.to_owned(),
        count,
        of,
    })
}

/// Where most do not agree there is no usual place, and each record says its own.
fn usual(most: Most) -> Most {
    if most.count * 2 >= most.of {
        return most;
    }
    Most {
        value: String::new(),
        count: 0,
        of: most.of,
    }
}

fn find(operation: &Operation, api: &Api) -> Found {
    let Answer::Json(schema) = &operation.answer else {
        return Found::Nothing;
    };
    let last = operation
        .path
        .rsplit('/')
        .find(|it| !it.is_empty())
        .unwrap_or_default();
    let is_item = last.contains('{');
    let literal = operation
        .path
        .split('/')
        .filter(|it| !it.is_empty() && !it.contains('{'));
    let subjects: Vec<String> = literal.map(|it| singular(&word(it))).collect();
    let may_list = matches!(operation.verb, Verb::Get | Verb::Post);
    if may_list && api.items(schema).is_some() {
        return Found::List(String::new());
    }
    if operation.verb == Verb::Get
        && !is_item
        && let Some(pointer) = list_within(schema, &subjects, api, 0)
    {
        return Found::List(pointer);
    }
    // A POST that answers a list is a search; one that answers a record may hold arrays too.
    if operation.verb == Verb::Post
        && super::names::reads(operation, "").is_some()
        && let Some(pointer) = list_within(schema, &subjects, api, 0)
    {
        return Found::List(pointer);
    }
    Found::Single(single_within(schema, &subjects, api))
}

/// The pointer to the array that an object is there for.
fn list_within(
    schema: &Rc<Schema>,
    subjects: &[String],
    api: &Api,
    depth: usize,
) -> Option<String> {
    let object = api.object(schema)?;
    let arrays: Vec<&String> = of_kind(&object, |it| api.items(it).is_some());
    let plain = |name: &str| word(name);
    let known = LISTS
        .iter()
        .find_map(|wanted| arrays.iter().find(|it| plain(it) == **wanted));
    let named = || {
        arrays
            .iter()
            .find(|it| subjects.contains(&singular(&plain(it))))
    };
    let only = || match arrays.as_slice() {
        [only] if is_beside(&object, only) => Some(only),
        _ => None,
    };
    if let Some(found) = known.or_else(named).or_else(only) {
        return Some(format!("/{}", escape(found)));
    }
    if depth > 0 {
        return None;
    }
    object.properties.iter().find_map(|(name, property)| {
        let is_wrapper =
            WRAPPERS.contains(&name.as_str()) || WRAPPERS.contains(&plain(name).as_str());
        let inner =
            list_within(&property.schema, subjects, api, depth + 1).filter(|_| is_wrapper)?;
        Some(format!("/{}{inner}", escape(name)))
    })
}

/// The pointer to the object that an object is there for; empty: it is the record itself.
fn single_within(schema: &Rc<Schema>, subjects: &[String], api: &Api) -> String {
    let Some(object) = api.object(schema) else {
        return String::new();
    };
    let objects = of_kind(&object, |it| is_record(it, api));
    let found = objects.into_iter().find(|name| {
        let plain = word(name);
        (SINGLES.contains(&plain.as_str()) || subjects.contains(&plain)) && is_beside(&object, name)
    });
    found.map_or_else(String::new, |it| format!("/{}", escape(it)))
}

fn is_record(schema: &Schema, api: &Api) -> bool {
    api.object(schema).is_some() || matches!(api.resolve(schema).ty, Type::Map(_))
}

fn of_kind(object: &Object, is_wanted: impl Fn(&Schema) -> bool) -> Vec<&String> {
    let properties = object.properties.iter();
    properties
        .filter(|(_, it)| is_wanted(&it.schema))
        .map(|(name, _)| name)
        .collect()
}

/// Whether everything else in an object is about the answer.
fn is_beside(object: &Object, name: &str) -> bool {
    object.properties.keys().filter(|it| *it != name).all(|it| {
        let plain = word(it);
        BESIDE.contains(&plain.as_str())
            || plain.starts_with("total")
            || plain.ends_with("count")
            || it.starts_with('_')
    })
}
