//! A small MCP client: JSON-RPC in lines over a server's stdin and stdout, and what the server logs on stderr.

use std::{
    io::{BufRead as _, BufReader, Read, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use anyhow::{Context, anyhow, bail, ensure};
use serde_json::{Value, json};

/// The revision of MCP that is spoken.
const REVISION: &str = "2025-11-25";

/// A server that is silent for so long is broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server, and the connection to it. The server ends when this is dropped.
pub(crate) struct Client {
    child: Child,
    stdin: ChildStdin,
    /// Lines of stdout: the protocol.
    messages: Receiver<String>,
    /// Lines of stderr: the log.
    log: Receiver<String>,
    last_id: u64,
}

/// What a tool call came to.
pub(crate) struct Answer {
    /// The answer, or the failure.
    pub(crate) json: Value,
    /// Whether it is a failure.
    pub(crate) failed: bool,
    /// The HTTP requests that the call made.
    pub(crate) exchanges: Vec<Exchange>,
}

/// An HTTP request, and the status of its response.
pub(crate) struct Exchange {
    /// As logged: `method`, `url`, `body`.
    pub(crate) request: Value,
    /// `None`: no response came.
    pub(crate) status: Option<u64>,
}

impl Client {
    /// Starts a server and shakes hands.
    pub(crate) fn start(program: &Path, arguments: &[&str]) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start the server")?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            bail!("the server has no pipes");
        };
        let mut client = Self {
            child,
            stdin,
            messages: lines(stdout),
            log: lines(stderr),
            last_id: 0,
        };
        client.shake_hands()?;
        Ok(client)
    }

    fn shake_hands(&mut self) -> anyhow::Result<()> {
        let result = self.request(
            "initialize",
            json!({
                "protocolVersion": REVISION,
                "capabilities": {},
                "clientInfo": {"name": "xtask-demo", "version": env!("CARGO_PKG_VERSION")},
            }),
        )?;
        let revision = &result["protocolVersion"];
        ensure!(
            revision == REVISION,
            "the server speaks revision {revision}, not {REVISION}"
        );
        self.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))
    }

    /// Calls a tool.
    ///
    /// # Errors
    /// If the server cannot be understood; a failed call is an answer.
    pub(crate) fn call(&mut self, tool: &str, arguments: &Value) -> anyhow::Result<Answer> {
        let result = self.request("tools/call", json!({"name": tool, "arguments": arguments}))?;
        let json = result["structuredContent"].clone();
        ensure!(
            json.is_object(),
            "the result has no structured content: {result}"
        );
        let failed = result["isError"] == true;
        // Arguments that the server itself refuses do not leave it.
        let has_left = !failed || json.get("vendor").is_some();
        let exchanges = if has_left {
            self.exchanges()?
        } else {
            Vec::new()
        };
        Ok(Answer {
            json,
            failed,
            exchanges,
        })
    }

    fn request(&mut self, method: &str, params: Value) -> anyhow::Result<Value> {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        loop {
            let line = self.messages.recv_timeout(PATIENCE);
            let line = line.map_err(|_| self.silence(method))?;
            let mut message: Value = serde_json::from_str(&line)
                .with_context(|| format!("the server said what is no JSON: {line}"))?;
            // Notifications and requests of the server's have another id, or none.
            if message["id"] == id && message.get("method").is_none() {
                ensure!(
                    message.get("error").is_none(),
                    "{method} failed: {}",
                    message["error"]
                );
                return Ok(message["result"].take());
            }
        }
    }

    fn send(&mut self, message: &Value) -> anyhow::Result<()> {
        let line = format!("{message}\n");
        let sent = self
            .stdin
            .write_all(line.as_bytes())
            .and_then(|()| self.stdin.flush());
        sent.map_err(|_| self.silence("a message"))
    }

    /// The requests up to the first response: they were logged before the answer was given, but on another pipe.
    fn exchanges(&self) -> anyhow::Result<Vec<Exchange>> {
        let mut exchanges: Vec<Exchange> = Vec::new();
        loop {
            let line = self.log.recv_timeout(PATIENCE);
            let line = line.map_err(|_| anyhow!("the server logged no HTTP request"))?;
            let Ok(mut line) = serde_json::from_str::<Value>(&line) else {
                continue;
            };
            if let Some(request) = line.get_mut("request") {
                exchanges.push(Exchange {
                    request: request.take(),
                    status: None,
                });
            } else if let (Some(response), Some(last)) =
                (line.get("response"), exchanges.last_mut())
            {
                last.status = response["status"].as_u64();
                return Ok(exchanges);
            }
        }
    }

    /// Why nothing came: ends the server, and tells all that it said on stderr and nobody read.
    fn silence(&mut self, after: &str) -> anyhow::Error {
        let state = match self.child.try_wait() {
            Ok(Some(status)) => format!("the server ended ({status})"),
            _ => "the server does not answer".to_owned(),
        };
        self.end();
        let said: Vec<_> = self.log.iter().collect();
        anyhow!("{state} after {after}\n{}", said.join("\n"))
    }

    fn end(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.end();
    }
}

/// The lines of a pipe, read by a thread of its own: a full pipe would stop the server.
fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_no_server_is_told() {
        let cargo = Path::new(env!("CARGO"));
        let why = |arguments| {
            Client::start(cargo, arguments)
                .err()
                .map(|it| format!("{it:#}"))
        };
        // It depends on who is faster: what it says is read, or it is gone before it is spoken to.
        let told = why(&["--version"]).expect("an error");
        assert!(
            told.contains("no JSON") || told.contains("the server"),
            "{told}"
        );
        let told = why(&["no-such-command"]).expect("an error");
        assert!(told.contains("the server"), "{told}");
        assert!(told.contains("no-such-command"), "what it said: {told}");
        assert!(Client::start(Path::new("no such program"), &[]).is_err());
    }
}
