//! WIV: scrolls, runs, and the cases that the seeds hold.

use serde_json::{Value, json};

use crate::client::Client;

#[test]
fn lists_are_scrolled() {
    let client = Client::of("wiv");
    let first = client
        .get("/v2/cases?max_returned_items=10&severity=low")
        .with(200);
    let key = first.body["next_page_key"]["scroll_id"].as_str().unwrap();
    let second = client
        .get(&format!(
            "/v2/cases?max_returned_items=10&severity=low&scroll_id={key}"
        ))
        .with(200);
    assert_eq!(first.records().len(), 10);
    assert!(!second.records().is_empty() && first.first()["case_id"] != second.first()["case_id"]);
    client
        .get(&format!("/v2/cases?scroll_id={key}"))
        .with(400)
        .saying("other inputs");
    client
        .get("/v2/cases?scroll_id=made-up")
        .with(400)
        .saying("handed out");
}

#[test]
fn a_scroll_shows_each_record_once_and_old_scrolls_are_forgotten() {
    let client = Client::of("wiv");
    let (mut ids, mut path) = (Vec::new(), "/v2/cases?max_returned_items=7".to_owned());
    loop {
        let page = client.get(&path).with(200);
        let id = |case: &Value| case["case_id"].as_str().unwrap().to_owned();
        ids.extend(page.records().iter().map(id));
        match page.body["next_page_key"]["scroll_id"].as_str() {
            Some(key) => path = format!("/v2/cases?max_returned_items=7&scroll_id={key}"),
            None => break,
        }
    }
    let all = client.get("/v2/cases?max_returned_items=1000").with(200);
    assert_eq!(ids.len(), all.records().len());
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all.records().len());

    let first = client.get("/v2/cases?max_returned_items=1").with(200);
    let key = first.body["next_page_key"]["scroll_id"].as_str().unwrap();
    for _ in 0..100 {
        client.get("/v2/cases?max_returned_items=1").with(200);
    }
    client
        .get(&format!("/v2/cases?max_returned_items=1&scroll_id={key}"))
        .with(400)
        .saying("handed out");
}

#[test]
fn cases_are_searched_by_date() {
    let client = Client::of("wiv");
    let all = client.post("/v2/cases/search", &json!({})).with(200);
    assert_eq!(all.body["next_page_key"], Value::Null);
    let days = |case: &Value| case["created_at"].as_str().unwrap()[..10].to_owned();
    let newest = days(all.first());
    let some = client
        .post(
            "/v2/cases/search",
            &json!({"date_range": {"start": newest, "end": newest}}),
        )
        .with(200);
    assert!(!some.records().is_empty() && some.records().len() < all.records().len());
    assert!(some.records().iter().all(|case| days(case) == newest));
    let mut seen = 0;
    let mut key = Value::Null;
    loop {
        let mut body = json!({"max_returned_items": 15, "start_page_key": key});
        if key.is_null() {
            body.as_object_mut().unwrap().remove("start_page_key");
        }
        let page = client.post("/v2/cases/search", &body).with(200);
        seen += page.records().len();
        key = page.body["next_page_key"].clone();
        if key.is_null() {
            break;
        }
    }
    assert_eq!(seen, all.records().len());
    client
        .post(
            "/v2/cases/search",
            &json!({"date_range": {"start": "today", "end": newest}}),
        )
        .with(400);
    client
        .post("/v2/cases/search", &json!({"query": "x"}))
        .with(400)
        .saying("`query` is not known");
}

#[test]
fn tenants_see_their_own_cases() {
    let client = Client::of("wiv");
    let children = client.post("/v2/cases/msp/search", &json!({})).with(200);
    let customer = children.first()["customer_id"].as_str().unwrap().to_owned();
    let one = client
        .post(
            &format!("/v2/cases/msp/search?customer_id={customer}"),
            &json!({}),
        )
        .with(200);
    assert!(one.records().len() < children.records().len());
    assert!(
        client
            .get("/v2/cases")
            .records()
            .iter()
            .all(|case| case["customer_id"].is_null())
    );
    let mut headers = client.credentials();
    headers.push(("X-Wiv-Impersonated-Tenant-Id".to_owned(), customer));
    let own = client.send("GET", "/v2/cases", &headers, None).with(200);
    assert_eq!(own.records().len(), one.records().len());
}

#[test]
fn cases_are_counted() {
    let client = Client::of("wiv");
    let summary = client.get("/v2/cases/summary").with(200).body["data"].clone();
    let total = client
        .get("/v2/cases?max_returned_items=1000")
        .records()
        .len();
    assert_eq!(summary["total"], total);
    assert_eq!(
        summary["open"].as_u64().unwrap() + summary["closed"].as_u64().unwrap(),
        total as u64
    );
    let open = ["To Do", "Acknowledged", "In Progress", "Exclude"].map(|status| ("status", status));
    let open = client.list("/v2/cases", &open).with(200);
    assert_eq!(summary["open"], open.records().len());
    let severities = client.get("/v2/cases/filters/severity/values").with(200);
    assert_eq!(
        severities.records().len(),
        summary["by_severity"].as_array().unwrap().len()
    );
    client.get("/v2/cases/filters/colour/values").with(404);
}

#[test]
fn a_workflow_is_run_and_stopped() {
    let client = Client::of("wiv");
    let workflows = client.get("/workflows").with(200);
    let with = |key: &str, value: Value| {
        workflows
            .records()
            .iter()
            .find(|it| it[key] == value)
            .unwrap()["workflow_id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let workflow = with("labels", json!(["compute", "savings"]));
    let path = format!("/workflows/{workflow}");
    let details = client.get(&path).with(200).body["data"].clone();
    assert_eq!(details["parameters"][0]["name"], "account_id");
    let run = format!("{path}/run");
    client
        .post(&run, &json!({"payload": {}}))
        .with(400)
        .saying("`account_id` is required");
    client
        .post(&run, &json!({"payload": {"account_id": 5, "colour": 1}}))
        .with(400)
        .saying("type string")
        .saying("`colour`");
    let started = client
        .post(&run, &json!({"payload": {"account_id": "1"}}))
        .with(200)
        .body["data"]
        .clone();
    let execution = format!("/executions/{}", started["execution_id"].as_str().unwrap());
    assert_eq!(
        client.get(&execution).with(200).body["data"]["status"],
        "running"
    );
    assert_eq!(
        client.get(&path).body["data"]["last_execution"]["execution_id"],
        started["execution_id"]
    );
    assert_eq!(
        client.get(&format!("{path}/executions")).first()["execution_id"],
        started["execution_id"]
    );
    let stop = format!("{execution}/stop");
    assert_eq!(
        client
            .send("POST", &stop, &client.credentials(), None)
            .with(200)
            .body["data"]["status"],
        "stopped"
    );
    client
        .send("POST", &stop, &client.credentials(), None)
        .with(409)
        .saying("already ended");
    let disabled = with("enabled", json!(false));
    client
        .post(
            &format!("/workflows/{disabled}/run"),
            &json!({"payload": {}}),
        )
        .with(409)
        .saying("disabled");
    client.patch(&path, &json!({"enabled": false})).with(200);
    assert_eq!(client.get("/workflows?enabled=false").records().len(), 2);
}

#[test]
fn executions_went_well_and_badly() {
    let client = Client::of("wiv");
    for status in ["running", "pending", "succeeded", "failed"] {
        let some = client.list("/executions", &[("status", status)]).with(200);
        assert!(
            some.records()
                .iter()
                .all(|execution| execution["status"] == status),
            "{status}"
        );
        assert!(!some.records().is_empty(), "{status}");
    }
}
