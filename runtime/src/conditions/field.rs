//! The fields that a list can be filtered by, and how a field of each type is compared.

use super::Operator;

/// A field that a list can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Path such as `board/name`.
    pub path: &'static str,
    /// Type of its values.
    pub kind: Kind,
    /// Whether a record may have none.
    pub nullable: bool,
}

impl Field {
    /// A text field, which every record has.
    pub const fn text(path: &'static str) -> Self {
        Self::of(path, Kind::Text, false)
    }

    /// A text field, which a record may lack.
    pub const fn text_or_null(path: &'static str) -> Self {
        Self::of(path, Kind::Text, true)
    }

    /// A field whose values are a closed set of texts, which every record has.
    pub const fn choice(path: &'static str, values: &'static [&'static str]) -> Self {
        Self::of(path, Kind::Choice(values), false)
    }

    /// A field whose values are a closed set of texts, which a record may lack.
    pub const fn choice_or_null(path: &'static str, values: &'static [&'static str]) -> Self {
        Self::of(path, Kind::Choice(values), true)
    }

    /// A number field, which every record has.
    pub const fn number(path: &'static str) -> Self {
        Self::of(path, Kind::Number, false)
    }

    /// A number field, which a record may lack.
    pub const fn number_or_null(path: &'static str) -> Self {
        Self::of(path, Kind::Number, true)
    }

    /// A boolean field, which every record has.
    pub const fn boolean(path: &'static str) -> Self {
        Self::of(path, Kind::Boolean, false)
    }

    /// A boolean field, which a record may lack.
    pub const fn boolean_or_null(path: &'static str) -> Self {
        Self::of(path, Kind::Boolean, true)
    }

    /// A time field, which every record has.
    pub const fn time(path: &'static str) -> Self {
        Self::of(path, Kind::Time, false)
    }

    /// A time field, which a record may lack.
    pub const fn time_or_null(path: &'static str) -> Self {
        Self::of(path, Kind::Time, true)
    }

    /// The operators that compare it.
    pub fn operators(self) -> impl Iterator<Item = Operator> {
        let nulls = [Operator::IsNull, Operator::IsNotNull];
        let nulls = nulls.into_iter().filter(move |_| self.nullable);
        self.kind.operators().iter().copied().chain(nulls)
    }

    const fn of(path: &'static str, kind: Kind, nullable: bool) -> Self {
        Self {
            path,
            kind,
            nullable,
        }
    }
}

/// Type of a field's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Quoted text.
    Text,
    /// Quoted text, one of these.
    Choice(&'static [&'static str]),
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
            Self::Choice(_) => &[Equals, NotEquals, In, NotIn],
            Self::Number => &[Equals, NotEquals, Less, AtMost, Greater, AtLeast, In, NotIn],
            Self::Boolean => &[Equals, NotEquals],
            Self::Time => &[Less, AtMost, Greater, AtLeast],
        }
    }

    /// The type, for people.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Choice(_) => "choice",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Time => "time",
        }
    }
}
