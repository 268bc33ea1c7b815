//! Purchase orders: their status alone decides whether they are closed.

use crate::behaviour::Change;
use crate::exchange::Refusal;
use crate::path;

/// An order is closed while its status is one that closes.
pub(super) fn order(change: &mut Change<'_>) -> Result<(), Refusal> {
    let id = path::read(change.record, "status/id").clone();
    let statuses = change.store.records("purchase_order_statuses");
    let status = statuses
        .iter()
        .find(|it| path::same(path::read(it, "id"), &id));
    let closes = status.map(|it| path::read(it, "closedFlag").clone());
    path::write(change.record, "closedFlag", closes.unwrap_or_default());
    Ok(())
}
