//! Lowers the schemas of single values: texts, numbers, and closed sets of them.

use openapiv3::{IntegerType, NumberType, StringType, VariantOrUnknownOrEmpty};
use regex_lite::Regex;

use crate::api::{Format, Limit, Type};

pub(super) fn text(it: &StringType) -> Type {
    if !it.enumeration.is_empty() {
        return choice(it.enumeration.iter().flatten().cloned());
    }
    if let Some(pattern) = it.pattern.as_ref().filter(|it| Regex::new(it).is_err()) {
        return Type::Unsupported(format!("the pattern `{pattern}` cannot be checked"));
    }
    let mut limits = Vec::new();
    limits.extend(it.min_length.map(Limit::MinLength));
    limits.extend(it.max_length.map(Limit::MaxLength));
    limits.extend(it.pattern.clone().map(Limit::Pattern));
    let format = match &it.format {
        VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Date) => Format::Date,
        VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::DateTime) => Format::DateTime,
        VariantOrUnknownOrEmpty::Item(
            openapiv3::StringFormat::Byte | openapiv3::StringFormat::Binary,
        ) => Format::Bytes,
        VariantOrUnknownOrEmpty::Unknown(other) => Format::Shown(other.clone()),
        VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Password)
        | VariantOrUnknownOrEmpty::Empty => Format::Any,
    };
    Type::Text(format, limits)
}

/// A closed set, each value once.
pub(super) fn choice(values: impl Iterator<Item = String>) -> Type {
    let unique = unique(values);
    if unique.is_empty() {
        return Type::Unsupported("a closed set without a value".to_owned());
    }
    Type::Choice(unique)
}

/// A closed set of whole numbers, each once.
pub(super) fn number_choice(values: impl Iterator<Item = i64>) -> Type {
    let unique = unique(values);
    if unique.is_empty() {
        return Type::Unsupported("a closed set without a value".to_owned());
    }
    Type::NumberChoice(unique)
}

fn unique<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut unique = Vec::new();
    for value in values {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    unique
}

pub(super) fn integer(it: &IntegerType) -> Type {
    if !it.enumeration.is_empty() {
        return number_choice(it.enumeration.iter().flatten().copied());
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "limits of a specification are far below 2^53"
    )]
    let float = |it: i64| it as f64;
    Type::Integer(bounds(
        (it.minimum.map(float), it.exclusive_minimum),
        (it.maximum.map(float), it.exclusive_maximum),
        it.multiple_of.map(float),
    ))
}

pub(super) fn number(it: &NumberType) -> Type {
    if !it.enumeration.is_empty() {
        return Type::Unsupported("a closed set of fractions".to_owned());
    }
    let bounds = bounds(
        (it.minimum, it.exclusive_minimum),
        (it.maximum, it.exclusive_maximum),
        it.multiple_of,
    );
    match &it.format {
        VariantOrUnknownOrEmpty::Unknown(format) if format == "decimal" => Type::Decimal(bounds),
        _ => Type::Number(bounds),
    }
}

fn bounds(
    minimum: (Option<f64>, bool),
    maximum: (Option<f64>, bool),
    multiple_of: Option<f64>,
) -> Vec<Limit> {
    let mut limits = Vec::new();
    limits.extend(minimum.0.map(if minimum.1 {
        Limit::ExclusiveMinimum
    } else {
        Limit::Minimum
    }));
    limits.extend(maximum.0.map(if maximum.1 {
        Limit::ExclusiveMaximum
    } else {
        Limit::Maximum
    }));
    // Every number is a multiple of nothing: JSON Schema allows no such limit.
    limits.extend(multiple_of.filter(|it| *it > 0.0).map(Limit::MultipleOf));
    limits
}
