//! MCP over stdio: what is listed, which revisions are spoken, filters, prompts, completion.

use std::sync::atomic::Ordering;

use rmcp::model::{
    ArgumentInfo, CallToolRequestParams, CompleteRequestParams, GetPromptRequestParams,
    ProtocolVersion, Reference,
};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use crate::{
    acme::VENDOR,
    api::Api,
    client::{call, connect, json, program},
};

/// Sends lines to the program, closes stdin, and answers the lines that came back.
async fn exchange(arguments: &[&str], lines: &[Value]) -> Vec<String> {
    let mut child = program(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut came = Vec::new();
    for line in lines {
        stdin
            .write_all(format!("{line}\n").as_bytes())
            .await
            .unwrap();
        if line.get("id").is_some() {
            came.push(answers.next_line().await.unwrap().unwrap());
        }
    }
    drop(stdin);
    assert!(child.wait().await.unwrap().success());
    came
}

fn initialize(version: &str) -> Value {
    let client = json!({"name": "test", "version": "1"});
    let params = json!({"protocolVersion": version, "capabilities": {}, "clientInfo": client});
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
}

#[tokio::test]
async fn every_revision_with_initialize_is_spoken() {
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let answers = exchange(&["serve"], &[initialize(version)]).await;
        let answer: Value = serde_json::from_str(&answers[0]).unwrap();
        assert_eq!(answer["result"]["protocolVersion"], version);
        assert_eq!(answer["result"]["serverInfo"]["name"], "acme-mcp");
        assert_eq!(answer["result"]["instructions"], VENDOR.instructions);
        let capabilities = answer["result"]["capabilities"].as_object().unwrap();
        assert_eq!(
            capabilities.keys().collect::<Vec<_>>(),
            ["completions", "prompts", "tools"]
        );
    }
}

#[tokio::test]
async fn the_stateless_revision_needs_no_initialize() {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    });
    let request = |id: u32, method: &str| json!({"jsonrpc": "2.0", "id": id, "method": method, "params": {"_meta": meta}});
    let answers = exchange(
        &["serve"],
        &[request(1, "server/discover"), request(2, "tools/list")],
    )
    .await;
    let discovered: Value = serde_json::from_str(&answers[0]).unwrap();
    let versions = discovered["result"]["supportedVersions"]
        .as_array()
        .unwrap();
    assert!(
        versions.contains(&json!("2026-07-28")) && versions.contains(&json!("2024-11-05")),
        "{discovered}"
    );
    let listed: Value = serde_json::from_str(&answers[1]).unwrap();
    assert_eq!(listed["result"]["tools"].as_array().unwrap().len(), 8);
    assert_eq!(listed["result"]["resultType"], "complete");
}

#[tokio::test]
async fn the_list_on_the_wire_is_the_listing_files_in_bytes() {
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let answers = exchange(&["serve"], &[initialize("2025-11-25"), initialized, list]).await;
    let listings = VENDOR.entries().map(|entry| {
        serde_json::from_str::<Value>(entry.about.listing)
            .unwrap()
            .to_string()
    });
    let expected = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{{\"tools\":[{}]}}}}",
        listings.collect::<Vec<_>>().join(",")
    );
    assert_eq!(answers[1], expected);
}

#[tokio::test]
async fn filters_decide_what_is_listed_and_what_can_be_called() {
    let listed = async |arguments: &[&str]| {
        let mut all = vec!["serve", "--base-url", "http://127.0.0.1:9"];
        all.extend(arguments);
        let (client, child) = connect(&all).await;
        let names: Vec<String> = client
            .list_all_tools()
            .await
            .unwrap()
            .into_iter()
            .map(|tool| tool.name.into())
            .collect();
        (client, child, names)
    };
    let (_, _, names) = listed(&["--methods", "read", "--tags", "tickets"]).await;
    assert_eq!(names, ["acme_search_cases", "list_all_acme_tickets"]);
    let (_, _, names) = listed(&["--methods", "write"]).await;
    assert_eq!(names, ["create_a_acme_work", "delete_a_acme_work_by_id"]);
    let (_, _, names) = listed(&["--methods", "download,delete"]).await;
    assert_eq!(names, ["delete_a_acme_work_by_id", "download_a_acme_work"]);
    let (client, _child, names) =
        listed(&["--methods", "get", "--methods", "custom", "--tags", "works"]).await;
    assert_eq!(
        names,
        [
            "get_single_acme_work_by_id",
            "download_a_acme_work",
            "get_single_acme_overview_by_id"
        ]
    );
    let refused = |name: &'static str| client.call_tool(CallToolRequestParams::new(name));
    let error = refused("delete_a_acme_work_by_id")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("-32602") && error.contains("not enabled here"),
        "{error}"
    );
    let error = refused("get_single_acme_work_by_ids")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("did you mean `get_single_acme_work_by_id`?"),
        "{error}"
    );
}

