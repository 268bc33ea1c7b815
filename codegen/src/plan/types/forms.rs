//! The Rust types of what is one of several: a form for each, and the property that tells them apart where the document names one.

use std::rc::Rc;

use super::{Content, FormPlan, RustType, TypeTable, Wanted, names};
use crate::{
    api::{Form, Object, OneOf, Property, Schema, Type},
    words::unique,
};

/// Where the forms of something stand: a component is cut where it is within itself, but not where it begins.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// They are the component's own.
    Itself,
    /// They are those of something within it.
    Within,
}

/// The component that forms stand in, and where.
type Owner<'o> = (&'o str, Place);

/// The property that says which form it is, and the values that say this one.
type Tag = (String, Vec<String>);

/// Choices within each other at most: what has more is within itself, under no name by which it could be cut.
const DEEPEST: usize = 48;

impl TypeTable<'_> {
    /// One of several, or free JSON where that has no end.
    pub(super) fn one_of(
        &mut self,
        schema: &Schema,
        one_of: &OneOf,
        wanted: &Wanted,
        owner: Owner<'_>,
    ) -> RustType {
        if self.choices == DEEPEST {
            return RustType::Json;
        }
        self.choices += 1;
        let ty = self.choice(schema, one_of, wanted, owner);
        self.choices -= 1;
        ty
    }

    /// Of forms that are one and the same type only the first counts.
    fn choice(
        &mut self,
        schema: &Schema,
        one_of: &OneOf,
        wanted: &Wanted,
        owner: Owner<'_>,
    ) -> RustType {
        let mut forms: Vec<FormPlan> = Vec::new();
        for (index, form) in one_of.forms.iter().enumerate() {
            let plan = self.form(form, index, one_of, wanted, owner);
            // Where one of them is anything, all are.
            if plan.ty == RustType::Json {
                return RustType::Json;
            }
            if !forms
                .iter()
                .any(|it| it.ty == plan.ty && it.limits == plan.limits)
            {
                forms.push(plan);
            }
        }
        let names: Vec<_> = unique(forms.iter().map(|it| it.name.clone()));
        for (form, name) in forms.iter_mut().zip(names) {
            form.name = name;
        }
        RustType::Named(self.insert(
            wanted.clone(),
            schema.description.clone(),
            &schema.pointer,
            Content::OneOf(forms),
        ))
    }

    fn form(
        &mut self,
        form: &Form,
        index: usize,
        one_of: &OneOf,
        wanted: &Wanted,
        owner: Owner<'_>,
    ) -> FormPlan {
        let tag = self.tag(form, one_of.discriminator.as_deref());
        let named = form.name.as_deref().map(names::of_component);
        let part = |name: &str| Wanted {
            short: format!("{}{name}", wanted.short),
            long: format!("{}{name}", wanted.long),
        };
        let own = named
            .clone()
            .unwrap_or_else(|| format!("Form{}", index + 1));
        let ty = self.form_type(&form.schema, tag.as_ref(), &part(&own), owner);
        let word = self.word(&ty);
        let behind = self.api.resolve(&form.schema);
        let description = match form.schema.description.as_str() {
            "" => &behind.description,
            own => own,
        };
        FormPlan {
            label: form.name.clone().unwrap_or_else(|| word.1.to_owned()),
            name: named.unwrap_or_else(|| word.0.to_owned()),
            description: self.told(description, &form.schema, false),
            limits: self.limits(&form.schema),
            ty,
            tag,
        }
    }

    /// A form that leads back to its owner is built where it stands if it is the owner's own, else it is cut.
    fn form_type(
        &mut self,
        schema: &Schema,
        tag: Option<&Tag>,
        wanted: &Wanted,
        (owner, place): Owner<'_>,
    ) -> RustType {
        let tagged = tag.and_then(|it| self.tagged(schema, it));
        let name = match &schema.ty {
            Type::Named(name) => name.as_str(),
            _ => "",
        };
        let leads_back = !name.is_empty() && !owner.is_empty() && self.reaches(name, owner);
        if leads_back && place == Place::Within {
            return RustType::Json;
        }
        let behind = if leads_back || tagged.is_some() {
            self.api.resolve(schema)
        } else {
            schema
        };
        let owner = match leads_back {
            false if tagged.is_some() && !name.is_empty() => name,
            _ => owner,
        };
        match tagged {
            Some(object) => self.tagged_type(behind, &object, wanted, owner),
            None => self.build(behind, wanted, owner),
        }
    }

    fn tagged_type(
        &mut self,
        schema: &Schema,
        object: &Object,
        wanted: &Wanted,
        owner: &str,
    ) -> RustType {
        let content = self.content(object, wanted, owner);
        let (wanted, description) = (wanted.clone(), schema.description.clone());
        RustType::Named(self.insert(wanted, description, &schema.pointer, content))
    }

    /// What says that it is this form: the values that are mapped to it, those that its own schema allows, or the name of
    /// its component. A title is no such name.
    fn tag(&self, form: &Form, discriminator: Option<&str>) -> Option<Tag> {
        let property = discriminator?;
        let object = self.api.object(&form.schema)?;
        let own = object
            .properties
            .get(property)
            .map(|it| self.api.whole(&it.schema));
        let values = match own.as_deref() {
            _ if !form.values.is_empty() => form.values.clone(),
            Some(Type::Choice(values)) if !self.is_shared(values, form) => values.clone(),
            None | Some(Type::Text(..) | Type::Choice(_) | Type::Json) => {
                vec![form.component()?.to_owned()]
            }
            Some(_) => return None,
        };
        Some((property.to_owned(), values))
    }

    /// Whether a closed set is that of all forms: it holds the name of this one, and others.
    fn is_shared(&self, values: &[String], form: &Form) -> bool {
        values.len() > 1
            && form
                .component()
                .is_some_and(|name| values.iter().any(|it| it == name))
    }

    /// The object in which the discriminator has the values of this form only; `None` where that says nothing new.
    fn tagged(&self, schema: &Schema, (property, values): &Tag) -> Option<Object> {
        let object = self.api.object(schema)?;
        let own = object.properties.get(property);
        let is_said = own.is_some_and(|it| {
            let whole = self.api.whole(&it.schema);
            it.required && matches!(&*whole, Type::Choice(own) if own == values)
        });
        if is_said {
            return None;
        }
        let earlier = own.map(|it| Schema::clone(&it.schema)).unwrap_or_default();
        let tag = Property {
            required: true,
            required_on_replace: false,
            description: own.map(|it| it.description.clone()).unwrap_or_default(),
            read_only: false,
            write_only: false,
            provenance: earlier.provenance,
            schema: Rc::new(Schema {
                ty: Type::Choice(values.clone()),
                default: None,
                ..earlier
            }),
        };
        let mut tagged = Object::clone(&object);
        if own.is_some() {
            tagged.properties.insert(property.clone(), tag);
        } else {
            tagged.properties.shift_insert(0, property.clone(), tag);
        }
        Some(tagged)
    }

    /// Name of a form without a name, and what a caller is told that it is.
    fn word(&self, ty: &RustType) -> (&'static str, &'static str) {
        match ty {
            RustType::Bool => ("Boolean", "true or false"),
            RustType::Integer | RustType::Unsigned => ("Integer", "an integer"),
            RustType::Number | RustType::Decimal => ("Number", "a number"),
            RustType::Date => ("Date", "a date"),
            RustType::DateTime => ("Time", "a time"),
            RustType::Bytes | RustType::Upload => ("Bytes", "base64"),
            RustType::Text(_) => ("Text", "a text"),
            RustType::List(_) => ("List", "an array"),
            RustType::Map(_) => ("Map", "an object"),
            RustType::Named(id) => match &self.drafts[*id].plan.content {
                Content::Choice(_) | Content::NumberChoice(_) | Content::Values(_) => {
                    ("Choice", "a value of a closed set")
                }
                Content::OneOf(_) => ("Either", "one of several"),
                Content::Reference(_) => ("Reference", "a reference"),
                _ => ("Object", "an object"),
            },
            _ => ("Other", "another value"),
        }
    }
}
