//! The documentation records of docs.yaml: what we say about an operation, and which of its inputs a model sees.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use crate::{decode, load::Document, report::Place};

/// The records of one resource.
#[derive(Clone, Debug)]
pub struct ResourceDocs {
    /// Plural name, snake case; names the list tool, the module and the file.
    pub plural: String,
    /// Singular name, snake case.
    pub singular: String,
    /// What the resource is, one line.
    pub about: String,
    /// Tags of all its tools.
    pub tags: Vec<String>,
    /// One record per method.
    pub methods: Vec<MethodDocs>,
    /// Where the resource stands.
    pub place: Place,
}

/// One documentation record.
#[derive(Clone, Debug)]
pub struct MethodDocs {
    /// `list`, `get`, `create`, `update`, `replace`, `delete`, or a word of its own.
    pub method: String,
    /// The record.
    pub record: Record,
    /// Where it stands.
    pub place: Place,
}

/// What docs.yaml says of one (resource, method).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Record {
    /// `GET /works`; empty where the record reads through other tools.
    pub operation: String,
    /// Tools that are called at once, by the key of their part in the result.
    pub reads: IndexMap<String, ReadDocs>,
    /// Title for people.
    pub title: String,
    /// What a model reads first.
    pub description: String,
    /// What the tool does to the world.
    pub effect: Effect,
    /// Whether a second call changes nothing more; by default what the verb promises.
    pub idempotent: Option<bool>,
    /// A name of its own instead of the pattern.
    pub tool: Option<String>,
    /// Names that it had before, by which it can still be called.
    pub aliases: Vec<String>,
    /// Tags besides the resource's.
    pub tags: Vec<String>,
    /// Named paging style.
    pub paging: Option<String>,
    /// JSON pointer to the records in the answer.
    pub answer: Option<String>,
    /// The chosen inputs, by wire name; absent: all.
    pub inputs: Option<IndexMap<String, InputDocs>>,
    /// Inputs that are sent with a constant value.
    pub fixed: IndexMap<String, Value>,
    /// What is sent where none of several inputs says yes.
    pub otherwise: Option<OtherwiseDocs>,
    /// What a list can be filtered by.
    pub conditions: Option<ConditionDocs>,
    /// What a list can be filtered by within the arrays of its records.
    pub child_conditions: Option<ConditionDocs>,
    /// Whether a list can be filtered by custom fields.
    pub custom_field_conditions: bool,
    /// What a caller may order a list by.
    pub order_by: Option<Vec<PathDocs>>,
    /// What is asked for of each record unless the caller names more; absent: the whole record.
    pub fields: Option<Vec<PathDocs>>,
    /// The operation that takes this list's query in its body, where it is too long for a URL.
    pub search: Option<String>,
    /// Tools that must have been called before.
    pub before: Vec<String>,
    /// Tools that come next.
    pub after: Vec<String>,
    /// What to say when the vendor refuses.
    pub on_error: Vec<GuidanceDocs>,
    /// Example calls.
    pub examples: Vec<Example>,
}

/// A part of a composite read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ReadDocs {
    /// The tool that answers it.
    pub tool: String,
    /// Its inputs that a caller gives: each with the name that the composite read knows it by.
    pub inputs: IndexMap<String, String>,
    /// Its constant arguments.
    pub arguments: serde_json::Map<String, Value>,
    /// What of a record is shown: a name, and the path of the value; empty: everything.
    pub show: IndexMap<String, String>,
    /// Whether the whole fails if this part does.
    pub required: bool,
}

/// What a tool does to the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Changes nothing.
    #[default]
    Read,
    /// Adds or changes.
    Write,
    /// Deletes, overwrites, or sends what cannot be taken back.
    Destroy,
}

/// What docs.yaml says of one input.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InputDocs {
    /// Name that the model sees.
    pub rename: Option<String>,
    /// Description instead of the spec's.
    pub description: Option<String>,
    /// Required although the spec does not say so.
    pub required: bool,
    /// `false` where an update must not offer to empty it.
    pub clearable: Option<bool>,
    /// Tools whose answers hold its values.
    pub from: Vec<String>,
    /// Whether `me` stands for the person that the server is set up for.
    pub me: bool,
    /// Bounds of a free JSON value.
    pub within: Option<WithinDocs>,
    /// Whether no value of it is ever shown.
    pub secret: bool,
}

