//! What a vendor's answer means: records, one record, bytes, or a failure that only looks like an answer.

use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::{Value, json};

use crate::{
    attach::UNKNOWN,
    dispatch::Response,
    failure::Failure,
    fields::strip_but,
    files,
    paging::{Next, Window},
    refusal,
    said::{Said, Secrets},
    server::File,
    table::{About, Answer, Effect, Vendor},
};

/// What a vendor's answer means.
#[derive(Debug)]
pub(crate) enum Content {
    /// A part of a list.
    Records {
        /// The records that are to be shown.
        records: Vec<Value>,
        /// What comes after all of them.
        next: Next,
    },
    /// One record.
    Record(Value),
    /// Bytes.
    File(File),
}

/// Reads an answer. `named` are the paths of a record that the caller named, which are in the answer whatever they hold;
/// `last` is the last path value, which a delete answers; `secrets` are taken out of all that is shown.
///
/// # Errors
/// The vendor's refusal, or why the answer cannot be read.
pub(crate) fn read(
    vendor: &Vendor,
    about: &About,
    window: &Window,
    named: &[String],
    last: Option<Value>,
    response: Response,
    secrets: &Secrets,
) -> Result<Content, Failure> {
    let success = (200..300).contains(&response.status);
    if let Answer::File { media_type } = about.answer
        && success
    {
        return file(media_type, response, secrets);
    }
    let said = Said::read(&response.body, secrets);
    if !success {
        let refusal = refusal::read(vendor, about, &response, &said);
        return Err(Failure::Vendor(Box::new(refusal)));
    }
    if is_html(&response) {
        let why =
            "The answer is an HTML page, such as a login or an error page, and not the API's.";
        return Err(unreadable(response.status, why, &said));
    }
    match about.answer {
        Answer::Deleted => Ok(Content::Record(
            last.map_or(json!({}), |id| json!({"id": id})),
        )),
        Answer::Nothing => Ok(Content::Record(json!({}))),
        Answer::List { records, .. } => {
            let mut body =
                parsed(about, &response, said)?.unwrap_or_else(|| Value::Array(Vec::new()));
            // A bare array needs no envelope to be a list.
            let place = if body.is_array() { "" } else { records };
            let Some(Value::Array(found)) = body.pointer_mut(place) else {
                let why = format!("The answer holds no list of records{}.", at(records));
                return Err(unreadable(response.status, &why, &Said::Json(body)));
            };
            let found = std::mem::take(found);
            let (mut records, next) = list(window, found, &body, &response);
            records
                .iter_mut()
                .for_each(|record| strip_but(record, &vendor.strip, named));
            Ok(Content::Records { records, next })
        }
        Answer::Single { record } => {
            let mut body = parsed(about, &response, said)?.unwrap_or_default();
            // Without its envelope, the whole answer is shown: nothing is lost, and an error has a status of its own.
            let mut found = body
                .pointer_mut(record)
                .map(Value::take)
                .unwrap_or_else(|| body.take());
            strip_but(&mut found, &vendor.strip, named);
            Ok(Content::Record(if found.is_null() {
                json!({})
            } else {
                found
            }))
        }
        Answer::File { .. } => Err(unreadable(response.status, "The answer is no file.", &said)),
        // Its parts are read as answers of their own tools.
        Answer::Parts { .. } => Err(Failure::Defect),
    }
}

/// The records that are to be shown, and what comes after them.
fn list(
    window: &Window,
    mut found: Vec<Value>,
    body: &Value,
    response: &Response,
) -> (Vec<Value>, Next) {
    window.drop_earlier(&mut found);
    let most = window.most().unwrap_or(usize::MAX);
    let shown = most.min(found.len().saturating_sub(window.skip));
    let next = if window.skip + shown < found.len() {
        Next::At(window.rest(shown))
    } else {
        window.next(&found, body, &response.headers)
    };
    let records = found.into_iter().skip(window.skip).take(shown);
    (records.collect(), next)
}

/// The body as JSON; `None` for a success without content.
fn parsed(about: &About, response: &Response, said: Said) -> Result<Option<Value>, Failure> {
    let status = response.status;
    match said {
        Said::Json(value) => Ok(Some(value)),
        Said::Nothing if matches!(status, 202 | 204 | 205) || about.effect != Effect::Read => {
            Ok(None)
        }
        Said::Nothing => Err(unreadable(status, "The answer is empty.", &said)),
        Said::Text(_, ref error) => {
            let why = format!("The answer is not JSON: {error}.");
            Err(unreadable(status, &why, &said))
        }
    }
}

