//! Which component refers to which: a property that leads back to its owner is free JSON.

use std::collections::BTreeSet;

use super::TypeTable;
use crate::api::{Schema, Type};

impl TypeTable<'_> {
    /// Whether component `from` refers to component `to`, directly or not.
    pub(super) fn reaches(&self, from: &str, to: &str) -> bool {
        if let Some(reach) = self.reach.borrow().get(from) {
            return reach.contains(to);
        }
        let mut reach = BTreeSet::from([from.to_owned()]);
        let mut open = vec![from.to_owned()];
        while let Some(name) = open.pop() {
            if let Some(schema) = self.api.schemas.get(&name) {
                mentioned(schema, &mut |name| {
                    if reach.insert(name.to_owned()) {
                        open.push(name.to_owned());
                    }
                });
            }
        }
        let reaches = reach.contains(to);
        self.reach.borrow_mut().insert(from.to_owned(), reach);
        reaches
    }
}

fn mentioned(schema: &Schema, note: &mut impl FnMut(&str)) {
    match &schema.ty {
        Type::Named(name) => note(name),
        _ => schema
            .parts()
            .into_iter()
            .for_each(|it| mentioned(it, note)),
    }
}
