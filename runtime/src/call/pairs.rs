//! A parameter as names and values, by its style: what a query and a form of fields have in common.

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    encode::{self, Parts},
    text,
};

/// A name and a value, decoded.
pub(super) type Pair = (Cow<'static, str>, String);

/// What stands between the values of one parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// The style `form`, not exploded.
    Comma,
    /// `spaceDelimited`
    Space,
    /// `pipeDelimited`
    Pipe,
}

impl Separator {
    /// The character itself.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => " ",
            Self::Pipe => "|",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Space => "space",
            Self::Pipe => "vertical bar",
        }
    }
}

/// The style `form`, exploded: an array repeats the name, an object is a parameter for each property.
pub(super) fn exploded(name: &'static str, value: Value) -> Vec<Pair> {
    match Parts::of(value) {
        Parts::One(text) => vec![(name.into(), text)],
        Parts::Items(items) => items.into_iter().map(|it| (name.into(), it)).collect(),
        Parts::Entries(entries) => entries
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect(),
    }
}

/// One value out of several. Servers decode it before they take it apart, so nothing in it may look like what separates.
pub(super) fn delimited(
    name: &'static str,
    value: Value,
    separator: Separator,
) -> Result<Option<Pair>, String> {
    let parts = Parts::of(value);
    if parts.is_empty() {
        return Ok(None);
    }
    let row = parts.row();
    if let Some(text) = row.iter().find(|it| it.contains(separator.as_str())) {
        let (word, came) = (separator.word(), text::quoted(text));
        return Err(format!(
            "an item cannot contain a {word}, which separates items; got {came}"
        ));
    }
    Ok(Some((name.into(), row.join(separator.as_str()))))
}

/// The style `deepObject`: `name[key]`, and `name[key][inner]` for objects within.
pub(super) fn deep(name: &'static str, value: Value) -> Result<Vec<Pair>, String> {
    let Value::Object(entries) = value else {
        return Ok(vec![(name.into(), encode::text(value))]);
    };
    let mut pairs = Vec::new();
    for (key, value) in entries {
        let outer = format!("{name}[{}]", plain(&key)?);
        match value {
            Value::Object(inner) => {
                for (key, value) in inner {
                    let name = format!("{outer}[{}]", plain(&key)?);
                    pairs.push((name.into(), encode::text(value)));
                }
            }
            value => pairs.push((outer.into(), encode::text(value))),
        }
    }
    Ok(pairs)
}

/// A key that a server can only read as one.
fn plain(key: &str) -> Result<&str, String> {
    if key.is_empty() || key.contains(['[', ']']) {
        let came = text::quoted(key);
        return Err(format!(
            "a key cannot be empty, nor contain a bracket, which ends it; got {came}"
        ));
    }
    Ok(key)
}
