//! The shipped servers behind four tools, as raw messages: what is listed, found and shown, and the exact request of a call.

use acceptance::{CONNECTWISE_PSA, Listener, Reply, Session, VENDORS, WIWINK};
use serde_json::{Value, json};

const DISCOVERY: [&str; 2] = ["--expose", "discovery"];

fn names(found: &Value) -> Vec<&str> {
    let found = found.as_array().into_iter().flatten();
    found.filter_map(|it| it["name"].as_str()).collect()
}

#[test]
fn each_vendor_lists_four_tools_in_less_than_4_kilobytes() {
    for vendor in VENDORS {
        let mut session = Session::start(&vendor, &[&DISCOVERY[..], &["--sandbox"]].concat());
        let line = session.line("tools/list", Value::Null);
        assert!(line.len() < 4096, "{}: {} bytes", vendor.folder, line.len());
        let answer: Value = serde_json::from_str(&line).expect("the line is JSON");
        let four = [
            "search_tools",
            "get_tool_schema",
            "call_read_tool",
            "call_tool",
        ];
        assert_eq!(names(&answer["result"]["tools"]), four);
        assert_eq!(answer["result"]["nextCursor"], Value::Null);
        let tools = answer["result"]["tools"].as_array().into_iter().flatten();
        let bytes = tools.map(|it| it.to_string().len()).sum();
        let index = include_str!("../../generated/README.md");
        let row = format!("| `{}` | ", vendor.binary);
        let row = index
            .lines()
            .find(|it| it.starts_with(&row))
            .expect("a row");
        let cost = format!(" | {} |", codegen::compare::tokens(bytes));
        assert!(row.ends_with(&cost), "{row} does not end in{cost}");
    }
}

#[test]
fn every_tool_is_found_by_its_title_and_shown_as_it_is_listed() {
    for vendor in VENDORS {
        let mut session = Session::start(&vendor, &[&DISCOVERY[..], &["--sandbox"]].concat());
        let tools = vendor.tools();
        let mut missed = Vec::new();
        for tool in &tools {
            let listing = vendor.listing(tool);
            let query = json!({"query": listing["title"], "limit": 3});
            let found = session.call("search_tools", query).result();
            if !names(&found).contains(&tool.as_str()) {
                missed.push(format!("{}: {:?}", listing["title"], names(&found)));
            }
            let shown = session
                .call("get_tool_schema", json!({"names": [tool]}))
                .result();
            assert_eq!(shown, json!([listing]));
        }
        // Two tools may do much the same.
        assert!(
            missed.len() * 20 <= tools.len(),
            "{} of {}:\n{}",
            missed.len(),
            tools.len(),
            missed.join("\n")
        );
    }
}

#[test]
fn people_say_customer_where_the_vendor_says_company() {
    let mut session = Session::start(&CONNECTWISE_PSA, &[&DISCOVERY[..], &["--sandbox"]].concat());
    for (query, tool) in [
        (
            "which customers do we have",
            "list_all_connect_wise_psa_companies",
        ),
        ("open a new incident", "create_a_connect_wise_psa_ticket"),
        (
            "log time on a ticket",
            "create_a_connect_wise_psa_time_entry",
        ),
        (
            "list_all_connect_wise_psa_tikets",
            "list_all_connect_wise_psa_tickets",
        ),
        ("types of a bord", "list_all_connect_wise_psa_board_types"),
    ] {
        let found = session
            .call("search_tools", json!({"query": query, "limit": 3}))
            .result();
        assert!(names(&found).contains(&tool), "{query}: {found:#}");
        assert!(
            found[0]["why"].as_str().is_some_and(|it| !it.is_empty()),
            "{found:#}"
        );
    }
}

#[test]
fn what_would_be_too_large_at_once_is_left_for_another_call() {
    let options = [&DISCOVERY[..], &["--sandbox", "--max-answer", "6000"]].concat();
    let mut session = Session::start(&CONNECTWISE_PSA, &options);
    let tools = CONNECTWISE_PSA.tools();
    let lists: Vec<&String> = tools
        .iter()
        .filter(|it| it.starts_with("list_all"))
        .take(5)
        .collect();
    let shown = session
        .call("get_tool_schema", json!({"names": lists}))
        .json;
    let (kept, omitted) = (
        names(&shown["result"]).len(),
        shown["omitted"].as_array().map_or(0, Vec::len),
    );
    assert!(
        kept > 0 && omitted > 0 && kept + omitted == 5,
        "{kept} {omitted}"
    );
    assert!(shown["hint"].is_string());
}

