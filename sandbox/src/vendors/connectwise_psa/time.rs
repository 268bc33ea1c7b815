//! What time is charged to, and how long it was.

use serde_json::{Value, json};

use crate::behaviour::Change;
use crate::exchange::{Kind, Refusal};
use crate::path;
use crate::seed::clock;

/// Makes a time entry whole after a change, or refuses it.
pub(super) fn entry(change: &mut Change<'_>) -> Result<(), Refusal> {
    measure(change)?;
    charge(change)?;
    tell_of_ticket(change);
    Ok(())
}

/// An expense is charged like time.
pub(super) fn expense(change: &mut Change<'_>) -> Result<(), Refusal> {
    charge(change)
}

/// A time entry has an end or a number of hours; the one gives the other.
fn measure(change: &mut Change<'_>) -> Result<(), Refusal> {
    let time = |name: &str| {
        change
            .record
            .get(name)
            .and_then(Value::as_str)
            .and_then(clock::parse)
    };
    let start = time("timeStart").unwrap_or_default();
    let hours = change.record.get("actualHours").and_then(Value::as_f64);
    let moved = change
        .given
        .iter()
        .any(|given| given == "timeEnd" || given == "timeStart");
    let told = change.given.iter().any(|given| given == "actualHours");
    let deducted = change
        .record
        .get("hoursDeduct")
        .and_then(Value::as_f64)
        .unwrap_or(0.0);
    match (time("timeEnd"), hours) {
        (None, None) => Err(Refusal::of(
            Kind::Missing,
            "timeEnd",
            "A time entry needs a timeEnd or actualHours.",
        )),
        (Some(end), _) if end <= start => Err(Refusal::of(
            Kind::Unprocessable,
            "timeEnd",
            "The timeEnd must be after the timeStart.",
        )),
        (Some(end), hours) if hours.is_none() || (moved && !told) => {
            // Seconds of a day have far fewer digits than a float holds.
            let seconds = f64::from(i32::try_from(end - start).unwrap_or(i32::MAX));
            change.record.insert(
                "actualHours".to_owned(),
                json!((seconds / 36.0).round() / 100.0 - deducted),
            );
            Ok(())
        }
        (None, Some(hours)) => {
            // Too many hours become the largest number of seconds, which a time then does not reach.
            let seconds = (hours * 3600.0).round().clamp(0.0, 1e12) as i64;
            change.record.insert(
                "timeEnd".to_owned(),
                clock::zulu(start.saturating_add(seconds)).into(),
            );
            Ok(())
        }
        _ => Ok(()),
    }
}

/// It is charged to something that there is, whose company it takes over.
fn charge(change: &mut Change<'_>) -> Result<(), Refusal> {
    let (kind, id) = (
        path::read(change.record, "chargeToType").clone(),
        path::read(change.record, "chargeToId").clone(),
    );
    for (name, value) in [("chargeToType", &kind), ("chargeToId", &id)] {
        if value.is_null() {
            return Err(Refusal::of(
                Kind::Missing,
                name,
                format!("The body property `{name}` is required."),
            ));
        }
    }
    let collection = match kind.as_str().unwrap_or_default() {
        "ServiceTicket" => "tickets",
        "ProjectTicket" => "project_tickets",
        "Company" => "companies",
        "ChargeCode" => "charge_codes",
        "Activity" => "activities",
        other => {
            let message = format!("The sandbox has nothing of the chargeToType {other}.");
            return Err(Refusal::of(Kind::Unprocessable, "chargeToType", message));
        }
    };
    let Some(charged) = change.store.find(collection, &id) else {
        let message =
            format!("The chargeToId is refused: there is no {id} of the chargeToType {kind}.");
        return Err(Refusal::of(Kind::Unprocessable, "chargeToId", message));
    };
    let company = match change.store.collection("companies") {
        Ok(companies) if collection == "companies" => companies.reference(charged),
        _ => path::read(charged, "company").clone(),
    };
    change.record.insert("company".to_owned(), company);
    if ["tickets", "project_tickets"].contains(&collection) {
        let project = path::read(charged, "project");
        if !project.is_null() {
            change.record.insert("project".to_owned(), project.clone());
        }
        change.record.insert(
            "ticket".to_owned(),
            json!({"id": id, "summary": path::read(charged, "summary")}),
        );
    }
    Ok(())
}

/// A time entry shows what its ticket is like.
fn tell_of_ticket(change: &mut Change<'_>) {
    let id = path::read(change.record, "ticket/id").clone();
    let Some(ticket) = change.store.find("tickets", &id) else {
        return;
    };
    for (ours, theirs) in [
        ("ticketBoard", "board/name"),
        ("ticketStatus", "status/name"),
        ("ticketType", "type/name"),
    ] {
        let value = path::read(ticket, theirs);
        if !value.is_null() {
            change.record.insert(ours.to_owned(), value.clone());
        }
    }
}
