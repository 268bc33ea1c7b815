//! The vendor's API for the tests: a listener on loopback that notes every request and answers by path.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// The key that the tests use; it must never be seen in any output.
pub(crate) const KEY: &str = "key-5f2e9c7a1b";

/// What Basic authentication makes of it.
pub(crate) const BASIC: &str = "Y2xpZW50LTE6a2V5LTVmMmU5YzdhMWI=";

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    /// Method, path and query.
    pub(crate) line: String,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Body as JSON.
    pub(crate) body: Value,
}

/// The listener.
#[derive(Clone, Default)]
pub(crate) struct Api {
    came: Arc<Mutex<Vec<Came>>>,
    /// How many of the next lists of works are refused.
    pub(crate) refusals: Arc<AtomicUsize>,
    /// Told when the slow work is asked for.
    pub(crate) asked: Arc<Notify>,
    /// Lets the slow work be answered.
    pub(crate) go_on: Arc<Notify>,
}

impl Api {
    /// Starts it; answers its base URL.
    pub(crate) async fn start() -> (Self, String) {
        let api = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(api.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (api, url)
    }

    /// Every request so far.
    pub(crate) fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }

    /// Method, path and query of every request so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.came().into_iter().map(|came| came.line).collect()
    }
}

async fn answer(State(api): State<Api>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let line = format!("{} {}", parts.method, parts.uri);
    api.came.lock().unwrap().push(Came {
        line: line.clone(),
        headers: parts.headers,
        body: body.clone(),
    });
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let number = |name: &str, default: usize| {
        let value = query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.map_or(default, |value| value.parse().unwrap())
    };
    let path = line.split('?').next().unwrap_or_default().to_owned();
    match path.as_str() {
        "GET /v1/works"
            if api
                .refusals
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                    left.checked_sub(1)
                })
                .is_ok() =>
        {
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        "GET /v1/works" => works(number("page", 1), number("per_page", 25)).into_response(),
        "GET /v1/tickets" => tickets(number("page", 1), number("pageSize", 25)),
        "POST /v1/cases/search" => cases(&body).into_response(),
        "POST /v1/works" if body["name"] == "bare" => {
            let error = json!({"code": "NO_DOC", "message": "The document is missing", "errors": {"name": "too bare"}});
            (StatusCode::CONFLICT, axum_json(&error)).into_response()
        }
        "POST /v1/works" => (
            StatusCode::CREATED,
            axum_json(&json!({"data": {"id": 31, "name": body["name"]}})),
        )
            .into_response(),
        "DELETE /v1/works/7" => StatusCode::NO_CONTENT.into_response(),
        "GET /v1/works/7" => axum_json(
            &json!({"data": {"id": 7, "note": null, "list": [null, 1], "_info": {"href": "x"}}}),
        )
        .into_response(),
        "GET /v1/works/7/pdf" => (
            [("content-type", "application/pdf; charset=binary")],
            b"%PDF-1.7 \xff\x00".to_vec(),
        )
            .into_response(),
        "GET /v1/works/8/pdf" => vec![0_u8; 10 * 1024 * 1024 + 1].into_response(),
        "GET /v1/works/slow" => {
            api.asked.notify_one();
            api.go_on.notified().await;
            axum_json(&json!({"data": {"id": 1}})).into_response()
        }
        "GET /v1/works/html" => Html("<!DOCTYPE html><p>Log in</p>").into_response(),
        "GET /v1/works/broken" => "{\"data\": {".into_response(),
        "GET /v1/works/away" => {
            (StatusCode::FOUND, [("location", "https://evil.example/")]).into_response()
        }
        "GET /v1/works/busy" => busy(),
        "GET /v1/works/echo" => {
            let error = json!({"message": format!("the key {KEY} has no right to this")});
            (StatusCode::FORBIDDEN, axum_json(&error)).into_response()
        }
        "GET /v1/works/escaped" => {
            let escaped = format!("\\u006b{}", &KEY[1..]);
            let body = format!(
                r#"{{"data": {{"a": "{escaped}", "{escaped}": 1, "b": "Basic {BASIC}"}}}}"#
            );
            ([("content-type", "application/json")], body).into_response()
        }
        "GET /v1/works/coded" => {
            let error = json!({"code": "x".repeat(5000), "message": "no"});
            (StatusCode::FORBIDDEN, axum_json(&error)).into_response()
        }
        "GET /v1/works/huge" => {
            axum_json(&json!({"data": {"id": 1, "log": "x".repeat(200_000)}})).into_response()
        }
        _ => (
            StatusCode::NOT_FOUND,
            axum_json(&json!({"error": "no such thing"})),
        )
            .into_response(),
    }
}

fn axum_json(value: &Value) -> impl IntoResponse + use<> {
    ([("content-type", "application/json")], value.to_string())
}

fn works(page: usize, size: usize) -> impl IntoResponse {
    let all: Vec<Value> = (1..=30)
        .map(|id| json!({"id": id, "name": format!("Work {id}"), "end": null}))
        .collect();
    let data: Vec<&Value> = all.iter().skip((page - 1) * size).take(size).collect();
    axum_json(&json!({"data": data, "meta": {"last_page": all.len().div_ceil(size)}}))
}

fn tickets(page: usize, size: usize) -> Response {
    let data: Vec<Value> = (1..=60)
        .map(|id| json!({"id": id, "text": "x".repeat(3000)}))
        .collect();
    let data: Vec<&Value> = data.iter().skip((page - 1) * size).take(size).collect();
    let link = if page * size < 60 {
        format!(
            "<https://evil.example/elsewhere?pageSize=1&page={}>; rel=\"next\"",
            page + 1
        )
    } else {
        String::new()
    };
    ([("link", link)], axum_json(&json!(data))).into_response()
}

fn cases(body: &Value) -> impl IntoResponse + use<> {
    if body["state"] == "long" {
        let token = "x".repeat(90_000);
        let shown = body["start_page_key"]["scroll_id"] == token.as_str();
        let records = if shown {
            json!([{"case": 1}])
        } else {
            json!([])
        };
        return axum_json(&json!({"data": records, "next_page_key": {"scroll_id": token}}));
    }
    if body["state"] == "large" {
        let records: Vec<Value> = (1..=5)
            .map(|case| json!({"case": case, "text": "x".repeat(30_000)}))
            .collect();
        return axum_json(&json!({"data": records, "next_page_key": null}));
    }
    match body["start_page_key"]["scroll_id"].as_str() {
        None => axum_json(&json!({"data": [{"case": 1}], "next_page_key": {"scroll_id": "abc=="}})),
        Some(_) => axum_json(&json!({"data": [{"case": 2}], "next_page_key": null})),
    }
}

fn busy() -> Response {
    let headers = [
        ("retry-after", "7"),
        ("x-ratelimit-limit", "100"),
        ("x-ratelimit-remaining", "0"),
    ];
    (StatusCode::TOO_MANY_REQUESTS, headers, "slow down").into_response()
}
