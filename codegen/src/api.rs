//! What the vendor said, in our words: operations, inputs, bodies, answers and schemas, with no reference left.

mod body;
mod look_up;
mod several;
mod style;

pub use self::several::{Broken, Form, OneOf};

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use indexmap::IndexMap;
use serde_json::Value;

pub(crate) use self::body::{essence, is_json};
pub use self::{
    body::{Body, BodyKind, PartEncoding},
    style::{Style, StyleName},
};

/// The vendor's API.
#[derive(Debug, Default)]
pub struct Api {
    /// Path of the document, for provenance.
    pub path: String,
    /// Version of the document.
    pub version: String,
    /// URLs of the servers that serve all operations without servers of their own.
    pub servers: Vec<String>,
    /// Operations by key (`GET /works`).
    pub operations: BTreeMap<String, Operation>,
    /// Component schemas by name.
    pub schemas: BTreeMap<String, Rc<Schema>>,
    /// Components that were asked for as objects.
    pub(crate) objects: RefCell<BTreeMap<String, Option<Rc<Object>>>>,
}

/// HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Verb {
    /// Every verb, with the key of its operation in a path item.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Get, "get"),
        (Self::Post, "post"),
        (Self::Put, "put"),
        (Self::Patch, "patch"),
        (Self::Delete, "delete"),
    ];

    /// `GET`
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One operation of the document.
#[derive(Debug)]
pub struct Operation {
    /// `GET /works`
    pub key: String,
    /// HTTP method.
    pub verb: Verb,
    /// Path template.
    pub path: String,
    /// JSON pointer to it.
    pub pointer: String,
    /// The vendor's one-line summary.
    pub summary: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// URLs of its own servers, or of its path's; empty: those of the document serve it.
    pub servers: Vec<String>,
    /// Whether the document says that it goes without credentials.
    pub is_open: bool,
    /// Parameters of path, query, header and cookies, in that order, each in the spec's order.
    pub parameters: Vec<Parameter>,
    /// Its body.
    pub body: Option<Body>,
    /// Its answer on success.
    pub answer: Answer,
    /// Why it cannot become a tool, if so.
    pub flaws: Vec<Flaw>,
}

/// Why an operation cannot become a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Name of the refusal.
    pub code: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub reason: String,
    /// What to do about it.
    pub remedy: &'static str,
    /// JSON pointer to it.
    pub pointer: String,
}

/// Where an operation or a field comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provenance {
    /// The document does not say.
    #[default]
    Unmarked,
    /// Stated by the vendor's page.
    Stated,
    /// From the vendor's API documentation.
    Documented,
    /// Ours.
    Assumed,
}

impl Provenance {
    /// Reads `x-provenance`.
    pub fn of(value: Option<&Value>) -> Self {
        match value.and_then(Value::as_str) {
            Some("stated") => Self::Stated,
            Some("documented") => Self::Documented,
            Some("assumed") => Self::Assumed,
            _ => Self::Unmarked,
        }
    }

    /// This, or `other` where this says nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::Unmarked { other } else { self }
    }

    /// The word for people; empty where unmarked.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unmarked => "",
            Self::Stated => "stated",
            Self::Documented => "documented",
            Self::Assumed => "assumed",
        }
    }
}

/// Where a parameter is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carrier {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Wire name.
    pub name: String,
    /// Where it is carried.
    pub carrier: Carrier,
    /// How it is written there.
    pub style: Style,
    /// Whether the vendor requires it.
    pub required: bool,
    /// What it is.
    pub description: String,
    /// Its type.
    pub schema: Rc<Schema>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// JSON pointer to it.
    pub pointer: String,
}

/// What an operation answers on success.
#[derive(Clone, Debug, Default)]
pub enum Answer {
    /// Nothing (204).
    #[default]
    Nothing,
    /// JSON of this schema.
    Json(Rc<Schema>),
    /// Bytes of this media type.
    File(String),
}

