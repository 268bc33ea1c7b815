//! What of a record that is too large is shown: whole properties and whole elements, and the names of the others.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::text;

/// Most names of properties that are said to be left out, and their bytes.
const NAMED: (usize, usize) = (20, 300);

/// A value with its largest parts left out whole until it fits, and what was left out.
pub(crate) fn shrink(value: Value, budget: usize) -> (Value, Vec<String>) {
    match value {
        Value::Object(object) => shrink_object(object, budget),
        Value::Array(mut items) => {
            let all = items.len();
            items.truncate(fitting(&items, budget));
            let omitted = format!("the last {} of {all} elements", all - items.len());
            (items.into(), vec![omitted])
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            (Value::Null, vec!["the whole value".to_owned()])
        }
    }
}

fn shrink_object(mut object: Map<String, Value>, budget: usize) -> (Value, Vec<String>) {
    let mut parts: Vec<(usize, String)> = object
        .iter()
        .map(|(key, child)| (size(child) + key.len() + 4, key.clone()))
        .collect();
    let mut total: usize = parts.iter().map(|(bytes, _)| bytes).sum();
    if total <= budget {
        return (object.into(), Vec::new());
    }
    parts.sort_by(|(one, _), (other, _)| other.cmp(one));
    // The first elements of a long array tell more than none of them, and all else may stay.
    let array = parts.iter().find(|(_, key)| object[key].is_array());
    if let Some((bytes, key)) = array
        && let Some(Value::Array(items)) = object.get_mut(key)
    {
        let (all, room) = (items.len(), budget.saturating_sub(total - bytes));
        let kept = fitting(items, room.saturating_sub(key.len() + 6));
        if kept > 0 {
            items.truncate(kept);
            let omitted = format!(
                "{}: the last {} of {all} elements",
                text::shortened(key),
                all - kept
            );
            return (object.into(), vec![omitted]);
        }
    }
    let mut gone = HashSet::new();
    for (bytes, key) in &parts {
        if total <= budget {
            break;
        }
        total -= bytes;
        gone.insert(key.as_str());
    }
    object.retain(|key, _| !gone.contains(key.as_str()));
    let omitted = parts.iter().take(gone.len()).map(|(_, key)| key.as_str());
    (object.into(), named(omitted))
}

/// Of many names only the first, and how many more there are.
fn named<'k>(names: impl ExactSizeIterator<Item = &'k str>) -> Vec<String> {
    let (most, mut room) = NAMED;
    let all = names.len();
    let mut told: Vec<String> = names
        .take(most)
        .map(text::shortened)
        .take_while(|name| {
            let fits = name.len() <= room;
            room = room.saturating_sub(name.len());
            fits
        })
        .collect();
    if told.len() < all {
        told.push(format!("… ({} more)", all - told.len()));
    }
    told
}

/// How many of the first items fit into so many bytes.
pub(crate) fn fitting(items: &[Value], budget: usize) -> usize {
    let mut used = 0;
    items
        .iter()
        .take_while(|item| {
            used += size(item) + 1;
            used <= budget
        })
        .count()
}

/// Bytes of the value as JSON text.
pub(crate) fn size(value: &Value) -> usize {
    value.to_string().len()
}
