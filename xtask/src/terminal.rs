//! What the commands show: colour where there is a terminal that wants it, and what is being done where that takes longer than
//! a second.
//!
//! Text is painted without a look at where it goes; [`say`] and [`note`] take the paint off again where it is not wanted.

mod progress;

use std::{fmt, io::Write as _};

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use codegen::{Diagnostic, Severity};

pub(crate) use self::progress::Progress;

/// What must be mended.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// What should be looked at.
pub(crate) const DOUBTFUL: Style = AnsiColor::Yellow.on_default().bold();
/// What is as it should be, and what makes it so.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// What leads the eye.
pub(crate) const STRONG: Style = Style::new().bold();
/// Where something stands.
pub(crate) const PLACE: Style = AnsiColor::Cyan.on_default();
/// What need not be read.
pub(crate) const FAINT: Style = Style::new().dimmed();

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Into files and pipes too.
    Always,
    /// Nowhere.
    Never,
}

impl Colour {
    /// Holds for all that this program says.
    pub(crate) fn choose(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// A text in a style.
pub(crate) fn paint(style: Style, text: impl fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// A line of the answer, on standard output. A reader that has gone, such as `head`, is no reason to panic.
pub(crate) fn say(line: impl fmt::Display) {
    let _ = writeln!(anstream::stdout().lock(), "{line}");
}

/// A line about the command itself, on standard error.
pub(crate) fn note(line: impl fmt::Display) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// The style of what is so grave.
pub(crate) fn of(severity: Severity) -> Style {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => DOUBTFUL,
        Severity::Note => PLACE,
    }
}

/// A problem, as it says itself, painted.
pub(crate) fn diagnostic(it: &Diagnostic) -> String {
    let style = of(it.severity);
    let told = it.to_string();
    let (lead, rest) = told.split_once(": ").unwrap_or((&told, ""));
    let rest = rest.replacen("\n  --> ", &format!("\n  {} ", paint(PLACE, "-->")), 1);
    let (rest, remedy) = rest.rsplit_once("\n  fix: ").unwrap_or((&rest, ""));
    let fix = paint(GOOD, "fix:");
    format!("{}: {rest}\n  {fix} {remedy}", paint(style, lead))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paint_changes_no_word_of_a_diagnostic() {
        let it = Diagnostic {
            place: codegen::report::Place::new("specs/acme/docs.yaml", "/a: b\n  fix: c"),
            line: 3,
            column: 5,
            severity: Severity::Warning,
            code: "some-code",
            reason: "a reason: with a colon".to_owned(),
            remedy: "do it\n  --> so".to_owned(),
        };
        let painted = diagnostic(&it);
        assert!(painted.starts_with("\u{1b}["), "{painted:?}");
        let plain = anstream::adapter::strip_str(&painted).to_string();
        assert_eq!(plain, it.to_string());
    }
}
