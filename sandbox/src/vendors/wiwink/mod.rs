//! What only Wiwink does.

mod money;
mod rules;
mod steps;

use serde_json::Value;

use crate::behaviour::{Behaviour, Rule, Success, Turn};
use crate::exchange::Refusal;

/// A behaviour of this vendor.
pub(super) fn behaviour(name: &str, options: &Value) -> Option<Result<Box<dyn Behaviour>, String>> {
    let step: Step = match name {
        "wiwink_upload_document" => steps::upload_document,
        "wiwink_get_document" => steps::get_document,
        "wiwink_delete_document" => steps::delete_document,
        "wiwink_send_signature" => steps::send,
        "wiwink_cancel_signature" => steps::cancel,
        "wiwink_delete_signature" => steps::delete_signature,
        "wiwink_delete_signer" => steps::delete_signer,
        "wiwink_assign_installer" => steps::assign,
        "wiwink_unassign_installer" => steps::unassign,
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
    Some(match name {
        "wiwink_work" => rules::work,
        "wiwink_proposal" => rules::proposal,
        "wiwink_product" => rules::product,
        "wiwink_signature" => rules::signature,
        "wiwink_draft" => rules::draft,
        "wiwink_signer" => rules::signer,
        "wiwink_status" => rules::status,
        "wiwink_form" => rules::form,
        _ => return None,
    })
}

/// A behaviour without options.
type Step = fn(&mut Turn<'_>) -> Result<Success, Refusal>;

impl Behaviour for Step {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        self(turn)
    }
}
