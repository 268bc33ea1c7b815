//! How a value stands in a URL or a header: as plain text, and percent-encoded.

use std::fmt::Write;

use serde_json::Value;

/// The texts of a value: one per item of an array, else one. Strings as they are, everything else as JSON.
pub(crate) fn texts(value: Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.into_iter().map(text).collect(),
        value => vec![text(value)],
    }
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        value => value.to_string(),
    }
}

/// Percent-encodes everything outside RFC 3986's unreserved characters.
pub(crate) fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
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
    fn texts_of_values() {
        assert_eq!(texts(json!("a")), ["a"]);
        assert_eq!(texts(json!([1, true, "x"])), ["1", "true", "x"]);
        assert_eq!(texts(json!({"a": 1})), [r#"{"a":1}"#]);
        assert!(texts(json!([])).is_empty());
    }
}
