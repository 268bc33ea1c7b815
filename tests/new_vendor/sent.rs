//! What a server made by new-vendor lists, and what it sends, byte by byte, to a listener in the vendor's place.

use std::{path::Path, process::Command};

use acceptance::{Came, Listener, Reply};
use serde_json::{Value, json};

use crate::case::{Call, Case, yaml};

/// A server, and what is known of it.
pub(crate) struct Server<'a> {
    /// The document, and what is stated of it.
    pub(crate) case: &'a Case,
    /// What new-vendor said.
    pub(crate) made: &'a Value,
    /// The program.
    pub(crate) program: &'a Path,
    /// Its ledger.
    pub(crate) ledger: String,
}

impl Server<'_> {
    /// Where the numbers of tools and refusals do not add up, or a stated refusal or name is another.
    pub(crate) fn adds_up(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let number = |key: &str| self.made[key].as_u64().unwrap_or_default();
        let listed = self.run(&["tools", "--json"], None);
        let listed: Value = serde_json::from_str(&listed).unwrap_or_default();
        let names: Vec<&str> = listed
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["name"].as_str())
            .collect();
        let of_ledger = |outcome: &str| {
            self.ledger
                .lines()
                .filter(|it| it.contains(&format!("| {outcome} |")))
                .count() as u64
        };
        for (what, one, other) in [
            (
                "tools listed and in the ledger",
                names.len() as u64,
                of_ledger("tool"),
            ),
            (
                "tools told and in the ledger",
                number("tools"),
                of_ledger("tool"),
            ),
            (
                "refusals told and in the ledger",
                number("refused"),
                of_ledger("refused"),
            ),
            (
                "operations, and what became of them",
                number("operations"),
                number("tools") + number("left_out") + number("refused"),
            ),
        ] {
            if one != other {
                wrong.push(self.told(&format!("{what}: {one} and {other}")));
            }
        }
        if self.case.is_whole && number("refused") != self.case.refused.len() as u64 {
            wrong.push(self.told(&format!(
                "{} operations are refused, not {}:\n{}",
                number("refused"),
                self.case.refused.len(),
                self.ledger
            )));
        }
        for (operation, reason) in &self.case.refused {
            let row = self.row(operation);
            if !row.contains("| refused |") || !row.contains(reason) {
                wrong.push(self.told(&format!(
                    "`{operation}` is not refused since {reason}: {row}"
                )));
            }
        }
        for (operation, name) in &self.case.names {
            if self.tool(operation).as_deref() != Some(name) {
                wrong.push(self.told(&format!(
                    "`{operation}` is not `{name}`: {}",
                    self.row(operation)
                )));
            }
        }
        wrong
    }

    /// Stated guesses that were not made.
    pub(crate) fn says_what_it_guessed(&self) -> Vec<String> {
        let guesses = self.made["guesses"].as_array().into_iter().flatten();
        let made: Vec<String> = guesses
            .map(|it| {
                format!(
                    "{}: {}, from {}",
                    it["place"].as_str().unwrap_or_default(),
                    it["what"].as_str().unwrap_or_default(),
                    it["from"].as_str().unwrap_or_default()
                )
            })
            .collect();
        let mut wrong = Vec::new();
        for stated in &self.case.guesses {
            if !made.iter().any(|it| it.starts_with(stated.as_str())) {
                wrong.push(self.told(&format!(
                    "nothing was guessed such as\n  {stated}\nbut\n  {}",
                    made.join("\n  ")
                )));
            }
        }
        wrong
    }

    /// Requests that are not as stated.
    pub(crate) fn sends(&self) -> Vec<String> {
        self.case
            .calls
            .iter()
            .filter_map(|call| self.sends_one(call).err())
            .map(|why| self.told(&why))
            .collect()
    }

    fn sends_one(&self, call: &Call) -> Result<(), String> {
        let listener = Listener::start(reply());
        let site = site(&listener);
        let words = self.call(call, &format!("{site}{}", self.server_path()), &site)?;
        let mut came = listener.came();
        // A server that fetches a token first does so once, before the call.
        came.retain(|it| !is_token_request(it));
        let [came] = came.as_slice() else {
            return Err(format!(
                "`{}` sent {} requests:\n{words}",
                call.operation,
                came.len()
            ));
        };
        agrees(came, &call.request).map_err(|why| format!("`{}`: {why}", call.operation))
    }

    /// Calls the tool of an operation at a base URL, with tokens from a site; what it said.
    pub(crate) fn call(&self, call: &Call, base_url: &str, tokens: &str) -> Result<String, String> {
        let tool = self.tool(&call.operation).ok_or_else(|| {
            format!(
                "`{}` is no tool: {}",
                call.operation,
                self.row(&call.operation)
            )
        })?;
        let arguments = self.arguments(call, &tool).to_string();
        Ok(self.run(
            &["call", &tool, "--arguments", &arguments],
            Some((base_url, tokens)),
        ))
    }

    /// The arguments, with what tells an item apart by the name that models see: `id`.
    fn arguments(&self, call: &Call, tool: &str) -> Value {
        let path = self
            .folder("generated")
            .join(format!("schemas/{tool}.json"));
        let listing = yaml(&path);
        let known = |name: &str| listing["inputSchema"]["properties"].get(name).is_some();
        let mut arguments = call.arguments.clone();
        let last = call.operation.rsplit('/').next().unwrap_or_default();
        let last = last.trim_matches(['{', '}']);
        if let Some(map) = arguments
            .as_object_mut()
            .filter(|_| known("id") && !known(last))
            && let Some(value) = map.shift_remove(last)
        {
            map.insert("id".to_owned(), value);
        }
        arguments
    }

    /// The path of the document's first server.
    fn server_path(&self) -> String {
        let document = yaml(&self.case.document);
        let url = document["servers"][0]["url"].as_str().unwrap_or_default();
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = rest.find('/').map_or("", |at| &rest[at..]);
        let path = if path.contains('{') { "" } else { path };
        path.trim_end_matches('/').to_owned()
    }

    fn folder(&self, of: &str) -> std::path::PathBuf {
        let inner = acceptance::root().join("target/new-vendor/inner");
        inner.join(of).join(&self.case.name)
    }

    /// Runs the program; the value of each credential is its own name. What it said.
    fn run(&self, arguments: &[&str], places: Option<(&str, &str)>) -> String {
        let vendor = self.specs("vendor.yaml");
        let mut command = Command::new(self.program);
        command.args(arguments).env_clear();
        if let Some((base_url, tokens)) = places {
            command.args(["--base-url", base_url]);
            let variable = format!("{}_MCP_TOKEN_URL", self.case.name.to_uppercase());
            command.env(variable, format!("{tokens}/oauth/token"));
        }
        for credential in vendor["credentials"].as_array().into_iter().flatten() {
            let text = |key: &str| credential[key].as_str().unwrap_or_default().to_owned();
            command.env(text("variable"), text("name"));
        }
        let output = command.output().expect("the program starts");
        let words = if output.status.success() {
            output.stdout
        } else {
            [output.stdout, output.stderr].concat()
        };
        String::from_utf8_lossy(&words).into_owned()
    }

    fn specs(&self, name: &str) -> Value {
        yaml(&self.folder("specs").join(name))
    }

    /// The row of an operation in the ledger.
    fn row(&self, operation: &str) -> String {
        let found = self
            .ledger
            .lines()
            .find(|it| it.starts_with(&format!("| `{operation}` |")));
        found.unwrap_or("it is not in the ledger").to_owned()
    }

    /// The tool of an operation.
    fn tool(&self, operation: &str) -> Option<String> {
        let row = self.row(operation);
        row.contains("| tool |")
            .then(|| row.split('`').nth(3).map(str::to_owned))
            .flatten()
    }

    /// A finding, with the document that it is about.
    pub(crate) fn told(&self, what: &str) -> String {
        format!("{}: {what}", self.case.name)
    }
}

