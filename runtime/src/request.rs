//! The HTTP request that a call becomes: URL, headers and bytes, still without credentials.

use reqwest::Url;
use serde_json::{Map, Value, json};

use crate::{
    base_url::Base,
    call::{Body, Call, urlencoded},
    multipart,
    paging::Asked,
    said::Secrets,
    table::{Answer, Verb},
    upload::{FormValue, Upload},
};

/// The HTTP request that a call becomes. It holds no credential, so that it can be shown.
#[derive(Debug)]
pub(crate) struct Request {
    /// HTTP method.
    pub(crate) method: &'static str,
    /// Where to.
    pub(crate) url: Url,
    /// Headers of the vendor and of the call; a later one replaces an earlier one of its name.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(crate) body: Body,
    /// Values of inputs that are never shown.
    pub(crate) secrets: Vec<String>,
}

impl Request {
    /// The request of a call to the API at `base`.
    ///
    /// # Errors
    /// A sentence, if the call's path is none that stays below the base.
    pub(crate) fn new(
        call: Call,
        base: &Base,
        headers: &[(&'static str, &'static str)],
        answer: Answer,
    ) -> Result<Self, String> {
        let url = base.join(&call.path, &call.query_string())?;
        let mut all: Vec<(&'static str, String)> = headers
            .iter()
            .map(|(name, value)| (*name, accepting(name, value, answer)))
            .collect();
        let cookies = call.cookie_header().map(|it| ("cookie", it));
        let is_json = matches!(call.body, Body::Json(_) | Body::Patch(_));
        let body_type = call.body_type.filter(|_| is_json);
        all.extend(call.headers);
        all.extend(cookies);
        all.extend(body_type.map(|it| ("content-type", it.to_owned())));
        Ok(Self {
            method: method(call.verb),
            url,
            headers: all,
            body: call.body,
            secrets: Vec::new(),
        })
    }

    /// How many bytes of files it sends.
    pub(crate) fn uploaded(&self) -> u64 {
        match &self.body {
            Body::Raw { upload, .. } => upload.length(),
            Body::Form(parts) => {
                let files = parts.iter().map(|part| match &part.value {
                    FormValue::File { upload, .. } => upload.length(),
                    FormValue::Text(_) | FormValue::Json(_) => 0,
                });
                files.sum()
            }
            Body::None
            | Body::Json(_)
            | Body::Patch(_)
            | Body::Text { .. }
            | Body::Urlencoded(_) => 0,
        }
    }

    /// The request as people and logs see it.
    pub(crate) fn shown(&self) -> Value {
        let body = match &self.body {
            Body::None => Value::Null,
            Body::Json(value) => value.clone(),
            Body::Patch(operations) => operations.clone().into(),
            Body::Raw { media_type, upload } => {
                multipart::size(upload, raw_type(media_type, upload)).into()
            }
            Body::Text { text, .. } => text.as_str().into(),
            Body::Form(parts) => multipart::shown(parts),
            Body::Urlencoded(fields) => urlencoded(fields).into(),
        };
        let mut shown =
            json!({"request": {"method": self.method, "url": self.url.as_str(), "body": body}});
        if !self.secrets.is_empty() {
            Secrets::new(self.secrets.clone()).clean(&mut shown["request"]);
        }
        shown
    }
}

/// A file is accepted besides what the vendor's header asks for, which is how errors come.
fn accepting(name: &str, value: &str, answer: Answer) -> String {
    match answer {
        Answer::File { media_type } if name.eq_ignore_ascii_case("accept") => {
            format!("{media_type}, {value}")
        }
        _ => value.to_owned(),
    }
}

/// The media type that a raw body goes out with: of a range, what the file is.
pub(crate) fn raw_type<'a>(taken: &'a str, upload: &'a Upload) -> &'a str {
    if taken.contains('*') {
        multipart::media_type(upload)
    } else {
        taken
    }
}

/// Puts what the paging asks for into the call.
pub(crate) fn ask(call: &mut Call, asked: Asked) {
    let query = asked.query.into_iter();
    call.query
        .extend(query.map(|(name, value)| (name.into(), value)));
    call.headers.extend(asked.headers);
    for (pointer, value) in asked.body {
        call.body_object();
        if let Body::Json(body) = &mut call.body {
            set(body, &pointer, value);
        }
    }
}

/// Sets the value at a JSON pointer, making the objects on the way.
fn set(body: &mut Value, pointer: &str, value: Value) {
    let mut place = body;
    for name in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[name.replace("~1", "/").replace("~0", "~")];
    }
    *place = value;
}

fn method(verb: Verb) -> &'static str {
    match verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Put => "PUT",
        Verb::Patch => "PATCH",
        Verb::Delete => "DELETE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paging_in_the_body_keeps_what_is_there() {
        let mut call = Call::new(Verb::Post, "/cases/search");
        call.body = Body::Json(json!({"date_range": {"start": "2026-01-01"}}));
        let body = vec![
            ("/start/key".to_owned(), json!({"scroll_id": 1})),
            ("/max".to_owned(), json!(5)),
        ];
        ask(
            &mut call,
            Asked {
                body,
                ..Asked::default()
            },
        );
        let expected = json!({"date_range": {"start": "2026-01-01"}, "start": {"key": {"scroll_id": 1}}, "max": 5});
        assert_eq!(call.body, Body::Json(expected));
    }
}
