//! How tickets are joined: merged into one that stays, or bundled under a parent.

use serde_json::{Value, json};

use crate::behaviour::{Behaviour, Success, Turn, absent, broken};
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};

const TICKETS: &str = "tickets";

/// Merges tickets into the one that the path names.
pub(super) struct Merge;

/// Makes tickets the children of the one that the path names.
pub(super) struct AttachChildren;

impl Behaviour for Merge {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let mut parent = stays(turn)?;
        let status = turn.inputs.body["status"].clone();
        let mut merged = Vec::new();
        for mut ticket in others(turn, &parent, "mergeTicketIds")? {
            if !path::read(&ticket, "mergedParentTicket").is_null() {
                return Err(refusal("mergeTicketIds", &ticket, "is merged already"));
            }
            let status = closing_status(turn, &ticket, &status)?;
            ticket.insert("status".to_owned(), status);
            ticket.insert("closedFlag".to_owned(), true.into());
            ticket.insert("mergedParentTicket".to_owned(), reference(&parent));
            merged.push(ticket);
        }
        for ticket in merged {
            turn.put(TICKETS, ticket)?;
        }
        parent.insert("hasMergedChildTicketFlag".to_owned(), true.into());
        turn.put(TICKETS, parent)?;
        Ok(done(turn))
    }
}

impl Behaviour for AttachChildren {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let mut parent = stays(turn)?;
        let children = others(turn, &parent, "childTicketIds")?;
        for mut child in children {
            if *path::read(&child, "hasChildTicket") == true {
                return Err(refusal("childTicketIds", &child, "is a parent itself"));
            }
            if !path::read(&child, "parentTicketId").is_null() {
                return Err(refusal("childTicketIds", &child, "is a child already"));
            }
            let id = path::read(&parent, "id").clone();
            child.insert("parentTicketId".to_owned(), id);
            turn.put(TICKETS, child)?;
        }
        parent.insert("hasChildTicket".to_owned(), true.into());
        turn.put(TICKETS, parent)?;
        Ok(done(turn))
    }
}

/// The ticket that the path names.
fn stays(turn: &Turn<'_>) -> Result<Record, Refusal> {
    turn.named(TICKETS, Some(&"parentId".to_owned()), None)
}

/// The tickets of a list of ids in the body: at least one, and not the ticket itself.
fn others(turn: &Turn<'_>, parent: &Record, property: &str) -> Result<Vec<Record>, Refusal> {
    let ids = turn.inputs.body[property].as_array();
    let ids = ids.cloned().unwrap_or_default();
    if ids.is_empty() {
        let message = format!("The body property `{property}` names no ticket.");
        return Err(Refusal::of(Kind::Missing, property, message));
    }
    let find = |id: &Value| {
        let found = turn.world.store.find(TICKETS, id);
        found.cloned().ok_or_else(|| absent(TICKETS, id))
    };
    let found = ids.iter().map(find).collect::<Result<Vec<Record>, _>>()?;
    match found
        .iter()
        .find(|it| path::read(it, "id") == path::read(parent, "id"))
    {
        Some(itself) => Err(refusal(property, itself, "is the ticket itself")),
        None => Ok(found),
    }
}

/// The status of the ticket's board that is meant, which must close.
fn closing_status(turn: &Turn<'_>, ticket: &Record, wanted: &Value) -> Result<Value, Refusal> {
    let statuses = turn.world.store.collection("statuses").map_err(broken)?;
    let meant = |status: &&Record| {
        let key = ["id", "name"]
            .into_iter()
            .find(|key| !wanted[key].is_null());
        key.is_some_and(|key| path::same(path::read(status, key), &wanted[key]))
            && path::read(status, "board/id") == path::read(ticket, "board/id")
            && *path::read(status, "closedStatus") == true
    };
    let found = statuses.records().iter().find(meant);
    let reference = found.map(|status| statuses.reference(status));
    reference.ok_or_else(|| {
        let message = format!(
            "The status is refused: {wanted} is no closing status of the board of ticket {}.",
            path::read(ticket, "id")
        );
        Refusal::of(Kind::Unprocessable, "status", message)
    })
}

fn reference(ticket: &Record) -> Value {
    json!({"id": path::read(ticket, "id"), "summary": path::read(ticket, "summary")})
}

fn refusal(property: &str, ticket: &Record, what: &str) -> Refusal {
    let message = format!("The ticket {} {what}.", path::read(ticket, "id"));
    Refusal::of(Kind::Unprocessable, property, message)
}

fn done(turn: &Turn<'_>) -> Success {
    turn.around(json!({"success": true, "message": ""}), None)
}
