//! rmcp's client on every revision, over stdio and over HTTP: the same task for each, and one of the whole line.

use std::process::Stdio;

use acceptance::{Endpoint, Task, command, tasks};
use rmcp::{
    ClientLifecycleMode, ClientServiceExt as _, RoleClient,
    model::{
        CallToolRequestParams, ClientCapabilities, ClientConfig, GetPromptRequestParams,
        Implementation, InitializeRequestParams, ProtocolVersion,
    },
    service::RunningService,
    transport::{IntoTransport, StreamableHttpClientTransport},
};
use serde_json::{Value, json};
use tokio::process::{Child, Command};

type Client = RunningService<RoleClient, ClientConfig>;

/// Connects on one revision: by `initialize` where it has that, else by `server/discover`.
async fn connect<T, E, A>(transport: T, revision: &ProtocolVersion) -> Client
where
    T: IntoTransport<RoleClient, E, A>,
    E: std::error::Error + Send + Sync + 'static,
{
    let identity = Implementation::new("acceptance", "1");
    let mut config = InitializeRequestParams::new(ClientCapabilities::default(), identity);
    config.protocol_version = revision.clone();
    let lifecycle = if revision.has_initialize() {
        ClientLifecycleMode::Initialize
    } else {
        ClientLifecycleMode::Discover {
            preferred_versions: vec![revision.clone()],
        }
    };
    let client = config.serve_with_lifecycle(transport, lifecycle).await;
    client.unwrap_or_else(|error| panic!("no connection on {revision}: {error}"))
}

async fn over_stdio(task: &Task, revision: &ProtocolVersion) -> (Client, Child) {
    let mut child = Command::from(command(&task.vendor, &["serve", "--sandbox"]))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the program starts");
    let pipes = (
        child.stdout.take().expect("stdout is piped"),
        child.stdin.take().expect("stdin is piped"),
    );
    (connect(pipes, revision).await, child)
}

/// What the client sees, as every client reports it.
async fn report(client: &Client, task: &Task) -> Value {
    let object = |value: &Value| value.as_object().expect("an object").clone();
    let call = async |name: &'static str, arguments: &Value| {
        let request = CallToolRequestParams::new(name).with_arguments(object(arguments));
        client.call_tool(request).await.expect("a tool result")
    };
    let info = client.peer_info().expect("the server says who it is");
    let tools = client.list_all_tools().await.expect("a list");
    let called = call(task.call.0, &task.call.1).await;
    let refused = call(task.refused.0, &task.refused.1).await;
    let prompts = client.list_all_prompts().await.expect("a list");
    let (name, argument, value) = task.prompt;
    let request =
        GetPromptRequestParams::new(name).with_arguments(object(&json!({argument: value})));
    let prompt = client.get_prompt(request).await.expect("a prompt");
    let (name, argument, typed) = task.complete;
    let completed = client.complete_prompt_simple(name, argument, typed).await;
    json!({
        "revision": info.protocol_version,
        "server": info.server_info.as_ref().map(|it| &it.name),
        "tools": tools.iter().map(|it| it.name.as_ref()).collect::<Vec<_>>(),
        "call": called.structured_content,
        "refused": refused.is_error,
        "reason": refused.content[0].as_text().map(|it| &it.text),
        "prompts": prompts.iter().map(|it| &it.name).collect::<Vec<_>>(),
        "prompt": prompt.messages[0].content.as_text().map(|it| &it.text),
        "completed": completed.expect("values"),
    })
}

#[tokio::test]
async fn every_revision_is_spoken_over_stdio() {
    for task in tasks() {
        for revision in ProtocolVersion::KNOWN_VERSIONS {
            let (client, _child) = over_stdio(&task, revision).await;
            task.check(&report(&client, &task).await, revision.as_str());
            client.cancel().await.unwrap();
        }
    }
}

#[tokio::test]
async fn every_revision_is_spoken_over_http() {
    // The client takes the provider of the process; the programs have their own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    for task in tasks() {
        let endpoint = Endpoint::start(&task.vendor, &["--sandbox"]);
        for revision in ProtocolVersion::KNOWN_VERSIONS {
            let transport = StreamableHttpClientTransport::from_uri(endpoint.url.clone());
            let client = connect(transport, revision).await;
            task.check(&report(&client, &task).await, revision.as_str());
            client.cancel().await.unwrap();
        }
    }
}

#[test]
fn the_revisions_are_those_that_the_servers_promise() {
    let known: Vec<&str> = ProtocolVersion::KNOWN_VERSIONS
        .iter()
        .map(ProtocolVersion::as_str)
        .collect();
    let promised = [
        "2024-11-05",
        "2025-03-26",
        "2025-06-18",
        "2025-11-25",
        "2026-07-28",
    ];
    assert_eq!(known, promised);
}
