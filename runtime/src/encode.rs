//! How a value stands in a URL or a header: as plain text, in parts, and percent-encoded.

use std::fmt::Write;

use serde_json::Value;

/// What a value is made of, each part as plain text.
pub(crate) enum Parts {
    /// A single value.
    One(String),
    /// The items of an array.
    Items(Vec<String>),
    /// The properties of an object.
    Entries(Vec<(String, String)>),
}

impl Parts {
    /// The parts of a value. What is deeper than its items or properties stands there as JSON.
    pub(crate) fn of(value: Value) -> Self {
        match value {
            Value::Array(items) => Self::Items(items.into_iter().map(text).collect()),
            Value::Object(entries) => {
                let entries = entries.into_iter();
                Self::Entries(entries.map(|(key, value)| (key, text(value))).collect())
            }
            value => Self::One(text(value)),
        }
    }

    /// Whether there is nothing to write: no item, no property.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::Items(items) => items.is_empty(),
            Self::Entries(entries) => entries.is_empty(),
        }
    }

    /// All of them in one row, keys before their values.
    pub(crate) fn row(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::Items(items) => items,
            Self::Entries(entries) => entries
                .into_iter()
                .flat_map(|(key, value)| [key, value])
                .collect(),
        }
    }
}

/// A single value as text: strings as they are, everything else as JSON.
pub(crate) fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        value => value.to_string(),
    }
}

/// Percent-encodes everything outside RFC 3986's unreserved characters.
pub(crate) fn percent(text: &str) -> String {
    percent_but(text, "")
}

/// The same, but for these ASCII characters, which stay.
pub(crate) fn percent_but(text: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let stays = byte.is_ascii_alphanumeric()
            || b"-._~".contains(&byte)
            || kept.as_bytes().contains(&byte);
        if stays {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_unreserved_characters_stay() {
        for (text, encoded) in [
            ("AZaz09-._~", "AZaz09-._~"),
            ("a b+c", "a%20b%2Bc"),
            ("with[]", "with%5B%5D"),
            ("../é?#&=%", "..%2F%C3%A9%3F%23%26%3D%25"),
        ] {
            assert_eq!(percent(text), encoded);
        }
    }

    #[test]
    fn parts_of_values() {
        let row = |value| Parts::of(value).row();
        assert_eq!(row(json!("a")), ["a"]);
        assert_eq!(row(json!([1, true, "x"])), ["1", "true", "x"]);
        assert_eq!(row(json!({"b": 1, "a": [2]})), ["b", "1", "a", "[2]"]);
        assert!(Parts::of(json!([])).is_empty() && !Parts::of(json!("")).is_empty());
    }
}
