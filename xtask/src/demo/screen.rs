//! What the demo looks like: indentation, arrows, and colour where there is a terminal that wants it.

use std::{
    env,
    io::{self, IsTerminal as _, Write as _},
};

use super::Tally;

/// Most characters of a line.
const WIDTH: usize = 110;

/// Where a call's lines begin.
const INDENT: &str = "     ";

/// Where the demo is shown.
pub(crate) struct Screen {
    has_colour: bool,
}

#[derive(Clone, Copy)]
enum Colour {
    Plain,
    Bold,
    Dim,
    Red,
    Green,
    Cyan,
}

impl Screen {
    /// Standard output; colour only on a terminal, and not where `NO_COLOR` is set.
    pub(crate) fn of_stdout() -> Self {
        let is_unwanted = env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        Self {
            has_colour: io::stdout().is_terminal() && !is_unwanted,
        }
    }

    /// Begins a part.
    pub(crate) fn heading(&self, title: &str) {
        line("");
        self.block(("", Colour::Plain), (title, Colour::Bold));
    }

    /// How a call is shown.
    pub(super) fn legend(&self) {
        let legend = "A tool call and its arguments; → the HTTP request that left, its query decoded; ← the answer, shortened.";
        line("");
        self.block(("", Colour::Plain), (legend, Colour::Dim));
    }

    /// What the person wants.
    pub(super) fn wish(&self, words: &str) {
        self.block(("", Colour::Plain), (&format!("“{words}”"), Colour::Dim));
    }

    /// The server that is started.
    pub(super) fn command(&self, program: &str, arguments: &[&str]) {
        let command = format!("{program} {}", arguments.join(" "));
        self.block(("$ ", Colour::Dim), (&command, Colour::Dim));
        line("");
    }

    /// A tool call.
    pub(super) fn call(&self, number: usize, tool: &str, arguments: &str) {
        let lead = format!("{number:>3}  {tool} ");
        if width(&lead) + width(arguments) <= WIDTH {
            return self.block((&lead, Colour::Cyan), (arguments, Colour::Plain));
        }
        self.block((&lead, Colour::Cyan), ("", Colour::Plain));
        self.block((INDENT, Colour::Plain), (arguments, Colour::Plain));
    }

    /// An HTTP request that left.
    pub(super) fn request(&self, request: &str) {
        self.block(
            (&format!("{INDENT}→ "), Colour::Dim),
            (request, Colour::Dim),
        );
    }

    /// What came back.
    pub(super) fn answer(&self, status: Option<u64>, failed: bool, lines: &[String]) {
        let status = status.map_or_else(|| "---".to_owned(), |it| it.to_string());
        let colour = if failed { Colour::Red } else { Colour::Green };
        let lead = format!("{INDENT}← {status} ");
        let below = " ".repeat(width(&lead));
        for (index, text) in lines.iter().enumerate() {
            let lead = if index == 0 { &lead } else { &below };
            self.block((lead, colour), (text, Colour::Plain));
        }
    }

    /// What a model would say now.
    pub(super) fn say(&self, words: &str) {
        self.block(
            (&format!("{INDENT}• "), Colour::Bold),
            (words, Colour::Bold),
        );
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
    fn block(&self, (lead, lead_colour): (&str, Colour), (text, colour): (&str, Colour)) {
        let below = " ".repeat(width(lead));
        for (index, piece) in wrapped(text, WIDTH - width(lead)).iter().enumerate() {
            let lead = if index == 0 { lead } else { &below };
            line(&(self.paint(lead_colour, lead) + &self.paint(colour, piece)));
        }
    }

    fn paint(&self, colour: Colour, text: &str) -> String {
        let code = match colour {
            Colour::Plain => return text.to_owned(),
            Colour::Bold => 1,
            Colour::Dim => 2,
            Colour::Red => 31,
            Colour::Green => 32,
            Colour::Cyan => 36,
        };
        if self.has_colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// A reader that has gone, such as `head`, is no reason to panic.
fn line(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{}", line.trim_end());
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
