//! Long lists against the sandbox: page after page with its conditions, by keys or in an order; and queries of any length.

use acceptance::{CONNECTWISE_PSA, Session};
use serde_json::{Value, json};

const TICKETS: &str = "list_all_connect_wise_psa_tickets";
const PROJECT_TICKETS: &str = "list_all_connect_wise_psa_project_tickets";

fn sandbox() -> Session {
    Session::start(&CONNECTWISE_PSA, &["--sandbox", "--log-requests"])
}

/// The records of a list to its end, and in how many pages they came.
fn all(session: &mut Session, tool: &str, arguments: Value) -> (Vec<Value>, usize) {
    let pages = session.pages(tool, arguments);
    (pages.concat(), pages.len())
}

fn ids(records: &[Value]) -> Vec<i64> {
    let ids = records.iter().map(|it| it["id"].as_i64());
    ids.collect::<Option<_>>().expect("every record has an id")
}

/// The URLs of the requests that a program noted, each behind its method; and the bodies.
fn requests(output: &str) -> Vec<(String, Value)> {
    let notes = output
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    notes
        .filter(|note| note["request"].is_object())
        .map(|note| {
            let text = |key: &str| note["request"][key].as_str().unwrap_or_default().to_owned();
            (
                format!("{} {}", text("method"), text("url")),
                note["request"]["body"].clone(),
            )
        })
        .collect()
}

#[test]
fn pages_go_on_by_key_each_with_its_conditions() {
    let mut session = sandbox();
    let (whole, _) = all(
        &mut session,
        TICKETS,
        json!({"closed": false, "limit": 1000}),
    );
    let open = ids(&whole);
    let (paged, pages) = all(&mut session, TICKETS, json!({"closed": false, "limit": 4}));
    assert_eq!(ids(&paged), open);
    assert!(pages > 3, "{} open tickets in {pages} pages", open.len());
    assert!(open.is_sorted());
    let (every, _) = all(&mut session, TICKETS, json!({"limit": 1000}));
    assert!(every.len() > open.len(), "the condition selects nothing");
    let requests = requests(&session.finish());
    for (index, (url, _)) in requests[1..=pages].iter().enumerate() {
        assert!(url.contains("conditions=closedFlag%3DFalse"), "{url}");
        assert!(!url.contains("page="), "{url}");
        assert_eq!(url.contains("pageId="), index > 0, "{url}");
    }
}

#[test]
fn in_an_order_pages_go_on_by_number_each_with_its_order_and_conditions() {
    let mut session = sandbox();
    let order = json!([{"field": "summary", "direction": "desc"}, {"field": "id"}]);
    let arguments = json!({"closed": false, "order_by": order, "limit": 4});
    let (paged, pages) = all(&mut session, TICKETS, arguments);
    let (whole, _) = all(
        &mut session,
        TICKETS,
        json!({"closed": false, "limit": 1000}),
    );
    let mut expected = whole.clone();
    let summary = |it: &Value| it["summary"].as_str().unwrap_or_default().to_lowercase();
    expected.sort_by_key(|it| (std::cmp::Reverse(summary(it)), it["id"].as_i64()));
    assert_eq!(ids(&paged), ids(&expected));
    assert_ne!(ids(&paged), ids(&whole), "the order changes nothing");
    for (index, (url, _)) in requests(&session.finish())[..pages].iter().enumerate() {
        assert!(url.contains("conditions=closedFlag%3DFalse"), "{url}");
        assert!(url.contains("orderBy=summary%20desc%2Cid%20asc"), "{url}");
        assert!(!url.contains("pageId="), "{url}");
        assert_eq!(
            url.contains(&format!("page={}&", index + 1)),
            index > 0,
            "{url}"
        );
    }
}

#[test]
fn a_cursor_belongs_to_its_conditions_its_order_and_its_fields() {
    let mut session = sandbox();
    let arguments = json!({"closed": false, "limit": 4, "fields": ["city"]});
    let first = session.call(TICKETS, arguments);
    let cursor = first.json["next_cursor"].clone();
    assert!(cursor.is_string(), "{:#}", first.json);
    for other in [
        json!({"closed": true, "fields": ["city"]}),
        json!({"fields": ["city"]}),
        json!({"closed": false}),
        json!({"closed": false, "fields": ["*"]}),
        json!({"closed": false, "fields": ["city", "zip"]}),
        json!({"closed": false, "fields": ["city"], "order_by": [{"field": "id"}]}),
    ] {
        let mut arguments = other;
        arguments["next_cursor"] = cursor.clone();
        let failure = session.call(TICKETS, arguments.clone()).failure();
        assert_eq!(failure["mistakes"][0]["at"], "next_cursor", "{arguments}");
    }
    assert_eq!(requests(&session.finish()).len(), 1);
}

/// A condition that takes so many characters that no URL can hold it, and selects tickets by their ids.
fn long(wanted: &[i64]) -> Value {
    let others = 9_000_000..9_000_300;
    let ids: Vec<i64> = wanted.iter().copied().chain(others).collect();
    json!([{"field": "id", "op": "in", "value": ids}])
}

#[test]
fn a_query_that_is_too_long_for_a_url_goes_to_the_search_page_by_page() {
    for (tool, path) in [
        (TICKETS, "/service/tickets/search"),
        (PROJECT_TICKETS, "/project/tickets/search"),
    ] {
        for order in [None, Some(json!([{"field": "id", "direction": "desc"}]))] {
            search(tool, path, order.as_ref());
        }
    }
}

/// Asks for some records of a list by more ids than a URL holds.
fn search(tool: &str, path: &str, order: Option<&Value>) {
    let mut session = sandbox();
    let (every, _) = all(&mut session, tool, json!({"limit": 1000}));
    let mut wanted = ids(&every)[1..].to_vec();
    wanted.truncate(10);
    let limit = wanted.len().div_ceil(3);
    let mut arguments = json!({"conditions": long(&wanted), "limit": limit});
    if let Some(order) = order {
        arguments["order_by"] = order.clone();
        wanted.reverse();
    }
    let (found, pages) = all(&mut session, tool, arguments);
    assert_eq!(ids(&found), wanted);
    assert_eq!(pages, 3);
    for (index, (line, body)) in requests(&session.finish())[1..].iter().enumerate() {
        let (at, query) = line.split_once('?').expect("a query");
        assert!(at.starts_with("POST ") && at.ends_with(path), "{at}");
        assert!(query.starts_with("fields=id%2Csummary%2C"), "{query}");
        let page = format!("&page={}&", index + 1);
        match order {
            None => assert_eq!(query.contains("&pageId="), index > 0, "{query}"),
            Some(_) => assert_eq!(query.contains(&page), index > 0, "{query}"),
        }
        let conditions = body["conditions"].as_str();
        assert!(conditions.is_some_and(|it| it.len() > 1745));
        let ordered = order.map_or(Value::Null, |_| "id desc".into());
        assert_eq!(body.get("orderBy").unwrap_or(&Value::Null), &ordered);
    }
}

#[test]
fn elsewhere_a_query_that_is_too_long_is_refused_and_nothing_is_sent() {
    let mut session = sandbox();
    let arguments = json!({"conditions": long(&[])});
    let outcome = session.call("list_all_connect_wise_psa_companies", arguments);
    let failure = outcome.failure();
    let mistake = &failure["mistakes"][0];
    assert_eq!(mistake["at"], "conditions", "{failure:#}");
    let why = mistake["why"].as_str().expect("a reason");
    assert!(
        why.contains("1745") && why.contains("Nothing was sent"),
        "{why}"
    );
    assert!(requests(&session.finish()).is_empty());
}
