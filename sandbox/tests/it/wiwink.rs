//! Wiwink: side-loading, filters, dispatch, proposals and the signature's way.

use serde_json::{Value, json};

use crate::client::{Answer, Client};

const PDF: &[u8] = b"%PDF-1.7\nnothing to see";

fn upload(client: &Client, signature: &Value, content: &[u8]) -> Answer {
    let path = format!("/signatures/{signature}/document");
    client.send(
        "POST",
        &path,
        &client.credentials(),
        Some(("application/pdf", content)),
    )
}

#[test]
fn relations_come_only_when_asked_for() {
    let client = Client::of("wiwink");
    let bare = client.list("/works", &[("status", "open")]).with(200);
    assert!(bare.first()["customer_id"].is_i64() && bare.first().get("customer").is_none());
    let full = client
        .list(
            "/works",
            &[
                ("status", "open"),
                ("with[]", "customer"),
                ("with[]", "status"),
            ],
        )
        .with(200);
    assert_eq!(full.first()["customer"]["id"], full.first()["customer_id"]);
    assert_eq!(full.first()["status"]["code"], "open");
}

#[test]
fn filters_filter() {
    let client = Client::of("wiwink");
    let all = client.list("/works", &[("per_page", "100")]).with(200);
    let customer = all
        .records()
        .iter()
        .find(|work| work["priority"] == "high")
        .unwrap()["customer_id"]
        .to_string();
    for (name, value) in [
        ("customer_id", customer.as_str()),
        ("type", "repair"),
        ("date_from", "2100-01-01"),
        ("status", "completed"),
    ] {
        let some = client
            .list("/works", &[(name, value), ("per_page", "100")])
            .with(200);
        assert!(some.records().len() < all.records().len(), "{name}");
        assert_eq!(some.records().is_empty(), name == "date_from", "{name}");
    }
    assert!(
        client
            .list("/installers", &[("city", "seattle")])
            .records()
            .len()
            >= 2
    );
    assert!(
        !client
            .list("/installers", &[("zipcode", "90210")])
            .records()
            .is_empty()
    );
    let name = client.get("/installers").first()["name"]
        .as_str()
        .unwrap()
        .to_lowercase();
    assert_eq!(
        client.list("/installers", &[("name", &name[..5])]).first()["name"]
            .as_str()
            .unwrap()
            .to_lowercase(),
        name
    );
}

#[test]
fn pages_are_cut() {
    let client = Client::of("wiwink");
    let first = client.get("/works?per_page=10").with(200);
    let second = client.get("/works?per_page=10&page=2").with(200);
    assert_eq!(first.records().len(), 10);
    assert_ne!(first.first()["id"], second.first()["id"]);
    let total = first.body["meta"]["total"].as_u64().unwrap();
    assert_eq!(
        first.body["meta"]["last_page"].as_u64().unwrap(),
        total.div_ceil(10)
    );
    assert!(client.get("/works?page=99").with(200).records().is_empty());
}

#[test]
fn an_urgent_work_is_dispatched() {
    for seed in [1, 2, 3] {
        let client = Client::start("wiwink", seed, &[]);
        let open = client
            .list("/works", &[("status", "open"), ("with[]", "customer")])
            .with(200);
        let urgent = |work: &&Value| {
            work["priority"] == "high" && work["customer"]["address"]["city"] == "Seattle"
        };
        let work = open.records().iter().find(urgent).unwrap();
        let installers = client.list("/installers", &[("city", "Seattle")]).with(200);
        let assign = |installer: &Value| {
            client
                .post(
                    "/work_installers",
                    &json!({"work_id": work["id"], "installer_id": installer["id"]}),
                )
                .with(200)
        };
        let [one, other, ..] = installers.records() else {
            panic!("too few installers")
        };
        assert_eq!(
            assign(one).body["data"]["replaced_installer_ids"],
            json!([])
        );
        assert_eq!(
            assign(other).body["data"]["replaced_installer_ids"],
            json!([one["id"]])
        );
        let after = client
            .get(&format!("/works/{}?with%5B%5D=installers", work["id"]))
            .with(200);
        assert_eq!(after.body["data"]["installers"][0]["name"], other["name"]);
        let id = other["id"].to_string();
        assert_eq!(
            client
                .list(
                    "/work_installers",
                    &[("installer_id", &id), ("work_id", &work["id"].to_string())]
                )
                .records()
                .len(),
            1
        );
        let other = client.get(&format!("/installers/{id}")).body["data"]["work_ids"].clone();
        assert!(other.as_array().unwrap().contains(&work["id"]));
    }
    let client = Client::of("wiwink");
    client
        .post(
            "/work_installers",
            &json!({"work_id": 1, "installer_id": 1}),
        )
        .with(404)
        .saying("works");
}

