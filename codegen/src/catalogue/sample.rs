//! Makes up the arguments of an example, where no record has one: the smallest that the tool's schema allows.

use serde_json::{Map, Value, json};

use crate::plan::{Encoding, ToolPlan};

/// Texts of many forms, one of which may be what a pattern wants.
const TEXTS: [&str; 12] = [
    "example",
    "A",
    "1",
    "12",
    "ABC",
    "file:report.pdf",
    "2026-01-31",
    "09:00",
    "09:00:00",
    "jane@example.com",
    "https://example.com/",
    "123e4567-e89b-12d3-a456-426614174000",
];

/// Levels of objects and arrays, beyond which nothing is made up.
const DEEPEST: usize = 8;

/// Arguments that the schema allows; none where that cannot be told.
pub(super) fn arguments(tool: &ToolPlan, schema: &Value) -> Option<Value> {
    let properties = schema["properties"].as_object()?;
    let mut wanted: Vec<&str> = required(schema);
    // An update with nothing to change is refused.
    let changes = tool
        .inputs
        .iter()
        .filter(|it| tool.update && is_change(&it.encoding));
    let mut changes = changes.map(|it| it.name.as_str());
    if !changes.clone().any(|it| wanted.contains(&it)) {
        wanted.extend(changes.find(|it| value(&properties[*it], DEEPEST).is_some()));
    }
    let mut arguments = Map::new();
    let mut own = Map::new();
    for (name, property) in properties
        .iter()
        .filter(|(name, _)| wanted.contains(&name.as_str()))
    {
        arguments.insert(name.clone(), value(property, DEEPEST)?);
        own.insert(name.clone(), property.clone());
    }
    let arguments = Value::Object(arguments);
    allows(&json!({"properties": own}), &arguments).then_some(arguments)
}

fn is_change(encoding: &Encoding) -> bool {
    matches!(
        encoding,
        Encoding::Body | Encoding::Replace | Encoding::FormPart
    )
}

fn required(schema: &Value) -> Vec<&str> {
    let required = schema["required"].as_array().into_iter().flatten();
    required.filter_map(Value::as_str).collect()
}

fn allows(schema: &Value, value: &Value) -> bool {
    jsonschema::validator_for(schema).is_ok_and(|it| it.is_valid(value))
}

/// A value that a schema allows.
fn value(schema: &Value, deeper: usize) -> Option<Value> {
    let deeper = deeper.checked_sub(1)?;
    if let Some(choices) = schema["enum"].as_array() {
        return choices.first().cloned();
    }
    match schema["type"].as_str() {
        Some("object") => object(schema, deeper),
        Some("array") => array(schema, deeper),
        Some("string") => text(schema),
        Some("integer" | "number") => number(schema),
        Some("boolean") => Some(true.into()),
        _ => match schema["anyOf"].as_array() {
            Some(branches) => branches.iter().find_map(|it| value(it, deeper)),
            None => Some("example".into()),
        },
    }
}

fn object(schema: &Value, deeper: usize) -> Option<Value> {
    let mut object = Map::new();
    for name in required(schema) {
        object.insert(name.to_owned(), value(&schema["properties"][name], deeper)?);
    }
    Some(object.into())
}

fn array(schema: &Value, deeper: usize) -> Option<Value> {
    let least = schema["minItems"].as_u64().unwrap_or(1).max(1);
    let item = value(&schema["items"], deeper)?;
    let items = (0..least).map(|index| match schema["uniqueItems"] == true {
        false => Some(item.clone()),
        true => distinct(&schema["items"], &item, index),
    });
    items.collect::<Option<Vec<_>>>().map(Value::from)
}

/// The item of this number, unlike those before it.
fn distinct(schema: &Value, item: &Value, index: u64) -> Option<Value> {
    let index_of = usize::try_from(index).ok()?;
    match (schema["enum"].as_array(), item) {
        (Some(choices), _) => choices.get(index_of).cloned(),
        (None, _) if index == 0 => Some(item.clone()),
        (None, Value::String(text)) => Some(format!("{text}{index}").into()),
        (None, Value::Number(number)) => Some((number.as_u64()? + index).into()),
        _ => None,
    }
}

