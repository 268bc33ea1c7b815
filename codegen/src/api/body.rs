//! A request body: what it goes out as, and what is said of its parts.

use std::{collections::BTreeMap, rc::Rc};

use super::{Schema, Style};

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// What it is.
    pub kind: BodyKind,
    /// Media type that it goes out as.
    pub media_type: String,
    /// Whether the vendor requires it.
    pub required: bool,
    /// Its type.
    pub schema: Rc<Schema>,
    /// What is said of the parts of a form, by their names.
    pub parts: BTreeMap<String, PartEncoding>,
}

impl Body {
    /// Whether it goes out as the parts, or the fields, of a form.
    pub fn is_form(&self) -> bool {
        matches!(self.kind, BodyKind::Multipart | BodyKind::Urlencoded)
    }
}

/// What a body is, by its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyKind {
    /// JSON, in any of its dialects.
    Json,
    /// `application/x-www-form-urlencoded`
    Urlencoded,
    /// `multipart/form-data`
    Multipart,
    /// Text, or bytes, as its schema says.
    Other,
}

/// What is said of a part of a form.
#[derive(Clone, Debug, Default)]
pub struct PartEncoding {
    /// The media types that it may have; none: any.
    pub types: Vec<String>,
    /// How it is written, if that is said.
    pub style: Option<Style>,
}

/// Whether a media type is JSON: `application/json`, or the `+json` suffix (RFC 6839).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json") || essence == "text/json"
}

/// A media type without its parameters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase()
}
