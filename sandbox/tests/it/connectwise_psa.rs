//! ConnectWise PSA: patches, what a board demands, and the triage and time audit that the seeds support.

use serde_json::{Value, json};

use crate::client::{Client, replace};

pub(crate) fn tickets(client: &Client, conditions: &str) -> Vec<Value> {
    client
        .list(
            "/service/tickets",
            &[("conditions", conditions), ("pageSize", "1000")],
        )
        .with(200)
        .records()
        .to_vec()
}

fn board(client: &Client, name: &str) -> Value {
    let conditions = format!("name = '{name}'");
    client
        .list("/service/boards", &[("conditions", &conditions)])
        .with(200)
        .first()["id"]
        .clone()
}

#[test]
fn a_ticket_is_triaged() {
    for seed in [1, 2, 3] {
        let client = Client::start("connectwise_psa", seed, &[]);
        let new = tickets(
            &client,
            "board/name = 'Triage' and closedFlag = False and _info/dateEntered > [2020-01-01]",
        );
        let slow = new
            .iter()
            .find(|ticket| ticket["summary"] == "Server running slow")
            .unwrap();
        let company = &slow["company"]["id"];
        let past = tickets(
            &client,
            &format!(
                "company/id = {company} and summary contains \"server\" and closedFlag = True"
            ),
        );
        assert!(past.len() >= 3);
        let path = format!("/service/tickets/{}", slow["id"]);
        let server = board(&client, "Server Team");
        let high = client
            .list("/service/priorities", &[("conditions", "level = 'High'")])
            .first()["id"]
            .clone();
        let patch = json!([
            replace("board", json!({"id": server})),
            replace("priority", json!({"id": high}))
        ]);
        let moved = client.patch(&path, &patch).with(200).body;
        assert_eq!(moved["board"]["name"], "Server Team");
        assert_eq!(moved["status"]["name"], "New");
        assert_ne!(moved["status"]["id"], slow["status"]["id"]);
        assert_eq!(moved["type"]["name"], "Incident");
        assert_ne!(moved["type"]["id"], slow["type"]["id"]);
        assert_eq!(moved["team"]["name"], "Server Engineers");
        let notes = format!("{path}/notes");
        let text = "Four similar incidents before.";
        client
            .post(&notes, &json!({"text": text}))
            .with(400)
            .saying("Please choose where to display the notes");
        client
            .post(&notes, &json!({"text": text, "internalAnalysisFlag": true}))
            .with(201);
        let internal = client
            .list(&notes, &[("conditions", "internalAnalysisFlag = True")])
            .with(200);
        assert_eq!(internal.first()["text"], text);
        assert_eq!(
            client
                .get(&format!("{path}/allNotes"))
                .with(200)
                .records()
                .len(),
            2
        );
    }
}

#[test]
fn patches_are_judged() {
    let client = Client::of("connectwise_psa");
    let ticket = tickets(&client, "summary = 'Server running slow'").remove(0);
    let path = format!("/service/tickets/{}", ticket["id"]);
    let server_status = client
        .list(
            &format!("/service/boards/{}/statuses", board(&client, "Server Team")),
            &[],
        )
        .first()["id"]
        .clone();
    for (operation, words) in [
        (replace("/summary", json!("x")), "without the slash"),
        (replace("status/id", json!(1)), "as a whole"),
        (replace("Summary", json!("x")), "no property `Summary`"),
        (replace("id", json!(1)), "read-only"),
        (replace("summary", json!(5)), "not of type"),
        (
            replace("initialDescription", json!("x")),
            "when the record is created",
        ),
        (
            replace("status", json!({"id": server_status})),
            "status is refused",
        ),
        (
            replace("owner", json!({"identifier": "nobody"})),
            "no such record",
        ),
        (
            replace(
                "board",
                json!({"id": ticket["board"]["id"], "name": "Server Team"}),
            ),
            "those of two records",
        ),
        (
            replace("owner", json!({"id": 1, "name": "x"})),
            "`name` is read-only",
        ),
        (json!({"op": "remove", "path": "summary"}), "is required"),
        (
            json!({"op": "test", "path": "summary", "value": "x"}),
            "none of add, replace and remove",
        ),
        (json!({"op": "replace", "path": "summary"}), "no value"),
    ] {
        client
            .patch(&path, &json!([operation]))
            .with(400)
            .saying(words);
    }
    client.patch(&path, &json!([])).with(400);
    let member = client
        .list(
            "/system/members",
            &[("conditions", "title = 'Systems Engineer'")],
        )
        .first()["identifier"]
        .clone();
    let patch = json!([replace("owner", json!({"identifier": member})), replace("status", json!({"name": "Closed"})), {"op": "remove", "path": "agreement"}]);
    let closed = client.patch(&path, &patch).with(200).body;
    assert_eq!(closed["owner"]["identifier"], member);
    assert_eq!(closed["resources"], member);
    assert_eq!(closed["closedFlag"], true);
    assert!(closed["closedDate"].is_string() && closed.get("agreement").is_none());
}

