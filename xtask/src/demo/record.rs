//! A record of an answer, and what a workflow asks of it: by JSON pointer, with an error that shows the record.

use anyhow::Context;
use serde_json::Value;

use super::brief::brief;

/// A record of an answer.
#[derive(Clone)]
pub(super) struct Record(pub(super) Value);

impl Record {
    /// A value; null if there is none.
    pub(super) fn value(&self, pointer: &str) -> Value {
        self.0.pointer(pointer).cloned().unwrap_or_default()
    }

    /// A value that must be there, such as an id to hand on.
    pub(super) fn given(&self, pointer: &str) -> anyhow::Result<Value> {
        let value = self.0.pointer(pointer).filter(|it| !it.is_null());
        value.cloned().with_context(|| self.lacks("value", pointer))
    }

    /// A text.
    pub(super) fn text(&self, pointer: &str) -> anyhow::Result<&str> {
        let text = self.0.pointer(pointer).and_then(Value::as_str);
        text.with_context(|| self.lacks("text", pointer))
    }

    /// A number.
    pub(super) fn number(&self, pointer: &str) -> anyhow::Result<f64> {
        let number = self.0.pointer(pointer).and_then(Value::as_f64);
        number.with_context(|| self.lacks("number", pointer))
    }

    /// The items of an array; none if there is no array.
    pub(super) fn items(&self, pointer: &str) -> Vec<Self> {
        let items = self.0.pointer(pointer).and_then(Value::as_array);
        items.into_iter().flatten().cloned().map(Self).collect()
    }

    fn lacks(&self, what: &str, pointer: &str) -> String {
        format!("there is no {what} at {pointer} of {}", brief(&self.0))
    }
}

/// The first record that is as wanted.
pub(super) fn first<'a>(
    records: &'a [Record],
    wanted: &str,
    is_it: impl Fn(&Record) -> bool,
) -> anyhow::Result<&'a Record> {
    let found = records.iter().find(|it| is_it(it));
    found.with_context(|| format!("there is no {wanted} among {} records", records.len()))
}
