//! Writes texts of a spec into Markdown so that they mean nothing there but themselves. Two things are understood: backticks
//! around code, and names of tools, which lead to where the tools stand.

use std::{collections::BTreeMap, sync::Arc};

use crate::catalogue::Place;

/// Where a page leads to.
#[derive(Clone, Default)]
pub(crate) struct Links {
    /// The page, by its path.
    pub(super) page: String,
    /// Where each tool stands.
    pub(super) places: Arc<BTreeMap<String, Place>>,
}

impl Links {
    /// From the page up to the folder that paths begin in.
    pub(super) fn up(&self) -> String {
        "../".repeat(self.page.matches('/').count())
    }

    /// From the page to a place.
    pub(super) fn to(&self, place: &Place) -> String {
        match place.page == self.page {
            true => format!("#{}", place.anchor),
            false => format!("{}{}#{}", self.up(), place.page, place.anchor),
        }
    }

    /// The name of a tool, which leads to it; of what is no tool, the name.
    pub(super) fn tool(&self, name: &str, spot: Spot) -> String {
        let shown = code(name, spot);
        match self.places.get(name) {
            Some(place) => format!("[{shown}]({})", self.to(place)),
            None => shown,
        }
    }
}

/// Where a text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    /// Among other text.
    Line,
    /// In a table, where a bar would end it.
    Cell,
}

/// A text between other text, on one line.
pub(crate) fn text(text: &str, spot: Spot, links: &Links) -> String {
    let line = one_line(text);
    let parts: Vec<&str> = line.split('`').collect();
    let is_code = |index: usize| index % 2 == 1;
    let has_pairs = parts.len() % 2 == 1
        && (0..parts.len()).all(|it| !is_code(it) || !parts[it].trim().is_empty());
    if !has_pairs {
        return plain(&line, links);
    }
    let written = parts
        .iter()
        .enumerate()
        .map(|(index, part)| match is_code(index) {
            true => links.tool(part, spot),
            false => plain(part, links),
        });
    written.collect()
}

/// A name, a path or a value as it is, between as many backticks as that takes.
pub(crate) fn code(text: &str, spot: Spot) -> String {
    let line = one_line(text);
    if line.is_empty() {
        return line;
    }
    // Between backticks, nothing keeps a backslash and the bar after it apart from what escapes a bar.
    if spot == Spot::Cell && line.contains("\\|") {
        return format!("<code>{}</code>", entities(&line));
    }
    let longest = line.split(|it| it != '`').map(str::len).max();
    let ticks = "`".repeat(longest.unwrap_or_default() + 1);
    let pad = match line.starts_with('`') || line.ends_with('`') {
        true => " ",
        false => "",
    };
    let line = match spot {
        Spot::Line => line,
        Spot::Cell => line.replace('|', "\\|"),
    };
    format!("{ticks}{pad}{line}{pad}{ticks}")
}

/// A text whose every sign is written by its number.
fn entities(text: &str) -> String {
    let written = text.chars().map(|it| match it {
        it if it.is_alphanumeric() || it == ' ' => it.to_string(),
        it => format!("&#{};", u32::from(it)),
    });
    written.collect()
}

/// Text without code.
fn plain(text: &str, links: &Links) -> String {
    let mut written = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.contains('_') && links.places.contains_key(word) {
            written += &links.tool(word, Spot::Line);
        } else {
            escape(word, &mut written);
        }
        let next = after.find(is_word).unwrap_or(after.len());
        let (between, after) = after.split_at(next);
        escape(between, &mut written);
        rest = after;
    }
    inert_start(written)
}

fn is_word(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_'
}

/// Writes characters that Markdown would read otherwise so that it does not.
fn escape(text: &str, written: &mut String) {
    let mut characters = text.chars().peekable();
    while let Some(it) = characters.next() {
        let before = written.chars().next_back();
        let next = characters.peek().copied();
        let is_meant = match it {
            '\\' | '`' | '*' | '[' | ']' | '~' | '$' | '|' => true,
            // Within a word it is a letter.
            '_' => ![before, next]
                .iter()
                .all(|it| it.is_some_and(char::is_alphanumeric)),
            // After a space, or another one, it may end a heading.
            '#' => before.is_none_or(|it| it == '#' || it.is_whitespace()),
            _ => false,
        };
        match it {
            '<' => written.push_str("&lt;"),
            '&' if next.is_none_or(|it| it == '#' || it.is_ascii_alphanumeric()) => {
                written.push_str("&amp;")
            }
            it => {
                written.extend(is_meant.then_some('\\'));
                written.push(it);
            }
        }
    }
}

/// At its start, a line may be a list, a quotation, a heading or a rule.
fn inert_start(written: String) -> String {
    let digits = written
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(written.len());
    let ends_number = || matches!(written.chars().nth(digits + 1), None | Some(' '));
    match written.chars().nth(digits) {
        Some('-' | '+' | '=' | '>') if digits == 0 => format!("\\{written}"),
        Some('.' | ')') if digits > 0 && ends_number() => {
            let (number, rest) = written.split_at(digits);
            format!("{number}\\{rest}")
        }
        _ => written,
    }
}

/// Within quotes, Mermaid reads all but these as they are.
pub(super) fn label(text: &str) -> String {
    one_line(text)
        .replace('"', "'")
        .replace(['<', '>', '`', '#'], "")
}

/// A block of code, between as many backticks as that takes.
pub(super) fn block(text: &str, language: &str) -> String {
    let longest = text.split(|it| it != '`').map(str::len).max();
    let ticks = "`".repeat((longest.unwrap_or_default() + 1).max(3));
    format!("{ticks}{language}\n{text}\n{ticks}")
}

fn one_line(text: &str) -> String {
    let words = text.split(|it: char| it.is_whitespace() || it.is_control());
    let words = words.filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Spot, code};

    #[test]
    fn a_bar_after_a_backslash_ends_no_cell() {
        assert_eq!(code("a|b", Spot::Cell), "`a\\|b`");
        assert_eq!(code("a\\|b", Spot::Line), "`a\\|b`");
        assert_eq!(code("a\\|b", Spot::Cell), "<code>a&#92;&#124;b</code>");
    }
}
