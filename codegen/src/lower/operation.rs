//! Lowers one operation; what keeps it from becoming a tool is noted as a flaw, for the gate to judge.

use openapiv3::Responses;
use serde_json::Value;

use super::{answer, parameter};
use crate::{
    api::{Answer, Carrier, Flaw, Operation, Parameter, Provenance, Verb},
    load::Document,
    report::{Place, Report},
};

/// Lowers the operation `raw` of the path item `item`.
pub(super) fn lower(
    verb: Verb,
    path: &str,
    raw: &Value,
    item: &Value,
    place: &Place,
    document: &Document,
    report: &mut Report,
) -> Operation {
    let mut flaws = Vec::new();
    let provenance = Provenance::of(raw.get("x-provenance"));
    let parameters = parameters(raw, item, place, document, provenance, &mut flaws);
    path_flaws(path, &parameters, place, &mut flaws);
    let body = raw.get("requestBody").and_then(|it| {
        answer::body(it, &place.child("requestBody").pointer, document)
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
        verb,
        path: path.to_owned(),
        pointer: place.pointer.clone(),
        summary: summary(raw, place, report),
        provenance,
        answer: responses(verb, raw, place, document, &mut flaws),
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
            report.error(
                "wrong-value",
                place.child("summary"),
                "a summary is a text",
                "write it in quotes",
            );
            String::new()
        }
    }
}

/// The operation's parameters, then those of its path that it does not declare itself; sorted by carrier.
fn parameters(
    raw: &Value,
    item: &Value,
    place: &Place,
    document: &Document,
    provenance: Provenance,
    flaws: &mut Vec<Flaw>,
) -> Vec<Parameter> {
    let path_place = place
        .pointer
        .rsplit_once('/')
        .map_or("", |(parent, _)| parent);
    let own = raw.get("parameters").and_then(Value::as_array);
    let shared = item.get("parameters").and_then(Value::as_array);
    let own = own
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(at, it)| (it, format!("{}/parameters/{at}", place.pointer)));
    let shared = shared
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(at, it)| (it, format!("{path_place}/parameters/{at}")));
    let mut parameters: Vec<Parameter> = Vec::new();
    for (raw, pointer) in own.chain(shared) {
        match parameter::lower(raw, &pointer, document) {
            Ok(it)
                if parameters
                    .iter()
                    .any(|other| (&other.name, other.carrier) == (&it.name, it.carrier)) => {}
            Ok(it) => parameters.push(Parameter {
                provenance: it.provenance.or(provenance),
                ..it
            }),
            Err(flaw) => flaws.push(flaw),
        }
    }
    parameters.sort_by_key(|it| match it.carrier {
        Carrier::Path => 0,
        Carrier::Query | Carrier::QueryComma => 1,
        Carrier::Header => 2,
    });
    parameters
}

/// Names between braces, or `None` if the braces do not pair up.
pub(super) fn placeholders(path: &str) -> Option<Vec<&str>> {
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
            format!("`{path}` is no path template: a placeholder must be one whole segment, such as `/{{id}}`"),
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
    let answer = serde_json::from_value::<Responses>(raw.clone())
        .map_err(|it| answer::malformed(&place.pointer, "list of responses", &it))
        .and_then(|typed| answer::answer(verb, &typed, raw, &place.pointer, document));
    answer.map_err(|flaw| flaws.push(flaw)).unwrap_or_default()
}
