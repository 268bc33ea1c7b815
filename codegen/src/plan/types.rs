//! The Rust types of inputs: which enums, objects and field tables are emitted, under which names.
//!
//! A type that several tools use is one type. A recursive property is cut by name: its type is free JSON.

mod names;
mod reach;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

pub use self::names::{NamedTypes, RESERVED, is_taken, tool_type};
use super::conditions::FieldPlan;
use crate::{
    api::{Api, Format, Limit, Schema, Type},
    reference::Keys,
    vendor::VendorDocs,
    words::camel,
};

/// The type of an input.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i64`
    Integer,
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
    /// An object.
    Object(Vec<PropertyPlan>),
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

/// What a type is asked for with.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The name it has if no other content wants it.
    pub short: String,
    /// The name it has otherwise.
    pub long: String,
}

struct Draft {
    wanted: Wanted,
    plan: TypePlan,
}

/// Arrays within arrays whose items' limits are checked; an array of itself has no end.
const DEEPEST_LIMITS: usize = 4;

/// The types asked for so far.
pub struct TypeTable<'a> {
    api: &'a Api,
    vendor: &'a VendorDocs,
    drafts: Vec<Draft>,
    components: BTreeMap<String, RustType>,
    reach: RefCell<BTreeMap<String, BTreeSet<String>>>,
}

impl<'a> TypeTable<'a> {
    /// An empty table.
    pub fn new(api: &'a Api, vendor: &'a VendorDocs) -> Self {
        Self {
            api,
            vendor,
            drafts: Vec::new(),
            components: BTreeMap::new(),
            reach: RefCell::default(),
        }
    }

    /// The type of a schema, and its limits.
    pub fn of(
        &mut self,
        schema: &Schema,
        wanted: &Wanted,
        user: &Module,
    ) -> (RustType, Vec<Limit>) {
        let ty = self.build(schema, wanted, "");
        self.mark(&ty, user);
        (ty, self.limits(schema))
    }

    /// Adds a type of this content, or finds the one that is there.
    pub fn add(
        &mut self,
        wanted: Wanted,
        description: String,
        pointer: &str,
        content: Content,
        user: &Module,
    ) -> TypeId {
        let id = self.insert(wanted, description, pointer, content);
        self.mark(&RustType::Named(id), user);
        id
    }

    fn insert(
        &mut self,
        wanted: Wanted,
        description: String,
        pointer: &str,
        content: Content,
    ) -> TypeId {
        let same =
            |draft: &Draft| draft.wanted.short == wanted.short && draft.plan.content == content;
        if let Some(id) = self.drafts.iter().position(same) {
            return id;
        }
        let pointer = pointer.to_owned();
        let plan = TypePlan {
            name: String::new(),
            description,
            pointer,
            content,
            users: BTreeSet::new(),
        };
        self.drafts.push(Draft { wanted, plan });
        self.drafts.len() - 1
    }

    /// `owner` is the component within which the schema stands.
    fn build(&mut self, schema: &Schema, wanted: &Wanted, owner: &str) -> RustType {
        match &schema.ty {
            Type::Json | Type::Unsupported(_) => RustType::Json,
            Type::Boolean => RustType::Bool,
            Type::Integer(_) => RustType::Integer,
            Type::Number(_) => RustType::Number,
            Type::Decimal(_) => RustType::Decimal,
            Type::Text(Format::Any, _) => RustType::Text(None),
            Type::Text(Format::Shown(format), _) => RustType::Text(Some(format.clone())),
            Type::Text(Format::Date, _) => RustType::Date,
            Type::Text(Format::DateTime, _) => RustType::DateTime,
            Type::Text(Format::Bytes, _) => RustType::Bytes,
            Type::Choice(values) => {
                let content = Content::Choice(values.clone());
                RustType::Named(self.insert(
                    wanted.clone(),
                    schema.description.clone(),
                    &schema.pointer,
                    content,
                ))
            }
            Type::NumberChoice(values) => {
                let content = Content::NumberChoice(values.clone());
                RustType::Named(self.insert(
                    wanted.clone(),
                    schema.description.clone(),
                    &schema.pointer,
                    content,
                ))
            }
            Type::List(items, _) => RustType::List(Box::new(self.build(items, wanted, owner))),
            Type::Map(values) => RustType::Map(Box::new(self.build(values, wanted, owner))),
            Type::Object(_) | Type::AllOf(_) => self.object(schema, wanted, owner),
            Type::Named(name) if !owner.is_empty() && self.reaches(name, owner) => RustType::Json,
            Type::Named(name) => self.component(name),
        }
    }

