//! What operations do: the behaviours that any vendor's operation can have, by name. Those of one vendor are in `vendors`.

mod create;
mod delete;
mod dialect;
mod file;
mod get;
mod json_patch;
mod list;
mod pages;
mod update;
mod upload;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::description::Endpoint;
use crate::exchange::{Kind, Refusal, Request};
use crate::judge::Inputs;
use crate::paging;
use crate::path::{self, Record};
use crate::relations;
use crate::seed::clock;
use crate::seed::draw::Draw;
use crate::seed::template::Soil;
use crate::store::Store;
use crate::vendor::{House, World};
use crate::vendors;

pub(crate) use create::Create;
pub(crate) use list::List;

/// The parameter by which relations are asked for.
const WITH: &str = "with[]";

/// What an operation does with a request that the spec allows.
pub(crate) trait Behaviour: Send {
    /// Does it.
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal>;
}

/// One request on its way through a behaviour.
pub(crate) struct Turn<'a> {
    pub(crate) request: &'a Request,
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) inputs: Inputs,
    pub(crate) house: &'a House,
    pub(crate) world: &'a mut World,
}

/// What a behaviour answers; the spec says with which status.
#[derive(Default)]
pub(crate) struct Success {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
    /// Bytes instead of a body.
    pub(crate) file: Option<File>,
}

/// Bytes that are answered.
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    /// The name that goes with them.
    pub(crate) name: Option<String>,
}

/// The record that a child collection hangs on.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parent {
    /// The path parameter with the parent's id.
    pub(crate) parameter: String,
    pub(crate) collection: String,
    /// The child's property with the parent's id.
    pub(crate) field: String,
}

/// A change of a record, before it is kept.
pub(crate) struct Change<'a> {
    pub(crate) store: &'a Store,
    pub(crate) record: &'a mut Record,
    /// The properties that the request set.
    pub(crate) given: &'a [String],
    /// The record before; none when it is new.
    pub(crate) before: Option<&'a Record>,
    /// Records of other collections that come with it; their ids are made when they are kept.
    pub(crate) also: Vec<(String, Record)>,
}

