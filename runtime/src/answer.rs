//! What a vendor's answer means: records, one record, bytes, or a failure that only looks like an answer.

use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::{
    dispatch::Response,
    failure::Failure,
    paging::Window,
    refusal,
    strip::strip,
    table::{About, Answer, Effect, Paging, Vendor},
};

/// What a vendor's answer means.
#[derive(Debug)]
pub(crate) enum Content {
    /// A part of a list.
    Records {
        /// The records that are to be shown.
        records: Vec<Value>,
        /// The cursor of what comes after all of them.
        next: Option<String>,
    },
    /// One record.
    Record(Value),
    /// Bytes.
    File {
        /// What they are.
        media_type: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

/// Reads an answer. `last` is the last path value, which a delete answers; `text` is the body, without secrets.
///
/// # Errors
/// The vendor's refusal, or why the answer cannot be read.
pub(crate) fn read(
    vendor: &Vendor,
    about: &About,
    window: &Window,
    last: Option<Value>,
    response: Response,
    text: String,
) -> Result<Content, Failure> {
    if !(200..300).contains(&response.status) {
        return Err(Failure::Vendor(Box::new(refusal::read(
            vendor, about, &response, &text,
        ))));
    }
    if let Answer::File { media_type } = about.answer {
        return file(media_type, response, &text);
    }
    let unreadable = |why: &str| unreadable(response.status, why, &text);
    if is_html(&response, &text) {
        return Err(unreadable(
            "The answer is an HTML page, such as a login or an error page, and not the API's.",
        ));
    }
    match about.answer {
        Answer::Deleted => Ok(Content::Record(
            last.map_or(json!({}), |id| json!({"id": id})),
        )),
        Answer::Nothing => Ok(Content::Record(json!({}))),
        Answer::List { records, paging } => {
            let mut body =
                parse(about, &response, &text)?.unwrap_or_else(|| Value::Array(Vec::new()));
            // A bare array needs no envelope to be a list.
            let place = if body.is_array() {
                Some(&mut body)
            } else {
                body.pointer_mut(records)
            };
            let Some(Value::Array(found)) = place.map(Value::take) else {
                return Err(unreadable(&format!(
                    "The answer holds no list of records{}.",
                    at(records)
                )));
            };
            Ok(list(vendor, window, &paging, found, &body, &response))
        }
        Answer::Single { record } => {
            let mut body = parse(about, &response, &text)?.unwrap_or_default();
            // Without its envelope, the whole answer is shown: nothing is lost, and an error has a status of its own.
            let mut found = body
                .pointer_mut(record)
                .map(Value::take)
                .unwrap_or_else(|| body.take());
            strip(&mut found, &vendor.strip);
            Ok(Content::Record(if found.is_null() {
                json!({})
            } else {
                found
            }))
        }
        Answer::File { .. } => Err(unreadable("The answer is no file.")),
    }
}

fn list(
    vendor: &Vendor,
    window: &Window,
    paging: &Paging,
    found: Vec<Value>,
    body: &Value,
    response: &Response,
) -> Content {
    let got = found.len();
    let most = window.most().unwrap_or(usize::MAX);
    let mut records: Vec<Value> = found.into_iter().skip(window.skip).take(most).collect();
    let next = if window.skip + records.len() < got {
        window.rest(paging, records.len())
    } else {
        window.next(paging, got, body, &response.headers)
    };
    records
        .iter_mut()
        .for_each(|record| strip(record, &vendor.strip));
    Content::Records { records, next }
}

/// The body as JSON; `None` for a success without content.
fn parse(about: &About, response: &Response, text: &str) -> Result<Option<Value>, Failure> {
    if text.trim().is_empty() {
        let silent = matches!(response.status, 202 | 204 | 205) || about.effect != Effect::Read;
        return if silent {
            Ok(None)
        } else {
            Err(unreadable(response.status, "The answer is empty.", text))
        };
    }
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map(Some)
        .map_err(|error| {
            unreadable(
                response.status,
                &format!("The answer is not JSON: {error}."),
                text,
            )
        })
}

fn file(stated: &str, response: Response, text: &str) -> Result<Content, Failure> {
    let media_type = media_type(&response).unwrap_or_else(|| stated.to_owned());
    let expects_html = stated.starts_with("text/html");
    if is_html(&response, text) && !expects_html {
        let why = format!("The answer is an HTML page, and not {stated}.");
        return Err(unreadable(response.status, &why, text));
    }
    Ok(Content::File {
        media_type,
        bytes: response.body,
    })
}

fn media_type(response: &Response) -> Option<String> {
    let value = response.headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next()?.trim().to_ascii_lowercase();
    (!essence.is_empty()).then_some(essence)
}

/// By its media type, or by its first characters: gateways forget the header.
fn is_html(response: &Response, text: &str) -> bool {
    let start: String = text
        .trim_start()
        .chars()
        .take(14)
        .collect::<String>()
        .to_ascii_lowercase();
    media_type(response).as_deref() == Some("text/html") && !text.trim().is_empty()
        || start.starts_with("<!doctype html")
        || start.starts_with("<html")
}

fn unreadable(status: u16, why: &str, text: &str) -> Failure {
    let body = refusal::bounded(serde_json::from_str(text).ok(), text);
    Failure::Unreadable {
        status,
        why: why.to_owned(),
        body,
    }
}

fn at(pointer: &str) -> String {
    if pointer.is_empty() {
        String::new()
    } else {
        format!(" at {pointer}")
    }
}
