//! ConnectWise PSA: a ticket is triaged and escalated, another is opened, and recorded time is audited.

use acceptance::{CONNECTWISE_PSA, Session};
use serde_json::{Value, json};

use crate::{all, amount, first, in_every_world, text};

#[test]
fn a_new_ticket_is_triaged_and_escalated() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let triage = board(session, "Triage");
        let server = board(session, "Server");
        let arguments =
            json!({"board": triage["name"], "closed": false, "summary_contains": "server"});
        let ticket = first(session, "list_all_connect_wise_psa_tickets", arguments);

        let arguments =
            json!({"company_id": ticket["company"]["id"], "summary_contains": "server"});
        let history = all(session, "list_all_connect_wise_psa_tickets", arguments);
        let past: Vec<&Value> = history
            .iter()
            .filter(|it| it["id"] != ticket["id"])
            .collect();
        assert!(!past.is_empty(), "the ticket's company has no history");

        escalate(session, &ticket, &server);
        let last = text(past[0], "summary");
        let words = format!(
            "{} earlier tickets on servers, the last: {last}",
            past.len()
        );
        leave_a_note(session, &ticket, &words);

        let arguments = json!({"id": ticket["id"]});
        let moved = session
            .call("get_single_connect_wise_psa_ticket_by_id", arguments)
            .result();
        assert_eq!(moved["board"]["name"], server["name"]);
        assert_eq!(moved["priority"]["name"], "High");
    });
}

fn board(session: &mut Session, name: &str) -> Value {
    let arguments = json!({"name_contains": name, "inactive": false});
    first(session, "list_all_connect_wise_psa_boards", arguments)
}

/// Moves a ticket to a board with high priority, with a status, a type and a subtype that the board accepts.
fn escalate(session: &mut Session, ticket: &Value, board: &Value) {
    let priorities = all(session, "list_all_connect_wise_psa_priorities", json!({}));
    let high = priorities.iter().find(|it| it["name"] == "High");
    let arguments = json!({"board_id": board["id"], "closes": false});
    let statuses = all(
        session,
        "list_all_connect_wise_psa_board_statuses",
        arguments,
    );
    let new = statuses.iter().find(|it| it["defaultFlag"] == true);
    let arguments = json!({"board_id": board["id"], "inactive": false});
    let kind = first(session, "list_all_connect_wise_psa_board_types", arguments);
    let arguments = json!({"board_id": board["id"]});
    let subtypes = all(
        session,
        "list_all_connect_wise_psa_board_subtypes",
        arguments,
    );
    let goes_with = |it: &&Value| {
        let ids = it["typeAssociationIds"].as_array();
        ids.is_some_and(|ids| ids.contains(&kind["id"]))
    };
    let subtype = subtypes.iter().find(goes_with);
    let arguments = json!({
        "id": ticket["id"],
        "board": board["id"],
        "status": new.expect("a status for new tickets")["id"],
        "type": kind["id"],
        "sub_type": subtype.expect("a subtype of the type")["id"],
        "priority": high.expect("a priority")["id"],
    });
    session
        .call("update_a_connect_wise_psa_ticket_by_id", arguments)
        .result();
}

/// Leaves an internal note; one that is to be shown nowhere is refused first.
fn leave_a_note(session: &mut Session, ticket: &Value, words: &str) {
    let tool = "create_a_connect_wise_psa_ticket_note";
    let mut arguments = json!({"ticket_id": ticket["id"], "text": words});
    arguments["internal_analysis_flag"] = false.into();
    let failure = session.call(tool, arguments.clone()).failure();
    let why = failure["message"].as_str().unwrap_or_default();
    assert!(why.contains("must be true"), "{failure:#}");
    // Left out, it is an internal note.
    let arguments = json!({"ticket_id": ticket["id"], "text": words});
    session.call(tool, arguments).result();
    let arguments = json!({"ticket_id": ticket["id"], "internal": true});
    let notes = all(session, "list_all_connect_wise_psa_ticket_notes", arguments);
    assert!(notes.iter().any(|it| it["text"] == words), "{notes:#?}");
}

/// The taxonomy of each board is what its own lists answer, without what is out of use.
#[test]
fn a_boards_whole_taxonomy_comes_in_one_call() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        for board in all(session, "list_all_connect_wise_psa_boards", json!({})) {
            let tool = "get_single_connect_wise_psa_board_taxonomy_by_id";
            let outcome = session.call(tool, json!({"id": board["id"]}));
            assert!(!outcome.failed, "{:#}", outcome.json);
            assert_eq!(outcome.json["failed"], Value::Null);
            assert_eq!(outcome.json["more"], Value::Null);
            let result = &outcome.json["result"];
            for (part, tool, inactive) in [
                ("types", "types", "inactiveFlag"),
                ("subtypes", "subtypes", "inactiveFlag"),
                ("items", "items", "inactiveFlag"),
                ("statuses", "statuses", "inactive"),
                ("teams", "teams", "none"),
            ] {
                let tool = format!("list_all_connect_wise_psa_board_{tool}");
                let records = all(
                    session,
                    &tool,
                    json!({"board_id": board["id"], "limit": 1000}),
                );
                let used = records.iter().filter(|it| it[inactive] != true);
                let expected: Vec<_> = used.map(|it| (&it["id"], &it["name"])).collect();
                let shown = result[part].as_array().expect("a list").iter();
                let shown: Vec<_> = shown.map(|it| (&it["id"], &it["name"])).collect();
                assert_eq!(shown, expected, "{part} of {board:#}");
            }
            let tool = "list_all_connect_wise_psa_board_item_associations";
            let records = all(
                session,
                tool,
                json!({"board_id": board["id"], "limit": 1000}),
            );
            let names = |it: &Value| {
                let parts = [("type", "type"), ("sub_type", "subType"), ("item", "item")];
                let named = parts.map(|(shown, part)| (shown, it[part]["name"].clone()));
                let named = named.into_iter().filter(|(_, name)| !name.is_null());
                named
                    .map(|(shown, name)| (shown.to_owned(), name))
                    .collect::<Value>()
            };
            let expected: Vec<_> = records.iter().map(names).collect();
            assert_eq!(result["combinations"], Value::from(expected));
        }
    });
}

