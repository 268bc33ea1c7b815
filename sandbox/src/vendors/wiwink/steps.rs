//! The signature's way from draft to signed, and the assignment that replaces.
//!
//! A signature goes draft → sent → completed or cancelled. While it is a draft, a document and signers are added; sending
//! needs both; cancelling needs that it is sent and not completed.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::behaviour::{Parent, Success, Turn, absent, broken};
use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};
use crate::seed::clock;

/// Stores the document's bytes by their digest; a document that was there is replaced.
pub(super) fn upload_document(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
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
    let id = path::read(&signature, "id").clone();
    let document = Record::from_iter([
        ("signature_id".to_owned(), id),
        ("content_type".to_owned(), "application/pdf".into()),
        ("size".to_owned(), content.len().into()),
        ("sha256".to_owned(), digest.into()),
        ("uploaded_at".to_owned(), clock::zulu(clock::now()).into()),
    ]);
    let document = turn.keep_new("documents", document)?;
    signature.insert(
        "document_id".to_owned(),
        path::read(&document, "id").clone(),
    );
    turn.put("signatures", signature)?;
    Ok(turn.around(Value::Object(document), None))
}

pub(super) fn send(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
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

pub(super) fn cancel(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
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

pub(super) fn demand_draft(signature: &Record, what: &str) -> Result<(), Refusal> {
    let status = path::text(path::read(signature, "status"));
    if status == "draft" {
        return Ok(());
    }
    let message = format!("The signature is {status}: only while it is a draft {what}.");
    Err(Refusal::new(Kind::State, message))
}

/// Makes an installer the work's only one.
pub(super) fn assign(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
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
    if let Ok(assignments) = turn.world.store.collection_mut("work_installers") {
        assignments.retain(|assignment| *path::read(assignment, "work_id") != work_id);
    }
    let assignment = Record::from_iter([
        ("work_id".to_owned(), work_id),
        ("installer_id".to_owned(), installer_id),
        ("replaced_installer_ids".to_owned(), replaced.into()),
        ("assigned_at".to_owned(), now.into()),
    ]);
    let assignment = turn.keep_new("work_installers", assignment)?;
    Ok(turn.around(Value::Object(assignment), None))
}

/// Takes an installer off a work: nobody is on it then.
pub(super) fn unassign(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let assignment = turn.named("work_installers", None, None)?;
    let work = path::read(&assignment, "work_id").clone();
    if let Some(mut work) = turn.world.store.find("works", &work).cloned() {
        work.insert("installer_ids".to_owned(), json!([]));
        turn.put("works", work)?;
    }
    forget(turn, "work_installers", "id", path::read(&assignment, "id"))
}

/// The document of a signature.
pub(super) fn get_document(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let signature = turn.named("signatures", None, None)?;
    let id = path::read(&signature, "document_id").clone();
    let document = turn.world.store.find("documents", &id).cloned();
    let document = document
        .ok_or_else(|| Refusal::new(Kind::NotFound, "The signature has no document yet."))?;
    Ok(turn.single("documents", &document, None))
}

/// Takes the document of a draft away.
pub(super) fn delete_document(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let mut signature = turn.named("signatures", None, None)?;
    demand_draft(&signature, "its document can be removed")?;
    let id = signature
        .insert("document_id".to_owned(), Value::Null)
        .unwrap_or_default();
    if id.is_null() {
        return Err(Refusal::new(
            Kind::NotFound,
            "The signature has no document.",
        ));
    }
    turn.put("signatures", signature)?;
    forget(turn, "documents", "id", &id)
}

/// Deletes a draft, with what is attached to it.
pub(super) fn delete_signature(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let signature = turn.named("signatures", None, None)?;
    demand_draft(&signature, "it can be deleted")?;
    let id = path::read(&signature, "id").clone();
    forget(turn, "signers", "signature_id", &id)?;
    forget(turn, "documents", "signature_id", &id)?;
    forget(turn, "signatures", "id", &id)
}

/// Removes a signer from a draft.
pub(super) fn delete_signer(turn: &mut Turn<'_>) -> Result<Success, Refusal> {
    let parent = Parent {
        parameter: "id".to_owned(),
        collection: "signatures".to_owned(),
        field: "signature_id".to_owned(),
    };
    let signer = turn.named("signers", None, Some(&parent))?;
    let signature = path::read(&signer, "signature_id");
    if let Some(signature) = turn.world.store.find("signatures", signature) {
        demand_draft(signature, "signers can be removed")?;
    }
    forget(turn, "signers", "id", path::read(&signer, "id"))
}

/// Takes the records away that have this value.
fn forget(
    turn: &mut Turn<'_>,
    collection: &str,
    field: &str,
    value: &Value,
) -> Result<Success, Refusal> {
    let kept = turn
        .world
        .store
        .collection_mut(collection)
        .map_err(broken)?;
    kept.retain(|it| path::read(it, field) != value);
    Ok(Success::default())
}
