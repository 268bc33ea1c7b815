//! Finds what a schema is: behind names, in all parts of an object, at a pointer.

use std::rc::Rc;

use super::{Api, Body, Object, Property, Schema, Type};

impl Api {
    /// The schema itself, or the component that it names.
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let mut schema = schema;
        // A chain of names is as long as there are components, or it is a circle.
        for _ in 0..=self.schemas.len() {
            match &schema.ty {
                Type::Named(name) => match self.schemas.get(name) {
                    Some(target) => schema = target,
                    None => return schema,
                },
                _ => return schema,
            }
        }
        schema
    }
}

impl Api {
    /// The properties of an object schema, of all parts where it has several; `None` if it is no object.
    pub fn object(&self, schema: &Schema) -> Option<Rc<Object>> {
        match &schema.ty {
            Type::Object(object) => Some(Rc::new(object.clone())),
            Type::AllOf(parts) => {
                let mut whole = Object::default();
                let mut is_object = false;
                for part in parts {
                    match &self.resolve(part).ty {
                        Type::Json => {}
                        Type::Map(values) => {
                            is_object = true;
                            // Without a word about other properties there are none, as everywhere.
                            if values.is_said() {
                                whole.rest = Some(Rc::clone(values));
                            }
                        }
                        _ => {
                            is_object = true;
                            whole.join(&*self.object(part)?, self);
                        }
                    }
                }
                is_object.then(|| Rc::new(whole))
            }
            Type::OneOf(one_of) => self.object(one_of.base.as_ref()?),
            Type::Named(name) => {
                if let Some(known) = self.objects.borrow().get(name) {
                    return known.clone();
                }
                // While it is being asked for, a component within itself is no object: circles end.
                self.objects.borrow_mut().insert(name.clone(), None);
                let object = self.object(self.schemas.get(name)?);
                self.objects
                    .borrow_mut()
                    .insert(name.clone(), object.clone());
                object
            }
            _ => None,
        }
    }

    /// Whether the properties of a body are inputs of their own: it is an object, the same one each time, and of JSON also
    /// one without free keys.
    pub fn is_flat(&self, body: &Body) -> bool {
        let object = self.object(&body.schema);
        object.is_some_and(|it| it.rest.is_none() || body.is_form())
            && self.one_of(&body.schema).is_none()
    }

    /// The schema at a JSON pointer into a value of `schema`, through object properties only.
    pub fn at<'a>(&'a self, schema: &'a Rc<Schema>, pointer: &str) -> Option<Rc<Schema>> {
        let mut schema = Rc::clone(schema);
        for token in pointer.split('/').skip(1) {
            schema = Rc::clone(&self.object(&schema)?.properties.get(token)?.schema);
        }
        Some(schema)
    }

    /// The item type, if the schema is an array.
    pub fn items(&self, schema: &Schema) -> Option<Rc<Schema>> {
        match &self.resolve(schema).ty {
            Type::List(items, _) => Some(Rc::clone(items)),
            _ => None,
        }
    }
}

impl Schema {
    /// Whether it stands in the document, rather than being what is taken where nothing does.
    pub fn is_said(&self) -> bool {
        !self.pointer.is_empty()
    }

    /// The schemas that it is made of.
    pub fn parts(&self) -> Vec<&Rc<Schema>> {
        match &self.ty {
            Type::List(inner, _) | Type::Map(inner) => vec![inner],
            Type::Object(object) => {
                let properties = object.properties.values().map(|it| &it.schema);
                properties.chain(&object.rest).collect()
            }
            Type::AllOf(parts) => parts.iter().collect(),
            Type::OneOf(one_of) => {
                let forms = one_of.forms.iter().map(|it| &it.schema);
                forms.chain(&one_of.base).collect()
            }
            Type::Json
            | Type::Boolean
            | Type::Integer(_)
            | Type::Unsigned(_)
            | Type::Number(_)
            | Type::Decimal(_)
            | Type::Text(..)
            | Type::Choice(_)
            | Type::NumberChoice(_)
            | Type::Values(_)
            | Type::Limits(_)
            | Type::Named(_)
            | Type::Broken(_)
            | Type::Unsupported(_) => Vec::new(),
        }
    }
}

impl Object {
    /// Takes in another part: a property of both is what both say of one value, else what the later part says, unless that
    /// says nothing of its type.
    fn join(&mut self, part: &Self, api: &Api) {
        for (name, property) in &part.properties {
            match self.properties.get_mut(name) {
                Some(earlier) => earlier.join(property, api),
                None => drop(self.properties.insert(name.clone(), property.clone())),
            }
        }
        if part.rest.is_some() {
            self.rest.clone_from(&part.rest);
        }
        self.required.extend(part.required.iter().cloned());
        for name in &self.required {
            if let Some(property) = self.properties.get_mut(name) {
                property.required = true;
            }
        }
    }
}

impl Property {
    fn join(&mut self, later: &Self, api: &Api) {
        if !later.description.is_empty() {
            self.description.clone_from(&later.description);
        }
        match &later.schema.ty {
            Type::Json => {}
            Type::Limits(_) => {
                let both = vec![Rc::clone(&self.schema), Rc::clone(&later.schema)];
                self.schema = Rc::new(Schema {
                    ty: Type::AllOf(both),
                    ..Schema::clone(&later.schema)
                });
            }
            _ => self.schema = api.both(&self.schema, &later.schema),
        }
        self.required |= later.required;
        self.required_on_replace |= later.required_on_replace;
        self.read_only |= later.read_only;
        self.write_only |= later.write_only;
        self.provenance = later.provenance.or(self.provenance);
    }
}
