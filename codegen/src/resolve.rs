//! Sees to it that every `$ref` of the document leads somewhere within it; after this stage no reference can fail.

use serde_json::Value;

use crate::{
    load::Document,
    nearest::did_you_mean,
    report::{Place, Report},
};

/// Reports references that lead nowhere, or out of the document.
pub(crate) fn resolve(document: &Document, report: &mut Report) {
    walk(&document.value, document, &document.place(""), report);
}

fn walk(value: &Value, document: &Document, place: &Place, report: &mut Report) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(target)) = map.get("$ref") {
                check(target, document, &place.child("$ref"), report);
            }
            for (key, child) in map {
                if !matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
                    walk(child, document, &place.child(key), report);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, document, &place.child(index), report);
            }
        }
        _ => {}
    }
}

fn check(target: &str, document: &Document, place: &Place, report: &mut Report) {
    let Some(pointer) = target.strip_prefix('#') else {
        return report.error(
            "reference-outside",
            place.clone(),
            format!("`{target}` is in another file"),
            "bundle the document into one file, for example with `npx @redocly/cli bundle`",
        );
    };
    if document.value.pointer(pointer).is_some() {
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
