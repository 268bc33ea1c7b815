//! Says why an input cannot be said, if so: a type beyond us, a place that cannot carry it, or too much of it.

use std::{collections::BTreeMap, rc::Rc};

use super::placed;
use crate::{
    api::{Answer, Api, Broken, Flaw, Object, Operation, Schema, Type},
    document::{Chosen, is_property_key},
    vendor::VendorDocs,
};

/// Values that a model can be shown at most for one input, everything inlined.
const LARGEST: u64 = 20_000;
/// Levels of objects and arrays at most.
const DEEPEST: u64 = 48;

/// How much a schema is once every component is inlined.
#[derive(Clone, Copy, Default)]
struct Size {
    values: u64,
    levels: u64,
}

impl Size {
    const TOO_LARGE: Self = Self {
        values: u64::MAX,
        levels: u64::MAX,
    };

    fn add(&mut self, part: Self) {
        self.values = self.values.saturating_add(part.values);
        self.levels = self.levels.max(part.levels.saturating_add(1));
    }

    fn is_too_large(self) -> bool {
        self.values > LARGEST || self.levels > DEEPEST
    }
}

/// Why a schema cannot be said.
enum Unsaid {
    /// It is beyond us.
    Reason(String),
    /// It is not there.
    Broken(Broken),
}

/// Judges inputs; what was found of a component is kept.
pub(super) struct Usable<'a> {
    api: &'a Api,
    vendor: &'a VendorDocs,
    sizes: BTreeMap<String, Size>,
    open: Vec<String>,
}

impl<'a> Usable<'a> {
    /// A judge for one API.
    pub(super) fn new(api: &'a Api, vendor: &'a VendorDocs) -> Self {
        Self {
            api,
            vendor,
            sizes: BTreeMap::new(),
            open: Vec::new(),
        }
    }

    /// Why an input cannot be said, if so.
    pub(super) fn flaw(&mut self, input: &Chosen) -> Option<Flaw> {
        let schema = &input.schema;
        let flaw = |code, reason, remedy| {
            Some(Flaw {
                code,
                reason,
                remedy,
                pointer: schema.pointer.clone(),
            })
        };
        if self.size(schema).is_too_large() {
            return flaw(
                "input-too-large",
                format!(
                    "the input `{}` has too many values, or too many levels, to be shown to a model",
                    input.wire
                ),
                "leave it out in docs.yaml, or cut its schema with an overlay action",
            );
        }
        let unsaid = self
            .unsaid(schema, &mut Vec::new())
            .or_else(|| placed::misplaced(input.role, schema, self.api).map(Unsaid::Reason))?;
        match unsaid {
            Unsaid::Reason(reason) => flaw(
                "input-unsupported",
                format!("the input `{}` cannot be said: {reason}", input.wire),
                "leave it out in docs.yaml, or give it a type that can be said with an overlay action",
            ),
            Unsaid::Broken(why) => flaw(
                why.code,
                format!("the input `{}` leads nowhere: {}", input.wire, why.reason),
                why.remedy,
            ),
        }
    }

    /// Why nobody knows what an operation answers, if so; what is answered deeper within is the vendor's own matter.
    pub(super) fn answer_flaw(&self, operation: &Operation) -> Option<Flaw> {
        let Answer::Json(schema) = &operation.answer else {
            return None;
        };
        let Type::Broken(why) = &self.api.resolve(schema).ty else {
            return None;
        };
        Some(Flaw {
            code: why.code,
            reason: format!("the answer leads nowhere: {}", why.reason),
            remedy: why.remedy,
            pointer: schema.pointer.clone(),
        })
    }

    fn size(&mut self, schema: &Schema) -> Size {
        let mut size = Size {
            values: 1,
            levels: 0,
        };
        match &schema.ty {
            Type::Object(object) => {
                for property in object.properties.values().filter(|it| !it.read_only) {
                    size.add(self.size(&property.schema));
                }
                object.rest.iter().for_each(|it| size.add(self.size(it)));
            }
            Type::OneOf(one_of) => {
                for form in &one_of.forms {
                    size.add(self.size(&form.schema));
                }
            }
            Type::Choice(values) => size.values = values.len() as u64,
            Type::NumberChoice(values) => size.values = values.len() as u64,
            Type::Values(values) => size.values = values.len() as u64,
            Type::Named(name) => return self.component(name),
            _ => schema
                .parts()
                .into_iter()
                .for_each(|it| size.add(self.size(it))),
        }
        size
    }

