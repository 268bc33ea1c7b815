//! The exact HTTP request of each encoding, seen by a listener in the vendor's place; and how its answers come back.

#[path = "requests/lists.rs"]
mod lists;

use std::process::Stdio;

use acceptance::{
    CONNECTWISE_PSA, Came, Endpoint, Listener, Outcome, Reply, Session, VENDORS, Vendor, WIV,
    WIWINK, command,
};
use serde_json::{Value, json};

/// What no output may hold: secrets, and the Basic header that is made of one.
const SECRETS: [&str; 4] = [
    "secret-token-7c1f",
    "secret-private-9d3e",
    "secret-key-41ab",
    BASIC,
];
const BASIC: &str = "YWNtZStwdWJsaWMtMmI6c2VjcmV0LXByaXZhdGUtOWQzZQ==";

/// Calls a tool while a listener stands in the vendor's place; no secret may be seen in what the program writes.
fn call(vendor: &Vendor, tool: &str, arguments: Value, reply: Reply) -> (Vec<Came>, Outcome) {
    let listener = Listener::start(reply);
    let mut session = Session::start(vendor, &["--base-url", &listener.url, "--log-requests"]);
    let outcome = session.call(tool, arguments);
    let output = session.finish();
    for secret in SECRETS {
        assert!(!output.contains(secret), "{tool} shows a secret:\n{output}");
    }
    (listener.came(), outcome)
}

/// The one request of a call that is answered with an empty JSON object or list.
fn sent(vendor: &Vendor, tool: &str, arguments: Value) -> String {
    let empty = if tool.contains("list_all_connect") {
        json!([])
    } else {
        json!({"data": []})
    };
    let (came, outcome) = call(vendor, tool, arguments, Reply::json(200, &empty));
    assert!(!outcome.failed, "{:#}", outcome.json);
    assert_eq!(came.len(), 1, "{came:#?}");
    shown(&came[0])
}

