//! What a sandbox lets in: keys in the query and in cookies, tokens that it gives itself; and operations elsewhere, or open to all.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sandbox::{Order, Running};
use serde_json::{Value, json};

/// A vendor whose API is guarded in every way.
fn description() -> String {
    let answers = json!({"200": {"media_type": "application/json", "schema": {"type": "array"}}});
    let endpoint = |path: &str| json!({"operation": format!("GET {path}"), "method": "GET", "path": path, "answers": answers});
    let mut files = endpoint("/files");
    files["server_paths"] = json!(["/other", "/up"]);
    let mut status = endpoint("/status");
    status["open"] = true.into();
    let list = json!({"behaviour": "list", "collection": "things"});
    json!({
        "api": {"server_path": "/v1", "endpoints": [endpoint("/things"), files, status]},
        "sandbox": {
            "credentials": {"key": "k+{hex:8}", "session": "{hex:8}", "client_id": "client 1", "client_secret": "s/{hex:8}"},
            "auth": [
                {"query": "api key", "value": "{key}"},
                {"cookie": "session", "value": "{session}"},
                {"oauth2": {"token_path": "/oauth/token", "client_id": "{client_id}", "client_secret": "{client_secret}", "scopes": ["read"]}},
            ],
            "errors": {"body": {"message": "{message}"}},
            "paging": {"default": {"style": "none", "body": "$records"}},
            "collections": {"things": {"id": {"number": [1, 90]}, "records": {"a": {"name": "Box"}}}},
            "operations": {"GET /things": list, "GET /files": list, "GET /status": list},
        },
    })
    .to_string()
}

struct Guarded {
    running: Running,
    agent: ureq::Agent,
    site: String,
}

impl Guarded {
    fn start() -> Self {
        let order = Order {
            seed: 1,
            switches: &[],
            tls: false,
        };
        let running = sandbox::start(&description(), &order).expect("the sandbox starts");
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        Self {
            site: running
                .base_url
                .strip_suffix("/v1")
                .expect("the API is below /v1")
                .to_owned(),
            running,
            agent: config.build().into(),
        }
    }

    fn credential(&self, name: &str) -> String {
        let mut all = self.running.credentials.iter();
        all.find(|(it, _)| it == name)
            .expect("a known credential")
            .1
            .clone()
    }

    fn send(&self, request: ureq::http::Request<Vec<u8>>) -> (u16, Value) {
        let mut answer = self.agent.run(request).expect("an answer of any status");
        let text = answer
            .body_mut()
            .read_to_string()
            .expect("the answer is text");
        (
            answer.status().as_u16(),
            serde_json::from_str(&text).unwrap_or(text.into()),
        )
    }

    fn get(&self, target: &str, cookie: &str, token: &str) -> (u16, Value) {
        let request = ureq::http::Request::get(format!("{}{target}", self.site))
            .header("Cookie", cookie)
            .header("Authorization", format!("Bearer {token}"));
        self.send(request.body(Vec::new()).expect("a request"))
    }

    fn token(&self, authorization: Option<String>, form: &str) -> (u16, Value) {
        let mut request = ureq::http::Request::post(format!("{}/oauth/token", self.site))
            .header("Content-Type", "application/x-www-form-urlencoded");
        if let Some(value) = authorization {
            request = request.header("Authorization", value);
        }
        self.send(request.body(form.as_bytes().to_vec()).expect("a request"))
    }

    /// Id and secret in a header.
    fn basic(&self) -> Option<String> {
        let secret = self.credential("client_secret").replace('/', "%2F");
        Some(format!(
            "Basic {}",
            STANDARD.encode(format!("client+1:{secret}"))
        ))
    }
}

const GRANT: &str = "grant_type=client_credentials";

#[test]
fn only_the_right_credentials_open_it_and_none_is_an_unknown_parameter() {
    let api = Guarded::start();
    let (_, given) = api.token(api.basic(), GRANT);
    let token = given["access_token"].as_str().unwrap();
    let key = api.credential("key").replace('+', "%2B");
    let target = format!("/v1/things?api%20key={key}");
    let cookie = format!("theme=dark; session={}", api.credential("session"));
    let (status, things) = api.get(&target, &cookie, token);
    assert_eq!(
        (status, &things[0]["name"]),
        (200, &json!("Box")),
        "{things}"
    );
    for (target, cookie, token, fault) in [
        (
            "/v1/things",
            cookie.as_str(),
            token,
            "query parameter `api key` is missing",
        ),
        (
            "/v1/things?api%20key=no",
            &cookie,
            token,
            "query parameter `api key` is not one",
        ),
        (&target, "theme=dark", token, "cookie `session` is missing"),
        (&target, "session=no", token, "cookie `session` is not one"),
        (
            &target,
            &cookie,
            "no",
            "no token that was given at `/oauth/token`",
        ),
    ] {
        let (status, body) = api.get(target, cookie, token);
        let message = body["message"].as_str().unwrap();
        assert!(
            status == 401 && message.contains(fault),
            "{status} {message}"
        );
    }
    let (status, body) = api.get(&format!("{target}&other=1"), &cookie, token);
    assert!(
        status == 400 && body.to_string().contains("other"),
        "{body}"
    );
}

#[test]
fn a_token_is_given_to_the_client_alone() {
    let api = Guarded::start();
    let secret = api.credential("client_secret").replace('/', "%2F");
    let in_body = format!("{GRANT}&client_id=client%201&client_secret={secret}");
    let mut tokens = Vec::new();
    for (authorization, form) in [
        (api.basic(), GRANT.to_owned()),
        (None, in_body.clone()),
        (api.basic(), format!("{GRANT}&scope=read")),
    ] {
        let (status, body) = api.token(authorization, &form);
        assert_eq!(
            (status, &body["token_type"]),
            (200, &json!("Bearer")),
            "{form}: {body}"
        );
        tokens.push(body["access_token"].clone());
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 3, "each is another");
    let wrong = Some(format!("Basic {}", STANDARD.encode("client+1:no")));
    for (authorization, form, status, error) in [
        (wrong, GRANT.to_owned(), 401, "invalid_client"),
        (None, GRANT.to_owned(), 401, "invalid_client"),
        (api.basic(), in_body, 401, "invalid_client"),
        (
            api.basic(),
            "grant_type=password".to_owned(),
            400,
            "unsupported_grant_type",
        ),
        (
            api.basic(),
            format!("{GRANT}&scope=read%20write"),
            400,
            "invalid_scope",
        ),
    ] {
        let (came, body) = api.token(authorization, &form);
        assert_eq!(
            (came, &body["error"]),
            (status, &json!(error)),
            "{form}: {body}"
        );
    }
    let get = ureq::http::Request::get(format!("{}/oauth/token", api.site));
    let (status, body) = api.send(get.body(Vec::new()).unwrap());
    assert_eq!((status, &body["error"]), (400, &json!("invalid_request")));
}

#[test]
fn some_operations_are_open_and_some_stand_elsewhere() {
    let api = Guarded::start();
    assert_eq!(api.get("/v1/status", "", "").0, 200);
    let key = api.credential("key").replace('+', "%2B");
    let (_, given) = api.token(api.basic(), GRANT);
    let token = given["access_token"].as_str().unwrap();
    let cookie = format!("session={}", api.credential("session"));
    let at = |path: &str| {
        api.get(&format!("{path}?api%20key={key}"), &cookie, token)
            .0
    };
    assert_eq!(
        [at("/up/files"), at("/v1/files"), at("/up/things")],
        [200, 404, 404]
    );
}
