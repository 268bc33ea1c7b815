//! The filter dialect: the clauses that a caller gives, and the text that a vendor reads.
//!
//! A text goes out in the quotes that it lacks. The dialect documents no escape, so what would need one is refused: both
//! kinds of quotes, a backslash, a control character. In `contains` an opening bracket begins a set of characters; `[[]`
//! is its documented literal, and is what goes out. `%` and `*` go out as they are: no escape of them is documented, and
//! a vendor that reads them as wildcards finds what has them all the same. `like`, which is made for them, is never sent.

mod custom;
mod field;
mod literal;
mod operator;
mod read;

use serde_json::Value;

pub use self::{
    custom::CustomFieldClause,
    field::{Field, Kind},
    operator::Operator,
};

/// An item of a filter, all of which must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition<C = Clause> {
    /// This clause holds.
    One(C),
    /// One of these holds.
    Any(Vec<C>),
}

/// A clause of one of the filters.
pub trait Dialect {
    /// What it compares, for whoever reads a mistake.
    fn subject(&self) -> &str;

    /// The clause in the dialect.
    ///
    /// # Errors
    /// Why a value has no literal.
    fn text(&self) -> Result<String, String>;

    /// The same as one of several of which one must hold.
    ///
    /// # Errors
    /// Why a value has no literal.
    fn alternative(&self) -> Result<String, String> {
        self.text()
    }
}

impl<C: Dialect> Condition<C> {
    /// The item in the dialect, such as `(board/name="Triage" or severity="High")`.
    ///
    /// # Errors
    /// The subject of the clause whose value has no literal, and why.
    pub fn text(&self) -> Result<String, (&str, String)> {
        match self {
            Self::One(clause) => clause.text().map_err(|why| (clause.subject(), why)),
            Self::Any(clauses) => {
                let alternatives = clauses
                    .iter()
                    .map(|clause| clause.alternative().map_err(|why| (clause.subject(), why)));
                let alternatives: Vec<_> = alternatives.collect::<Result<_, _>>()?;
                Ok(format!("({})", alternatives.join(" or ")))
            }
        }
    }
}

/// A comparison of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What is compared.
    pub field: Field,
    /// How.
    pub operator: Operator,
    /// With what: several for `in`, none for `is_null`.
    pub values: Vec<Value>,
}

impl Dialect for Clause {
    fn subject(&self) -> &str {
        self.field.path
    }

    /// Such as `board/name="Triage"`.
    fn text(&self) -> Result<String, String> {
        let literals = self
            .values
            .iter()
            .map(|value| literal::of(self.field.kind, self.operator, value));
        let literals: Vec<_> = literals.collect::<Result<_, _>>()?;
        let (path, sign, word) = (self.field.path, self.operator.sign(), self.operator.word());
        match literals.as_slice() {
            [] if self.operator.takes_none() => Ok(format!("{path}{sign}")),
            _ if self.operator.takes_none() => Err(format!("`{word}` takes no value")),
            [] => Err("at least one value is needed".to_owned()),
            many if self.operator.takes_many() => Ok(format!("{path}{sign}({})", many.join(","))),
            [literal] => Ok(format!("{path}{sign}{literal}")),
            _ => Err(format!("`{word}` takes one value")),
        }
    }
}
