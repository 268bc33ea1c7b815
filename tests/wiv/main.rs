//! WIV in full: its 34 tools and 5 prompts are there as its page lists them, each tool works and fails as it should against the
//! sandbox, scripts are refused, and what opens a customer's cloud is never shown.

mod tools;

use std::collections::BTreeSet;

use acceptance::{Listener, Reply, Session, WIV, command};
use serde_json::{Value, json};

use crate::tools::{Hint, good, tools};

const PROMPTS: [&str; 5] = [
    "workflow_overview",
    "check_recent_executions",
    "triage_open_cases",
    "run_workflow",
    "workflow_health_report",
];

#[test]
fn tools_and_prompts_are_those_of_the_page_with_its_annotations() {
    let mut session = Session::start(&WIV, &["--sandbox"]);
    let listed = session.ask("tools/list", Value::Null);
    let listed = listed["tools"].as_array().expect("a list");
    let names: BTreeSet<&str> = listed.iter().filter_map(|it| it["name"].as_str()).collect();
    let tools = tools();
    let expected: BTreeSet<&str> = tools.iter().map(|it| it.0).collect();
    assert_eq!((names, listed.len()), (expected, 34));
    for (name, hint, ..) in tools {
        let tool = listed
            .iter()
            .find(|it| it["name"] == name)
            .expect("it is listed");
        let hints = (
            &tool["annotations"]["readOnlyHint"],
            &tool["annotations"]["destructiveHint"],
        );
        assert_eq!(
            hints,
            (&json!(hint == Hint::Read), &json!(hint == Hint::Destroy)),
            "{name}"
        );
    }
    let prompts = session.ask("prompts/list", Value::Null);
    let prompts: Vec<&Value> = prompts["prompts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| &it["name"])
        .collect();
    for name in PROMPTS {
        assert!(
            prompts.contains(&&json!(name)),
            "{name} is not in {prompts:?}"
        );
    }
}

#[test]
fn each_tool_works_and_each_fails_in_words_that_help() {
    for (name, _, bad, word) in tools() {
        let mut session = Session::start(&WIV, &["--sandbox"]);
        let arguments = good(&mut session, name);
        let worked = session.call(name, arguments.clone());
        assert!(!worked.failed, "{name} {arguments}: {:#}", worked.json);
        assert!(
            worked.json["result"] != json!([]),
            "{name} {arguments} answers nothing"
        );
        let failed = session.call(name, bad.clone()).failure();
        assert!(
            failed.to_string().contains(word),
            "{name} {bad}: no {word} in {failed:#}"
        );
    }
}

#[test]
fn a_query_is_bounded_and_runs_no_script() {
    let mut session = Session::start(&WIV, &["--sandbox", "--log-requests"]);
    let deep = (0..14).fold(
        json!({"match_all": {}}),
        |inner, _| json!({"bool": {"must": inner}}),
    );
    let long = json!({"match": {"title": "x".repeat(20_000)}});
    let script = json!({"script_score": {"query": {"match_all": {}}, "script": {"source": "1"}}});
    let hidden = json!({"bool": {"filter": [{"script": {"script": "doc['x'].value > 1"}}]}});
    for tool in ["wiv_cases_query", "wiv_msp_cases_query"] {
        for (query, at, word) in [
            (&deep, "query", "levels"),
            (&long, "query", "bytes"),
            (&script, "query.script_score", "refused"),
            (&hidden, "query.bool.filter[0].script", "refused"),
        ] {
            let told = session.call(tool, json!({"query": query})).failure();
            let mistake = &told["mistakes"][0];
            assert_eq!(mistake["at"], at, "{told:#}");
            assert!(
                mistake["why"].as_str().expect("a reason").contains(word),
                "{told:#}"
            );
        }
    }
    assert!(!session.finish().contains("\"request\""), "nothing is sent");
}

#[test]
fn what_opens_a_cloud_is_shown_nowhere() {
    const ARN: &str = "arn:aws:iam::987654321098:role/Marker7c1f";
    const KEY: &str = "marker-41ab-private";
    // The vendor repeats it, in an answer and in an error.
    let echo = json!({"data": {"integration_id": "in-1", "integration_secret": {"role_arn": ARN}, "name": format!("of {KEY}")}});
    let refusal = json!({"error": format!("{KEY} cannot be used")});
    let aws = json!({"role_arn": ARN, "external_id": KEY});
    let gcp = json!({"service_account_key": {"type": "service_account", "private_key": KEY}});
    let wrong =
        json!({"role_arn": KEY, "external_id": 7_654_321, "service_account_key": KEY, (KEY): true});
    for (reply, options) in [
        (Reply::json(200, &echo), &["--log-requests"][..]),
        (
            Reply::json(422, &refusal),
            &["--log-requests", "--confirm", "writes"],
        ),
    ] {
        let listener = Listener::start(reply);
        let mut server = command(&WIV, &["serve", "--base-url", &listener.url]);
        server.args(options);
        let mut session = Session::over(server);
        for secret in [&aws, &gcp, &wrong] {
            let arguments = json!({"customer_id": "cust-1", "type": "AWS", "name": "Production", "integration_secret": secret});
            let told = session.call("wiv_create_customer_integration", arguments);
            assert_eq!(
                told.json["error"] == "invalid_arguments",
                secret == &wrong,
                "{:#}",
                told.json
            );
        }
        let all = session.finish();
        for marker in [ARN, KEY, "7654321"] {
            assert!(!all.contains(marker), "{marker} is shown:\n{all}");
        }
        // The vendor was told it, where a person need not say yes.
        let came = listener.came();
        assert!(came.is_empty() || came[0].json()["integration_secret"]["role_arn"] == ARN);
        assert_eq!(came.is_empty(), options.contains(&"--confirm"));
    }
}

#[test]
fn impersonation_is_an_input_that_becomes_the_header() {
    let listener = Listener::start(Reply::json(200, &json!({"data": []})));
    let mut session = Session::start(&WIV, &["--base-url", &listener.url]);
    assert!(
        !session
            .call(
                "wiv_list_datastores",
                json!({"impersonated_customer_id": "cust-1"})
            )
            .failed
    );
    assert!(!session.call("wiv_list_datastores", json!({})).failed);
    let came = listener.came();
    assert_eq!(
        came[0].header("x-wiv-impersonated-tenant-id"),
        Some("cust-1")
    );
    assert_eq!(came[1].header("x-wiv-impersonated-tenant-id"), None);
}

#[test]
fn lists_in_pages_hold_what_the_whole_list_holds() {
    let mut session = Session::start(&WIV, &["--sandbox"]);
    for tool in ["wiv_list_spaces", "wiv_list_folders"] {
        let whole = session.pages(tool, json!({}));
        let paged = session.pages(tool, json!({"limit": 1}));
        assert!(paged.len() > 1, "{tool}: one page alone tells nothing");
        assert_eq!(paged.concat(), whole.concat(), "{tool}");
    }
}
