//! MCP over Streamable HTTP: who may connect, and whose key is used.

use reqwest::{Client, RequestBuilder, StatusCode};
use rmcp::{ServiceExt as _, transport::StreamableHttpClientTransport};
use serde_json::{Value, json};

use crate::{
    api::{Api, KEY},
    client::{call, json as answer, listen, program},
};

pub(crate) fn post(url: &str, body: &Value) -> RequestBuilder {
    Client::new()
        .post(url)
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json")
        .body(body.to_string())
}

fn list() -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
}

fn get(id: &str) -> Value {
    let params = json!({"name": "get_single_acme_work_by_id", "arguments": {"id": id}});
    json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params})
}

pub(crate) async fn sent(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    (
        status,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

#[tokio::test]
async fn rmcps_client_lists_and_calls_over_http() {
    let (_api, url) = Api::start().await;
    let (_child, endpoint) = listen(program(&[
        "serve",
        "--http",
        "127.0.0.1:0",
        "--base-url",
        &url,
    ]))
    .await;
    assert!(
        endpoint.starts_with("http://127.0.0.1:") && endpoint.ends_with("/mcp"),
        "{endpoint}"
    );
    let client = ().serve(StreamableHttpClientTransport::from_uri(endpoint)).await.unwrap();
    assert_eq!(client.list_all_tools().await.unwrap().len(), 8);
    let work = call(&client, "get_single_acme_work_by_id", json!({"id": "7"})).await;
    assert_eq!(answer(&work)["result"]["id"], 7);
}

#[tokio::test]
async fn every_revision_is_spoken_over_http() {
    let (_child, endpoint) = listen(program(&["serve", "--http", "127.0.0.1:0"])).await;
    let client = json!({"name": "test", "version": "1"});
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let params = json!({"protocolVersion": version, "capabilities": {}, "clientInfo": client});
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params});
        let (_, body) = sent(post(&endpoint, &request)).await;
        assert_eq!(body["result"]["protocolVersion"], version, "{body}");
        let (_, body) =
            sent(post(&endpoint, &list()).header("mcp-protocol-version", version)).await;
        assert_eq!(
            body["result"]["tools"].as_array().unwrap().len(),
            8,
            "{body}"
        );
    }
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": client,
    });
    let request =
        json!({"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": meta}});
    let headers = [
        ("mcp-protocol-version", "2026-07-28"),
        ("mcp-method", "server/discover"),
    ];
    let request = headers
        .iter()
        .fold(post(&endpoint, &request), |request, (name, value)| {
            request.header(*name, *value)
        });
    let (status, body) = sent(request).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert!(
        body["result"]["supportedVersions"]
            .as_array()
            .unwrap()
            .contains(&json!("2026-07-28"))
    );
}

#[tokio::test]
async fn origin_and_host_are_checked() {
    let command = program(&[
        "serve",
        "--http",
        "127.0.0.1:0",
        "--allow-origin",
        "https://app.example.com:443",
    ]);
    let (_child, endpoint) = listen(command).await;
    let status = async |name: &'static str, value: &str| {
        sent(post(&endpoint, &list()).header(name, value)).await.0
    };
    assert_eq!(sent(post(&endpoint, &list())).await.0, StatusCode::OK);
    assert_eq!(
        status("origin", "http://localhost:3000").await,
        StatusCode::OK
    );
    assert_eq!(
        status("origin", "https://app.example.com").await,
        StatusCode::OK
    );
    assert_eq!(
        status("origin", "https://evil.example").await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(status("origin", "null").await, StatusCode::FORBIDDEN);
    let (refused, body) = sent(post(&endpoint, &list()).header("host", "evil.example")).await;
    assert_eq!(refused, StatusCode::FORBIDDEN);
    let message = body["error"]["message"].as_str().unwrap();
    assert!(message.contains("--allow-host"), "{message}");
}

#[tokio::test]
async fn a_callers_key_is_used_where_the_operator_allows_it() {
    let (api, url) = Api::start().await;
    let serve = ["serve", "--http", "127.0.0.1:0", "--base-url", &url];
    let keys = |api: &Api| -> Vec<String> {
        api.came()
            .iter()
            .map(|came| came.headers["x-api-key"].to_str().unwrap().to_owned())
            .collect()
    };
    let (_child, endpoint) = listen(program(&serve)).await;
    sent(post(&endpoint, &get("7")).header("x-api-key", "callers-own-key")).await;
    assert_eq!(keys(&api), [KEY], "without the flag the header is ignored");

    let mut command = program(&serve);
    let (_child, endpoint) = listen({
        command.arg("--allow-caller-key").env_remove("ACME_API_KEY");
        command
    })
    .await;
    let (_, body) = sent(post(&endpoint, &get("7")).header("x-api-key", "callers-own-key")).await;
    assert_eq!(body["result"]["isError"], false, "{body}");
    assert_eq!(keys(&api), [KEY, "callers-own-key"]);
    let (_, body) = sent(post(&endpoint, &get("7"))).await;
    let failure = &body["result"]["structuredContent"];
    assert_eq!(failure["error"], "missing_credentials");
    assert!(
        failure["message"]
            .as_str()
            .unwrap()
            .contains("`X-API-Key` header"),
        "{failure}"
    );
    assert_eq!(api.came().len(), 2);
}

