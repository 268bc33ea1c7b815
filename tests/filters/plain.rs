//! The plain filter: what a comparison means, in terms of the records alone.

use serde_json::Value;

use crate::schema::{Comparison, Kind};

/// What a field is compared with.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// Of a custom field.
    pub(crate) caption: Option<String>,
    /// None where the operator takes none.
    pub(crate) value: Option<Value>,
}

impl Wanted {
    /// Whether a record is kept.
    pub(crate) fn keeps(&self, kind: Kind, comparison: &Comparison, record: &Value) -> bool {
        let meets = |found: &Value| {
            meets(
                found,
                &comparison.op,
                self.value.as_ref().unwrap_or(&Value::Null),
            )
        };
        match kind {
            Kind::Own => meets(read(record, &comparison.path)),
            Kind::Child => entries(comparison, record)
                .iter()
                .any(|it| meets(below(comparison, it))),
            Kind::Custom => {
                let fields = record["customFields"].as_array().into_iter().flatten();
                let mut named =
                    fields.filter(|it| it["caption"].as_str() == self.caption.as_deref());
                named.any(|it| meets(&it["value"]))
            }
        }
    }
}

/// Whether a value meets a comparison. What is null meets none but `is_null`.
pub(crate) fn meets(found: &Value, op: &str, wanted: &Value) -> bool {
    if found.is_null() {
        return op == "is_null";
    }
    let is_one_of = || {
        wanted
            .as_array()
            .is_some_and(|it| it.iter().any(|it| equal(found, it)))
    };
    match op {
        "is_null" => false,
        "is_not_null" => true,
        "equals" => equal(found, wanted),
        "not_equals" => !equal(found, wanted),
        "contains" => folded(found).contains(&folded(wanted)),
        "not_contains" => !folded(found).contains(&folded(wanted)),
        "in" => is_one_of(),
        "not_in" => !is_one_of(),
        "less" => is_less(found, wanted),
        "at_most" => is_comparable(found, wanted) && !is_less(wanted, found),
        "greater" => is_less(wanted, found),
        "at_least" => is_comparable(found, wanted) && !is_less(found, wanted),
        _ => panic!("what does `{op}` mean?"),
    }
}

/// Text is the same whatever its case.
fn equal(found: &Value, wanted: &Value) -> bool {
    match (found.as_f64(), wanted.as_f64()) {
        (Some(found), Some(wanted)) => (found - wanted).abs() < f64::EPSILON,
        _ => folded(found) == folded(wanted),
    }
}

fn folded(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
        .to_lowercase()
}

fn is_comparable(one: &Value, other: &Value) -> bool {
    one.is_number() == other.is_number()
}

/// Of numbers, or of times in UTC, whose texts are in order.
fn is_less(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one < other,
        (None, None) => moment(one)
            .zip(moment(other))
            .is_some_and(|(one, other)| one < other),
        _ => false,
    }
}

/// `2026-01-31T00:00:00Z`; a date is its beginning.
fn moment(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let text = if text.len() == 10 {
        format!("{text}T00:00:00Z")
    } else {
        text.to_owned()
    };
    let is_utc = text.len() == 20 && text.ends_with('Z') && text.as_bytes()[10] == b'T';
    is_utc.then_some(text)
}

/// The value at a path.
pub(crate) fn read<'a>(record: &'a Value, path: &str) -> &'a Value {
    path.split('/').fold(record, |value, step| &value[step])
}

/// The entries of the list that a field is of.
pub(crate) fn entries<'a>(comparison: &Comparison, record: &'a Value) -> &'a [Value] {
    record[comparison.list()]
        .as_array()
        .map_or(&[], Vec::as_slice)
}

/// The value of a field of entries, in one of them.
pub(crate) fn below<'a>(comparison: &Comparison, entry: &'a Value) -> &'a Value {
    let path = comparison.path.split_once('/').map_or("", |(_, path)| path);
    read(entry, path)
}

/// What a field could be compared with, out of the data itself.
pub(crate) fn candidates(kind: Kind, comparison: &Comparison, records: &[Value]) -> Vec<Wanted> {
    let mut found: Vec<(Option<String>, &Value)> = Vec::new();
    for record in records {
        match kind {
            Kind::Own => found.push((None, read(record, &comparison.path))),
            Kind::Child => {
                let entries = entries(comparison, record).iter();
                found.extend(entries.map(|it| (None, below(comparison, it))));
            }
            Kind::Custom => {
                let fields = record["customFields"].as_array().into_iter().flatten();
                found.extend(
                    fields.map(|it| (it["caption"].as_str().map(str::to_owned), &it["value"])),
                );
            }
        }
    }
    let mut candidates: Vec<Wanted> = Vec::new();
    for (caption, value) in found {
        let values = operands(&comparison.op, value, kind);
        candidates.extend(values.into_iter().map(|value| Wanted {
            caption: caption.clone(),
            value,
        }));
    }
    candidates
}

/// A value of the data as what an operator takes, if it does.
fn operands(op: &str, value: &Value, kind: Kind) -> Vec<Option<Value>> {
    let is_scalar = value.is_string() || value.is_number() || value.is_boolean();
    let is_quotable = !value
        .as_str()
        .is_some_and(|it| it.contains(['\\', '\n']) || (it.contains('"') && it.contains('\'')));
    let is_ordered = value.is_number()
        || value
            .as_str()
            .is_some_and(|it| it.len() == 20 && moment(value).is_some());
    match op {
        "is_null" | "is_not_null" => vec![None],
        _ if !is_scalar || !is_quotable => Vec::new(),
        "less" | "at_most" | "greater" | "at_least" if !is_ordered => Vec::new(),
        "contains" | "not_contains" => {
            // A part from within the text, and its last word.
            let text = value.as_str().unwrap_or_default();
            let part: String = text.chars().skip(1).take(4).collect();
            let parts = [part, text.rsplit(' ').next().unwrap_or_default().to_owned()];
            parts
                .into_iter()
                .filter(|it| !it.trim().is_empty())
                .map(|it| Some(it.into()))
                .collect()
        }
        "in" | "not_in" => vec![Some(vec![value.clone()].into())],
        // A text that is a time is compared as one by the fields of times alone.
        "equals" | "not_equals" if kind == Kind::Custom && value.is_null() => Vec::new(),
        _ => vec![Some(value.clone())],
    }
}

/// Values of two fields that stand in one entry of some record.
pub(crate) fn pairs(
    one: &Comparison,
    other: &Comparison,
    records: &[Value],
) -> Vec<(Value, Value)> {
    let entries = records.iter().flat_map(|it| entries(one, it));
    entries
        .map(|it| (below(one, it).clone(), below(other, it).clone()))
        .filter(|(one, other)| !one.is_null() && !other.is_null())
        .collect()
}
