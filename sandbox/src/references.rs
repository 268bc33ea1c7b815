//! Which record a reference in a request means: `{"id": 7}`, `{"name": "Triage"}`, or an id alone.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::exchange::{Complaint, Kind};
use crate::path::{self, Record};
use crate::store::{Collection, Store};

/// Where a property's reference leads.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reference {
    pub(crate) collection: String,
    /// The record must agree with this one in a property: theirs → ours.
    #[serde(default)]
    pub(crate) within: Map<String, Value>,
    /// Properties by which a request may name it, besides `identifier` and `name`.
    #[serde(default)]
    pub(crate) names: Vec<String>,
}

/// Puts full references in the place of those that the request gave, and complains of what leads nowhere.
///
/// `given` are the properties that the request set; the others were settled before.
pub(crate) fn settle(
    store: &Store,
    name: &str,
    record: &mut Record,
    given: &[String],
) -> Vec<Complaint> {
    let Ok(collection) = store.collection(name) else {
        return Vec::new();
    };
    let mut complaints = Vec::new();
    for (property, reference) in &collection.shape.references {
        let value = path::read(record, property);
        if value.is_null() || !given.contains(property) {
            continue;
        }
        match resolve(store, reference, record, value) {
            Ok(settled) => path::write(record, property, settled),
            Err(reason) => complaints.push(Complaint {
                kind: Kind::Unprocessable,
                field: property.clone(),
                message: format!("The {property} is refused: {reason}."),
            }),
        }
    }
    complaints
}

fn resolve(
    store: &Store,
    reference: &Reference,
    record: &Record,
    value: &Value,
) -> Result<Value, String> {
    let target = store.collection(&reference.collection)?;
    if let Value::Array(values) = value {
        return values
            .iter()
            .map(|value| resolve(store, reference, record, value))
            .collect();
    }
    let found = find(target, reference, record, value)?;
    let disagreeing = reference
        .within
        .iter()
        .find(|(theirs, ours)| !agrees(found, theirs, record, ours));
    if let Some((_, ours)) = disagreeing {
        let ours = path::text(ours);
        return Err(format!(
            "{value} does not belong to this {}",
            ours.split('/').next().unwrap_or_default()
        ));
    }
    Ok(target.reference(found))
}

fn find<'a>(
    target: &'a Collection,
    reference: &Reference,
    record: &Record,
    value: &Value,
) -> Result<&'a Record, String> {
    let nothing = || format!("there is no such record, {value}");
    let Value::Object(object) = value else {
        return target.find(value).ok_or_else(nothing);
    };
    if let Some(id) = object.get("id").filter(|id| !id.is_null()) {
        let found = target.find(id).ok_or_else(nothing)?;
        let wrong = object.iter().find(|(name, value)| {
            let own = path::read(found, name);
            !own.is_null() && !value.is_null() && !path::same(own, value)
        });
        return match wrong {
            Some((name, _)) => Err(format!(
                "the id and the {name} of {value} are those of two records"
            )),
            None => Ok(found),
        };
    }
    let named = |name: &str| {
        object
            .get(name)
            .filter(|value| !value.is_null())
            .map(|value| (name.to_owned(), value))
    };
    let mut names = reference
        .names
        .iter()
        .map(String::as_str)
        .chain(["identifier", "name"]);
    let (name, wanted) = names
        .find_map(named)
        .ok_or("it must have an id, or a name or identifier")?;
    let mut fitting: Vec<&Record> = target
        .records()
        .iter()
        .filter(|other| path::same(path::read(other, &name), wanted))
        .collect();
    // The same name may stand on several boards: the one that agrees is meant.
    fitting.sort_by_key(|other| {
        !reference
            .within
            .iter()
            .all(|(theirs, ours)| agrees(other, theirs, record, ours))
    });
    fitting.first().copied().ok_or_else(nothing)
}

fn agrees(other: &Record, theirs: &str, record: &Record, ours: &Value) -> bool {
    let ours = ours
        .as_str()
        .map_or(&Value::Null, |ours| path::read(record, ours));
    let theirs = path::read(other, theirs);
    ours.is_null()
        || match theirs {
            Value::Array(choices) => choices.iter().any(|choice| path::same(choice, ours)),
            theirs => theirs.is_null() || path::same(theirs, ours),
        }
}
