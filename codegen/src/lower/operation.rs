//! Lowers one operation; what keeps it from becoming a tool is noted as a flaw, for the gate to judge.

use openapiv3::Responses;
use serde_json::Value;

use super::{answer, parameter, servers, typed};
use crate::{
    api::{Answer, Carrier, Flaw, Operation, Parameter, Provenance, Verb},
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
    path_flaws(path, &parameters, place, &mut flaws);
    let body = raw.get("requestBody").and_then(|it| {
        let pointer = place.child("requestBody").pointer;
        answer::body(it, &pointer, document)
            .map_err(|flaw| flaws.push(flaw))
            .ok()
    });
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

/// The operation's parameters, then those of its path that it does not declare itself; sorted by carrier.
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
        Carrier::Query | Carrier::QueryComma => 1,
        Carrier::Header => 2,
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

/// Names between braces, or `None` if the braces do not pair up.
pub(super) fn placeholders(path: &str) -> Option<Vec<&str>> {
    // A control character would break whatever the path is printed into.
    if !path.starts_with('/') || path.chars().any(char::is_control) {
        return None;
    }
    let mut names = Vec::new();
    for segment in path.split('/') {
        match (segment.find('{'), segment.find('}')) {
            (None, None) => {}
            // One placeholder fills one whole segment: anything else is a template nobody can fill safely.
            (Some(0), Some(end)) if end + 1 == segment.len() && end > 1 => {
                let name = &segment[1..end];
                if name.contains(['{', ':', '(', '*', '?']) {
                    return None;
                }
                names.push(name);
            }
            _ => return None,
        }
    }
    Some(names)
}

fn path_flaws(path: &str, parameters: &[Parameter], place: &Place, flaws: &mut Vec<Flaw>) {
    let flaw = |code, reason, remedy| Flaw {
        code,
        reason,
        remedy,
        pointer: place.pointer.clone(),
    };
    let Some(names) = placeholders(path) else {
        return flaws.push(flaw(
            "path-malformed",
            format!(
                "`{}` is no path template: it begins with a slash, and a placeholder is one whole segment, such as `/{{id}}`",
                path.escape_debug()
            ),
            "rename the path with overlay actions (remove it, and add the right one)",
        ));
    };
    for name in names.iter().filter(|name| {
        !parameters
            .iter()
            .any(|it| it.carrier == Carrier::Path && it.name == **name)
    }) {
        flaws.push(flaw(
            "path-parameter-undeclared",
            format!("the path has `{{{name}}}`, but no parameter of that name is declared"),
            "declare the parameter with an overlay action",
        ));
    }
    for parameter in parameters
        .iter()
        .filter(|it| it.carrier == Carrier::Path && !names.contains(&it.name.as_str()))
    {
        flaws.push(flaw(
            "path-parameter-not-in-path",
            format!(
                "the path parameter `{}` does not stand in the path",
                parameter.name
            ),
            "say `in: query` with an overlay action, if that is what the vendor takes",
        ));
    }
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
