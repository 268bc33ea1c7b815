//! Wiwink in full: every resource family has the tools that make sense, each works and fails as it should against the sandbox,
//! related records are asked for by an enum, and money is never rounded.

mod tools;

use acceptance::{Listener, Reply, Session, WIWINK};
use serde_json::{Value, json};

use crate::tools::{bad, good, parts};

/// The families of resources, and what can be done to each.
const FAMILIES: [(&str, &str); 14] = [
    ("work", "list get create update delete"),
    ("installer", "list get create update delete"),
    // An assignment does not change: another takes its place.
    ("work_installer", "list get create delete"),
    ("proposal", "list get create update delete"),
    ("product", "list get create update delete"),
    ("signature", "list get create update delete"),
    // A signature has one document, and a new upload replaces it.
    ("signature_document", "get create delete"),
    ("signer", "list get create update delete"),
    // What is sent or cancelled is a state of the signature.
    ("signature_send", "create"),
    ("signature_cancel", "create"),
    ("customer", "list get create update delete"),
    ("contact", "list get create update delete"),
    ("status", "list get create update delete"),
    ("form", "list get create update delete"),
];

/// Writes that take something away, besides the deletions: they replace, or withdraw.
const DESTROYING: [&str; 2] = [
    "create_a_wiwink_work_installer",
    "create_a_wiwink_signature_cancel",
];

fn listed(session: &mut Session) -> Vec<Value> {
    let mut listed = session.ask("tools/list", Value::Null);
    listed["tools"]
        .as_array_mut()
        .map(std::mem::take)
        .expect("a list")
}

fn name(tool: &Value) -> &str {
    tool["name"].as_str().expect("a name")
}

#[test]
fn every_family_has_the_tools_that_make_sense_with_their_annotations() {
    let tools = listed(&mut Session::start(&WIWINK, &["--sandbox"]));
    let methods = |family: &str| {
        FAMILIES
            .iter()
            .find(|(it, _)| *it == family)
            .expect("a family")
            .1
    };
    for tool in &tools {
        let (method, family) = parts(name(tool));
        assert!(
            methods(family).split(' ').any(|it| it == method),
            "{}",
            name(tool)
        );
        let is_read = matches!(method, "list" | "get");
        let is_destroying = method == "delete" || DESTROYING.contains(&name(tool));
        let hints = [
            &tool["annotations"]["readOnlyHint"],
            &tool["annotations"]["destructiveHint"],
        ];
        assert_eq!(
            hints,
            [&json!(is_read), &json!(is_destroying)],
            "{}",
            name(tool)
        );
    }
    let count: usize = FAMILIES
        .iter()
        .map(|(_, methods)| methods.split(' ').count())
        .sum();
    assert_eq!(tools.len(), count);
}

#[test]
fn every_list_and_every_get_offers_its_related_records_as_an_enum() {
    for tool in listed(&mut Session::start(&WIWINK, &["--sandbox"])) {
        let (method, family) = parts(name(&tool));
        if !matches!(method, "list" | "get") {
            continue;
        }
        let with = &tool["inputSchema"]["properties"]["with"];
        // Statuses are what other records point at; they point at nothing.
        let relations = with["items"]["enum"].as_array().map_or(0, Vec::len);
        assert_eq!(
            relations == 0,
            family == "status",
            "{}: {with}",
            name(&tool)
        );
        assert!(
            family == "status" || with["type"] == "array",
            "{}",
            name(&tool)
        );
    }
}

#[test]
fn each_tool_works_and_each_fails_in_words_that_help() {
    let names: Vec<String> = listed(&mut Session::start(&WIWINK, &["--sandbox"]))
        .iter()
        .map(|it| name(it).to_owned())
        .collect();
    for name in names {
        let mut session = Session::start(&WIWINK, &["--sandbox"]);
        let arguments = good(&mut session, &name);
        let worked = session.call(&name, arguments.clone());
        assert!(!worked.failed, "{name} {arguments}: {:#}", worked.json);
        assert!(
            worked.json["result"] != json!([]),
            "{name} {arguments} answers nothing"
        );
        let (arguments, word) = bad(&mut session, &name);
        let failed = session.call(&name, arguments.clone()).failure();
        assert!(
            failed.to_string().contains(word),
            "{name} {arguments}: no {word} in {failed:#}"
        );
    }
}

