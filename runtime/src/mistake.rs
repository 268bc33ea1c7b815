//! One thing that is wrong with a tool call's arguments, in words that a model can act on.

use std::fmt::{self, Display};

use serde_json::{Value, json};

/// One thing that is wrong with a tool call's arguments.
///
/// Shown as `contact.phones[0]: expected a string, got the integer 5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where: input name, then keys and indices, such as `contact.phones[0]`. Empty: the arguments as a whole.
    pub at: String,
    /// What is wrong and what is expected, in one sentence without a full stop.
    pub why: String,
}

impl Mistake {
    /// A mistake at a place.
    pub(crate) fn new(at: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            why: why.into(),
        }
    }

    /// As it stands in a tool result.
    pub(crate) fn json(&self) -> Value {
        json!({"at": self.at, "why": self.why})
    }
}

impl Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at.is_empty() {
            formatter.write_str(&self.why)
        } else {
            write!(formatter, "{}: {}", self.at, self.why)
        }
    }
}
