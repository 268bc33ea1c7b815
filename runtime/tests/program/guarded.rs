//! What opens an API: keys, cookies and tokens go where they belong, and are seen nowhere else.

mod places;

use std::{
    process::Stdio,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::{
    client::{listen, run},
    http::{post, sent},
};

const KEY: &str = "key+5f2e/9c7a1b";
const SESSION: &str = "session-4471aa";
const SECRET: &str = "s3cret/of+client";

/// What must be seen nowhere: secrets as they are, as a URL has them, and tokens.
const HIDDEN: [&str; 6] = [
    KEY,
    "key%2B5f2e%2F9c7a1b",
    SESSION,
    SECRET,
    "s3cret%2Fof%2Bclient",
    "token-number-",
];

/// The vendor's API, with its authorization server.
#[derive(Clone, Default)]
struct Guarded {
    came: Arc<Mutex<Vec<String>>>,
}

impl Guarded {
    async fn start() -> (Self, String) {
        let api = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(api.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (api, url)
    }

    /// Every request so far, since they were last taken.
    fn came(&self) -> Vec<String> {
        std::mem::take(&mut self.came.lock().unwrap())
    }
}

async fn answer(State(api): State<Guarded>, request: Request) -> Response {
    let header = |name: &str| {
        let values = request.headers().get_all(name).iter();
        let values: Vec<&str> = values.map(|it| it.to_str().unwrap()).collect();
        values.join(" AND ")
    };
    let (cookie, authorization) = (header("cookie"), header("authorization"));
    let line = format!("{} {}", request.method(), request.uri());
    let number = {
        let mut came = api.came.lock().unwrap();
        came.push(format!("{line} | {cookie} | {authorization}"));
        came.len()
    };
    let path = request.uri().path();
    if path.ends_with("/oauth/token/") {
        let is_known = authorization != "Basic Y2xpZW50LTE6d3Jvbmctc2VjcmV0";
        return if is_known {
            json!({"access_token": format!("token-number-{number}"), "token_type": "Bearer", "expires_in": 3600})
                .to_string()
                .into_response()
        } else {
            (StatusCode::UNAUTHORIZED, r#"{"error": "invalid_client"}"#).into_response()
        };
    }
    match path.rsplit('/').next() {
        Some("things" | "status") => "[]".into_response(),
        Some("echo") => {
            let error = json!({"message": format!("{line} with {cookie} and {authorization}")});
            (StatusCode::FORBIDDEN, error.to_string()).into_response()
        }
        Some("ended") => (StatusCode::UNAUTHORIZED, r#"{"message": "ended"}"#).into_response(),
        _ => r#"{"id": 1}"#.into_response(),
    }
}

/// The program, with all that an operator sets, and its API at a URL.
fn program(url: &str, arguments: &[&str]) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.push(format!("examples/bolt{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "the program is not built; run: cargo build -p runtime --example bolt"
    );
    let mut command = Command::new(path);
    command
        .args(arguments)
        .env_clear()
        .env("BOLT_API_KEY", KEY)
        .env("BOLT_SESSION", SESSION)
        .env("BOLT_CLIENT_ID", "client-1")
        .env("BOLT_CLIENT_SECRET", SECRET)
        .env("BOLT_BASE_URL", format!("{url}/v1"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// What a command answers as JSON, and its exit code. Nothing that must be hidden is in it.
async fn answered(command: Command) -> (Value, String, i32) {
    let (stdout, stderr, code) = run(command).await;
    for secret in HIDDEN {
        assert!(!stdout.contains(secret), "{secret} in {stdout}");
        assert!(!stderr.contains(secret), "{secret} in {stderr}");
    }
    (
        serde_json::from_str(&stdout).unwrap_or(stdout.into()),
        stderr,
        code,
    )
}

async fn call(url: &str, arguments: &[&str]) -> (Value, String, i32) {
    let arguments = [&["call"], arguments].concat();
    answered(program(url, &arguments)).await
}

#[tokio::test]
async fn credentials_go_into_query_cookie_and_header() {
    let (api, url) = Guarded::start().await;
    let (json, _, code) = call(
        &url,
        &["get_single_bolt_thing_by_id", "id=7", "api_key=mine"],
    )
    .await;
    assert_eq!((json, code), (json!({"result": {"id": 1}}), 0));
    assert_eq!(
        api.came(),
        [
            // client-1:s3cret%2Fof%2Bclient
            "POST /oauth/token/ |  | Basic Y2xpZW50LTE6czNjcmV0JTJGb2YlMkJjbGllbnQ=".to_owned(),
            format!(
                "GET /v1/things/7?api_key=key%2B5f2e%2F9c7a1b | theme=dark; session={SESSION} | Bearer token-number-1"
            ),
        ]
    );
}

#[tokio::test]
async fn no_credential_is_seen_in_logs_errors_and_dry_runs() {
    let (api, url) = Guarded::start().await;
    let tool = "get_single_bolt_thing_by_id";
    let (json, log, code) = call(&url, &[tool, "id=echo", "--log-requests"]).await;
    assert_eq!((&json["statusCode"], code), (&json!(403), 1));
    let told = "GET /v1/things/echo?api_key=<redacted> with theme=dark; session=<redacted> and Bearer <redacted>";
    assert_eq!(json["message"], told);
    assert!(
        log.contains("/oauth/token/") && log.contains("/v1/things/echo"),
        "{log}"
    );
    api.came();

    // The authorization server is reached, the API is not.
    let mut away = program(
        "http://127.0.0.1:9",
        &["call", tool, "id=7", "--log-requests"],
    );
    away.env("BOLT_MCP_TOKEN_URL", format!("{url}/oauth/token/"));
    let (json, ..) = answered(away).await;
    assert_eq!(json["error"], "unreachable");
    assert_eq!(api.came().len(), 1);

    let (json, _, code) = call(&url, &[tool, "id=7", "--dry-run"]).await;
    assert_eq!((code, api.came().len()), (0, 0));
    assert_eq!(json["request"]["url"], format!("{url}/v1/things/7"));
    let words = json["authorization"].as_str().unwrap();
    assert!(
        words.contains("none was fetched") && words.contains("/oauth/token/"),
        "{words}"
    );
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_doctor_says_why() {
    let (api, url) = Guarded::start().await;
    let called = program(&url, &["call", "list_all_bolt_things"]);
    let (json, _, code) = answered(with_wrong_secret(called)).await;
    let seen = (&json["statusCode"], &json["error"], code);
    assert_eq!(seen, (&json!(401), &json!("invalid_client"), 1));
    let message = json["message"].as_str().unwrap();
    assert!(
        message.contains("Check BOLT_CLIENT_ID and BOLT_CLIENT_SECRET"),
        "{message}"
    );
    assert_eq!(api.came().len(), 1, "only the token was asked for");

    let (told, _, code) = answered(with_wrong_secret(program(&url, &["doctor"]))).await;
    let told = told.as_str().unwrap();
    assert!(
        code == 1 && told.contains("WRONG") && told.contains("gave no token"),
        "{told}"
    );
    assert_eq!(api.came().len(), 1);

    let mut doctor = program(&url, &["doctor"]);
    doctor.env("BOLT_UPLOADS_URL", &url);
    let (told, _, code) = answered(doctor).await;
    let told = told.as_str().unwrap();
    assert!(
        code == 0 && told.contains("/oauth/token/ gave a token"),
        "{told}"
    );
    assert!(told.contains("the server uploads is"), "{told}");
    assert_eq!(api.came().len(), 2, "one token, one list");
}

/// A command whose client has a secret that is not known.
fn with_wrong_secret(mut command: Command) -> Command {
    command.env("BOLT_CLIENT_SECRET", "wrong-secret");
    command.env("BOLT_UPLOADS_URL", "https://uploads.bolt.example");
    command
}

#[tokio::test]
async fn a_token_that_the_vendor_refuses_is_fetched_anew_at_the_next_call() {
    let (api, url) = Guarded::start().await;
    let mut command = program(&url, &["serve"]);
    let (stdin, stdout) = (Stdio::piped(), Stdio::piped());
    let mut child = command.stdin(stdin).stdout(stdout).spawn().unwrap();
    let streams = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
    let client = rmcp::ServiceExt::serve((), streams).await.unwrap();
    let tool = "get_single_bolt_thing_by_id";
    for (id, statuses) in [("7", 0), ("8", 0), ("ended", 401), ("9", 0)] {
        let called = crate::client::call(&client, tool, json!({"id": id})).await;
        let status = called.structured_content.unwrap()["statusCode"].as_u64();
        assert_eq!(status.unwrap_or_default(), statuses);
    }
    let lines = api.came().into_iter();
    let lines: Vec<String> = lines
        .map(|it| it.split(['?', ' ']).nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(
        lines,
        [
            "/oauth/token/",
            "/v1/things/7",
            "/v1/things/8",
            "/v1/things/ended",
            "/oauth/token/",
            "/v1/things/9"
        ],
        "one fetch serves calls until a 401, and the refused call is not sent again"
    );
}

#[tokio::test]
async fn each_callers_secret_has_a_token_of_its_own() {
    let (api, url) = Guarded::start().await;
    let serve = ["serve", "--http", "127.0.0.1:0", "--allow-caller-key"];
    let (_child, endpoint) = listen(program(&url, &serve)).await;
    let params = json!({"name": "list_all_bolt_things", "arguments": {}});
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
    let mut told = Vec::new();
    for secret in ["caller-one", "caller-two", "caller-one", "wrong-secret"] {
        let request = post(&endpoint, &body).header("x-bolt-secret", secret);
        told.push(sent(request).await.1["result"]["structuredContent"].clone());
    }
    sent(post(&endpoint, &body)).await;
    let opened = |it: &String| it.rsplit(' ').next().unwrap_or_default().to_owned();
    let opened: Vec<String> = api.came().iter().map(opened).collect();
    // The tokens are numbered by the requests that came.
    let expected = [
        "Y2xpZW50LTE6Y2FsbGVyLW9uZQ==",
        "token-number-1",
        "Y2xpZW50LTE6Y2FsbGVyLXR3bw==",
        "token-number-3",
        "token-number-1",
        "Y2xpZW50LTE6d3Jvbmctc2VjcmV0",
        "Y2xpZW50LTE6czNjcmV0JTJGb2YlMkJjbGllbnQ=",
        "token-number-7",
    ];
    assert_eq!(opened, expected);
    let message = told[3]["message"].as_str().unwrap();
    assert!(
        message.contains("the key that the caller sent"),
        "{message}"
    );
    assert!(!told[3].to_string().contains("wrong-secret"));
}