#[test]
fn a_proposal_is_computed() {
    let client = Client::of("wiwink");
    let customer = client.get("/customers").first()["id"].clone();
    let made = client
        .post(
            "/proposals",
            &json!({"customer_id": customer, "sub_amount": 1500, "tax_percentage": 10}),
        )
        .with(201);
    assert_eq!(made.body["data"]["status"], "draft");
    assert_eq!(made.body["data"]["tax_amount"], 150.0);
    assert_eq!(made.body["data"]["total_amount"], 1650.0);
    let path = format!("/proposals/{}", made.body["data"]["id"]);
    let changed = client
        .patch(&path, &json!({"discount_amount": 100, "comment": null}))
        .with(200);
    assert_eq!(changed.body["data"]["total_amount"], 1540.0);
    client
        .patch(&path, &json!({"discount_amount": 1501}))
        .with(422)
        .saying("discount_amount");
    client
        .patch(&path, &json!({"total_amount": 1}))
        .with(400)
        .saying("total_amount");
    client
        .post("/proposals", &json!({"customer_id": 1}))
        .with(422)
        .saying("customer_id");
    client
        .send("DELETE", &path, &client.credentials(), None)
        .with(204);
    client.get(&path).with(404);
}

#[test]
fn a_signature_is_sent_when_it_has_all_it_needs() {
    let client = Client::of("wiwink");
    client
        .post("/signatures", &json!({}))
        .with(422)
        .saying("proposal_id or a name");
    let proposal = client.get("/proposals").first()["id"].clone();
    let made = client
        .post("/signatures", &json!({"proposal_id": proposal}))
        .with(201);
    let id = &made.body["data"]["id"];
    let (send, signers, cancel) = (
        format!("/signatures/{id}/send"),
        format!("/signatures/{id}/signers"),
        format!("/signatures/{id}/cancel"),
    );
    let post = |path: &str| client.send("POST", path, &client.credentials(), None);
    post(&send)
        .with(409)
        .saying("needs a document and at least one signer");
    post(&cancel).with(409).saying("not sent yet");
    client
        .post(&signers, &json!({"email": "jane@example.com"}))
        .with(201);
    let refused = post(&send).with(409).saying("still needs a document.");
    assert!(!refused.text.contains("signer"));
    client
        .post(&signers, &json!({"email": "jane@example.com"}))
        .with(422)
        .saying("already");
    client
        .post(&signers, &json!({"email": "jane"}))
        .with(400)
        .saying("email");
    upload(&client, id, b"hello").with(422).saying("PDF");
    let document = upload(&client, id, PDF).with(201);
    assert_eq!(document.body["data"]["size"], PDF.len());
    let sent = post(&send).with(200);
    assert!(sent.body["data"]["sent_at"].is_string());
    post(&send).with(409).saying("only while it is a draft");
    upload(&client, id, PDF).with(409).saying("draft");
    client
        .post(&signers, &json!({"email": "joe@example.com"}))
        .with(409)
        .saying("draft");
    post(&cancel).with(200);
    post(&cancel).with(409).saying("already cancelled");
    let after = client
        .get(&format!(
            "/signatures/{id}?with%5B%5D=document&with%5B%5D=signers"
        ))
        .with(200);
    assert_eq!(after.body["data"]["status"], "cancelled");
    assert_eq!(
        after.body["data"]["document"]["sha256"],
        document.body["data"]["sha256"]
    );
    assert_eq!(
        after.body["data"]["signers"][0]["email"],
        "jane@example.com"
    );
}

#[test]
fn a_signature_without_a_document_and_with_one_is_told_apart() {
    let client = Client::of("wiwink");
    let made = client
        .post("/signatures", &json!({"name": "Contract"}))
        .with(201);
    let id = &made.body["data"]["id"];
    upload(&client, id, PDF).with(201);
    let refused = client
        .send(
            "POST",
            &format!("/signatures/{id}/send"),
            &client.credentials(),
            None,
        )
        .with(409);
    assert!(
        refused.text.contains("at least one signer") && !refused.text.contains("document"),
        "{}",
        refused.text
    );
    let completed = client
        .list("/signatures", &[("status", "completed")])
        .first()["id"]
        .clone();
    client
        .send(
            "POST",
            &format!("/signatures/{completed}/cancel"),
            &client.credentials(),
            None,
        )
        .with(409)
        .saying("already completed");
}

#[test]
fn works_and_contacts_are_kept() {
    let client = Client::of("wiwink");
    let customer = client.get("/customers").first()["id"].clone();
    let work = client
        .post("/works", &json!({"customer_id": customer, "title": "Leak"}))
        .with(201);
    let path = format!("/works/{}", work.body["data"]["id"]);
    assert_eq!(
        client.get(&format!("{path}?with%5B%5D=status")).body["data"]["status"]["code"],
        "open"
    );
    let times =
        json!({"scheduled_start": "2027-01-02T10:00:00Z", "scheduled_end": "2027-01-02T09:00:00Z"});
    client
        .patch(&path, &times)
        .with(422)
        .saying("scheduled_end");
    let other = client
        .list("/statuses", &[("applies_to", "proposals")])
        .first()["id"]
        .clone();
    client
        .patch(&path, &json!({"status_id": other}))
        .with(422)
        .saying("does not apply to works");
    let contact = client
        .post(
            "/contacts",
            &json!({"customer_id": customer, "name": "Jane Doe"}),
        )
        .with(201);
    let id = &contact.body["data"]["id"];
    assert!(
        client.get(&format!("/customers/{customer}")).body["data"]["contact_ids"]
            .as_array()
            .unwrap()
            .contains(id)
    );
    client
        .send(
            "DELETE",
            &format!("/contacts/{id}"),
            &client.credentials(),
            None,
        )
        .with(204);
}
