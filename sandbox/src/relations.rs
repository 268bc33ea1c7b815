//! What an answer shows of a record: its own properties, what follows from other records, and the relations asked for.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::filter::Filter;
use crate::links::{self, Links};
use crate::path::{self, Record};
use crate::store::Store;

/// A property that holds the ids of the records which point here.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Derived {
    pub(crate) collection: String,
    /// The property by which they point here.
    #[serde(rename = "where")]
    pub(crate) by: String,
    /// Only those that pass.
    #[serde(default)]
    pub(crate) only: Option<Only>,
}

/// A filter with the value it wants.
#[derive(Clone, Deserialize)]
pub(crate) struct Only {
    #[serde(flatten)]
    pub(crate) filter: Filter,
    pub(crate) is: Value,
}

/// Related records that an answer can include.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Relation {
    pub(crate) collection: String,
    /// The property with their id or ids.
    pub(crate) by: String,
    /// What of them is shown; empty: all.
    #[serde(default)]
    pub(crate) show: Vec<String>,
}

/// What a collection's records show beyond what is kept of them.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct View {
    #[serde(default)]
    pub(crate) derived: BTreeMap<String, Derived>,
    #[serde(default)]
    pub(crate) relations: BTreeMap<String, Relation>,
    /// The links of records and of references to them.
    #[serde(default)]
    pub(crate) links: Option<Links>,
    /// Properties that are kept and never shown.
    #[serde(default)]
    pub(crate) hidden: Vec<String>,
}

/// The record as an answer shows it, with the relations of these names.
pub(crate) fn show(store: &Store, name: &str, record: &Record, with: &[String]) -> Record {
    let Ok(collection) = store.collection(name) else {
        return record.clone();
    };
    let view = &collection.shape.view;
    let mut shown = record.clone();
    shown.retain(|property, _| !view.hidden.contains(property));
    for (property, derived) in &view.derived {
        shown.insert(
            property.clone(),
            ids(store, derived, collection.id_of(record)),
        );
    }
    links::add(store, collection, &mut shown);
    for relation in with {
        let Some(found) = view.relations.get(relation) else {
            continue;
        };
        if let Some(value) = related(store, found, path::read(&shown, &found.by)) {
            shown.insert(relation.clone(), value);
        }
    }
    shown
}

fn ids(store: &Store, derived: &Derived, id: &Value) -> Value {
    let Ok(collection) = store.collection(&derived.collection) else {
        return Value::Null;
    };
    let points_here = |other: &&Record| match path::read(other, &derived.by) {
        Value::Array(ids) => ids.iter().any(|other| path::same(other, id)),
        other => path::same(other, id),
    };
    let passes = |other: &&Record| {
        derived
            .only
            .as_ref()
            .is_none_or(|only| only.filter.keeps(other, &only.is, store))
    };
    let pointing = collection
        .records()
        .iter()
        .filter(points_here)
        .filter(passes);
    pointing
        .map(|other| collection.id_of(other).clone())
        .collect()
}

fn related(store: &Store, relation: &Relation, by: &Value) -> Option<Value> {
    let one = |id: &Value| {
        let record = store.find(&relation.collection, id)?;
        let mut shown = show(store, &relation.collection, record, &[]);
        shown.retain(|property, _| relation.show.is_empty() || relation.show.contains(property));
        Some(Value::Object(shown))
    };
    match by {
        Value::Array(ids) => Some(ids.iter().filter_map(one).collect()),
        id => one(id),
    }
}
