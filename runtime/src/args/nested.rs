//! How a reader descends into an array, a map, or the value of a key.

use serde_json::Value;

use super::{Args, MOST};
use crate::{
    input::{self, Input},
    limit::Limit,
    mistake::Mistake,
    text,
};

impl<'a> Args<'a> {
    /// This value as an array, each item by a reader.
    pub(crate) fn items<T>(
        &mut self,
        takes_null: bool,
        mut read: impl FnMut(&mut Args<'a>) -> T,
    ) -> Vec<T> {
        let items = self.take("an array", Value::as_array).into_iter().flatten();
        let mut read_items = Vec::new();
        for (index, item) in items.enumerate() {
            let at = format!("{}[{index}]", self.at);
            read_items.extend(self.element(at, item, takes_null, &[], &mut read));
        }
        read_items
    }

    /// This value as an object whose keys the caller chooses, each value by a reader.
    pub(crate) fn entries<T>(
        &mut self,
        takes_null: bool,
        mut read: impl FnMut(&mut Args<'a>) -> T,
    ) -> Vec<(String, T)> {
        let entries = self
            .take("an object", Value::as_object)
            .into_iter()
            .flatten();
        let mut read_entries = Vec::new();
        for (key, value) in entries {
            let at = text::below(&self.at, key);
            let value = self.element(at, value, takes_null, &[], &mut read);
            read_entries.extend(value.map(|value| (key.clone(), value)));
        }
        read_entries
    }

    /// What this object has beside the keys that were read before: keys that the caller chooses.
    pub fn rest<T: Input>(&mut self) -> input::Map<T> {
        self.rest_within(&[])
    }

    /// The same, each value within limits.
    pub fn rest_within<T: Input>(&mut self, limits: &'static [Limit]) -> input::Map<T> {
        self.object();
        self.is_open = true;
        let mut rest = Vec::new();
        for (key, value) in self.fields().into_iter().flatten() {
            if self.known.contains(&key.as_str()) {
                continue;
            }
            let at = text::below(&self.at, key);
            let value = self.element(at, value, T::TAKES_NULL, limits, T::read);
            rest.extend(value.map(|value| (key.clone(), value)));
        }
        input::Map(rest)
    }

    pub(super) fn child<T>(
        &mut self,
        at: String,
        value: Option<&'a Value>,
        limits: &[Limit],
        read: impl FnOnce(&mut Args<'a>) -> T,
    ) -> T {
        let mut child = Args::at(at, value);
        let read = read(&mut child);
        if let Some(value) = value {
            let at = child.at.clone();
            Limit::check(limits, &at, value, &mut |mistake| {
                child.note(mistake);
                child.mistakes.len() <= MOST
            });
        }
        for mistake in child.finish() {
            self.note(mistake);
        }
        read
    }

    /// An item of an array or a map. Reading stops once no mistake more would be told: the result is not used then.
    fn element<T>(
        &mut self,
        at: String,
        value: &'a Value,
        takes_null: bool,
        limits: &[Limit],
        read: impl FnOnce(&mut Args<'a>) -> T,
    ) -> Option<T> {
        if self.mistakes.len() > MOST {
            return None;
        }
        if value.is_null() && !takes_null {
            self.note(Mistake::new(at, "null is not accepted; leave it out"));
            return None;
        }
        Some(self.child(at, Some(value), limits, read))
    }
}
