//! Lowers a request body: which of its media types goes out, and what is said of its parts.

use std::{collections::BTreeMap, rc::Rc};

use openapiv3::{MediaType, RequestBody};
use serde_json::Value;

use super::{
    answer::{follow, malformed, media_schema},
    typed,
};
use crate::{
    api::{
        Body, BodyKind, Flaw, Format, PartEncoding, Schema, Style, StyleName, Type, essence,
        is_json,
    },
    load::Document,
    report::escape,
};

/// Lowers a request body.
pub(super) fn lower(raw: &Value, pointer: &str, document: &Document) -> Result<Body, Flaw> {
    let (raw, pointer) = follow(document, raw, pointer);
    let typed: RequestBody =
        typed::read(raw).map_err(|it| malformed(&pointer, "request body", &it))?;
    // Of several, the first of the best kind: which one that is depends on nothing else.
    let rank = |(name, media): &(&String, &MediaType)| rank(name, media, &raw["content"][*name]);
    let best = typed.content.iter().min_by_key(rank);
    let (name, media) = best.ok_or_else(|| Flaw {
        code: "body-without-schema",
        reason: "the body has no content".to_owned(),
        remedy: "add the content with an overlay action",
        pointer: pointer.clone(),
    })?;
    let at = format!("{pointer}/content/{}", escape(name));
    let own = &raw["content"][name];
    let kind = kind(name, own);
    let schema = media_schema(media, own, &at).or_else(|| bytes(kind, name, &at));
    let mut schema = schema.ok_or_else(|| Flaw {
        code: "body-without-schema",
        reason: format!("the body `{name}` has no schema"),
        remedy: "add the schema with an overlay action",
        pointer: at,
    })?;
    if kind == BodyKind::Other && essence(name).starts_with("multipart/") {
        schema.ty = Type::Unsupported(format!("a body of `{name}`"));
    }
    if let Some(part) = part_with_headers(own).filter(|_| kind == BodyKind::Multipart) {
        schema.ty = Type::Unsupported(format!("the part `{part}`, which has headers of its own"));
    }
    Ok(Body {
        kind,
        media_type: sent(kind, name),
        required: typed.required,
        schema: Rc::new(schema),
        parts: parts(own),
    })
}

/// What is said best comes first: JSON, a form, a form of parts, text, bytes; what has no schema and what is XML last.
fn rank(name: &str, media: &MediaType, raw: &Value) -> (bool, usize) {
    let essence = essence(name);
    let is_xml = essence.ends_with("/xml") || essence.ends_with("+xml");
    let place = match kind(name, raw) {
        BodyKind::Json if essence == "application/json" => 0,
        BodyKind::Json if is_json(name) => 1,
        BodyKind::Json => 2,
        BodyKind::Urlencoded => 3,
        BodyKind::Multipart => 4,
        BodyKind::Other if is_xml => 7,
        BodyKind::Other if essence.starts_with("text/") => 5,
        BodyKind::Other => 6,
    };
    let is_silent = media.schema.is_none() && place < 5;
    (is_silent, place)
}

fn kind(name: &str, raw: &Value) -> BodyKind {
    match essence(name).as_str() {
        "application/x-www-form-urlencoded" => BodyKind::Urlencoded,
        "multipart/form-data" => BodyKind::Multipart,
        _ if is_json(name) => BodyKind::Json,
        // A vendor that takes anything takes JSON.
        "*/*" | "application/*" if !is_text(raw) => BodyKind::Json,
        _ => BodyKind::Other,
    }
}

/// Whether a media type's own schema is that of a text, or of bytes.
fn is_text(raw: &Value) -> bool {
    raw.pointer("/schema/type").is_some_and(|it| it == "string")
}

/// What a body of this media type is sent as: of a range of JSON, plain JSON.
fn sent(kind: BodyKind, name: &str) -> String {
    if kind == BodyKind::Json && name.contains('*') {
        return "application/json".to_owned();
    }
    name.trim().to_owned()
}

/// A media type of bytes says all that is to be said.
fn bytes(kind: BodyKind, name: &str, pointer: &str) -> Option<Schema> {
    let essence = essence(name);
    let kinds = ["audio/", "font/", "image/", "video/"];
    let binary = [
        "application/octet-stream",
        "application/pdf",
        "application/zip",
        "application/gzip",
    ];
    let is_binary =
        kinds.iter().any(|it| essence.starts_with(it)) || binary.contains(&essence.as_str());
    (kind == BodyKind::Other && is_binary).then(|| Schema {
        pointer: pointer.to_owned(),
        ty: Type::Text(Format::Bytes, Vec::new()),
        ..Schema::default()
    })
}

/// What `encoding` says of the parts of a form.
fn parts(raw: &Value) -> BTreeMap<String, PartEncoding> {
    let stated = raw["encoding"].as_object().into_iter().flatten();
    stated
        .map(|(part, raw)| (part.clone(), part_encoding(raw)))
        .collect()
}

fn part_encoding(raw: &Value) -> PartEncoding {
    let text = |key: &str| raw.get(key).and_then(Value::as_str);
    let types = text("contentType").unwrap_or_default();
    let types = types.split(',').map(|it| it.trim().to_lowercase());
    let explode = raw.get("explode").and_then(Value::as_bool);
    let name = match text("style") {
        Some("spaceDelimited") => Some(StyleName::SpaceDelimited),
        Some("pipeDelimited") => Some(StyleName::PipeDelimited),
        Some("deepObject") => Some(StyleName::DeepObject),
        Some(_) => Some(StyleName::Form),
        // What is said of `form` is said of the style that is usual.
        None => explode.map(|_| StyleName::Form),
    };
    PartEncoding {
        types: types.filter(|it| !it.is_empty()).collect(),
        style: name.map(|name| Style::new(name, explode)),
    }
}

/// The part that has headers besides those that every part has.
fn part_with_headers(raw: &Value) -> Option<&String> {
    let usual = ["content-type", "content-disposition"];
    let has_own = |raw: &Value| {
        let mut names = raw["headers"].as_object().into_iter().flatten();
        names.any(|(name, _)| !usual.contains(&name.to_lowercase().as_str()))
    };
    let mut stated = raw["encoding"].as_object().into_iter().flatten();
    stated.find(|(_, raw)| has_own(raw)).map(|(part, _)| part)
}
