//! `update`: the body's properties take the place of the record's, or the whole body takes the place of the record.

use serde::Deserialize;
use serde_json::Value;

use super::{Behaviour, Change, Parent, Rule, Success, Turn, rules, touch};
use crate::exchange::Refusal;
use crate::path::Record;
use crate::references;
use crate::vendor::World;

/// The options of `update`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Update {
    collection: String,
    #[serde(default)]
    parameter: Option<String>,
    #[serde(default)]
    parent: Option<Parent>,
    /// Whether the body is the whole record, so that what it leaves out is emptied.
    #[serde(default)]
    whole: bool,
    /// What the vendor demands besides the spec, by name.
    #[serde(default)]
    rules: Vec<String>,
    /// The answer, where it is not that of every single record.
    #[serde(default)]
    body: Option<Value>,
    #[serde(skip)]
    known: Vec<Rule>,
}

impl Update {
    /// The same with its rules looked up.
    pub(crate) fn checked(mut self) -> Result<Self, String> {
        self.known = rules(&self.rules)?;
        Ok(self)
    }
}

impl Behaviour for Update {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let before = turn.named(
            &self.collection,
            self.parameter.as_ref(),
            self.parent.as_ref(),
        )?;
        let mut record = before.clone();
        let body = turn.inputs.body.as_object().cloned().unwrap_or_default();
        let given: Vec<String> = body.keys().cloned().collect();
        if self.whole {
            record.retain(|name, _| !is_of_caller(turn, name));
        }
        record.extend(body);
        keep_changed(
            turn,
            &self.collection,
            &self.known,
            before,
            record.clone(),
            &given,
        )?;
        let record = turn.named(
            &self.collection,
            self.parameter.as_ref(),
            self.parent.as_ref(),
        )?;
        Ok(turn.single(&self.collection, &record, self.body.as_ref()))
    }
}

/// Whether a request could have set a property.
fn is_of_caller(turn: &Turn<'_>, name: &str) -> bool {
    let body = turn.endpoint.body.as_ref();
    let property = body.and_then(|body| turn.house.schemas.property(&body.schema, name));
    property.is_some_and(|it| it.get("readOnly") != Some(&Value::Bool(true)))
}

/// Settles a change's references, applies the vendor's rules, and keeps it.
pub(super) fn keep_changed(
    turn: &mut Turn<'_>,
    collection: &str,
    rules: &[Rule],
    before: Record,
    mut record: Record,
    given: &[String],
) -> Result<(), Refusal> {
    let World { store, draw, .. } = &mut *turn.world;
    let complaints = references::settle(store, collection, &mut record, given);
    if !complaints.is_empty() {
        return Err(complaints.into());
    }
    let mut change = Change {
        store,
        record: &mut record,
        given,
        before: Some(&before),
        also: Vec::new(),
    };
    rules.iter().try_for_each(|rule| rule(&mut change))?;
    let also = change.also;
    touch(store, draw, collection, &mut record)?;
    turn.put(collection, record)?;
    turn.keep_also(also)
}
