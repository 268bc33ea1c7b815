//! How fields are compared: the words that callers know, and the signs of the dialect.

use crate::choice::Choice;

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
    /// `=null`
    IsNull,
    /// `!=null`
    IsNotNull,
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
        ("is_null", Self::IsNull),
        ("is_not_null", Self::IsNotNull),
    ];
}

impl Operator {
    /// Whether the field is compared with several values.
    pub const fn takes_many(self) -> bool {
        matches!(self, Self::In | Self::NotIn)
    }

    /// Whether the field is compared with nothing that a caller gives.
    pub const fn takes_none(self) -> bool {
        matches!(self, Self::IsNull | Self::IsNotNull)
    }

    /// Whether it asks for smaller or greater values.
    pub(super) const fn orders(self) -> bool {
        matches!(
            self,
            Self::Less | Self::AtMost | Self::Greater | Self::AtLeast
        )
    }

    /// Whether it looks for a part of a text.
    pub(super) const fn searches(self) -> bool {
        matches!(self, Self::Contains | Self::NotContains)
    }

    /// This, or where it must not hold, the other one of `is_null` and `is_not_null`.
    pub(crate) const fn when(self, wanted: bool) -> Self {
        match (self, wanted) {
            (Self::IsNull, false) => Self::IsNotNull,
            (Self::IsNotNull, false) => Self::IsNull,
            (same, _) => same,
        }
    }

    /// The word by which a caller names it.
    pub(super) fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, it)| *it == self)
            .map_or("", |(word, _)| word)
    }

    /// What the dialect writes between field and value.
    pub(super) const fn sign(self) -> &'static str {
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
            Self::IsNull => "=null",
            Self::IsNotNull => "!=null",
        }
    }
}
