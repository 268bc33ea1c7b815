//! Lowers bodies and answers: which media type counts, and what it holds.

use std::{collections::BTreeMap, rc::Rc};

use openapiv3::{MediaType, RequestBody, Response, Responses, StatusCode};
use serde_json::Value;

use super::{schema, typed};
use crate::{
    api::{Answer, Body, Flaw, Format, Schema, Type, Verb},
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

/// Whether a media type is JSON: `application/json`, or the `+json` suffix (RFC 6839).
fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json") || essence == "text/json"
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase()
}

/// Lowers a request body.
pub(super) fn body(raw: &Value, pointer: &str, document: &Document) -> Result<Body, Flaw> {
    let (raw, pointer) = follow(document, raw, pointer);
    let typed: RequestBody =
        typed::read(raw).map_err(|it| malformed(&pointer, "request body", &it))?;
    // JSON is sent as `application/json`; a dialect such as `application/merge-patch+json` would be another promise.
    let json = typed
        .content
        .iter()
        .find(|(name, _)| essence(name) == "application/json");
    let (name, media) = json.or_else(|| typed.content.first()).ok_or_else(|| Flaw {
        code: "body-without-schema",
        reason: "the body has no content".to_owned(),
        remedy: "add the content with an overlay action",
        pointer: pointer.clone(),
    })?;
    let at = format!("{pointer}/content/{}", escape(name));
    let mut schema = media_schema(media, &raw["content"][name], &at).ok_or_else(|| Flaw {
        code: "body-without-schema",
        reason: format!("the body `{name}` has no schema"),
        remedy: "add the schema with an overlay action",
        pointer: at.clone(),
    })?;
    let is_form = essence(name) == "multipart/form-data";
    if json.is_none() && !is_form && !is_raw(name, &schema) {
        schema.ty = Type::Unsupported(format!("a body of `{name}`"));
    }
    Ok(Body {
        media_type: name.clone(),
        required: typed.required,
        schema: Rc::new(schema),
        part_types: part_types(media),
    })
}

/// What `encoding` says of the parts of a form: the media types of each, separated by commas.
fn part_types(media: &MediaType) -> BTreeMap<String, Vec<String>> {
    let stated = media.encoding.iter().filter_map(|(part, encoding)| {
        let types = encoding.content_type.as_deref()?.split(',');
        let types = types.map(|it| it.trim().to_lowercase());
        Some((part.clone(), types.filter(|it| !it.is_empty()).collect()))
    });
    stated.collect()
}

/// Whether a body goes out byte for byte.
fn is_raw(media_type: &str, schema: &Schema) -> bool {
    let is_form = media_type.starts_with("multipart/")
        || media_type.starts_with("application/x-www-form-urlencoded");
    !is_form && matches!(schema.ty, Type::Text(Format::Bytes, _))
}

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

fn media_schema(media: &MediaType, raw: &Value, pointer: &str) -> Option<Schema> {
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
