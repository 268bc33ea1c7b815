//! Says why an input cannot be said, if so: a type beyond us, a place that cannot carry it, or too much of it.

use std::collections::BTreeMap;

use super::placed;
use crate::{
    api::{Api, Flaw, Schema, Type},
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
        let reason = self
            .unsupported(schema, &mut Vec::new())
            .or_else(|| placed::misplaced(input.role, schema, self.api))?;
        flaw(
            "input-unsupported",
            format!("the input `{}` cannot be said: {reason}", input.wire),
            "leave it out in docs.yaml, or give it a type that can be said with an overlay action",
        )
    }

    fn size(&mut self, schema: &Schema) -> Size {
        let mut size = Size {
            values: 1,
            levels: 0,
        };
        match &schema.ty {
            Type::List(inner, _) | Type::Map(inner) => size.add(self.size(inner)),
            Type::Object(object) => {
                for property in object.properties.values().filter(|it| !it.read_only) {
                    size.add(self.size(&property.schema));
                }
            }
            Type::AllOf(parts) => parts.iter().for_each(|part| size.add(self.size(part))),
            Type::Named(name) => return self.component(name),
            _ => {}
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
    fn unsupported<'s>(&'s self, schema: &'s Schema, seen: &mut Vec<&'s str>) -> Option<String> {
        match &schema.ty {
            Type::Unsupported(reason) => Some(reason.clone()),
            Type::List(inner, _) | Type::Map(inner) => self.unsupported(inner, seen),
            Type::Object(object) => {
                let offered = object
                    .properties
                    .iter()
                    .filter(|(name, it)| !it.read_only && !self.vendor.metadata.contains(name));
                offered.into_iter().find_map(|(name, property)| {
                    if !is_property_key(name) {
                        return Some(format!(
                            "model hosts refuse the property name `{}`",
                            name.escape_debug()
                        ));
                    }
                    self.unsupported(&property.schema, seen)
                })
            }
            Type::AllOf(parts) => match self.api.object(schema) {
                Some(_) => parts.iter().find_map(|part| self.unsupported(part, seen)),
                None => Some("`allOf` of what are no objects".to_owned()),
            },
            Type::Named(name) if seen.contains(&name.as_str()) || self.is_reference(name) => None,
            Type::Named(name) => {
                seen.push(name);
                self.api
                    .schemas
                    .get(name)
                    .and_then(|target| self.unsupported(target, seen))
            }
            Type::Json
            | Type::Boolean
            | Type::Integer(_)
            | Type::Number(_)
            | Type::Decimal(_)
            | Type::Text(..)
            | Type::Choice(_)
            | Type::NumberChoice(_) => None,
        }
    }
}
