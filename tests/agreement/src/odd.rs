//! Which values are put in a wrong place: those on the borders of types and of this schema's own limits.

use runtime::Value;
use serde_json::{Map, json};

use crate::number::count;

/// Values on the borders of types, and of the limits that a schema sets, here or further within.
pub(crate) fn values(schema: &Value) -> Vec<Value> {
    let mut odd = of_types();
    collect(schema, &mut odd);
    odd
}

/// Values on the borders of types, and of the limits that a schema sets right here.
pub(crate) fn values_here(schema: &Value) -> Vec<Value> {
    let mut odd = of_types();
    odd.extend(of_limits(schema));
    odd
}

/// Names on the borders: of inputs, and of what is nearly one.
pub(crate) fn names(schema: &Value) -> Vec<String> {
    let known = schema["properties"].as_object().into_iter().flatten();
    let mut names: Vec<_> = known.map(|(name, _)| name.clone()).collect();
    names.extend(["", "x", "Id", "id ", "page", "value"].map(str::to_owned));
    names
}

fn of_types() -> Vec<Value> {
    let mut odd = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-0.0),
        json!(-1),
        json!(1),
        json!(5.0),
        json!(1.5),
        json!(1e300),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(9_223_372_036_854_775_808.0),
        json!([]),
        json!([null]),
        json!([1, 1.0]),
        json!([[]]),
        json!({}),
        json!({"id": 1}),
        json!({"a": null}),
    ];
    let texts = [
        "",
        "5",
        "true",
        "null",
        "x",
        "..",
        "a,b",
        "a\\b",
        "a\"b'c",
        "a\nb",
        "2026-02-28",
        "2026-02-29",
        "2026-2-3",
        "2026-01-31T00:00:00",
        "2026-01-31t00:00:00.25z",
        "2026-01-31T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-01-31T12:00:60Z",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "2026-01-31 00:00:00Z",
        "QQ==",
        "QR==",
        "QQ",
        "Q Q=",
        "-_==",
    ];
    odd.extend(texts.map(Value::from));
    odd
}

fn collect(schema: &Value, odd: &mut Vec<Value>) {
    odd.extend(of_limits(schema));
    let within = schema["properties"]
        .as_object()
        .into_iter()
        .flat_map(Map::values);
    let branches = schema["anyOf"].as_array().into_iter().flatten();
    let below = ["items", "additionalProperties"]
        .into_iter()
        .filter_map(|it| schema.get(it));
    for schema in within.chain(branches).chain(below) {
        collect(schema, odd);
    }
}

fn of_limits(schema: &Value) -> Vec<Value> {
    let mut odd = Vec::new();
    for choice in schema["enum"].as_array().into_iter().flatten() {
        odd.push(choice.clone());
        odd.extend(choice.as_str().map(|text| text.to_uppercase().into()));
    }
    for keyword in [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ] {
        if let Some(limit) = schema[keyword].as_f64() {
            odd.extend([-1.0, -0.5, 0.0, 0.5, 1.0].map(|step| json!(limit + step)));
        }
    }
    for keyword in ["minLength", "maxLength"] {
        if let Some(limit) = count(schema, keyword) {
            odd.extend([limit.saturating_sub(1), limit, limit + 1].map(|it| "ä".repeat(it).into()));
        }
    }
    odd
}
