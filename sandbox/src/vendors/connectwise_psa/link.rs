//! What may be attached to what.

use serde_json::Value;

use crate::behaviour::{Change, absent, broken};
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};

/// A ticket takes each configuration of its company once.
pub(super) fn configuration(change: &mut Change<'_>) -> Result<(), Refusal> {
    let (id, ticket) = (
        path::read(change.record, "id").clone(),
        path::read(change.record, "ticketId").clone(),
    );
    if !change.given.iter().any(|given| given == "id") {
        let message = "The body property `id` is required.";
        return Err(Refusal::of(Kind::Missing, "id", message));
    }
    let found = change.store.find("configurations", &id);
    let found = found.ok_or_else(|| absent("configurations", &id))?;
    let company = change.store.find("tickets", &ticket);
    let company = company.map_or(&Value::Null, |it| path::read(it, "company/id"));
    if path::read(found, "company/id") != company {
        let message =
            "The configuration is refused: it belongs to another company than the ticket.";
        return Err(Refusal::of(Kind::Unprocessable, "id", message));
    }
    let attached =
        |other: &Record| *path::read(other, "id") == id && *path::read(other, "ticketId") == ticket;
    let links = change.store.records("ticket_configurations");
    if links.iter().any(attached) {
        let message = "The configuration is refused: it is on the ticket already.";
        return Err(Refusal::of(Kind::State, "id", message));
    }
    let device = path::read(found, "deviceIdentifier").clone();
    change.record.insert("deviceIdentifier".to_owned(), device);
    Ok(())
}

/// What hangs on a company refers to it as a whole, not by its id alone.
pub(super) fn of_company(change: &mut Change<'_>) -> Result<(), Refusal> {
    let id = path::read(change.record, "company/id").clone();
    let companies = change.store.collection("companies").map_err(broken)?;
    let company = companies
        .find(&id)
        .ok_or_else(|| absent("companies", &id))?;
    let company = companies.reference(company);
    change.record.insert("company".to_owned(), company);
    Ok(())
}

/// A company has each type once.
pub(super) fn company_type(change: &mut Change<'_>) -> Result<(), Refusal> {
    let own =
        |other: &Record, path: &str| path::read(other, path) == path::read(change.record, path);
    let has = |other: &Record| own(other, "company/id") && own(other, "type/id");
    let associations = change.store.records("company_type_associations");
    if associations.iter().any(has) {
        let message = "The type is refused: the company has it already.";
        return Err(Refusal::of(Kind::State, "type", message));
    }
    Ok(())
}
