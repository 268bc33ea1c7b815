//! The vendor's document as the guesses look at it: read, and lowered.

use serde_json::Value;

use crate::{
    api::Api,
    load::{Source, load_openapi, lower_version},
    lower::lower,
    report::{Diagnostic, Report},
    resolve::{resolve, target},
    sources::Sources,
};

/// The document, read.
pub(super) struct Reading {
    /// Its content, of OpenAPI 3.0.
    pub(super) root: Value,
    /// The same in our words.
    pub(super) api: Api,
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
        let mut report = Report::default();
        lower_version(&mut document, &mut report);
        resolve(&document, &mut report);
        let api = lower(&document, &mut report);
        if report.has_errors() {
            return Err(told(source, report));
        }
        Ok(Self {
            root: document.value,
            api,
        })
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

/// Behind at most so many references.
const LONGEST_CHAIN: usize = 32;

/// A value that may stand behind references.
pub(super) fn follow<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    let mut value = value;
    for _ in 0..LONGEST_CHAIN {
        match target(value).and_then(|it| root.pointer(&it)) {
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
