//! Turns `key=value` from a command line into a tool's arguments, as the types of its schema say.

use serde_json::{Map, Value};

/// The arguments of a tool with this input schema.
///
/// # Errors
/// A sentence on what is no `key=value` or no JSON object.
pub(crate) fn arguments(
    schema: &Value,
    whole: Option<&str>,
    inputs: &[String],
) -> Result<Value, String> {
    let mut arguments = match whole.map(serde_json::from_str) {
        None => Map::new(),
        Some(Ok(Value::Object(object))) => object,
        Some(Ok(_)) => return Err("--arguments must be a JSON object".to_owned()),
        Some(Err(error)) => return Err(format!("--arguments is not JSON: {error}")),
    };
    let mut given: Vec<(&str, Vec<&str>)> = Vec::new();
    for input in inputs {
        let (key, text) = input
            .split_once('=')
            .ok_or_else(|| format!("`{input}` is not KEY=VALUE"))?;
        match given.iter_mut().find(|(known, _)| *known == key) {
            Some((_, texts)) => texts.push(text),
            None => given.push((key, vec![text])),
        }
    }
    for (key, texts) in given {
        arguments.insert(key.to_owned(), value(&schema["properties"][key], &texts));
    }
    Ok(Value::Object(arguments))
}

/// One text, or the several that one key was given.
fn value(schema: &Value, texts: &[&str]) -> Value {
    let is_array = has_type(schema, "array");
    match texts {
        [text] if is_array && text.trim_start().starts_with('[') => scalar(schema, text),
        [text] if !is_array => scalar(schema, text),
        texts => texts
            .iter()
            .map(|text| scalar(&schema["items"], text))
            .collect(),
    }
}

/// Text stays text where the schema says so; anything else is JSON where it can be.
fn scalar(schema: &Value, text: &str) -> Value {
    if has_type(schema, "string") {
        return text.into();
    }
    let branches = schema["anyOf"].as_array().into_iter().flatten();
    let branches: Vec<&Value> = branches.collect();
    let takes = |name: &str| branches.iter().any(|it| has_type(it, name));
    match serde_json::from_str::<Value>(text) {
        // Of an id or a name, what is no number is a name, be it `true` or `null`.
        Ok(value)
            if !takes("string") || takes(kind(&value)) || value.is_number() && takes("integer") =>
        {
            value
        }
        _ => text.into(),
    }
}

/// The type of a value, as a schema names it.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn has_type(schema: &Value, name: &str) -> bool {
    match &schema["type"] {
        Value::String(text) => text == name,
        Value::Array(types) => types.iter().any(|text| text == name),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(whole: Option<&str>, inputs: &[&str]) -> Result<Value, String> {
        let schema = json!({"properties": {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "with": {"type": "array", "items": {"type": "string"}},
            "ids": {"type": "array", "items": {"type": "integer"}},
            "board": {"type": "object"},
            "company": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        }});
        arguments(
            &schema,
            whole,
            &inputs
                .iter()
                .map(|text| (*text).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn types_come_from_the_schema() {
        assert_eq!(
            read(None, &["id=5", "name=5"]),
            Ok(json!({"id": 5, "name": "5"}))
        );
        assert_eq!(read(None, &["id=five"]), Ok(json!({"id": "five"})));
        assert_eq!(read(None, &["name=a=b"]), Ok(json!({"name": "a=b"})));
        assert_eq!(
            read(None, &["board={\"id\":1}"]),
            Ok(json!({"board": {"id": 1}}))
        );
        assert_eq!(read(None, &["other=1"]), Ok(json!({"other": 1})));
        let companies = [
            ("5", json!(5)),
            ("\"5\"", json!("5")),
            ("null", json!("null")),
            ("Acme Ltd", json!("Acme Ltd")),
        ];
        for (text, company) in companies {
            let found = read(None, &[&format!("company={text}")]);
            assert_eq!(found, Ok(json!({"company": company})));
        }
    }

    #[test]
    fn a_key_given_twice_makes_an_array() {
        assert_eq!(
            read(None, &["with=a", "with=b"]),
            Ok(json!({"with": ["a", "b"]}))
        );
        assert_eq!(read(None, &["with=a"]), Ok(json!({"with": ["a"]})));
        assert_eq!(read(None, &["with=[\"a\"]"]), Ok(json!({"with": ["a"]})));
        assert_eq!(read(None, &["ids=1", "ids=2"]), Ok(json!({"ids": [1, 2]})));
        assert_eq!(read(None, &["id=1", "id=2"]), Ok(json!({"id": [1, 2]})));
    }

    #[test]
    fn of_several_forms_json_is_what_one_of_them_is() {
        let schema =
            json!({"properties": {"place": {"anyOf": [{"type": "string"}, {"type": "object"}]}}});
        let read = |text: &str| arguments(&schema, None, &[format!("place={text}")]);
        assert_eq!(read(r#"{"x": 1}"#), Ok(json!({"place": {"x": 1}})));
        assert_eq!(read("[1]"), Ok(json!({"place": "[1]"})));
        assert_eq!(read("home"), Ok(json!({"place": "home"})));
    }

    #[test]
    fn key_values_add_to_the_whole() {
        assert_eq!(
            read(Some("{\"id\": 1}"), &["name=x"]),
            Ok(json!({"id": 1, "name": "x"}))
        );
        assert!(
            read(Some("[]"), &[]).is_err()
                && read(Some("{"), &[]).is_err()
                && read(None, &["x"]).is_err()
        );
    }
}
