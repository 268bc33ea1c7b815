//! Which records a plain filter parameter keeps.

use serde::Deserialize;
use serde_json::Value;

use crate::path::{self, Record};
use crate::store::Store;

/// What a parameter compares with what.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    /// The path of the property that is compared.
    pub(crate) field: String,
    #[serde(default)]
    pub(crate) compare: Compare,
    /// Where the property is an id: the record it belongs to, and the property of that one.
    #[serde(default)]
    pub(crate) through: Option<Through>,
}

/// The other record that a filter looks at.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Through {
    pub(crate) collection: String,
    pub(crate) field: String,
}

/// How a filter compares. Text is compared whatever its case.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Compare {
    /// The same; where the property or the parameter is an array: one of it.
    #[default]
    Equals,
    /// The text stands somewhere in the property.
    Contains,
    /// A date or time that is not earlier.
    From,
    /// A date or time that is not later; a date includes its whole day.
    Until,
    /// A date or time that is later.
    After,
    /// A number that is not smaller.
    AtLeast,
}

impl Filter {
    /// Whether the record passes.
    pub(crate) fn keeps(&self, record: &Record, wanted: &Value, store: &Store) -> bool {
        let own = path::read(record, &self.field);
        let found = match &self.through {
            Some(through) => store
                .find(&through.collection, own)
                .map_or(&Value::Null, |other| path::read(other, &through.field)),
            None => own,
        };
        match wanted {
            Value::Array(choices) => choices
                .iter()
                .any(|wanted| self.compare.holds(found, wanted)),
            wanted => self.compare.holds(found, wanted),
        }
    }
}

impl Compare {
    pub(crate) fn holds(self, found: &Value, wanted: &Value) -> bool {
        if let Value::Array(found) = found {
            return found.iter().any(|found| self.holds(found, wanted));
        }
        if found.is_null() {
            return wanted.is_null();
        }
        let (text, limit) = (path::text(found), path::text(wanted));
        // Up to the precision that was asked for: a time is within a day if it begins with that day.
        let prefix: String = text
            .replace(' ', "T")
            .chars()
            .take(limit.chars().count())
            .collect();
        let limit = if limit.len() > 10 {
            limit.replace(' ', "T")
        } else {
            limit
        };
        match self {
            Self::Equals => path::same(found, wanted),
            Self::Contains => {
                let wanted = path::text(wanted).to_lowercase();
                text.to_lowercase().contains(&wanted)
            }
            Self::From => prefix >= limit,
            Self::Until => prefix <= limit,
            Self::After => prefix > limit,
            Self::AtLeast => found.as_f64() >= wanted.as_f64(),
        }
    }
}
