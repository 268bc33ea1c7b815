//! What a composite read sends and answers: its parts at once, and in one result what came of each.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use crate::{
    api::{Api, KEY},
    client::{call, connect, json, program, run},
};

const TOOL: &str = "get_single_acme_overview_by_id";

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

#[tokio::test]
async fn every_part_is_read_and_shown_as_it_says() {
    let (api, url) = Api::start().await;
    // Neither works' nor tickets' own tools need be enabled.
    let (client, _child) = connect(&["serve", "--base-url", &url, "--methods", "get"]).await;
    let answer = json(&call(&client, TOOL, json!({"work": "7"})).await);
    let result = &answer["result"];
    assert_eq!(result["work"], json!({"id": 7, "list": [null, 1]}));
    assert_eq!(result["works"].as_array().map(Vec::len), Some(20));
    assert_eq!(result["works"][0], json!({"called": "Work 1"}));
    assert_eq!(answer["failed"], Value::Null);
    // The part that has more says how to go on, with the arguments that its cursor belongs to.
    let more = &answer["more"][0];
    assert_eq!(
        (&more["part"], &more["tool"]),
        (&json!("works"), &json!("list_all_acme_works"))
    );
    assert_eq!(
        sorted(api.lines()),
        [
            "GET /v1/tickets?pageSize=100",
            "GET /v1/works/7",
            "GET /v1/works?with%5B%5D=status&per_page=20"
        ]
    );

    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let rest = json(&call(&client, "list_all_acme_works", more["arguments"].clone()).await);
    assert_eq!(
        (&rest["result"][0]["id"], &rest["result_count"]),
        (&json!(21), &json!(10))
    );
}

#[tokio::test]
async fn a_part_that_fails_is_told_beside_the_others() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    api.refusals.store(1, Ordering::SeqCst);
    let outcome = call(&client, TOOL, json!({"work": "7"})).await;
    assert_ne!(outcome.is_error, Some(true));
    let answer = json(&outcome);
    assert_eq!(answer["result"]["work"]["id"], 7);
    assert_eq!(answer["result"].get("works"), None);
    let failed = &answer["failed"][0];
    assert_eq!(
        (&failed["part"], &failed["statusCode"]),
        (&json!("works"), &json!(503))
    );
}

#[tokio::test]
async fn a_required_part_fails_the_call_and_wrong_arguments_send_nothing() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let outcome = call(&client, TOOL, json!({"work": "absent"})).await;
    assert_eq!(outcome.is_error, Some(true));
    assert_eq!(json(&outcome)["statusCode"], 404);
    let before = api.came().len();
    let outcome = call(&client, TOOL, json!({"wrok": "7"})).await;
    assert_eq!(outcome.is_error, Some(true));
    assert_eq!(json(&outcome)["mistakes"].as_array().map(Vec::len), Some(2));
    // What a part's own tool refuses is told before any part is sent.
    let outcome = call(&client, TOOL, json!({"work": ".."})).await;
    assert_eq!(outcome.is_error, Some(true));
    assert_eq!(api.came().len(), before);
}

#[tokio::test]
async fn a_dry_run_shows_every_request() {
    let (api, url) = Api::start().await;
    let arguments = ["call", TOOL, "work=7", "--dry-run", "--base-url", &url];
    let (shown, _, code) = run(program(&arguments)).await;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let requests = shown["requests"].as_array().unwrap();
    let parts: Vec<_> = requests
        .iter()
        .filter_map(|it| it["part"].as_str())
        .collect();
    assert_eq!((parts, code), (vec!["work", "works", "tickets"], 0));
    assert_eq!(requests[0]["request"]["url"], format!("{url}/works/7"));
    assert!(api.came().is_empty() && !shown.to_string().contains(KEY));
}
