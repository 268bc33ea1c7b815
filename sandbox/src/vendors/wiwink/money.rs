//! Amounts of money, counted in whole cents: no fraction is ever rounded by a float.

use serde_json::{Number, Value};

/// Decimals of a rate in percent that count.
const RATE: u32 = 4;

/// The cents of an amount.
pub(super) fn cents(amount: &Value) -> i128 {
    units(amount, 2)
}

/// The share of an amount in cents that a rate in percent is, rounded half up.
pub(super) fn share(cents: i128, rate: &Value) -> i128 {
    let whole = 100 * 10_i128.pow(RATE);
    (cents * units(rate, RATE) + whole / 2).div_euclid(whole)
}

/// An amount as JSON has it: `1500.1`.
pub(super) fn number(cents: i128) -> Value {
    let (sign, cents) = (if cents < 0 { "-" } else { "" }, cents.abs());
    let text = format!("{sign}{}.{:02}", cents / 100, cents % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// A number in units of its n-th decimal; further ones are cut off.
fn units(value: &Value, decimals: u32) -> i128 {
    let text = match value {
        Value::Number(number) => number.to_string(),
        _ => return 0,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let width = decimals as usize;
    let fraction: String = fraction
        .chars()
        .chain("0".repeat(width).chars())
        .take(width)
        .collect();
    format!("{whole}{fraction}").parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_are_exact() {
        for (amount, expected) in [
            (json!(1500), 150_000),
            (json!(0.1), 10),
            (json!(-2.05), -205),
            (json!(null), 0),
        ] {
            assert_eq!(cents(&amount), expected, "{amount}");
        }
        assert_eq!(share(150_000, &json!(10)), 15_000);
        assert_eq!(share(10, &json!(21)), 2);
        assert_eq!(share(1005, &json!(7.25)), 73);
        assert_eq!(number(165_010).to_string(), "1650.1");
        assert_eq!(number(7).to_string(), "0.07");
        assert_eq!(number(-200).to_string(), "-2");
    }
}
