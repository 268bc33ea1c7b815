//! Which arguments a schema allows, as strategies that proptest draws from and shrinks.

use proptest::{
    collection, option,
    prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof},
    sample,
    strategy::Union,
};
use runtime::Value;
use serde_json::{Map, json};

use crate::{branch, number, text};

/// Values that a schema allows.
pub(crate) type Values = BoxedStrategy<Value>;

/// Most items of an array, and entries of a map, beyond what the schema demands.
const SOME: usize = 3;

/// How often an optional property is given.
const OPTIONAL: f64 = 0.3;

/// Every keyword that codegen writes; another one would be ignored here in silence.
const KEYWORDS: [&str; 23] = [
    "type",
    "description",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "enum",
    "format",
    "contentEncoding",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "maxProperties",
    "default",
];

/// Arguments of a tool. What they give they do not clear, which no schema can state.
///
/// # Errors
/// Why no value can be drawn.
pub(crate) fn arguments(schema: &Value) -> Result<Values, String> {
    Ok(values(schema)?.prop_map(without_contradiction).boxed())
}

fn without_contradiction(mut arguments: Value) -> Value {
    let given = arguments.clone();
    let is_given = |name: &Value| name.as_str().is_some_and(|name| given.get(name).is_some());
    if let Some(Value::Array(cleared)) = arguments.get_mut("clear") {
        cleared.retain(|name| !is_given(name));
    }
    arguments
}

/// Values that a schema allows.
///
/// # Errors
/// Why no value can be drawn.
pub(crate) fn values(schema: &Value) -> Result<Values, String> {
    let keywords = schema.as_object().ok_or("a schema must be an object")?;
    if let Some(unknown) = keywords.keys().find(|it| !KEYWORDS.contains(&it.as_str())) {
        return Err(format!(
            "the schema has the keyword `{unknown}`, which tests/agreement/src/generate.rs must learn"
        ));
    }
    if let Some(choices) = schema["enum"].as_array() {
        return Ok(sample::select(choices.clone()).boxed());
    }
    if let Some(branches) = branch::branches(schema) {
        let branches: Result<Vec<_>, _> = branches.iter().map(values).collect();
        return Ok(Union::new(branches?).boxed());
    }
    match schema["type"].as_str() {
        Some("object") => object(schema),
        Some("array") => array(schema),
        Some("string") => text::texts(schema),
        Some("integer") => Ok(number::integers(schema)),
        Some("number") => Ok(number::numbers(schema)),
        Some("boolean") => Ok(any::<bool>().prop_map(Value::from).boxed()),
        None if keywords.keys().all(|it| it == "description") => Ok(anything()),
        _ => Err(format!("the schema has an unknown type: {schema}")),
    }
}

fn object(schema: &Value) -> Result<Values, String> {
    let is_required = |name: &str| {
        let required = schema["required"].as_array();
        required.is_some_and(|it| it.iter().any(|it| it == name))
    };
    let mut entries = Vec::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let value = values(property).map_err(|why| format!("{name}: {why}"))?;
        let value = if is_required(name) {
            value.prop_map(Some).boxed()
        } else if schema.get("maxProperties").is_some() {
            // There is room for what is required.
            Just(None).boxed()
        } else {
            option::weighted(OPTIONAL, value).boxed()
        };
        let name = name.clone();
        entries.push(value.prop_map(move |value| value.map(|value| (name.clone(), value))));
    }
    let known = entries.prop_map(|entries| entries.into_iter().flatten().collect::<Map<_, _>>());
    if !schema["additionalProperties"].is_object() {
        return Ok(known.prop_map(Value::Object).boxed());
    }
    let more = collection::vec((key(), values(&schema["additionalProperties"])?), 0..=SOME);
    // A key of the schema's own keeps its value.
    let merged = (known, more).prop_map(|(known, more)| {
        let mut object: Map<_, _> = more.into_iter().collect();
        object.extend(known);
        Value::Object(object)
    });
    Ok(merged.boxed())
}

fn array(schema: &Value) -> Result<Values, String> {
    let least = number::count(schema, "minItems").unwrap_or(0);
    let most = number::count(schema, "maxItems").unwrap_or(usize::MAX);
    let is_set = schema["uniqueItems"] == json!(true);
    // Of a closed set there are no more than it has.
    let choices = schema["items"]["enum"].as_array();
    let most = match choices {
        Some(choices) if is_set => most.min(choices.len()),
        _ => most.min(least + SOME),
    };
    if let (Some(choices), true) = (choices, is_set) {
        let chosen = sample::subsequence(choices.clone(), least..=most);
        return Ok(chosen.prop_map(Value::Array).boxed());
    }
    let items = collection::vec(values(&schema["items"])?, least..=most);
    let unlike = move |items: &Vec<Value>| {
        let repeats = |index: usize| items[..index].iter().any(|it| is_same(it, &items[index]));
        !is_set || !(0..items.len()).any(repeats)
    };
    Ok(items
        .prop_filter("items must differ", unlike)
        .prop_map(Value::Array)
        .boxed())
}

/// In JSON Schema `1` and `1.0` are the same.
fn is_same(a: &Value, b: &Value) -> bool {
    a == b || a.as_f64().is_some_and(|number| b.as_f64() == Some(number))
}

/// Any JSON but null, which says nothing and is refused.
fn anything() -> Values {
    let scalar = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(json!(0.5)),
        text::any().prop_map(Value::from),
    ];
    let value = scalar.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            collection::vec(inner.clone(), 0..=SOME).prop_map(Value::from),
            collection::vec((key(), inner), 0..=SOME)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    });
    value.boxed()
}

fn key() -> impl Strategy<Value = String> {
    "[a-c]{0,2}|[ .$/~\"ä-]{1,2}"
}
