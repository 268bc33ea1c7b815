//! Wiwink: a work is dispatched, and a proposal goes out for signature.

use acceptance::WIWINK;
use serde_json::json;

use crate::{all, amount, first, in_every_world, text};

/// A small PDF, in base64.
const PDF: &str = "JVBERi0xLjQKJSVFT0YK";

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

#[test]
fn works_of_a_day_installers_of_a_zipcode_and_a_products_final_price() {
    in_every_world(&WIWINK, |session| {
        let works = all(session, "list_all_wiwink_works", json!({"limit": 100}));
        let scheduled = works
            .iter()
            .find(|it| it["scheduled_start"].is_string())
            .unwrap();
        let day = &text(scheduled, "scheduled_start")[..10];
        let arguments = json!({"date_from": day, "date_to": day, "with": ["customer"]});
        let found = all(session, "list_all_wiwink_works", arguments);
        assert!(found.iter().any(|it| it["id"] == scheduled["id"]));
        assert!(found.len() < works.len());
        for work in &found {
            assert!(text(work, "scheduled_start").starts_with(day));
            assert_eq!(work["customer"]["id"], work["customer_id"]);
        }

        let installer = first(session, "list_all_wiwink_installers", json!({}));
        let arguments = json!({"zipcode": installer["zipcode"]});
        let near = all(session, "list_all_wiwink_installers", arguments);
        assert!(near.iter().all(|it| it["zipcode"] == installer["zipcode"]));

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
        let guidance = failure["guidance"].to_string();
        assert!(
            guidance.contains("create_a_wiwink_signature_document"),
            "{failure:#}"
        );

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