#[tokio::test]
async fn without_credentials_it_starts_and_each_call_says_what_is_missing() {
    use rmcp::ServiceExt as _;

    let mut command = program(&["serve", "--base-url", "http://127.0.0.1:9"]);
    let mut child = command.env_remove("ACME_API_KEY").spawn().unwrap();
    let client =
        ().serve((child.stdout.take().unwrap(), child.stdin.take().unwrap()))
            .await
            .unwrap();
    assert_eq!(client.list_all_tools().await.unwrap().len(), 8);
    let answer = json(&call(&client, "list_all_acme_works", json!({})).await);
    assert_eq!(answer["error"], "missing_credentials");
    let message = answer["message"].as_str().unwrap();
    assert!(
        message.contains("ACME_API_KEY") && !message.contains("ACME_CLIENT_ID"),
        "{message}"
    );
}

#[tokio::test]
async fn prompts_are_filled_and_completed() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let prompts = client.list_all_prompts().await.unwrap();
    assert_eq!(
        (prompts.len(), prompts[0].title.as_deref()),
        (1, Some("Review a work"))
    );
    let arguments = json!({"work": "Roof"}).as_object().unwrap().clone();
    let prompt = client
        .get_prompt(GetPromptRequestParams::new("review").with_arguments(arguments))
        .await
        .unwrap();
    let text = &prompt.messages[0].content.as_text().unwrap().text;
    assert_eq!(
        text,
        "Review Roof of the last 24 hours with `list_all_acme_works`."
    );
    let error = client
        .get_prompt(GetPromptRequestParams::new("review"))
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("needs the argument `work`"), "{error}");

    let complete = async |argument: &str, typed: &str| {
        let argument = ArgumentInfo::new(argument, typed);
        let request = CompleteRequestParams::new(Reference::for_prompt("review"), argument);
        client.complete(request).await.unwrap().completion.values
    };
    assert_eq!(complete("hours", "1").await, ["1", "168"]);
    assert_eq!(
        complete("work", "work 2").await,
        [
            "Work 2", "Work 20", "Work 21", "Work 22", "Work 23", "Work 24", "Work 25", "Work 26",
            "Work 27", "Work 28", "Work 29"
        ]
    );
    assert_eq!(
        complete("work", "9").await,
        ["Work 9", "Work 19", "Work 29"]
    );
    assert_eq!(
        api.lines(),
        ["GET /v1/works?per_page=100"],
        "key strokes do not ask the vendor again"
    );
}

#[tokio::test]
async fn a_failed_look_up_is_not_kept_and_one_serves_all_who_wait() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let complete = async || {
        let argument = ArgumentInfo::new("work", "work 7");
        let request = CompleteRequestParams::new(Reference::for_prompt("review"), argument);
        client.complete(request).await.unwrap().completion.values
    };
    api.refusals.store(1, Ordering::SeqCst);
    assert!(complete().await.is_empty());
    let (one, other) = tokio::join!(complete(), complete());
    assert_eq!((one, other), (vec!["Work 7".into()], vec!["Work 7".into()]));
    assert_eq!(api.came().len(), 2);
}

#[tokio::test]
async fn a_prompt_is_offered_with_its_tools_only() {
    let (client, _child) = connect(&["serve", "--methods", "write"]).await;
    let capabilities = client.peer_info().unwrap().capabilities.clone();
    assert!(capabilities.prompts.is_none() && capabilities.completions.is_none());
    assert!(client.list_all_prompts().await.unwrap().is_empty());
    let error = client
        .get_prompt(GetPromptRequestParams::new("review"))
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("tools that are not enabled here"), "{error}");
    let error = client
        .get_prompt(GetPromptRequestParams::new("x".repeat(500)))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("there is no prompt") && error.len() < 300,
        "{error}"
    );
}

#[tokio::test]
async fn one_copy_of_an_answer_can_be_chosen() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url, "--answers", "structured"]).await;
    let result = call(&client, "get_single_acme_work_by_id", json!({"id": "7"})).await;
    assert!(result.content.is_empty() && result.structured_content.is_some());
    let (client, _child) = connect(&["serve", "--base-url", &url, "--answers", "text"]).await;
    let result = call(&client, "get_single_acme_work_by_id", json!({"id": "7"})).await;
    assert!(result.content.len() == 1 && result.structured_content.is_none());
}

#[tokio::test]
async fn rmcps_client_negotiates_a_revision() {
    let (client, _child) = connect(&["serve"]).await;
    let version = client.peer_info().unwrap().protocol_version.clone();
    assert!(
        ProtocolVersion::KNOWN_VERSIONS.contains(&version),
        "{version}"
    );
}

#[tokio::test]
async fn a_notification_before_initialize_does_no_harm() {
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let answers = exchange(&["serve"], &[initialized, initialize("2025-11-25")]).await;
    assert!(answers[0].contains("2025-11-25"));
}