#[test]
fn a_ticket_is_opened() {
    let client = Client::of("connectwise_psa");
    let acme = client
        .list(
            "/company/companies",
            &[("conditions", "name contains 'acme'")],
        )
        .first()
        .clone();
    let ticket = json!({
        "summary": "Primary firewall down in London office", "company": {"identifier": acme["identifier"]},
        "board": {"name": "Emergency Escalations"}, "type": {"name": "Incident"}, "subType": {"name": "Outage"},
        "initialInternalAnalysis": "Called by phone.",
    });
    let made = client.post("/service/tickets", &ticket).with(201).body;
    assert_eq!(made["status"]["name"], "Escalated");
    assert_eq!(made["company"]["id"], acme["id"]);
    assert!(made.get("initialInternalAnalysis").is_none());
    let path = format!("/service/tickets/{}", made["id"]);
    assert_eq!(
        client.get(&format!("{path}/notes")).first()["internalAnalysisFlag"],
        true
    );
    let mut wrong = ticket.clone();
    wrong["subType"] = json!({"name": "Malware"});
    client
        .post("/service/tickets", &wrong)
        .with(400)
        .saying("subType is refused");
    wrong["subType"] = json!({"name": "Firewall"});
    client
        .post("/service/tickets", &wrong)
        .with(400)
        .saying("does not belong to this board");
    client
        .post("/service/tickets", &json!({"summary": "x"}))
        .with(400)
        .saying("`company` is required");
    client
        .post("/service/tickets", &json!({"summary": "x", "company": {}}))
        .with(400)
        .saying("company is refused");
    client
        .send("DELETE", &path, &client.credentials(), None)
        .with(204);
    client.get(&path).with(404).saying("NotFound");
}

#[test]
fn yesterday_is_audited() {
    for seed in [1, 2, 3] {
        let client = Client::start("connectwise_psa", seed, &[]);
        let entries = client
            .list(
                "/time/entries",
                &[("pageSize", "1000"), ("orderBy", "timeStart desc")],
            )
            .with(200);
        let last_day = entries.first()["timeStart"].as_str().unwrap()[..10].to_owned();
        let conditions =
            format!("timeStart >= [{last_day}T00:00:00Z] and billableOption = 'Billable'");
        let billable = client
            .list("/time/entries", &[("conditions", &conditions)])
            .with(200);
        let short = |entry: &&Value| entry["notes"].as_str().unwrap_or_default().len() < 50;
        assert!(billable.records().iter().filter(short).count() >= 3);
        assert!(billable.records().iter().any(|entry| !short(&entry)));
    }
}

#[test]
fn time_is_charged() {
    let client = Client::of("connectwise_psa");
    let ticket = tickets(&client, "summary = 'Server running slow'").remove(0);
    let mut entry = json!({"timeStart": "2026-11-20T14:00:00Z", "timeEnd": "2026-11-20T15:30:00Z", "chargeToId": ticket["id"], "chargeToType": "ServiceTicket", "notes": "Diagnostics"});
    let made = client.post("/time/entries", &entry).with(201).body;
    assert_eq!(made["actualHours"], 1.5);
    assert_eq!(made["ticket"]["summary"], "Server running slow");
    assert_eq!(made["company"]["id"], ticket["company"]["id"]);
    let all = client
        .get(&format!("/service/tickets/{}/allNotes", ticket["id"]))
        .with(200);
    assert!(
        all.records()
            .iter()
            .any(|note| note["noteType"] == "TimeEntryNote" && note["text"] == "Diagnostics")
    );
    client
        .send(
            "DELETE",
            &format!("/service/tickets/{}", ticket["id"]),
            &client.credentials(),
            None,
        )
        .with(409)
        .saying("time entries");
    entry["timeEnd"] = json!("2026-11-20T13:00:00Z");
    client
        .post("/time/entries", &entry)
        .with(400)
        .saying("after the timeStart");
    entry.as_object_mut().unwrap().remove("timeEnd");
    client
        .post("/time/entries", &entry)
        .with(400)
        .saying("timeEnd or actualHours");
    entry["actualHours"] = json!(0.25);
    assert_eq!(
        client.post("/time/entries", &entry).with(201).body["timeEnd"],
        "2026-11-20T14:15:00Z"
    );
    entry["chargeToId"] = json!(1);
    client
        .post("/time/entries", &entry)
        .with(400)
        .saying("chargeToId is refused");
    entry.as_object_mut().unwrap().remove("chargeToType");
    client
        .post("/time/entries", &entry)
        .with(400)
        .saying("`chargeToType` is required");
}

