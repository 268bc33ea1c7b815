//! Wiwink: a work is dispatched, and a proposal goes out for signature.

use acceptance::WIWINK;
use serde_json::{Value, json};

use crate::{all, amount, first, in_every_world, text};

/// A small PDF, in base64.
const PDF: &str = "JVBERi0xLjQKJSVFT0YK";

/// An urgent work order of a customer: an installer in its city is put on it.
#[test]
fn an_installer_is_dispatched_to_a_customers_open_work() {
    in_every_world(&WIWINK, |session| {
        let customer = first(
            session,
            "list_all_wiwink_customers",
            json!({"city": "Seattle"}),
        );
        let with = json!(["customer", "status"]);
        let arguments = json!({"customer_id": customer["id"], "status": "open", "with": with});
        let work = first(session, "list_all_wiwink_works", arguments);
        assert_eq!(work["customer"]["name"], customer["name"]);
        assert_eq!(work["status"]["code"], "open");

        let arguments = json!({"city": work["address"]["city"]});
        let installers = all(session, "list_all_wiwink_installers", arguments);
        let installer = installers
            .iter()
            .find(|it| it["available"] == true)
            .unwrap();
        let arguments = json!({"work_id": work["id"], "installer_id": installer["id"]});
        let assigned = session
            .call("create_a_wiwink_work_installer", arguments)
            .result();
        assert_eq!(assigned["work_id"], work["id"]);

        let arguments = json!({"id": work["id"], "with": ["installers"]});
        let work = session
            .call("get_single_wiwink_work_by_id", arguments)
            .result();
        assert_eq!(work["installer_ids"], json!([installer["id"]]));
        assert_eq!(work["installers"][0]["name"], installer["name"]);
    });
}

/// Active work orders of this week, with the customers' details.
#[test]
fn active_works_of_some_days_come_with_their_customers() {
    in_every_world(&WIWINK, |session| {
        let works = all(session, "list_all_wiwink_works", json!({"limit": 100}));
        let day = |it: &Value| it["scheduled_start"].as_str().map(|it| it[..10].to_owned());
        let mut days: Vec<String> = works.iter().filter_map(day).collect();
        days.sort();
        days.dedup();
        let (from, to) = (&days[1], &days[days.len() - 2]);
        let statuses = all(
            session,
            "list_all_wiwink_statuses",
            json!({"applies_to": "works"}),
        );
        let active = statuses.iter().filter(|it| it["closed"] == false);
        let mut found = Vec::new();
        for status in active {
            let arguments = json!({"status": status["code"], "date_from": from, "date_to": to, "with": ["customer", "status"]});
            found.extend(all(session, "list_all_wiwink_works", arguments));
        }
        assert!(!found.is_empty() && found.len() < works.len());
        for work in &found {
            let day = day(work).expect("it is scheduled");
            assert!(&day >= from && &day <= to, "{work:#}");
            assert_eq!(work["status"]["closed"], false);
            assert_eq!(work["customer"]["id"], work["customer_id"]);
            assert!(work["customer"]["name"].is_string(), "{work:#}");
        }
    });
}

/// A preliminary quote for a customer, as a draft with a comment.
#[test]
fn a_preliminary_quote_is_drafted_with_a_comment() {
    in_every_world(&WIWINK, |session| {
        let customer = first(session, "list_all_wiwink_customers", json!({}));
        let comment = "Preliminary quote for the HVAC installation.";
        let arguments =
            json!({"customer_id": customer["id"], "status": "draft", "comment": comment});
        let made = session.call("create_a_wiwink_proposal", arguments).result();
        let arguments = json!({"id": made["id"], "with": ["customer"]});
        let kept = session
            .call("get_single_wiwink_proposal_by_id", arguments)
            .result();
        assert_eq!(
            (text(&kept, "status"), text(&kept, "comment")),
            ("draft", comment)
        );
        assert_eq!(kept["customer"]["name"], customer["name"]);
    });
}

/// Everybody who works from a postal code.
#[test]
fn installers_of_a_zipcode_are_listed() {
    in_every_world(&WIWINK, |session| {
        let everybody = all(session, "list_all_wiwink_installers", json!({"limit": 100}));
        let arguments = json!({"zipcode": "90210"});
        let near = all(session, "list_all_wiwink_installers", arguments);
        let expected = everybody
            .iter()
            .filter(|it| it["zipcode"] == "90210")
            .count();
        assert!(expected > 0 && expected < everybody.len());
        assert_eq!(near.len(), expected);
        assert!(near.iter().all(|it| it["zipcode"] == "90210"));
    });
}

