//! Lets short rows that are alike share lines: the variants of an enum, the entries of a table. An input still has a line of its own.

/// The longest line, as in rustfmt.toml.
const WIDTH: usize = 100;

/// The text with such rows filled.
pub(super) fn fill(text: &str) -> String {
    let mut filled: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let is_short = is_short(line.trim());
        match filled.last_mut() {
            Some(last)
                if is_open
                    && is_short
                    && indent(last) == indent(line)
                    && last.chars().count() + line.trim().chars().count() < WIDTH =>
            {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => filled.push(line.to_owned()),
        }
        is_open = is_short;
    }
    filled.join("\n") + "\n"
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// `Word,`, `"text",`, `("text", Self::Word),`, `Field::word("text"),`
fn is_short(row: &str) -> bool {
    let Some(row) = row.strip_suffix(',') else {
        return false;
    };
    is_path(row) || is_text(row) || is_pair(row) || is_field(row)
}

fn is_path(row: &str) -> bool {
    !row.is_empty()
        && row
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | ':'))
}

fn is_text(row: &str) -> bool {
    row.len() > 1 && row.starts_with('"') && row.ends_with('"')
}

fn is_pair(row: &str) -> bool {
    let inner = row.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let parts = inner.and_then(|it| it.rsplit_once(", Self::"));
    parts.is_some_and(|(_, variant)| is_path(variant))
}

fn is_field(row: &str) -> bool {
    let call = row
        .strip_prefix("Field::")
        .and_then(|it| it.split_once('('));
    call.is_some_and(|(kind, rest)| is_path(kind) && rest.strip_suffix(')').is_some_and(is_text))
}
