//! Where notes are shown, and what the whole discussion of a ticket consists of.

use serde_json::{Value, json};

use crate::behaviour::Change;
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};
use crate::store::Store;

/// The places where a note can be shown.
const PLACES: [&str; 3] = [
    "detailDescriptionFlag",
    "internalAnalysisFlag",
    "resolutionFlag",
];

/// A note has a text and at least one place.
pub(super) fn note(change: &mut Change<'_>) -> Result<(), Refusal> {
    let shown = |place: &str| change.record.get(place) == Some(&Value::Bool(true));
    if !PLACES.iter().any(|place| shown(place)) {
        let message = "Please choose where to display the notes in order to save this record.";
        return Err(Refusal::new(Kind::Unprocessable, message));
    }
    if change
        .record
        .get("text")
        .and_then(Value::as_str)
        .is_none_or(|text| text.trim().is_empty())
    {
        return Err(Refusal::of(
            Kind::Missing,
            "text",
            "The body property `text` is required.",
        ));
    }
    let (internal, external) = (
        shown("internalAnalysisFlag"),
        shown("detailDescriptionFlag") || shown("resolutionFlag"),
    );
    change
        .record
        .insert("internalFlag".to_owned(), internal.into());
    change
        .record
        .insert("externalFlag".to_owned(), external.into());
    Ok(())
}

/// Every ticket's notes, and the notes of the time spent on it; `ticket/id` says whose. Those of a ticket that was merged are the
/// other's, too.
pub(super) fn whole(store: &Store) -> Vec<Record> {
    let mut all = of(store, "tickets", "notes");
    let merged = all.iter().filter_map(|entry| {
        let ticket = store.find("tickets", path::read(entry, "ticket/id"))?;
        let other = path::read(ticket, "mergedParentTicket");
        let mut entry = entry.clone();
        entry.insert("ticket".to_owned(), other.clone());
        entry.insert("mergedFlag".to_owned(), true.into());
        (!other.is_null()).then_some(entry)
    });
    let merged: Vec<Record> = merged.collect();
    all.extend(merged);
    all
}

/// The same of project tickets, which have fewer marks.
pub(super) fn whole_of_projects(store: &Store) -> Vec<Record> {
    let mut all = of(store, "project_tickets", "project_ticket_notes");
    for entry in &mut all {
        entry.remove("isMarkdownFlag");
        entry.remove("createdByParentFlag");
    }
    all
}

fn of(store: &Store, tickets: &str, notes: &str) -> Vec<Record> {
    let written = store.records(notes).iter().map(|note| {
        let ticket = store.find(tickets, path::read(note, "ticketId"));
        entry(
            note,
            "TicketNote",
            json!({"id": path::read(note, "ticketId"), "summary": ticket.map(|ticket| path::read(ticket, "summary"))}),
            path::read(note, "text"),
        )
    });
    let timed = store
        .records("time_entries")
        .iter()
        .filter(|time| store.find(tickets, path::read(time, "ticket/id")).is_some())
        .map(timed);
    written.chain(timed).collect()
}

/// What a time entry says in the discussion.
fn timed(time: &Record) -> Record {
    let mut entry = entry(
        time,
        "TimeEntryNote",
        path::read(time, "ticket").clone(),
        path::read(time, "notes"),
    );
    for (ours, theirs) in [
        ("detailDescriptionFlag", "addToDetailDescriptionFlag"),
        ("internalAnalysisFlag", "addToInternalAnalysisFlag"),
        ("resolutionFlag", "addToResolutionFlag"),
        ("timeStart", "timeStart"),
        ("timeEnd", "timeEnd"),
    ] {
        entry.insert(ours.to_owned(), path::read(time, theirs).clone());
    }
    entry
}

fn entry(from: &Record, kind: &str, ticket: Value, text: &Value) -> Record {
    let mut entry = Record::new();
    entry.insert("id".to_owned(), path::read(from, "id").clone());
    entry.insert("noteType".to_owned(), kind.into());
    entry.insert("ticket".to_owned(), ticket);
    entry.insert("text".to_owned(), text.clone());
    for name in PLACES
        .into_iter()
        .chain(["issueFlag", "member", "contact", "_info"])
    {
        let value = path::read(from, name);
        if !value.is_null() {
            entry.insert(name.to_owned(), value.clone());
        }
    }
    let author = path::read(from, "member/name");
    let author = if author.is_null() {
        path::read(from, "contact/name")
    } else {
        author
    };
    if !author.is_null() {
        entry.insert("originalAuthor".to_owned(), author.clone());
    }
    for flag in [
        "isMarkdownFlag",
        "bundledFlag",
        "mergedFlag",
        "createdByParentFlag",
    ] {
        entry.insert(flag.to_owned(), false.into());
    }
    entry
}
