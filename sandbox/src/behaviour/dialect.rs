//! The inputs of a list that takes `conditions`: what they mean together.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::Turn;
use crate::conditions::{self, Names};
use crate::exchange::Refusal;
use crate::path::{self, Record};

/// What such a list takes in its query.
pub(super) const PARAMETERS: [&str; 5] = [
    "conditions",
    "childConditions",
    "customFieldConditions",
    "orderBy",
    "fields",
];

/// The property with a record's custom fields.
const CUSTOM_FIELDS: &str = "customFields";

/// The options of a list with conditions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dialect {
    /// The component schema of the records, where the answer does not show it (as of a count).
    #[serde(default)]
    schema: Option<String>,
    /// Parameter → the body property that takes its place, where the inputs stand in a body.
    #[serde(default)]
    body: BTreeMap<String, String>,
    /// Names beyond the schema → the path they stand for.
    #[serde(default)]
    aliases: BTreeMap<String, String>,
}

impl Dialect {
    /// The schema of the list's records.
    fn schema(&self, turn: &Turn<'_>) -> Value {
        if let Some(name) = &self.schema {
            return json!({ "$ref": format!("#/$defs/{name}") });
        }
        let schema = turn.endpoint.success().2.unwrap_or(&Value::Null);
        turn.house
            .schemas
            .resolve(schema)
            .get("items")
            .cloned()
            .unwrap_or_default()
    }

    /// The text of an input, wherever it stands.
    fn text<'t>(&self, turn: &'t Turn<'_>, name: &str) -> Option<&'t str> {
        let value = match self.body.get(name) {
            Some(property) => turn.inputs.body.get(property),
            None => turn.inputs.query.get(name),
        };
        let text = value.and_then(Value::as_str);
        text.filter(|text| !text.trim().is_empty())
    }

    /// Drops what the conditions do not keep, and orders the rest.
    pub(super) fn narrow(&self, turn: &Turn<'_>, matches: &mut Vec<Record>) -> Result<(), Refusal> {
        let text = |name: &str| self.text(turn, name);
        let schemas = &turn.house.schemas;
        let schema = &self.schema(turn);
        let names = Names {
            schemas,
            schema,
            aliases: &self.aliases,
            into_lists: false,
        };
        if let Some(text) = text("conditions") {
            let condition = conditions::read(text, &names)?;
            matches.retain(|record| conditions::holds(&condition, record));
        }
        if let Some(text) = text("childConditions") {
            let inside = Names {
                into_lists: true,
                ..names
            };
            let condition = conditions::read_child(text, "childConditions", &inside)?;
            matches.retain(|record| conditions::holds_for_child(&condition, record));
        }
        if let Some(text) = text("customFieldConditions") {
            let field = schemas
                .property(schema, CUSTOM_FIELDS)
                .and_then(|it| schemas.resolve(it).get("items"));
            let inside = Names {
                schema: field.unwrap_or(&Value::Null),
                ..names
            };
            let condition = conditions::read_child(text, "customFieldConditions", &inside)?;
            matches.retain(|record| {
                let fields = path::read(record, CUSTOM_FIELDS)
                    .as_array()
                    .into_iter()
                    .flatten();
                fields
                    .filter_map(Value::as_object)
                    .any(|field| conditions::holds(&condition, field))
            });
        }
        if let Some(text) = text("orderBy") {
            let order = conditions::order(text, &names)?;
            matches.sort_by(|left, right| order.compare(left, right));
        }
        Ok(())
    }

    /// What `fields` wants of each record.
    pub(super) fn cut(
        &self,
        turn: &Turn<'_>,
        records: Vec<Record>,
    ) -> Result<Vec<Record>, Refusal> {
        let Some(fields) = turn.inputs.query.get("fields").and_then(Value::as_str) else {
            return Ok(records);
        };
        let schema = &self.schema(turn);
        let names = Names {
            schemas: &turn.house.schemas,
            schema,
            aliases: &self.aliases,
            into_lists: false,
        };
        let part = conditions::partial(fields, &names)?;
        Ok(records.iter().map(part).collect())
    }
}
