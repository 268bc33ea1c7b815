//! What a refusal looks like on this vendor's wire.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::description::Errors;
use crate::exchange::{Complaint, Kind, Refusal, Reply};

/// The reply that tells a refusal in the vendor's words.
pub(crate) fn render(errors: &Errors, refusal: &Refusal, retry_after: u32) -> Reply {
    let kind = refusal
        .complaints
        .first()
        .map_or(Kind::Invalid, |complaint| complaint.kind);
    let named = errors.kinds.get(&kind);
    let status = refusal.status.unwrap_or_else(|| status(errors, kind));
    let template = named
        .and_then(|named| named.body.as_ref())
        .unwrap_or(&errors.body);
    let words: Vec<&str> = refusal
        .complaints
        .iter()
        .map(|complaint| complaint.message.as_str())
        .collect();
    let message = named
        .and_then(|named| named.message.clone())
        .unwrap_or_else(|| words.join(" "));
    let values = BTreeMap::from([
        ("message", message),
        ("code", code(errors, kind)),
        ("status", status.to_string()),
        ("retry_after", retry_after.to_string()),
    ]);
    let details = Details {
        list: refusal
            .complaints
            .iter()
            .map(|complaint| detail(errors, complaint))
            .collect(),
        by_field: by_field(&refusal.complaints),
    };
    let body = fill(template, &values, &details);
    Reply {
        status,
        headers: Vec::new(),
        media_type: Some("application/json".to_owned()),
        body: body.to_string().into_bytes(),
    }
}

/// What is wrong in detail, in the two forms that vendors use.
#[derive(Default)]
struct Details {
    list: Value,
    by_field: Value,
}

/// `{field: [message, …]}`
fn by_field(complaints: &[Complaint]) -> Value {
    let mut fields = Map::new();
    for complaint in complaints
        .iter()
        .filter(|complaint| !complaint.field.is_empty())
    {
        let messages = fields
            .entry(complaint.field.clone())
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(messages) = messages {
            messages.push(Value::String(complaint.message.clone()));
        }
    }
    Value::Object(fields)
}

fn detail(errors: &Errors, complaint: &Complaint) -> Value {
    let values = BTreeMap::from([
        ("message", complaint.message.clone()),
        ("code", code(errors, complaint.kind)),
        ("field", complaint.field.clone()),
    ]);
    fill(&errors.detail, &values, &Details::default())
}

/// A template with its placeholders replaced.
fn fill(template: &Value, values: &BTreeMap<&str, String>, details: &Details) -> Value {
    match template {
        Value::String(text) if text == "$details" => details.list.clone(),
        Value::String(text) if text == "$details_by_field" => details.by_field.clone(),
        Value::String(text) if text == "{status}" => values
            .get("status")
            .and_then(|status| status.parse::<u16>().ok())
            .into(),
        Value::String(text) => Value::String(replace(text, values)),
        Value::Array(items) => items
            .iter()
            .map(|item| fill(item, values, details))
            .collect(),
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.clone(), fill(value, values, details)))
            .collect(),
        scalar => scalar.clone(),
    }
}

/// A template of JSON with each `{name}` in its texts replaced.
pub(crate) fn replace_in(template: &Value, values: &BTreeMap<&str, String>) -> Value {
    fill(template, values, &Details::default())
}

/// A text with each `{name}` replaced.
pub(crate) fn replace(text: &str, values: &BTreeMap<&str, String>) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

fn code(errors: &Errors, kind: Kind) -> String {
    let named = errors.kinds.get(&kind).and_then(|named| named.code.clone());
    named.unwrap_or_else(|| usual(kind).1.to_owned())
}

fn status(errors: &Errors, kind: Kind) -> u16 {
    errors
        .kinds
        .get(&kind)
        .and_then(|named| named.status)
        .unwrap_or(usual(kind).0)
}

/// The status and code of a kind that `sandbox.yaml` does not name.
fn usual(kind: Kind) -> (u16, &'static str) {
    match kind {
        Kind::Unauthorized => (401, "unauthorized"),
        Kind::UnknownPath => (404, "unknown_path"),
        Kind::Method => (405, "method_not_allowed"),
        Kind::MediaType => (400, "unsupported_media_type"),
        Kind::NotFound => (404, "not_found"),
        Kind::Missing => (400, "missing_required_field"),
        Kind::Unknown => (400, "unknown_field"),
        Kind::ReadOnly => (400, "read_only_field"),
        Kind::Invalid => (400, "invalid"),
        Kind::Range => (400, "out_of_range"),
        Kind::Condition => (400, "invalid_condition"),
        Kind::State => (409, "invalid_state"),
        Kind::Unprocessable => (422, "unprocessable"),
        Kind::Limit => (429, "too_many_requests"),
        Kind::Failure => (500, "failure"),
        Kind::Absent => (501, "not_implemented"),
    }
}
