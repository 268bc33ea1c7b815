//! Applies the corrections of overlay.yaml (OpenAPI Overlay 1.0) to the vendor's document; one that corrects nothing is an error.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::{
    load::Document,
    report::{Place, Report},
};

/// Which values of the corrected document an overlay set, so that a problem is reported in the file that caused it.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    set: Vec<(String, Place)>,
    /// Items that were removed: the array's pointer, and the index, in order of removal.
    removed: Vec<(String, usize)>,
}

impl Origins {
    /// Where the value at `pointer` stood in the document as it was read.
    pub(crate) fn before(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for (array, index) in self.removed.iter().rev() {
            let Some(rest) = pointer.strip_prefix(&format!("{array}/")) else {
                continue;
            };
            let (token, tail) = rest
                .split_once('/')
                .map_or((rest, String::new()), |(a, b)| (a, format!("/{b}")));
            if let Some(moved) = token.parse::<usize>().ok().filter(|it| it >= index) {
                pointer = format!("{array}/{}{tail}", moved + 1);
            }
        }
        pointer
    }

    /// The place that set the value at `pointer`, if an overlay did.
    pub(crate) fn of(&self, pointer: &str) -> Option<Place> {
        let (prefix, place) = self
            .set
            .iter()
            .rev()
            .filter(|(prefix, _)| pointer == prefix || pointer.starts_with(&format!("{prefix}/")))
            .max_by_key(|(prefix, _)| prefix.len())?;
        Some(Place::new(
            place.file.clone(),
            format!("{}{}", place.pointer, &pointer[prefix.len()..]),
        ))
    }
}

/// Applies every action of `overlay`, in order.
pub(crate) fn overlay(document: &mut Document, overlay: &Document, report: &mut Report) -> Origins {
    let mut origins = Origins::default();
    let actions = overlay
        .value
        .get("actions")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    for (index, action) in actions.iter().enumerate() {
        let place = overlay.place(format!("/actions/{index}"));
        apply(document, action, &place, &mut origins, report);
    }
    origins
}

fn apply(
    document: &mut Document,
    action: &Value,
    place: &Place,
    origins: &mut Origins,
    report: &mut Report,
) {
    let target = action
        .get("target")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let path = match JsonPath::parse(target) {
        Ok(path) => path,
        Err(mistake) => {
            return report.error(
                "overlay-target",
                place.child("target"),
                format!("`{target}` is no JSONPath: {mistake}"),
                "write the target as RFC 9535 says, such as $.paths['/x'].get",
            );
        }
    };
    let pointers: Vec<String> = path
        .query_located(&document.value)
        .locations()
        .map(|it| it.to_json_pointer())
        .collect();
    if pointers.is_empty() {
        return report.error(
            "overlay-matches-nothing",
            place.child("target"),
            format!("nothing in {} is at `{target}`", document.path),
            "remove the action if the vendor repaired the document, else correct the target",
        );
    }
    let before = document.value.clone();
    let mut is_fitting = true;
    if action.get("remove") == Some(&Value::Bool(true)) {
        for pointer in from_the_back(pointers) {
            remove(&mut document.value, &pointer, origins);
        }
    } else if let Some(update) = action.get("update") {
        for pointer in &pointers {
            is_fitting &= update_at(
                document,
                pointer,
                update,
                &place.child("update"),
                origins,
                report,
            );
        }
    }
    if is_fitting && document.value == before {
        report.error(
            "overlay-changes-nothing",
            place.clone(),
            format!("`{target}` is already as this action would make it"),
            "remove the action: the vendor repaired the document",
        );
    }
}

/// Pointers in an order in which no removal moves what is still to be removed: each once, later items first.
fn from_the_back(pointers: Vec<String>) -> Vec<String> {
    let mut keyed: Vec<(Vec<(usize, String)>, String)> = pointers
        .into_iter()
        .map(|it| (it.split('/').map(token_order).collect(), it))
        .collect();
    keyed.sort();
    keyed.dedup();
    keyed
        .into_iter()
        .rev()
        .map(|(_, pointer)| pointer)
        .collect()
}

/// Indices in the order of numbers, names in their own.
fn token_order(token: &str) -> (usize, String) {
    (token.parse().unwrap_or_default(), token.to_owned())
}

fn remove(document: &mut Value, pointer: &str, origins: &mut Origins) {
    let Some((parent, token)) = pointer.rsplit_once('/') else {
        return;
    };
    match document.pointer_mut(parent) {
        Some(Value::Object(map)) => {
            map.shift_remove(&token.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            if let Some(index) = token.parse().ok().filter(|it| *it < items.len()) {
                items.remove(index);
                origins.removed.push((parent.to_owned(), index));
            }
        }
        _ => {}
    }
}

fn update_at(
    document: &mut Document,
    pointer: &str,
    update: &Value,
    place: &Place,
    origins: &mut Origins,
    report: &mut Report,
) -> bool {
    match (document.value.pointer_mut(pointer), update) {
        (Some(Value::Array(items)), entry) => {
            origins
                .set
                .push((format!("{pointer}/{}", items.len()), place.clone()));
            items.push(entry.clone());
        }
        (Some(target @ Value::Object(_)), Value::Object(_)) => {
            merge(target, update, pointer, place, origins)
        }
        _ => {
            report.error(
                "overlay-update",
                place.clone(),
                "an update merges an object into an object, or appends to an array; this target is neither",
                "target the parent object, and name the property in `update`",
            );
            return false;
        }
    }
    true
}

/// Objects merge, arrays are joined, all else is replaced (Overlay 1.0, Action Object).
fn merge(target: &mut Value, update: &Value, pointer: &str, place: &Place, origins: &mut Origins) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                let pointer = format!("{pointer}/{}", crate::report::escape(key));
                let place = place.child(key);
                match target.get_mut(key) {
                    Some(existing) => merge(existing, value, &pointer, &place, origins),
                    None => {
                        target.insert(key.clone(), value.clone());
                        origins.set.push((pointer, place));
                    }
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => {
            for (index, item) in update.iter().enumerate() {
                origins
                    .set
                    .push((format!("{pointer}/{}", target.len()), place.child(index)));
                target.push(item.clone());
            }
        }
        (target, update) => {
            *target = update.clone();
            origins.set.push((pointer.to_owned(), place.clone()));
        }
    }
}
