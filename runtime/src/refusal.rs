//! What a vendor's refusal says: its code and sentence, its body within bounds, its rate limit, and our guidance.

use std::time::SystemTime;

use serde_json::{Value, json};

use crate::{
    dispatch::Response,
    failure::{Refusal, guidance},
    ratelimit::Rate,
    table::{About, Vendor},
};

/// Most bytes of a vendor's error body that a model sees.
const MOST: usize = 8 * 1024;
/// Most bytes of a body that is not JSON.
const GLIMPSE: usize = 1024;
/// Most bytes of a message.
const SENTENCE: usize = 2 * 1024;

/// Reads a refusal. `text` is the response's body, without secrets.
pub(crate) fn read(vendor: &Vendor, about: &About, response: &Response, text: &str) -> Refusal {
    let json = serde_json::from_str::<Value>(text).ok();
    let status = response.status;
    let found = |pointers: &[&str]| json.as_ref().and_then(|json| first(json, pointers));
    let mut message = found(vendor.errors.message)
        .unwrap_or_else(|| format!("The vendor answered {}.", named(status)));
    if let Some(details) = found(vendor.errors.details)
        && !message.contains(&details)
    {
        message = format!("{message} {details}");
    }
    Refusal {
        status,
        error: found(vendor.errors.code).unwrap_or_else(|| code(status).to_owned()),
        message: cut(&message, SENTENCE).to_owned(),
        body: bounded(json, text),
        rate: rate(vendor, response),
        guidance: guidance(about.guidance, status, text),
    }
}

/// The first pointer that leads to something, as text.
fn first(json: &Value, pointers: &[&str]) -> Option<String> {
    pointers
        .iter()
        .find_map(|pointer| match json.pointer(pointer)? {
            Value::Null => None,
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(text.clone()),
            Value::Array(items) if items.is_empty() => None,
            Value::Object(object) if object.is_empty() => None,
            value @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                Some(value.to_string())
            }
        })
}

/// A body that a model may see: JSON as it came, or the start of it. Always an object.
pub(crate) fn bounded(json: Option<Value>, text: &str) -> Option<Value> {
    match json {
        Some(object @ Value::Object(_)) if text.len() <= MOST => Some(object),
        Some(value) if text.len() <= MOST => Some(json!({"body": value})),
        Some(_) => Some(json!({"body": cut(text, MOST), "truncated": true})),
        None if text.trim().is_empty() => None,
        None if text.len() <= GLIMPSE => Some(json!({"body": text})),
        None => Some(json!({"body": cut(text, GLIMPSE), "truncated": true})),
    }
}

/// At most so many bytes of a text, whole characters only.
fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The rate limit is told where it is the reason, or would be the next one.
fn rate(vendor: &Vendor, response: &Response) -> Rate {
    let rate = Rate::read(&vendor.rate_limit, &response.headers, SystemTime::now());
    let matters = matches!(response.status, 429 | 503) || rate.remaining == Some(0);
    if matters { rate } else { Rate::default() }
}

/// A code for a status, where the vendor has none.
fn code(status: u16) -> &'static str {
    match status {
        300..400 => "redirected",
        400 => "bad_request",
        401 => "unauthorized",
        402 => "payment_required",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        409 => "conflict",
        410 => "gone",
        412 => "precondition_failed",
        413 => "payload_too_large",
        415 => "unsupported_media_type",
        422 => "unprocessable",
        429 => "rate_limited",
        500.. => "vendor_error",
        _ => "refused",
    }
}

fn named(status: u16) -> String {
    match code(status) {
        "rate_limited" => "429 (too many requests)".to_owned(),
        "redirected" => {
            format!("{status} (a redirect, which is not followed; the base URL may be out of date)")
        }
        code => format!("{status} ({})", code.replace('_', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_bounded() {
        assert_eq!(
            bounded(Some(json!({"a": null})), "{}"),
            Some(json!({"a": null}))
        );
        assert_eq!(
            bounded(Some(json!(["x"])), "[]"),
            Some(json!({"body": ["x"]}))
        );
        assert_eq!(bounded(None, " "), None);
        let long = "é".repeat(GLIMPSE);
        let shown = bounded(None, &long).unwrap();
        assert_eq!(shown["truncated"], true);
        assert_eq!(shown["body"].as_str().unwrap().len(), GLIMPSE);
    }
}