/// Where a listener stands, without a path.
pub(crate) fn site(listener: &Listener) -> String {
    listener.url.trim_end_matches("/api").to_owned()
}

/// An answer that is a token, and an empty answer of any operation.
pub(crate) fn reply() -> Reply {
    Reply::json(
        200,
        &json!({"access_token": "token-of-a-test", "token_type": "Bearer", "expires_in": 3600}),
    )
}

pub(crate) fn is_token_request(came: &Came) -> bool {
    String::from_utf8_lossy(&came.body).contains("grant_type=")
}

/// Whether a request is as stated: the line, the headers that are named, and the body.
fn agrees(came: &Came, stated: &str) -> Result<(), String> {
    let (head, body) = stated.split_once("\n\n").unwrap_or((stated, ""));
    let mut lines = head.lines();
    let line = lines.next().unwrap_or_default();
    if came.line != line {
        return Err(format!(
            "the request line is\n  {}\nnot\n  {line}",
            came.line
        ));
    }
    let boundary = came
        .header("content-type")
        .and_then(|it| it.split_once("boundary="))
        .map(|(_, it)| it.to_owned());
    let plain = |text: &str| match &boundary {
        Some(boundary) => text.replace(boundary.as_str(), "BOUNDARY"),
        None => text.to_owned(),
    };
    for header in lines.filter(|it| !it.trim().is_empty()) {
        let (name, value) = header
            .split_once(": ")
            .ok_or_else(|| format!("`{header}` is no header"))?;
        let sent = came.header(&name.to_lowercase()).map(&plain);
        if sent.as_deref() != Some(value) {
            return Err(format!("the header {name} is {sent:?}, not {value:?}"));
        }
    }
    let sent = plain(&String::from_utf8_lossy(&came.body)).replace("\r\n", "\n");
    if sent.trim_end_matches('\n') != body.trim_end_matches('\n') {
        return Err(format!("the body is\n{sent}\nnot\n{body}"));
    }
    Ok(())
}