#[test]
fn companies_contacts_and_opportunities_are_kept() {
    let client = Client::of("connectwise_psa");
    let company =
        json!({"identifier": "NewCo", "name": "New Company", "types": [{"name": "Prospect"}]});
    let made = client.post("/company/companies", &company).with(201).body;
    client
        .post("/company/companies", &company)
        .with(400)
        .saying("already");
    let contact =
        json!({"firstName": "Jane", "lastName": "Doe", "company": {"identifier": "NewCo"}});
    let contact = client.post("/company/contacts", &contact).with(201).body;
    let seller = client
        .list(
            "/system/members",
            &[("conditions", "title = 'Account Manager'")],
        )
        .first()["identifier"]
        .clone();
    let deal = json!({"name": "Deal", "company": {"id": made["id"]}, "contact": {"id": contact["id"]}, "primarySalesRep": {"identifier": seller}, "stage": {"name": "Proposal Sent"}});
    let deal = client.post("/sales/opportunities", &deal).with(201).body;
    assert_eq!(deal["contact"]["name"], "Jane Doe");
    let conditions = format!(
        "stage/name = 'Proposal Sent' and primarySalesRep/identifier = '{}'",
        seller.as_str().unwrap()
    );
    let found = client
        .list("/sales/opportunities", &[("conditions", &conditions)])
        .with(200);
    assert!(found.records().len() >= 2 && found.records().contains(&deal));
}

#[test]
fn time_sheets_and_expense_reports_pass_from_tier_to_tier() {
    let client = Client::of("connectwise_psa");
    for path in ["/time/sheets", "/expense/reports"] {
        let open = client.list(path, &[("conditions", "status = 'Open'")]);
        let id = open.with(200).first()["id"].clone();
        let step = |verb: &str| {
            client.send(
                "POST",
                &format!("{path}/{id}/{verb}"),
                &client.credentials(),
                None,
            )
        };
        let approve = |tier: &str| {
            client.post(
                &format!("{path}/{id}/approve"),
                &json!({ "approvalType": tier }),
            )
        };
        let status = || client.get(&format!("{path}/{id}")).with(200).body["status"].clone();
        approve("Tier1Update").with(400);
        assert_eq!(
            status(),
            "Open",
            "{path}: what was not submitted is not approved"
        );
        assert_eq!(step("submit").with(200).body["success"], true);
        assert_eq!(status(), "PendingApproval");
        step("submit").with(400);
        step("reject").with(200);
        assert_eq!(status(), "Rejected");
        step("submit").with(200);
        approve("Tier2Update").with(400);
        approve("Tier1Update").with(200);
        assert_eq!(status(), "ApprovedByTierOne");
        approve("Tier2Update").with(200);
        assert_eq!(status(), "ApprovedByTierTwo");
        step("reject").with(400);
    }
}

#[test]
fn a_status_closes_a_purchase_order() {
    let client = Client::of("connectwise_psa");
    let named = |name: &str| json!({ "name": name });
    let order = client.list(
        "/procurement/purchaseorders",
        &[("conditions", "closedFlag = False")],
    );
    let path = format!(
        "/procurement/purchaseorders/{}",
        order.with(200).first()["id"]
    );
    client
        .patch(&path, &json!([replace("closedFlag", json!(true))]))
        .with(400);
    let closed = client.patch(&path, &json!([replace("status", named("Closed"))]));
    assert_eq!(closed.with(200).body["closedFlag"], true);
    let open = client.patch(&path, &json!([replace("status", named("New"))]));
    assert_eq!(open.with(200).body["closedFlag"], false);
}

#[test]
fn expenses_are_charged_like_time() {
    let client = Client::of("connectwise_psa");
    let ticket = tickets(&client, "summary contains 'VPN drops'").remove(0);
    let expense = json!({
        "type": {"name": "Parking"}, "amount": 12.5, "date": "2026-01-30T00:00:00Z",
        "chargeToType": "ServiceTicket", "chargeToId": ticket["id"],
    });
    let made = client.post("/expense/entries", &expense).with(201).body;
    assert_eq!(made["company"]["id"], ticket["company"]["id"]);
    assert_eq!(made["ticket"]["id"], ticket["id"]);
    let mut nowhere = expense;
    nowhere["chargeToId"] = json!(1);
    client.post("/expense/entries", &nowhere).with(400);
}
