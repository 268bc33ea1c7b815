//! ConnectWise PSA's two workflows: tickets are triaged and escalated; the time of a day is audited.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::{
    Workflow,
    clock::{self, DAY, HOUR},
    record::{Record, first},
    session::Session,
};

/// A new ticket is moved to the people who can solve it.
pub(super) const TRIAGE: Workflow = Workflow {
    title: "ConnectWise PSA: triage and escalate",
    wish: "Check the Triage board for any new tickets created in the last hour. If you find one related to server \
           performance, look up the client's past tickets to see if this is recurring. Then move it to the Server Team \
           board, assign it a priority based on the client's history, and add an internal note with your findings.",
    binary: "connectwise-psa-mcp",
    steps: triage,
};

/// Billable time with thin notes is found.
pub(super) const TIME_AUDIT: Workflow = Workflow {
    title: "ConnectWise PSA: audit yesterday's time",
    wish: "Pull all time entries logged by the engineering team yesterday. Find any that are marked as Billable but have \
           less than 50 characters in their notes, so I can follow up with the techs.",
    binary: "connectwise-psa-mcp",
    steps: audit_time,
};

fn triage(session: &mut Session) -> anyhow::Result<()> {
    let hour_ago = clock::moment(clock::now().saturating_sub(HOUR));
    let tickets = session.list(
        "list_all_connect_wise_psa_tickets",
        json!({"board": "Triage", "closed": false, "created_since": hour_ago}),
    )?;
    let ticket = first(&tickets, "new ticket about a server", |it| {
        speaks_of(it, "server")
    })?;
    session.say(&format!(
        "Ticket {} of {}: {}",
        ticket.given("/id")?,
        ticket.text("/company/name")?,
        ticket.text("/summary")?
    ));

    let past = past_tickets(session, ticket)?;
    let is_recurring = !past.is_empty();
    session.say(&format!(
        "{} earlier tickets of this company speak of a server",
        past.len()
    ));

    move_to_server_team(
        session,
        ticket,
        if is_recurring { "High" } else { "Medium" },
    )?;
    leave_note(session, ticket, &findings(&past)?)
}

fn speaks_of(ticket: &Record, word: &str) -> bool {
    ticket
        .text("/summary")
        .is_ok_and(|it| it.to_lowercase().contains(word))
}

fn past_tickets(session: &mut Session, ticket: &Record) -> anyhow::Result<Vec<Record>> {
    let company = ticket.given("/company/id")?;
    let mut tickets = session.list(
        "list_all_connect_wise_psa_tickets",
        json!({"company_id": company, "summary_contains": "server"}),
    )?;
    let is_theirs = |it: &Record| it.value("/company/id") == company && speaks_of(it, "server");
    ensure!(
        tickets.iter().all(is_theirs),
        "the filter let another ticket through"
    );
    let all = tickets.len();
    tickets.retain(|it| it.value("/id") != ticket.value("/id"));
    ensure!(tickets.len() + 1 == all, "the ticket itself was not found");
    Ok(tickets)
}

/// The board with its status for new tickets; type and team of the old board would not fit.
fn move_to_server_team(
    session: &mut Session,
    ticket: &Record,
    priority: &str,
) -> anyhow::Result<()> {
    let boards = session.list(
        "list_all_connect_wise_psa_boards",
        json!({"name_contains": "Server Team"}),
    )?;
    let board = first(&boards, "board Server Team", |it| {
        it.value("/name") == "Server Team"
    })?
    .given("/id")?;
    let status = default_status(session, &board)?;
    let priorities = session.list(
        "list_all_connect_wise_psa_priorities",
        json!({"name_contains": priority}),
    )?;
    let priority = first(&priorities, "such priority", |_| true)?;

    let id = ticket.given("/id")?;
    let mut changes = json!({
        "id": id,
        "board": board,
        "status": status,
        "priority": priority.given("/id")?,
    });
    classify(session, &board, &mut changes)?;
    let moved = session.one("update_a_connect_wise_psa_ticket_by_id", changes)?;
    ensure!(
        moved.value("/board/id") == board,
        "the ticket was not moved"
    );
    ensure!(
        moved.value("/priority/id") == priority.given("/id")?,
        "the ticket has another priority"
    );
    session.say(&format!(
        "Moved to {}, priority {}",
        moved.text("/board/name")?,
        moved.text("/priority/name")?
    ));
    Ok(())
}

