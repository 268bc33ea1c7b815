//! What is said about a body as a whole: what an update replaces and empties, that something changes at all, and what is sent of itself.

use serde_json::{Value, json};

use super::{Body, Call};
use crate::{encode, input::Wire, text};

impl Call {
    /// A `replace` operation of a JSON Patch body, if there is a value.
    pub fn replace(&mut self, path: &'static str, value: impl Wire) {
        self.of_caller(path);
        if let Some(value) = value.wire() {
            self.patch(json!({"op": "replace", "path": path, "value": value}));
        }
    }

    /// `remove` operations of a JSON Patch body, one per emptied property (wire names).
    pub fn remove(&mut self, cleared: impl Wire) {
        for path in self.cleared(cleared) {
            self.patch(json!({"op": "remove", "path": path}));
        }
    }

    /// Nulls in a JSON object body, one per emptied property (wire names).
    pub fn null(&mut self, cleared: impl Wire) {
        for name in self.cleared(cleared) {
            self.property(&name, Value::Null);
        }
    }

    /// Ends an update: with no change at all the call is a mistake.
    pub fn some_change(&mut self) {
        let changes = match &self.body {
            Body::None => false,
            Body::Json(Value::Object(properties)) => !properties.is_empty(),
            Body::Json(_) | Body::Patch(_) | Body::Raw { .. } => true,
        };
        if !changes {
            self.mistake(
                "",
                "nothing to change: give at least one input besides the ids",
            );
        }
    }

    /// Sends a body property where none of several says yes, unless a caller said no to it.
    pub fn otherwise(&mut self, any_of: &[&'static str], name: &'static str, value: impl Wire) {
        let says_yes = |it: &&str| self.property_of(it).is_some_and(|it| *it != false);
        if any_of.iter().any(|it| says_yes(it)) {
            return;
        }
        if self.property_of(name).is_none() {
            self.body(name, value);
            return;
        }
        let names: Vec<_> = any_of
            .iter()
            .map(|it| text::ticked(self.shown(it)))
            .collect();
        let why = format!("one of {} must be true", text::list(names.iter()));
        self.mistake("", why);
    }

    /// The properties to empty; one that is also given is a mistake.
    fn cleared(&mut self, cleared: impl Wire) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in cleared.wire().map(encode::texts).unwrap_or_default() {
            if self.gives(&name) {
                let input = self.shown(&name);
                let why = format!(
                    "{} is both given and cleared; do one of the two",
                    text::ticked(input)
                );
                self.mistake("clear", why);
            } else if !names.contains(&name) {
                // Cleared twice is cleared.
                names.push(name);
            }
        }
        names
    }

    /// What a caller knows a property as.
    fn shown<'n>(&self, name: &'n str) -> &'n str {
        let renamed = self.renamed.iter().find(|(it, _)| *it == name);
        renamed.map_or(name, |(_, input)| input)
    }

    fn property_of(&self, name: &str) -> Option<&Value> {
        match &self.body {
            Body::Json(body) => body.get(name),
            Body::None | Body::Patch(_) | Body::Raw { .. } => None,
        }
    }

    /// Whether the body already says something of a property.
    fn gives(&self, name: &str) -> bool {
        match &self.body {
            Body::Patch(operations) => operations.iter().any(|it| it["path"] == name),
            Body::Json(_) => self.property_of(name).is_some(),
            Body::None | Body::Raw { .. } => false,
        }
    }

    fn patch(&mut self, operation: Value) {
        match &mut self.body {
            Body::Patch(operations) => operations.push(operation),
            body => *body = Body::Patch(vec![operation]),
        }
    }
}
