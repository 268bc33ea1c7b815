//! Time sheets and expense reports on their way: submitted by the member, then approved tier by tier or rejected.

use serde_json::Value;

use crate::behaviour::Change;
use crate::exchange::{Kind, Refusal};
use crate::path;

/// A member hands the sheet in.
pub(super) fn submit(change: &mut Change<'_>) -> Result<(), Refusal> {
    let from = ["Open", "Rejected", "ErrorsCorrected", "RejectBySecondTier"];
    pass(change, &from, "PendingApproval")
}

/// An approver passes the sheet, on the tier that the request names.
pub(super) fn approve(change: &mut Change<'_>) -> Result<(), Refusal> {
    // What the request says of the tier is no property of the sheet.
    let tier = change.record.remove("approvalType").unwrap_or_default();
    match tier.as_str() {
        Some("Tier2Update") => pass(change, &["ApprovedByTierOne"], "ApprovedByTierTwo"),
        _ => pass(change, &["PendingApproval"], "ApprovedByTierOne"),
    }
}

/// An approver gives the sheet back.
pub(super) fn reject(change: &mut Change<'_>) -> Result<(), Refusal> {
    let status = path::read(change.record, "status");
    let to = match status.as_str() {
        Some("ApprovedByTierOne") => "RejectBySecondTier",
        _ => "Rejected",
    };
    pass(change, &["PendingApproval", "ApprovedByTierOne"], to)
}

fn pass(change: &mut Change<'_>, from: &[&str], to: &str) -> Result<(), Refusal> {
    let status = path::read(change.record, "status");
    let status = status.as_str().unwrap_or_default();
    if !from.contains(&status) {
        let message = format!("It is {status}, not {}.", from.join(" or "));
        return Err(Refusal::of(Kind::Unprocessable, "status", message));
    }
    path::write(change.record, "status", Value::from(to));
    Ok(())
}