/// An installer, given by name, is put on a work order, given by id.
#[test]
fn an_installer_is_assigned_by_name() {
    in_every_world(&WIWINK, |session| {
        let work = first(session, "list_all_wiwink_works", json!({}));
        let somebody = first(session, "list_all_wiwink_installers", json!({}));
        let arguments = json!({"name": somebody["name"]});
        let found = all(session, "list_all_wiwink_installers", arguments);
        let arguments = json!({"work_id": work["id"], "installer_id": found[0]["id"]});
        session
            .call("create_a_wiwink_work_installer", arguments)
            .result();
        let arguments = json!({"id": work["id"], "with": ["installers"]});
        let work = session
            .call("get_single_wiwink_work_by_id", arguments)
            .result();
        assert_eq!(work["installers"][0]["name"], somebody["name"]);
        assert_eq!(work["installers"].as_array().map(Vec::len), Some(1));
    });
}

/// The final retail price of a product, and its tax rate.
#[test]
fn a_product_tells_its_final_price_and_its_tax() {
    in_every_world(&WIWINK, |session| {
        let product = first(session, "list_all_wiwink_products", json!({}));
        let arguments = json!({"id": product["id"]});
        let product = session
            .call("get_single_wiwink_product_by_id", arguments)
            .result();
        let taxed =
            amount(&product, "price_retail") * (1.0 + amount(&product, "tax_percentage") / 100.0);
        assert!(
            (amount(&product, "price_retail_final") - taxed).abs() < 0.011,
            "{product:#}"
        );
    });
}

/// A signature that is ready goes out, and the time of it is confirmed.
#[test]
fn a_signature_is_sent_and_its_time_confirmed() {
    in_every_world(&WIWINK, |session| {
        let signature = session
            .call("create_a_wiwink_signature", json!({"name": "Contract"}))
            .result();
        let id = &signature["id"];
        let document = json!({"signature_id": id, "content": PDF});
        session
            .call("create_a_wiwink_signature_document", document)
            .result();
        let signer = json!({"signature_id": id, "email": "jane@example.com"});
        session.call("create_a_wiwink_signer", signer).result();
        let sent = session
            .call(
                "create_a_wiwink_signature_send",
                json!({"signature_id": id}),
            )
            .result();
        let kept = session
            .call("get_single_wiwink_signature_by_id", json!({"id": id}))
            .result();
        assert_eq!(
            (text(&kept, "status"), text(&kept, "sent_at")),
            ("sent", text(&sent, "sent_at"))
        );
    });
}

/// A proposal, its signature, a signer, and the sending, which lacks the document that nobody thought of.
#[test]
fn a_proposal_is_sent_for_signature_only_with_its_document() {
    in_every_world(&WIWINK, |session| {
        let customer = first(session, "list_all_wiwink_customers", json!({}));
        let arguments = json!({"customer_id": customer["id"], "status": "draft", "sub_amount": 1500, "tax_percentage": 10});
        let proposal = session.call("create_a_wiwink_proposal", arguments).result();
        assert_eq!(amount(&proposal, "total_amount"), 1650.0);
        let arguments = json!({"proposal_id": proposal["id"]});
        let signature = session
            .call("create_a_wiwink_signature", arguments)
            .result();
        let arguments = json!({"signature_id": signature["id"], "email": "jane@example.com"});
        session.call("create_a_wiwink_signer", arguments).result();

        // As the page tells it: no document was uploaded.
        let send = json!({"signature_id": signature["id"]});
        let failure = session
            .call("create_a_wiwink_signature_send", send.clone())
            .failure();
        assert_eq!(failure["statusCode"], 409, "{failure:#}");
        assert!(
            text(&failure, "message").contains("document"),
            "{failure:#}"
        );
        let missing = json!([{"what": "a document", "tool": "create_a_wiwink_signature_document"}]);
        assert_eq!(failure["missing"], missing, "{failure:#}");

        let arguments = json!({"signature_id": signature["id"], "content": PDF});
        session
            .call("create_a_wiwink_signature_document", arguments)
            .result();
        let sent = session
            .call("create_a_wiwink_signature_send", send.clone())
            .result();
        let arguments = json!({"id": signature["id"]});
        let signature = session
            .call("get_single_wiwink_signature_by_id", arguments)
            .result();
        assert_eq!(signature["status"], "sent");
        assert_eq!(signature["sent_at"], text(&sent, "sent_at"));

        let cancelled = session
            .call("create_a_wiwink_signature_cancel", send.clone())
            .result();
        assert_eq!(cancelled["status"], "cancelled");
        session
            .call("create_a_wiwink_signature_cancel", send)
            .failure();
    });
}
