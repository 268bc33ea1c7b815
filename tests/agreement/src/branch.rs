//! What `anyOf` stands for: whole schemas, each branch laid over the keywords that stand beside it.

use runtime::Value;
use serde_json::Map;

/// The schemas of which one must hold, if it is such a choice; a choice within a choice is one choice.
pub(crate) fn branches(schema: &Value) -> Option<Vec<Value>> {
    let branches = schema["anyOf"].as_array()?;
    let mut base = schema.clone();
    base.as_object_mut()?.shift_remove("anyOf");
    let whole = branches.iter().map(|branch| laid_over(&base, branch));
    Some(
        whole
            .flat_map(|it| self::branches(&it).unwrap_or_else(|| vec![it]))
            .collect(),
    )
}

/// A schema that demands what both demand, as far as they do not contradict each other.
fn laid_over(base: &Value, branch: &Value) -> Value {
    let mut whole = if base.is_object() {
        base.clone()
    } else {
        Value::Object(Map::new())
    };
    for (keyword, value) in branch.as_object().into_iter().flatten() {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                for (name, property) in properties {
                    let merged = laid_over(&base["properties"][name], property);
                    whole["properties"][name] = merged;
                }
            }
            ("required", Value::Array(names)) => {
                if let Value::Array(required) = &mut whole["required"] {
                    required.extend(names.iter().cloned());
                } else {
                    whole["required"] = value.clone();
                }
            }
            _ => whole[keyword] = value.clone(),
        }
    }
    whole
}