#[test]
fn a_call_sends_the_exact_request_and_a_mistake_sends_nothing() {
    let listener = Listener::start(Reply::json(200, &json!({"id": 31, "summary": "Printer"})));
    let options = [&DISCOVERY[..], &["--base-url", &listener.url]].concat();
    let mut session = Session::start(&CONNECTWISE_PSA, &options);
    let tool = "get_single_connect_wise_psa_company_by_id";
    let wrong = session
        .call(
            "call_read_tool",
            json!({"name": tool, "arguments": {"id": "x", "ide": 1}}),
        )
        .failure();
    assert_eq!(
        (
            &wrong["tool"],
            &wrong["mistakes"][0]["at"],
            &wrong["mistakes"][1]["at"]
        ),
        (&json!(tool), &json!("id"), &json!("ide"))
    );
    let delete = "update_a_connect_wise_psa_ticket_by_id";
    let refused = session
        .call(
            "call_read_tool",
            json!({"name": delete, "arguments": {"id": 1}}),
        )
        .failure();
    assert!(
        refused["message"]
            .as_str()
            .is_some_and(|it| it.contains("`call_tool`")),
        "{refused}"
    );
    assert!(listener.came().is_empty());
    for door in ["call_read_tool", "call_tool"] {
        let answer = session.call(door, json!({"name": tool, "arguments": {"id": 31}}));
        assert_eq!(answer.result()["id"], 31);
    }
    let lines: Vec<String> = listener.came().into_iter().map(|it| it.line).collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines
            .iter()
            .all(|it| it.starts_with("GET /api/company/companies/31")),
        "{lines:?}"
    );
}

#[test]
fn the_sandbox_answers_a_call_through_the_four_as_a_direct_one() {
    let mut direct = Session::start(&WIWINK, &["--sandbox"]);
    let mut session = Session::start(&WIWINK, &[&DISCOVERY[..], &["--sandbox"]].concat());
    let arguments = json!({"limit": 2, "with": ["customer"]});
    let expected = direct.call("list_all_wiwink_works", arguments.clone()).json;
    let call = json!({"name": "list_all_wiwink_works", "arguments": arguments});
    let found = session.call("call_read_tool", call).json;
    // Each has a sandbox of its own, which counts its times from when it started.
    let ids = |it: &Value| {
        it.as_array()
            .into_iter()
            .flatten()
            .map(|it| it["id"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&found["result"]), ids(&expected["result"]));
    assert_eq!(
        (&found["result_count"], &found["next_cursor"]),
        (&json!(2), &expected["next_cursor"])
    );
}

#[test]
fn filters_decide_what_is_found_shown_and_called() {
    let filters = ["--sandbox", "--methods", "read", "--tags", "boards"];
    let mut plain = Session::start(&CONNECTWISE_PSA, &filters);
    let listed = plain.ask("tools/list", json!({}));
    let listed: Vec<&str> = listed["tools"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["name"].as_str())
        .collect();
    let options = [&DISCOVERY[..], &filters].concat();
    let mut session = Session::start(&CONNECTWISE_PSA, &options);
    for query in ["create a ticket", "companies", "board"] {
        let found = session
            .call("search_tools", json!({"query": query, "limit": 20}))
            .result();
        for name in names(&found) {
            let listing = CONNECTWISE_PSA.listing(name);
            assert_eq!(
                listing["annotations"]["readOnlyHint"], true,
                "{query}: {name}"
            );
            assert!(listed.contains(&name), "{query}: {name}");
        }
    }
    for (door, arguments) in [
        (
            "get_tool_schema",
            json!({"names": ["create_a_connect_wise_psa_ticket"]}),
        ),
        (
            "call_tool",
            json!({"name": "create_a_connect_wise_psa_ticket", "arguments": {"summary": "x"}}),
        ),
    ] {
        let refused = session.call(door, arguments).failure();
        assert!(
            refused["message"]
                .as_str()
                .is_some_and(|it| it.contains("not enabled here")),
            "{refused}"
        );
    }
}
