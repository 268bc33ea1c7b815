//! Guesses from documented headers and error answers how the vendor tells of rate limits and of what went wrong.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Guess, reading::Reading, yaml::Lines};
use crate::report::escape;

/// What each header of a rate limit is called, in lower case.
const HEADERS: [(&str, &[&str]); 4] = [
    (
        "limit",
        &["x-ratelimit-limit", "ratelimit-limit", "x-rate-limit-limit"],
    ),
    (
        "remaining",
        &[
            "x-ratelimit-remaining",
            "ratelimit-remaining",
            "x-rate-limit-remaining",
        ],
    ),
    (
        "reset",
        &["x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"],
    ),
    ("retry_after", &["retry-after", "x-retry-after"]),
];

/// Where errors say what is wrong, the surest first.
const ERRORS: [(&str, &[&str]); 3] = [
    (
        "message",
        &[
            "message",
            "error_description",
            "detail",
            "error_message",
            "msg",
            "error",
            "description",
            "title",
        ],
    ),
    ("code", &["code", "error_code", "errorCode", "type"]),
    (
        "details",
        &[
            "errors",
            "details",
            "field_errors",
            "fieldErrors",
            "invalid_params",
            "violations",
        ],
    ),
];

/// `rate_limit` and `errors` of vendor.yaml, where the document tells of them.
pub(super) fn write(reading: &Reading, lines: &mut Lines, guesses: &mut Vec<Guess>) {
    let answers = answers(reading);
    let limits = headers(reading, &answers);
    if !limits.is_empty() {
        told(
            lines,
            guesses,
            "rate_limit",
            &limits,
            "the headers of documented answers",
        );
    }
    let errors = errors(reading, &answers);
    if !errors.is_empty() {
        told(
            lines,
            guesses,
            "errors",
            &errors,
            "the schemas of documented refusals",
        );
    }
}

type Named = BTreeMap<&'static str, Vec<String>>;

fn told(lines: &mut Lines, guesses: &mut Vec<Guess>, key: &str, found: &Named, from: &str) {
    lines.comment(0, &format!("guessed from {from}"));
    lines.flow(0, key, &json!(found));
    guesses.push(Guess::of(key, &json!(found).to_string(), from));
}

/// Every answer of the document, with its status.
fn answers(reading: &Reading) -> Vec<(&str, &Value)> {
    let operations = reading.api.operations.values();
    let responses = operations.filter_map(|it| reading.raw(&it.pointer)["responses"].as_object());
    responses
        .flatten()
        .map(|(status, it)| (status.as_str(), reading.follow(it)))
        .collect()
}

fn headers(reading: &Reading, answers: &[(&str, &Value)]) -> Named {
    let mut found = Named::new();
    let declared = reading.raw("/components/headers").as_object().into_iter();
    let of_answers = answers
        .iter()
        .filter_map(|(_, it)| it["headers"].as_object());
    for name in declared.chain(of_answers).flatten().map(|(name, _)| name) {
        let is_token = name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'-');
        for (key, known) in HEADERS {
            if is_token && known.contains(&name.to_lowercase().as_str()) {
                let names = found.entry(key).or_default();
                let is_new = !names.iter().any(|it| it.eq_ignore_ascii_case(name));
                names.extend(is_new.then(|| name.clone()));
            }
        }
    }
    found
}

fn errors(reading: &Reading, answers: &[(&str, &Value)]) -> Named {
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let refusals = answers
        .iter()
        .filter(|(status, _)| status.starts_with(['4', '5']) || *status == "default");
    for (_, answer) in refusals {
        let media = answer["content"].as_object().into_iter().flatten();
        let Some((_, json)) = media.into_iter().find(|(name, _)| name.contains("json")) else {
            continue;
        };
        let schema = reading.follow(&json["schema"]);
        for (key, pointer) in pointers(schema, reading) {
            *counts.entry((key, pointer)).or_default() += 1;
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by(|((_, a), left), ((_, b), right)| {
        right
            .cmp(left)
            .then_with(|| (a.len(), a).cmp(&(b.len(), b)))
    });
    let mut found = Named::new();
    for ((key, pointer), _) in sorted {
        let key = ERRORS
            .iter()
            .map(|(it, _)| *it)
            .find(|it| *it == key)
            .unwrap_or("message");
        let pointers = found.entry(key).or_default();
        if pointers.len() < MOST {
            pointers.push(pointer);
        }
    }
    found
}

/// Pointers of one kind.
const MOST: usize = 4;

/// Where an error's schema says what is wrong: at its top, or within `error`.
fn pointers(schema: &Value, reading: &Reading) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for (lead, object) in [
        ("", schema),
        ("/error", reading.follow(&schema["properties"]["error"])),
    ] {
        let properties = properties(object, reading, 0);
        for (key, names) in ERRORS {
            let wanted: &[&str] = if key == "details" {
                &["array", "object"]
            } else {
                &["string", "integer"]
            };
            let fits = |it: &Value| it["type"].as_str().is_some_and(|it| wanted.contains(&it));
            let name = names.iter().find(|name| {
                properties
                    .iter()
                    .any(|(it, schema)| it == *name && fits(schema))
            });
            found.extend(name.map(|it| (key, format!("{lead}/{}", escape(it)))));
        }
    }
    found
}

/// The properties of an object, of every part of an `allOf`.
fn properties<'a>(
    schema: &'a Value,
    reading: &'a Reading,
    depth: usize,
) -> Vec<(&'a str, &'a Value)> {
    let own = schema["properties"].as_object().into_iter().flatten();
    let mut all: Vec<_> = own
        .map(|(name, it)| (name.as_str(), reading.follow(it)))
        .collect();
    if depth < 4 {
        for part in schema["allOf"].as_array().into_iter().flatten() {
            all.extend(properties(reading.follow(part), reading, depth + 1));
        }
    }
    all
}