/// A request as text: line, headers, body.
fn shown(came: &Came) -> String {
    let mut lines = vec![came.line.clone()];
    lines.extend(
        came.headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    if !came.body.is_empty() {
        lines.push(String::from_utf8_lossy(&came.body).into_owned());
    }
    lines.join("\n")
}

fn wiwink(line: &str) -> String {
    format!("{line}\naccept: application/json\nauthorization: Bearer secret-token-7c1f")
}

fn connectwise(line: &str) -> String {
    format!(
        "{line}\naccept: application/vnd.connectwise.com+json; version=2025.8\nauthorization: Basic {BASIC}\nclientid: 6f0c-client"
    )
}

/// The headers and text of a JSON body, around the headers of a request.
fn with_json(request: &str, body: &str) -> String {
    let (line, headers) = request.split_once('\n').expect("headers follow");
    let mut headers: Vec<String> = headers.lines().map(str::to_owned).collect();
    headers.push("content-type: application/json".to_owned());
    headers.push(format!("content-length: {}", body.len()));
    headers.sort();
    format!("{line}\n{}\n{body}", headers.join("\n"))
}

#[test]
fn an_array_goes_out_as_one_bracketed_key_repeated() {
    let arguments =
        json!({"with": ["customer", "status"], "customer_id": 551, "date_from": "2026-11-16"});
    assert_eq!(
        sent(&WIWINK, "list_all_wiwink_works", arguments),
        wiwink(
            "GET /api/works?customer_id=551&date_from=2026-11-16&with%5B%5D=customer&with%5B%5D=status&per_page=25"
        )
    );
}

#[test]
fn a_relation_that_the_resource_does_not_have_is_refused_before_any_call() {
    let arguments = json!({"with": ["customer", "invoices"]});
    let reply = Reply::json(200, &json!({"data": []}));
    let (came, outcome) = call(&WIWINK, "list_all_wiwink_works", arguments, reply);
    assert_eq!(came.len(), 0, "{came:#?}");
    assert_eq!(outcome.failure()["mistakes"][0]["at"], "with[1]");
}

#[test]
fn a_json_body_holds_what_was_given_in_the_specs_order() {
    let arguments = json!({"comment": "é \"quoted\"", "customer_id": 8914, "status": "draft", "sub_amount": 1500, "tax_percentage": 10.5});
    let body = r#"{"customer_id":8914,"status":"draft","comment":"é \"quoted\"","sub_amount":1500,"tax_percentage":10.5}"#;
    assert_eq!(
        sent(&WIWINK, "create_a_wiwink_proposal", arguments),
        with_json(&wiwink("POST /api/proposals"), body)
    );
}

#[test]
fn a_document_goes_out_as_its_bytes() {
    let reply = Reply::json(201, &json!({"data": {"id": 5}}));
    // The base64 of the bytes below.
    let arguments = json!({"signature_id": 992, "content": "JVBERi0xLjcK4uPP0wD/"});
    let (came, outcome) = call(
        &WIWINK,
        "create_a_wiwink_signature_document",
        arguments,
        reply,
    );
    assert_eq!(outcome.result(), json!({"id": 5}));
    // A step of a procedure looks first; an answer that does not say how far the signature is holds nothing up.
    assert_eq!(came[0].line, "GET /api/signatures/992");
    assert_eq!(came[1].line, "POST /api/signatures/992/document");
    assert_eq!(came[1].header("content-type"), Some("application/pdf"));
    assert_eq!(came[1].body, b"%PDF-1.7\n\xe2\xe3\xcf\xd3\x00\xff");
}

#[test]
fn clauses_become_one_condition_quoted_and_encoded() {
    let arguments = json!({
        "board": "Triage",
        "company_id": 123,
        "summary_contains": "say \"hi\" & go",
        "created_since": "2026-11-20T10:00:00+02:00",
        "conditions": [
            {"field": "priority/id", "op": "in", "value": [1, 2]},
            {"field": "closedFlag", "op": "equals", "value": false},
        ],
        "limit": 5,
    });
    let request = sent(
        &CONNECTWISE_PSA,
        "list_all_connect_wise_psa_tickets",
        arguments,
    );
    let expected = "GET /api/service/tickets?conditions=board%2Fname%3D%22Triage%22\
        %20and%20company%2Fid%3D123\
        %20and%20summary%20contains%20%27say%20%22hi%22%20%26%20go%27\
        %20and%20_info%2FdateEntered%3E%3D%5B2026-11-20T08%3A00%3A00Z%5D\
        %20and%20priority%2Fid%20in%20%281%2C2%29\
        %20and%20closedFlag%3DFalse";
    let expected = format!("{expected}&{}&pageSize=5", lists::TICKET_FIELDS);
    assert_eq!(request, lists::forward(&expected));
}

#[test]
fn groups_children_and_custom_fields_go_out_in_parameters_of_their_own() {
    let arguments = json!({
        "unassigned": false,
        "conditions": [{"any": [
            {"field": "severity", "op": "equals", "value": "High"},
            {"field": "requiredDate", "op": "is_null"},
        ]}],
        "custom_field_conditions": [{"caption": "Root Cause", "op": "contains", "value": "50%"}],
    });
    let request = sent(
        &CONNECTWISE_PSA,
        "list_all_connect_wise_psa_tickets",
        arguments,
    );
    let expected = "conditions=owner%2Fid%21%3Dnull%20and%20%28severity%3D%22High%22%20or%20requiredDate%3Dnull%29\
        &customFieldConditions=caption%3D%22Root%20Cause%22%20and%20value%20contains%20%2250%25%22";
    assert!(request.contains(expected), "{request}");

    let arguments = json!({
        "reached_by": "jane+it@example.com",
        "child_conditions": [{"field": "communicationItems/communicationType", "op": "equals", "value": "Email"}],
    });
    let request = sent(
        &CONNECTWISE_PSA,
        "list_all_connect_wise_psa_contacts",
        arguments,
    );
    let expected = "childConditions=communicationItems%2Fvalue%3D%22jane%2Bit%40example.com%22\
        %20and%20communicationItems%2FcommunicationType%3D%22Email%22";
    assert!(request.contains(expected), "{request}");
}

#[test]
fn an_update_goes_out_as_json_patch() {
    let arguments = json!({
        "id": 5012, "board": "Server Team", "company": "AcmeCorp", "priority": 3, "clear": ["owner"]
    });
    let body = concat!(
        r#"[{"op":"replace","path":"board","value":{"name":"Server Team"}},"#,
        r#"{"op":"replace","path":"company","value":{"identifier":"AcmeCorp"}},"#,
        r#"{"op":"remove","path":"owner"},"#,
        r#"{"op":"replace","path":"priority","value":{"id":3}}]"#
    );
    assert_eq!(
        sent(
            &CONNECTWISE_PSA,
            "update_a_connect_wise_psa_ticket_by_id",
            arguments
        ),
        with_json(&connectwise("PATCH /api/service/tickets/5012"), body)
    );
}

#[test]
fn a_note_is_internal_unless_its_place_is_said() {
    let at = connectwise("POST /api/service/tickets/5012/notes");
    let cases = [
        (json!({}), r#"{"text":"t","internalAnalysisFlag":true}"#),
        (
            json!({"resolution_flag": false}),
            r#"{"text":"t","resolutionFlag":false,"internalAnalysisFlag":true}"#,
        ),
        (
            json!({"resolution_flag": true}),
            r#"{"text":"t","resolutionFlag":true}"#,
        ),
        (
            json!({"internal_analysis_flag": false, "detail_description_flag": true}),
            r#"{"text":"t","detailDescriptionFlag":true,"internalAnalysisFlag":false}"#,
        ),
    ];
    for (places, body) in cases {
        let mut arguments = json!({"ticket_id": 5012, "text": "t"});
        let places = places.as_object().cloned().unwrap_or_default();
        arguments.as_object_mut().expect("arguments").extend(places);
        let tool = "create_a_connect_wise_psa_ticket_note";
        assert_eq!(
            sent(&CONNECTWISE_PSA, tool, arguments),
            with_json(&at, body)
        );
    }
}

#[test]
fn the_impersonated_tenant_goes_out_as_a_header_and_ids_stay_one_segment() {
    let arguments = json!({"workflow_id": "wf/1 é?", "impersonated_customer_id": "cust-7", "payload": {"region": "eu", "sizes": [1, null]}});
    let request = "POST /api/workflows/wf%2F1%20%C3%A9%3F/run\naccept: application/json\nx-api-key: secret-key-41ab\nx-wiv-impersonated-tenant-id: cust-7";
    assert_eq!(
        sent(&WIV, "wiv_start_execution", arguments),
        with_json(request, r#"{"payload":{"region":"eu","sizes":[1,null]}}"#)
    );
}

#[test]
fn a_search_pages_in_its_body_and_a_list_repeats_its_key() {
    let headers = "accept: application/json\nx-api-key: secret-key-41ab";
    assert_eq!(
        sent(&WIV, "wiv_search_cases", json!({"limit": 5})),
        with_json(
            &format!("POST /api/v2/cases/search\n{headers}"),
            r#"{"max_returned_items":5}"#
        )
    );
    assert_eq!(
        sent(
            &WIV,
            "wiv_list_cases",
            json!({"status": ["To Do", "In Progress"]})
        ),
        format!(
            "GET /api/v2/cases?status=To%20Do&status=In%20Progress&max_returned_items=50\n{headers}"
        )
    );
}

#[test]
fn a_callers_own_key_goes_out_only_where_the_operator_allows_it() {
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "wiv_get_cases_filters", "arguments": {}}});
    for (options, key) in [
        (vec!["--allow-caller-key"], "secret-of-the-caller"),
        (vec![], "secret-key-41ab"),
    ] {
        let listener = Listener::start(Reply::json(200, &json!({"data": []})));
        let mut all = vec!["--base-url", &listener.url, "--log-requests"];
        all.extend(options);
        let endpoint = Endpoint::start(&WIV, &all);
        let answer = endpoint.post(&[("x-api-key", "secret-of-the-caller")], &call);
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(listener.only().header("x-api-key"), Some(key));
        let told = format!("{}{}", endpoint.output(), answer.body);
        assert!(!told.contains("secret-"), "{told}");
    }
}