#[test]
fn amounts_go_out_and_come_back_digit_by_digit() {
    let answer = r#"{"data": {"id": 5, "sub_amount": 1234567890123.45, "total_amount": 0.07, "tax_percentage": 7.25}}"#;
    let listener = Listener::start(Reply::text(201, "application/json", answer));
    let mut session = Session::start(&WIWINK, &["--base-url", &listener.url]);
    let arguments: Value = serde_json::from_str(
        r#"{"customer_id": 332, "sub_amount": 1500.10, "discount_amount": 9876543210.07, "tax_percentage": 7.25}"#,
    )
    .expect("it is JSON");
    let result = session.call("create_a_wiwink_proposal", arguments).result();
    let sent = String::from_utf8(listener.only().body).expect("it is text");
    assert_eq!(
        sent,
        r#"{"customer_id":332,"sub_amount":1500.1,"discount_amount":9876543210.07,"tax_percentage":7.25}"#
    );
    assert_eq!(
        result.to_string(),
        r#"{"id":5,"sub_amount":1234567890123.45,"total_amount":0.07,"tax_percentage":7.25}"#
    );
    for (amount, word) in [
        (json!(0.001), "0.01"),
        (json!(12_345_678_901_234.56), "exactly"),
    ] {
        let told = session
            .call(
                "create_a_wiwink_proposal",
                json!({"customer_id": 332, "sub_amount": amount}),
            )
            .failure();
        assert_eq!(told["mistakes"][0]["at"], "sub_amount");
        assert!(told.to_string().contains(word), "{told:#}");
    }
}

#[test]
fn lists_are_narrowed_to_days_both_ends_included() {
    let mut session = Session::start(&WIWINK, &["--sandbox"]);
    for (tool, property) in [
        ("list_all_wiwink_works", "scheduled_start"),
        ("list_all_wiwink_proposals", "created_at"),
        ("list_all_wiwink_signatures", "created_at"),
        ("list_all_wiwink_work_installers", "assigned_at"),
    ] {
        let all = session.call(tool, json!({"limit": 100})).result();
        let all = all.as_array().expect("a list");
        let day = |it: &Value| it[property].as_str().map(|it| it[..10].to_owned());
        let mut days: Vec<String> = all.iter().filter_map(day).collect();
        days.sort();
        let (from, to) = (&days[1], &days[days.len() / 2]);
        let found = session
            .call(
                tool,
                json!({"limit": 100, "date_from": from, "date_to": to}),
            )
            .result();
        let found = found.as_array().expect("a list");
        let is_within = |it: &&Value| day(it).is_some_and(|it| it >= *from && it <= *to);
        let expected: Vec<&Value> = all.iter().filter(is_within).collect();
        assert_eq!(
            found.iter().collect::<Vec<_>>(),
            expected,
            "{tool} from {from} to {to}"
        );
        assert!(found.len() < all.len(), "{tool}");
    }
}

#[test]
fn an_assignment_replaces_and_says_whom() {
    let mut session = Session::start(&WIWINK, &["--sandbox"]);
    let work = session.call("list_all_wiwink_works", json!({})).result()[0]["id"].take();
    let installers = session
        .call("list_all_wiwink_installers", json!({}))
        .result();
    let mut assign = |installer: &Value| {
        let arguments = json!({"work_id": work, "installer_id": installer["id"]});
        session
            .call("create_a_wiwink_work_installer", arguments)
            .result()
    };
    assign(&installers[0]);
    let second = assign(&installers[1]);
    assert_eq!(
        second["replaced_installer_ids"],
        json!([installers[0]["id"]])
    );
    let now = session
        .call("get_single_wiwink_work_by_id", json!({"id": work}))
        .result();
    assert_eq!(now["installer_ids"], json!([installers[1]["id"]]));
    session
        .call(
            "delete_a_wiwink_work_installer_by_id",
            json!({"id": second["id"]}),
        )
        .result();
    let now = session
        .call("get_single_wiwink_work_by_id", json!({"id": work}))
        .result();
    assert_eq!(now["installer_ids"], json!([]));
}