/// Bounds of a free JSON value.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WithinDocs {
    /// Most bytes that it has as JSON.
    pub bytes: Option<usize>,
    /// Most levels of objects and arrays.
    pub depth: Option<usize>,
    /// Keys that no object in it may have.
    pub without: Vec<String>,
}

/// What is sent where none of several inputs says yes: the vendor wants one of them, and does not say so in its document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OtherwiseDocs {
    /// Wire names of the inputs.
    pub any_of: Vec<String>,
    /// One of them, and the value that it is then sent with.
    pub send: IndexMap<String, Value>,
}

/// What a list can be filtered by.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConditionDocs {
    /// The filterable paths.
    pub fields: Vec<FieldDocs>,
    /// Inputs of their own that become one clause.
    pub shortcuts: IndexMap<String, ShortcutDocs>,
    /// The method of the same resource whose filter it is, instead.
    pub like: Option<String>,
}

/// A filterable path: of the response schema, or beyond it with a reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum FieldDocs {
    /// A path of the response schema.
    Path(String),
    /// A path that the schema does not have.
    Beyond {
        /// The path.
        name: String,
        /// `text`, `number`, `boolean` or `time`.
        r#type: String,
        /// Whether a record may have none.
        #[serde(default = "is_nullable")]
        nullable: bool,
    },
}

fn is_nullable() -> bool {
    true
}

/// A path of a record: of the response schema, or beyond it with a reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum PathDocs {
    /// A path of the response schema.
    Known(String),
    /// A path that the schema does not have.
    Beyond {
        /// The path.
        name: String,
    },
}

/// An input that becomes one clause.
#[derive(Clone, Debug, Deserialize)]
pub struct ShortcutDocs {
    /// The filterable path.
    pub field: String,
    /// The comparison.
    pub op: String,
    /// What it selects.
    pub description: String,
    /// Whether `me` stands for the person that the server is set up for.
    #[serde(default)]
    pub me: bool,
}

/// What to say when the vendor refuses.
#[derive(Clone, Debug, Deserialize)]
pub struct GuidanceDocs {
    /// HTTP statuses; empty: any.
    #[serde(default)]
    pub status: Vec<u16>,
    /// A word of the vendor's error.
    #[serde(default)]
    pub mentions: String,
    /// What the model should do.
    pub say: String,
}

/// An example call.
#[derive(Clone, Debug, Deserialize)]
pub struct Example {
    /// What it is for.
    pub summary: String,
    /// The arguments.
    pub arguments: Value,
}

/// Reads the records, as far as they are of their shape.
pub(crate) fn records(document: &Document) -> Vec<ResourceDocs> {
    let place = document.place("/resources");
    let resources = document.value.get("resources").and_then(Value::as_object);
    let mut resources: Vec<_> = resources
        .into_iter()
        .flatten()
        .map(|(plural, value)| resource(plural, value, place.child(plural)))
        .collect();
    resources.sort_by(|a, b| a.plural.cmp(&b.plural));
    resources
}

fn resource(plural: &str, value: &Value, place: Place) -> ResourceDocs {
    let text = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let methods = value.get("methods").and_then(Value::as_object);
    let methods = methods
        .into_iter()
        .flatten()
        .map(|(method, record)| MethodDocs {
            method: method.clone(),
            record: decode::decode(record),
            place: place.child("methods").child(method),
        })
        // A record without either was reported, and is about nothing.
        .filter(|it| !it.record.operation.is_empty() || !it.record.reads.is_empty());
    let mut methods: Vec<_> = methods.collect();
    methods.sort_by(|a, b| a.method.cmp(&b.method));
    ResourceDocs {
        plural: plural.to_owned(),
        singular: text("singular"),
        about: text("about"),
        tags: value
            .get("tags")
            .and_then(|it| serde_json::from_value(it.clone()).ok())
            .unwrap_or_default(),
        methods,
        place,
    }
}
