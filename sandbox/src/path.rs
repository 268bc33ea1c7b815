//! How a property inside a record is named: `status/name`, one step per slash; a number leads into a list.

use serde_json::{Map, Value};

/// A record of a collection.
pub(crate) type Record = Map<String, Value>;

/// The value at a path. `null` where something on the way is absent.
pub(crate) fn read<'a>(record: &'a Record, path: &str) -> &'a Value {
    let mut steps = path.split('/');
    let first = steps.next().and_then(|step| record.get(step));
    let inner = |value: &'a Value, step: &str| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    };
    steps
        .fold(first, |value, step| inner(value?, step))
        .unwrap_or(&Value::Null)
}

/// Sets the value at a path, making the objects on the way.
pub(crate) fn write(record: &mut Record, path: &str, value: Value) {
    match path.split_once('/') {
        None => drop(record.insert(path.to_owned(), value)),
        Some((step, rest)) => {
            let inner = record
                .entry(step)
                .or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Value::Object(inner) = inner {
                write(inner, rest, value);
            }
        }
    }
}

/// Copies the part of a record at a path into another, keeping the objects on the way.
pub(crate) fn copy(from: &Record, path: &str, into: &mut Record) {
    let value = read(from, path);
    if !value.is_null() {
        write(into, path, value.clone());
    }
}

/// A scalar as the text that a person would write, and an object or array as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether two scalars are the same, `7` and `"7"` included, case aside.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => left == right,
        _ => text(left).eq_ignore_ascii_case(&text(right)),
    }
}
