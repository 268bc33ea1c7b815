//! Lowers the schemas of single values: texts and numbers, and what limits them.

use regex_lite::Regex;
use serde_json::{Map, Value};

use crate::api::{Format, Limit, Type};

/// The end of what 64 bits with a sign hold.
const END_OF_SIGNED: f64 = 9_223_372_036_854_775_807.0;

pub(super) fn text(map: &Map<String, Value>) -> Type {
    let mut limits = Vec::new();
    let number = |key: &str| map.get(key).and_then(count);
    limits.extend(number("minLength").map(Limit::MinLength));
    limits.extend(number("maxLength").map(Limit::MaxLength));
    let pattern = map.get("pattern").and_then(Value::as_str);
    // Another pattern is told in words: the schema would refuse what the reader cannot judge.
    let pattern = pattern.filter(|it| is_checkable(it));
    limits.extend(pattern.map(|it| Limit::Pattern(it.to_owned())));
    Type::Text(format(map), limits)
}

/// Whether both our own engine and the reader's understand a regular expression: ours is of linear time, so it knows no
/// look-around and no back-references, and JSON Schema's, that of ECMA-262, knows some words of ours less.
pub(super) fn is_checkable(pattern: &str) -> bool {
    Regex::new(pattern).is_ok() && !is_of_ours(pattern)
}

/// Escapes that only our engine understands, or understands so.
const OF_OURS: [&str; 9] = ["A", "z", "a", "U", "<", ">", "b{", "x{", "u{"];

/// Whether it has what only our engine understands: flags, `(?P<name>`, classes by name, and escapes of its own.
fn is_of_ours(pattern: &str) -> bool {
    let mut characters = pattern.char_indices();
    let mut is_class = false;
    while let Some((at, first)) = characters.next() {
        let rest = &pattern[at + first.len_utf8()..];
        let is_ours = match first {
            '\\' => {
                characters.next();
                OF_OURS.iter().any(|it| rest.starts_with(it))
            }
            '[' if is_class => rest.starts_with(':'),
            '(' if !is_class => {
                rest.starts_with('?') && !rest.starts_with("?:") && !rest.starts_with("?<")
            }
            _ => false,
        };
        if is_ours {
            return true;
        }
        is_class = first == '[' || is_class && first != ']';
    }
    false
}

fn format(map: &Map<String, Value>) -> Format {
    match map.get("format").and_then(Value::as_str) {
        Some("date") => Format::Date,
        Some("date-time") => Format::DateTime,
        Some("byte" | "binary") => Format::Bytes,
        None | Some("" | "password") => Format::Any,
        Some(other) => Format::Shown(other.to_owned()),
    }
}

pub(super) fn integer(map: &Map<String, Value>) -> Type {
    let mut limits = bounds(map);
    let is_positive = limits.iter().any(
        |it| matches!(it, Limit::Minimum(least) | Limit::ExclusiveMinimum(least) if *least >= 0.0),
    );
    let is_large = limits.iter().any(|it| {
        matches!(it, Limit::Maximum(most) | Limit::ExclusiveMaximum(most) if *most > END_OF_SIGNED)
    });
    let is_named = map.get("format").and_then(Value::as_str) == Some("uint64");
    if !(is_named || is_positive && is_large) {
        return Type::Integer(limits);
    }
    if !is_positive {
        limits.insert(0, Limit::Minimum(0.0));
    }
    Type::Unsigned(limits)
}

pub(super) fn number(map: &Map<String, Value>) -> Type {
    match map.get("format").and_then(Value::as_str) {
        Some("decimal") => Type::Decimal(bounds(map)),
        _ => Type::Number(bounds(map)),
    }
}

fn bounds(map: &Map<String, Value>) -> Vec<Limit> {
    let mut limits = bound(
        map,
        ("minimum", Limit::Minimum),
        ("exclusiveMinimum", Limit::ExclusiveMinimum),
    );
    limits.extend(bound(
        map,
        ("maximum", Limit::Maximum),
        ("exclusiveMaximum", Limit::ExclusiveMaximum),
    ));
    let unit = map.get("multipleOf").and_then(Value::as_f64);
    // Every number is a multiple of nothing: JSON Schema allows no such limit.
    limits.extend(unit.filter(|it| *it > 0.0).map(Limit::MultipleOf));
    limits
}

type Named = (&'static str, fn(f64) -> Limit);

/// One end; the exclusive one is a flag in OpenAPI 3.0, and a number of its own in 3.1.
fn bound(map: &Map<String, Value>, plain: Named, exclusive: Named) -> Vec<Limit> {
    let end = map.get(plain.0).and_then(Value::as_f64);
    let mut limits = Vec::new();
    match map.get(exclusive.0) {
        Some(Value::Bool(true)) => limits.extend(end.map(exclusive.1)),
        Some(Value::Number(number)) => {
            limits.extend(end.map(plain.1));
            limits.extend(number.as_f64().map(exclusive.1));
        }
        _ => limits.extend(end.map(plain.1)),
    }
    limits
}

/// A number of characters, items or properties; `5.0` is one, too.
pub(super) fn count(value: &Value) -> Option<usize> {
    if let Some(number) = value.as_u64() {
        return usize::try_from(number).ok();
    }
    let number = value.as_f64()?;
    let is_count = number.fract() == 0.0 && (0.0..1e15).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked: it is whole, positive and small"
    )]
    is_count.then_some(number as usize)
}

#[cfg(test)]
mod tests {
    use super::is_checkable;

    #[test]
    fn a_pattern_is_checked_if_both_engines_understand_it() {
        let both = [
            "^[A-Z]{2}$",
            r"^(?:a|b)(?<n>c)\.\d+\[[:(]$",
            r"^\\A\(?P$",
            "ä?",
            "",
        ];
        let one = [
            "(?i)^a$",
            "(?P<n>a)",
            r"\Aa\z",
            "[[:alpha:]]",
            "[a[:digit:]]",
            r"a\b{start}",
            r"\x{61}",
            "[a[:digit:](]",
            "a(?=b)",
            r"(a)\1",
            "(",
        ];
        for it in both {
            assert!(is_checkable(it), "{it}");
        }
        for it in one {
            assert!(!is_checkable(it), "{it}");
        }
    }
}
