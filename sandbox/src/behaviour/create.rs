//! `create`: a new record out of the body.

use serde::Deserialize;
use serde_json::Value;

use super::{Behaviour, Change, Parent, Rule, Success, Turn, broken, complete, rules};
use crate::exchange::Refusal;
use crate::path::{self, Record};
use crate::references;
use crate::vendor::World;

/// The options of `create`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Create {
    pub(crate) collection: String,
    #[serde(default)]
    pub(crate) parent: Option<Parent>,
    /// What the vendor demands besides the spec, by name.
    #[serde(default)]
    pub(crate) rules: Vec<String>,
    /// The answer, where it is not that of every single record.
    #[serde(default)]
    pub(crate) body: Option<Value>,
    #[serde(skip)]
    known: Vec<Rule>,
}

impl Create {
    /// The same with its rules looked up.
    pub(crate) fn checked(mut self) -> Result<Self, String> {
        self.known = rules(&self.rules)?;
        Ok(self)
    }

    /// Makes the record and keeps it.
    pub(crate) fn create(&self, turn: &mut Turn<'_>) -> Result<Record, Refusal> {
        turn.parent(self.parent.as_ref())?;
        let body = turn.inputs.body.as_object().cloned().unwrap_or_default();
        let given: Vec<String> = body.keys().cloned().collect();
        let mut record = Record::new();
        let World { store, draw, .. } = &mut *turn.world;
        let collection = store.collection_mut(&self.collection).map_err(broken)?;
        record.insert(collection.shape.key.clone(), collection.next_id(draw));
        if let Some(parent) = &self.parent {
            let id = path::read(&turn.inputs.path, &parent.parameter).clone();
            path::write(&mut record, &parent.field, id);
        }
        record.extend(body.into_iter().filter(|(_, value)| !value.is_null()));
        let complaints = references::settle(store, &self.collection, &mut record, &given);
        if !complaints.is_empty() {
            return Err(complaints.into());
        }
        complete(store, draw, &self.collection, &mut record)?;
        let mut change = Change {
            store,
            record: &mut record,
            given: &given,
            before: None,
            also: Vec::new(),
        };
        self.known.iter().try_for_each(|rule| rule(&mut change))?;
        let also = change.also;
        forget_write_only(turn, &mut record);
        turn.keep(&self.collection, record.clone())?;
        turn.keep_also(also)?;
        Ok(record)
    }
}

impl Behaviour for Create {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let record = self.create(turn)?;
        Ok(turn.single(&self.collection, &record, self.body.as_ref()))
    }
}

/// Drops what is only ever sent.
fn forget_write_only(turn: &Turn<'_>, record: &mut Record) {
    let Some(body) = &turn.endpoint.body else {
        return;
    };
    record.retain(|name, _| {
        let property = turn.house.schemas.property(&body.schema, name);
        !property.is_some_and(|property| property.get("writeOnly") == Some(&Value::Bool(true)))
    });
}
