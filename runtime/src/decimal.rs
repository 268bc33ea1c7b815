//! Numbers whose digits count, such as amounts of money: what a caller wrote is what goes out, digit by digit.

use serde_json::{Number, Value};

use crate::{args::Args, input::Input};

/// Most digits of a number that JSON carries exactly everywhere: IEEE 754 doubles keep any 15.
const MOST: usize = 15;

/// A number whose digits count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// The digits of a number, without an exponent.
    ///
    /// # Errors
    /// What is wrong with it: more digits than are carried exactly.
    fn read(number: &Number) -> Result<Self, String> {
        let text = plain(&number.to_string());
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_matches('0').len();
        if digits > MOST {
            return Err(format!(
                "has {digits} digits, and at most {MOST} are carried exactly"
            ));
        }
        Ok(Self(text))
    }
}

/// A JSON number without exponent, and without zeros that say nothing: `1.50e3` is `1500`.
fn plain(text: &str) -> String {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let mut digits = format!("{whole}{fraction}");
    let mut point = i32::try_from(whole.len())
        .unwrap_or(i32::MAX)
        .saturating_add(exponent);
    while point <= 0 {
        digits.insert(0, '0');
        point += 1;
    }
    let point = usize::try_from(point).unwrap_or_default();
    while digits.len() < point {
        digits.push('0');
    }
    let (whole, fraction) = digits.split_at(point);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    match (sign, whole, fraction) {
        (_, "0", "") => "0".to_owned(),
        (sign, whole, "") => format!("{sign}{whole}"),
        (sign, whole, fraction) => format!("{sign}{whole}.{fraction}"),
    }
}

impl Input for Decimal {
    fn read(args: &mut Args) -> Self {
        let number = args.take("a number", |it| match it {
            Value::Number(number) => Some(number),
            _ => None,
        });
        match number.map(Self::read) {
            Some(Ok(decimal)) => decimal,
            Some(Err(why)) => {
                args.wrong(why);
                Self::default()
            }
            None => Self::default(),
        }
    }

    fn json(self) -> Value {
        // What was read out of a number is one.
        self.0.parse::<Number>().map_or(Value::Null, Value::Number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn round(text: &str) -> Result<String, String> {
        let number: Number = text.parse().unwrap();
        Decimal::read(&number).map(|it| it.json().to_string())
    }

    #[test]
    fn digits_go_out_as_they_came_in() {
        for (text, expected) in [
            ("0", "0"),
            ("-0.0", "0"),
            ("0.1", "0.1"),
            ("1500.10", "1500.1"),
            ("1500.00", "1500"),
            ("-0.07", "-0.07"),
            ("1.5e3", "1500"),
            ("25e-4", "0.0025"),
            ("1234567890123.45", "1234567890123.45"),
            ("999999999999999", "999999999999999"),
        ] {
            assert_eq!(round(text).as_deref(), Ok(expected), "{text}");
        }
        for text in [
            "1234567890123.456",
            "12345678901234567",
            "0.1234567890123456",
        ] {
            assert!(
                round(text).unwrap_err().contains("carried exactly"),
                "{text}"
            );
        }
        assert_eq!(json!(0.1), json!(0.1));
    }

    proptest! {
        #[test]
        fn any_15_digits_are_carried_exactly(units in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u32..=15) {
            let digits = format!("{:0>width$}", units.abs(), width = scale as usize + 1);
            let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
            let sign = if units < 0 { "-" } else { "" };
            let text = format!("{sign}{whole}{}{fraction}", if scale > 0 { "." } else { "" });
            prop_assert_eq!(round(&text).unwrap(), plain(&text));
        }
    }
}
