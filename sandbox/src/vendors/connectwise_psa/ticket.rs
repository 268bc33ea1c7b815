//! What a board demands of its tickets, and what a ticket takes over from the records that it refers to.

use serde_json::{Value, json};

use crate::behaviour::Change;
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};
use crate::seed::clock;

/// The part of the taxonomy that a ticket keeps when it moves to a board that has one of the same name.
const TAXONOMY: [(&str, &str); 3] = [
    ("type", "types"),
    ("subType", "subtypes"),
    ("item", "items"),
];

/// Which note a property of a new ticket becomes, by the flag that shows it.
const NOTES: [(&str, &str); 3] = [
    ("initialDescription", "detailDescriptionFlag"),
    ("initialInternalAnalysis", "internalAnalysisFlag"),
    ("initialResolution", "resolutionFlag"),
];

/// Makes a ticket whole after a change, or refuses it.
pub(super) fn ticket(change: &mut Change<'_>) -> Result<(), Refusal> {
    fit_board(change);
    combine(change)?;
    close_or_open(change);
    describe_people(change)?;
    if change.before.is_none() {
        describe_site(change);
        write_notes(change, "notes");
    }
    Ok(())
}

/// Gives a ticket that is new on its board what the board has in the place of what it brought along.
fn fit_board(change: &mut Change<'_>) {
    let board = path::read(change.record, "board/id").clone();
    let moved = change
        .before
        .is_none_or(|before| *path::read(before, "board/id") != board);
    if !moved {
        return;
    }
    let here = |record: &&Record| {
        *path::read(record, "board/id") == board || record.get("boardId") == Some(&board)
    };
    let is_default = |record: &&Record| record.get("defaultFlag") == Some(&Value::Bool(true));
    for (property, collection) in [("status", "statuses"), ("team", "board_teams")] {
        if !change.given.iter().any(|given| given == property) {
            let default = change
                .store
                .records(collection)
                .iter()
                .filter(here)
                .find(is_default);
            replace(change, property, collection, default);
        }
    }
    for (property, collection) in TAXONOMY {
        if !change.given.iter().any(|given| given == property) {
            let name = path::read(change.record, &format!("{property}/name")).clone();
            let mut candidates = change.store.records(collection).iter().filter(here);
            let namesake = candidates.find(|other| path::same(path::read(other, "name"), &name));
            replace(change, property, collection, namesake);
        }
    }
}

/// Refers to another record, or to none.
pub(super) fn replace(
    change: &mut Change<'_>,
    property: &str,
    collection: &str,
    other: Option<&Record>,
) {
    let reference =
        other.and_then(|other| Some(change.store.collection(collection).ok()?.reference(other)));
    match reference {
        Some(reference) => drop(change.record.insert(property.to_owned(), reference)),
        None => drop(change.record.remove(property)),
    }
}

/// Type, subtype and item must be a combination that the board knows. What the request did not name gives way.
fn combine(change: &mut Change<'_>) -> Result<(), Refusal> {
    let mut chosen: Vec<&str> = Vec::new();
    for (property, _) in TAXONOMY {
        if path::read(change.record, property).is_null() {
            continue;
        }
        chosen.push(property);
        let fits = |association: &Record| {
            chosen.iter().all(|name| {
                path::read(association, &format!("{name}/id"))
                    == path::read(change.record, &format!("{name}/id"))
            })
        };
        if change.store.records("associations").iter().any(fits) {
            continue;
        }
        if change.given.iter().any(|given| given == property) {
            let message = format!(
                "The {property} is refused: the board does not combine it with the ticket's {}.",
                if chosen.len() > 1 { "type" } else { "board" }
            );
            return Err(Refusal::of(Kind::Unprocessable, property, message));
        }
        chosen.pop();
        change.record.remove(property);
    }
    Ok(())
}

/// Keeps `closedFlag` and its companions true to the status.
pub(super) fn close_or_open(change: &mut Change<'_>) {
    let status = change
        .store
        .find("statuses", path::read(change.record, "status/id"));
    let closed = status.is_some_and(|status| *path::read(status, "closedStatus") == true);
    let was_closed = change.record.get("closedDate").is_some();
    change.record.insert("closedFlag".to_owned(), closed.into());
    if closed && !was_closed {
        change
            .record
            .insert("closedDate".to_owned(), clock::zulu(clock::now()).into());
        change.record.insert("closedBy".to_owned(), "mcp".into());
    } else if !closed {
        change.record.remove("closedDate");
        change.record.remove("closedBy");
    }
}

/// Takes over how to reach the contact, and who works on the ticket.
fn describe_people(change: &mut Change<'_>) -> Result<(), Refusal> {
    if let Some(contact) = change
        .store
        .find("contacts", path::read(change.record, "contact/id"))
    {
        if path::read(contact, "company/id") != path::read(change.record, "company/id") {
            let message = "The contact is refused: it belongs to another company than the ticket.";
            return Err(Refusal::of(Kind::Unprocessable, "contact", message));
        }
        if change.given.iter().any(|given| given == "contact") {
            let items = path::read(contact, "communicationItems")
                .as_array()
                .into_iter()
                .flatten();
            let value = |kind: &str| {
                let mut items = items.clone();
                items
                    .find(|item| item["communicationType"] == kind)
                    .map(|item| item["value"].clone())
            };
            change.record.insert(
                "contactName".to_owned(),
                path::read(contact, "fullName").clone(),
            );
            change
                .record
                .extend(value("Email").map(|email| ("contactEmailAddress".to_owned(), email)));
            change
                .record
                .extend(value("Phone").map(|phone| ("contactPhoneNumber".to_owned(), phone)));
        }
    }
    assign(change);
    Ok(())
}

/// The owner works on the ticket.
pub(super) fn assign(change: &mut Change<'_>) {
    if change.given.iter().any(|given| given == "owner") {
        match path::read(change.record, "owner/identifier").clone() {
            Value::Null => drop(change.record.remove("resources")),
            identifier => drop(change.record.insert("resources".to_owned(), identifier)),
        }
    }
}

/// Takes over where the company is.
fn describe_site(change: &mut Change<'_>) {
    let company = change
        .store
        .find("companies", path::read(change.record, "company/id"));
    let Some(company) = company else { return };
    for (ours, theirs) in [
        ("addressLine1", "addressLine1"),
        ("city", "city"),
        ("stateIdentifier", "state"),
        ("zip", "zip"),
    ] {
        let value = path::read(company, theirs);
        if !change.record.contains_key(ours) && !value.is_null() {
            change.record.insert(ours.to_owned(), value.clone());
        }
    }
}

/// Makes notes of what a new ticket was opened with.
pub(super) fn write_notes(change: &mut Change<'_>, collection: &str) {
    for (property, flag) in NOTES {
        let text = path::read(change.record, property).clone();
        if text.as_str().is_none_or(str::is_empty) {
            continue;
        }
        let mut note = Record::from_iter([
            (
                "ticketId".to_owned(),
                path::read(change.record, "id").clone(),
            ),
            ("text".to_owned(), text),
        ]);
        for (_, other) in NOTES {
            note.insert(other.to_owned(), json!(other == flag));
        }
        change.also.push((collection.to_owned(), note));
    }
}
