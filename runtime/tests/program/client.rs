//! Starts the program as a process, and speaks MCP to it.

use std::process::Stdio;

use rmcp::{
    RoleClient, ServiceExt as _,
    model::{CallToolRequestParams, CallToolResult},
    service::RunningService,
};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

use crate::api::{BASIC, KEY};

/// A running client.
pub(crate) type Client = RunningService<RoleClient, ()>;

/// The program with these arguments, and credentials in its environment.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.push(format!("examples/acme{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "the program is not built; run: cargo build -p runtime --example acme"
    );
    let mut command = Command::new(path);
    command
        .args(arguments)
        .env_clear()
        .env("ACME_API_KEY", KEY)
        .env("ACME_CLIENT_ID", "client-1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// What a command printed, and its exit code.
pub(crate) async fn run(mut command: Command) -> (String, String, i32) {
    let output = command.stdin(Stdio::null()).output().await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        text(output.stdout),
        text(output.stderr),
        output.status.code().unwrap(),
    )
}

/// A client over stdio.
pub(crate) async fn connect(arguments: &[&str]) -> (Client, Child) {
    let mut child = program(arguments).spawn().unwrap();
    let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    (().serve((stdout, stdin)).await.unwrap(), child)
}

/// The program over HTTP, and its URL.
pub(crate) async fn listen(mut command: Command) -> (Child, String) {
    // The clients of these tests take the process-wide provider; the program itself does not.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    let url = line
        .strip_prefix("listening on ")
        .unwrap_or_else(|| panic!("{line}"))
        .to_owned();
    // The pipe must stay open, or a log line would meet a closed one.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (child, url)
}

/// Calls a tool.
pub(crate) async fn call(client: &Client, tool: &'static str, arguments: Value) -> CallToolResult {
    let request =
        CallToolRequestParams::new(tool).with_arguments(arguments.as_object().unwrap().clone());
    client.call_tool(request).await.unwrap()
}

/// A tool's answer as JSON; its text must say the same.
pub(crate) fn json(result: &CallToolResult) -> Value {
    let structured = result.structured_content.clone().unwrap();
    let text = &result.content[0].as_text().unwrap().text;
    assert_eq!(*text, structured.to_string());
    let leaked = [KEY, BASIC].iter().any(|secret| text.contains(secret));
    assert!(!leaked, "a secret leaked: {text}");
    structured
}
