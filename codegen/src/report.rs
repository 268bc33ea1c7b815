//! What is wrong with the sources: every problem so far, each with place, reason and remedy.

use std::fmt;

use serde::Serialize;

/// Whether a problem stops the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Told, and the run goes on.
    Warning,
    /// Worth a look, and told by `cargo xtask lint` alone.
    Note,
}

impl Severity {
    /// `error`
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A value in a source: its file, and the JSON pointer (RFC 6901) to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Path of the file as the caller named it.
    pub file: String,
    /// JSON pointer within; empty for the whole file.
    pub pointer: String,
}

impl Place {
    /// A place in a file.
    pub fn new(file: impl Into<String>, pointer: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            pointer: pointer.into(),
        }
    }

    /// The place of a key or index below this one.
    #[must_use]
    pub fn child(&self, key: impl fmt::Display) -> Self {
        Self {
            file: self.file.clone(),
            pointer: format!("{}/{}", self.pointer, escape(&key.to_string())),
        }
    }
}

/// Escapes one reference token of a JSON pointer (RFC 6901 section 3).
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// Line and column, both from 1; 0 where the file could not be read.
    pub line: usize,
    /// See `line`.
    pub column: usize,
    /// Whether it stops the run.
    pub severity: Severity,
    /// Name of the rule, such as `unknown-operation`.
    pub code: &'static str,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = self.severity.as_str();
        let pointer = if self.place.pointer.is_empty() {
            "/"
        } else {
            &self.place.pointer
        };
        writeln!(f, "{severity}[{}]: {}", self.code, self.reason)?;
        writeln!(
            f,
            "  --> {}:{}:{} {pointer}",
            self.place.file, self.line, self.column
        )?;
        write!(f, "  fix: {}", self.remedy)
    }
}

/// All problems so far.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Notes an error.
    pub fn error(
        &mut self,
        code: &'static str,
        place: Place,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.note(Severity::Error, code, place, reason.into(), remedy.into());
    }

    /// Notes an error whose line and column the parser already knows.
    pub fn error_at(
        &mut self,
        code: &'static str,
        place: Place,
        (line, column): (usize, usize),
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.error(code, place, reason, remedy);
        if let Some(last) = self.diagnostics.last_mut() {
            (last.line, last.column) = (line, column);
        }
    }

    /// Notes a warning.
    pub fn warn(
        &mut self,
        code: &'static str,
        place: Place,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.note(Severity::Warning, code, place, reason.into(), remedy.into());
    }

    fn note(
        &mut self,
        severity: Severity,
        code: &'static str,
        place: Place,
        reason: String,
        remedy: String,
    ) {
        self.diagnostics.push(Diagnostic {
            place,
            line: 0,
            column: 0,
            severity,
            code,
            reason,
            remedy,
        });
    }

    /// Whether an error was noted.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|it| it.severity == Severity::Error)
    }

    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Every problem, sorted by place, each said once.
    pub fn into_diagnostics(mut self, locate: impl Fn(&Place) -> Located) -> Vec<Diagnostic> {
        for diagnostic in self.diagnostics.iter_mut().filter(|it| it.line == 0) {
            let located = locate(&diagnostic.place);
            diagnostic.place = located.place;
            diagnostic.line = located.line;
            diagnostic.column = located.column;
        }
        self.diagnostics.sort_by(|a, b| {
            (
                &a.place.file,
                a.line,
                a.column,
                &a.place.pointer,
                a.code,
                &a.reason,
            )
                .cmp(&(
                    &b.place.file,
                    b.line,
                    b.column,
                    &b.place.pointer,
                    b.code,
                    &b.reason,
                ))
        });
        self.diagnostics.dedup();
        self.diagnostics
    }
}

/// A place with its line and column, in the file that set the value.
pub struct Located {
    /// The place.
    pub place: Place,
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
}
