//! Lowers an OpenAPI 3.1 document to 3.0; what that cannot say is named on its schema, and costs the operations that need it.

use serde_json::{Map, Value, json};

use super::{BEYOND, Document};
use crate::report::Report;

/// Keywords of JSON Schema 2020-12 that OpenAPI 3.0 cannot say.
const UNSAID: [&str; 17] = [
    "$dynamicRef",
    "$recursiveRef",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];

/// Keywords that limit no value.
const ASIDE: [&str; 7] = [
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$id",
    "$recursiveAnchor",
    "$schema",
    "$vocabulary",
];

/// Keywords whose values are schemas, by name or in a list.
const SEVERAL: [&str; 8] = [
    "$defs",
    "allOf",
    "anyOf",
    "dependentSchemas",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
];

/// Keywords whose value is a schema.
const ONE: [&str; 3] = ["additionalProperties", "items", "not"];

/// Lowers the document in place.
pub(super) fn lower(document: &mut Document, report: &mut Report) {
    let place = document.place("");
    if let Some(root) = document.value.as_object_mut() {
        root.insert("openapi".to_owned(), Value::from("3.0.3"));
        root.shift_remove("jsonSchemaDialect");
        if root.shift_remove("webhooks").is_some() {
            report.warn(
                "webhooks",
                place.child("webhooks"),
                "webhooks are calls that the vendor makes; no tool can make them",
                "nothing to do",
            );
        }
    }
    for key in ["paths", "components"] {
        if let Some(part) = document.value.get_mut(key) {
            walk(part);
        }
    }
}

/// Walks what is no schema, down to the schemas in it.
fn walk(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, child) in map.iter_mut() {
                match key.as_str() {
                    "example" | "examples" => {}
                    "schema" => schema(child),
                    "schemas" => schemas(child),
                    key if key.starts_with("x-") => {}
                    _ => walk(child),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(walk),
        _ => {}
    }
}

/// Lowers every schema of a map of names, or of a list.
fn schemas(value: &mut Value) {
    match value {
        Value::Object(map) => map.values_mut().for_each(schema),
        Value::Array(items) => items.iter_mut().for_each(schema),
        _ => {}
    }
}

fn schema(value: &mut Value) {
    let Value::Object(map) = value else { return };
    lower_schema(map);
    for (key, child) in map.iter_mut() {
        match key.as_str() {
            key if SEVERAL.contains(&key) => schemas(child),
            key if ONE.contains(&key) => schema(child),
            _ => {}
        }
    }
}

fn lower_schema(map: &mut Map<String, Value>) {
    ASIDE.iter().for_each(|it| drop(map.shift_remove(*it)));
    name_unsaid(map);
    lower_type(map);
    lower_null_branch(map);
    if let Some(value) = map.shift_remove("const") {
        lower_const(map, value);
    }
    lower_bound(map, "exclusiveMinimum", "minimum", |exclusive, bound| {
        exclusive >= bound
    });
    lower_bound(map, "exclusiveMaximum", "maximum", |exclusive, bound| {
        exclusive <= bound
    });
    let encoding = map.get("contentEncoding").and_then(Value::as_str);
    if encoding.is_some_and(|it| it.eq_ignore_ascii_case("base64")) {
        map.shift_remove("contentEncoding");
        map.insert("format".to_owned(), Value::from("byte"));
    }
    if let Some(Value::Array(examples)) = map.shift_remove("examples") {
        map.extend(
            examples
                .into_iter()
                .next()
                .map(|it| ("example".to_owned(), it)),
        );
    }
    lower_reference(map);
}

/// Names the keywords that cannot be said; those that say nothing here go without a word.
fn name_unsaid(map: &mut Map<String, Value>) {
    // An input is closed anyway, unless it says that it is open.
    let closes =
        |key: &str, it: &Value| key == "unevaluatedProperties" && *it == Value::Bool(false);
    // What a text holds is for those who read it.
    let is_silent = |key: &str, it: &Value| {
        *it == Value::Bool(true) && key.starts_with("unevaluated") || key == "contentSchema"
    };
    let mut named = Vec::new();
    for keyword in UNSAID {
        if let Some(value) = map.shift_remove(keyword)
            && !closes(keyword, &value)
            && !is_silent(keyword, &value)
        {
            named.push(keyword);
        }
    }
    if !named.is_empty() {
        map.insert(BEYOND.to_owned(), json!(named));
    }
}

