//! Writes an example as a call on the command line of a POSIX shell, which a reader can copy: `key=value`, as the programs read
//! it by the type of each input.

use serde_json::Value;

/// Longest call that stands on one line.
const WIDEST: usize = 110;

/// The call of a tool with these arguments.
pub(super) fn call(binary: &str, tool: &str, schema: &Value, arguments: &Value) -> String {
    let whole = || vec![format!("--arguments {}", quoted(&arguments.to_string()))];
    let words = pairs(schema, arguments).unwrap_or_else(whole);
    let begin = format!("{binary} call {tool}");
    let line = format!("{begin} {}", words.join(" "));
    match words.is_empty() {
        true => begin,
        false if line.chars().count() <= WIDEST => line,
        false => format!("{begin} \\\n  {}", words.join(" \\\n  ")),
    }
}

/// Each argument as `key=value`; none if one of them cannot be said so.
fn pairs(schema: &Value, arguments: &Value) -> Option<Vec<String>> {
    let mut words = Vec::new();
    for (key, value) in arguments.as_object()? {
        // It would be taken for an option.
        if key.starts_with('-') || key.contains('=') {
            return None;
        }
        for text in texts(&schema["properties"][key], value)? {
            words.push(format!("{key}={}", quoted(&text)));
        }
    }
    Some(words)
}

/// The texts that make a value: an array is its items, one by one, as far as they are plain.
fn texts(schema: &Value, value: &Value) -> Option<Vec<String>> {
    let Some(items) = value.as_array().filter(|_| has_type(schema, "array")) else {
        return Some(vec![text(schema, value)?]);
    };
    let is_plain = items.iter().all(|it| !it.is_array() && !it.is_object());
    // One text that begins like an array would be read as one.
    let is_ambiguous =
        matches!(items.as_slice(), [Value::String(it)] if it.trim_start().starts_with('['));
    if items.is_empty() || is_ambiguous || !is_plain {
        return Some(vec![value.to_string()]);
    }
    items.iter().map(|it| text(&schema["items"], it)).collect()
}

/// One value: text as it is where the schema says text, else JSON.
fn text(schema: &Value, value: &Value) -> Option<String> {
    let Value::String(text) = value else {
        return (!has_type(schema, "string")).then(|| value.to_string());
    };
    let branches = schema["anyOf"].as_array().into_iter().flatten();
    let may_be_text = branches.into_iter().any(|it| has_type(it, "string"));
    let looks_otherwise = || {
        let read = serde_json::from_str::<Value>(text);
        read.is_ok_and(|it| it.is_number() || it.is_string())
    };
    let is_itself = has_type(schema, "string") || may_be_text && !looks_otherwise();
    if !is_itself {
        return Some(value.to_string());
    }
    (!text.contains(char::is_control)).then(|| text.clone())
}

fn has_type(schema: &Value, name: &str) -> bool {
    schema["type"] == name
}

/// A word of a POSIX shell.
fn quoted(text: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "_-.,/:@%+".contains(it);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    fn call(arguments: Value) -> String {
        let schema = json!({"properties": {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "with": {"type": "array", "items": {"type": "string"}},
            "company": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
            "free": {},
        }});
        super::call("p", "t", &schema, &arguments)
    }

    #[test]
    fn values_stand_as_the_programs_read_them() {
        for (arguments, expected) in [
            (json!({}), "p call t"),
            (json!({"id": 5, "name": "5"}), "p call t id=5 name=5"),
            (
                json!({"name": "it's here"}),
                r"p call t name='it'\''s here'",
            ),
            (json!({"name": ""}), "p call t name=''"),
            (json!({"with": ["a", "b c"]}), "p call t with=a with='b c'"),
            (json!({"with": []}), "p call t with='[]'"),
            (json!({"with": ["[x"]}), r#"p call t with='["[x"]'"#),
            (json!({"company": "Acme"}), "p call t company=Acme"),
            (json!({"company": "5"}), r#"p call t company='"5"'"#),
            (json!({"free": "a"}), r#"p call t free='"a"'"#),
            (json!({"free": {"a": 1}}), r#"p call t free='{"a":1}'"#),
            (
                json!({"name": "a\nb"}),
                r#"p call t --arguments '{"name":"a\nb"}'"#,
            ),
        ] {
            assert_eq!(call(arguments), expected);
        }
    }

    #[test]
    fn a_long_call_has_a_line_per_argument() {
        let name = "x".repeat(120);
        assert_eq!(
            call(json!({"id": 1, "name": name})),
            format!("p call t \\\n  id=1 \\\n  name={name}")
        );
    }
}
