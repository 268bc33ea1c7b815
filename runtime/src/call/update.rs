//! What is said about a body as a whole: what an update replaces and empties, that something changes at all, and what is sent of itself.

use serde_json::{Value, json};

use super::{Body, Call};
use crate::{input::Wire, text};

impl Call {
    /// An operation of a JSON Patch body, if there is a change: `replace`, or `remove` of what is emptied.
    pub fn replace(&mut self, path: &'static str, value: impl Wire) {
        self.of_caller(path);
        match value.wire() {
            None => {}
            Some(Value::Null) => self.patch(json!({"op": "remove", "path": path})),
            Some(value) => self.patch(json!({"op": "replace", "path": path, "value": value})),
        }
    }

    /// Ends an update: with no change at all the call is a mistake.
    pub fn some_change(&mut self) {
        let changes = match &self.body {
            Body::None => false,
            Body::Json(Value::Object(properties)) => !properties.is_empty(),
            Body::Form(parts) => !parts.is_empty(),
            Body::Urlencoded(fields) => !fields.is_empty(),
            Body::Json(_) | Body::Patch(_) | Body::Raw { .. } | Body::Text { .. } => true,
        };
        // What could not be written was meant as a change.
        if !changes && self.mistakes.is_empty() {
            self.mistake(
                "",
                "nothing to change: give at least one input besides the ids",
            );
        }
    }

    /// Sends a body property where none of several says yes, unless a caller said no to it.
    pub fn otherwise(&mut self, any_of: &[&'static str], name: &'static str, value: impl Wire) {
        let says_yes = |it: &&str| self.property_of(it).is_some_and(|it| *it != false);
        if any_of.iter().any(says_yes) {
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

    /// What a caller knows a property as.
    fn shown<'n>(&self, name: &'n str) -> &'n str {
        let renamed = self.renamed.iter().find(|(it, _)| *it == name);
        renamed.map_or(name, |(_, input)| input)
    }

    fn property_of(&self, name: &str) -> Option<&Value> {
        match &self.body {
            Body::Json(body) => body.get(name),
            Body::None
            | Body::Patch(_)
            | Body::Raw { .. }
            | Body::Text { .. }
            | Body::Form(_)
            | Body::Urlencoded(_) => None,
        }
    }

    fn patch(&mut self, operation: Value) {
        match &mut self.body {
            Body::Patch(operations) => operations.push(operation),
            body => *body = Body::Patch(vec![operation]),
        }
    }
}
