//! Puts a configuration into a file that a person wrote: what is not ours stays as it is, byte for byte.

use jsonc_parser::{
    ParseOptions,
    cst::{CstInputValue, CstNode, CstObject, CstRootNode},
};
use serde_json::{Map, Value};

/// What the file becomes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Merged {
    /// Its text.
    pub(super) text: String,
    /// Whether an entry of our name stood there, and is another now.
    pub(super) replaced: bool,
}

/// Merges a configuration, which is an object, into a file's text; none if all of it is there already.
///
/// Objects are merged a level deep: an entry of our name is replaced, its neighbours are left. Of an array, what is
/// known by its `id` is replaced, and the rest is left.
///
/// # Errors
/// Why the text cannot be changed: what it is not, and where.
pub(super) fn merge(
    text: &str,
    is_lenient: bool,
    configuration: &Value,
) -> Result<Option<Merged>, String> {
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    if !is_lenient && !body.trim().is_empty() {
        let read = serde_json::from_str::<Value>(body);
        read.map_err(|error| format!("it cannot be read, by its client either: {error}"))?;
    }
    let root = CstRootNode::parse(body, &options(is_lenient)).map_err(|error| {
        let (line, column) = (error.line_display(), error.column_display());
        format!(
            "it cannot be read at line {line}, column {column}: {}",
            error.kind()
        )
    })?;
    let whole = match root.value() {
        None => root.object_value_or_set(),
        Some(_) => root.object_value().ok_or("it holds no JSON object")?,
    };
    let mut replaced = false;
    let mut changed = false;
    for (key, part) in configuration.as_object().into_iter().flatten() {
        let done = match part {
            Value::Array(items) if items.is_empty() => continue,
            Value::Array(items) => array(&whole, key, items)?,
            Value::Object(entries) => entries_of(&whole, key, entries)?,
            _ => continue,
        };
        changed |= done.changed;
        replaced |= done.replaced;
    }
    let text = format!("{mark}{root}");
    Ok(changed.then_some(Merged { text, replaced }))
}

