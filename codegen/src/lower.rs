//! Turns the OpenAPI document into our [`Api`]: operations with finished parameters, bodies and answers.

mod answer;
mod body;
mod children;
mod closed;
mod composite;
mod forms;
mod operation;
mod parameter;
mod path;
mod references;
mod scalar;
mod schema;
mod typed;

use serde_json::Value;

use crate::{
    api::{Api, Operation, Verb},
    load::Document,
    report::Report,
    resolve::broken,
};

/// Lowers the whole document.
pub(crate) fn lower(document: &Document, report: &mut Report) -> Api {
    let mut api = Api {
        path: document.path.clone(),
        version: version(&document.value),
        servers: servers(&document.value),
        ..Api::default()
    };
    let schemas = document
        .value
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    for (name, raw) in schemas.into_iter().flatten() {
        let pointer = document.place("/components/schemas").child(name).pointer;
        let schema = schema::lower(raw, &pointer);
        api.schemas.insert(name.clone(), schema.into());
    }
    for mut operation in operations(document, report) {
        name_broken(&mut operation, document);
        api.operations.insert(operation.key.clone(), operation);
    }
    children::part(&mut api, document);
    references::settle(&mut api, document);
    children::settle(&mut api, document);
    api
}

/// What is no part of an operation because it is a reference that leads nowhere is told as such.
fn name_broken(operation: &mut Operation, document: &Document) {
    for flaw in &mut operation.flaws {
        let target = document.value.pointer(&flaw.pointer);
        let target = target.and_then(|it| it.get("$ref")?.as_str());
        if let Some(why) = target.and_then(|it| broken(it, document)) {
            flaw.code = why.code;
            flaw.reason = why.reason;
            flaw.remedy = why.remedy;
        }
    }
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
            report.warn(
                "malformed-path-item",
                place,
                format!("`{path}` is no path item, so it has no operations"),
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

/// The URLs of what a document, a path or an operation has as `servers`.
fn servers(holder: &Value) -> Vec<String> {
    let servers = holder.get("servers").and_then(Value::as_array);
    let urls = servers.into_iter().flatten();
    let urls = urls.filter_map(|it| it.get("url").and_then(Value::as_str));
    urls.map(str::to_owned).collect()
}
