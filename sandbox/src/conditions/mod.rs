//! The `conditions` language, written from its vendor's guide: which records a filter expression keeps.
//!
//! ```text
//! conditions = any ;
//! any        = all, { "or", all } ;
//! all        = term, { "and", term } ;
//! term       = "(", any, ")" | test ;
//! test       = name, comparison, literal
//!            | name, [ "not" ], ( "contains" | "like" ), text
//!            | name, [ "not" ], "in", "(", literal, { ",", literal }, ")" ;
//! comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" ;
//! name       = step, { "/", step } ;
//! step       = ( letter | "_" ), { letter | digit | "_" } ;
//! literal    = text | number | boolean | time | "null" ;
//! text       = '"', { any character but '"' and control characters }, '"'
//!            | "'", { any character but "'" and control characters }, "'" ;
//! number     = [ "-" ], digit, { digit }, [ ".", digit, { digit } ] ;
//! boolean    = "True" | "False" ;
//! time       = "[", date, [ "T", hh, ":", mm, ":", ss, "Z" ], "]" ;
//! ```
//!
//! Words of the language may be written in either case; names may not. Where the guide is silent, this is strict, so that
//! a caller's mistake shows: a text has no escapes and ends at the quote it began with; a text is not compared with a
//! number; a value out of a closed set is written as the set has it; a fraction of a second is refused; `in` is refused in
//! conditions on children. Text is compared whatever its case. In `contains` and `like` a `[[]` stands for `[`, and in
//! `contains` nothing else does; in `like` a `%` or `*` stands for any text. What is null meets no test but `= null`, as in
//! SQL. Conditions on children hold where one element of each list that is named meets them; those on custom fields, where
//! one field does.

mod evaluate;
mod lexer;
mod names;
mod parser;
mod selection;
mod tree;

pub(crate) use evaluate::{holds, holds_for_child};
pub(crate) use names::Names;
pub(crate) use selection::{order, partial};
pub use tree::tree;

use crate::exchange::{Kind, Refusal};

/// A filter expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
    /// This holds.
    Test(Test),
}

/// One comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Test {
    /// The property's path, `board/name`.
    pub(crate) name: String,
    pub(crate) operator: Operator,
    pub(crate) negated: bool,
    /// One, but for `in`.
    pub(crate) values: Vec<Literal>,
}

/// What a comparison compares by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    Like,
    In,
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Number(f64),
    Boolean(bool),
    /// Seconds since 1970.
    Time(i64),
    Null,
}

/// Reads `conditions` on records whose properties are `names`.
pub(crate) fn read(text: &str, names: &Names<'_>) -> Result<Condition, Refusal> {
    let condition =
        parser::parse(text).map_err(|reason| Refusal::of(Kind::Condition, "conditions", reason))?;
    names.check(condition)
}

/// Reads `childConditions` or `customFieldConditions`: they have no `in`.
pub(crate) fn read_child(
    text: &str,
    parameter: &str,
    names: &Names<'_>,
) -> Result<Condition, Refusal> {
    let refuse = |reason: String| Refusal::of(Kind::Condition, parameter, reason);
    let condition = parser::parse(text).map_err(refuse)?;
    if uses_in(&condition) {
        return Err(refuse(format!("`in` is not possible in {parameter}.")));
    }
    names.check(condition)
}

fn uses_in(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(uses_in),
        Condition::Test(test) => test.operator == Operator::In,
    }
}

#[cfg(test)]
mod tests;
