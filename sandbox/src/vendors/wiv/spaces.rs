//! Spaces and folders: what each holds follows from where workflows, folders and datastores say that they are.

use serde_json::{Value, json};

use crate::behaviour::{Behaviour, Success, Turn};
use crate::exchange::Refusal;
use crate::path::{self, Record};
use crate::store::Store;

/// The kinds of resources: collection, type, property with the id.
const KINDS: [(&str, &str, &str); 3] = [
    ("workflows", "workflow", "workflow_id"),
    ("folders", "folder", "folder_id"),
    ("datastores", "datastore", "datastore_id"),
];

/// Everything that spaces hold.
pub(super) fn resources(store: &Store) -> Vec<Record> {
    let all = KINDS.iter().flat_map(|(collection, kind, key)| {
        let records = store.records(collection).iter();
        let records = records.filter(|it| !path::read(it, "space_id").is_null());
        records.map(move |it| {
            let resource = json!({
                "resource_id": path::read(it, key), "type": kind, "name": path::read(it, "name"),
                "space_id": path::read(it, "space_id"), "customer_id": path::read(it, "customer_id"),
            });
            record(resource)
        })
    });
    all.collect()
}

/// Spaces as lists show them.
pub(super) fn spaces(store: &Store) -> Vec<Record> {
    let spaces = store.records("spaces").iter();
    spaces.map(|it| space(store, it, false)).collect()
}

fn space(store: &Store, space: &Record, details: bool) -> Record {
    let id = path::read(space, "space_id");
    let count = resources(store)
        .iter()
        .filter(|it| path::read(it, "space_id") == id)
        .count();
    let mut shown = space.clone();
    shown.insert("resource_count".to_owned(), count.into());
    shown.retain(|name, _| details || name != "members");
    shown
}

/// Folders as lists show them.
pub(super) fn folders(store: &Store) -> Vec<Record> {
    let folders = store.records("folders").iter();
    folders.map(|it| folder(store, it, false)).collect()
}

fn folder(store: &Store, folder: &Record, details: bool) -> Record {
    let id = path::read(folder, "folder_id");
    let workflows = store.records("workflows").iter();
    let workflows = workflows.filter(|it| path::read(it, "folder_id") == id);
    let workflows: Vec<Value> = workflows
        .map(|it| json!({"workflow_id": path::read(it, "workflow_id"), "name": path::read(it, "name")}))
        .collect();
    let mut shown = folder.clone();
    shown.insert("workflow_count".to_owned(), workflows.len().into());
    if details {
        shown.insert("workflows".to_owned(), workflows.into());
    }
    shown
}

fn record(value: Value) -> Record {
    value.as_object().cloned().unwrap_or_default()
}

/// Gets a space with what follows from its resources.
pub(super) struct Space;

impl Behaviour for Space {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let found = turn.named("spaces", None, None)?;
        let shown = space(&turn.world.store, &found, true);
        Ok(turn.single("spaces", &shown, None))
    }
}

/// Gets a folder with its workflows.
pub(super) struct Folder;

impl Behaviour for Folder {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let found = turn.named("folders", None, None)?;
        let shown = folder(&turn.world.store, &found, true);
        Ok(turn.single("folders", &shown, None))
    }
}
