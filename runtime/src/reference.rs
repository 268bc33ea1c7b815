//! A reference to another record, as a caller says it: its id, a number, or what it is called, a text.

use serde_json::Value;

use crate::{
    args::Args,
    input::{Input, Object},
};

/// A reference to another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// By its id.
    Id(i64),
    /// By what it is called.
    Text(String),
}

impl Args<'_> {
    /// This value as a reference: a number is the id, a text is what `text` names, such as `name`.
    pub fn reference(&mut self, text: &str) -> Reference {
        match self.value() {
            Some(Value::Number(_)) => Reference::Id(i64::read(self)),
            _ => Reference::Text(self.called(&format!("the id (a number) or the {text} (a text)"))),
        }
    }

    /// This value as what a record is called: a text that is not empty.
    pub fn name(&mut self) -> String {
        self.called("a text that is not empty")
    }

    fn called(&mut self, expected: &str) -> String {
        let text = self.take(expected, |value| {
            value.as_str().filter(|text| !text.is_empty())
        });
        text.unwrap_or_default().to_owned()
    }
}

impl Reference {
    /// The vendor's object, of the one property that a caller gave.
    #[must_use]
    pub fn json(self, id: &str, text: &str) -> Value {
        match self {
            Self::Id(number) => Object::new().set(id, number).json(),
            Self::Text(called) => Object::new().set(text, called).json(),
        }
    }
}
