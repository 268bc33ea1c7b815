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

/// Every ticket's notes, and the notes of the time spent on it; `ticket/id` says whose.
pub(super) fn whole(store: &Store) -> Vec<Record> {
    let written = store.records("notes").iter().map(|note| {
        let ticket = store.find("tickets", path::read(note, "ticketId"));
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
        .filter(|time| time.contains_key("ticket"))
        .map(|time| {
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
        });
    written.chain(timed).collect()
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
