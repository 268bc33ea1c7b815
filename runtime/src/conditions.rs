//! The `conditions` filter dialect: which fields compare how, and with what.

mod literal;
mod read;

use serde_json::Value;

use crate::choice::Choice;

/// A field that a list can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Path such as `board/name`.
    pub path: &'static str,
    /// Type of its values.
    pub kind: Kind,
}

impl Field {
    /// A text field.
    pub const fn text(path: &'static str) -> Self {
        Self {
            path,
            kind: Kind::Text,
        }
    }

    /// A number field.
    pub const fn number(path: &'static str) -> Self {
        Self {
            path,
            kind: Kind::Number,
        }
    }

    /// A boolean field.
    pub const fn boolean(path: &'static str) -> Self {
        Self {
            path,
            kind: Kind::Boolean,
        }
    }

    /// A time field.
    pub const fn time(path: &'static str) -> Self {
        Self {
            path,
            kind: Kind::Time,
        }
    }
}

/// Type of a field's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Quoted text.
    Text,
    /// Bare number.
    Number,
    /// `True` or `False`.
    Boolean,
    /// RFC 3339, sent as UTC seconds in brackets.
    Time,
}

impl Kind {
    /// The operators that compare values of this type.
    pub const fn operators(self) -> &'static [Operator] {
        use Operator::{
            AtLeast, AtMost, Contains, Equals, Greater, In, Less, NotContains, NotEquals, NotIn,
        };
        match self {
            Self::Text => &[Equals, NotEquals, Contains, NotContains, In, NotIn],
            Self::Number => &[Equals, NotEquals, Less, AtMost, Greater, AtLeast, In, NotIn],
            Self::Boolean => &[Equals, NotEquals],
            Self::Time => &[Less, AtMost, Greater, AtLeast],
        }
    }

    /// The type, for people.
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Time => "time",
        }
    }
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equals,
    /// `!=`
    NotEquals,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `contains`
    Contains,
    /// `not contains`
    NotContains,
    /// `in (…)`
    In,
    /// `not in (…)`
    NotIn,
}

impl Choice for Operator {
    const ALL: &'static [(&'static str, Self)] = &[
        ("equals", Self::Equals),
        ("not_equals", Self::NotEquals),
        ("less", Self::Less),
        ("at_most", Self::AtMost),
        ("greater", Self::Greater),
        ("at_least", Self::AtLeast),
        ("contains", Self::Contains),
        ("not_contains", Self::NotContains),
        ("in", Self::In),
        ("not_in", Self::NotIn),
    ];
}

impl Operator {
    /// Whether the field is compared with several values.
    pub const fn takes_many(self) -> bool {
        matches!(self, Self::In | Self::NotIn)
    }

    /// The word by which a caller names it.
    fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, it)| *it == self)
            .map_or("", |(word, _)| word)
    }

    /// What the dialect writes between field and value.
    const fn sign(self) -> &'static str {
        match self {
            Self::Equals => "=",
            Self::NotEquals => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Contains => " contains ",
            Self::NotContains => " not contains ",
            Self::In => " in ",
            Self::NotIn => " not in ",
        }
    }
}

/// One clause of a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What is compared.
    pub field: Field,
    /// How.
    pub operator: Operator,
    /// With what; several for `in`.
    pub values: Vec<Value>,
}

impl Clause {
    /// The clause in the dialect, such as `board/name="Triage"`.
    ///
    /// # Errors
    /// Why a value has no literal.
    pub fn text(&self) -> Result<String, String> {
        let literals = self
            .values
            .iter()
            .map(|value| literal::of(self.field.kind, value));
        let literals: Vec<_> = literals.collect::<Result<_, _>>()?;
        let (path, sign) = (self.field.path, self.operator.sign());
        match (self.operator.takes_many(), literals.as_slice()) {
            (_, []) => Err("at least one value is needed".to_owned()),
            (false, [literal]) => Ok(format!("{path}{sign}{literal}")),
            (false, _) => Err(format!("`{}` takes one value", self.operator.word())),
            (true, many) => Ok(format!("{path}{sign}({})", many.join(","))),
        }
    }
}
