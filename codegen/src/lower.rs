//! Turns the OpenAPI document into our [`Api`]: operations with finished parameters, bodies and answers.

mod answer;
mod body;
mod composite;
mod operation;
mod parameter;
mod path;
mod scalar;
mod schema;

use serde_json::Value;

use crate::{
    api::{Api, Operation, Verb},
    load::Document,
    report::Report,
};

/// Lowers the whole document.
pub(crate) fn lower(document: &Document, report: &mut Report) -> Api {
    let mut api = Api {
        path: document.path.clone(),
        version: version(&document.value),
        server_path: server_path(&text(&document.value, "/servers/0/url")),
        ..Api::default()
    };
    let schemas = document
        .value
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    for (name, raw) in schemas.into_iter().flatten() {
        let pointer = document.place("/components/schemas").child(name).pointer;
        api.schemas.insert(
            name.clone(),
            schema::component(raw, pointer, document, report).into(),
        );
    }
    for operation in operations(document, report) {
        api.operations.insert(operation.key.clone(), operation);
    }
    api
}

fn operations(document: &Document, report: &mut Report) -> Vec<Operation> {
    let paths = document.value.get("paths").and_then(Value::as_object);
    if paths.is_none() {
        report.error(
            "malformed-path-item",
            document.place("/paths"),
            "the document has no `paths` object",
            "give an OpenAPI document with at least one path",
        );
    }
    let mut operations = Vec::new();
    for (path, item) in paths
        .into_iter()
        .flatten()
        .filter(|(path, _)| !path.starts_with("x-"))
    {
        let place = document.place("/paths").child(path);
        let (item, pointer) = answer::follow(document, item, &place.pointer);
        if !item.is_object() {
            report.error(
                "malformed-path-item",
                place,
                format!("`{path}` is no path item"),
                "write an object of operations, or remove the path with an overlay action",
            );
            continue;
        }
        let place = document.place(pointer);
        for (verb, key) in Verb::ALL {
            if let Some(raw) = item.get(key) {
                let source = operation::Source {
                    verb,
                    path,
                    raw,
                    item,
                    place: place.child(key),
                };
                operations.push(operation::lower(&source, document, report));
            }
        }
        for key in ["head", "options", "trace"]
            .into_iter()
            .filter(|it| item.get(it).is_some())
        {
            report.warn(
                "verb-without-tool",
                place.child(key),
                format!("`{}` operations do not become tools", key.to_uppercase()),
                "nothing to do; remove the operation with an overlay action to silence this",
            );
        }
    }
    operations
}

/// The document's version; YAML reads `1.0` as a number.
fn version(document: &Value) -> String {
    match document.pointer("/info/version") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The string at a pointer, or nothing.
fn text(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// The path of a URL, without a slash at its end.
pub(crate) fn server_path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .map_or("", |start| rest[start..].trim_end_matches('/'))
        .to_owned()
}
