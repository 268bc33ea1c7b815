//! `json_patch`: an array of operations on properties, as its vendor takes it; not RFC 6902.
//!
//! A path is the property's bare name: no slash before it, and none in it. A reference is given as a whole.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::update::keep_changed;
use super::{Behaviour, Parent, Rule, Success, Turn, broken, rules};
use crate::exchange::{Complaint, Kind, Refusal};
use crate::path::{self, Record};
use crate::schema;

/// The options of `json_patch`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JsonPatch {
    collection: String,
    #[serde(default)]
    parameter: Option<String>,
    #[serde(default)]
    parent: Option<Parent>,
    /// What the vendor demands besides the spec, by name.
    #[serde(default)]
    rules: Vec<String>,
    #[serde(skip)]
    known: Vec<Rule>,
}

impl JsonPatch {
    /// The same with its rules looked up.
    pub(crate) fn checked(mut self) -> Result<Self, String> {
        self.known = rules(&self.rules)?;
        Ok(self)
    }
}

impl Behaviour for JsonPatch {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let before = turn.named(
            &self.collection,
            self.parameter.as_ref(),
            self.parent.as_ref(),
        )?;
        let mut record = before.clone();
        let operations = turn.inputs.body.as_array().cloned().unwrap_or_default();
        if operations.is_empty() {
            return Err(Refusal::new(Kind::Invalid, "The patch has no operation."));
        }
        let mut given = Vec::new();
        let mut complaints = Vec::new();
        for operation in &operations {
            match apply(turn, operation, &mut record) {
                Ok(path) => given.push(path),
                Err(complaint) => complaints.push(complaint),
            }
        }
        if !complaints.is_empty() {
            return Err(complaints.into());
        }
        keep_changed(turn, &self.collection, &self.known, before, record, &given)?;
        let record = turn.named(
            &self.collection,
            self.parameter.as_ref(),
            self.parent.as_ref(),
        )?;
        Ok(turn.single(&self.collection, &record, None))
    }
}

/// Applies one operation, and answers which property it changed.
fn apply(turn: &Turn<'_>, operation: &Value, record: &mut Record) -> Result<String, Complaint> {
    let text = |key: &str| {
        operation
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (op, path) = (text("op"), text("path"));
    let refuse = |kind: Kind, reason: String| Complaint {
        kind,
        field: path.to_owned(),
        message: reason,
    };
    if !["add", "replace", "remove"].contains(&op) {
        return Err(refuse(
            Kind::Invalid,
            format!("The op `{op}` is none of add, replace and remove."),
        ));
    }
    let schema = turn.endpoint.success().2.unwrap_or(&Value::Null);
    let property = allowed(turn, schema, path).map_err(|(kind, reason)| refuse(kind, reason))?;
    if op == "remove" {
        let required = turn
            .house
            .schemas
            .resolve(schema)
            .get("required")
            .and_then(Value::as_array);
        if required.is_some_and(|required| required.iter().any(|name| name == path)) {
            return Err(refuse(
                Kind::Missing,
                format!("`{path}` is required: it cannot be removed."),
            ));
        }
        record.remove(path);
        return Ok(path.to_owned());
    }
    let value = operation
        .get("value")
        .ok_or_else(|| refuse(Kind::Missing, format!("{op} `{path}` has no value.")))?;
    let wrong = misfits(turn, property, value).map_err(|reason| refuse(Kind::Absent, reason))?;
    if let Some(reason) = wrong {
        return Err(refuse(
            Kind::Invalid,
            format!("The value of `{path}` is refused: {reason}"),
        ));
    }
    path::write(record, path, value.clone());
    Ok(path.to_owned())
}

/// The schema of the property at a path, if a patch may change it.
fn allowed<'a>(
    turn: &'a Turn<'_>,
    schema: &'a Value,
    path: &str,
) -> Result<&'a Value, (Kind, String)> {
    if path.starts_with('/') {
        let message = format!(
            "The path `{path}` is refused: it must be written without the slash before it."
        );
        return Err((Kind::Invalid, message));
    }
    if let Some((reference, _)) = path.split_once('/') {
        let message = format!(
            "The path `{path}` is refused: replace `{reference}` as a whole, by its id or name."
        );
        return Err((Kind::Invalid, message));
    }
    let property = turn.house.schemas.property(schema, path);
    let property = property.ok_or_else(|| {
        (
            Kind::Unknown,
            format!("There is no property `{path}` to patch."),
        )
    })?;
    let probe = Value::Object(Map::from_iter([(path.to_owned(), Value::Null)]));
    if !turn.house.schemas.read_only(schema, &probe, "").is_empty() {
        return Err((
            Kind::ReadOnly,
            format!("The property `{path}` is read-only."),
        ));
    }
    if property.get("writeOnly") == Some(&Value::Bool(true)) {
        return Err((
            Kind::ReadOnly,
            format!("The property `{path}` can only be given when the record is created."),
        ));
    }
    Ok(property)
}

/// What is wrong with a property's new value.
fn misfits(turn: &Turn<'_>, property: &Value, value: &Value) -> Result<Option<String>, String> {
    let schemas = &turn.house.schemas;
    let validator = schemas
        .validator(property)
        .map_err(|error| broken(error).complaints.remove(0).message)?;
    let fixed = schemas
        .read_only(property, value, "")
        .into_iter()
        .map(|path| format!("`{path}` is read-only."));
    let wrong = schema::complaints(&validator, value)
        .into_iter()
        .map(|complaint| complaint.message);
    let reasons: Vec<String> = fixed.chain(wrong).collect();
    Ok((!reasons.is_empty()).then(|| reasons.join(" ")))
}