/// The bytes are handed on as they came: a file in which something is replaced is a broken file, and a secret that the
/// vendor compressed or encoded into one would not be found anyway. What a model reads of a text has none.
fn file(stated: &str, response: Response, secrets: &Secrets) -> Result<Content, Failure> {
    if is_html(&response) && !stated.starts_with("text/html") {
        let why = format!("The answer is an HTML page, and not {stated}.");
        let said = Said::read(&response.body, secrets);
        return Err(unreadable(response.status, &why, &said));
    }
    if is_error(&response, stated) {
        let why = format!("The answer is JSON, and not {stated}.");
        let said = Said::read(&response.body, secrets);
        return Err(unreadable(response.status, &why, &said));
    }
    if response.status == 204 {
        let why = "The vendor answered that there is no file.";
        return Err(unreadable(response.status, why, &Said::Nothing));
    }
    let name = file_name(&response);
    // Many a vendor says of every file that it is bytes; its name says more.
    let said = media_type(&response).unwrap_or_else(|| stated.to_owned());
    let by_name = name
        .as_deref()
        .filter(|_| said == UNKNOWN)
        .and_then(|name| mime_guess::from_path(name).first_raw());
    let by_bytes = || infer::get(&response.body).map(|it| it.mime_type());
    let found = by_name.or_else(|| by_bytes().filter(|_| said == UNKNOWN));
    let media_type = found.map_or(said, str::to_owned);
    let is_text = media_type.starts_with("text/");
    let text = is_text.then(|| std::str::from_utf8(&response.body).ok());
    let shown = text.flatten().map(|it| secrets.hide(it).into_owned());
    Ok(Content::File(File {
        media_type,
        name,
        bytes: response.body,
        shown,
    }))
}

/// JSON in place of a picture or a document is an error that came with the wrong status; in place of any bytes it may be
/// a file of JSON.
fn is_error(response: &Response, stated: &str) -> bool {
    let is_json = |text: &str| text == "application/json" || text.ends_with("+json");
    media_type(response).is_some_and(|it| is_json(&it)) && stated != UNKNOWN && !is_json(stated)
}

/// The name in `Content-Disposition`, if it is one that a file can have.
fn file_name(response: &Response) -> Option<String> {
    let value = response.headers.get(CONTENT_DISPOSITION)?.as_bytes();
    let value = String::from_utf8_lossy(value);
    let parameter = |wanted: &str| {
        value.split(';').skip(1).find_map(|it| {
            let (name, value) = it.split_once('=')?;
            let is_it = name.trim().eq_ignore_ascii_case(wanted);
            is_it.then(|| value.trim().trim_matches('"').to_owned())
        })
    };
    // RFC 8187: charset, language, percent-encoded value.
    let extended = parameter("filename*").and_then(|it| {
        let (_, encoded) = it.split_once("''")?;
        let decoded = percent_encoding::percent_decode_str(encoded).decode_utf8();
        Some(decoded.ok()?.into_owned())
    });
    let name = extended.or_else(|| parameter("filename"))?;
    let name = name.rsplit(['/', '\\']).next()?.to_owned();
    files::wrong(&name).is_none().then_some(name)
}

fn media_type(response: &Response) -> Option<String> {
    let value = response.headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next()?.trim().to_ascii_lowercase();
    (!essence.is_empty()).then_some(essence)
}

/// By its media type, or by its first characters: gateways forget the header.
fn is_html(response: &Response) -> bool {
    let body = response.body.trim_ascii_start();
    let starts = |text: &str| {
        body.get(..text.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(text.as_bytes()))
    };
    media_type(response).as_deref() == Some("text/html") && !body.is_empty()
        || starts("<!doctype html")
        || starts("<html")
}

fn unreadable(status: u16, why: &str, said: &Said) -> Failure {
    Failure::Unreadable {
        status,
        why: why.to_owned(),
        body: refusal::bounded(said),
    }
}

fn at(pointer: &str) -> String {
    if pointer.is_empty() {
        String::new()
    } else {
        format!(" at {pointer}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{page::Page, table::Paging};

    #[test]
    fn a_limit_on_a_list_that_comes_at_once_does_not_end_it() {
        let response = Response {
            status: 200,
            headers: Default::default(),
            body: Vec::new(),
        };
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let limit = Some(2);
            let page = Page { limit, cursor };
            let window = Window::open(&Paging::None, "query".into(), &page).unwrap();
            let all = (1..=5).map(Value::from).collect();
            let (records, next) = list(&window, all, &json!(null), &response);
            seen.extend(records.iter().filter_map(Value::as_u64));
            let Next::At(next) = next else { break };
            cursor = Some(next);
        }
        assert_eq!(seen, [1, 2, 3, 4, 5]);
    }
}
