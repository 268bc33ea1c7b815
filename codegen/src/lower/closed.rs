//! Lowers closed sets of values: which of them the type allows, and of what kind they are.

use serde_json::Value;

use crate::api::Type;

/// A closed set of values of these types, or of any; and whether null is one of them.
pub(super) fn set(values: &[Value], types: &[&str]) -> (Type, bool) {
    let has_null = values.iter().any(Value::is_null);
    let mut unique: Vec<&Value> = Vec::new();
    for value in values.iter().filter(|it| !it.is_null()) {
        let is_of_type = types.is_empty() || types.iter().any(|ty| is(value, ty));
        if is_of_type && !unique.iter().any(|it| is_same(it, value)) {
            unique.push(value);
        }
    }
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

/// `1` and `1.0` are one value.
fn is_same(one: &Value, other: &Value) -> bool {
    one == other || (one.as_f64().is_some() && one.as_f64() == other.as_f64())
}
