//! Datastores: their records are held to their columns, and queried by them.

use serde_json::{Value, json};

use super::query;
use crate::behaviour::{Behaviour, List, Parent, Success, Turn, broken};
use crate::exchange::{Complaint, Kind, Refusal};
use crate::path::{self, Record};

/// The collection of all records.
const RECORDS: &str = "datastore_records";
/// The property with a record's datastore.
const OWNER: &str = "datastore_id";

/// The datastore that the path names.
fn datastore(turn: &Turn<'_>) -> Result<Record, Refusal> {
    turn.named("datastores", Some(&OWNER.to_owned()), None)
}

fn parent() -> Parent {
    Parent {
        parameter: OWNER.to_owned(),
        collection: "datastores".to_owned(),
        field: OWNER.to_owned(),
    }
}

fn columns(datastore: &Record) -> Vec<&Value> {
    let columns = path::read(datastore, "columns").as_array();
    columns.into_iter().flatten().collect()
}

/// What is wrong with values for a datastore's columns. `whole`: whether required ones must be there.
fn unfit(datastore: &Record, values: &Value, at: &str, whole: bool) -> Vec<Complaint> {
    let columns = columns(datastore);
    let complaint = |kind: Kind, name: &str, what: String| Complaint {
        kind,
        field: format!("{at}/{name}"),
        message: format!("The column `{name}` {what}."),
    };
    let mut complaints = Vec::new();
    for (name, value) in values.as_object().into_iter().flatten() {
        let column = columns.iter().find(|it| it["name"] == **name);
        match column {
            _ if name == "id" => complaints.push(complaint(
                Kind::ReadOnly,
                name,
                "is read-only: the datastore gives it".to_owned(),
            )),
            None => complaints.push(complaint(
                Kind::Unknown,
                name,
                "is not one of this datastore".to_owned(),
            )),
            Some(column) if !is_of(value, column) => {
                let kind = path::text(&column["type"]);
                complaints.push(complaint(
                    Kind::Invalid,
                    name,
                    format!("takes values of type {kind}"),
                ));
            }
            Some(_) => {}
        }
    }
    let missing = columns.iter().filter(|it| whole && it["required"] == true);
    let missing = missing.map(|it| path::text(&it["name"]));
    let missing = missing.filter(|name| values.get(name).is_none_or(Value::is_null));
    complaints
        .extend(missing.map(|name| complaint(Kind::Missing, &name, "is required".to_owned())));
    complaints
}

fn is_of(value: &Value, column: &Value) -> bool {
    if value.is_null() {
        return column["required"] != true;
    }
    match column["type"].as_str().unwrap_or_default() {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "date" => value
            .as_str()
            .is_some_and(|it| it.len() == 10 && it.split('-').count() == 3),
        _ => true,
    }
}

/// Counts a datastore's records anew.
fn recount(turn: &mut Turn<'_>, mut datastore: Record) -> Result<(), Refusal> {
    let id = path::read(&datastore, OWNER).clone();
    let records = turn.world.store.records(RECORDS).iter();
    let count = records.filter(|it| *path::read(it, OWNER) == id).count();
    datastore.insert("record_count".to_owned(), count.into());
    turn.put("datastores", datastore)
}

fn shown(mut record: Record) -> Value {
    record.shift_remove(OWNER);
    Value::Object(record)
}

/// Creates records: all, or none.
pub(super) struct Create;

impl Behaviour for Create {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let datastore = datastore(turn)?;
        let given = turn.inputs.body["records"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let complaints = given.iter().enumerate();
        let complaints = complaints.flat_map(|(index, values)| {
            unfit(&datastore, values, &format!("records/{index}"), true)
        });
        let complaints: Vec<Complaint> = complaints.collect();
        if !complaints.is_empty() {
            return Err(complaints.into());
        }
        let mut created = Vec::new();
        for values in given {
            let owner = (OWNER.to_owned(), path::read(&datastore, OWNER).clone());
            let mut record = Record::from_iter([owner]);
            record.extend(values.as_object().cloned().unwrap_or_default());
            created.push(shown(turn.keep_new(RECORDS, record)?));
        }
        recount(turn, datastore)?;
        Ok(turn.around(json!({"created": created.len(), "records": created}), None))
    }
}

/// Changes columns of a record.
pub(super) struct Update;

impl Behaviour for Update {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let datastore = datastore(turn)?;
        let mut record = turn.named(RECORDS, Some(&"record_id".to_owned()), Some(&parent()))?;
        let values = turn.inputs.body["values"].clone();
        let complaints = unfit(&datastore, &values, "values", false);
        if !complaints.is_empty() {
            return Err(complaints.into());
        }
        record.extend(values.as_object().cloned().unwrap_or_default());
        turn.put(RECORDS, record.clone())?;
        Ok(turn.around(shown(record), None))
    }
}

/// Deletes a record.
pub(super) struct Delete;

impl Behaviour for Delete {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let datastore = datastore(turn)?;
        let gone = turn.named(RECORDS, Some(&"record_id".to_owned()), Some(&parent()))?;
        let records = turn.world.store.collection_mut(RECORDS).map_err(broken)?;
        records.retain(|it| *it != gone);
        recount(turn, datastore)?;
        Ok(Success::default())
    }
}

/// Answers the records that meet every filter.
pub(super) struct Query(pub(super) List);

impl Behaviour for Query {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let datastore = datastore(turn)?;
        let filters = turn.inputs.body["filters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let known =
            |name: &Value| name == "id" || columns(&datastore).iter().any(|it| it["name"] == *name);
        let keys = turn.inputs.body["sort"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let named = filters
            .iter()
            .map(|it| &it["column"])
            .chain(keys.iter().map(|it| &it["field"]));
        let mut unknown = named.filter(|it| !known(it));
        if let Some(name) = unknown.next() {
            let message = format!("The column {name} is not one of this datastore.");
            return Err(Refusal::of(Kind::Invalid, "filters", message));
        }
        let mut records = self.0.matches(turn)?;
        records.retain(|record| filters.iter().all(|it| meets(record, it)));
        query::sort(&mut records, &turn.inputs.body["sort"]);
        self.0.page(turn, records)
    }
}

fn meets(record: &Record, filter: &Value) -> bool {
    let found = path::read(record, filter["column"].as_str().unwrap_or_default());
    let wanted = &filter["value"];
    let order = query::ordered(found, wanted);
    match filter["op"].as_str().unwrap_or_default() {
        "equals" => path::same(found, wanted),
        "not_equals" => !path::same(found, wanted),
        "less" => order.is_lt() && !found.is_null(),
        "at_most" => order.is_le() && !found.is_null(),
        "greater" => order.is_gt(),
        "at_least" => order.is_ge(),
        _ => path::text(found)
            .to_lowercase()
            .contains(&path::text(wanted).to_lowercase()),
    }
}
