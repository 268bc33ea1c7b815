//! What the vendor demands of a document: a file or the address of a page, and a record that it is attached to.

use serde_json::{Value, json};

use crate::behaviour::{Change, absent};
use crate::exchange::{Complaint, Kind, Refusal};
use crate::path::{self, Record};

/// The collections of the kinds of records that the sandbox has.
const KINDS: [(&str, &str); 4] = [
    ("Ticket", "tickets"),
    ("Company", "companies"),
    ("Contact", "contacts"),
    ("Opportunity", "opportunities"),
];

/// Checks an uploaded document, and turns what the form says into what the document shows.
pub(super) fn document(change: &mut Change<'_>) -> Result<(), Refusal> {
    let record = &mut *change.record;
    missing(record)?;
    let kind = path::text(path::read(record, "recordType"));
    let known = KINDS.iter().find(|(name, _)| *name == kind);
    let Some((_, collection)) = known else {
        let message = format!("{kind} is no kind of record that a document can be attached to.");
        return Err(Refusal::of(Kind::Unprocessable, "recordType", message));
    };
    let id = path::read(record, "recordId");
    if change.store.find(collection, id).is_none() {
        return Err(absent(collection, id));
    }
    let is_url = record.shift_remove("url").is_some();
    let is_private = record.shift_remove("privateFlag") == Some(json!(true));
    let is_read_only = record.shift_remove("readOnlyFlay") == Some(json!(true));
    record.shift_remove("isAvatar");
    let media_type = path::text(path::read(record, "mediaType"));
    record.insert("urlFlag".to_owned(), is_url.into());
    record.insert("publicFlag".to_owned(), (!is_private).into());
    record.insert("readOnlyFlag".to_owned(), is_read_only.into());
    record.insert(
        "imageFlag".to_owned(),
        media_type.starts_with("image/").into(),
    );
    Ok(())
}

fn missing(record: &Record) -> Result<(), Refusal> {
    let is_absent = |name: &&str| path::read(record, name) == &Value::Null;
    let mut absent: Vec<&str> = ["recordType", "recordId", "title"]
        .into_iter()
        .filter(is_absent)
        .collect();
    if is_absent(&"fileName") && is_absent(&"url") {
        absent.push("file");
    }
    if absent.is_empty() {
        return Ok(());
    }
    let complaint = |name: &str| Complaint {
        kind: Kind::Missing,
        field: name.to_owned(),
        message: format!("The part `{name}` is required."),
    };
    Err(absent.into_iter().map(complaint).collect::<Vec<_>>().into())
}
