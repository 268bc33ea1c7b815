//! What opens an API, and where its servers stand: keys, cookies and tokens go where they belong, and are seen nowhere else.

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

use crate::client::run;

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
        Some("things") => "[]".into_response(),
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
async fn a_tool_is_called_at_its_server_and_an_open_one_without_credentials() {
    let ((api, url), (other, other_url)) = (Guarded::start().await, Guarded::start().await);
    let mut sent = program(&url, &["call", "send_a_bolt_thing"]);
    sent.env("BOLT_UPLOADS_URL", &other_url);
    assert_eq!(answered(sent).await.2, 0);
    assert_eq!(api.came().len(), 1, "the token");
    let came = other.came();
    assert!(
        came[0].starts_with("POST /things/send?api_key=key%2B5f2e"),
        "{came:?}"
    );

    let mut open = program(&url, &["call", "get_bolt_status"]);
    open.env_remove("BOLT_CLIENT_SECRET")
        .env_remove("BOLT_API_KEY");
    assert_eq!(answered(open).await.2, 0);
    assert_eq!(api.came(), ["GET /v1/status | theme=dark | "]);

    let mut guarded = program(&url, &["call", "list_all_bolt_things"]);
    guarded.env_remove("BOLT_CLIENT_SECRET");
    let (json, ..) = answered(guarded).await;
    assert_eq!(json["error"], "missing_credentials");
    assert!(
        json["message"]
            .as_str()
            .unwrap()
            .contains("BOLT_CLIENT_SECRET")
    );
    assert_eq!(api.came().len(), 0);
}

/// The URL that a dry run of a tool says, or why there is none.
async fn place(tool: &str, set: &[(&str, &str)], options: &[&str]) -> String {
    let arguments = [&["call", tool, "--dry-run"], options].concat();
    let mut command = program("http://127.0.0.1:9", &arguments);
    command
        .env_remove("BOLT_BASE_URL")
        .envs(set.iter().copied());
    let (json, ..) = answered(command).await;
    let place = json.pointer("/request/url").unwrap_or(&json["message"]);
    place.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_url_with_variables_is_set_part_by_part() {
    let (list, send) = ("list_all_bolt_things", "send_a_bolt_thing");
    let north = [("BOLT_TENANT", "north")];
    assert_eq!(
        place(list, &north, &[]).await,
        "https://north.bolt.example/v1/things"
    );
    let second = [("BOLT_TENANT", "north"), ("BOLT_VERSION", "v2")];
    assert_eq!(
        place(list, &second, &["--base-url", "eu"]).await,
        "https://north.eu.bolt.example/v2/things"
    );
    assert_eq!(
        place(send, &north, &["--base-url", "https://own.example"]).await,
        "https://uploads.north.bolt.example/up/v1/things/send",
        "the base URL says nothing of the server besides"
    );
    let missing = place(list, &[], &[]).await;
    assert!(
        missing.contains("BOLT_TENANT (The part of the address that is yours)"),
        "{missing}"
    );
    let wrong = place(
        list,
        &[("BOLT_TENANT", "evil.example/x"), ("BOLT_VERSION", "v3")],
        &[],
    )
    .await;
    assert!(
        wrong.contains("BOLT_TENANT is set to what cannot stand there"),
        "{wrong}"
    );
    assert!(
        wrong.contains("BOLT_VERSION is set to none of v1, v2"),
        "{wrong}"
    );
    assert!(!wrong.contains("evil"), "{wrong}");

    let mut doctor = program("", &["doctor"]);
    doctor.env_remove("BOLT_BASE_URL").env("BOLT_VERSION", "v3");
    let (told, _, code) = answered(doctor).await;
    let told = told.as_str().unwrap();
    assert!(
        code == 1 && told.contains("WRONG    the base URL needs tenant"),
        "{told}"
    );
}

#[tokio::test]
async fn the_credentials_file_holds_parts_of_urls_too() {
    let folder = std::env::temp_dir().join(format!("bolt-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("credentials.toml");
    std::fs::write(
        &file,
        "tenant = \"south\"\ntoken_url = \"http://login.example/token\"\n",
    )
    .unwrap();
    let path = file.to_str().unwrap();
    let http = run_place(path).await;
    assert!(
        http.contains("BOLT_MCP_TOKEN_URL") && http.contains("in the clear"),
        "{http}"
    );
    std::fs::write(
        &file,
        "tenant = \"south\"\ntoken_url = \"https://login.example/token\"\n",
    )
    .unwrap();
    let place = run_place(path).await;
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(
        place.contains("https://south.bolt.example/v1/things"),
        "{place}"
    );
    assert!(place.contains("https://login.example/token"), "{place}");
}

async fn run_place(file: &str) -> String {
    let arguments = [
        "call",
        "list_all_bolt_things",
        "--dry-run",
        "--credentials",
        file,
    ];
    let mut command = program("", &arguments);
    command.env_remove("BOLT_BASE_URL");
    let (stdout, stderr, _) = run(command).await;
    stdout + &stderr
}

#[tokio::test]
async fn in_a_sandbox_all_of_it_stands_at_one_address() {
    let (api, url) = Guarded::start().await;
    let mut command = program(
        "https://real.bolt.example",
        &["call", "send_a_bolt_thing", "--sandbox"],
    );
    command.env("BOLT_SANDBOX", format!("{url}/v1"));
    command.env("BOLT_UPLOADS_URL", "https://real.bolt.example");
    assert_eq!(answered(command).await.2, 0);
    let came = api.came();
    assert!(came[0].starts_with("POST /oauth/token/ |"), "{came:?}");
    assert!(
        came[1].starts_with("POST /up/v1/things/send?api_key=made-up-api_key |"),
        "{came:?}"
    );
}
