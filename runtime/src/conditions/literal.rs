//! How a value is written in the dialect; no value can escape its literal.

use serde_json::Value;

use super::{Kind, Operator};
use crate::{choice, date::DateTime, input, text};

/// The literal of a value for fields of a type; else why it has none.
pub(super) fn of(kind: Kind, operator: Operator, value: &Value) -> Result<String, String> {
    let (literal, expected) = match kind {
        Kind::Text => match value.as_str() {
            Some(text) => return searched(text, operator),
            None => (None, "a string"),
        },
        Kind::Choice(values) => match value.as_str().filter(|text| values.contains(text)) {
            Some(text) => return quoted(text),
            None => return Err(choice::refusal(value, values)),
        },
        Kind::Number => (number(value), "a number"),
        Kind::Boolean => (value.as_bool().map(boolean), "true or false"),
        Kind::Time => (time(value), DateTime::EXPECTED),
    };
    literal.ok_or_else(|| format!("expected {expected}, got {}", text::what(value)))
}

/// The literal of a value whose own type says what it is, where the field may be of any; else why it has none.
pub(super) fn of_any(operator: Operator, value: &Value) -> Result<String, String> {
    let (literal, expected) = match value {
        Value::String(_) if operator.orders() => (
            time(value),
            "a number, or a time with its offset such as \"2026-01-31T14:30:00Z\"",
        ),
        Value::String(text) => return searched(text, operator),
        _ if operator.searches() => (None, "a string"),
        Value::Number(_) => (number(value), "a number"),
        Value::Bool(flag) if !operator.orders() => return Ok(boolean(*flag)),
        _ if operator.orders() => (None, "a number or a time"),
        _ => (None, "a string, a number, or true or false"),
    };
    literal.ok_or_else(|| format!("expected {expected}, got {}", text::what(value)))
}

fn time(value: &Value) -> Option<String> {
    let moment = DateTime::parse(value.as_str()?)?;
    Some(format!("[{moment}]"))
}

fn boolean(flag: bool) -> String {
    if flag { "True" } else { "False" }.to_owned()
}

/// Where a part is looked for, a bracket would begin a set of characters.
fn searched(text: &str, operator: Operator) -> Result<String, String> {
    if operator.searches() {
        quoted(&text.replace('[', "[[]"))
    } else {
        quoted(text)
    }
}

/// The vendor documents no escape within quotes, so what would need one is refused.
pub(super) fn quoted(text: &str) -> Result<String, String> {
    if text.contains('\\') {
        return Err(unquotable("a backslash"));
    }
    if text.contains(char::is_control) {
        return Err(unquotable("a line break or another control character"));
    }
    match (text.contains('"'), text.contains('\'')) {
        (true, true) => Err(unquotable("both kinds of quotes")),
        (true, false) => Ok(format!("'{text}'")),
        (false, _) => Ok(format!("\"{text}\"")),
    }
}

fn unquotable(what: &str) -> String {
    format!(
        "a filter value cannot contain {what}, since the vendor documents no way to escape it; search for a part without it"
    )
}

/// Never in exponent form, which the dialect does not know.
fn number(value: &Value) -> Option<String> {
    if let Some(integer) = input::integer(value) {
        Some(integer.to_string())
    } else if value.is_u64() {
        Some(value.to_string())
    } else {
        value.as_f64().map(|float| float.to_string())
    }
}
