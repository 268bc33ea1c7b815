//! Lowers one operation; what keeps it from becoming a tool is noted as a flaw, for the gate to judge.

use openapiv3::Responses;
use serde_json::Value;

use super::{answer, body, parameter, path, servers, typed};
use crate::{
    api::{Answer, Body, Carrier, Flaw, Operation, Parameter, Provenance, Verb},
    load::Document,
    report::{Place, Report},
};

/// An operation as the document has it.
pub(super) struct Source<'a> {
    /// HTTP method.
    pub(super) verb: Verb,
    /// Path template.
    pub(super) path: &'a str,
    /// The operation.
    pub(super) raw: &'a Value,
    /// The path item that it stands in.
    pub(super) item: &'a Value,
    /// Where it stands.
    pub(super) place: Place,
}

/// Lowers an operation.
pub(super) fn lower(source: &Source<'_>, document: &Document, report: &mut Report) -> Operation {
    let Source {
        verb,
        path,
        raw,
        place,
        ..
    } = source;
    let mut flaws = Vec::new();
    let parameters = parameters(source, document, &mut flaws);
    flaws.extend(path::flaws(path, &parameters, place));
    let body = raw.get("requestBody").and_then(|it| {
        let pointer = place.child("requestBody").pointer;
        body::lower(it, &pointer, document)
            .map_err(|flaw| flaws.push(flaw))
            .ok()
    });
    let body = body.filter(|it| *verb != Verb::Get || !body_of_get(it, source, report, &mut flaws));
    if body.is_none() && matches!(verb, Verb::Put | Verb::Patch) && flaws.is_empty() {
        flaws.push(Flaw {
            code: "body-missing",
            reason: format!("a {} without a body changes nothing", verb.as_str()),
            remedy: "add the request body with an overlay action",
            pointer: place.pointer.clone(),
        });
    }
    Operation {
        key: format!("{} {path}", verb.as_str()),
        verb: *verb,
        path: (*path).to_owned(),
        pointer: place.pointer.clone(),
        summary: summary(raw, place, report),
        provenance: Provenance::of(raw.get("x-provenance")),
        // An operation's own come before those of its path.
        servers: servers(if raw.get("servers").is_some() {
            raw
        } else {
            source.item
        }),
        is_open: raw
            .get("security")
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty),
        answer: responses(*verb, raw, place, document, &mut flaws),
        parameters,
        body,
        flaws,
    }
}

/// OpenAPI says to leave the body of a GET away: HTTP gives it no meaning, and what stands between may drop it.
fn body_of_get(
    body: &Body,
    source: &Source<'_>,
    report: &mut Report,
    flaws: &mut Vec<Flaw>,
) -> bool {
    let place = source.place.child("requestBody");
    let remedy = "remove the body with an overlay action, or say what is sent as parameters";
    if body.required {
        flaws.push(Flaw {
            code: "get-with-body",
            reason: "a GET that requires a body, which HTTP gives no meaning".to_owned(),
            remedy,
            pointer: place.pointer,
        });
    } else {
        let reason = format!(
            "the body of `GET {}` is never sent: HTTP gives it no meaning",
            source.path
        );
        report.warn("get-with-body", place, reason, remedy);
    }
    true
}

fn summary(raw: &Value, place: &Place, report: &mut Report) -> String {
    match raw.get("summary") {
        Some(Value::String(text)) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        None => String::new(),
        Some(_) => {
            report.warn(
                "wrong-value",
                place.child("summary"),
                "a summary is a text, so this one says nothing",
                "write it in quotes",
            );
            String::new()
        }
    }
}

/// Headers that OpenAPI 3.0 says to ignore as parameters: others carry what they say.
const IGNORED_HEADERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// The operation's parameters, then those of its path that it does not declare itself; sorted by where they are carried.
fn parameters(source: &Source<'_>, document: &Document, flaws: &mut Vec<Flaw>) -> Vec<Parameter> {
    let provenance = Provenance::of(source.raw.get("x-provenance"));
    let place = &source.place.pointer;
    let path_place = place.rsplit_once('/').map_or("", |(parent, _)| parent);
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut seen: Vec<(String, String)> = Vec::new();
    for (holder, place) in [(source.raw, place.as_str()), (source.item, path_place)] {
        for (raw, pointer) in declared(holder, place, flaws) {
            let (raw, pointer) = answer::follow(document, raw, &pointer);
            let identity = identity(raw);
            let is_ignored =
                identity.0 == "header" && IGNORED_HEADERS.contains(&identity.1.as_str());
            if is_ignored || seen.contains(&identity) {
                continue;
            }
            seen.push(identity);
            match parameter::lower(raw, &pointer) {
                Ok(it) => parameters.push(Parameter {
                    provenance: it.provenance.or(provenance),
                    ..it
                }),
                Err(flaw) => flaws.push(flaw),
            }
        }
    }
    parameters.sort_by_key(|it| match it.carrier {
        Carrier::Path => 0,
        Carrier::Query => 1,
        Carrier::Header => 2,
        Carrier::Cookie => 3,
    });
    parameters
}

/// What `parameters` holds, with pointers.
fn declared<'a>(holder: &'a Value, place: &str, flaws: &mut Vec<Flaw>) -> Vec<(&'a Value, String)> {
    let pointer = format!("{place}/parameters");
    match holder.get("parameters") {
        None => Vec::new(),
        Some(Value::Array(items)) => items
            .iter()
            .enumerate()
            .map(|(at, it)| (it, format!("{pointer}/{at}")))
            .collect(),
        Some(_) => {
            flaws.push(Flaw {
                code: "malformed-operation",
                reason: "`parameters` is no list".to_owned(),
                remedy: "correct it with an overlay action",
                pointer,
            });
            Vec::new()
        }
    }
}

/// What tells parameters apart: where they are, and their name, of headers without case.
fn identity(raw: &Value) -> (String, String) {
    let text = |key: &str| raw.get(key).and_then(Value::as_str).unwrap_or_default();
    let name = if text("in") == "header" {
        text("name").to_lowercase()
    } else {
        text("name").to_owned()
    };
    (text("in").to_owned(), name)
}

fn responses(
    verb: Verb,
    raw: &Value,
    place: &Place,
    document: &Document,
    flaws: &mut Vec<Flaw>,
) -> Answer {
    let place = place.child("responses");
    let raw = raw.get("responses").unwrap_or(&Value::Null);
    let answer = typed::read::<Responses>(raw)
        .map_err(|it| answer::malformed(&place.pointer, "list of responses", &it))
        .and_then(|typed| answer::answer(verb, &typed, raw, &place.pointer, document));
    answer.map_err(|flaw| flaws.push(flaw)).unwrap_or_default()
}