    fn component(&mut self, name: &str) -> Size {
        if self.is_reference(name) {
            return Size {
                values: 1,
                levels: 0,
            };
        }
        if let Some(size) = self.sizes.get(name) {
            return *size;
        }
        let Some(schema) = self.api.schemas.get(name) else {
            return Size::default();
        };
        // A component within itself is cut by name, and so is one value.
        if self.open.iter().any(|it| it == name) {
            return Size {
                values: 1,
                levels: 0,
            };
        }
        if self.open.len() as u64 > 2 * DEEPEST {
            return Size::TOO_LARGE;
        }
        self.open.push(name.to_owned());
        let size = self.size(schema);
        self.open.pop();
        self.sizes.insert(name.to_owned(), size);
        size
    }

    /// A reference is a single value, whatever else the component holds.
    fn is_reference(&self, component: &str) -> bool {
        let references = self.vendor.references.as_ref();
        references.is_some_and(|it| it.keys(component, self.api).is_some())
    }

    /// The first reason within a schema, components included; properties that are never offered do not count.
    fn unsaid<'s>(&'s self, schema: &'s Schema, seen: &mut Vec<&'s str>) -> Option<Unsaid> {
        if let Some(reason) = &schema.beyond {
            return Some(Unsaid::Reason(reason.clone()));
        }
        match &schema.ty {
            Type::Unsupported(reason) => Some(Unsaid::Reason(reason.clone())),
            Type::Broken(why) => Some(Unsaid::Broken(why.clone())),
            Type::Limits(_) => Some(Unsaid::Reason("limits without a `type`".to_owned())),
            Type::Object(object) => self.unsaid_property(object, seen),
            Type::AllOf(parts) => self.unsaid_whole(schema, parts, seen),
            Type::OneOf(one_of) => {
                let mut forms = one_of.forms.iter();
                // A form that does not declare the discriminator is given it.
                let tag = one_of.discriminator.as_deref().and_then(unsaid_name);
                tag.or_else(|| forms.find_map(|it| self.unsaid(&it.schema, seen)))
            }
            Type::Named(name) if seen.contains(&name.as_str()) || self.is_reference(name) => None,
            Type::Named(name) => {
                seen.push(name);
                let target = self.api.schemas.get(name)?;
                self.unsaid(target, seen)
            }
            Type::List(inner, _) | Type::Map(inner) => self.unsaid(inner, seen),
            Type::Json
            | Type::Boolean
            | Type::Integer(_)
            | Type::Unsigned(_)
            | Type::Number(_)
            | Type::Decimal(_)
            | Type::Text(..)
            | Type::Choice(_)
            | Type::NumberChoice(_)
            | Type::Values(_) => None,
        }
    }

    fn unsaid_property<'s>(
        &'s self,
        object: &'s Object,
        seen: &mut Vec<&'s str>,
    ) -> Option<Unsaid> {
        let offered = object
            .properties
            .iter()
            .filter(|(name, it)| !it.read_only && !self.vendor.metadata.contains(name));
        let mut offered = offered.into_iter();
        let found = offered.find_map(|(name, property)| {
            unsaid_name(name).or_else(|| self.unsaid(&property.schema, seen))
        });
        found.or_else(|| self.unsaid(object.rest.as_ref()?, seen))
    }

    /// Several parts are one object, one of several objects, or one value with all its limits.
    fn unsaid_whole<'s>(
        &'s self,
        schema: &'s Schema,
        parts: &'s [Rc<Schema>],
        seen: &mut Vec<&'s str>,
    ) -> Option<Unsaid> {
        if self.api.one_of(schema).is_some() || self.api.object(schema).is_some() {
            let is_limits = |it: &&Rc<Schema>| matches!(it.ty, Type::Json | Type::Limits(_));
            let mut parts = parts
                .iter()
                .filter(|it| !is_limits(it) || it.beyond.is_some());
            return parts.find_map(|part| self.unsaid(part, seen));
        }
        if !matches!(*self.api.whole(schema), Type::AllOf(_)) {
            let mut beyond = parts.iter().filter_map(|it| it.beyond.clone());
            return beyond.next().map(Unsaid::Reason);
        }
        let mut reasons = parts.iter().filter(|it| !matches!(it.ty, Type::Limits(_)));
        let reason = reasons.find_map(|it| self.unsaid(it, seen));
        reason.or_else(|| {
            Some(Unsaid::Reason(
                "`allOf` of what cannot be one value".to_owned(),
            ))
        })
    }
}

fn unsaid_name(property: &str) -> Option<Unsaid> {
    (!is_property_key(property)).then(|| {
        let name = property.escape_debug();
        Unsaid::Reason(format!("model hosts refuse the property name `{name}`"))
    })
}
