//! Writes lines for people and logs. A reader that has gone, such as `head`, is no reason to panic.

use std::{
    fmt::Display,
    io::{self, Write as _},
};

/// A line on stdout, which in `serve` belongs to the protocol alone.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// A line on stderr, written in one piece.
pub(crate) fn note(line: impl Display) {
    let line = format!("{line}\n");
    let _ = io::stderr().lock().write_all(line.as_bytes());
}
