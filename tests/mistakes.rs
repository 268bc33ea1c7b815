//! All that is wrong with the arguments of a call is told at once, as a tool result that a model can correct.

use acceptance::{CONNECTWISE_PSA, Listener, Reply, Session, Vendor, WIV, WIWINK};
use serde_json::{Value, json};

/// Calls a tool with wrong arguments; answers the mistakes as `at: why`. Nothing may leave.
fn mistakes(vendor: &Vendor, tool: &str, arguments: Value) -> Vec<String> {
    let listener = Listener::start(Reply::json(200, &json!({})));
    let mut session = Session::start(vendor, &["--base-url", &listener.url]);
    let failure = session.call(tool, arguments).failure();
    assert_eq!(failure["statusCode"], 400, "{failure:#}");
    assert_eq!(failure["error"], "invalid_arguments");
    assert_eq!(listener.came().len(), 0, "a request left");
    let message = failure["message"].as_str().unwrap_or_default();
    let mistakes = failure["mistakes"].as_array().expect("a list");
    for mistake in mistakes {
        let why = mistake["why"].as_str().expect("a reason");
        assert!(message.contains(why), "{message}");
    }
    let line = |it: &Value| format!("{}: {}", text(&it["at"]), text(&it["why"]));
    mistakes.iter().map(line).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

#[test]
fn an_unknown_a_mistyped_and_a_missing_argument_are_one_result() {
    let arguments = json!({"costumer_id": 551, "sub_amount": "1500 euro", "status": "draft"});
    assert_eq!(
        mistakes(&WIWINK, "create_a_wiwink_proposal", arguments),
        [
            "customer_id: required input is missing",
            "sub_amount: expected a number, got the string \"1500 euro\"",
            "costumer_id: unknown input `costumer_id`; did you mean `customer_id`?",
        ]
    );
    let arguments = json!({"sumary": "Server is down", "company": true});
    assert_eq!(
        mistakes(
            &CONNECTWISE_PSA,
            "create_a_connect_wise_psa_ticket",
            arguments
        ),
        [
            "summary: required input is missing",
            "company: expected the id (a number) or the identifier (a text), got the boolean true",
            "sumary: unknown input `sumary`; did you mean `summary`?",
        ]
    );
    let arguments = json!({"workflow": "wf-1", "payload": [1]});
    assert_eq!(
        mistakes(&WIV, "wiv_start_execution", arguments),
        [
            "workflow_id: required input is missing",
            "payload: expected an object, got an array",
            "workflow: unknown input `workflow`; did you mean `workflow_id`?",
        ]
    );
}

#[test]
fn a_mistake_within_a_value_says_where() {
    let arguments = json!({"with": ["customer", "staff"], "limit": 1000, "type": null});
    assert_eq!(
        mistakes(&WIWINK, "list_all_wiwink_works", arguments),
        [
            "type: null is not accepted; leave the input out",
            "with[1]: expected one of \"customer\", \"status\", \"installers\", \"form\", got the string \"staff\"",
            "limit: must be from 1 to 100, got 1000",
        ]
    );
}

#[test]
fn a_tool_that_does_not_exist_is_no_tool_result() {
    let mut session = Session::start(&WIWINK, &[]);
    let line = session.line("tools/call", json!({"name": "list_all_wiwink_work"}));
    assert!(line.contains("-32602"), "{line}");
    assert!(
        line.contains("did you mean `list_all_wiwink_works`"),
        "{line}"
    );
}

#[test]
fn a_cursor_of_another_query_is_refused() {
    let mut session = Session::start(&WIWINK, &["--sandbox"]);
    let first = session.call("list_all_wiwink_customers", json!({"limit": 1}));
    let cursor = first.json["next_cursor"].as_str().expect("there is more");
    let arguments = json!({"limit": 1, "city": "Seattle", "next_cursor": cursor});
    let failure = session
        .call("list_all_wiwink_customers", arguments)
        .failure();
    assert_eq!(failure["mistakes"][0]["at"], "next_cursor", "{failure:#}");
}
