//! Reads a tool call's arguments: every mistake is collected, with its path, and no value is trusted.

mod change;
mod nested;
mod one_of;

pub use self::one_of::OneOf;

use serde_json::{Map, Value};

use crate::{input::Input, limit::Limit, mistake::Mistake, suggest, text};

/// Most mistakes that are told at once; a hostile call could hold a million.
const MOST: usize = 50;

/// A place in the arguments: the whole object, or a value within.
///
/// A reader asks for what it knows; [`Args::finish`] then names every key that nobody asked for, and the nearest known one.
/// Below an absent value every reader answers a filler and notes nothing, so that straight-line readers need no branches.
pub struct Args<'a> {
    /// `None`: absent, or already known to be wrong.
    value: Option<&'a Value>,
    at: String,
    /// Whether somebody read this place as an object, so that unknown keys are mistakes.
    is_object: bool,
    /// Whether somebody read all keys that are left.
    is_open: bool,
    known: Vec<&'static str>,
    /// Inputs of an update that `clear` may name.
    clearable: Vec<&'static str>,
    mistakes: Vec<Mistake>,
}

/// What stands at a key.
enum Found<'a> {
    /// The object itself is absent or wrong: nothing more is to be said.
    Nowhere,
    Missing,
    Null,
    Value(&'a Value),
}

impl<'a> Args<'a> {
    /// The whole arguments of a tool call.
    pub fn new(arguments: &'a Value) -> Self {
        let mut args = Self::at(String::new(), Some(arguments));
        args.object();
        args
    }

    fn at(at: String, value: Option<&'a Value>) -> Self {
        Self {
            value,
            at,
            is_object: false,
            is_open: false,
            known: Vec::new(),
            clearable: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    /// An input that must be there.
    pub fn required<T: Input>(&mut self, key: &'static str) -> T {
        self.required_within(key, &[])
    }

    /// An input that must be there, within limits.
    pub fn required_within<T: Input>(&mut self, key: &'static str, limits: &'static [Limit]) -> T {
        self.required_by(key, limits, T::read)
    }

    /// An input that may be left out (null is refused: leave it out).
    pub fn optional<T: Input>(&mut self, key: &'static str) -> Option<T> {
        self.optional_within(key, &[])
    }

    /// An input that may be left out, within limits.
    pub fn optional_within<T: Input>(
        &mut self,
        key: &'static str,
        limits: &'static [Limit],
    ) -> Option<T> {
        self.optional_by(key, limits, T::read)
    }

    /// States that this place is an object; needed only where it has no known key.
    pub fn object(&mut self) {
        if !self.is_object {
            self.is_object = true;
            self.take("an object", Value::as_object);
        }
    }

    /// Whether nothing is wrong so far, once all inputs were read.
    pub fn are_fine(&mut self) -> bool {
        self.read_clear();
        self.mistakes.is_empty()
    }

    /// Ends the reading: unknown keys become mistakes.
    pub fn finish(mut self) -> Vec<Mistake> {
        self.read_clear();
        self.refuse_unknown();
        self.mistakes
    }

    /// [`Args::required_within`] with a reader of one's own.
    pub(crate) fn required_by<T>(
        &mut self,
        key: &'static str,
        limits: &[Limit],
        read: impl FnOnce(&mut Args<'a>) -> T,
    ) -> T {
        let at = text::below(&self.at, key);
        let (value, why) = match self.find(key) {
            Found::Value(value) => (Some(value), None),
            Found::Nowhere => (None, None),
            Found::Missing => (None, Some("required input is missing")),
            Found::Null => (None, Some("null is not accepted; this input is required")),
        };
        if let Some(why) = why {
            self.note(Mistake::new(&at, why));
        }
        self.child(at, value, limits, read)
    }

    /// [`Args::optional_within`] with a reader of one's own.
    pub(crate) fn optional_by<T>(
        &mut self,
        key: &'static str,
        limits: &[Limit],
        read: impl FnOnce(&mut Args<'a>) -> T,
    ) -> Option<T> {
        let found = self.find(key);
        let at = || text::below(&self.at, key);
        match found {
            Found::Nowhere | Found::Missing => None,
            Found::Value(value) => Some(self.child(at(), Some(value), limits, read)),
            Found::Null => {
                let mut why = "null is not accepted; leave the input out".to_owned();
                if self.clearable.contains(&key) {
                    why += ", or name it in `clear`";
                }
                self.note(Mistake::new(at(), why));
                None
            }
        }
    }

    /// This value as `parse` understands it; otherwise a mistake says what was expected.
    pub(crate) fn take<T>(
        &mut self,
        expected: &str,
        parse: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.value?;
        let parsed = parse(value);
        if parsed.is_none() {
            self.wrong(format!("expected {expected}, got {}", text::what(value)));
        }
        parsed
    }

    /// This value, unless it is absent or already known to be wrong.
    pub(crate) fn value(&self) -> Option<&'a Value> {
        self.value
    }

    /// Notes what is wrong with this value; nothing below it is then looked at.
    pub(crate) fn wrong(&mut self, why: impl Into<String>) {
        self.value = None;
        self.note(Mistake::new(self.at.clone(), why));
    }

    fn find(&mut self, key: &'static str) -> Found<'a> {
        self.object();
        self.known.push(key);
        match self.fields().map(|fields| fields.get(key)) {
            None => Found::Nowhere,
            Some(None) => Found::Missing,
            Some(Some(Value::Null)) => Found::Null,
            Some(Some(value)) => Found::Value(value),
        }
    }

    fn fields(&self) -> Option<&'a Map<String, Value>> {
        self.value.and_then(Value::as_object)
    }

    fn refuse_unknown(&mut self) {
        let is_closed = self.is_object && !self.is_open;
        let Some(fields) = self.fields().filter(|_| is_closed) else {
            return;
        };
        let unknown = fields
            .keys()
            .filter(|key| !self.known.contains(&key.as_str()));
        // Each costs a comparison with all that is known, so no more than can be told.
        for key in unknown.take(MOST + 1).collect::<Vec<_>>() {
            let name = text::ticked(key);
            let instead = suggest::instead(key, &self.known, "inputs");
            let at = text::below(&self.at, key);
            self.note(Mistake::new(at, format!("unknown input {name}{instead}")));
        }
    }

    fn note(&mut self, mistake: Mistake) {
        match self.mistakes.len() {
            ..MOST => self.mistakes.push(mistake),
            MOST => {
                let why = format!("there are more mistakes; these are the first {MOST}");
                self.mistakes.push(Mistake::new("", why));
            }
            _ => {}
        }
    }
}