#[tokio::test]
async fn a_callers_key_that_cannot_be_used_is_not_replaced_by_the_operators() {
    let (api, url) = Api::start().await;
    let serve = ["serve", "--http", "127.0.0.1:0", "--base-url", &url];
    let mut command = program(&serve);
    command.arg("--allow-caller-key");
    let (_child, endpoint) = listen(command).await;
    for values in [
        &[" "][..],
        &["k\u{e9}y-of-a-caller"],
        &["one-key", "another-key"],
    ] {
        let request = values
            .iter()
            .fold(post(&endpoint, &get("7")), |request, value| {
                request.header("x-api-key", value.as_bytes())
            });
        let (_, body) = sent(request).await;
        let failure = &body["result"]["structuredContent"];
        assert_eq!(failure["error"], "missing_credentials", "{values:?} {body}");
        assert!(
            failure["message"]
                .as_str()
                .unwrap()
                .contains("`X-API-Key` header"),
            "{failure}"
        );
    }
    assert!(api.came().is_empty());
    sent(post(&endpoint, &get("7"))).await;
    assert_eq!(api.came()[0].headers["x-api-key"], KEY);
}

#[tokio::test]
async fn an_endpoint_token_is_wanted_where_it_is_set() {
    let mut command = program(&["serve", "--http", "127.0.0.1:0"]);
    let (_child, endpoint) = listen({
        command.env("ACME_MCP_HTTP_TOKEN", "t0ken");
        command
    })
    .await;
    for (sent_token, expected) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("Bearer wrong"), StatusCode::UNAUTHORIZED),
        (Some("t0ken"), StatusCode::UNAUTHORIZED),
        (Some("Bearer t0ken"), StatusCode::OK),
    ] {
        let mut request = post(&endpoint, &list());
        if let Some(value) = sent_token {
            request = request.header("authorization", value);
        }
        let (status, body) = sent(request).await;
        assert_eq!(status, expected, "{sent_token:?} {body}");
    }
}

#[tokio::test]
async fn a_message_over_the_limit_is_answered() {
    let (_child, endpoint) = listen(program(&["serve", "--http", "127.0.0.1:0"])).await;
    let (status, body) = sent(post(&endpoint, &get(&"x".repeat(16 * 1024 * 1024)))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(body["error"]["code"], -32600, "{body}");
    let (status, body) = sent(post(&endpoint, &json!("no message"))).await;
    assert!(
        status.is_client_error() && body["error"]["message"].is_string(),
        "{status} {body}"
    );
    let (status, body) = sent(post(&endpoint.replace("/mcp", "/"), &list())).await;
    assert_eq!(
        (status, body["error"]["message"].as_str()),
        (StatusCode::NOT_FOUND, Some("MCP is spoken at /mcp"))
    );
}

#[cfg(unix)]
fn terminate(child: &tokio::process::Child) {
    let pid = child.id().unwrap().to_string();
    let mut kill = std::process::Command::new("kill");
    assert!(kill.args(["-TERM", &pid]).status().unwrap().success());
}

#[cfg(unix)]
#[tokio::test]
async fn it_ends_when_told_to() {
    let (mut child, _endpoint) = listen(program(&["serve", "--http", "127.0.0.1:0"])).await;
    terminate(&child);
    assert_eq!(child.wait().await.unwrap().code(), Some(0));
}

#[cfg(unix)]
#[tokio::test]
async fn a_call_under_way_is_answered_before_it_ends() {
    let (api, url) = Api::start().await;
    let serve = ["serve", "--http", "127.0.0.1:0", "--base-url", &url];
    let (mut child, endpoint) = listen(program(&serve)).await;
    let under_way = tokio::spawn(sent(post(&endpoint, &get("slow"))));
    api.asked.notified().await;
    terminate(&child);
    let address = reqwest::Url::parse(&endpoint)
        .unwrap()
        .socket_addrs(|| None)
        .unwrap();
    while tokio::net::TcpStream::connect(&address[..]).await.is_ok() {
        // It has not heard yet.
        tokio::task::yield_now().await;
    }
    api.go_on.notify_one();
    let (_, body) = under_way.await.unwrap();
    assert_eq!(body["result"]["isError"], false, "{body}");
    assert_eq!(child.wait().await.unwrap().code(), Some(0));
}
