//! What the demo looks like: indentation, arrows, and what is painted how.

use anstyle::Style;

use super::Tally;
use crate::terminal::{self, BAD, FAINT, GOOD, PLACE, STRONG, paint};

/// Most characters of a line.
const WIDTH: usize = 110;

/// Where a call's lines begin.
const INDENT: &str = "     ";

/// What is not painted.
const PLAIN: Style = Style::new();

/// Where the demo is shown: standard output.
pub(crate) struct Screen;

impl Screen {
    /// Begins a part.
    pub(crate) fn heading(&self, title: &str) {
        terminal::say("");
        self.block(("", PLAIN), (title, STRONG));
    }

    /// How a call is shown.
    pub(super) fn legend(&self) {
        let legend = "A tool call and its arguments; → the HTTP request that left, its query decoded; ← the answer, shortened.";
        terminal::say("");
        self.block(("", PLAIN), (legend, FAINT));
    }

    /// What the person wants.
    pub(super) fn wish(&self, words: &str) {
        self.block(("", PLAIN), (&format!("“{words}”"), FAINT));
    }

    /// The server that is started.
    pub(super) fn command(&self, program: &str, arguments: &[&str]) {
        let command = format!("{program} {}", arguments.join(" "));
        self.block(("$ ", FAINT), (&command, FAINT));
        terminal::say("");
    }

    /// A tool call.
    pub(super) fn call(&self, number: usize, tool: &str, arguments: &str) {
        let lead = format!("{number:>3}  {tool} ");
        if width(&lead) + width(arguments) <= WIDTH {
            return self.block((&lead, PLACE), (arguments, PLAIN));
        }
        self.block((&lead, PLACE), ("", PLAIN));
        self.block((INDENT, PLAIN), (arguments, PLAIN));
    }

    /// An HTTP request that left.
    pub(super) fn request(&self, request: &str) {
        self.block((&format!("{INDENT}→ "), FAINT), (request, FAINT));
    }

    /// What came back.
    pub(super) fn answer(&self, status: Option<u64>, failed: bool, lines: &[String]) {
        let status = status.map_or_else(|| "---".to_owned(), |it| it.to_string());
        let style = if failed { BAD } else { GOOD };
        let lead = format!("{INDENT}← {status} ");
        let below = " ".repeat(width(&lead));
        for (index, text) in lines.iter().enumerate() {
            let lead = if index == 0 { &lead } else { &below };
            self.block((lead, style), (text, PLAIN));
        }
    }

    /// What a model would say now.
    pub(super) fn say(&self, words: &str) {
        self.block((&format!("{INDENT}• "), STRONG), (words, STRONG));
    }

    /// The last line.
    pub(crate) fn done(&self, tally: &Tally) {
        let Tally {
            workflows,
            calls,
            requests,
        } = tally;
        self.heading(&format!(
            "{workflows} workflows done, {calls} tool calls, {requests} HTTP requests"
        ));
    }

    /// A text behind its lead, in lines that are not too long.
    fn block(&self, (lead, lead_style): (&str, Style), (text, style): (&str, Style)) {
        let below = " ".repeat(width(lead));
        for (index, piece) in wrapped(text, WIDTH - width(lead)).iter().enumerate() {
            let lead = if index == 0 { lead } else { &below };
            let piece = piece.trim_end();
            let lead = if piece.is_empty() {
                lead.trim_end()
            } else {
                lead
            };
            terminal::say(paint(lead_style, lead) + &paint(style, piece));
        }
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// A text in pieces of at most so many characters, broken at spaces where there are any; at least one piece.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((end, _)) = rest.char_indices().nth(most) {
        let end = rest[..end].rfind(' ').map_or(end, |space| space + 1);
        let (piece, after) = rest.split_at(end);
        pieces.push(piece.to_owned());
        rest = after;
    }
    pieces.push(rest.to_owned());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_wrapped() {
        for (text, pieces) in [
            ("", vec![""]),
            ("ab cd", vec!["ab cd"]),
            ("ab cd ef", vec!["ab ", "cd ef"]),
            ("äöüßäöüß", vec!["äöüßä", "öüß"]),
        ] {
            assert_eq!(wrapped(text, 5), pieces);
        }
    }
}
