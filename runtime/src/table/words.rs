//! The words of a vendor's table: what methods and effects are called, and what people say for the vendor's things.

use super::{Effect, Method};

/// What people say for what a vendor calls otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Synonym {
    /// The vendor's term.
    pub term: &'static str,
    /// Words and phrases for it.
    pub said: &'static [&'static str],
}

impl Method {
    /// Its word: what options and lists call it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Get => "get",
            Self::Create => "create",
            Self::Update => "update",
            Self::Replace => "replace",
            Self::Delete => "delete",
            Self::Custom(name) => name,
        }
    }
}

impl Effect {
    /// Its word: what options and lists call it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Destroy => "destroy",
        }
    }
}