fn text(schema: &Value) -> Option<Value> {
    if let Some(text) = of_format(schema) {
        return Some(text.into());
    }
    let count = |key: &str| schema[key].as_u64().and_then(|it| usize::try_from(it).ok());
    let (least, most) = (
        count("minLength").unwrap_or(0),
        count("maxLength").unwrap_or(usize::MAX),
    );
    if least > 1_000 {
        return None;
    }
    let fitted = |text: &str| -> Value {
        let padding = "x".repeat(least.saturating_sub(text.chars().count()));
        text.chars()
            .chain(padding.chars())
            .take(most)
            .collect::<String>()
            .into()
    };
    if schema.get("pattern").is_none() {
        return Some(fitted(TEXTS[0]));
    }
    let alone = json!({"pattern": schema["pattern"], "minLength": least, "maxLength": most});
    let validator = jsonschema::validator_for(&alone).ok()?;
    let texts = TEXTS
        .iter()
        .map(|it| Value::from(*it))
        .chain([fitted(TEXTS[0])]);
    texts.into_iter().find(|it| validator.is_valid(it))
}

fn of_format(schema: &Value) -> Option<&'static str> {
    if schema["contentEncoding"] == "base64" {
        return Some("SGVsbG8=");
    }
    match schema["format"].as_str()? {
        "date" => Some("2026-01-31"),
        "date-time" => Some("2026-01-31T09:00:00Z"),
        "email" => Some("jane@example.com"),
        "uri" | "url" => Some("https://example.com/"),
        "uuid" => Some("123e4567-e89b-12d3-a456-426614174000"),
        _ => None,
    }
}

/// The first that fits of some plain numbers and those at the limits.
fn number(schema: &Value) -> Option<Value> {
    let limits = ["minimum", "maximum", "multipleOf"].map(|it| schema[it].clone());
    let beyond = ["exclusiveMinimum", "exclusiveMaximum"].map(|it| schema[it].as_i64());
    let [above, below] = beyond;
    let near = [
        above.map(|it| it.saturating_add(1)),
        below.map(|it| it.saturating_sub(1)),
    ];
    let near = near.into_iter().flatten().map(Value::from);
    let numbers = [1, 0, 10, 100]
        .map(Value::from)
        .into_iter()
        .chain(limits)
        .chain(near);
    let mut numbers = numbers.filter(Value::is_number);
    let validator = jsonschema::validator_for(&limits_alone(schema)).ok()?;
    numbers.find(|it| validator.is_valid(it))
}

fn limits_alone(schema: &Value) -> Value {
    let mut alone = schema.clone();
    if let Some(alone) = alone.as_object_mut() {
        alone.shift_remove("description");
    }
    alone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_what_their_schemas_allow() {
        for schema in [
            json!({"type": "string", "minLength": 9, "maxLength": 9}),
            json!({"type": "string", "maxLength": 2}),
            json!({"type": "string", "pattern": "^[0-9]{2}$"}),
            json!({"type": "integer", "minimum": 7}),
            json!({"type": "integer", "exclusiveMaximum": -7}),
            json!({"type": "number", "minimum": 2.5, "multipleOf": 2.5}),
            json!({"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "uniqueItems": true}),
            json!({"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": true}),
            json!({"type": "object", "properties": {"a": {"type": "boolean"}, "b": {}}, "required": ["a"]}),
            json!({"anyOf": [{"type": "integer"}, {"type": "string", "minLength": 1}]}),
        ] {
            let made = value(&schema, DEEPEST).unwrap();
            assert!(allows(&schema, &made), "{schema}: {made}");
        }
    }

    #[test]
    fn what_cannot_be_made_up_is_left_to_the_reader() {
        assert_eq!(
            value(&json!({"type": "string", "pattern": "^x{99}$"}), DEEPEST),
            None
        );
        assert_eq!(
            value(
                &json!({"type": "integer", "minimum": 4, "maximum": 3}),
                DEEPEST
            ),
            None
        );
    }
}
