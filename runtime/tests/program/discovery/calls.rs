//! Calls through the four tools: they are the calls themselves, within the filters, over HTTP too.

use rmcp::{
    ServiceExt as _, model::CallToolRequestParams, transport::StreamableHttpClientTransport,
};
use serde_json::json;

use super::{FOUR, discover, mistakes, names};
use crate::{
    api::Api,
    client::{call, connect, json, listen, program},
};

#[tokio::test]
async fn a_call_through_the_four_is_the_call_itself() {
    let (api, url) = Api::start().await;
    let (client, _child) = discover(&["--base-url", &url]).await;
    let (direct, _other) = connect(&["serve", "--base-url", &url]).await;
    for (door, tool, arguments) in [
        (
            "call_read_tool",
            "list_all_acme_works",
            json!({"limit": 2, "with": ["customer"]}),
        ),
        (
            "call_tool",
            "get_single_acme_work_by_id",
            json!({"id": "7"}),
        ),
        (
            "call_tool",
            "create_a_acme_work",
            json!({"name": "x", "customer_id": 5}),
        ),
        ("call_tool", "delete_a_acme_work_by_id", json!({"id": 7})),
        ("call_read_tool", "download_a_acme_work", json!({"id": 7})),
        ("call_tool", "create_a_acme_work", json!({"name": "bare"})),
        (
            "call_tool",
            "create_a_acme_work",
            json!({"nme": null, "customer_id": "x"}),
        ),
        (
            "call_read_tool",
            "list_all_acme_tickets",
            json!({"limit": 0, "next_cursor": 5}),
        ),
    ] {
        let expected = call(&direct, tool, arguments.clone()).await;
        let found = call(&client, door, json!({"name": tool, "arguments": arguments})).await;
        assert_eq!(found.is_error, expected.is_error);
        let mut expected_json = json(&expected);
        if expected.is_error == Some(true) {
            expected_json["tool"] = tool.into();
        }
        assert_eq!(json(&found), expected_json, "{tool} {arguments}");
        assert_eq!(
            found.content.len(),
            expected.content.len(),
            "a file comes along"
        );
    }
    let came = api.came();
    assert_eq!(came.len(), 12, "wrong arguments send nothing");
    for pair in came.chunks(2) {
        assert_eq!(
            (&pair[0].line, &pair[0].body),
            (&pair[1].line, &pair[1].body)
        );
    }
    let without = json(
        &call(
            &client,
            "call_read_tool",
            json!({"name": "list_all_acme_works"}),
        )
        .await,
    );
    assert_eq!(without["result_count"], 25);
}

#[tokio::test]
async fn a_tool_that_writes_is_not_called_as_one_that_reads() {
    let (api, url) = Api::start().await;
    let (client, _child) = discover(&["--base-url", &url]).await;
    for (tool, effect) in [
        ("create_a_acme_work", "write"),
        ("delete_a_acme_work_by_id", "destroy"),
    ] {
        let result = call(
            &client,
            "call_read_tool",
            json!({"name": tool, "arguments": {"id": 7, "name": "x"}}),
        )
        .await;
        let (at, why) = mistakes(&json(&result)).remove(0);
        let said = format!("`{tool}` writes (its effect is {effect}): call it through `call_tool`");
        assert_eq!(
            (result.is_error, at.as_str(), why),
            (Some(true), "name", said)
        );
    }
    let result = call(&client, "call_tool", json!({"name": "create_acme_work"})).await;
    assert!(
        json(&result)["message"]
            .as_str()
            .unwrap()
            .contains("did you mean `create_a_acme_work`?")
    );
    for (tool, way) in [
        ("list_all_acme_works", "`call_read_tool`"),
        ("create_a_acme_work", "`call_tool`"),
        ("serch_tools", "`search_tools`"),
    ] {
        let error = client
            .call_tool(CallToolRequestParams::new(tool))
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains(way), "{error}");
    }
    assert!(api.came().is_empty());
}

#[tokio::test]
async fn filters_hold_behind_the_four_too() {
    let (client, _child) = discover(&["--methods", "read", "--tags", "works"]).await;
    for query in ["create a work", "tickets", "delete work"] {
        let found = json(
            &call(
                &client,
                "search_tools",
                json!({"query": query, "limit": 20}),
            )
            .await,
        );
        let allowed = [
            "list_all_acme_works",
            "get_single_acme_work_by_id",
            "download_a_acme_work",
            "get_single_acme_overview_by_id",
        ];
        assert!(
            names(&found).iter().all(|it| allowed.contains(it)),
            "{query}: {found}"
        );
    }
    let none = json(&call(&client, "search_tools", json!({"query": "tickets"})).await);
    assert!(
        none["hint"]
            .as_str()
            .unwrap()
            .contains("--methods read --tags works"),
        "{none}"
    );
    for (door, arguments) in [
        ("get_tool_schema", json!({"names": ["create_a_acme_work"]})),
        (
            "call_tool",
            json!({"name": "create_a_acme_work", "arguments": {"name": "x"}}),
        ),
        ("call_read_tool", json!({"name": "list_all_acme_tickets"})),
    ] {
        let result = call(&client, door, arguments).await;
        let message = json(&result)["message"].as_str().unwrap().to_owned();
        assert!(
            result.is_error == Some(true) && message.contains("is not enabled here"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn it_is_the_same_over_http() {
    let (_api, url) = Api::start().await;
    let arguments = [
        "serve",
        "--expose",
        "discovery",
        "--base-url",
        &url,
        "--http",
        "127.0.0.1:0",
    ];
    let (_child, at) = listen(program(&arguments)).await;
    let client = ().serve(StreamableHttpClientTransport::from_uri(at)).await.unwrap();
    let tools = client.list_all_tools().await.unwrap();
    assert_eq!(
        tools.iter().map(|it| it.name.as_ref()).collect::<Vec<_>>(),
        FOUR
    );
    let found = json(&call(&client, "search_tools", json!({"query": "list works"})).await);
    assert_eq!(names(&found)[0], "list_all_acme_works");
    let listed = json(
        &call(
            &client,
            "call_read_tool",
            json!({"name": "list_all_acme_works", "arguments": {"limit": 3}}),
        )
        .await,
    );
    assert_eq!(listed["result_count"], 3);
}
