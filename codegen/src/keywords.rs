//! Finds keywords that OpenAPI 3.0 does not have: readers skip them in silence, so a misspelt one would be lost. Finds values that
//! no keyword can have, too.

use serde_json::{Map, Value};

use crate::{
    load::Document,
    nearest::nearest,
    report::{Place, Report},
};

const SCHEMA: &[&str] = &[
    "$defs",
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "contentEncoding",
    "contentMediaType",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];
const PARAMETER: &[&str] = &[
    "$ref",
    "allowEmptyValue",
    "allowReserved",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];
const OPERATION: &[&str] = &[
    "callbacks",
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "summary",
    "tags",
];
const PATH: &[&str] = &[
    "$ref",
    "delete",
    "description",
    "get",
    "head",
    "options",
    "parameters",
    "patch",
    "post",
    "put",
    "servers",
    "summary",
    "trace",
];
const VERBS: &[&str] = &[
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// Warns of every unknown keyword in path items, operations, parameters and schemas.
pub(crate) fn check(document: &Document, report: &mut Report) {
    let root = &document.value;
    for (section, check) in [
        ("schemas", schema as Check),
        ("parameters", parameter as Check),
    ] {
        let place = document.place("/components").child(section);
        each(root.pointer(&place.pointer), &place, check, report);
    }
    each(root.get("paths"), &document.place("/paths"), path, report);
}

type Check = fn(&Value, &Place, &mut Report);

/// Checks every entry of a map of names.
fn each(map: Option<&Value>, place: &Place, check: Check, report: &mut Report) {
    for (name, value) in map.and_then(Value::as_object).into_iter().flatten() {
        check(value, &place.child(name), report);
    }
}

fn path(value: &Value, place: &Place, report: &mut Report) {
    let Some(map) = value.as_object() else { return };
    keys(map, PATH, place, report);
    parameters(map, place, report);
    for (key, operation) in map.iter().filter(|(key, _)| VERBS.contains(&key.as_str())) {
        let place = place.child(key);
        let Some(map) = operation.as_object() else {
            continue;
        };
        keys(map, OPERATION, &place, report);
        parameters(map, &place, report);
        content(map.get("requestBody"), &place.child("requestBody"), report);
        each(
            map.get("responses"),
            &place.child("responses"),
            |it, place, report| content(Some(it), place, report),
            report,
        );
    }
}

fn parameters(map: &Map<String, Value>, place: &Place, report: &mut Report) {
    let place = place.child("parameters");
    for (index, value) in map
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        parameter(value, &place.child(index), report);
    }
}

fn parameter(value: &Value, place: &Place, report: &mut Report) {
    let Some(map) = value.as_object() else { return };
    keys(map, PARAMETER, place, report);
    if let Some(inner) = map.get("schema") {
        schema(inner, &place.child("schema"), report);
    }
}

/// The schemas of a body or a response.
fn content(value: Option<&Value>, place: &Place, report: &mut Report) {
    let media = value.and_then(|it| it.get("content"));
    each(
        media,
        &place.child("content"),
        |it, place, report| {
            if let Some(inner) = it.get("schema") {
                schema(inner, &place.child("schema"), report);
            }
        },
        report,
    );
}

fn schema(value: &Value, place: &Place, report: &mut Report) {
    let Some(map) = value.as_object() else {
        if !value.is_boolean() {
            malformed("this is no schema".to_owned(), place, report);
        }
        return;
    };
    keys(map, SCHEMA, place, report);
    for (key, value) in map {
        if let Some(expected) = misfit(key, value) {
            malformed(
                format!("`{key}` is not {expected}"),
                &place.child(key),
                report,
            );
        }
    }
    for key in ["$defs", "properties"] {
        each(map.get(key), &place.child(key), schema, report);
    }
    for key in ["items", "additionalProperties", "not"] {
        if let Some(inner) = map.get(key) {
            schema(inner, &place.child(key), report);
        }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for (index, inner) in map
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            schema(inner, &place.child(key).child(index), report);
        }
    }
}

fn malformed(reason: String, place: &Place, report: &mut Report) {
    let remedy =
        "correct it with an overlay action; until then, operations that take it are refused";
    report.warn("malformed-schema", place.clone(), reason, remedy);
}

/// What the value of a keyword of schemas has to be, if it is something else.
pub(crate) fn misfit(keyword: &str, value: &Value) -> Option<&'static str> {
    let is_count = || {
        value
            .as_f64()
            .is_some_and(|it| it >= 0.0 && it.fract() == 0.0)
    };
    let is_schema = || value.is_object() || value.is_boolean();
    let texts = || {
        value
            .as_array()
            .is_some_and(|it| it.iter().all(Value::is_string))
    };
    let is_list = || value.as_array().is_some_and(|it| !it.is_empty());
    let (fits, expected) = match keyword {
        "properties" => (value.is_object(), "a map of schemas"),
        "allOf" | "anyOf" | "oneOf" => (is_list(), "a list of schemas"),
        "enum" => (is_list(), "a list of values"),
        "items" | "additionalProperties" | "not" => (is_schema(), "a schema"),
        "required" => (texts(), "a list of names"),
        "type" => (
            value.is_string() || is_list() && texts(),
            "the name of a type",
        ),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            (is_count(), "a whole number")
        }
        "minimum" | "maximum" | "multipleOf" => (value.is_number(), "a number"),
        "exclusiveMinimum" | "exclusiveMaximum" => (
            value.is_number() || value.is_boolean(),
            "true, false or a number",
        ),
        "nullable" | "readOnly" | "writeOnly" | "uniqueItems" => {
            (value.is_boolean(), "true or false")
        }
        "$ref" | "format" | "pattern" => (value.is_string(), "a text"),
        "discriminator" => (
            value["propertyName"].is_string(),
            "an object with a `propertyName`",
        ),
        _ => (true, ""),
    };
    (!fits).then_some(expected)
}

fn keys(map: &Map<String, Value>, known: &[&str], place: &Place, report: &mut Report) {
    for key in map
        .keys()
        .filter(|it| !it.starts_with("x-") && !known.contains(&it.as_str()))
    {
        let remedy = match nearest(key, known.iter().copied()) {
            Some(known) => format!("write `{known}`, or remove it"),
            None => {
                "remove it with an overlay action, or mark it as an extension (`x-…`)".to_owned()
            }
        };
        report.warn(
            "unknown-keyword",
            place.child(key),
            format!("OpenAPI 3.0 has no `{key}` here, so it says nothing"),
            remedy,
        );
    }
}