/// What a client reads: JSON, some with comments and trailing commas.
fn options(is_lenient: bool) -> ParseOptions {
    ParseOptions {
        allow_comments: is_lenient,
        allow_trailing_commas: is_lenient,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// What came of a part.
#[derive(Default)]
struct Done {
    changed: bool,
    replaced: bool,
}

/// The entries of an object within the whole.
fn entries_of(whole: &CstObject, key: &str, entries: &Map<String, Value>) -> Result<Done, String> {
    once(whole, key)?;
    let object = whole.object_value_or_create(key);
    let object = object.ok_or_else(|| format!("its `{key}` is no object"))?;
    let mut done = Done::default();
    for (name, value) in entries {
        once(&object, name)?;
        match object.get(name) {
            None => {
                object.append(name, input(value));
                done.changed = true;
            }
            Some(property)
                if property.value().and_then(|it| it.to_serde_value()).as_ref() == Some(value) => {}
            Some(property) => {
                property.set_value(input(value));
                done = Done {
                    changed: true,
                    replaced: true,
                };
            }
        }
    }
    Ok(done)
}

/// The items of an array within the whole, known by their `id`.
fn array(whole: &CstObject, key: &str, items: &[Value]) -> Result<Done, String> {
    once(whole, key)?;
    let array = whole.array_value_or_create(key);
    let array = array.ok_or_else(|| format!("its `{key}` is no array"))?;
    let mut done = Done::default();
    for item in items {
        let is_same = |it: &CstNode| {
            it.to_serde_value()
                .is_some_and(|it: Value| it["id"] == item["id"])
        };
        match array.elements().into_iter().find(is_same) {
            None => {
                array.append(input(item));
                done.changed = true;
            }
            Some(found) if found.to_serde_value().as_ref() == Some(item) => {}
            Some(found) => {
                if let Some(object) = found.as_object() {
                    object.replace_with(input(item));
                }
                done = Done {
                    changed: true,
                    replaced: true,
                };
            }
        }
    }
    Ok(done)
}

/// A key that stands twice means one thing to one reader, and another to the next.
fn once(object: &CstObject, key: &str) -> Result<(), String> {
    let properties = object.properties();
    let names = properties.iter().filter_map(|it| it.decoded_name());
    match names.filter(|it| it == key).count() {
        0 | 1 => Ok(()),
        _ => Err(format!("it has the key `{key}` twice")),
    }
}

fn input(value: &Value) -> CstInputValue {
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(it) => CstInputValue::Bool(*it),
        Value::Number(it) => CstInputValue::Number(it.to_string()),
        Value::String(it) => CstInputValue::String(it.clone()),
        Value::Array(items) => CstInputValue::Array(items.iter().map(input).collect()),
        Value::Object(object) => {
            let entries = object.iter().map(|(key, it)| (key.clone(), input(it)));
            CstInputValue::Object(entries.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ours() -> Value {
        json!({"mcpServers": {"acme": {"command": "acme-mcp", "args": ["serve"]}}})
    }

    /// What stands before and after our entry is what stood there.
    fn assert_kept(before: &str, is_lenient: bool, kept: &[&str]) -> String {
        let merged = merge(before, is_lenient, &ours()).unwrap().unwrap();
        for part in kept {
            assert!(merged.text.contains(part), "no {part} in {}", merged.text);
        }
        assert_eq!(
            merge(&merged.text, is_lenient, &ours()),
            Ok(None),
            "twice changes nothing"
        );
        merged.text
    }

    #[test]
    fn what_is_not_ours_stays_byte_for_byte() {
        for empty in ["", "{}", " {\n}\n"] {
            let text = assert_kept(empty, false, &[]);
            assert_eq!(
                serde_json::from_str::<Value>(&text).unwrap(),
                ours(),
                "{text}"
            );
        }
        let tabs = "{\n\t\"theme\" :  \"dark\",\r\n\t\"mcpServers\": {\n\t\t\"other\": {\"command\":\"x\" }\n\t}\n}";
        let text = assert_kept(
            tabs,
            false,
            &[
                "\t\"theme\" :  \"dark\",\r\n",
                "\t\t\"other\": {\"command\":\"x\" }",
            ],
        );
        assert!(text.ends_with("\t}\n}"), "{text}");
        let commented = "\u{feff}// mine\n{\n  /* all */ \"mcpServers\": {\n    \"other\": {}, // last\n  },\n}\n";
        let text = assert_kept(
            commented,
            true,
            &["\u{feff}// mine\n{\n  /* all */ \"mcpServers\": {\n    \"other\": {}, // last\n"],
        );
        assert!(text.ends_with("  },\n}\n"), "{text}");
    }

    #[test]
    fn an_entry_of_our_name_is_replaced_and_only_it() {
        let before = r#"{"mcpServers": {"a": 1, "acme": {"command": "old", "env": {}}, "b": [2 ]}, "z": 1.50}"#;
        let merged = merge(before, false, &ours()).unwrap().unwrap();
        assert!(merged.replaced);
        assert!(
            merged
                .text
                .starts_with(r#"{"mcpServers": {"a": 1, "acme": "#),
            "{}",
            merged.text
        );
        assert!(
            merged.text.ends_with(r#", "b": [2 ]}, "z": 1.50}"#),
            "{}",
            merged.text
        );
        let inputs = json!({"servers": {"acme": {}}, "inputs": [{"id": "A", "password": true}]});
        let before = r#"{"inputs": [{"id": "B"}, {"id": "A"}]}"#;
        let merged = merge(before, true, &inputs).unwrap().unwrap();
        let after: Value = serde_json::from_str(&merged.text).unwrap();
        assert_eq!(
            after["inputs"],
            json!([{"id": "B"}, {"id": "A", "password": true}])
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_and_left() {
        for (text, is_lenient, why) in [
            ("{\n  \"a\": }", true, "line 2"),
            ("{} // mine", false, "line 1"),
            ("[]", true, "no JSON object"),
            (r#"{"mcpServers": []}"#, true, "`mcpServers` is no object"),
            (r#"{"mcpServers": {}, "mcpServers": {}}"#, true, "twice"),
            (r#"{"mcpServers": {"acme": 1, "acme": 2}}"#, true, "twice"),
        ] {
            let told = merge(text, is_lenient, &ours()).unwrap_err();
            assert!(told.contains(why), "{text}: {told}");
        }
    }
}
