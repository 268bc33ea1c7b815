//! Finds every `$ref` that does not lead to a place within the document: what needs it is refused later, operation by operation.

use serde_json::Value;

use crate::{
    api::Broken,
    load::Document,
    nearest::did_you_mean,
    report::{Place, Report},
};

/// Tells of references that lead nowhere, in a circle, or out of the document.
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
const HOLD_NAMES: [&str; 9] = [
    "$defs",
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
    if let Some(Broken {
        code,
        reason,
        remedy,
    }) = broken(target, document)
    {
        report.warn(code, place.clone(), reason, remedy);
    }
}

/// Why a reference leads nowhere, if so.
pub(crate) fn broken(target: &str, document: &Document) -> Option<Broken> {
    let Some(pointer) = target.strip_prefix('#') else {
        return Some(Broken {
            code: "reference-outside",
            reason: format!("`{target}` is in another file"),
            remedy: "bundle the document into one file, for example with `npx @redocly/cli bundle`",
        });
    };
    let pointer = decoded(pointer);
    if let Some(value) = document.value.pointer(&pointer) {
        return is_circle(value, document).then(|| Broken {
            code: "reference-circular",
            reason: format!("`{target}` refers to itself, through references alone"),
            remedy: "give one of them a schema",
        });
    }
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    let siblings = document.value.pointer(parent).and_then(Value::as_object);
    let known = siblings
        .into_iter()
        .flat_map(|it| it.keys().map(String::as_str));
    Some(Broken {
        code: "reference-broken",
        reason: format!("`{target}` does not exist{}", did_you_mean(name, known)),
        remedy: "correct the reference, or add what it names, with an overlay action",
    })
}

/// The JSON pointer of a reference within the document; it is a part of a URI, so it may be percent-encoded.
pub(crate) fn target(value: &Value) -> Option<String> {
    let target = value.get("$ref").and_then(Value::as_str)?;
    target.strip_prefix('#').map(decoded)
}

/// A text without its percent-encoding; what is none stays.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        match byte.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Whether a value is a reference that never ends.
fn is_circle(value: &Value, document: &Document) -> bool {
    let mut value = value;
    for _ in 0..32 {
        match target(value).and_then(|it| document.value.pointer(&it)) {
            Some(next) => value = next,
            None => return false,
        }
    }
    true
}
