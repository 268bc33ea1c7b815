//! The limits that a schema sets to a value, and what is said when one is broken.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use regex_lite::Regex;
use serde_json::Value;

use crate::{mistake::Mistake, text};

/// A limit that a schema sets to a value. It says nothing of values of another type, as in JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// Least number of characters.
    MinLength(usize),
    /// Greatest number of characters.
    MaxLength(usize),
    /// Regular expression that a part of the text matches. One that does not compile limits nothing: it was checked earlier.
    Pattern(&'static str),
    /// Least number.
    Minimum(f64),
    /// Greatest number.
    Maximum(f64),
    /// Number that must be exceeded.
    ExclusiveMinimum(f64),
    /// Number that must not be reached.
    ExclusiveMaximum(f64),
    /// Number that divides the value without a remainder.
    MultipleOf(f64),
    /// Least number of items.
    MinItems(usize),
    /// Greatest number of items.
    MaxItems(usize),
    /// No two items are equal.
    UniqueItems,
    /// Limits of every item of an array, and of every value of a map.
    Each(&'static [Limit]),
    /// Greatest number of bytes as JSON.
    MaxBytes(usize),
    /// Greatest number of levels of objects and arrays.
    MaxDepth(usize),
    /// Keys that no object within may have.
    Without(&'static [&'static str]),
}

impl Limit {
    /// Notes each limit that a value breaks.
    ///
    /// `note` answers whether there is room for another: without, nothing more is checked.
    pub(crate) fn check(
        limits: &[Self],
        at: &str,
        value: &Value,
        note: &mut dyn FnMut(Mistake) -> bool,
    ) -> bool {
        limits.iter().all(|limit| match (limit, value) {
            (Self::Each(limits), Value::Array(items)) => items
                .iter()
                .enumerate()
                .all(|(index, item)| Self::check(limits, &format!("{at}[{index}]"), item, note)),
            (Self::Each(limits), Value::Object(values)) => values
                .iter()
                .all(|(key, value)| Self::check(limits, &text::below(at, key), value, note)),
            (Self::Without(keys), value) => without(keys, at, value, note),
            _ => limit
                .broken_by(value)
                .is_none_or(|why| note(Mistake::new(at, why))),
        })
    }

    /// What is wrong with a value, if this limit is broken.
    fn broken_by(&self, value: &Value) -> Option<String> {
        match (value, *self) {
            (_, Self::MaxBytes(most)) => too_many(bytes(value), most, "byte"),
            (_, Self::MaxDepth(most)) => too_many(depth(value), most, "level"),
            (Value::String(text), _) => self.broken_by_text(text),
            (Value::Number(_), _) => self.broken_by_number(value),
            (Value::Array(items), _) => self.broken_by_items(items),
            (Value::Null | Value::Bool(_) | Value::Object(_), _) => None,
        }
    }

    fn broken_by_text(&self, text: &str) -> Option<String> {
        let length = text.chars().count();
        match *self {
            Self::MinLength(least) => too_few(length, least, "character"),
            Self::MaxLength(most) => too_many(length, most, "character"),
            Self::Pattern(pattern) => {
                let matches = compiled(pattern).is_none_or(|regex| regex.is_match(text));
                (!matches).then(|| {
                    let came = text::quoted(text);
                    format!("must match the pattern `{pattern}`, got {came}")
                })
            }
            _ => None,
        }
    }

    fn broken_by_number(&self, value: &Value) -> Option<String> {
        let number = value.as_f64()?;
        let (holds, rule) = match *self {
            Self::Minimum(least) => (number >= least, format!("at least {least}")),
            Self::Maximum(most) => (number <= most, format!("at most {most}")),
            Self::ExclusiveMinimum(end) => (number > end, format!("greater than {end}")),
            Self::ExclusiveMaximum(end) => (number < end, format!("less than {end}")),
            Self::MultipleOf(unit) => (is_multiple(number, unit), format!("a multiple of {unit}")),
            _ => return None,
        };
        (!holds).then(|| format!("must be {rule}, got {value}"))
    }

