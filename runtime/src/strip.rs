//! What is left out of a vendor's answer before a model sees it: nulls, and what the vendor's data says is noise.

use serde_json::Value;

use crate::table::Strip;

/// Removes nulls and noise at any depth. Elements of an array keep their places, so a null there stays.
pub(crate) fn strip(value: &mut Value, rules: &Strip) {
    match value {
        Value::Object(object) => object.retain(|key, child| {
            if child.is_null() || rules.keys.iter().any(|it| is_meant(it, key)) {
                return false;
            }
            strip(child, rules);
            !(rules.empty_objects && child.as_object().is_some_and(serde_json::Map::is_empty))
        }),
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, rules)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether a rule is about a key: `_info` is about itself, `*_href` about every key that ends so.
fn is_meant(rule: &str, key: &str) -> bool {
    match rule.strip_prefix('*') {
        Some(ending) => key.ends_with(ending),
        None => key == rule,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn stripped(mut value: Value, rules: &Strip) -> Value {
        strip(&mut value, rules);
        value
    }

    #[test]
    fn nulls_go_but_array_positions_stay() {
        let rules = Strip {
            empty_objects: false,
            keys: &[],
        };
        let value = json!({"a": null, "b": [null, {"c": null, "d": 1}], "e": {"f": null}});
        assert_eq!(
            stripped(value, &rules),
            json!({"b": [null, {"d": 1}], "e": {}})
        );
    }

    #[test]
    fn noise_goes_at_any_depth() {
        let rules = Strip {
            empty_objects: true,
            keys: &["links", "*_href"],
        };
        let value = json!({
            "a": {"links": {"self": "x"}, "id": 1},
            "b": {"info": {"board_href": "x"}},
            "c": {"info": {"board_href": "x", "updated": "y"}},
            "d": [{}],
        });
        let expected = json!({"a": {"id": 1}, "c": {"info": {"updated": "y"}}, "d": [{}]});
        assert_eq!(stripped(value, &rules), expected);
    }
}
