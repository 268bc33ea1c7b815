//! Lowers answers: which media type counts, and what it holds.

use std::rc::Rc;

use openapiv3::{MediaType, Response, Responses, StatusCode};
use serde_json::Value;

use super::{schema, typed};
use crate::{
    api::{Answer, Flaw, Schema, Verb, is_json},
    load::Document,
    report::escape,
    resolve,
};

/// A value of the document that may stand behind references: the value, and its pointer.
pub(super) fn follow<'a>(
    document: &'a Document,
    raw: &'a Value,
    pointer: &str,
) -> (&'a Value, String) {
    let (mut raw, mut pointer) = (raw, pointer.to_owned());
    // A longer chain is a circle, which `resolve` reported.
    for _ in 0..LONGEST_CHAIN {
        let target = resolve::target(raw);
        match target.and_then(|target| Some((document.value.pointer(&target)?, target))) {
            Some((value, target)) => (raw, pointer) = (value, target),
            None => break,
        }
    }
    (raw, pointer)
}

/// References to references that are followed.
const LONGEST_CHAIN: usize = 32;

/// Lowers the answer on success.
pub(super) fn answer(
    verb: Verb,
    typed: &Responses,
    raw: &Value,
    pointer: &str,
    document: &Document,
) -> Result<Answer, Flaw> {
    let mut statuses: Vec<u16> = typed
        .responses
        .keys()
        .filter_map(|it| match it {
            StatusCode::Code(code) if (200..300).contains(code) => Some(*code),
            StatusCode::Range(2) => Some(299),
            _ => None,
        })
        .collect();
    statuses.sort_unstable();
    let Some(status) = statuses.first().copied() else {
        return Err(Flaw {
            code: "answer-missing",
            reason: "no answer on success is declared".to_owned(),
            remedy: "add a 2xx response with an overlay action",
            pointer: pointer.to_owned(),
        });
    };
    let key = if status == 299 {
        "2XX".to_owned()
    } else {
        status.to_string()
    };
    let (raw, pointer) = follow(document, &raw[&key], &format!("{pointer}/{key}"));
    let response: Response = typed::read(raw).map_err(|it| malformed(&pointer, "response", &it))?;
    content(verb, status, &response, raw, &pointer)
}

fn content(
    verb: Verb,
    status: u16,
    response: &Response,
    raw: &Value,
    pointer: &str,
) -> Result<Answer, Flaw> {
    let json = response.content.iter().find(|(name, _)| is_json(name));
    // What may come as anything comes as JSON where its schema is not that of a text, or of bytes.
    let mut any = response.content.iter();
    let any = any.find(|(name, _)| *name == "*/*" && is_record(&raw["content"][*name]));
    let json = json.or(any);
    let is_empty = response.content.is_empty() && verb != Verb::Get;
    if status == 204 || is_empty || (verb == Verb::Delete && json.is_none()) {
        return Ok(Answer::Nothing);
    }
    if let Some((name, media)) = json {
        let at = format!("{pointer}/content/{}", escape(name));
        if let Some(schema) = media_schema(media, &raw["content"][name], &at) {
            return Ok(Answer::Json(Rc::new(schema)));
        }
    } else if let Some((name, _)) = response.content.first() {
        return Ok(Answer::File(name.clone()));
    }
    Err(Flaw {
        code: "answer-without-schema",
        reason: format!("the answer {status} has no schema"),
        remedy: "add the schema of the answer with an overlay action",
        pointer: pointer.to_owned(),
    })
}

/// Whether a media type has a schema, and that of no text.
fn is_record(raw: &Value) -> bool {
    let schema = raw.get("schema").and_then(Value::as_object);
    schema.is_some_and(|it| !it.is_empty() && it.get("type").is_none_or(|it| it != "string"))
}

pub(super) fn media_schema(media: &MediaType, raw: &Value, pointer: &str) -> Option<Schema> {
    media.schema.as_ref()?;
    Some(schema::lower(&raw["schema"], &format!("{pointer}/schema")))
}

/// What could not be read as OpenAPI.
pub(super) fn malformed(pointer: &str, what: &str, mistake: &serde_json::Error) -> Flaw {
    Flaw {
        code: "malformed-operation",
        reason: format!("this is no OpenAPI 3.0 {what}: {mistake}"),
        remedy: "correct it with an overlay action",
        pointer: pointer.to_owned(),
    }
}
