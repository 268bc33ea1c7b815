//! `delete`: a record is gone, and what hangs on it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Behaviour, Parent, Success, Turn, broken};
use crate::exchange::{Kind, Refusal};
use crate::path;

/// The options of `delete`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Delete {
    collection: String,
    #[serde(default)]
    parameter: Option<String>,
    #[serde(default)]
    parent: Option<Parent>,
    /// Collections whose records go with it: the property by which they point to it.
    #[serde(default)]
    with: BTreeMap<String, String>,
    /// Collections whose records forbid it, likewise.
    #[serde(default)]
    held_by: BTreeMap<String, String>,
}

impl Behaviour for Delete {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let gone = turn.named(
            &self.collection,
            self.parameter.as_ref(),
            self.parent.as_ref(),
        )?;
        let id = turn.id(self.parameter.as_ref());
        let store = &mut turn.world.store;
        for (name, field) in &self.held_by {
            if store
                .records(name)
                .iter()
                .any(|record| path::same(path::read(record, field), &id))
            {
                let message = format!(
                    "{id} cannot be deleted: there are {} on it.",
                    name.replace('_', " ")
                );
                return Err(Refusal::new(Kind::State, message));
            }
        }
        let collection = store.collection_mut(&self.collection).map_err(broken)?;
        collection.retain(|record| *record != gone);
        for (name, field) in &self.with {
            let children = store.collection_mut(name).map_err(broken)?;
            children.retain(|record| !path::same(path::read(record, field), &id));
        }
        Ok(Success::default())
    }
}
