//! Where records live, and what a reference to one looks like.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::path::{self, Record};
use crate::references::Reference;
use crate::relations::View;
use crate::seed::draw::Draw;

/// What `sandbox.yaml` says of a collection.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    pub(crate) id: Ids,
    /// The property that holds the id.
    #[serde(default = "id")]
    pub(crate) key: String,
    /// What a reference to a record shows of it; empty: just the id.
    #[serde(default)]
    pub(crate) reference: Vec<String>,
    /// Properties that refer to records of other collections, as a request may give them.
    #[serde(default)]
    pub(crate) references: BTreeMap<String, Reference>,
    /// What a new record has unless the request says otherwise.
    #[serde(default)]
    pub(crate) defaults: Map<String, Value>,
    /// What every write sets.
    #[serde(default)]
    pub(crate) touch: Map<String, Value>,
    /// What only a new record gets, whatever the request says.
    #[serde(default)]
    pub(crate) stamp: Map<String, Value>,
    /// What an answer shows besides what is kept.
    #[serde(default)]
    pub(crate) view: View,
    /// Named or numbered seed records.
    #[serde(default)]
    pub(crate) records: Value,
    /// Seed records of which there are many alike.
    #[serde(default)]
    pub(crate) generate: Vec<Many>,
}

fn id() -> String {
    "id".to_owned()
}

/// Seed records that differ in what is drawn.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Many {
    pub(crate) count: usize,
    pub(crate) record: Map<String, Value>,
}

/// How ids are made.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ids {
    /// Numbers that begin somewhere between two bounds.
    Number([i64; 2]),
    /// A text such as `wf_{hex:8}`.
    Text(String),
}

/// Records of one kind.
pub(crate) struct Collection {
    pub(crate) shape: Shape,
    records: Vec<Record>,
    labels: BTreeMap<String, usize>,
    last: i64,
}

impl Collection {
    pub(crate) fn new(shape: Shape, draw: &mut Draw) -> Self {
        let last = match &shape.id {
            Ids::Number([low, high]) => draw.between(*low, *high),
            Ids::Text(_) => 0,
        };
        Self {
            shape,
            records: Vec::new(),
            labels: BTreeMap::new(),
            last,
        }
    }

    /// An id that no record has.
    pub(crate) fn next_id(&mut self, draw: &mut Draw) -> Value {
        match &self.shape.id {
            Ids::Number(_) => {
                self.last += draw.between(1, 4);
                self.last.into()
            }
            Ids::Text(template) => Value::String(text_id(template, draw)),
        }
    }

    /// The id of a record.
    pub(crate) fn id_of<'a>(&self, record: &'a Record) -> &'a Value {
        path::read(record, &self.shape.key)
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }

    /// The position of the record with this id.
    pub(crate) fn position(&self, id: &Value) -> Option<usize> {
        self.records
            .iter()
            .position(|record| path::same(self.id_of(record), id))
    }

    pub(crate) fn find(&self, id: &Value) -> Option<&Record> {
        self.records.get(self.position(id)?)
    }

    pub(crate) fn push(&mut self, record: Record) {
        self.records.push(record);
    }

    /// Puts a record in the place of the one at a position.
    pub(crate) fn put(&mut self, position: usize, record: Record) {
        if let Some(place) = self.records.get_mut(position) {
            *place = record;
        }
    }

    pub(crate) fn retain(&mut self, keep: impl FnMut(&Record) -> bool) {
        self.records.retain(keep);
    }

    pub(crate) fn label(&mut self, label: String) {
        self.labels.insert(label, self.records.len());
    }

    /// What a reference to a record shows of it.
    pub(crate) fn reference(&self, record: &Record) -> Value {
        if self.shape.reference.is_empty() {
            return self.id_of(record).clone();
        }
        let shown = self.shape.reference.iter().filter_map(|name| {
            // `name` from the property of that name, or `summary=subject` from another.
            let (name, property) = name.split_once('=').unwrap_or((name, name));
            let value = path::read(record, property);
            (!value.is_null()).then(|| (name.to_owned(), value.clone()))
        });
        Value::Object(shown.collect())
    }

    fn named(&self, name: &str) -> Option<&Record> {
        let position = name
            .parse()
            .ok()
            .or_else(|| self.labels.get(name).copied())?;
        self.records.get(position)
    }
}

fn text_id(template: &str, draw: &mut Draw) -> String {
    let mut id = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((word, after)) = after.split_once('}') else {
            break;
        };
        id.push_str(before);
        let (kind, count) = word.split_once(':').unwrap_or((word, ""));
        let count = count.parse().unwrap_or(8);
        match kind {
            "uuid" => id.push_str(&draw.uuid()),
            "digits" => id.push_str(&draw.digits(count)),
            _ => id.push_str(&draw.hex(count)),
        }
        rest = after;
    }
    id.push_str(rest);
    id
}

/// All collections.
#[derive(Default)]
pub(crate) struct Store {
    collections: BTreeMap<String, Collection>,
}

impl Store {
    pub(crate) fn add(&mut self, name: &str, collection: Collection) {
        self.collections.insert(name.to_owned(), collection);
    }

    pub(crate) fn collection(&self, name: &str) -> Result<&Collection, String> {
        self.collections
            .get(name)
            .ok_or_else(|| format!("there is no collection `{name}`"))
    }

    pub(crate) fn collection_mut(&mut self, name: &str) -> Result<&mut Collection, String> {
        self.collections
            .get_mut(name)
            .ok_or_else(|| format!("there is no collection `{name}`"))
    }

    /// The records of a collection; none where there is no such collection.
    pub(crate) fn records(&self, name: &str) -> &[Record] {
        self.collections.get(name).map_or(&[], Collection::records)
    }

    /// The record of a collection with this id.
    pub(crate) fn find(&self, name: &str, id: &Value) -> Option<&Record> {
        self.collections.get(name)?.find(id)
    }

    /// What `works.2` or `works.leak/address` refers to.
    pub(crate) fn refer(&self, text: &str) -> Result<Value, String> {
        let (record, property) = text
            .split_once('/')
            .map_or((text, None), |(record, rest)| (record, Some(rest)));
        let fail = || {
            format!("`${text}`: there is no such record (yet: collections are made in their order)")
        };
        let (name, label) = record.split_once('.').ok_or_else(fail)?;
        let collection = self.collection(name)?;
        let found = collection.named(label).ok_or_else(fail)?;
        Ok(match property {
            Some(property) => path::read(found, property).clone(),
            None => collection.reference(found),
        })
    }

    /// A property of the record of a collection that a reference refers to.
    pub(crate) fn follow(
        &self,
        name: &str,
        reference: &Value,
        property: &str,
    ) -> Result<Value, String> {
        let id = reference.get("id").unwrap_or(reference);
        let found = self.collection(name)?.find(id);
        let found =
            found.ok_or_else(|| format!("`{reference}` refers to no record of `{name}`"))?;
        Ok(path::read(found, property).clone())
    }
}
