//! Decides what of a document must go before anything can be made of the rest: an operation that cannot be read, and
//! whatever refers to a broken component. Each becomes an action of overlay.yaml, with its reason.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::yaml::Lines;
use crate::{
    load::Document,
    report::{Diagnostic, escape},
};

/// Something that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// JSON pointer to it.
    pub pointer: String,
    /// Why.
    pub reason: String,
}

/// What must go for these errors to go; none if one of them is of the document as a whole.
pub(super) fn removals(document: &Document, broken: &[Diagnostic]) -> Option<Vec<Removal>> {
    let root = &document.value;
    let mut gone: BTreeMap<String, String> = BTreeMap::new();
    for it in broken {
        let part = part(root, &it.place.pointer)?;
        gone.entry(part)
            .or_insert_with(|| format!("{} ({}).", it.reason, it.place.pointer));
    }
    let uses = uses(root);
    loop {
        let lost = |(user, target): &&(String, String)| {
            let is_within = |it: &String| target == it || target.starts_with(&format!("{it}/"));
            !gone
                .keys()
                .any(|it| user == it || user.starts_with(&format!("{it}/")))
                && gone.keys().any(is_within)
        };
        let found: Vec<_> = uses.iter().filter(lost).cloned().collect();
        if found.is_empty() {
            break;
        }
        for (user, target) in found {
            let reason = format!("It uses {target}, which cannot be read.");
            gone.entry(user).or_insert(reason);
        }
    }
    let pointers: BTreeSet<String> = gone.keys().cloned().collect();
    let is_below = |pointer: &str| {
        pointers
            .iter()
            .any(|it| pointer.len() > it.len() && pointer.starts_with(&format!("{it}/")))
    };
    let kept = gone.into_iter().filter(|(pointer, _)| !is_below(pointer));
    Some(
        kept.map(|(pointer, reason)| Removal { pointer, reason })
            .collect(),
    )
}

/// Takes them out of the document.
pub(super) fn remove(document: &mut Document, removals: &[Removal]) {
    for it in removals {
        let Some((parent, token)) = it.pointer.rsplit_once('/') else {
            continue;
        };
        let token = token.replace("~1", "/").replace("~0", "~");
        if let Some(Value::Object(map)) = document.value.pointer_mut(parent) {
            map.shift_remove(&token);
        }
    }
}

/// The actions of overlay.yaml.
pub(super) fn overlay(title: &str, removals: &[Removal]) -> String {
    let mut lines = Lines::default();
    lines.comment(
        0,
        "What of the vendor's document cannot be read: these operations and components are taken out, so that the rest can be used. \
         Repair one with an action of your own before it (`update`), and delete the action that removes it.",
    );
    lines.line(0, "overlay: 1.0.0");
    lines.flow(
        0,
        "info",
        &json!({"title": format!("What cannot be used of {title}"), "version": "1"}),
    );
    lines.line(0, "actions:");
    for it in removals {
        lines.line(2, "-");
        lines.pair(4, "target", &path(&it.pointer), None);
        lines.pair(4, "description", &super::text::flat(&it.reason), None);
        lines.line(4, "remove: true");
    }
    lines.into_text()
}

/// A pointer as a normalized JSONPath (RFC 9535).
fn path(pointer: &str) -> String {
    let tokens = pointer
        .split('/')
        .skip(1)
        .map(|it| it.replace("~1", "/").replace("~0", "~"));
    let names = tokens.map(|it| format!("['{}']", it.chars().map(escaped).collect::<String>()));
    format!("${}", names.collect::<String>())
}

/// A character within the quotes of a JSONPath.
fn escaped(it: char) -> String {
    match it {
        '\\' | '\'' => format!("\\{it}"),
        it if it.is_control() => format!("\\u{:04x}", u32::from(it)),
        it => it.to_string(),
    }
}

/// The operation, path item or component that a pointer leads into.
fn part(root: &Value, pointer: &str) -> Option<String> {
    const VERBS: [&str; 8] = [
        "delete", "get", "head", "options", "patch", "post", "put", "trace",
    ];
    let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
    let length = match tokens.as_slice() {
        ["paths", _, verb, ..] if VERBS.contains(verb) => 3,
        ["paths", _, ..] => 2,
        ["components", _, _, ..] => 3,
        _ => return None,
    };
    let part = format!("/{}", tokens[..length].join("/"));
    root.pointer(&part).map(|_| part)
}

/// Which part of the document refers to what.
fn uses(root: &Value) -> BTreeSet<(String, String)> {
    let mut uses = BTreeSet::new();
    for section in ["paths", "components"] {
        let Some(value) = root.get(section) else {
            continue;
        };
        walk(value, &format!("/{section}"), &mut |pointer, target| {
            uses.extend(part(root, pointer).map(|part| (part, target.to_owned())));
        });
    }
    uses
}

fn walk(value: &Value, pointer: &str, found: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                match child {
                    Value::String(target) if key == "$ref" => {
                        found(pointer, target.trim_start_matches('#'));
                    }
                    _ => walk(child, &format!("{pointer}/{}", escape(key)), found),
                }
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                walk(child, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}
