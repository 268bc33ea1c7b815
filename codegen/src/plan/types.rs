//! The Rust types of inputs: which enums, objects and field tables are emitted, under which names.
//!
//! A type that several tools use is one type. A recursive property is cut by name: its type is free JSON.

mod content;
mod forms;
mod limits;
mod names;
mod reach;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

pub use self::content::{
    Content, FormPlan, Module, PropertyPlan, RestPlan, RustType, TypeId, TypePlan,
};
use self::forms::Place;
pub use self::names::{NamedTypes, RESERVED, is_taken, tool_type};
use crate::{
    api::{Api, Format, Limit, Object, Schema, Type},
    reference::Keys,
    vendor::VendorDocs,
    words::camel,
};

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

/// The types asked for so far.
pub struct TypeTable<'a> {
    api: &'a Api,
    vendor: &'a VendorDocs,
    drafts: Vec<Draft>,
    components: BTreeMap<String, RustType>,
    reach: RefCell<BTreeMap<String, BTreeSet<String>>>,
    /// How many choices stand within each other where a type is being built.
    choices: usize,
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
            choices: 0,
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
        let choice = match &schema.ty {
            Type::Json | Type::Unsupported(_) | Type::Broken(_) | Type::Limits(_) => {
                return RustType::Json;
            }
            Type::Boolean => return RustType::Bool,
            Type::Integer(_) => return RustType::Integer,
            Type::Unsigned(_) => return RustType::Unsigned,
            Type::Number(_) => return RustType::Number,
            Type::Decimal(_) => return RustType::Decimal,
            Type::Text(format, _) => return text(format),
            Type::List(items, _) => {
                return RustType::List(Box::new(self.build(items, wanted, owner)));
            }
            Type::Map(values) => {
                return RustType::Map(Box::new(self.build(values, wanted, owner)));
            }
            Type::Object(_) => return self.object(schema, wanted, owner),
            Type::AllOf(_) => return self.parts(schema, wanted, owner),
            Type::OneOf(one_of) => {
                return self.one_of(schema, one_of, wanted, (owner, Place::Within));
            }
            Type::Named(name) if !owner.is_empty() && self.reaches(name, owner) => {
                return RustType::Json;
            }
            Type::Named(name) => return self.component(name),
            Type::Choice(values) => Content::Choice(values.clone()),
            Type::NumberChoice(values) => Content::NumberChoice(values.clone()),
            Type::Values(values) => Content::Values(values.clone()),
        };
        let (wanted, description) = (wanted.clone(), schema.description.clone());
        RustType::Named(self.insert(wanted, description, &schema.pointer, choice))
    }

    /// Several parts are one of several objects, one object, or one value.
    fn parts(&mut self, schema: &Schema, wanted: &Wanted, owner: &str) -> RustType {
        if let Some(one_of) = self.api.one_of(schema) {
            return self.one_of(schema, &one_of, wanted, (owner, Place::Within));
        }
        if self.api.object(schema).is_some() {
            return self.object(schema, wanted, owner);
        }
        let whole = self.api.whole(schema).into_owned();
        if matches!(whole, Type::AllOf(_)) {
            return RustType::Json;
        }
        let whole = Schema {
            ty: whole,
            ..schema.clone()
        };
        self.build(&whole, wanted, owner)
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
        let short = names::of_component(name);
        let wanted = Wanted {
            long: format!("{short}Component"),
            short,
        };
        let ty = match self.api.one_of(schema) {
            Some(one_of) => self.one_of(schema, &one_of, &wanted, (name, Place::Itself)),
            None => self.build(schema, &wanted, name),
        };
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
        let content = self.content(&object, wanted, owner);
        RustType::Named(self.insert(
            wanted.clone(),
            schema.description.clone(),
            &schema.pointer,
            content,
        ))
    }

    /// What an object holds, of what a caller may give.
    fn content(&mut self, object: &Object, wanted: &Wanted, owner: &str) -> Content {
        let part = |name: &str| Wanted {
            short: format!("{}{name}", wanted.short),
            long: format!("{}{name}", wanted.long),
        };
        let mut properties = Vec::new();
        for (wire, property) in &object.properties {
            if property.read_only || self.vendor.metadata.contains(wire) {
                continue;
            }
            let ty = self.build(&property.schema, &part(&camel(wire)), owner);
            let described = self.described(&property.description, &property.schema, &ty);
            properties.push(PropertyPlan {
                description: self.told(&described, &property.schema, !property.required),
                required: property.required,
                ty,
                limits: self.limits(&property.schema),
                wire: wire.clone(),
            });
        }
        let Some(rest) = &object.rest else {
            return Content::Object(properties);
        };
        let ty = self.build(rest, &part("Rest"), owner);
        let rest = RestPlan {
            description: self.told(&rest.description, rest, false),
            ty,
            limits: self.limits(rest),
        };
        Content::Open(properties, rest)
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

    /// Notes that a type, and what it is made of, is used by a module.
    pub(super) fn mark(&mut self, ty: &RustType, user: &Module) {
        self.mark_within(ty, user, &mut BTreeSet::new());
    }

    /// What was marked before is looked at again: it may have been of nothing yet.
    fn mark_within(&mut self, ty: &RustType, user: &Module, seen: &mut BTreeSet<TypeId>) {
        match ty {
            RustType::List(inner) | RustType::Map(inner) => self.mark_within(inner, user, seen),
            RustType::Named(id)
            | RustType::Clauses(id)
            | RustType::ChildClauses(id)
            | RustType::Fields(id) => {
                self.drafts[*id].plan.users.insert(user.clone());
                if seen.insert(*id) {
                    let content = self.drafts[*id].plan.content.clone();
                    let types = content.types().into_iter();
                    types.for_each(|it| self.mark_within(it, user, seen));
                }
            }
            _ => {}
        }
    }
}

/// A text, by what it is of.
fn text(format: &Format) -> RustType {
    match format {
        Format::Any => RustType::Text(None),
        Format::Shown(format) => RustType::Text(Some(format.clone())),
        Format::Date => RustType::Date,
        Format::DateTime => RustType::DateTime,
        Format::Bytes => RustType::Bytes,
    }
}