/// A schema.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// JSON pointer to it.
    pub pointer: String,
    /// What it is.
    pub description: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Whether null is a value.
    pub nullable: bool,
    /// Only in answers.
    pub read_only: bool,
    /// Only in what is sent.
    pub write_only: bool,
    /// What the vendor takes where nothing is sent.
    pub default: Option<Value>,
    /// What is said of a value beside its type, in sentences, and checked by nobody.
    pub told: Vec<String>,
    /// What it demands that this generator cannot say, if anything.
    pub beyond: Option<String>,
    /// Its type.
    pub ty: Type,
}

/// The type of a schema.
#[derive(Clone, Debug, Default)]
pub enum Type {
    /// Any JSON.
    #[default]
    Json,
    /// True or false.
    Boolean,
    /// A whole number.
    Integer(Vec<Limit>),
    /// A whole number of 64 bits without a sign.
    Unsigned(Vec<Limit>),
    /// A number.
    Number(Vec<Limit>),
    /// A number whose digits count, such as an amount of money.
    Decimal(Vec<Limit>),
    /// Text.
    Text(Format, Vec<Limit>),
    /// Text out of a closed set.
    Choice(Vec<String>),
    /// A whole number out of a closed set.
    NumberChoice(Vec<i64>),
    /// A closed set of other values, or of several types.
    Values(Vec<Value>),
    /// An array.
    List(Rc<Schema>, Vec<Limit>),
    /// An object of known properties.
    Object(Object),
    /// An object whose keys are not known.
    Map(Rc<Schema>),
    /// Everything that several objects have, or that is said of one value in several places.
    AllOf(Vec<Rc<Schema>>),
    /// One of several.
    OneOf(OneOf),
    /// Limits of a value whose type another part says.
    Limits(Vec<Limit>),
    /// A component by name, or a schema elsewhere in the document by its pointer. The only reference left, and it always resolves.
    Named(String),
    /// A reference that leads nowhere.
    Broken(Broken),
    /// What this generator cannot say, with the reason.
    Unsupported(String),
}

/// An object of known properties, in the spec's order.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Its properties.
    pub properties: IndexMap<String, Property>,
    /// Names that must be there, of properties that may stand in another part of an `allOf`.
    pub required: Vec<String>,
    /// The type of all other properties, where the document says that there may be others.
    pub rest: Option<Rc<Schema>>,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Property {
    /// Whether it must be there.
    pub required: bool,
    /// Whether it must be there where the whole record is sent anew.
    pub required_on_replace: bool,
    /// What it is here; overrides the schema's.
    pub description: String,
    /// Only in answers, here or by its schema.
    pub read_only: bool,
    /// Only in what is sent, here or by its schema.
    pub write_only: bool,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Its type.
    pub schema: Rc<Schema>,
}

/// What a text is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Any text.
    #[default]
    Any,
    /// `2026-01-31`
    Date,
    /// RFC 3339.
    DateTime,
    /// Base64 text (`byte`), or raw bytes (`binary`).
    Bytes,
    /// A format that the schema shows and nobody checks, such as `email`.
    Shown(String),
}

/// A limit on a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// Characters at least.
    MinLength(usize),
    /// Characters at most.
    MaxLength(usize),
    /// A regular expression.
    Pattern(String),
    /// At least.
    Minimum(f64),
    /// At most.
    Maximum(f64),
    /// More than.
    ExclusiveMinimum(f64),
    /// Less than.
    ExclusiveMaximum(f64),
    /// A multiple of.
    MultipleOf(f64),
    /// Items at least.
    MinItems(usize),
    /// Items at most.
    MaxItems(usize),
    /// No item twice.
    UniqueItems,
    /// Limits of each item.
    Each(Vec<Limit>),
    /// Bytes of JSON at most.
    MaxBytes(usize),
    /// Levels of objects and arrays at most.
    MaxDepth(usize),
    /// Keys that no object within may have.
    Without(Vec<String>),
}
