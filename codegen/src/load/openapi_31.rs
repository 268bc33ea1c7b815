//! Lowers an OpenAPI 3.1 document to 3.0 where that loses nothing; what would be lost is refused with its pointer.

use serde_json::{Map, Value};

use super::Document;
use crate::report::{Place, Report};

/// Keywords of JSON Schema 2020-12 that OpenAPI 3.0 cannot say.
const BEYOND: [&str; 13] = [
    "$defs",
    "$dynamicRef",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

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
            walk(part, &place.child(key), report);
        }
    }
}

/// Walks what is no schema, down to the schemas in it.
fn walk(value: &mut Value, place: &Place, report: &mut Report) {
    match value {
        Value::Object(map) => {
            for (key, child) in map.iter_mut() {
                let place = place.child(key);
                match key.as_str() {
                    "example" | "examples" => {}
                    "schema" => schema(child, &place, report),
                    "schemas" => schemas(child, &place, report),
                    key if key.starts_with("x-") => {}
                    _ => walk(child, &place, report),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                walk(item, &place.child(index), report);
            }
        }
        _ => {}
    }
}

/// Lowers every schema of a map of names, or of a list.
fn schemas(value: &mut Value, place: &Place, report: &mut Report) {
    match value {
        Value::Object(map) => {
            map.iter_mut()
                .for_each(|(name, child)| schema(child, &place.child(name), report));
        }
        Value::Array(items) => {
            items
                .iter_mut()
                .enumerate()
                .for_each(|(at, child)| schema(child, &place.child(at), report));
        }
        _ => {}
    }
}

fn schema(value: &mut Value, place: &Place, report: &mut Report) {
    let Value::Object(map) = value else { return };
    lower_schema(map, place, report);
    for (key, child) in map.iter_mut() {
        let place = place.child(key);
        match key.as_str() {
            "properties" | "allOf" | "anyOf" | "oneOf" => schemas(child, &place, report),
            "items" | "additionalProperties" | "not" => schema(child, &place, report),
            _ => {}
        }
    }
}

fn lower_schema(map: &mut Map<String, Value>, place: &Place, report: &mut Report) {
    for keyword in BEYOND {
        // It is reported here once, and no later stage sees it.
        if map.shift_remove(keyword).is_some() {
            report.error(
                "openapi-3.1",
                place.child(keyword),
                format!("`{keyword}` cannot be said in OpenAPI 3.0"),
                "remove or replace it with an overlay action",
            );
        }
    }
    lower_type(map, place, report);
    lower_null_branch(map);
    if let Some(value) = map.shift_remove("const") {
        map.insert("enum".to_owned(), Value::Array(vec![value]));
    }
    lower_bound(map, "exclusiveMinimum", "minimum", |exclusive, bound| {
        exclusive >= bound
    });
    lower_bound(map, "exclusiveMaximum", "maximum", |exclusive, bound| {
        exclusive <= bound
    });
    lower_reference(map, place, report);
    if map.shift_remove("contentEncoding").is_some() {
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

/// OpenAPI 3.0 ignores what stands beside a `$ref`, so what limits the value there would be lost.
fn lower_reference(map: &mut Map<String, Value>, place: &Place, report: &mut Report) {
    const KEPT: [&str; 7] = [
        "$ref",
        "deprecated",
        "description",
        "nullable",
        "readOnly",
        "summary",
        "writeOnly",
    ];
    let is_lost =
        |key: &&String| !KEPT.contains(&key.as_str()) && !key.starts_with("x-") && *key != "title";
    if !map.contains_key("$ref") {
        return;
    }
    for key in map.keys().filter(is_lost) {
        report.error(
            "openapi-3.1",
            place.child(key),
            format!("`{key}` beside a `$ref` cannot be said in OpenAPI 3.0"),
            "move it into the component, or into an `allOf`, with an overlay action",
        );
    }
}

/// `type: [string, "null"]` is `type: string, nullable: true`.
fn lower_type(map: &mut Map<String, Value>, place: &Place, report: &mut Report) {
    let Some(Value::Array(types)) = map.get("type").cloned() else {
        return;
    };
    let named: Vec<_> = types
        .iter()
        .filter(|it| it.as_str() != Some("null"))
        .cloned()
        .collect();
    match named.as_slice() {
        [one] => {
            map.insert("type".to_owned(), one.clone());
        }
        [] => {
            map.shift_remove("type");
        }
        _ => {
            map.shift_remove("type");
            report.error(
                "openapi-3.1",
                place.child("type"),
                "several types at once cannot be said in OpenAPI 3.0",
                "choose one with an overlay action",
            );
        }
    }
    if named.len() < types.len() {
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
