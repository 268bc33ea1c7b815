//! What crosses the sandbox's wire as plain data, and what can be wrong with a request.

use serde::Deserialize;

/// One HTTP request.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// As it came, percent-encoded.
    pub(crate) path: String,
    /// As it came, without the question mark.
    pub(crate) query: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// Most bytes of a body that the log shows.
const SHOWN: usize = 2048;

impl Request {
    /// The value of a header, whatever the case of its name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The line that stands for this request in the log.
    pub(crate) fn line(&self) -> String {
        let question_mark = if self.query.is_empty() { "" } else { "?" };
        let line = format!("{} {}{question_mark}{}", self.method, self.path, self.query);
        match std::str::from_utf8(&self.body) {
            Ok("") => line,
            Ok(body) if body.len() > SHOWN => {
                let end = (0..=SHOWN).rev().find(|end| body.is_char_boundary(*end));
                let shown = &body[..end.unwrap_or_default()];
                format!("{line} {shown}… <{} bytes>", body.len())
            }
            Ok(body) => format!("{line} {body}"),
            Err(_) => format!("{line} <{} bytes>", self.body.len()),
        }
    }
}

/// One HTTP answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) media_type: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// An answer of plain text.
    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            media_type: Some("text/plain; charset=utf-8".to_owned()),
            body: text.as_bytes().to_vec(),
        }
    }
}

/// What kind of thing is wrong. `sandbox.yaml` says which status and code the vendor gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// A credential is missing or wrong.
    Unauthorized,
    /// The spec has no such path.
    UnknownPath,
    /// The spec has the path, not the method.
    Method,
    /// The body's media type is not the spec's.
    MediaType,
    /// There is no such record.
    NotFound,
    /// Something required is not there.
    Missing,
    /// A parameter or body key that the spec does not have.
    Unknown,
    /// A property that only the server sets.
    ReadOnly,
    /// A value of the wrong type or outside its constraints.
    Invalid,
    /// A page or size out of range.
    Range,
    /// A filter expression that cannot be read.
    Condition,
    /// A step that is not possible in the record's present state.
    State,
    /// A request that is well formed, and still asks for something that cannot be.
    Unprocessable,
    /// Too many requests.
    Limit,
    /// A failure asked for by a switch.
    Failure,
    /// The sandbox has no behaviour for this operation.
    Absent,
}

/// One thing wrong with a request.
#[derive(Clone, Debug)]
pub(crate) struct Complaint {
    pub(crate) kind: Kind,
    /// The parameter, or the path of the body's property; empty when it is neither.
    pub(crate) field: String,
    pub(crate) message: String,
}

/// Everything wrong with a request: why it is not answered. Never empty.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) complaints: Vec<Complaint>,
    /// Set when a switch asked for a status of its own.
    pub(crate) status: Option<u16>,
}

impl Refusal {
    /// One thing is wrong, with no field to blame.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self::of(kind, "", message)
    }

    /// One thing is wrong with one field.
    pub(crate) fn of(kind: Kind, field: impl Into<String>, message: impl Into<String>) -> Self {
        vec![Complaint {
            kind,
            field: field.into(),
            message: message.into(),
        }]
        .into()
    }
}

impl From<Vec<Complaint>> for Refusal {
    fn from(complaints: Vec<Complaint>) -> Self {
        Self {
            complaints,
            status: None,
        }
    }
}
