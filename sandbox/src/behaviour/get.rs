//! `get`: one record by its id.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Behaviour, Parent, Success, Turn};
use crate::conditions::{Names, partial};
use crate::exchange::Refusal;
use crate::relations;

/// The options of `get`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Get {
    collection: String,
    #[serde(default)]
    parameter: Option<String>,
    #[serde(default)]
    parent: Option<Parent>,
    /// The answer, where it is not that of every single record.
    #[serde(default)]
    body: Option<Value>,
    /// The parameter that says what of the record is wanted.
    #[serde(default)]
    fields: Option<String>,
}

impl Behaviour for Get {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let record = turn.named(
            &self.collection,
            self.parameter.as_ref(),
            self.parent.as_ref(),
        )?;
        let fields = self
            .fields
            .as_ref()
            .and_then(|name| turn.inputs.query.get(name))
            .and_then(Value::as_str);
        let Some(fields) = fields else {
            return Ok(turn.single(&self.collection, &record, self.body.as_ref()));
        };
        let schema = turn.endpoint.success().2.unwrap_or(&Value::Null);
        let names = Names {
            schemas: &turn.house.schemas,
            schema,
            aliases: &BTreeMap::new(),
            into_lists: false,
        };
        // What is shown is cut, not what is kept.
        let shown = relations::show(&turn.world.store, &self.collection, &record, &turn.with());
        let part = partial(fields, &names)?(&shown);
        Ok(turn.around(Value::Object(part), self.body.as_ref()))
    }
}
