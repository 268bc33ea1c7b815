//! What only Wiwink does: the signature's way from draft to signed, the assignment that replaces, the amounts of a proposal.
//!
//! A signature goes draft → sent → completed or cancelled. While it is a draft, a document and signers are added; sending
//! needs both; cancelling needs that it is sent and not completed.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::behaviour::{Behaviour, Change, Rule, Success, Turn, absent};
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};
use crate::seed::clock;

/// A behaviour of this vendor.
pub(super) fn behaviour(name: &str, options: &Value) -> Option<Result<Box<dyn Behaviour>, String>> {
    let step: Step = match name {
        "wiwink_upload_document" => upload_document,
        "wiwink_send_signature" => send,
        "wiwink_cancel_signature" => cancel,
        "wiwink_assign_installer" => assign,
        _ => return None,
    };
    Some(
        match options.as_object().is_none_or(serde_json::Map::is_empty) {
            true => Ok(Box::new(step)),
            false => Err(format!("`{name}` takes no options")),
        },
    )
}

/// A rule of this vendor.
pub(super) fn rule(name: &str) -> Option<Rule> {
    match name {
        "wiwink_work" => Some(work),
        "wiwink_proposal" => Some(proposal),
        "wiwink_signature" => Some(signature),
        "wiwink_signer" => Some(signer),
        _ => None,
    }
}

/// A behaviour without options.
type Step = fn(&mut Turn<'_>) -> Result<Success, Refusal>;

impl Behaviour for Step {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        self(turn)
    }
}

