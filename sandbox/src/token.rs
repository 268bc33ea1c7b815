//! The sandbox's authorization server: OAuth 2.0 client credentials, written from RFC 6749, sections 2.3.1, 4.4 and 5.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::parse;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::description::OAuth2;
use crate::errors::replace;
use crate::exchange::{Kind, Refusal, Reply, Request};

/// Seconds that a token lives, as it is told; a sandbox does not forget one.
const LIFE: u32 = 3600;

/// Gives tokens, and knows them again.
pub(crate) struct Giver {
    path: String,
    id: String,
    secret: String,
    scopes: Vec<String>,
    given: Vec<String>,
}

impl Giver {
    /// One that knows a single client.
    pub(crate) fn new(settings: &OAuth2, values: &BTreeMap<&str, String>) -> Self {
        Self {
            path: settings.token_path.clone(),
            id: replace(&settings.client_id, values),
            secret: replace(&settings.client_secret, values),
            scopes: settings.scopes.clone(),
            given: Vec::new(),
        }
    }

    /// The answer, if the request is for a token.
    pub(crate) fn answer(&mut self, request: &Request) -> Option<Reply> {
        if request.path != self.path {
            return None;
        }
        let (status, body) = match self.refusal(request) {
            Some((status, error, why)) => {
                (status, json!({"error": error, "error_description": why}))
            }
            None => (200, self.token()),
        };
        let mut reply = Reply::text(status, &body.to_string());
        reply.media_type = Some("application/json".to_owned());
        let store = ("Cache-Control".to_owned(), "no-store".to_owned());
        reply.headers.push(store);
        Some(reply)
    }

    fn token(&mut self) -> Value {
        let seed = format!("{} {}", self.secret, self.given.len());
        let token: String = Sha256::digest(seed.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.given.push(token.clone());
        json!({"access_token": token, "token_type": "Bearer", "expires_in": LIFE})
    }

    /// Why there is no token: status, code and sentence.
    fn refusal(&self, request: &Request) -> Option<(u16, &'static str, &'static str)> {
        let is_form = request
            .header("content-type")
            .is_some_and(|it| it.starts_with("application/x-www-form-urlencoded"));
        if request.method != "POST" || !is_form {
            return Some((
                400,
                "invalid_request",
                "A token is asked for with POST and a form.",
            ));
        }
        let form: BTreeMap<String, String> = parse(&request.body).into_owned().collect();
        if form.get("grant_type").map(String::as_str) != Some("client_credentials") {
            let why = "The grant type must be client_credentials.";
            return Some((400, "unsupported_grant_type", why));
        }
        if client(request, &form) != Some((self.id.clone(), self.secret.clone())) {
            return Some((401, "invalid_client", "The client is not known."));
        }
        let scopes = form.get("scope").map(String::as_str).unwrap_or_default();
        let is_known =
            |it: &str| self.scopes.is_empty() || self.scopes.iter().any(|known| known == it);
        if !scopes.split_ascii_whitespace().all(is_known) {
            return Some((
                400,
                "invalid_scope",
                "The client may not have such a scope.",
            ));
        }
        None
    }

    /// Lets a request in that carries a token of this sandbox.
    pub(crate) fn admit(&self, request: &Request) -> Result<(), Refusal> {
        let given = request.header("authorization").unwrap_or_default();
        let token = given.strip_prefix("Bearer ").unwrap_or_default();
        if self.given.iter().any(|it| it == token) {
            return Ok(());
        }
        let message = format!(
            "The header `Authorization` carries no token that was given at `{}`.",
            self.path
        );
        Err(Refusal::of(Kind::Unauthorized, "Authorization", message))
    }
}

/// Id and secret of the client, out of the header or the body, but not out of both.
fn client(request: &Request, form: &BTreeMap<String, String>) -> Option<(String, String)> {
    let in_body = form.get("client_id").zip(form.get("client_secret"));
    let in_body = in_body.map(|(id, secret)| (id.clone(), secret.clone()));
    let in_header = request.header("authorization").and_then(|it| {
        let pair = STANDARD.decode(it.strip_prefix("Basic ")?).ok()?;
        let pair = String::from_utf8(pair).ok()?;
        let (id, secret) = pair.split_once(':')?;
        let decoded = |text: &str| {
            let spaced = text.replace('+', " ");
            percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
        };
        Some((decoded(id), decoded(secret)))
    });
    match (in_header, in_body) {
        (Some(client), None) | (None, Some(client)) => Some(client),
        _ => None,
    }
}
