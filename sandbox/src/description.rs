//! The form of `sandbox.json`: which endpoints there are, and what `sandbox.yaml` may say.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::exchange::Kind;

/// A whole `sandbox.json`.
#[derive(Deserialize)]
pub(crate) struct Description {
    pub(crate) api: Api,
    pub(crate) sandbox: Settings,
}

impl Description {
    /// Reads the text of `sandbox.json`.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text)
            .map_err(|error| format!("the sandbox's description is not usable: {error}"))
    }
}

/// The spec's side: endpoints and schemas (JSON Schema 2020-12).
#[derive(Deserialize)]
pub(crate) struct Api {
    #[serde(default)]
    pub(crate) server_path: String,
    pub(crate) endpoints: Vec<Endpoint>,
    #[serde(rename = "$defs", default)]
    pub(crate) defs: Map<String, Value>,
}

/// One operation of the spec.
#[derive(Clone, Deserialize)]
pub(crate) struct Endpoint {
    /// `GET /works/{id}`
    pub(crate) operation: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// Paths of its servers, where it has some of its own.
    #[serde(default)]
    pub(crate) server_paths: Vec<String>,
    /// Whether it goes without credentials.
    #[serde(default)]
    pub(crate) open: bool,
    #[serde(default)]
    pub(crate) parameters: Vec<Parameter>,
    #[serde(default)]
    pub(crate) body: Option<Body>,
    /// Status → the answer's content, or null.
    #[serde(default)]
    pub(crate) answers: Map<String, Value>,
}

impl Endpoint {
    /// The status, media type and schema of a success: the spec's first.
    pub(crate) fn success(&self) -> (u16, Option<&str>, Option<&Value>) {
        let found = self
            .answers
            .iter()
            .find(|(status, _)| status.starts_with('2'));
        let Some((status, content)) = found else {
            return (200, None, None);
        };
        let media_type = content.get("media_type").and_then(Value::as_str);
        (
            status.parse().unwrap_or(200),
            media_type,
            content.get("schema"),
        )
    }

    /// The name of the last path parameter: the item's id.
    pub(crate) fn last_path_parameter(&self) -> Option<&str> {
        let mut parameters = self
            .parameters
            .iter()
            .filter(|parameter| parameter.place == Place::Path);
        let first = parameters.next()?;
        let position = |name: &str| self.path.find(&format!("{{{name}}}"));
        let last = parameters.fold(first, |last, other| {
            if position(&other.name) > position(&last.name) {
                other
            } else {
                last
            }
        });
        Some(&last.name)
    }
}

/// A parameter of an operation.
#[derive(Clone, Deserialize)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    #[serde(rename = "in")]
    pub(crate) place: Place,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) explode: Option<bool>,
    #[serde(default = "anything")]
    pub(crate) schema: Value,
}

/// Where a parameter stands.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// The body of an operation.
#[derive(Clone, Deserialize)]
pub(crate) struct Body {
    #[serde(default)]
    pub(crate) required: bool,
    pub(crate) media_type: String,
    #[serde(default = "anything")]
    pub(crate) schema: Value,
}

fn anything() -> Value {
    Value::Bool(true)
}

/// A whole `sandbox.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Name → a text in which `{hex:8}` and its like are drawn.
    #[serde(default)]
    pub(crate) credentials: Map<String, Value>,
    #[serde(default)]
    pub(crate) auth: Vec<Credential>,
    /// What anyone may ask, outside of the API and without credentials.
    #[serde(default)]
    pub(crate) public: Vec<Public>,
    pub(crate) errors: Errors,
    #[serde(default)]
    pub(crate) rate_limit: RateLimit,
    /// Properties that no body may set although the spec does not say `readOnly`.
    #[serde(default)]
    pub(crate) read_only: Vec<String>,
    /// Named styles; `default` is used by every list that names none.
    #[serde(default)]
    pub(crate) paging: BTreeMap<String, Value>,
    /// The answer around one record, with `$record` in its place.
    #[serde(default = "bare_record")]
    pub(crate) single: Value,
    #[serde(default)]
    pub(crate) pools: BTreeMap<String, Vec<String>>,
    /// In the order in which they are made: a record refers to earlier ones, by id also to later ones.
    #[serde(default)]
    pub(crate) collections: Map<String, Value>,
    /// `GET /works` → its behaviour and that behaviour's options.
    #[serde(default)]
    pub(crate) operations: Map<String, Value>,
}

fn bare_record() -> Value {
    Value::String("$record".to_owned())
}

/// A page that is open to anyone, in which `{name}` stands for a credential.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Public {
    /// Path from the host's root; its last segment is a credential.
    pub(crate) path: String,
    /// What is answered for the right credential.
    pub(crate) body: Value,
    /// What is answered for any other.
    #[serde(default)]
    pub(crate) otherwise: Value,
}

/// What must carry credentials, in which `{name}` stands for one.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Credential {
    Basic(BasicHeader),
    Header(Header),
    Query(Query),
    Cookie(Cookie),
    Token(Token),
}

/// A header with HTTP Basic authentication.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BasicHeader {
    pub(crate) header: String,
    pub(crate) basic: Basic,
}

/// A header.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) header: String,
    pub(crate) value: String,
}

/// A parameter of the query.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    pub(crate) query: String,
    pub(crate) value: String,
}

/// A cookie.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cookie {
    pub(crate) cookie: String,
    pub(crate) value: String,
}

/// A bearer token that the sandbox itself gives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Token {
    pub(crate) oauth2: OAuth2,
}

/// Who is given a token, and where.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OAuth2 {
    /// Path of the token URL, from the host's root.
    pub(crate) token_path: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// The scopes that may be asked for; any, where none is named.
    #[serde(default)]
    pub(crate) scopes: Vec<String>,
}

/// HTTP Basic authentication.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Basic {
    pub(crate) username: String,
    pub(crate) password: String,
}

/// The vendor's error bodies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Errors {
    /// The body; `{message}`, `{code}`, `{status}` and `{retry_after}` are replaced, `$details` by the list
    /// of details, `$details_by_field` by an object of lists.
    pub(crate) body: Value,
    /// One detail; `{field}`, `{message}` and `{code}` are replaced.
    #[serde(default)]
    pub(crate) detail: Value,
    /// What a kind of error is called, where that differs from its name and its usual status.
    #[serde(default)]
    pub(crate) kinds: BTreeMap<Kind, ErrorKind>,
}

/// What one kind of error is called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErrorKind {
    #[serde(default)]
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) code: Option<String>,
    #[serde(default)]
    pub(crate) message: Option<String>,
    #[serde(default)]
    pub(crate) body: Option<Value>,
}

/// The headers of an answer 429, and those of any other.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateLimit {
    /// Header → a text in which `{limit}`, `{remaining}`, `{reset}` and `{retry_after}` are replaced.
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    /// The same, on an answer 429 only.
    #[serde(default)]
    pub(crate) exceeded: BTreeMap<String, String>,
    /// Seconds until the limit is lifted.
    #[serde(default)]
    pub(crate) retry_after: u32,
}
