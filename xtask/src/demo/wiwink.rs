//! Wiwink's two workflows: an installer for an urgent work order; a proposal, and its signature.

use anyhow::{Context, ensure};
use serde_json::json;

use super::{
    Workflow, pdf,
    record::{Record, first},
    session::Session,
};

/// An installer is found and sent.
pub(super) const DISPATCH: Workflow = Workflow {
    title: "Wiwink: dispatch an installer to an urgent work order",
    wish: "We have an urgent work order for our customer in Seattle. Find their open work order, look up an available \
           installer in their city, and assign the installer to the job.",
    binary: "wiwink-mcp",
    steps: dispatch,
};

/// A proposal is drafted and sent for signature.
pub(super) const SIGNATURE: Workflow = Workflow {
    title: "Wiwink: draft a proposal and send it for signature",
    wish: "Draft a proposal for our first customer totaling $1500 sub-amount with 10% tax. Then initiate a digital \
           signature for it, attach the signer jane@example.com, and send the request.",
    binary: "wiwink-mcp",
    steps: propose_and_sign,
};

fn dispatch(session: &mut Session) -> anyhow::Result<()> {
    let customers = session.list("list_all_wiwink_customers", json!({"city": "Seattle"}))?;
    let customer = first(&customers, "customer in Seattle", |_| true)?;

    let work = most_urgent(session, customer)?;
    session.say(&format!(
        "The work order: {} ({} priority)",
        work.text("/title")?,
        work.text("/priority")?
    ));

    let city = work.text("/address/city")?;
    let installers = session.list("list_all_wiwink_installers", json!({"city": city}))?;
    let installer = first(&installers, "available installer", |it| {
        it.value("/available") == true
    })?;

    let (work_id, installer_id) = (work.given("/id")?, installer.given("/id")?);
    let assigned = session.one(
        "create_a_wiwink_work_installer",
        json!({"work_id": work_id, "installer_id": installer_id}),
    )?;
    ensure!(
        assigned.value("/installer_id") == installer_id,
        "another installer was assigned"
    );

    let work = session.one(
        "get_single_wiwink_work_by_id",
        json!({"id": work_id, "with": ["installers"]}),
    )?;
    ensure!(
        work.value("/installer_ids") == json!([installer_id]),
        "the work order has other installers"
    );
    session.say(&format!(
        "{} goes to {} for {}",
        work.text("/installers/0/name")?,
        work.text("/address/street")?,
        customer.text("/name")?
    ));
    Ok(())
}

/// The customer's open work order of the highest priority.
fn most_urgent(session: &mut Session, customer: &Record) -> anyhow::Result<Record> {
    let works = session.list(
        "list_all_wiwink_works",
        json!({"customer_id": customer.given("/id")?, "status": "open", "with": ["customer", "status"]}),
    )?;
    let is_theirs = |it: &Record| it.value("/customer/name") == customer.value("/name");
    ensure!(
        works.iter().all(is_theirs),
        "a work order of another customer was listed"
    );
    let ranks = ["low", "normal", "high", "urgent"];
    let rank = |it: &&Record| ranks.iter().position(|rank| it.value("/priority") == *rank);
    works
        .iter()
        .max_by_key(rank)
        .cloned()
        .context("the customer has no open work order")
}

fn propose_and_sign(session: &mut Session) -> anyhow::Result<()> {
    let proposal = draft_proposal(session)?;
    let signature = session.one(
        "create_a_wiwink_signature",
        json!({"proposal_id": proposal.given("/id")?}),
    )?;
    let id = json!({"signature_id": signature.given("/id")?});
    let mut signer = id.clone();
    signer["email"] = json!("jane@example.com");
    session.one("create_a_wiwink_signer", signer)?;

    session.say("The vendor's page sends now. That must fail: no document was uploaded");
    let failure = session.refusal("create_a_wiwink_signature_send", id.clone())?;
    ensure!(
        failure.text("/message")?.contains("document"),
        "the failure does not name the document"
    );
    let remedy = "create_a_wiwink_signature_document";
    ensure!(
        failure.value("/missing").to_string().contains(remedy),
        "the failure does not name the tool to call"
    );

    session.say("The failure says what is missing, and which tool brings it");
    let mut document = id.clone();
    document["content"] =
        pdf::document(&format!("Proposal {}", proposal.text("/reference")?)).into();
    session.one(remedy, document)?;
    let sent = session.one("create_a_wiwink_signature_send", id.clone())?;
    let sent_at = sent.text("/sent_at")?;

    let signature = session.one(
        "get_single_wiwink_signature_by_id",
        json!({"id": id["signature_id"]}),
    )?;
    ensure!(
        signature.value("/status") == "sent",
        "the signature is not sent"
    );
    session.say(&format!("Sent to jane@example.com at {sent_at}"));
    Ok(())
}

fn draft_proposal(session: &mut Session) -> anyhow::Result<Record> {
    let customers = session.list("list_all_wiwink_customers", json!({}))?;
    let customer = first(&customers, "customer", |_| true)?;
    let proposal = session.one(
        "create_a_wiwink_proposal",
        json!({
            "customer_id": customer.given("/id")?,
            "status": "draft",
            "sub_amount": 1500,
            "discount_amount": 0,
            "tax_percentage": 10,
        }),
    )?;
    let total = proposal.number("/total_amount")?;
    ensure!(
        (total - 1650.0).abs() < 0.005,
        "1500 and 10 % tax are not {total}"
    );
    session.say(&format!(
        "The proposal for {}: {total} with tax",
        customer.text("/name")?
    ));
    Ok(proposal)
}
