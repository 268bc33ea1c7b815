//! What only ConnectWise PSA does: what a board demands of its tickets, where notes are shown, what time is charged to, who approves it, when an
//! order is closed.

mod approval;
mod bundle;
mod discussion;
mod document;
mod link;
mod project;
mod purchase;
mod schedule;
mod ticket;
mod time;

use serde_json::{Value, json};

use crate::behaviour::{Behaviour, Change, Make, Rule, Success, Turn, absent};
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};
use crate::store::Store;

/// A behaviour of this vendor.
pub(super) fn behaviour(name: &str) -> Option<Result<Box<dyn Behaviour>, String>> {
    match name {
        "connectwise_merge_tickets" => Some(Ok(Box::new(bundle::Merge))),
        "connectwise_attach_children" => Some(Ok(Box::new(bundle::AttachChildren))),
        "connectwise_team" => Some(Ok(Box::new(Team))),
        _ => None,
    }
}

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
        "connectwise_document" => Some(document::document),
        "connectwise_company" => Some(company),
        "connectwise_contact" => Some(contact),
        "connectwise_ticket_configuration" => Some(link::configuration),
        "connectwise_of_company" => Some(link::of_company),
        "connectwise_company_type" => Some(link::company_type),
        "connectwise_project" => Some(project::project),
        "connectwise_phase" => Some(project::phase),
        "connectwise_project_ticket" => Some(project::ticket),
        "connectwise_schedule_entry" => Some(schedule::entry),
        _ => None,
    }
}

/// A view of this vendor.
pub(super) fn view(name: &str) -> Option<Make> {
    match name {
        "connectwise_discussion" => Some(discussion::whole),
        "connectwise_project_discussion" => Some(discussion::whole_of_projects),
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

/// One of the teams of all boards.
struct Team;

impl Behaviour for Team {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let id = turn.id(None);
        let mut teams = teams(&turn.world.store).into_iter();
        let team = teams.find(|team| path::same(path::read(team, "id"), &id));
        let team = team.ok_or_else(|| absent("teams", &id))?;
        Ok(turn.around(Value::Object(team), None))
    }
}
