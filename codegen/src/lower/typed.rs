//! Reads parts of the document as OpenAPI's types of them, schemas aside: those are read by themselves, so that an odd one
//! costs only what needs it.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A part of the document.
pub(super) fn read<T: DeserializeOwned>(raw: &Value) -> Result<T, serde_json::Error> {
    let mut raw = raw.clone();
    without_schemas(&mut raw);
    serde_json::from_value(raw)
}

fn without_schemas(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, child) in map.iter_mut() {
                match key.as_str() {
                    "schema" => *child = json!({}),
                    "example" | "examples" => {}
                    _ => without_schemas(child),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_schemas),
        _ => {}
    }
}