/// `const: 5` is `enum: [5]`; beside an `enum` it is the one value that counts, if it is one of them.
fn lower_const(map: &mut Map<String, Value>, value: Value) {
    let is_value = |it: &Vec<Value>| it.contains(&value);
    let allowed = map
        .get("enum")
        .and_then(Value::as_array)
        .is_none_or(is_value);
    let values = if allowed { vec![value] } else { Vec::new() };
    map.insert("enum".to_owned(), Value::Array(values));
}

/// `exclusiveMinimum: 3` is `minimum: 3, exclusiveMinimum: true`; of two bounds the stricter one counts.
fn lower_bound(
    map: &mut Map<String, Value>,
    exclusive: &str,
    bound: &str,
    is_stricter: fn(f64, f64) -> bool,
) {
    let Some(limit) = map.get(exclusive).filter(|it| it.is_number()).cloned() else {
        return;
    };
    let other = map.get(bound).and_then(Value::as_f64);
    let counts = other
        .zip(limit.as_f64())
        .is_none_or(|(other, limit)| is_stricter(limit, other));
    map.shift_remove(exclusive);
    if counts {
        map.insert(bound.to_owned(), limit);
        map.insert(exclusive.to_owned(), Value::Bool(true));
    }
}

/// OpenAPI 3.0 ignores what stands beside a `$ref`, so what limits the value there goes into an `allOf`.
fn lower_reference(map: &mut Map<String, Value>) {
    const KEPT: [&str; 13] = [
        "$defs",
        "$ref",
        "default",
        "deprecated",
        "description",
        "example",
        "externalDocs",
        "nullable",
        "readOnly",
        "summary",
        "title",
        "writeOnly",
        "xml",
    ];
    if !map.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let is_lost = |key: &&String| {
        let is_kept = KEPT.contains(&key.as_str()) || key.starts_with("x-") && *key != BEYOND;
        !is_kept
    };
    let lost: Vec<String> = map.keys().filter(is_lost).cloned().collect();
    if lost.is_empty() {
        return;
    }
    let target = map.shift_remove("$ref").unwrap_or_default();
    let mut beside = Map::new();
    for key in lost {
        beside.extend(map.shift_remove(&key).map(|it| (key, it)));
    }
    let parts = json!([{"$ref": target}, beside]);
    map.insert("allOf".to_owned(), parts);
}

/// `type: [string, "null"]` is `type: string, nullable: true`; several others stay a list.
fn lower_type(map: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = map.get("type").cloned() else {
        return;
    };
    let is_null = |it: &&Value| it.as_str() == Some("null");
    let mut named: Vec<_> = types.iter().filter(|it| !is_null(it)).cloned().collect();
    let takes_null = named.len() < types.len();
    match named.len() {
        0 => return,
        1 => map.insert("type".to_owned(), named.remove(0)),
        _ => map.insert("type".to_owned(), Value::Array(named)),
    };
    if takes_null {
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// `anyOf: [X, {type: "null"}]` is X, nullable.
fn lower_null_branch(map: &mut Map<String, Value>) {
    let has_all_of = map.contains_key("allOf");
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = map.get_mut(keyword) else {
            continue;
        };
        let before = branches.len();
        branches.retain(|it| it.get("type").and_then(Value::as_str) != Some("null"));
        let is_nullable = branches.len() < before;
        if let ([_], true, false) = (branches.as_slice(), is_nullable, has_all_of) {
            let only = map.shift_remove(keyword).unwrap_or_default();
            map.insert("allOf".to_owned(), only);
        }
        if is_nullable {
            map.insert("nullable".to_owned(), Value::Bool(true));
        }
    }
}
