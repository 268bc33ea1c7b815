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
        root.remove("jsonSchemaDialect");
        if root.remove("webhooks").is_some() {
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

fn walk(value: &mut Value, place: &Place, report: &mut Report) {
    match value {
        Value::Object(map) => {
            if is_schema(map) {
                lower_schema(map, place, report);
            }
            for (key, child) in map.iter_mut() {
                match key.as_str() {
                    "example" | "examples" | "default" | "enum" | "const" => {}
                    "properties" | "schemas" => walk_named(child, &place.child(key), report),
                    _ => walk(child, &place.child(key), report),
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

/// Walks a map whose keys are names, and so no keywords.
fn walk_named(value: &mut Value, place: &Place, report: &mut Report) {
    for (name, child) in value.as_object_mut().into_iter().flatten() {
        walk(child, &place.child(name), report);
    }
}

/// Whether an object has a keyword whose form changed between the two versions.
fn is_schema(map: &Map<String, Value>) -> bool {
    map.get("type")
        .is_some_and(|it| it.is_string() || it.is_array())
        || ["const", "anyOf", "oneOf"]
            .iter()
            .chain(&BEYOND)
            .any(|it| map.contains_key(*it))
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
    if let Some(value) = map.remove("const") {
        map.insert("enum".to_owned(), Value::Array(vec![value]));
    }
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(limit) = map.get(exclusive).filter(|it| it.is_number()).cloned() {
            map.insert(bound.to_owned(), limit);
            map.insert(exclusive.to_owned(), Value::Bool(true));
        }
    }
    if map.remove("contentEncoding").is_some() {
        map.insert("format".to_owned(), Value::from("byte"));
    }
    if let Some(Value::Array(examples)) = map.remove("examples") {
        map.extend(
            examples
                .into_iter()
                .next()
                .map(|it| ("example".to_owned(), it)),
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
            map.remove("type");
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
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = map.get_mut(keyword) else {
            continue;
        };
        let before = branches.len();
        branches.retain(|it| it.get("type").and_then(Value::as_str) != Some("null"));
        let is_nullable = branches.len() < before;
        if let ([_], true) = (branches.as_slice(), is_nullable) {
            let only = map.remove(keyword).unwrap_or_default();
            map.insert("allOf".to_owned(), only);
        }
        if is_nullable {
            map.insert("nullable".to_owned(), Value::Bool(true));
        }
    }
}