/// A ticket is classified by names alone, out of one combination of the taxonomy.
#[test]
fn a_ticket_is_moved_and_classified_by_names() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let ticket = first(
            session,
            "list_all_connect_wise_psa_tickets",
            json!({"board": "Triage"}),
        );
        let arguments = json!({"name_contains": "Server Team"});
        let board = first(session, "list_all_connect_wise_psa_boards", arguments);
        let taxonomy = session
            .call(
                "get_single_connect_wise_psa_board_taxonomy_by_id",
                json!({"id": board["id"]}),
            )
            .result();
        let combination = &taxonomy["combinations"][0];
        let statuses = taxonomy["statuses"].as_array().expect("statuses");
        let new = statuses
            .iter()
            .find(|it| it["default"] == true)
            .expect("a default");
        let moved = session
            .call(
                "update_a_connect_wise_psa_ticket_by_id",
                json!({
                    "id": ticket["id"], "board": "Server Team", "status": new["name"], "priority": taxonomy["priorities"][0]["name"],
                    "type": combination["type"], "sub_type": combination["sub_type"], "item": combination["item"],
                }),
            )
            .result();
        assert_eq!(moved["board"]["id"], board["id"]);
        assert_eq!(moved["status"]["id"], new["id"]);
        assert_eq!(moved["subType"]["name"], combination["sub_type"]);
    });
}

#[test]
fn a_ticket_is_opened_and_time_is_recorded_on_it() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let company = first(
            session,
            "list_all_connect_wise_psa_companies",
            json!({"name_contains": "Acme", "deleted": false}),
        );
        let arguments = json!({"name_contains": "Emergency Escalations"});
        let board = first(session, "list_all_connect_wise_psa_boards", arguments);
        let arguments = json!({"name_contains": "High"});
        let priority = first(session, "list_all_connect_wise_psa_priorities", arguments);
        let arguments = json!({
            "summary": "Primary firewall down in London office",
            "company": company["id"],
            "board": board["id"],
            "priority": priority["id"],
        });
        let ticket = session
            .call("create_a_connect_wise_psa_ticket", arguments)
            .result();
        assert_eq!(ticket["board"]["name"], board["name"]);

        let arguments = json!({
            "charge_to_id": ticket["id"],
            "charge_to_type": "ServiceTicket",
            "time_start": "2026-11-20T14:00:00Z",
            "time_end": "2026-11-20T15:30:00Z",
            "billable_option": "Billable",
            "notes": "Firewall diagnostics",
        });
        let entry = session
            .call("create_a_connect_wise_psa_time_entry", arguments)
            .result();
        assert_eq!(amount(&entry, "actualHours"), 1.5);
        let arguments = json!({"ticket_id": ticket["id"]});
        let entries = all(session, "list_all_connect_wise_psa_time_entries", arguments);
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0]["id"], entry["id"]);
    });
}

#[test]
fn billable_time_with_thin_notes_is_found() {
    in_every_world(&CONNECTWISE_PSA, |session| {
        let tool = "list_all_connect_wise_psa_time_entries";
        let sample = first(
            session,
            tool,
            json!({"billable_option": "Billable", "limit": 1}),
        );
        let day = &text(&sample, "timeStart")[..10];
        let members = all(session, "list_all_connect_wise_psa_members", json!({}));
        let ids: Vec<&Value> = members.iter().map(|it| &it["id"]).collect();
        let mut arguments = json!({
            "billable_option": "Billable",
            "date_from": format!("{day}T00:00:00Z"),
            "date_to": format!("{day}T23:59:59Z"),
            "conditions": [{"field": "member/id", "op": "in", "value": ids}],
            "limit": 2,
        });
        let entries = all(session, tool, arguments.clone());
        arguments["limit"] = 1000.into();
        let at_once = all(session, tool, arguments);
        assert_eq!(entries, at_once, "pages lose or repeat records");

        let thin = |it: &&Value| it["notes"].as_str().unwrap_or_default().trim().len() < 50;
        let found: Vec<&Value> = entries.iter().filter(thin).collect();
        assert!(
            !found.is_empty() && found.len() < entries.len(),
            "{entries:#?}"
        );
        for entry in found {
            assert!(text(entry, "timeStart").starts_with(day));
            assert!(text(&entry["member"], "name").len() > 2);
            assert!(amount(entry, "actualHours") > 0.0);
            // Time may be charged to something else than a ticket.
            if entry["chargeToType"] == "ServiceTicket" {
                let arguments = json!({"id": entry["chargeToId"]});
                session
                    .call("get_single_connect_wise_psa_ticket_by_id", arguments)
                    .result();
            }
        }
    });
}
