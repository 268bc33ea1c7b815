//! Lowers closed sets of values: which of them the type allows, and of what kind they are.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::api::Type;

/// A closed set of values of these types, or of any; and whether null is one of them.
pub(super) fn set(values: &[Value], types: &[&str]) -> (Type, bool) {
    let has_null = values.iter().any(Value::is_null);
    let mut seen = BTreeSet::new();
    let is_of_type = |it: &Value| types.is_empty() || types.iter().any(|ty| is(it, ty));
    let unique = values.iter().filter(|it| !it.is_null() && is_of_type(it));
    let unique: Vec<&Value> = unique.filter(|it| seen.insert(key(it))).collect();
    let ty = if unique.is_empty() {
        let why = match (has_null, types) {
            (true, _) => "null is its only value".to_owned(),
            (false, []) => "a closed set without a value".to_owned(),
            (false, types) => format!("a closed set without a value of type {}", types.join(", ")),
        };
        Type::Unsupported(why)
    } else {
        kind(&unique)
    };
    (ty, has_null)
}

fn kind(values: &[&Value]) -> Type {
    let all = |is_it: fn(&Value) -> bool| values.iter().all(|it| is_it(it));
    if all(Value::is_string) {
        let texts = values.iter().filter_map(|it| it.as_str());
        return Type::Choice(texts.map(str::to_owned).collect());
    }
    if all(Value::is_i64) {
        return Type::NumberChoice(values.iter().filter_map(|it| it.as_i64()).collect());
    }
    if all(Value::is_boolean) && values.len() == 2 {
        return Type::Boolean;
    }
    Type::Values(values.iter().map(|it| (*it).clone()).collect())
}

/// Whether a value is of a type of JSON Schema.
fn is(value: &Value, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64() || is_whole(value),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

fn is_whole(value: &Value) -> bool {
    value.as_f64().is_some_and(|it| it.fract() == 0.0)
}

/// What is the same of equal values only: `1` and `1.0` are one value, and every digit of a whole number counts.
fn key(value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_f64() {
            // Without a sign, zero is one value, too.
            Some(float) if number.is_f64() => (float + 0.0).to_string(),
            _ => number.to_string(),
        },
        Value::Array(items) => format!("{:?}", items.iter().map(key).collect::<Vec<_>>()),
        Value::Object(map) => {
            let pairs: BTreeMap<_, _> = map.iter().map(|(name, it)| (name, key(it))).collect();
            format!("{pairs:?}")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_values_count_once_and_no_other() {
        let sets = [
            (json!([1, 1.0, 2]), json!([1, 2])),
            (json!([0, -0.0, "0", 0.5]), json!([0, "0", 0.5])),
            (
                json!([
                    9_007_199_254_740_992_i64,
                    9_007_199_254_740_993_i64,
                    u64::MAX
                ]),
                json!([
                    9_007_199_254_740_992_i64,
                    9_007_199_254_740_993_i64,
                    u64::MAX
                ]),
            ),
            (
                json!([{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}, ["1", "2"], ["1\", \"2"]]),
                json!([{"a": 1, "b": [2]}, ["1", "2"], ["1\", \"2"]]),
            ),
            (json!(["a", "b", "a"]), json!(["a", "b"])),
        ];
        for (values, expected) in sets {
            let found = match set(values.as_array().unwrap(), &[]).0 {
                Type::Choice(values) => json!(values),
                Type::NumberChoice(values) => json!(values),
                Type::Values(values) => json!(values),
                other => panic!("{values}: {other:?}"),
            };
            assert_eq!(found, expected);
        }
    }
}
