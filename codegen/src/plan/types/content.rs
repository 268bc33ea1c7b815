//! What the type of an input, and a generated type, can be.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{api::Limit, plan::conditions::FieldPlan, reference::Keys};

/// The type of an input.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i64`
    Integer,
    /// `u64`
    Unsigned,
    /// `f64`
    Number,
    /// A number whose digits count.
    Decimal,
    /// `String`, and the format that the schema shows
    Text(Option<String>),
    /// A date.
    Date,
    /// A time.
    DateTime,
    /// Bytes, as base64 text.
    Bytes,
    /// A file that is sent.
    Upload,
    /// Any JSON but null.
    Json,
    /// An array.
    List(Box<RustType>),
    /// An object of free keys.
    Map(Box<RustType>),
    /// A generated type.
    Named(TypeId),
    /// `limit` and `next_cursor`, up to this page size.
    Page {
        /// The vendor's cap.
        max: u32,
        /// Sent when the caller names none.
        default: u32,
    },
    /// Names of inputs that are emptied.
    Clear(Vec<String>),
    /// Filter clauses over a generated field table.
    Clauses(TypeId),
    /// The same over fields of items of arrays.
    ChildClauses(TypeId),
    /// Filter clauses over custom fields.
    CustomFieldClauses,
    /// The order of a list, over these paths.
    Order(Vec<String>),
    /// Paths out of a generated table, or the whole record.
    Fields(TypeId),
}

/// A generated type: its place in the table, later in the plan's list.
pub type TypeId = usize;

/// A generated type.
#[derive(Clone, Debug)]
pub struct TypePlan {
    /// Name in Rust: of a type, or of the constant that holds a field table.
    pub name: String,
    /// What it is.
    pub description: String,
    /// JSON pointer to the schema it came from.
    pub pointer: String,
    /// What it holds.
    pub content: Content,
    /// Resources whose tools use it, directly or through other types.
    pub users: BTreeSet<Module>,
}

/// Where a tool's code goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Module {
    /// The crate, in a vendor that is split.
    pub domain: String,
    /// The file.
    pub file: String,
}

/// What a generated type holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A closed set of texts.
    Choice(Vec<String>),
    /// A closed set of whole numbers.
    NumberChoice(Vec<i64>),
    /// A closed set of other values.
    Values(Vec<Value>),
    /// An object.
    Object(Vec<PropertyPlan>),
    /// An object that has other properties, too.
    Open(Vec<PropertyPlan>, RestPlan),
    /// One of several.
    OneOf(Vec<FormPlan>),
    /// A reference to a record, by a number or a text.
    Reference(Keys),
    /// Fields that a list can be filtered by.
    Fields(Vec<FieldPlan>),
    /// Paths that can be asked for of a record: properties, each with its parts.
    Paths(Vec<(String, Vec<String>)>),
}

/// A property of a generated object.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyPlan {
    /// Name in the spec, which is the name that the model sees.
    pub wire: String,
    /// What it is.
    pub description: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its type.
    pub ty: RustType,
    /// Checked before the call.
    pub limits: Vec<Limit>,
}

/// The other properties of a generated object.
#[derive(Clone, Debug, PartialEq)]
pub struct RestPlan {
    /// What they are.
    pub description: String,
    /// Their type.
    pub ty: RustType,
    /// Checked of each before the call.
    pub limits: Vec<Limit>,
}

/// One of several forms.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPlan {
    /// Name in Rust, within its enum.
    pub name: String,
    /// What a caller is told that it is.
    pub label: String,
    /// What it is.
    pub description: String,
    /// Its type.
    pub ty: RustType,
    /// Checked before the call.
    pub limits: Vec<Limit>,
    /// The property that says that it is this one, by one of these values.
    pub tag: Option<(String, Vec<String>)>,
}

impl Content {
    /// The types within.
    pub fn types(&self) -> Vec<&RustType> {
        let (properties, rest, forms): (&[PropertyPlan], _, &[FormPlan]) = match self {
            Self::Object(properties) => (properties, None, &[]),
            Self::Open(properties, rest) => (properties, Some(rest), &[]),
            Self::OneOf(forms) => (&[], None, forms),
            _ => (&[], None, &[]),
        };
        let properties = properties.iter().map(|it| &it.ty);
        let rest = rest.map(|it| &it.ty);
        let forms = forms.iter().map(|it| &it.ty);
        properties.chain(rest).chain(forms).collect()
    }

    /// The same, to be renumbered.
    pub(super) fn types_mut(&mut self) -> Vec<&mut RustType> {
        match self {
            Self::Object(properties) => properties.iter_mut().map(|it| &mut it.ty).collect(),
            Self::Open(properties, rest) => {
                let properties = properties.iter_mut().map(|it| &mut it.ty);
                properties.chain([&mut rest.ty]).collect()
            }
            Self::OneOf(forms) => forms.iter_mut().map(|it| &mut it.ty).collect(),
            _ => Vec::new(),
        }
    }
}
