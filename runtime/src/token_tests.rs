//! Tokens against a real listener on loopback: who fetches, how often, until when, and what is told when none is given.

use std::sync::atomic::AtomicUsize;

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State as Shared},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use tokio::sync::Notify;

use super::*;
use crate::table::ClientAuthentication;

const SECRET: &str = "s3cret+value/of=client";

static BASIC: OAuth2 = settings(ClientAuthentication::Basic, &[]);
static BODY: OAuth2 = settings(ClientAuthentication::Body, &["things:read", "things:write"]);

const fn settings(authentication: ClientAuthentication, scopes: &'static [&'static str]) -> OAuth2 {
    OAuth2 {
        token_url: "/oauth/token",
        client_id: "{client_id}",
        client_secret: "{client_secret}",
        scopes,
        authentication,
        parameters: &[("audience", "https://acme.example/")],
    }
}

/// An authorization server that numbers its tokens.
#[derive(Clone, Default)]
struct Giver {
    came: Arc<Mutex<Vec<String>>>,
    /// What it answers instead of a token, as status and body.
    refuses: Arc<Mutex<Option<(u16, String)>>>,
    /// Whether an answer waits until it may go.
    holds: Arc<AtomicUsize>,
    asked: Arc<Notify>,
    go_on: Arc<Notify>,
}

impl Giver {
    async fn start() -> (Self, Url) {
        let giver = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/oauth/token", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(giver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (giver, Url::parse(&url).unwrap())
    }

    fn refuse(&self, status: u16, body: &str) {
        *self.refuses.lock().unwrap() = Some((status, body.to_owned()));
    }

    fn came(&self) -> Vec<String> {
        self.came.lock().unwrap().clone()
    }
}

async fn answer(Shared(giver): Shared<Giver>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name: &str| {
        let value = parts.headers.get(name).map(|it| it.to_str().unwrap());
        value.unwrap_or("-").to_owned()
    };
    let body = String::from_utf8(to_bytes(body, 100_000).await.unwrap().to_vec()).unwrap();
    let number = {
        let mut came = giver.came.lock().unwrap();
        let (ty, authorization) = (header("content-type"), header("authorization"));
        came.push(format!(
            "{} {} | {ty} | {authorization} | {body}",
            parts.method, parts.uri
        ));
        came.len()
    };
    if giver.holds.load(Ordering::SeqCst) > 0 {
        giver.asked.notify_one();
        giver.go_on.notified().await;
    }
    if let Some((status, body)) = giver.refuses.lock().unwrap().clone() {
        return (StatusCode::from_u16(status).unwrap(), body).into_response();
    }
    format!(
        r#"{{"access_token": "token-number-{number}", "token_type": "bearer", "expires_in": 100}}"#
    )
    .into_response()
}

/// Tokens by a clock that the test sets, in seconds.
fn tokens(url: &Url) -> (Tokens, Arc<AtomicU64>) {
    let (start, seconds) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let shown = Arc::clone(&seconds);
    let mut tokens = Tokens::new(Some(Ok(url.clone())));
    tokens.clock = Box::new(move || start + Duration::from_secs(shown.load(Ordering::SeqCst)));
    (tokens, seconds)
}

fn client(settings: &'static OAuth2, secret: &str) -> Client {
    let parameters = settings.parameters.iter();
    Client {
        settings,
        id: "client 1".to_owned(),
        secret: secret.to_owned(),
        parameters: parameters
            .map(|(name, it)| (*name, (*it).to_owned()))
            .collect(),
        set_by: vec!["ACME_ID".to_owned(), "ACME_SECRET".to_owned()],
    }
}

async fn get(tokens: &Tokens, url: &Url, secret: &str) -> Result<String, TokenFailure> {
    let dispatch = Dispatch::new(false, "acme/1".to_owned());
    let secrets = Secrets::new(vec![secret.to_owned()]);
    tokens
        .get(&client(&BASIC, secret), url, &dispatch, &secrets)
        .await
}

#[tokio::test]
async fn a_token_is_kept_until_shortly_before_its_end() {
    let (giver, url) = Giver::start().await;
    let (tokens, seconds) = tokens(&url);
    for (at, token) in [(0, 1), (89, 1), (90, 2), (179, 2), (500, 3)] {
        seconds.store(at, Ordering::SeqCst);
        let got = get(&tokens, &url, SECRET).await.unwrap();
        assert_eq!(got, format!("token-number-{token}"), "at {at} s");
    }
    assert_eq!(giver.came().len(), 3);
}