/// What a vendor demands of a change or adds to it.
pub(crate) type Rule = fn(&mut Change<'_>) -> Result<(), Refusal>;

/// Records that a vendor makes of others, for lists.
pub(crate) type Make = fn(&Store) -> Vec<Record>;

/// The behaviour that `options` describe.
pub(crate) fn read(
    options: &Value,
    endpoint: &Endpoint,
    house: &House,
    store: &Store,
) -> Result<Box<dyn Behaviour>, String> {
    let mut options = options.as_object().cloned().unwrap_or_default();
    let name = options.remove("behaviour").unwrap_or_default();
    if let Some(collection) = options.get("collection").and_then(Value::as_str) {
        store.collection(collection)?;
    }
    let options = Value::Object(options);
    match name.as_str().unwrap_or_default() {
        "list" => {
            let list = self::options::<List>(options)?.checked()?;
            list.suits(endpoint, house)?;
            Ok(Box::new(list))
        }
        "get" => Ok(Box::new(self::options::<get::Get>(options)?)),
        "create" => Ok(Box::new(self::options::<Create>(options)?.checked()?)),
        "update" => Ok(Box::new(
            self::options::<update::Update>(options)?.checked()?,
        )),
        "json_patch" => Ok(Box::new(
            self::options::<json_patch::JsonPatch>(options)?.checked()?,
        )),
        "upload" => Ok(Box::new(
            self::options::<upload::Upload>(options)?.checked()?,
        )),
        "file" => Ok(Box::new(self::options::<file::Get>(options)?)),
        "delete" => Ok(Box::new(self::options::<delete::Delete>(options)?)),
        name => match vendors::behaviour(name, options) {
            Some(read) => read,
            None => Err(format!("there is no behaviour `{name}`")),
        },
    }
}

/// A behaviour's options.
pub(crate) fn options<T: DeserializeOwned>(options: Value) -> Result<T, String> {
    serde_json::from_value(options).map_err(|error| error.to_string())
}

/// The rules of these names.
pub(crate) fn rules(names: &[String]) -> Result<Vec<Rule>, String> {
    names
        .iter()
        .map(|name| vendors::rule(name).ok_or_else(|| format!("there is no rule `{name}`")))
        .collect()
}

impl Turn<'_> {
    /// The id in the path: of this parameter, or the last.
    pub(crate) fn id(&self, parameter: Option<&String>) -> Value {
        let name = parameter
            .map(String::as_str)
            .or_else(|| self.endpoint.last_path_parameter());
        name.map_or(Value::Null, |name| {
            path::read(&self.inputs.path, name).clone()
        })
    }

    /// Demands that the parent exists.
    pub(crate) fn parent(&self, parent: Option<&Parent>) -> Result<(), Refusal> {
        let Some(parent) = parent else { return Ok(()) };
        let id = path::read(&self.inputs.path, &parent.parameter);
        self.world
            .store
            .find(&parent.collection, id)
            .map(drop)
            .ok_or_else(|| absent(&parent.collection, id))
    }

    /// Whether a record hangs on the parent that the path names.
    pub(crate) fn is_child(&self, parent: Option<&Parent>, record: &Record) -> bool {
        parent.is_none_or(|parent| {
            path::same(
                path::read(record, &parent.field),
                path::read(&self.inputs.path, &parent.parameter),
            )
        })
    }

    /// The record that the path names; where it names none, the only one.
    pub(crate) fn named(
        &self,
        collection: &str,
        parameter: Option<&String>,
        parent: Option<&Parent>,
    ) -> Result<Record, Refusal> {
        self.parent(parent)?;
        let id = self.id(parameter);
        let kept = self.world.store.collection(collection).map_err(broken)?;
        // A path without an id names the only record. A link has the id of what it leads to, so several parents have a child of the same id.
        let only = self.endpoint.last_path_parameter().is_none();
        let mut fitting = kept.records().iter().filter(|record| {
            (only || path::same(kept.id_of(record), &id)) && self.is_child(parent, record)
        });
        let found = fitting.next();
        found.cloned().ok_or_else(|| absent(collection, &id))
    }

    /// The relations that the request asks for.
    pub(crate) fn with(&self) -> Vec<String> {
        let asked = self.inputs.query.get(WITH).and_then(Value::as_array);
        asked.into_iter().flatten().map(path::text).collect()
    }

    /// The answer around one record.
    pub(crate) fn single(
        &self,
        collection: &str,
        record: &Record,
        body: Option<&Value>,
    ) -> Success {
        let shown = relations::show(&self.world.store, collection, record, &self.with());
        self.around(Value::Object(shown), body)
    }

    /// The answer around a value that stands for a record.
    pub(crate) fn around(&self, shown: Value, body: Option<&Value>) -> Success {
        let values = Map::from_iter([("$record".to_owned(), shown)]);
        Success {
            body: Some(paging::fill(body.unwrap_or(&self.house.single), &values)),
            ..Success::default()
        }
    }

    /// Keeps a new record.
    pub(crate) fn keep(&mut self, collection: &str, record: Record) -> Result<(), Refusal> {
        let collection = self
            .world
            .store
            .collection_mut(collection)
            .map_err(broken)?;
        collection.push(record);
        Ok(())
    }

    /// Makes a record of a collection: with an id of its own and what each of the collection has. Answers it.
    pub(crate) fn keep_new(&mut self, collection: &str, record: Record) -> Result<Record, Refusal> {
        let World { store, draw, .. } = &mut *self.world;
        let kept = store.collection_mut(collection).map_err(broken)?;
        let mut whole = Record::from_iter([(kept.shape.key.clone(), kept.next_id(draw))]);
        whole.extend(record);
        complete(store, draw, collection, &mut whole)?;
        self.keep(collection, whole.clone())?;
        Ok(whole)
    }

    /// Keeps what came with a change.
    pub(crate) fn keep_also(&mut self, also: Vec<(String, Record)>) -> Result<(), Refusal> {
        for (collection, record) in also {
            self.keep_new(&collection, record)?;
        }
        Ok(())
    }

    /// Puts the changed record in the place of the old one.
    pub(crate) fn put(&mut self, collection: &str, record: Record) -> Result<(), Refusal> {
        let kept = self
            .world
            .store
            .collection_mut(collection)
            .map_err(broken)?;
        let position = kept.position(kept.id_of(&record));
        if let Some(position) = position {
            kept.put(position, record);
        }
        Ok(())
    }
}

/// Gives a new record the defaults, stamps and touches of its collection.
pub(crate) fn complete(
    store: &Store,
    draw: &mut Draw,
    collection: &str,
    record: &mut Record,
) -> Result<(), Refusal> {
    let kept = store.collection(collection).map_err(broken)?;
    let shape = &kept.shape;
    let mut soil = Soil {
        draw,
        store,
        now: clock::now(),
        number: kept.len(),
    };
    let absent = shape
        .defaults
        .iter()
        .filter(|(name, _)| !record.contains_key(name.split('/').next().unwrap_or(name)));
    let absent: Map<String, Value> = absent
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    soil.record(&absent, record).map_err(broken)?;
    soil.record(&shape.stamp, record).map_err(broken)?;
    soil.record(&shape.touch, record).map_err(broken)
}

/// Sets what every write sets.
pub(crate) fn touch(
    store: &Store,
    draw: &mut Draw,
    collection: &str,
    record: &mut Record,
) -> Result<(), Refusal> {
    let kept = store.collection(collection).map_err(broken)?;
    let mut soil = Soil {
        draw,
        store,
        now: clock::now(),
        number: kept.len(),
    };
    soil.record(&kept.shape.touch, record).map_err(broken)
}

/// There is no such record.
pub(crate) fn absent(collection: &str, id: &Value) -> Refusal {
    let thing = collection.replace('_', " ");
    Refusal::of(
        Kind::NotFound,
        "id",
        format!("There is no {id} among the {thing}."),
    )
}

/// A mistake in `sandbox.yaml` that shows only now.
pub(crate) fn broken(reason: String) -> Refusal {
    Refusal::new(
        Kind::Absent,
        format!("The sandbox cannot do this: {reason}."),
    )
}
