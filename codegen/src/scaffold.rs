//! Decides the specs of a new vendor out of its OpenAPI document alone: vendor.yaml and docs.yaml to edit, each guess marked.

mod answers;
mod behaviour;
mod docs;
mod drafts;
mod examples;
#[cfg(test)]
mod guesses_tests;
mod names;
mod paging;
mod reading;
mod refusals;
mod security;
mod servers;
mod settle;
mod tags;
mod text;
mod yaml;

use crate::{load::Source, report::Diagnostic};

pub use self::{docs::Dropped, settle::scaffold};

/// A vendor that is to be.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its folder below `specs/`, and its part of tool names.
    pub vendor: String,
    /// The document: the name that it gets in the folder, and its text.
    pub openapi: Source,
    /// What the document was called where it came from.
    pub file: String,
    /// The URL that it was fetched from.
    pub origin: Option<String>,
}

/// The specs of a new vendor, besides the document itself.
#[derive(Clone, Debug)]
pub struct Scaffold {
    /// The text of vendor.yaml.
    pub behaviour: String,
    /// The text of docs.yaml.
    pub docs: String,
    /// What was done.
    pub summary: Summary,
}

/// What was made of a document.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The document's title.
    pub title: String,
    /// Number of tools.
    pub tools: usize,
    /// What was guessed.
    pub guesses: Vec<Guess>,
    /// Operations that are no tools: key, and the reasons.
    pub refused: Vec<(String, Vec<String>)>,
    /// Operations without a record.
    pub dropped: Vec<Dropped>,
    /// Names that are not by the pattern since they were not to be had: tool, and why.
    pub renamed: Vec<(String, String)>,
    /// What else a person must know.
    pub told: Vec<String>,
}

/// Something that was guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The key of vendor.yaml, or `docs.yaml`.
    pub place: String,
    /// What was guessed.
    pub what: String,
    /// From what.
    pub from: String,
}

impl Guess {
    fn of(place: &str, what: &str, from: &str) -> Self {
        Self {
            place: place.to_owned(),
            what: what.to_owned(),
            from: from.to_owned(),
        }
    }
}

/// What a vendor may be called: what its folder, its tools and its program are named by.
///
/// # Errors
/// Why it cannot be called so, and a name that it can have.
pub fn check_name(name: &str) -> Result<(), String> {
    let fitting = names::word(name);
    if name == fitting && name.len() <= LONGEST_NAME {
        return Ok(());
    }
    let fitting: String = fitting.chars().take(LONGEST_NAME).collect();
    Err(format!(
        "`{name}` cannot name a vendor: lower case letters, digits and single `_`, beginning with a letter, at most {LONGEST_NAME} characters, such as `{}`",
        fitting.trim_end_matches('_')
    ))
}

/// Most characters of a vendor's name, which is part of every tool's.
const LONGEST_NAME: usize = 32;

/// What went wrong, told.
pub type Refused = Vec<Diagnostic>;