fn default_status(session: &mut Session, board: &Value) -> anyhow::Result<Value> {
    let statuses = session.list(
        "list_all_connect_wise_psa_board_statuses",
        json!({"board_id": board, "closes": false}),
    )?;
    first(&statuses, "status for new tickets", |it| {
        it.value("/defaultFlag") == true
    })?
    .given("/id")
}

/// A type and subtype that the board combines, about performance if there is one.
fn classify(session: &mut Session, board: &Value, changes: &mut Value) -> anyhow::Result<()> {
    let combinations = session.list(
        "list_all_connect_wise_psa_board_item_associations",
        json!({"board_id": board}),
    )?;
    let suits = |it: &&Record| it.value("/subType/name") == "Performance";
    let chosen = combinations.iter().find(suits).or(combinations.first());
    let chosen = chosen.context("the board combines nothing")?;
    changes["type"] = chosen.given("/type/id")?;
    changes["sub_type"] = chosen.given("/subType/id")?;
    changes["item"] = chosen.given("/item/id")?;
    Ok(())
}

fn findings(past: &[Record]) -> anyhow::Result<String> {
    let Some(latest) = past
        .iter()
        .max_by_key(|it| it.value("/_info/dateEntered").to_string())
    else {
        return Ok("No earlier tickets of this company about a server.".to_owned());
    };
    Ok(format!(
        "Recurring: {} earlier tickets of this company about a server. The latest: {} \"{}\" on {}.",
        past.len(),
        latest.given("/id")?,
        latest.text("/summary")?,
        latest
            .text("/_info/dateEntered")?
            .get(..10)
            .unwrap_or_default()
    ))
}

fn leave_note(session: &mut Session, ticket: &Record, text: &str) -> anyhow::Result<()> {
    let id = ticket.given("/id")?;
    session.one(
        "create_a_connect_wise_psa_ticket_note",
        json!({"ticket_id": id, "text": text, "internal_analysis_flag": true}),
    )?;
    let notes = session.list(
        "list_all_connect_wise_psa_ticket_notes",
        json!({"ticket_id": id, "internal": true}),
    )?;
    first(&notes, "note of ours", |it| it.value("/text") == text)?;
    session.say(&format!("Noted: {text}"));
    Ok(())
}

fn audit_time(session: &mut Session) -> anyhow::Result<()> {
    let engineers = session.list(
        "list_all_connect_wise_psa_members",
        json!({"department": "Engineering", "inactive": false}),
    )?;
    ensure!(!engineers.is_empty(), "there are no engineers");
    let ids: Result<Vec<_>, _> = engineers.iter().map(|it| it.given("/id")).collect();

    let now = clock::now();
    let midnight = |seconds: u64| format!("{}T00:00:00Z", clock::day(seconds));
    // Small pages, to show how the cursor is handed back.
    let entries = session.list(
        "list_all_connect_wise_psa_time_entries",
        json!({
            "date_from": midnight(now.saturating_sub(DAY)),
            "date_to": midnight(now),
            "billable_option": "Billable",
            "conditions": [{"field": "member/id", "op": "in", "value": ids?}],
            "limit": 3,
        }),
    )?;
    let thin = |it: &&Record| it.text("/notes").unwrap_or_default().trim().chars().count() < 50;
    let found: Vec<_> = entries.iter().filter(thin).collect();
    ensure!(!found.is_empty(), "no entry has thin notes");
    ensure!(found.len() < entries.len(), "every entry has thin notes");
    session.say(&format!(
        "{} of {} billable entries have thin notes",
        found.len(),
        entries.len()
    ));
    for entry in found {
        ensure!(
            entry.value("/billableOption") == "Billable",
            "the filter let another entry through"
        );
        session.say(&format!(
            "{}, ticket {}, {} h: \"{}\"",
            entry.text("/member/name")?,
            entry.given("/ticket/id")?,
            entry.number("/actualHours")?,
            entry.text("/notes").unwrap_or_default()
        ));
    }
    Ok(())
}
