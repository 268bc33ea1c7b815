//! Writes lines for people and logs, in colour on a terminal only. A reader that has gone, such as `head`, is no reason to
//! panic.

use std::{
    fmt::Display,
    io::{self, Write as _},
};

use clap::builder::styling::{AnsiColor, Style};

/// A line on stdout, which in `serve` belongs to the protocol alone.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// A line on stdout that is painted: where it is no terminal, or `NO_COLOR` is set, the colours are left out.
pub(crate) fn say_painted(line: impl Display) {
    let _ = writeln!(anstream::stdout().lock(), "{line}");
}

/// A text in a colour.
pub(crate) fn painted(color: AnsiColor, text: &str) -> String {
    let style: Style = color.on_default();
    format!("{style}{text}{style:#}")
}

/// A line on stderr, written in one piece.
pub(crate) fn note(line: impl Display) {
    let line = format!("{line}\n");
    let _ = io::stderr().lock().write_all(line.as_bytes());
}
