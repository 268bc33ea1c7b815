//! How an update is read: an input is given, named in `clear`, or left alone.

use serde_json::Value;

use super::Args;
use crate::{
    choice,
    input::{Change, Input},
    limit::Limit,
    mistake::Mistake,
    text,
};

/// The input that names what is emptied.
const CLEAR: &str = "clear";

impl<'a> Args<'a> {
    /// An input that may be left out, or named in `clear`.
    pub fn change<T: Input>(&mut self, key: &'static str) -> Change<T> {
        self.change_within(key, &[])
    }

    /// An input that may be left out, or named in `clear`, within limits.
    pub fn change_within<T: Input>(
        &mut self,
        key: &'static str,
        limits: &'static [Limit],
    ) -> Change<T> {
        self.clearable.push(key);
        match (self.optional_within(key, limits), self.clears(key)) {
            (None, false) => Change::Keep,
            (None, true) => Change::Clear,
            (Some(value), false) => Change::Set(value),
            (Some(value), true) => {
                let why = format!(
                    "{} is both given and cleared; do one of the two",
                    text::ticked(key)
                );
                let at = text::below(&self.at, CLEAR);
                self.note(Mistake::new(at, why));
                Change::Set(value)
            }
        }
    }

    /// Reads `clear` itself, once all that it may name is known.
    pub(super) fn read_clear(&mut self) {
        if self.clearable.is_empty() {
            return;
        }
        let clearable = std::mem::take(&mut self.clearable);
        self.optional_by(CLEAR, &[Limit::UniqueItems], |args| {
            args.items(false, |item| item.one_of_texts(&clearable));
        });
    }

    /// This value as one of these texts.
    fn one_of_texts(&mut self, allowed: &[&str]) {
        let Some(value) = self.value() else { return };
        if !value.as_str().is_some_and(|it| allowed.contains(&it)) {
            self.wrong(choice::refusal(value, allowed));
        }
    }

    fn clears(&self, key: &str) -> bool {
        let cleared = self.fields().and_then(|fields| fields.get(CLEAR));
        let cleared = cleared.and_then(Value::as_array);
        cleared.is_some_and(|items| items.iter().any(|it| it == key))
    }
}
