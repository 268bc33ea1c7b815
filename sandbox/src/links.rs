//! The links that an answer shows: of a record to what belongs to it, and of each reference to its record.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::path::{self, Record};
use crate::store::{Collection, Store};

/// Links of the records of a collection: name and address, in which `{id}` stands for the record's id.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Links {
    /// The property that holds them.
    at: String,
    /// In the record itself.
    #[serde(default)]
    own: BTreeMap<String, String>,
    /// In references to it.
    #[serde(default)]
    reference: BTreeMap<String, String>,
}

/// Puts the links into a record that is about to be shown.
pub(crate) fn add(store: &Store, collection: &Collection, shown: &mut Record) {
    if let Some(links) = &collection.shape.view.links {
        let id = path::text(collection.id_of(shown));
        put(shown, &links.at, &links.own, &id);
    }
    for (property, reference) in &collection.shape.references {
        let Some(Value::Object(referring)) = shown.get_mut(property) else {
            continue;
        };
        let target = store.collection(&reference.collection).ok();
        if let Some(links) = target.and_then(|it| it.shape.view.links.as_ref()) {
            let id = path::text(path::read(referring, "id"));
            put(referring, &links.at, &links.reference, &id);
        }
    }
}

fn put(record: &mut Record, at: &str, links: &BTreeMap<String, String>, id: &str) {
    for (name, address) in links {
        let address = address.replace("{id}", id);
        path::write(record, &format!("{at}/{name}"), address.into());
    }
}
