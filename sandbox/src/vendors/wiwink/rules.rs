//! What is demanded of records and computed for them: schedules, amounts, signers, codes, questions.

use serde_json::Value;

use super::{money, steps::demand_draft};
use crate::behaviour::Change;
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};
use crate::seed::clock;

/// A work ends after it begins, and its status is one for works.
pub(super) fn work(change: &mut Change<'_>) -> Result<(), Refusal> {
    let time = |name: &str| {
        change
            .record
            .get(name)
            .and_then(Value::as_str)
            .and_then(clock::parse)
    };
    if let (Some(start), Some(end)) = (time("scheduled_start"), time("scheduled_end"))
        && end <= start
    {
        let message = "scheduled_end must be after scheduled_start.";
        return Err(Refusal::of(Kind::Unprocessable, "scheduled_end", message));
    }
    let status = change
        .store
        .find("statuses", path::read(change.record, "status_id"));
    if status.is_some_and(|status| *path::read(status, "applies_to") != "works") {
        let message = "The status_id is refused: this status does not apply to works.";
        return Err(Refusal::of(Kind::Unprocessable, "status_id", message));
    }
    Ok(())
}

/// Computes the tax and the total, and demands that the discount is not more than the sum.
pub(super) fn proposal(change: &mut Change<'_>) -> Result<(), Refusal> {
    let cents = |name: &str| money::cents(path::read(change.record, name));
    let (sum, discount) = (cents("sub_amount"), cents("discount_amount"));
    if discount > sum {
        let (sum, discount) = (money::number(sum), money::number(discount));
        let message =
            format!("The discount_amount of {discount} is more than the sub_amount of {sum}.");
        return Err(Refusal::of(Kind::Unprocessable, "discount_amount", message));
    }
    let tax = money::share(sum - discount, path::read(change.record, "tax_percentage"));
    let total = money::number(sum - discount + tax);
    change
        .record
        .insert("tax_amount".to_owned(), money::number(tax));
    change.record.insert("total_amount".to_owned(), total);
    let contact = change
        .store
        .find("contacts", path::read(change.record, "contact_id"));
    if contact.is_some_and(|contact| {
        *path::read(contact, "customer_id") != *path::read(change.record, "customer_id")
    }) {
        let message = "The contact_id is refused: the contact belongs to another customer.";
        return Err(Refusal::of(Kind::Unprocessable, "contact_id", message));
    }
    Ok(())
}

/// A signature is for a proposal or has a name of its own.
pub(super) fn signature(change: &mut Change<'_>) -> Result<(), Refusal> {
    if change.record.contains_key("name") {
        return Ok(());
    }
    let proposal = change
        .store
        .find("proposals", path::read(change.record, "proposal_id"));
    let Some(proposal) = proposal else {
        let message = "A signature needs a proposal_id or a name.";
        return Err(Refusal::of(Kind::Unprocessable, "proposal_id", message));
    };
    change.record.insert(
        "name".to_owned(),
        format!("Proposal {}", path::text(path::read(proposal, "reference"))).into(),
    );
    Ok(())
}

/// Signers are added to drafts, each address once.
pub(super) fn signer(change: &mut Change<'_>) -> Result<(), Refusal> {
    let id = path::read(change.record, "signature_id").clone();
    if let Some(signature) = change.store.find("signatures", &id) {
        demand_draft(signature, "its signers can change")?;
    }
    let mut others = change
        .store
        .records("signers")
        .iter()
        .filter(|signer| *path::read(signer, "signature_id") == id)
        .filter(|signer| path::read(signer, "id") != path::read(change.record, "id"));
    if others.any(|signer| {
        path::same(
            path::read(signer, "email"),
            path::read(change.record, "email"),
        )
    }) {
        let message = "This email is already one of the signers.";
        return Err(Refusal::of(Kind::Unprocessable, "email", message));
    }
    Ok(())
}

/// What was sent does not change.
pub(super) fn draft(change: &mut Change<'_>) -> Result<(), Refusal> {
    match change.before {
        Some(before) => demand_draft(before, "it can change"),
        None => Ok(()),
    }
}

/// Computes the prices with tax.
pub(super) fn product(change: &mut Change<'_>) -> Result<(), Refusal> {
    for name in ["price_retail", "price_reduced", "price_cost"] {
        let price = path::read(change.record, name);
        let taxed = match price.is_null() {
            true => Value::Null,
            false => {
                let cents = money::cents(price);
                money::number(
                    cents + money::share(cents, path::read(change.record, "tax_percentage")),
                )
            }
        };
        change.record.insert(format!("{name}_final"), taxed);
    }
    Ok(())
}

/// A code is there once for each kind of record.
pub(super) fn status(change: &mut Change<'_>) -> Result<(), Refusal> {
    let same =
        |other: &Record, name: &str| path::read(other, name) == path::read(change.record, name);
    let mut others = change.store.records("statuses").iter();
    if others.any(|it| same(it, "code") && same(it, "applies_to")) {
        return Err(Refusal::of(
            Kind::State,
            "code",
            "This code is taken already.",
        ));
    }
    Ok(())
}

/// The questions of a form are records of their own.
pub(super) fn form(change: &mut Change<'_>) -> Result<(), Refusal> {
    let id = path::read(change.record, "id").clone();
    let fields = change.record.shift_remove("fields").unwrap_or_default();
    for field in fields.as_array().into_iter().flatten() {
        let mut field = field.as_object().cloned().unwrap_or_default();
        field.insert("form_id".to_owned(), id.clone());
        change.also.push(("form_fields".to_owned(), field));
    }
    Ok(())
}
