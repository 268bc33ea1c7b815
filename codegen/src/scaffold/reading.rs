//! The vendor's document as the guesses look at it: read, lowered, and free of what no stage could read.

use serde_json::Value;

use super::removal::{self, Removal};
use crate::{
    api::Api,
    load::{Source, load_openapi, lower_version},
    lower::lower,
    report::{Diagnostic, Report},
    resolve::resolve,
    sources::Sources,
};

/// The document, read.
pub(super) struct Reading {
    /// Its content, of OpenAPI 3.0.
    pub(super) root: Value,
    /// The same in our words.
    pub(super) api: Api,
    /// What was taken out, with reasons.
    pub(super) removals: Vec<Removal>,
}

impl Reading {
    /// Reads a document.
    ///
    /// # Errors
    /// Every reason why nothing can be made of it.
    pub(super) fn of(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let mut report = Report::default();
        let Some(mut document) = load_openapi(source, &mut report).filter(|_| !report.has_errors())
        else {
            return Err(told(source, report));
        };
        let mut removals = Vec::new();
        // What is broken may hide what is broken below it.
        for _ in 0..ROUNDS {
            let mut report = Report::default();
            let mut lowered = document.clone();
            lower_version(&mut lowered, &mut report);
            resolve(&lowered, &mut report);
            let api = lower(&lowered, &mut report);
            if !report.has_errors() {
                return Ok(Self {
                    root: lowered.value,
                    api,
                    removals,
                });
            }
            let broken = told(source, report);
            let Some(found) = removal::removals(&document, &broken) else {
                return Err(broken);
            };
            removal::remove(&mut document, &found);
            removals.extend(found);
        }
        Err(told(source, Report::default()))
    }

    /// The operation as the document has it.
    pub(super) fn raw(&self, pointer: &str) -> &Value {
        self.root.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// A value of the document that may stand behind references.
    pub(super) fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        follow(&self.root, value)
    }

    /// The text at a pointer, or nothing.
    pub(super) fn text(&self, pointer: &str) -> &str {
        self.raw(pointer).as_str().unwrap_or_default()
    }

    /// The document's name for itself.
    pub(super) fn title(&self) -> &str {
        self.text("/info/title").trim()
    }
}

/// Rounds of looking for what is broken.
const ROUNDS: usize = 8;

/// Behind at most so many references.
const LONGEST_CHAIN: usize = 32;

/// A value that may stand behind references.
pub(super) fn follow<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    let mut value = value;
    for _ in 0..LONGEST_CHAIN {
        let target = value.get("$ref").and_then(Value::as_str);
        match target
            .and_then(|it| it.strip_prefix('#'))
            .and_then(|it| root.pointer(it))
        {
            Some(next) => value = next,
            None => break,
        }
    }
    value
}

/// The errors of a report, with their lines.
fn told(source: &Source, report: Report) -> Vec<Diagnostic> {
    let sources = Sources {
        openapi: source.clone(),
        ..Sources::default()
    };
    let all = sources.diagnostics(report, None);
    all.into_iter()
        .filter(|it| it.severity == crate::Severity::Error)
        .collect()
}