#[test]
fn a_rate_limit_goes_out_at_once_and_nothing_is_tried_again() {
    let reply = Reply::json(429, &json!({"message": "Slow down."}))
        .with("Retry-After", "7")
        .with("X-RateLimit-Limit", "100")
        .with("X-RateLimit-Remaining", "0")
        .with("X-RateLimit-Reset", "30");
    let (came, outcome) = call(&WIWINK, "list_all_wiwink_works", json!({}), reply);
    assert_eq!(came.len(), 1, "{came:#?}");
    let failure = outcome.failure();
    assert_eq!(failure["statusCode"], 429);
    assert_eq!(failure["message"], "Slow down.");
    assert_eq!(failure["vendor"], json!({"message": "Slow down."}));
    assert_eq!(
        failure["ratelimit"],
        json!({"limit": 100, "remaining": 0, "reset": 30, "retry_after": 7})
    );
}

#[test]
fn a_server_that_fails_is_asked_once() {
    for status in [408, 500, 502, 503, 504] {
        let reply = Reply::json(status, &json!({"message": "Later."})).with("Retry-After", "0");
        let arguments = json!({"work_id": 10452, "installer_id": 77});
        let (came, outcome) = call(&WIWINK, "create_a_wiwink_work_installer", arguments, reply);
        assert_eq!(came.len(), 1, "{came:#?}");
        assert_eq!(outcome.failure()["statusCode"], status);
    }
}

