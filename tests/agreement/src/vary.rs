//! The plainest arguments that a schema allows, with one thing odd: every place in turn, and every odd value there.

use proptest::strategy::{Strategy, ValueTree};
use runtime::Value;
use serde_json::json;

use crate::{branch, generate, odd, runner};

/// Values for a schema with one thing odd, at every place within.
///
/// # Errors
/// Why no value can be drawn.
pub(crate) fn varied(schema: &Value) -> Result<Vec<Value>, String> {
    let mut varied = odd::values_here(schema);
    if let Some(branches) = branch::branches(schema) {
        for branch in &branches {
            varied.extend(self::varied(branch)?);
        }
        return Ok(varied);
    }
    match schema["type"].as_str() {
        Some("object") => varied.extend(objects(schema)?),
        Some("array") => varied.extend(arrays(schema)?),
        _ => {}
    }
    Ok(varied)
}

/// A property odd, one too many, one missing.
fn objects(schema: &Value) -> Result<Vec<Value>, String> {
    let (plain, full) = (plain(schema)?, full(schema)?);
    let with = |base: &Value, name: &str, value: Value| {
        let mut object = base.clone();
        object[name] = value;
        object
    };
    let mut objects = vec![
        with(&full, "unknown", json!(1)),
        with(&full, "", json!(null)),
    ];
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        // What is cleared must not be given.
        let base = if name == "clear" { &plain } else { &full };
        let odd = varied(property)?;
        objects.extend(odd.into_iter().map(|value| with(base, name, value)));
        let mut object = full.clone();
        object.as_object_mut().and_then(|it| it.shift_remove(name));
        objects.push(object);
    }
    if let Some(more) = schema
        .get("additionalProperties")
        .filter(|it| it.is_object())
    {
        let odd = varied(more)?;
        objects.extend(odd.into_iter().map(|value| with(&full, "key", value)));
    }
    objects.extend([plain, full]);
    Ok(objects)
}

/// The plainest object that gives all that a schema knows and has room for, and clears none of it.
fn full(schema: &Value) -> Result<Value, String> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let is_required = |name: &str| {
        let required = schema["required"].as_array();
        required.is_some_and(|it| it.iter().any(|it| it == name))
    };
    let has_room = |name: &str| schema.get("maxProperties").is_none() || is_required(name);
    let given = properties.filter(|(name, _)| *name != "clear" && has_room(name));
    given
        .map(|(name, property)| Ok((name.clone(), plain(property)?)))
        .collect()
}

/// An item odd, first or last; the same item too often.
fn arrays(schema: &Value) -> Result<Vec<Value>, String> {
    let items = &schema["items"];
    let plain = plain(items)?;
    let limits = [schema["minItems"].as_u64(), schema["maxItems"].as_u64()];
    let lengths = limits
        .into_iter()
        .flatten()
        .flat_map(|it| [it.saturating_sub(1), it, it + 1]);
    let mut arrays: Vec<_> = lengths
        .chain([1, 2])
        .map(|length| (0..length).map(|_| plain.clone()).collect())
        .collect();
    for value in varied(items)? {
        arrays.push(json!([plain, value]));
        arrays.push(json!([value]));
    }
    Ok(arrays)
}

/// The plainest value that a schema allows.
fn plain(schema: &Value) -> Result<Value, String> {
    let mut tree = generate::values(schema)?
        .new_tree(&mut runner(1))
        .map_err(|why| why.to_string())?;
    while tree.simplify() {}
    Ok(tree.current())
}
