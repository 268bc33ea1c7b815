//! What a vendor's refusal says: its code and sentence, its body within bounds, its rate limit, and our guidance.

use std::time::SystemTime;

use serde_json::{Value, json};

use crate::{
    dispatch::Response,
    failure::{Refusal, guidance},
    ratelimit::Rate,
    said::Said,
    table::{About, Vendor},
};

/// Most bytes of a vendor's error body that a model sees.
const MOST: usize = 8 * 1024;
/// Most bytes of a body that is not JSON.
const GLIMPSE: usize = 1024;
/// Most bytes of a code.
const CODE: usize = 200;
/// Most bytes of a plain text that is a message.
const LINE: usize = 300;
/// Most bytes of a message.
const SENTENCE: usize = 2 * 1024;

/// Reads a refusal.
pub(crate) fn read(vendor: &Vendor, about: &About, response: &Response, said: &Said) -> Refusal {
    let status = response.status;
    let found = |pointers: &[&str]| said.json().and_then(|json| first(json, pointers));
    let mut message = found(vendor.errors.message).unwrap_or_else(|| plain(status, said));
    if let Some(details) = found(vendor.errors.details)
        && !message.contains(&details)
    {
        message = format!("{message} {details}");
    }
    Refusal {
        status,
        error: found(vendor.errors.code).map_or_else(
            || code(status).to_owned(),
            |code| cut(&code, CODE).to_owned(),
        ),
        message: cut(&message, SENTENCE).to_owned(),
        body: bounded(said),
        rate: rate(vendor, response),
        guidance: [about.guidance, vendor.errors.guidance]
            .into_iter()
            .flat_map(|rules| guidance(rules, status, &said.text()))
            .collect(),
    }
}

/// The sentence of a body that has none of its own: the body itself, where it is a line of plain text.
fn plain(status: u16, said: &Said) -> String {
    let answered = format!("The vendor answered {}", named(status));
    match said {
        Said::Text(text, _) if text.len() <= LINE && !text.contains(['<', '\n']) => {
            format!("{answered}: {}", text.trim())
        }
        _ => format!("{answered}."),
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
pub(crate) fn bounded(said: &Said) -> Option<Value> {
    let text = said.text();
    let most = match said {
        Said::Nothing => return None,
        Said::Json(object @ Value::Object(_)) if text.len() <= MOST => return Some(object.clone()),
        Said::Json(value) if text.len() <= MOST => return Some(json!({"body": value})),
        Said::Json(_) => MOST,
        Said::Text(text, _) if text.len() <= GLIMPSE => return Some(json!({"body": text})),
        Said::Text(..) => GLIMPSE,
    };
    Some(json!({"body": cut(&text, most), "truncated": true}))
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
    use crate::said::Secrets;

    #[test]
    fn bodies_are_bounded() {
        let bounded = |body: &str| bounded(&Said::read(body.as_bytes(), &Secrets::new(Vec::new())));
        assert_eq!(bounded(r#"{"a": null}"#), Some(json!({"a": null})));
        assert_eq!(bounded(r#"["x"]"#), Some(json!({"body": ["x"]})));
        assert_eq!(bounded(" "), None);
        let shown = bounded(&format!("[\"{}\"]", "x".repeat(MOST))).unwrap();
        assert_eq!(shown["body"].as_str().unwrap().len(), MOST);
        let shown = bounded(&"é".repeat(GLIMPSE)).unwrap();
        assert_eq!(shown["truncated"], true);
        assert_eq!(shown["body"].as_str().unwrap().len(), GLIMPSE);
    }
}
