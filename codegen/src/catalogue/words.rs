//! Sentences of which some parts are code: names, paths and values as they are.

use serde::Serialize;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Piece {
    /// Words, in which backticks still mean code.
    Text(String),
    /// A name, a path or a value, as it is.
    Code {
        /// It.
        code: String,
    },
}

/// A sentence of which some parts are code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Words(Vec<Piece>);

impl Words {
    /// Words alone.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// Code alone.
    pub(crate) fn code(code: impl Into<String>) -> Self {
        Self(vec![Piece::Code { code: code.into() }])
    }

    /// These, and words behind them.
    #[must_use]
    pub(crate) fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Text(text.into()));
        self
    }

    /// These, and code behind them.
    #[must_use]
    pub(crate) fn and_code(mut self, code: impl Into<String>) -> Self {
        self.0.push(Piece::Code { code: code.into() });
        self
    }

    /// Several, with something between.
    pub(crate) fn joined(all: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut pieces = Vec::new();
        for it in all.into_iter().filter(|it| !it.0.is_empty()) {
            if !pieces.is_empty() {
                pieces.push(Piece::Text(between.to_owned()));
            }
            pieces.extend(it.0);
        }
        Self(pieces)
    }

    /// Codes with commas between.
    pub(crate) fn codes(codes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::joined(codes.into_iter().map(Self::code), ", ")
    }

    /// These, and others behind them.
    #[must_use]
    pub(crate) fn with(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
