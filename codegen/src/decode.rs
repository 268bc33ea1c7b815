//! Decodes our own files as far as they are of their shape: what is not was reported, and counts as absent.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The whole, or else the parts that decode.
pub(crate) fn decode<T: DeserializeOwned + Default>(value: &Value) -> T {
    if let Ok(whole) = serde_json::from_value(value.clone()) {
        return whole;
    }
    let parts = value.as_object().into_iter().flatten();
    let sound = parts
        .filter(|(key, part)| serde_json::from_value::<T>(json!({ key.as_str(): part })).is_ok());
    let sound = sound
        .map(|(key, part)| (key.clone(), part.clone()))
        .collect();
    serde_json::from_value(Value::Object(sound)).unwrap_or_default()
}
