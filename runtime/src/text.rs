//! How values, names and places are put into words for the model.

use std::fmt::Display;

use serde_json::Value;

/// Longest piece of a caller's text that a message repeats, in characters.
const LONGEST: usize = 40;

/// Most names that one message lists.
const MOST: usize = 20;

/// What came, in words: `the string "abc"`, `the integer 5`, `an array`.
pub(crate) fn what(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("the boolean {flag}"),
        Value::Number(number) if number.is_f64() => format!("the number {number}"),
        Value::Number(number) => format!("the integer {number}"),
        Value::String(text) => format!("the string {}", quoted(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// A text as JSON shows it, shortened.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(shortened(text)).to_string()
}

/// A name between backticks, shortened.
pub(crate) fn ticked(name: &str) -> String {
    format!("`{}`", shortened(name).escape_debug())
}

/// Items with commas between; of many only the first, and how many more there are.
pub(crate) fn list(items: impl ExactSizeIterator<Item = impl Display>) -> String {
    let more = items.len().saturating_sub(MOST);
    let mut text = items
        .take(MOST)
        .map(|item| item.to_string())
        .collect::<Vec<_>>()
        .join(", ");
    if more > 0 {
        text += &format!(", … ({more} more)");
    }
    text
}

/// The place of a key below another place.
pub(crate) fn below(at: &str, key: &str) -> String {
    let plain = !key.is_empty()
        && key.len() <= 64
        && key
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"_-$".contains(&it));
    match (plain, at.is_empty()) {
        (true, true) => key.to_owned(),
        (true, false) => format!("{at}.{key}"),
        (false, _) => format!("{at}[{}]", quoted(key)),
    }
}

/// A caller's or vendor's text, short enough to be repeated.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_in_words() {
        let long = "x".repeat(500);
        for (value, words) in [
            (json!(null), "null".to_owned()),
            (json!(true), "the boolean true".to_owned()),
            (json!(5), "the integer 5".to_owned()),
            (json!(5.0), "the number 5.0".to_owned()),
            (json!("a\"b\n"), r#"the string "a\"b\n""#.to_owned()),
            (json!(long), format!("the string \"{}…\"", "x".repeat(40))),
            (json!([1]), "an array".to_owned()),
            (json!({"a": 1}), "an object".to_owned()),
        ] {
            assert_eq!(what(&value), words);
        }
    }

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(list(["a", "b"].iter()), "a, b");
        let names: Vec<_> = (0..23).collect();
        assert!(list(names.iter()).ends_with("18, 19, … (3 more)"));
    }

    #[test]
    fn odd_keys_are_quoted_in_places() {
        for (at, key, place) in [
            ("", "contact", "contact"),
            ("contact", "first-name", "contact.first-name"),
            ("", "", r#"[""]"#),
            ("map", "a.b", r#"map["a.b"]"#),
            ("map", "ä", r#"map["ä"]"#),
        ] {
            assert_eq!(below(at, key), place);
        }
    }
}
