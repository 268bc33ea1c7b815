//! What only ConnectWise PSA does: what a board demands of its tickets, where notes are shown, what time is charged to, who approves it, when an
//! order is closed.

mod approval;
mod discussion;
mod purchase;
mod ticket;
mod time;

use serde_json::{Value, json};

use crate::behaviour::{Change, Make, Rule};
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};
use crate::store::Store;

/// A rule of this vendor.
pub(super) fn rule(name: &str) -> Option<Rule> {
    match name {
        "connectwise_ticket" => Some(ticket::ticket),
        "connectwise_note" => Some(discussion::note),
        "connectwise_time_entry" => Some(time::entry),
        "connectwise_expense_entry" => Some(time::expense),
        "connectwise_submit" => Some(approval::submit),
        "connectwise_approve" => Some(approval::approve),
        "connectwise_reject" => Some(approval::reject),
        "connectwise_purchase_order" => Some(purchase::order),
        "connectwise_company" => Some(company),
        "connectwise_contact" => Some(contact),
        _ => None,
    }
}

/// A view of this vendor.
pub(super) fn view(name: &str) -> Option<Make> {
    match name {
        "connectwise_discussion" => Some(discussion::whole),
        "connectwise_teams" => Some(teams),
        _ => None,
    }
}

/// Identifiers are unique.
fn company(change: &mut Change<'_>) -> Result<(), Refusal> {
    let (id, identifier) = (
        path::read(change.record, "id"),
        path::read(change.record, "identifier"),
    );
    let taken = |other: &Record| {
        path::same(path::read(other, "identifier"), identifier) && *path::read(other, "id") != *id
    };
    if change.store.records("companies").iter().any(taken) {
        let message = format!("There is a company with the identifier {identifier} already.");
        return Err(Refusal::of(Kind::Unprocessable, "identifier", message));
    }
    Ok(())
}

/// A contact is referred to by its whole name, which is kept beside the parts.
fn contact(change: &mut Change<'_>) -> Result<(), Refusal> {
    let part = |name: &str| {
        change
            .record
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let name = format!("{} {}", part("firstName"), part("lastName"))
        .trim()
        .to_owned();
    if name.is_empty() {
        return Err(Refusal::of(
            Kind::Missing,
            "firstName",
            "A contact needs a firstName or a lastName.",
        ));
    }
    change.record.insert("fullName".to_owned(), name.into());
    Ok(())
}

/// The teams of all boards, as the service desk lists them.
fn teams(store: &Store) -> Vec<Record> {
    let teams = store.records("board_teams").iter().map(|team| {
        let team = json!({
            "id": path::read(team, "id"), "name": path::read(team, "name"), "leader": path::read(team, "teamLeader"),
            "deleteNotifyFlag": path::read(team, "notifyOnTicketDelete"), "_info": path::read(team, "_info"),
        });
        team.as_object().cloned().unwrap_or_default()
    });
    teams.collect()
}
