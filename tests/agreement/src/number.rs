//! Which numbers a schema allows.

use proptest::{
    prelude::{Strategy, prop_oneof},
    strategy::Union,
};
use runtime::Value;
use serde_json::json;

use crate::generate::Values;

/// How far from a limit a number is "near" it.
const NEAR: i64 = 5;

/// Integers are drawn from here unless the schema is narrower: those that a float holds exactly.
const WIDEST: i64 = 1 << 53;

/// The value of a keyword that counts.
pub(crate) fn count(schema: &Value, keyword: &str) -> Option<usize> {
    usize::try_from(schema[keyword].as_u64()?).ok()
}

/// Integers that a schema allows; some with a fraction of zero.
pub(crate) fn integers(schema: &Value) -> Values {
    let allowed = whole(schema);
    #[expect(
        clippy::cast_precision_loss,
        reason = "few floats are as large as that"
    )]
    let as_float = |number: i64| json!(number as f64);
    let unit = schema["multipleOf"].as_f64();
    let is_multiple = move |number: &Value| {
        let quotient = number
            .as_f64()
            .zip(unit)
            .map(|(number, unit)| number / unit);
        quotient.is_none_or(|it| it.fract() == 0.0)
    };
    prop_oneof![4 => allowed.clone().prop_map(Value::from), 1 => allowed.prop_map(as_float)]
        .prop_filter("must be a multiple", is_multiple)
        .boxed()
}

/// Numbers that a schema allows.
pub(crate) fn numbers(schema: &Value) -> Values {
    let limit = |keyword: &str| schema[keyword].as_f64();
    let ends = [limit("exclusiveMinimum"), limit("exclusiveMaximum")];
    if let Some(unit) = limit("multipleOf") {
        let is_within = move |it: &Value| it.as_f64().is_none_or(|it| !ends.contains(&Some(it)));
        return match unit < 1.0 {
            true => decimals(unit, limit("minimum"), limit("maximum"))
                .prop_filter("must be within the ends", is_within)
                .boxed(),
            false => integers(schema),
        };
    }
    let low = limit("minimum")
        .into_iter()
        .chain(limit("exclusiveMinimum"))
        .fold(-1e12, f64::max);
    let high = limit("maximum")
        .into_iter()
        .chain(limit("exclusiveMaximum"))
        .fold(1e12, f64::min);
    let fractions = (low..=high).prop_filter("must be within the ends", move |it| {
        !ends.contains(&Some(*it))
    });
    prop_oneof![integers(schema), fractions.prop_map(Value::from)].boxed()
}

/// Multiples of a unit such as 0.01, of no more digits than JSON carries exactly everywhere.
fn decimals(unit: f64, low: Option<f64>, high: Option<f64>) -> Values {
    const MOST: f64 = 1e11;
    let places = -unit.log10().round();
    #[expect(clippy::cast_possible_truncation, reason = "at most 1e15")]
    let units = |it: f64| (it * 10_f64.powf(places)).round() as i64;
    let (low, high) = (units(low.unwrap_or(-MOST)), units(high.unwrap_or(MOST)));
    let number = move |it: i64| {
        format!("{it}e-{places}")
            .parse()
            .map_or(Value::Null, Value::Number)
    };
    let near = |from: i64, to: i64| (from.clamp(low, high)..=to.clamp(low, high)).boxed();
    Union::new([
        near(low, low + NEAR),
        near(high - NEAR, high),
        near(low, high),
    ])
    .prop_map(number)
    .boxed()
}

/// Integers between the limits: near either one, around zero, and anywhere.
fn whole(schema: &Value) -> Union<proptest::prelude::BoxedStrategy<i64>> {
    let limit = |keyword: &str| schema[keyword].as_f64();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a limit beyond 64 bits is as good as none"
    )]
    let integer = |number: f64| number as i64;
    let low = [
        limit("minimum").map(f64::ceil),
        limit("exclusiveMinimum").map(|it| it.floor() + 1.0),
    ];
    let high = [
        limit("maximum").map(f64::floor),
        limit("exclusiveMaximum").map(|it| it.ceil() - 1.0),
    ];
    let low = low
        .into_iter()
        .flatten()
        .map(integer)
        .fold(-WIDEST, i64::max);
    let high = high
        .into_iter()
        .flatten()
        .map(integer)
        .fold(WIDEST, i64::min);
    let within = |from: i64, to: i64| (from.clamp(low, high)..=to.clamp(low, high)).boxed();
    Union::new([
        within(-NEAR, NEAR),
        within(low, low.saturating_add(NEAR)),
        within(high.saturating_sub(NEAR), high),
        within(low, high),
    ])
}
