//! In which order records come.

use std::cmp::Ordering;

use serde_json::Value;

use crate::path::{self, Record};

/// Orders records by a property; downwards with a `-` before its name. Equals keep their order.
pub(crate) fn sort(records: &mut [Record], by: &str) {
    let (downwards, by) = by.strip_prefix('-').map_or((false, by), |by| (true, by));
    records.sort_by(|left, right| {
        let order = by_value(path::read(left, by), path::read(right, by));
        if downwards { order.reverse() } else { order }
    });
}

/// Compares two scalars: nothing first, numbers by size, all else as text whatever its case.
pub(crate) fn by_value(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::Number(left), Value::Number(right)) => left
            .as_f64()
            .partial_cmp(&right.as_f64())
            .unwrap_or(Ordering::Equal),
        _ => path::text(left)
            .to_lowercase()
            .cmp(&path::text(right).to_lowercase()),
    }
}