    fn component(&mut self, name: &str) -> RustType {
        if let Some(ty) = self.components.get(name) {
            return ty.clone();
        }
        let Some(schema) = self.api.schemas.get(name) else {
            return RustType::Json;
        };
        let references = self.vendor.references.as_ref();
        if let Some(keys) = references.and_then(|it| it.keys(name, self.api)) {
            return self.reference(keys);
        }
        let wanted = Wanted {
            short: camel(name),
            long: format!("{}Component", camel(name)),
        };
        let ty = self.build(schema, &wanted, name);
        self.components.insert(name.to_owned(), ty.clone());
        ty
    }

    /// One type for all references of the same keys.
    fn reference(&mut self, keys: Keys) -> RustType {
        let keyed: Vec<_> = keys
            .number
            .iter()
            .chain(&keys.text)
            .map(|it| camel(it))
            .collect();
        let wanted = Wanted {
            short: format!("By{}", keyed.join("Or")),
            long: format!("Reference{}", keyed.join("Or")),
        };
        let description = format!("A record by {}.", keys.words());
        RustType::Named(self.insert(wanted, description, "", Content::Reference(keys)))
    }

    fn object(&mut self, schema: &Schema, wanted: &Wanted, owner: &str) -> RustType {
        let object = self.api.object(schema).unwrap_or_default();
        let mut properties = Vec::new();
        for (wire, property) in &object.properties {
            if property.read_only || self.vendor.metadata.contains(wire) {
                continue;
            }
            let part = Wanted {
                short: format!("{}{}", wanted.short, camel(wire)),
                long: format!("{}{}", wanted.long, camel(wire)),
            };
            let ty = self.build(&property.schema, &part, owner);
            properties.push(PropertyPlan {
                description: self.described(&property.description, &property.schema, &ty),
                required: property.required,
                ty,
                limits: self.limits(&property.schema),
                wire: wire.clone(),
            });
        }
        let content = Content::Object(properties);
        RustType::Named(self.insert(
            wanted.clone(),
            schema.description.clone(),
            &schema.pointer,
            content,
        ))
    }

    /// A description of its own, or that of the component, or of a reference by what it is given.
    pub fn described(&self, own: &str, schema: &Schema, ty: &RustType) -> String {
        let of_component = &self.api.resolve(schema).description;
        match ty {
            _ if !own.is_empty() => own.to_owned(),
            RustType::Named(id)
                if of_component.is_empty()
                    && matches!(self.drafts[*id].plan.content, Content::Reference(_)) =>
            {
                self.drafts[*id].plan.description.clone()
            }
            _ => of_component.clone(),
        }
    }

    fn limits(&self, schema: &Schema) -> Vec<Limit> {
        self.limits_within(schema, DEEPEST_LIMITS)
    }

    fn limits_within(&self, schema: &Schema, depth: usize) -> Vec<Limit> {
        match &self.api.resolve(schema).ty {
            Type::Integer(limits)
            | Type::Number(limits)
            | Type::Decimal(limits)
            | Type::Text(_, limits) => limits.clone(),
            Type::List(items, limits) => {
                let mut limits = limits.clone();
                let each = depth
                    .checked_sub(1)
                    .map(|depth| self.limits_within(items, depth));
                let each = each.unwrap_or_default();
                limits.extend((!each.is_empty()).then_some(Limit::Each(each)));
                limits
            }
            _ => Vec::new(),
        }
    }

    /// Notes that a type, and what it is made of, is used by a module.
    pub(super) fn mark(&mut self, ty: &RustType, user: &Module) {
        match ty {
            RustType::List(inner) | RustType::Map(inner) => self.mark(inner, user),
            RustType::Named(id)
            | RustType::Clauses(id)
            | RustType::ChildClauses(id)
            | RustType::Fields(id) => {
                if self.drafts[*id].plan.users.insert(user.clone())
                    && let Content::Object(properties) = self.drafts[*id].plan.content.clone()
                {
                    properties.iter().for_each(|it| self.mark(&it.ty, user));
                }
            }
            _ => {}
        }
    }
}
