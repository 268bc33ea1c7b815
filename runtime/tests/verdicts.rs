//! The reader of arguments accepts exactly what a JSON Schema validator accepts.

use std::ops::Range;

use proptest::{prelude::*, test_runner::RngSeed};
use runtime::{Args, Date, DateTime, Input, Json, Limit, Map, Value};
use serde_json::json;

/// A type, its limits, and the schema that codegen writes for them.
struct Case {
    accepts: fn(&Value) -> bool,
    schema: Value,
}

fn accepts<T: Input>(value: &Value, limits: &'static [Limit]) -> bool {
    let arguments = json!({"x": value});
    let mut args = Args::new(&arguments);
    let _: T = args.required_within("x", limits);
    args.finish().is_empty()
}

struct Note {
    _text: String,
    _flags: Option<Vec<bool>>,
}

impl Input for Note {
    fn read(args: &mut Args) -> Self {
        Self {
            _text: args.required("a"),
            _flags: args.optional("b"),
        }
    }

    fn json(self) -> Value {
        Value::Null
    }
}

fn cases() -> Vec<Case> {
    let case = |accepts, schema| Case { accepts, schema };
    vec![
        case(|it| accepts::<bool>(it, &[]), json!({"type": "boolean"})),
        case(|it| accepts::<i64>(it, &[]), json!({"type": "integer"})),
        case(|it| accepts::<f64>(it, &[]), json!({"type": "number"})),
        case(|it| accepts::<String>(it, &[]), json!({"type": "string"})),
        case(
            |it| accepts::<Date>(it, &[]),
            json!({"type": "string", "format": "date"}),
        ),
        case(
            |it| accepts::<DateTime>(it, &[]),
            json!({"type": "string", "format": "date-time"}),
        ),
        case(
            |it| accepts::<Json>(it, &[]),
            json!({"not": {"type": "null"}}),
        ),
        case(
            |it| accepts::<Vec<i64>>(it, &[]),
            json!({"type": "array", "items": {"type": "integer"}}),
        ),
        case(
            |it| accepts::<Map<String>>(it, &[]),
            json!({"type": "object", "additionalProperties": {"type": "string"}}),
        ),
        case(
            |it| accepts::<Note>(it, &[]),
            json!({
                "type": "object",
                "properties": {"a": {"type": "string"}, "b": {"type": "array", "items": {"type": "boolean"}}},
                "required": ["a"],
                "additionalProperties": false
            }),
        ),
        case(
            |it| {
                accepts::<String>(
                    it,
                    &[
                        Limit::MinLength(1),
                        Limit::MaxLength(2),
                        Limit::Pattern("[a-z]"),
                    ],
                )
            },
            json!({"type": "string", "minLength": 1, "maxLength": 2, "pattern": "[a-z]"}),
        ),
        case(
            |it| {
                accepts::<f64>(
                    it,
                    &[
                        Limit::Minimum(-1.0),
                        Limit::ExclusiveMaximum(2.0),
                        Limit::MultipleOf(0.5),
                    ],
                )
            },
            json!({"type": "number", "minimum": -1, "exclusiveMaximum": 2, "multipleOf": 0.5}),
        ),
        case(
            |it| {
                accepts::<i64>(
                    it,
                    &[
                        Limit::ExclusiveMinimum(-2.0),
                        Limit::Maximum(2.0),
                        Limit::MultipleOf(2.0),
                    ],
                )
            },
            json!({"type": "integer", "exclusiveMinimum": -2, "maximum": 2, "multipleOf": 2}),
        ),
        case(
            |it| {
                accepts::<Vec<Json>>(
                    it,
                    &[Limit::MinItems(1), Limit::MaxItems(2), Limit::UniqueItems],
                )
            },
            json!({"type": "array", "items": {}, "minItems": 1, "maxItems": 2, "uniqueItems": true}),
        ),
    ]
}

/// Scalars that lie on the borders of types and limits.
fn scalar() -> impl Strategy<Value = Value> {
    let near: Range<i64> = -3..4;
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        near.clone().prop_map(Value::from),
        near.clone().prop_map(|number| json!(number as f64)),
        near.prop_map(|number| json!(number as f64 / 2.0)),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| json!(f64::from(number) / 3.0)),
        "[a-cA-Z0ä😀]{0,3}".prop_map(Value::from),
        "(0000|2024|2025)-(0[0-2]|1[0-3])-(0[01]|29|3[01])".prop_map(Value::from),
        "2024-02-29[Tt ](2[0-4]|00):(59|60):(5[09]|6[01])(\\.|\\.[0-9]{1,9})?([Zz]|[+-](00|23|24):(00|59|60))?"
            .prop_map(Value::from),
        "(2016-12-31T23:59:60|2016-12-31T15:59:60)([Zz]|-08:00|\\+01:00)".prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(2, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[abc]", inner), 0..3)
                .prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn reader_and_validator_agree(value in value()) {
        for Case { accepts, schema } in cases() {
            let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
            prop_assert_eq!(accepts(&value), validator.is_valid(&value), "{} against {}", value, schema);
        }
    }
}

/// Where the reader is stricter on purpose: what the vendor could not be told.
#[test]
fn where_the_reader_is_stricter() {
    assert!(!accepts::<i64>(&json!(u64::MAX), &[]), "beyond 64 bits");
    assert!(!accepts::<i64>(&json!(1e300), &[]), "beyond 64 bits");
    assert!(
        !accepts::<DateTime>(&json!("0000-01-01T00:00:00+01:00"), &[]),
        "no such year in UTC"
    );
    assert!(
        !accepts::<Json>(&json!(null), &[]),
        "an input that is null is one to leave out"
    );
}
