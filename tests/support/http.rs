//! A vendor's program over Streamable HTTP: its endpoint, and plain POSTs to it.

use serde_json::Value;
use ureq::Agent;

use crate::{
    program::{Running, command},
    vendor::Vendor,
};

/// A program that serves HTTP.
pub struct Endpoint {
    /// The URL of its MCP endpoint.
    pub url: String,
    program: Running,
}

/// What an endpoint answered.
#[derive(Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The body as JSON, or as text where it is none.
    pub body: Value,
}

impl Endpoint {
    /// Starts `serve --http` with these options, on a port of the system's choice.
    ///
    /// # Panics
    /// If it does not say where it listens.
    #[must_use]
    pub fn start(vendor: &Vendor, options: &[&str]) -> Self {
        let mut command = command(vendor, &["serve", "--http", "127.0.0.1:0"]);
        command.args(options);
        Self::of(Running::start(command))
    }

    /// The endpoint of a program that was told to serve HTTP.
    ///
    /// # Panics
    /// If it does not say where it listens.
    #[must_use]
    pub fn of(program: Running) -> Self {
        let line = program.note();
        let url = line
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("it does not listen: {}", program.output()))
            .to_owned();
        Self { url, program }
    }

    /// Posts one message with these headers besides the usual ones.
    ///
    /// # Panics
    /// If no answer comes.
    #[must_use]
    pub fn post(&self, headers: &[(&str, &str)], message: &Value) -> Response {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None);
        let mut request = Agent::new_with_config(agent.build())
            .post(&self.url)
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.send(message.to_string()).expect("an answer comes");
        let text = response.body_mut().read_to_string().expect("it is text");
        Response {
            status: response.status().as_u16(),
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        }
    }

    /// The system's number of the program's process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.program.id()
    }

    /// All that the program has written so far.
    #[must_use]
    pub fn output(&self) -> String {
        self.program.output()
    }
}