#[tokio::test]
async fn calls_at_once_share_one_fetch_whatever_it_comes_to() {
    let (giver, url) = Giver::start().await;
    let (tokens, _) = tokens(&url);
    for refused in [false, true] {
        tokens
            .forget(&client(&BASIC, SECRET), "token-number-1")
            .await;
        if refused {
            giver.refuse(401, r#"{"error": "invalid_client"}"#);
        }
        giver.holds.store(1, Ordering::SeqCst);
        let calls = futures_util::future::join_all((0..20).map(|_| get(&tokens, &url, SECRET)));
        let release = async {
            giver.asked.notified().await;
            giver.holds.store(0, Ordering::SeqCst);
            giver.go_on.notify_one();
        };
        let (calls, ()) = tokio::join!(calls, release);
        assert!(calls.iter().all(|it| it.is_err() == refused), "{calls:?}");
    }
    assert_eq!(giver.came().len(), 2, "one fetch each");
    let again = get(&tokens, &url, SECRET).await.unwrap_err();
    assert_eq!(
        (again.status, giver.came().len()),
        (401, 3),
        "a failure is not kept"
    );
}

#[tokio::test]
async fn a_fetch_that_is_given_up_keeps_nobody_waiting() {
    let (giver, url) = Giver::start().await;
    let (tokens, _) = tokens(&url);
    giver.holds.store(1, Ordering::SeqCst);
    tokio::select! {
        _ = get(&tokens, &url, SECRET) => panic!("it was not held"),
        () = giver.asked.notified() => {}
    }
    giver.holds.store(0, Ordering::SeqCst);
    assert_eq!(get(&tokens, &url, SECRET).await.unwrap(), "token-number-2");
}

#[tokio::test]
async fn each_client_has_a_token_of_its_own_until_the_vendor_refuses_it() {
    let (giver, url) = Giver::start().await;
    let (tokens, _) = tokens(&url);
    assert_eq!(get(&tokens, &url, SECRET).await.unwrap(), "token-number-1");
    assert_eq!(
        get(&tokens, &url, "another").await.unwrap(),
        "token-number-2"
    );
    let own = client(&BASIC, SECRET);
    tokens.forget(&own, "token-number-0").await;
    assert_eq!(get(&tokens, &url, SECRET).await.unwrap(), "token-number-1");
    tokens.forget(&own, "token-number-1").await;
    assert_eq!(get(&tokens, &url, SECRET).await.unwrap(), "token-number-3");
    assert_eq!(
        get(&tokens, &url, "another").await.unwrap(),
        "token-number-2"
    );
    assert_eq!(giver.came().len(), 3);
}

#[tokio::test]
async fn the_client_says_who_it_is_in_a_header_or_in_the_body() {
    let (giver, url) = Giver::start().await;
    let (tokens, _) = tokens(&url);
    let dispatch = Dispatch::new(false, "acme/1".to_owned());
    for settings in [&BASIC, &BODY] {
        let client = client(settings, &format!("{SECRET}{}", settings.scopes.len()));
        let secrets = Secrets::default();
        tokens
            .get(&client, &url, &dispatch, &secrets)
            .await
            .unwrap();
    }
    // client%201:s3cret%2Bvalue%2Fof%3Dclient0
    let basic = "Basic Y2xpZW50JTIwMTpzM2NyZXQlMkJ2YWx1ZSUyRm9mJTNEY2xpZW50MA==";
    let start = "POST /oauth/token | application/x-www-form-urlencoded";
    let audience = "audience=https%3A%2F%2Facme.example%2F";
    assert_eq!(
        giver.came(),
        [
            format!("{start} | {basic} | grant_type=client_credentials&{audience}"),
            format!(
                "{start} | - | grant_type=client_credentials&client_id=client%201&client_secret=s3cret%2Bvalue%2Fof%3Dclient2&scope=things%3Aread%20things%3Awrite&{audience}"
            ),
        ]
    );
}

#[tokio::test]
async fn a_refusal_says_what_to_check_and_no_secret() {
    let (giver, url) = Giver::start().await;
    let (tokens, _) = tokens(&url);
    let long = format!(
        r#"{{"error": "invalid_request", "error_description": "{}"}}"#,
        "x".repeat(5000)
    );
    let echo =
        format!(r#"{{"error": "invalid_client", "error_description": "no {SECRET}\n here."}}"#);
    let cases = [
        (
            401,
            echo.as_str(),
            "invalid_client",
            "ACME_ID and ACME_SECRET",
        ),
        (
            400,
            r#"{"error": "unauthorized_client"}"#,
            "unauthorized_client",
            "may use client credentials",
        ),
        (
            400,
            r#"{"error": "invalid_scope"}"#,
            "invalid_scope",
            "that it may have",
        ),
        (404, "<p>Not here</p>", "token_refused", "Check its URL"),
        (
            400,
            r#"{"error": "a b<c>"}"#,
            "token_refused",
            "Check its URL",
        ),
        (400, &long, "invalid_request", "Check its URL"),
        (429, "", "token_refused", "wait"),
        (503, "", "token_refused", "call again later"),
    ];
    for (status, body, error, advice) in cases {
        giver.refuse(status, body);
        let told = get(&tokens, &url, SECRET).await.unwrap_err();
        assert_eq!((told.status, told.error.as_str()), (status, error));
        let message = &told.message;
        assert!(
            message.starts_with(
                "Nothing was sent, since the authorization server at http://127.0.0.1:"
            )
        );
        assert!(message.contains(advice) && message.len() < 700, "{message}");
        assert!(
            !message.contains(SECRET) && !message.contains('\n'),
            "{message}"
        );
    }
}

#[tokio::test]
async fn what_is_no_token_is_told() {
    let (giver, url) = Giver::start().await;
    let (tokens, _) = tokens(&url);
    let huge = format!(r#"{{"access_token": "{}"}}"#, "x".repeat(70_000));
    let cases = [
        ("<p>Log in</p>", "unreadable_token"),
        (r#"{"token": "token-number-1"}"#, "unreadable_token"),
        (r#"{"access_token": "a b c d e f g"}"#, "unreadable_token"),
        (
            r#"{"access_token": "token\r\nX-Other: 1"}"#,
            "unreadable_token",
        ),
        (
            r#"{"access_token": "token-number-1", "token_type": "mac"}"#,
            "unreadable_token",
        ),
        (&huge, "answer_too_large"),
    ];
    for (body, error) in cases {
        giver.refuse(200, body);
        let told = get(&tokens, &url, SECRET).await.unwrap_err();
        assert_eq!(
            (told.status, told.error.as_str()),
            (502, error),
            "{}",
            told.message
        );
    }
    let nobody = Url::parse("http://127.0.0.1:9/oauth/token").unwrap();
    let told = get(&tokens, &nobody, SECRET).await.unwrap_err();
    assert_eq!(told.error, "unreachable");
}

#[tokio::test]
async fn a_life_is_a_number_a_text_or_unknown() {
    let (giver, url) = Giver::start().await;
    for (life, kept) in [
        ("\"100\"", 89),
        ("1e300", 1_000_000),
        ("null", 269),
        ("\"soon\"", 269),
        ("1.5", 1),
    ] {
        let (tokens, seconds) = tokens(&url);
        giver.refuse(
            200,
            &format!(r#"{{"access_token": "token-of-life", "expires_in": {life}}}"#),
        );
        let before = giver.came().len();
        for (at, fetches) in [(0, 1), (kept, 1), (kept + 3_000_000, 2)] {
            seconds.store(at, Ordering::SeqCst);
            get(&tokens, &url, SECRET).await.unwrap();
            assert_eq!(giver.came().len() - before, fetches, "{life} at {at} s");
        }
    }
    for life in ["0", "-5"] {
        let (tokens, _) = tokens(&url);
        giver.refuse(
            200,
            &format!(r#"{{"access_token": "token-of-life", "expires_in": {life}}}"#),
        );
        let before = giver.came().len();
        get(&tokens, &url, SECRET).await.unwrap();
        get(&tokens, &url, SECRET).await.unwrap();
        assert_eq!(giver.came().len() - before, 2, "{life}");
    }
}

#[test]
fn callers_credentials_do_not_fill_the_memory() {
    let tokens = Tokens::new(None);
    let held = tokens.slot(&client(&BASIC, "held"));
    for number in 0..3 * MOST {
        tokens.slot(&client(&BASIC, &number.to_string()));
    }
    assert!(tokens.slots.lock().unwrap().len() <= MOST);
    assert!(Arc::ptr_eq(&held, &tokens.slot(&client(&BASIC, "held"))));
}
