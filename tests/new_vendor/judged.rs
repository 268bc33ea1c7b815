//! Prism, which judges by the vendor's document, accepts each stated request.

use std::collections::BTreeSet;

use acceptance::{Listener, Prism};
use serde_json::Value;

use crate::{
    case::yaml,
    sent::{Server, reply, site},
};

/// How Prism marks an answer of its own.
const MARK: &str = "stoplight.io/prism";

/// Requests that Prism does not accept.
pub(crate) fn accepted(server: &Server<'_>) -> Vec<String> {
    let judged: Vec<_> = server
        .case
        .calls
        .iter()
        .filter(|it| it.unjudged.is_none())
        .collect();
    if judged.is_empty() {
        return Vec::new();
    }
    let mut document = yaml(&server.case.document);
    only(
        &mut document,
        &judged
            .iter()
            .map(|it| it.operation.as_str())
            .collect::<Vec<_>>(),
    );
    let listener = Listener::start(reply());
    let Some(prism) = Prism::start(&document, &site(&listener)) else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    let mut last = String::new();
    for call in judged {
        let words = server
            .call(call, &prism.url, &site(&listener))
            .unwrap_or_else(|why| why);
        last.clone_from(&words);
        if words.contains(MARK) {
            wrong.push(server.told(&format!("Prism refuses `{}`: {words}", call.operation)));
        }
    }
    if listener.came().is_empty() {
        wrong.push(server.told(&format!("no request came through Prism: {last}")));
    }
    wrong
}

/// Leaves only the paths that are called, and what they refer to: a document of hundreds takes Prism long to read, and one
/// with a reference that leads nowhere it does not read at all.
fn only(document: &mut Value, operations: &[&str]) {
    const VERBS: [&str; 8] = [
        "delete", "get", "head", "options", "patch", "post", "put", "trace",
    ];
    let is_called = |verb: &str, path: &str| {
        let mut called = operations.iter().filter_map(|it| it.split_once(' '));
        called.any(|(a, b)| a.eq_ignore_ascii_case(verb) && b == path)
    };
    // Webhooks among others refer to what then is no longer there.
    if let Some(document) = document.as_object_mut() {
        document.retain(|key, _| KEPT.contains(&key.as_str()));
    }
    let paths = document["paths"].as_object_mut();
    for (path, item) in paths.into_iter().flatten() {
        if let Some(item) = item.as_object_mut() {
            item.retain(|key, _| !VERBS.contains(&key.as_str()) || is_called(key, path));
        }
    }
    if let Some(paths) = document["paths"].as_object_mut() {
        paths.retain(|path, _| VERBS.iter().any(|verb| is_called(verb, path)));
    }
    let mut reached = BTreeSet::new();
    let mut open = references(&document["paths"]);
    while let Some(pointer) = open.pop() {
        if reached.insert(pointer.clone()) {
            open.extend(
                document
                    .pointer(&pointer)
                    .map(references)
                    .unwrap_or_default(),
            );
        }
    }
    for (kind, components) in document["components"].as_object_mut().into_iter().flatten() {
        if let Some(components) = components
            .as_object_mut()
            .filter(|_| kind != "securitySchemes")
        {
            components.retain(|name, _| {
                let name = name.replace('~', "~0").replace('/', "~1");
                let own = format!("/components/{kind}/{name}");
                reached
                    .iter()
                    .any(|it| *it == own || it.starts_with(&format!("{own}/")))
            });
        }
    }
}

/// What of a document says how its operations are called.
const KEPT: [&str; 6] = [
    "openapi",
    "info",
    "servers",
    "security",
    "paths",
    "components",
];

/// The pointers that a value refers to.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let own = map.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|it| it.strip_prefix('#')).map(str::to_owned);
            own.into_iter()
                .chain(map.values().flat_map(references))
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
