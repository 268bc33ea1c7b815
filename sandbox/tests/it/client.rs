//! How the tests talk to a sandbox.

use std::fs;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sandbox::{Order, Running};
use serde_json::{Value, json};

/// A sandbox and the credentials to use it.
pub(crate) struct Client {
    pub(crate) running: Running,
    pub(crate) description: Value,
    agent: ureq::Agent,
}

/// What a sandbox answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) body: Value,
}

/// The description of a vendor's sandbox.
///
/// `SANDBOX_DESCRIPTIONS` names another folder than `generated`.
pub(crate) fn description(vendor: &str) -> String {
    let folder = std::env::var_os("SANDBOX_DESCRIPTIONS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../generated"),
        PathBuf::from,
    );
    let file = folder.join(vendor).join("sandbox.json");
    fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask codegen`", file.display()))
}

impl Client {
    /// The sandbox of a vendor, with seed 1.
    pub(crate) fn of(vendor: &str) -> Self {
        Self::start(vendor, 1, &[])
    }

    pub(crate) fn start(vendor: &str, seed: u64, switches: &[&str]) -> Self {
        let text = description(vendor);
        let switches: Vec<String> = switches.iter().map(|switch| (*switch).to_owned()).collect();
        let order = Order {
            seed,
            switches: &switches,
            tls: false,
        };
        let running = sandbox::start(&text, &order).expect("the sandbox starts");
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build();
        Self {
            running,
            description: serde_json::from_str(&text).expect("the description is JSON"),
            agent: config.into(),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &self.credentials(), None)
    }

    /// A list, with its query parameters encoded.
    pub(crate) fn list(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query)
            .finish();
        self.get(&format!("{path}?{query}"))
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.json("POST", path, body)
    }

    pub(crate) fn patch(&self, path: &str, body: &Value) -> Answer {
        self.json("PATCH", path, body)
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, &self.credentials(), None)
    }

    pub(crate) fn json(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send(
            method,
            path,
            &self.credentials(),
            Some(("application/json", body.to_string().as_bytes())),
        )
    }

    /// The headers that this vendor wants.
    pub(crate) fn credentials(&self) -> Vec<(String, String)> {
        let credential = |name: &str| {
            let mut all = self.running.credentials.iter();
            all.find(|(other, _)| other == name)
                .map(|(_, value)| value.clone())
        };
        if let Some(token) = credential("api_token") {
            return vec![("Authorization".to_owned(), format!("Bearer {token}"))];
        }
        if let Some(key) = credential("api_key") {
            return vec![("X-API-Key".to_owned(), key)];
        }
        let part = |name: &str| credential(name).expect("a vendor with keys");
        let pair = format!(
            "{}+{}:{}",
            part("company_id"),
            part("public_key"),
            part("private_key")
        );
        vec![
            (
                "Authorization".to_owned(),
                format!("Basic {}", STANDARD.encode(pair)),
            ),
            ("clientId".to_owned(), part("client_id")),
        ]
    }

    /// Sends one request, and checks a success against the spec.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Option<(&str, &[u8])>,
    ) -> Answer {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.running.base_url)
        };
        let mut request = ureq::http::Request::builder().method(method).uri(&url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if let Some((media_type, _)) = body {
            request = request.header("Content-Type", media_type);
        }
        let content = body
            .map(|(_, content)| content.to_vec())
            .unwrap_or_default();
        let mut response = self.send_whole(request.body(content));
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect();
        let status = response.status().as_u16();
        let bytes = response
            .body_mut()
            .read_to_vec()
            .expect("the answer comes to its end");
        // What a file holds need not be text.
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        let answer = Answer {
            status,
            headers,
            text,
            bytes,
            body,
        };
        self.conforms(method, &url, &answer);
        answer
    }

    fn send_whole(
        &self,
        request: Result<ureq::http::Request<Vec<u8>>, ureq::http::Error>,
    ) -> ureq::http::Response<ureq::Body> {
        let request = request.expect("a request that can be sent");
        self.agent.run(request).expect("an answer of any status")
    }

    fn conforms(&self, method: &str, url: &str, answer: &Answer) {
        let path = url
            .split('?')
            .next()
            .unwrap_or(url)
            .strip_prefix(&self.running.base_url);
        let endpoint = path.and_then(|path| self.endpoint(method, path));
        let declared =
            endpoint.and_then(|endpoint| endpoint["answers"].get(answer.status.to_string()));
        let Some(schema) = declared.and_then(|declared| declared.get("schema")) else {
            return;
        };
        if answer.body.is_null() {
            return;
        }
        let mut schema = schema.clone();
        schema["$defs"] = self.description["api"]["$defs"].clone();
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .expect("the schema is usable");
        // A part of a record lacks what a whole one must have. And a vendor answers null for what is not set, though its
        // document seldom says so.
        let partial = url.contains("fields=");
        let unset = |error: &jsonschema::ValidationError<'_>| {
            error.kind().keyword() == "type" && error.instance().is_null()
        };
        let errors = validator
            .iter_errors(&answer.body)
            .filter(|error| !(partial && error.kind().keyword() == "required"))
            .filter(|error| !unset(error));
        let wrong: Vec<String> = errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(
            wrong.is_empty(),
            "{method} {url} answers what the spec does not: {wrong:#?}"
        );
    }

    fn endpoint(&self, method: &str, path: &str) -> Option<&Value> {
        let endpoints = self.description["api"]["endpoints"].as_array()?;
        let fits = |template: &str| {
            template.split('/').count() == path.split('/').count()
                && template
                    .split('/')
                    .zip(path.split('/'))
                    .all(|(step, given)| step.starts_with('{') || step == given)
        };
        let fitting = endpoints.iter().filter(|endpoint| {
            endpoint["method"] == method && fits(endpoint["path"].as_str().unwrap_or_default())
        });
        fitting.min_by_key(|endpoint| {
            endpoint["path"]
                .as_str()
                .unwrap_or_default()
                .matches('{')
                .count()
        })
    }
}

impl Answer {
    /// The same, if it has this status.
    #[track_caller]
    pub(crate) fn with(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The same, if it is a refusal that says so.
    #[track_caller]
    pub(crate) fn saying(self, words: &str) -> Self {
        assert!(
            self.text.contains(words),
            "{words:?} is not in {}",
            self.text
        );
        self
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The records of a list, wherever they stand.
    pub(crate) fn records(&self) -> &[Value] {
        let records = self
            .body
            .as_array()
            .or_else(|| self.body["data"].as_array());
        records.unwrap_or_else(|| panic!("no list: {}", self.text))
    }

    /// The only record of a list, or the first.
    pub(crate) fn first(&self) -> &Value {
        self.records()
            .first()
            .unwrap_or_else(|| panic!("an empty list: {}", self.text))
    }
}

/// `{"op": "replace", "path": …, "value": …}`
pub(crate) fn replace(path: &str, value: Value) -> Value {
    json!({"op": "replace", "path": path, "value": value})
}
