//! One request for a token, and what its answer means: a token, or what to check.

use std::time::{Duration, SystemTime};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::{
    Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use serde_json::Value;

use super::{Client, Token, TokenFailure, USUAL};
use crate::{
    dispatch::{Dispatch, Response},
    encode,
    failure::{Failure, Silence},
    ratelimit::Rate,
    said::Secrets,
    table::{ClientAuthentication, RateLimit},
};

/// Longest token that goes into a header.
const LONGEST: usize = 16 * 1024;
/// Most characters of what an authorization server says that are repeated.
const SHOWN: usize = 300;
/// Shorter tokens are no tokens: hiding them would hide innocent texts.
const SHORTEST: usize = 8;

/// The headers by which any server says how long to wait.
const RATE: RateLimit = RateLimit {
    limit: &[],
    remaining: &[],
    reset: &[],
    retry_after: &["Retry-After"],
};

impl Client {
    /// Id and secret as Basic authentication sends them; each is form-encoded first (RFC 6749, section 2.3.1).
    pub(crate) fn pair(&self) -> String {
        let (id, secret) = (encode::percent(&self.id), encode::percent(&self.secret));
        BASE64_STANDARD.encode(format!("{id}:{secret}"))
    }

    fn form(&self) -> String {
        let scopes = self.settings.scopes.join(" ");
        let mut pairs = vec![("grant_type", "client_credentials")];
        if self.settings.authentication == ClientAuthentication::Body {
            pairs.extend([("client_id", &*self.id), ("client_secret", &self.secret)]);
        }
        if !scopes.is_empty() {
            pairs.push(("scope", &scopes));
        }
        pairs.extend(self.parameters.iter().map(|(name, it)| (*name, &**it)));
        let pairs = pairs
            .into_iter()
            .map(|(name, value)| format!("{}={}", encode::percent(name), encode::percent(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        let is_basic = self.settings.authentication == ClientAuthentication::Basic;
        // Base64 is always a header's value.
        if let Ok(mut basic) = HeaderValue::from_str(&format!("Basic {}", self.pair()))
            && is_basic
        {
            basic.set_sensitive(true);
            headers.insert(AUTHORIZATION, basic);
        }
        headers
    }
}

/// Fetches a token, once.
pub(super) async fn fetch(
    client: &Client,
    url: &Url,
    dispatch: &Dispatch,
    secrets: &Secrets,
) -> Result<Token, TokenFailure> {
    let failure = |status, error: &str, what: &str| TokenFailure {
        status,
        error: error.to_owned(),
        message: format!(
            "Nothing was sent, since the authorization server at {} {what}.",
            place(url)
        ),
        rate: Rate::default(),
    };
    let sent = dispatch.form(url.clone(), client.headers(), client.form());
    let answer = sent.await.map_err(|why| match why {
        Failure::Unanswered(Silence::Unreachable(why)) => {
            failure(502, "unreachable", &format!("cannot be reached: {why}"))
        }
        Failure::Unanswered(Silence::Late) => failure(504, "timeout", "did not answer in time"),
        Failure::Unanswered(Silence::Broken(why)) => failure(
            502,
            "connection_broken",
            &format!("broke the connection: {why}"),
        ),
        Failure::Unanswered(Silence::Large(most)) => failure(
            502,
            "answer_too_large",
            &format!("answered more than {most} bytes"),
        ),
        other => failure(
            500,
            "wrong_settings",
            &format!("was not asked: {}", other.json()["message"]),
        ),
    })?;
    let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if answer.status == 200 {
        return token(&said).map_err(|why| {
            let what = format!("answered {why}. Check that its URL is that of tokens");
            failure(502, "unreadable_token", &what)
        });
    }
    Err(refused(client, &answer, &said, secrets, failure))
}

/// A URL without its query.
pub(super) fn place(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.to_string()
}

/// The token of an answer.
fn token(said: &Value) -> Result<Token, &'static str> {
    let text = said["access_token"].as_str().unwrap_or_default();
    let fits = |it: u8| it.is_ascii_graphic();
    if text.len() < SHORTEST || text.len() > LONGEST || !text.bytes().all(fits) {
        return Err("no token that can be sent");
    }
    let ty = said["token_type"].as_str().unwrap_or("Bearer");
    if !ty.eq_ignore_ascii_case("bearer") {
        return Err("a token that is no bearer token, which is all that can be sent");
    }
    // Some say the number as a text.
    let seconds = match &said["expires_in"] {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    let life = seconds.map_or(USUAL, |it: f64| {
        Duration::try_from_secs_f64(it.max(0.0)).unwrap_or(super::LONGEST)
    });
    Ok(Token {
        text: text.to_owned(),
        life,
    })
}

/// What a refusal means (RFC 6749, section 5.2).
fn refused(
    client: &Client,
    answer: &Response,
    said: &Value,
    secrets: &Secrets,
    failure: impl Fn(u16, &str, &str) -> TokenFailure,
) -> TokenFailure {
    let is_code = |it: &&str| {
        let fits = |it: u8| it.is_ascii_alphanumeric() || b"_-.".contains(&it);
        !it.is_empty() && it.len() <= 60 && it.bytes().all(fits)
    };
    let code = said["error"].as_str().filter(is_code);
    let code = secrets.hide(code.unwrap_or("token_refused")).into_owned();
    let description = said["error_description"].as_str().unwrap_or_default();
    let description: String = secrets.hide(description).chars().take(SHOWN).collect();
    let description = description.replace(char::is_control, " ");
    let description = description.trim().trim_end_matches('.');
    let status = answer.status;
    let said = match description {
        "" => format!("gave no token ({status} {code})"),
        text => format!("gave no token ({status} {code}: {text})"),
    };
    let advice = advice(client, status, &code);
    let mut failure = failure(status, &code, &format!("{said}. {advice}"));
    failure.rate = Rate::read(&RATE, &answer.headers, SystemTime::now());
    failure
}

fn advice(client: &Client, status: u16, code: &str) -> String {
    let set_by = client.set_by.join(" and ");
    match (code, status) {
        ("invalid_scope", _) => format!(
            "Where the client is registered, check that it may have what is asked for: {}",
            client.settings.scopes.join(" ")
        ),
        ("unauthorized_client" | "unsupported_grant_type", _) => {
            "Where the client is registered, check that it may use client credentials".to_owned()
        }
        ("invalid_client" | "invalid_grant", _) | (_, 401 | 403) => {
            format!("Check {set_by}: whether they are current, and belong to this server")
        }
        (_, 429) => "Too many tokens were asked for: wait".to_owned(),
        (_, 500..) => "The fault is its own: call again later".to_owned(),
        _ => format!("Check its URL, and {set_by}"),
    }
}