/// Stores the document's bytes by their digest; a document that was there is replaced.
fn upload_document(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let mut signature = turn.named("signatures", None, None)?;
    demand_draft(&signature, "a document can be uploaded")?;
    let content = std::mem::take(&mut turn.inputs.content);
    if !content.starts_with(b"%PDF-") {
        return Err(Refusal::of(
            Kind::Unprocessable,
            "document",
            "The document is not a PDF file.",
        ));
    }
    let digest: String = Sha256::digest(&content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let id = new_id(turn, "documents")?;
    let document = json!({
        "id": id, "signature_id": path::read(&signature, "id"), "content_type": "application/pdf", "size": content.len(),
        "sha256": digest, "uploaded_at": clock::zulu(clock::now()),
    });
    signature.insert("document_id".to_owned(), id);
    turn.put("signatures", signature)?;
    turn.keep(
        "documents",
        document.as_object().cloned().unwrap_or_default(),
    )?;
    Ok(turn.around(document, None))
}

fn send(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let mut signature = turn.named("signatures", None, None)?;
    demand_draft(&signature, "it can be sent")?;
    let has_signer = turn
        .world
        .store
        .records("signers")
        .iter()
        .any(|signer| *path::read(signer, "signature_id") == *path::read(&signature, "id"));
    let missing = match (path::read(&signature, "document_id").is_null(), has_signer) {
        (true, false) => Some("a document and at least one signer"),
        (true, true) => Some("a document"),
        (false, false) => Some("at least one signer"),
        (false, true) => None,
    };
    if let Some(missing) = missing {
        let message = format!("The signature cannot be sent: it still needs {missing}.");
        return Err(Refusal::new(Kind::State, message));
    }
    step(turn, &mut signature, "sent", "sent_at")
}

fn cancel(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let mut signature = turn.named("signatures", None, None)?;
    let reason = match path::read(&signature, "status")
        .as_str()
        .unwrap_or_default()
    {
        "sent" => return step(turn, &mut signature, "cancelled", "cancelled_at"),
        "draft" => "it was not sent yet",
        "completed" => "it is already completed",
        _ => "it is already cancelled",
    };
    Err(Refusal::new(
        Kind::State,
        format!("The signature cannot be cancelled: {reason}."),
    ))
}

/// Moves a signature on, and answers when that was.
fn step(
    turn: &mut Turn<'_>,
    signature: &mut Record,
    status: &str,
    at: &str,
) -> Result<Success, Refusal> {
    let now = clock::zulu(clock::now());
    signature.insert("status".to_owned(), status.into());
    signature.insert(at.to_owned(), now.clone().into());
    turn.put("signatures", signature.clone())?;
    Ok(turn.around(
        json!({"signature_id": path::read(signature, "id"), "status": status, at: now}),
        None,
    ))
}

fn demand_draft(signature: &Record, what: &str) -> Result<(), Refusal> {
    let status = path::text(path::read(signature, "status"));
    if status == "draft" {
        return Ok(());
    }
    let message = format!("The signature is {status}: only while it is a draft {what}.");
    Err(Refusal::new(Kind::State, message))
}

/// Makes an installer the work's only one.
fn assign(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let (work_id, installer_id) = (
        turn.inputs.body["work_id"].clone(),
        turn.inputs.body["installer_id"].clone(),
    );
    let store = &turn.world.store;
    let mut work = store
        .find("works", &work_id)
        .cloned()
        .ok_or_else(|| absent("works", &work_id))?;
    store
        .find("installers", &installer_id)
        .ok_or_else(|| absent("installers", &installer_id))?;
    let before = path::read(&work, "installer_ids")
        .as_array()
        .cloned()
        .unwrap_or_default();
    let replaced: Vec<Value> = before
        .into_iter()
        .filter(|id| *id != installer_id)
        .collect();
    let now = clock::zulu(clock::now());
    work.insert("installer_ids".to_owned(), json!([installer_id]));
    work.insert("updated_at".to_owned(), now.clone().into());
    turn.put("works", work)?;
    let id = new_id(turn, "work_installers")?;
    let assignment = json!({
        "id": id, "work_id": work_id, "installer_id": installer_id, "replaced_installer_ids": replaced,
        "assigned_at": now,
    });
    if let Ok(assignments) = turn.world.store.collection_mut("work_installers") {
        assignments.retain(|assignment| *path::read(assignment, "work_id") != work_id);
    }
    turn.keep(
        "work_installers",
        assignment.as_object().cloned().unwrap_or_default(),
    )?;
    Ok(turn.around(assignment, None))
}

fn new_id(turn: &mut Turn<'_>, collection: &str) -> Result<Value, Refusal> {
    let world = &mut *turn.world;
    let collection = world
        .store
        .collection_mut(collection)
        .map_err(crate::behaviour::broken)?;
    Ok(collection.next_id(&mut world.draw))
}

/// A work ends after it begins, and its status is one for works.
fn work(change: &mut Change<'_>) -> Result<(), Refusal> {
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
fn proposal(change: &mut Change<'_>) -> Result<(), Refusal> {
    let amount = |name: &str| {
        change
            .record
            .get(name)
            .and_then(Value::as_f64)
            .unwrap_or(0.0)
    };
    let (sum, discount) = (amount("sub_amount"), amount("discount_amount"));
    if discount > sum {
        let message =
            format!("The discount_amount of {discount} is more than the sub_amount of {sum}.");
        return Err(Refusal::of(Kind::Unprocessable, "discount_amount", message));
    }
    let cents = |amount: f64| (amount * 100.0).round() / 100.0;
    let tax = cents((sum - discount) * amount("tax_percentage") / 100.0);
    change.record.insert("tax_amount".to_owned(), tax.into());
    change.record.insert(
        "total_amount".to_owned(),
        cents(sum - discount + tax).into(),
    );
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
fn signature(change: &mut Change<'_>) -> Result<(), Refusal> {
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
fn signer(change: &mut Change<'_>) -> Result<(), Refusal> {
    let id = path::read(change.record, "signature_id").clone();
    if let Some(signature) = change.store.find("signatures", &id) {
        demand_draft(signature, "signers can be added")?;
    }
    let mut others = change
        .store
        .records("signers")
        .iter()
        .filter(|signer| *path::read(signer, "signature_id") == id);
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