    fn broken_by_items(&self, items: &[Value]) -> Option<String> {
        let length = items.len();
        match *self {
            Self::MinItems(least) => too_few(length, least, "item"),
            Self::MaxItems(most) => too_many(length, most, "item"),
            Self::UniqueItems => first_repeated(items)
                .map(|index| format!("items must differ; item {index} repeats an earlier one")),
            _ => None,
        }
    }
}

/// Notes each of some keys that an object within has; no script hides deep in a query.
fn without(keys: &[&str], at: &str, value: &Value, note: &mut dyn FnMut(Mistake) -> bool) -> bool {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .all(|(index, item)| without(keys, &format!("{at}[{index}]"), item, note)),
        Value::Object(object) => object.iter().all(|(key, item)| {
            let at = text::below(at, key);
            match keys.contains(&key.as_str()) {
                true => note(Mistake::new(
                    at,
                    format!("`{key}` is refused here; do without it"),
                )),
                false => without(keys, &at, item, note),
            }
        }),
        _ => true,
    }
}

/// How many bytes a value has as JSON.
fn bytes(value: &Value) -> usize {
    value.to_string().len()
}

/// How many levels of objects and arrays a value has.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(object) => 1 + object.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// A pattern's regular expression, compiled at its first use; `None`: it does not compile.
fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    static COMPILED: Mutex<BTreeMap<&str, Option<Arc<Regex>>>> = Mutex::new(BTreeMap::new());
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    compiled
        .entry(pattern)
        .or_insert_with(|| Regex::new(pattern).ok().map(Arc::new))
        .clone()
}

fn too_few(length: usize, least: usize, unit: &str) -> Option<String> {
    (length < least).then(|| format!("must have at least {}, has {length}", count(least, unit)))
}

fn too_many(length: usize, most: usize, unit: &str) -> Option<String> {
    (length > most).then(|| format!("must have at most {}, has {length}", count(most, unit)))
}

fn count(number: usize, unit: &str) -> String {
    if number == 1 {
        format!("1 {unit}")
    } else {
        format!("{number} {unit}s")
    }
}

/// With room for what decimal fractions lose in binary: 0.3 is a multiple of 0.1.
fn is_multiple(number: f64, unit: f64) -> bool {
    let quotient = number / unit;
    let room = 4.0 * f64::EPSILON * quotient.abs();
    !quotient.is_finite() || (quotient - quotient.round()).abs() <= room
}

fn first_repeated(items: &[Value]) -> Option<usize> {
    let mut seen = HashSet::new();
    items.iter().position(|item| !seen.insert(canonical(item)))
}

/// Equal for values that JSON Schema holds equal: `1` and `1.0`, and objects whatever the order of their keys.
pub(crate) fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_f64() {
            // Adding zero turns -0 into 0.
            Some(float) if number.is_f64() => (float + 0.0).to_string(),
            _ => number.to_string(),
        },
        Value::Array(items) => format!("{:?}", items.iter().map(canonical).collect::<Vec<_>>()),
        Value::Object(object) => {
            let entries = object.iter().map(|(key, value)| (key, canonical(value)));
            format!("{:?}", entries.collect::<BTreeMap<_, _>>())
        }
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_pattern_is_compiled_once() {
        let first = compiled("^once[0-9]$").unwrap();
        assert!(Arc::ptr_eq(&first, &compiled("^once[0-9]$").unwrap()));
        assert!(compiled("(").is_none());
    }

    #[test]
    fn nothing_is_checked_once_no_mistake_more_would_be_told() {
        const LIMITS: &[Limit] = &[Limit::Each(&[Limit::Pattern("^a$")]), Limit::MaxItems(1)];
        let items = json!(["b", "a", "c", "d", "e"]);
        let mut told = Vec::new();
        Limit::check(LIMITS, "x", &items, &mut |mistake| {
            told.push(mistake.at);
            told.len() < 2
        });
        assert_eq!(told, ["x[0]", "x[2]"]);
    }
}
