//! ConnectWise PSA: what people ask for in one sentence each, as the calls that a model makes of it.

use acceptance::{CONNECTWISE_PSA, Session};
use serde_json::{Value, json};

use crate::{all, amount, first, in_every_world, text};

const TICKETS: &str = "list_all_connect_wise_psa_tickets";

/// "All open tickets on the 'Network Infrastructure' board, with their status and who they are assigned to."
#[test]
fn open_tickets_of_a_board_with_status_and_owner() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let open = json!({"board": "Network Infrastructure", "closed": false});
        let open = all(session, TICKETS, open);
        assert!(
            open.iter()
                .all(|it| !text(&it["status"], "name").is_empty())
        );
        let is_owned = |it: &&Value| it["owner"]["identifier"].is_string();
        assert!(open.iter().any(|it| is_owned(&it)), "{open:#?}");

        let everything = all(session, TICKETS, json!({"limit": 1000}));
        let expected = everything.iter().filter(|it| {
            it["board"]["name"] == "Network Infrastructure" && it["closedFlag"] == false
        });
        let expected: Vec<&Value> = expected.map(|it| &it["id"]).collect();
        let shown: Vec<&Value> = open.iter().map(|it| &it["id"]).collect();
        assert_eq!(shown, expected);
        assert!(shown.len() < everything.len());
    });
}

/// "A new high-priority ticket for 'Acme': 'Primary firewall down in London office', on 'Emergency Escalations'." All by names.
#[test]
fn a_ticket_is_created_by_names() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let tool = "list_all_connect_wise_psa_companies";
        let company = first(session, tool, json!({"name_contains": "Acme"}));
        let summary = "Primary firewall down in London office";
        let arguments = json!({
            "summary": summary, "company": company["identifier"], "board": "Emergency Escalations", "priority": "High",
        });
        let tool = "create_a_connect_wise_psa_ticket";
        let created = session.call(tool, arguments).result();
        let arguments = json!({"board": "Emergency Escalations", "summary_contains": summary});
        let ticket = first(session, TICKETS, arguments);
        assert_eq!(ticket["id"], created["id"]);
        assert_eq!(ticket["company"]["name"], company["name"]);
        assert_eq!(ticket["priority"]["name"], "High");
    });
}

/// "All internal notes of a ticket", and "add an internal note, as internal analysis".
#[test]
fn internal_notes_are_read_and_added() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let arguments = json!({"summary_contains": "VPN drops"});
        let ticket = first(session, TICKETS, arguments);
        let tool = "list_all_connect_wise_psa_ticket_notes";
        let internal = json!({"ticket_id": ticket["id"], "internal": true});
        let before = all(session, tool, internal.clone());
        let notes = all(session, tool, json!({"ticket_id": ticket["id"]}));
        let is_internal = |it: &&Value| it["internalAnalysisFlag"] == true;
        assert_eq!(before.len(), notes.iter().filter(is_internal).count());
        assert!(!before.is_empty() && before.len() < notes.len());

        let words = "I reviewed the firewall logs and found no unauthorized access attempts.";
        let note =
            json!({"ticket_id": ticket["id"], "text": words, "internal_analysis_flag": true});
        session
            .call("create_a_connect_wise_psa_ticket_note", note)
            .result();
        let after = all(session, tool, internal);
        assert_eq!(after.len(), before.len() + 1);
        assert!(after.iter().any(|it| it["text"] == words));
    });
}

/// "Active opportunities of one seller in the 'Proposal Sent' stage, and their total projected revenue."
#[test]
fn the_pipeline_of_a_seller_is_added_up() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let tool = "list_all_connect_wise_psa_sales_opportunities";
        let proposal = json!({"stage": "Proposal Sent", "status": "Open"});
        let some = first(session, tool, proposal);
        let person = text(&some["primarySalesRep"], "identifier").to_owned();
        let arguments = json!({"sales_rep": person, "stage": "Proposal Sent", "status": "Open"});
        let deals = all(session, tool, arguments);
        assert!(deals.iter().any(|it| it["id"] == some["id"]));
        let mut total = 0.0;
        for deal in &deals {
            assert_eq!(deal["primarySalesRep"]["identifier"], person);
            let tool = "list_all_connect_wise_psa_opportunity_forecasts";
            for forecast in all(session, tool, json!({"opportunity_id": deal["id"]})) {
                total += amount(&forecast["forecastRevenueTotals"], "revenue");
            }
        }
        assert!(total > 0.0, "{deals:#?}");
    });
}

/// "A time entry for myself on a ticket, from 2 PM to 3:30 PM today, billable."
#[test]
fn time_is_recorded_for_oneself() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let ticket = first(session, TICKETS, json!({"summary_contains": "VPN drops"}));
        let entry = record(session, &ticket);
        assert_eq!(amount(&entry, "actualHours"), 1.5);
        assert_eq!(entry["timeStart"], "2026-11-20T19:00:00Z");
        let mine = json!({"ticket_id": ticket["id"], "member": "me"});
        let mine = all(session, "list_all_connect_wise_psa_time_entries", mine);
        let own = mine.iter().find(|it| it["id"] == entry["id"]);
        let member = own.unwrap_or_else(|| panic!("{mine:#?}"))["member"]["identifier"].clone();
        let tool = "list_all_connect_wise_psa_members";
        let person = first(session, tool, json!({"identifier": member}));
        // Whom the sandbox is set up for is an engineer, and not the member of the API key.
        assert_eq!(person["title"], "Systems Engineer", "{person:#}");
    });
}

fn record(session: &mut Session, ticket: &Value) -> Value {
    let arguments = json!({
        "charge_to_id": ticket["id"],
        "charge_to_type": "ServiceTicket",
        "member": "me",
        "time_start": "2026-11-20T14:00:00-05:00",
        "time_end": "2026-11-20T15:30:00-05:00",
        "billable_option": "Billable",
        "notes": "Performed firewall diagnostics.",
    });
    let tool = "create_a_connect_wise_psa_time_entry";
    session.call(tool, arguments).result()
}
