//! Sees to it that every `$ref` of the document leads somewhere within it; after this stage no reference can fail.

use serde_json::Value;

use crate::{
    load::Document,
    nearest::did_you_mean,
    report::{Place, Report},
};

/// Reports references that lead nowhere, in a circle, or out of the document.
pub(crate) fn resolve(document: &Document, report: &mut Report) {
    walk(
        &document.value,
        document,
        &document.place(""),
        false,
        report,
    );
}

/// `holds_names`: the keys are names, so even `example` is one.
fn walk(value: &Value, document: &Document, place: &Place, holds_names: bool, report: &mut Report) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(target)) = map.get("$ref").filter(|_| !holds_names) {
                check(target, document, &place.child("$ref"), report);
            }
            for (key, child) in map {
                let is_free = matches!(key.as_str(), "example" | "examples" | "default" | "enum");
                if holds_names || !(is_free || key.starts_with("x-")) {
                    let names = !holds_names && HOLD_NAMES.contains(&key.as_str());
                    walk(child, document, &place.child(key), names, report);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, document, &place.child(index), false, report);
            }
        }
        _ => {}
    }
}

/// Keywords whose value is a map of names.
const HOLD_NAMES: [&str; 8] = [
    "headers",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
];

fn check(target: &str, document: &Document, place: &Place, report: &mut Report) {
    let Some(pointer) = target.strip_prefix('#') else {
        return report.error(
            "reference-outside",
            place.clone(),
            format!("`{target}` is in another file"),
            "bundle the document into one file, for example with `npx @redocly/cli bundle`",
        );
    };
    if let Some(value) = document.value.pointer(pointer) {
        if is_circle(value, document) {
            report.error(
                "reference-circular",
                place.clone(),
                format!("`{target}` refers to itself, through references alone"),
                "give one of them a schema",
            );
        }
        return;
    }
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    let siblings = document.value.pointer(parent).and_then(Value::as_object);
    let known = siblings
        .into_iter()
        .flat_map(|it| it.keys().map(String::as_str));
    report.error(
        "reference-broken",
        place.clone(),
        format!("`{target}` does not exist{}", did_you_mean(name, known)),
        "correct the reference, or add what it names",
    );
}

/// Whether a value is a reference that never ends.
fn is_circle(value: &Value, document: &Document) -> bool {
    let mut value = value;
    for _ in 0..32 {
        let target = value
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|it| it.strip_prefix('#'));
        match target.and_then(|it| document.value.pointer(it)) {
            Some(next) => value = next,
            None => return false,
        }
    }
    true
}
