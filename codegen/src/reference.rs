//! Decides which components are references to other records, and by what an input names such a record: a number or a text.

use crate::{
    api::{Api, Type},
    vendor::References,
};

/// By what an input names a record: each is a property of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Takes a number.
    pub number: Option<String>,
    /// Takes a text.
    pub text: Option<String>,
}

impl References {
    /// The keys of a component that is a reference; `None`: it is an object like any other.
    pub(crate) fn keys(&self, component: &str, api: &Api) -> Option<Keys> {
        let is_meant = component.ends_with(&self.suffix)
            && !self.except.iter().any(|it| component.ends_with(it));
        let schema = api.schemas.get(component).filter(|_| is_meant)?;
        let object = api.object(schema)?;
        let first = |is_of_type: fn(&Type) -> bool| {
            let mut by = self.by.iter().filter(|it| {
                let property = object.properties.get(*it);
                property.is_some_and(|it| is_of_type(&api.resolve(&it.schema).ty))
            });
            by.next().cloned()
        };
        let keys = Keys {
            number: first(|it| matches!(it, Type::Integer(_))),
            text: first(|it| matches!(it, Type::Text(..))),
        };
        (keys.number.is_some() || keys.text.is_some()).then_some(keys)
    }
}

impl Keys {
    /// `its id (a number) or its name (a text)`
    pub(crate) fn words(&self) -> String {
        let number = self.number.iter().map(|it| format!("its {it} (a number)"));
        let text = self.text.iter().map(|it| format!("its {it} (a text)"));
        number.chain(text).collect::<Vec<_>>().join(" or ")
    }
}
