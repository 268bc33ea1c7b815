//! Finds what a schema is: behind names, in all parts of an object, at a pointer.

use std::rc::Rc;

use super::{Api, Object, Property, Schema, Type};

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
                for part in parts {
                    whole.join(&*self.object(part)?);
                }
                Some(Rc::new(whole))
            }
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

impl Object {
    /// Takes in another part: a property of both is what the later part says, unless that says nothing of its type.
    fn join(&mut self, part: &Self) {
        for (name, property) in &part.properties {
            match self.properties.get_mut(name) {
                Some(earlier) => earlier.join(property),
                None => drop(self.properties.insert(name.clone(), property.clone())),
            }
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
    fn join(&mut self, later: &Self) {
        if !later.description.is_empty() {
            self.description.clone_from(&later.description);
        }
        if !matches!(later.schema.ty, Type::Json) {
            self.schema = Rc::clone(&later.schema);
        }
        self.required |= later.required;
        self.required_on_replace |= later.required_on_replace;
        self.read_only |= later.read_only;
        self.provenance = later.provenance.or(self.provenance);
    }
}
