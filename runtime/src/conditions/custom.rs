//! Clauses on custom fields: told apart by their captions, and of whatever type their values are.

use serde_json::Value;

use super::{
    Dialect, Operator, literal,
    read::{literal_of, operand},
};
use crate::{args::Args, choice, limit::Limit};

/// A comparison of one custom field.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomFieldClause {
    /// Which field.
    pub caption: String,
    /// How its value is compared.
    pub operator: Operator,
    /// With what, unless for `is_null`; its JSON type says how it is written.
    pub value: Option<Value>,
}

impl CustomFieldClause {
    /// The operators, by their words.
    const WORDS: [&str; 10] = [
        "equals",
        "not_equals",
        "less",
        "at_most",
        "greater",
        "at_least",
        "contains",
        "not_contains",
        "is_null",
        "is_not_null",
    ];

    pub(super) fn read(args: &mut Args) -> Option<Self> {
        let caption = args.required_by("caption", &[Limit::MinLength(1)], |args| {
            literal_of(args, |value| {
                literal::of(super::Kind::Text, Operator::Equals, value)
            })
        });
        let operator = args.required_by("op", &[], operator);
        let value = operand(args, operator, |args, operator| {
            literal_of(args, |value| literal::of_any(operator, value)).map(|it| vec![it])
        });
        Some(Self {
            caption: caption?.as_str()?.to_owned(),
            operator: operator?,
            value: value?.pop(),
        })
    }
}

fn operator(args: &mut Args) -> Option<Operator> {
    let value = args.value()?;
    let word = value.as_str().unwrap_or_default();
    if CustomFieldClause::WORDS.contains(&word) {
        return Some(args.choice());
    }
    args.wrong(choice::refusal(value, &CustomFieldClause::WORDS));
    None
}

impl Dialect for CustomFieldClause {
    fn subject(&self) -> &str {
        &self.caption
    }

    /// Such as `caption="Room" and value>=12`.
    fn text(&self) -> Result<String, String> {
        let literal = match &self.value {
            Some(value) => literal::of_any(self.operator, value)?,
            None => String::new(),
        };
        let (caption, sign) = (literal::quoted(&self.caption)?, self.operator.sign());
        Ok(format!("caption={caption} and value{sign}{literal}"))
    }

    fn alternative(&self) -> Result<String, String> {
        self.text().map(|text| format!("({text})"))
    }
}