#[test]
fn a_page_of_html_is_no_answer() {
    let reply = Reply::text(200, "text/html", "<!DOCTYPE html><title>Log in</title>");
    let (came, outcome) = call(&WIWINK, "list_all_wiwink_works", json!({}), reply);
    assert_eq!(came.len(), 1);
    let failure = outcome.failure();
    assert_eq!(failure["error"], "unreadable_answer", "{failure:#}");
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("HTML"), "{message}");
}

#[test]
fn a_delete_that_answers_nothing_answers_the_id() {
    let (came, outcome) = call(
        &WIWINK,
        "delete_a_wiwink_contact_by_id",
        json!({"id": 7}),
        Reply::empty(204),
    );
    assert_eq!(shown(&came[0]), wiwink("DELETE /api/contacts/7"));
    assert_eq!(outcome.json, json!({"result": {"id": 7}}));
}

#[test]
fn a_secret_that_the_vendor_repeats_is_taken_out() {
    let said = json!({"error": "the key secret-key-41ab is not known"});
    let (_, outcome) = call(
        &WIV,
        "wiv_list_workflows",
        json!({}),
        Reply::json(401, &said),
    );
    let failure = outcome.failure();
    assert_eq!(failure["statusCode"], 401);
    assert_eq!(failure["message"], "the key <redacted> is not known");
}

#[test]
fn no_command_shows_a_secret() {
    let refusal = Reply::json(401, &json!({"message": "Who are you?"}));
    let listener = Listener::start(refusal);
    for vendor in &VENDORS {
        let list = vendor
            .tools()
            .into_iter()
            .find(|it| it.contains("list"))
            .unwrap();
        for arguments in [
            vec!["doctor"],
            vec!["tools"],
            vec!["call", &list],
            vec!["call", &list, "--dry-run"],
            vec!["--help"],
        ] {
            let mut command = command(vendor, &arguments);
            command
                .env(vendor.base_url, &listener.url)
                .stdin(Stdio::null());
            let output = command.output().unwrap();
            let told = [output.stdout, output.stderr].concat();
            let told = String::from_utf8_lossy(&told);
            assert!(!told.is_empty());
            for secret in SECRETS {
                assert!(
                    !told.contains(secret),
                    "{arguments:?} shows a secret:\n{told}"
                );
            }
        }
    }
    assert!(!listener.came().is_empty(), "no command asked the vendor");
}
