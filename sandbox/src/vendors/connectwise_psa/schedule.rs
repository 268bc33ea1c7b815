//! What a schedule entry is for, how long it is, and what stands in its way.

use serde_json::{Value, json};

use crate::behaviour::Change;
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};
use crate::seed::clock;

/// Which collection an entry of a type is for, by the type's code.
const FOR: [(&str, &str); 2] = [("S", "tickets"), ("P", "project_tickets")];

/// Makes a schedule entry whole after a change, or refuses it.
pub(super) fn entry(change: &mut Change<'_>) -> Result<(), Refusal> {
    describe(change)?;
    measure(change)?;
    free(change)
}

/// An entry for a ticket is named after it.
fn describe(change: &mut Change<'_>) -> Result<(), Refusal> {
    let code = path::read(change.record, "type/identifier");
    let Some((_, collection)) = FOR.into_iter().find(|(it, _)| code == it) else {
        return Ok(());
    };
    let id = path::read(change.record, "objectId").clone();
    if id.is_null() {
        let message = "The body property `objectId` is required with this type.";
        return Err(Refusal::of(Kind::Missing, "objectId", message));
    }
    let Some(ticket) = change.store.find(collection, &id) else {
        let message = format!("The objectId is refused: there is no {id} of the type {code}.");
        return Err(Refusal::of(Kind::Unprocessable, "objectId", message));
    };
    let summary = path::text(path::read(ticket, "summary"));
    let name = format!("#{id} - {summary}");
    change.record.insert("name".to_owned(), name.into());
    Ok(())
}

/// It does not end before it begins, and its hours follow.
fn measure(change: &mut Change<'_>) -> Result<(), Refusal> {
    let time = |name: &str| {
        path::read(change.record, name)
            .as_str()
            .and_then(clock::parse)
    };
    let (Some(start), Some(end)) = (time("dateStart"), time("dateEnd")) else {
        return Ok(());
    };
    if end <= start {
        let message = "The dateEnd must be after the dateStart.";
        return Err(Refusal::of(Kind::Unprocessable, "dateEnd", message));
    }
    if !change.given.iter().any(|given| given == "hours") {
        // Seconds of a schedule entry have far fewer digits than a float holds.
        let seconds = f64::from(i32::try_from(end - start).unwrap_or(i32::MAX));
        let hours = json!((seconds / 36.0).round() / 100.0);
        change.record.insert("hours".to_owned(), hours);
    }
    Ok(())
}

/// A member is in one place at a time, unless the request says that it may be otherwise.
fn free(change: &mut Change<'_>) -> Result<(), Refusal> {
    if *path::read(change.record, "allowScheduleConflictsFlag") == true {
        return Ok(());
    }
    let text = |record: &Record, name: &str| path::text(path::read(record, name));
    let (member, id) = (
        path::read(change.record, "member/id"),
        path::read(change.record, "id"),
    );
    let overlaps = |other: &&Record| {
        // All are UTC seconds of one form, so that their order is that of their letters.
        path::read(other, "member/id") == member
            && path::read(other, "id") != id
            && *path::read(other, "doneFlag") != true
            && text(other, "dateStart") < text(change.record, "dateEnd")
            && text(change.record, "dateStart") < text(other, "dateEnd")
    };
    let timed = !path::read(change.record, "dateEnd").is_null() && *member != Value::Null;
    let mut entries = change.store.records("schedule_entries").iter();
    match entries.find(overlaps) {
        Some(other) if timed => {
            let message = format!(
                "There is a schedule conflict with entry {}.",
                path::read(other, "id")
            );
            Err(Refusal::of(Kind::Unprocessable, "dateStart", message))
        }
        _ => Ok(()),
    }
}
