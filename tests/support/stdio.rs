//! MCP as lines of JSON over stdin and stdout, without a client library: what is sent and what comes is the test's to see.

use std::{io::Write as _, process::Command};

use serde_json::{Value, json};

use crate::{
    program::{Running, command},
    vendor::Vendor,
};

/// The newest revision that begins with `initialize`.
const REVISION: &str = "2025-11-25";

/// A session with a vendor's program.
pub struct Session {
    program: Running,
    count: u64,
}

/// What a tool call came to.
#[derive(Debug)]
pub struct Outcome {
    /// The structured content, which the text repeats.
    pub json: Value,
    /// Whether the result says `isError`.
    pub failed: bool,
}

impl Outcome {
    /// The `result` of a call that worked.
    ///
    /// # Panics
    /// If it did not work.
    pub fn result(self) -> Value {
        assert!(!self.failed, "the call failed: {:#}", self.json);
        self.json["result"].clone()
    }

    /// What a call that did not work says.
    ///
    /// # Panics
    /// If it worked.
    pub fn failure(self) -> Value {
        assert!(self.failed, "the call worked: {:#}", self.json);
        self.json
    }
}

impl Session {
    /// Starts `serve` with these options and initializes.
    #[must_use]
    pub fn start(vendor: &Vendor, options: &[&str]) -> Self {
        let mut command = command(vendor, &["serve"]);
        command.args(options);
        Self::over(command)
    }

    /// Starts a program that serves over stdio, and initializes.
    #[must_use]
    pub fn over(command: Command) -> Self {
        let mut session = Self {
            program: Running::start(command),
            count: 0,
        };
        let client = json!({"name": "acceptance", "version": "1"});
        let params = json!({"protocolVersion": REVISION, "capabilities": {}, "clientInfo": client});
        session.ask("initialize", params);
        session.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        session
    }

    /// Sends a request and answers the line that came, as it came.
    #[must_use]
    pub fn line(&mut self, method: &str, params: Value) -> String {
        self.count += 1;
        let mut request = json!({"jsonrpc": "2.0", "id": self.count, "method": method});
        if !params.is_null() {
            request["params"] = params;
        }
        self.send(&request);
        self.program.line()
    }

    /// Sends a request and answers its `result`.
    ///
    /// # Panics
    /// If the answer is a protocol error.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let line = self.line(method, params);
        let mut answer: Value = serde_json::from_str(&line).expect("the line is JSON");
        assert!(answer["result"].is_object(), "{method}: {line}");
        answer["result"].take()
    }

    /// Calls a tool; the text of the result must be its structured content.
    ///
    /// # Panics
    /// If the answer is no tool result.
    pub fn call(&mut self, tool: &str, arguments: Value) -> Outcome {
        let result = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        let json = result["structuredContent"].clone();
        let text = result["content"][0]["text"].as_str();
        assert_eq!(text, Some(json.to_string().as_str()), "{tool}: {result}");
        Outcome {
            json,
            failed: result["isError"] == true,
        }
    }

    /// Calls a list tool to its end; answers the records, page by page.
    ///
    /// # Panics
    /// If a call does not work, or does not count what it answers.
    pub fn pages(&mut self, tool: &str, mut arguments: Value) -> Vec<Vec<Value>> {
        let mut pages = Vec::new();
        loop {
            let outcome = self.call(tool, arguments.clone());
            assert!(!outcome.failed, "{tool}: {:#}", outcome.json);
            let page = outcome.json["result"].as_array().expect("a list");
            assert_eq!(outcome.json["result_count"], page.len());
            pages.push(page.clone());
            match &outcome.json["next_cursor"] {
                Value::Null => return pages,
                cursor => arguments["next_cursor"] = cursor.clone(),
            }
        }
    }

    /// The system's number of the program's process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.program.id()
    }

    /// The next message of the server, unasked.
    ///
    /// # Panics
    /// If it is not JSON.
    #[must_use]
    pub fn message(&self) -> Value {
        serde_json::from_str(&self.program.line()).expect("the line is JSON")
    }

    /// Ends the program; answers all that it has written.
    #[must_use]
    pub fn finish(self) -> String {
        self.program.finish()
    }

    /// Sends a message, whatever it is.
    ///
    /// # Panics
    /// If the program does not read it.
    pub fn send(&mut self, message: &Value) {
        let stdin = self.program.stdin.as_mut().expect("stdin is open");
        writeln!(stdin, "{message}").expect("the program reads");
    }
}
