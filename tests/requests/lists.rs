//! What a list asks for of its records, in which order, which part of it, and how where the query is long.

use acceptance::{CONNECTWISE_PSA, Listener, Reply, Session};
use serde_json::json;

use super::{call, connectwise, sent, shown, with_json};

/// What a list of tickets asks for of each.
pub(super) const TICKET_FIELDS: &str = "fields=id%2Csummary%2Cboard%2Fname%2Cstatus%2Fname%2Ccompany%2Fid%2Ccompany%2Fname%2Ccontact%2Fname\
     %2Ctype%2Fname%2Cowner%2Fidentifier%2Cpriority%2Fname%2CclosedFlag%2CrequiredDate%2C_info%2FdateEntered%2C_info%2FlastUpdated";

/// A request of a list that goes on by the ids of its records.
pub(super) fn forward(line: &str) -> String {
    format!("{}\npagination-type: forward-only", connectwise(line))
}

#[test]
fn fields_are_sent_behind_the_usual_and_an_order_ends_the_going_on_by_ids() {
    let arguments = json!({"fields": ["customFields", "board"], "order_by": [{"field": "priority/sort"}, {"field": "id", "direction": "desc"}]});
    let request = sent(
        &CONNECTWISE_PSA,
        "list_all_connect_wise_psa_tickets",
        arguments,
    );
    let fields = TICKET_FIELDS.replace("board%2Fname%2C", "") + "%2CcustomFields%2Cboard";
    let expected = format!(
        "GET /api/service/tickets?orderBy=priority%2Fsort%20asc%2Cid%20desc&{fields}&pageSize=25"
    );
    assert_eq!(request, connectwise(&expected));
    let request = sent(
        &CONNECTWISE_PSA,
        "list_all_connect_wise_psa_tickets",
        json!({"fields": ["*"]}),
    );
    assert_eq!(request, forward("GET /api/service/tickets?pageSize=25"));
}

#[test]
fn what_is_named_is_shown_though_it_is_null_and_what_is_not_is_stripped() {
    let record = json!({"id": 7, "summary": null, "closedDate": null, "owner": null, "_info": {"notes_href": "https://x.example"}});
    let (_, outcome) = call(
        &CONNECTWISE_PSA,
        "list_all_connect_wise_psa_tickets",
        json!({"fields": ["closedDate", "owner/name", "city"]}),
        Reply::json(200, &json!([record])),
    );
    let expected = json!([{"id": 7, "closedDate": null, "owner": null, "city": null}]);
    assert_eq!(outcome.result(), expected);
}

#[test]
fn a_query_too_long_for_a_url_goes_out_in_the_body_of_a_search() {
    let names: Vec<String> = (0..80).map(|it| format!("Board number {it:03}")).collect();
    let listed = names.iter().map(|it| format!("\"{it}\""));
    let condition = format!("board/name in ({})", listed.collect::<Vec<_>>().join(","));
    let conditions = json!([{"field": "board/name", "op": "in", "value": names}]);
    let arguments = json!({"conditions": conditions, "limit": 2});
    let tool = "list_all_connect_wise_psa_tickets";
    let line = format!("POST /api/service/tickets/search?{TICKET_FIELDS}&pageSize=2");
    let body = json!({"conditions": condition}).to_string();
    let request = sent(&CONNECTWISE_PSA, tool, arguments.clone());
    assert_eq!(request, with_json(&forward(&line), &body));

    let mut arguments = arguments;
    arguments["order_by"] = json!([{"field": "closedDate", "direction": "desc"}]);
    let body = json!({"conditions": condition, "orderBy": "closedDate desc"}).to_string();
    let request = sent(&CONNECTWISE_PSA, tool, arguments.clone());
    assert_eq!(request, with_json(&connectwise(&line), &body));

    // A list without a search refuses what it cannot send; so does one whose fields alone are too long.
    let conditions = json!([{"field": "name", "op": "in", "value": names}]);
    for (tool, arguments, at) in [
        (
            "list_all_connect_wise_psa_companies",
            json!({"conditions": conditions}),
            "conditions",
        ),
        (tool, json!({"fields": info(120)}), "fields"),
    ] {
        let reply = Reply::json(200, &json!([]));
        let (came, outcome) = call(&CONNECTWISE_PSA, tool, arguments, reply);
        assert_eq!(came.len(), 0, "{came:#?}");
        assert_eq!(outcome.failure()["mistakes"][0]["at"], at);
    }
}

/// So many paths below an object of free keys.
fn info(count: usize) -> Vec<String> {
    (0..count)
        .map(|it| format!("_info/property{it:03}"))
        .collect()
}

#[test]
fn forward_only_pages_start_after_the_id_that_the_link_names() {
    let reply = Reply::json(200, &json!([{"id": 8}, {"id": 9}])).with(
        "Link",
        "<https://elsewhere.example/x?pageSize=2&pageId=9>; rel=\"next\"",
    );
    let listener = Listener::start(reply);
    let mut session = Session::start(&CONNECTWISE_PSA, &["--base-url", &listener.url]);
    let tool = "list_all_connect_wise_psa_priorities";
    let first = session.call(tool, json!({"limit": 2}));
    let arguments = json!({"limit": 2, "next_cursor": first.json["next_cursor"]});
    assert!(!session.call(tool, arguments).failed);
    let came = listener.came();
    let line = |after: &str| {
        let fields = "fields=id%2Cname%2CsortOrder%2Clevel%2CdefaultFlag";
        format!("GET /api/service/priorities?{fields}&{after}pageSize=2")
    };
    assert_eq!(shown(&came[0]), forward(&line("")));
    assert_eq!(shown(&came[1]), forward(&line("pageId=9&")));
}
