//! What is answered to a request that the spec does not allow, and what the switches do.

use serde_json::json;

use crate::client::Client;

#[test]
fn a_request_without_the_right_credentials_is_refused() {
    for (vendor, path) in [
        ("wiwink", "/works"),
        ("connectwise_psa", "/service/tickets"),
        ("wiv", "/workflows"),
    ] {
        let client = Client::of(vendor);
        client
            .send("GET", path, &[], None)
            .with(401)
            .saying("is missing");
        let mut credentials = client.credentials();
        for at in 0..credentials.len() {
            let right = std::mem::replace(&mut credentials[at].1, "wrong".to_owned());
            let answer = client.send("GET", path, &credentials, None).with(401);
            assert!(!answer.text.contains(&right));
            credentials[at].1 = right;
        }
    }
}

#[test]
fn each_mistake_is_named() {
    let client = Client::of("wiwink");
    client.get("/wrks").with(404);
    client.get("/works/1").with(404).saying("among the works");
    client.json("PUT", "/works", &json!({})).with(405);
    client
        .get("/works?colour=red")
        .with(400)
        .saying("`colour` is not known");
    client
        .get("/works?customer_id=abc")
        .with(400)
        .saying("`customer_id` is refused");
    client
        .get("/works?customer_id=1&customer_id=2")
        .with(400)
        .saying("`customer_id` is refused");
    client
        .get("/works?with%5B%5D=colour")
        .with(400)
        .saying("with[]");
    client
        .get("/works?with=customer")
        .with(400)
        .saying("`with` is not known");
    client
        .get("/works?per_page=101")
        .with(400)
        .saying("`per_page` is refused");
    client
        .get("/works?date_from=yesterday")
        .with(400)
        .saying("`date_from` is refused");
    client
        .post("/works", &json!({"title": "x"}))
        .with(400)
        .saying("`customer_id` is required");
    client
        .post("/works", &json!({"customer_id": "1", "title": "x"}))
        .with(400)
        .saying("`customer_id` is refused");
    client
        .post(
            "/works",
            &json!({"customer_id": 1, "title": "x", "colour": 1}),
        )
        .with(400)
        .saying("`colour` is not known");
    client
        .send(
            "POST",
            "/works",
            &client.credentials(),
            Some(("text/plain", b"{}")),
        )
        .with(400)
        .saying("application/json");
    client
        .send(
            "POST",
            "/works",
            &client.credentials(),
            Some(("application/json", b"{")),
        )
        .with(400)
        .saying("not JSON");
    client
        .send("POST", "/works", &client.credentials(), None)
        .with(400)
        .saying("body is required");
    client
        .json("GET", "/works", &json!({}))
        .with(400)
        .saying("no body");
    let all = client
        .post("/works", &json!({"title": 1, "colour": 1}))
        .with(400);
    assert_eq!(
        all.body["errors"].as_object().unwrap().len(),
        3,
        "{}",
        all.text
    );
}

#[test]
fn what_only_the_server_sets_is_refused() {
    let client = Client::of("connectwise_psa");
    let company = client.get("/company/companies").first()["id"].clone();
    let ticket = json!({"id": 1, "summary": "x", "company": {"id": company, "name": "x"}});
    client
        .post("/service/tickets", &ticket)
        .with(400)
        .saying("`id` is read-only")
        .saying("`company/name` is read-only");
}

#[test]
fn the_limit_is_reached_after_so_many_requests() {
    let client = Client::start("wiwink", 1, &["rate_limit=2"]);
    assert_eq!(
        client
            .get("/works")
            .with(200)
            .header("x-ratelimit-remaining"),
        Some("1")
    );
    client.get("/works").with(200);
    let refused = client.get("/works").with(429);
    assert_eq!(refused.header("retry-after"), Some("30"));
    assert_eq!(refused.header("x-ratelimit-limit"), Some("2"));
    let client = Client::start("connectwise_psa", 1, &["rate_limit=0"]);
    let refused = client.get("/service/tickets").with(429);
    assert_eq!(
        refused.body,
        json!({"error": "ConnectWiseAPI", "message": "Too many requests. Please try again in 30 seconds."})
    );
}

#[test]
fn failures_come_on_demand() {
    let client = Client::start("wiv", 1, &["fail=503"]);
    client.get("/workflows").with(503);
    client.get("/workflows").with(503).saying("error");
    let client = Client::start("wiv", 1, &["fail_once=500"]);
    client.get("/workflows").with(500);
    client.get("/workflows").with(200);
    let client = Client::start("wiv", 1, &["html"]);
    assert_eq!(
        client.get("/workflows").with(200).header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

/// What is said of a switch that there is not.
fn refusal(description: &str, switch: &str) -> String {
    let order = sandbox::Order {
        seed: 1,
        switches: &[switch.to_owned()],
        tls: false,
    };
    let refused = sandbox::start(description, &order).err();
    refused.expect("the switch is refused")
}

#[test]
fn an_unknown_switch_is_refused_with_those_that_there_are() {
    let text = crate::client::description("wiv");
    for switch in ["slow", "fail=200", "rate_limit=many", "html=1"] {
        let refused = refusal(&text, switch);
        assert!(refused.contains(switch), "{refused}");
    }
    let refused = refusal(&text, "slow");
    assert!(
        sandbox::switch_names()
            .iter()
            .all(|(form, _)| refused.contains(form)),
        "{refused}"
    );
}

#[test]
fn the_log_keeps_the_newest_and_no_long_bodies() {
    let client = Client::start("wiwink", 1, &["rate_limit=1005"]);
    for _ in 0..1004 {
        client.get("/works/0");
    }
    client.post("/customers", &json!({"name": "é".repeat(5000)}));
    let lines = client.running.requests();
    assert_eq!(lines.len(), 1000);
    let last = lines.last().unwrap();
    assert!(
        last.len() < 2200 && last.ends_with("… <10011 bytes>"),
        "{last}"
    );
    client.get("/works").with(429);
}

#[test]
fn requests_are_logged_and_a_stopped_sandbox_is_gone() {
    let client = Client::of("wiwink");
    client.get("/works?status=open");
    client
        .post("/customers", &json!({"name": "Test"}))
        .with(201);
    assert_eq!(
        client.running.requests(),
        [
            "GET /v1/works?status=open",
            "POST /v1/customers {\"name\":\"Test\"}"
        ]
    );
    let address = client
        .running
        .base_url
        .trim_start_matches("http://")
        .trim_end_matches("/v1")
        .to_owned();
    client.running.stop();
    assert!(std::net::TcpStream::connect(address).is_err());
}
