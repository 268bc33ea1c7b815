//! Turns a vendor's Markdown and HTML into plain sentences of a sensible length.

use std::sync::OnceLock;

use regex_lite::Regex;

use crate::words::snake;

/// What is taken out of a text, and what stands in its place.
const NOISE: [(&str, &str); 10] = [
    (r"(?s)```.*?(```|$)", " "),
    (r"(?s)<!--.*?-->", " "),
    (r"</?[a-zA-Z][^<>]*>", " "),
    (r"!\[[^\]]*\]\([^)]*\)", " "),
    (r"\[([^\]]+)\]\([^)]*\)", "$1"),
    (r"(?m)^\s*\|.*$", " "),
    (r"(?m)^\s{0,3}#{1,6}\s.*$", " "),
    (r"(?m)^\s*([*+-]|>|=+|-{3,})\s+", ""),
    (r"\*\*([^*]+)\*\*", "$1"),
    (r"__([^_]+)__", "$1"),
];

const ENTITIES: [(&str, &str); 6] = [
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&amp;", "&"),
];

/// One line of plain text.
pub(super) fn flat(text: &str) -> String {
    static RULES: OnceLock<Vec<(Regex, &str)>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        let compiled = NOISE.iter();
        compiled
            .map(|(pattern, new)| {
                (
                    Regex::new(pattern).expect("codegen bug: no regular expression"),
                    *new,
                )
            })
            .collect()
    });
    // What is longer than this is no description, and is cut anyway.
    let mut text: String = text.chars().take(8000).collect();
    for (rule, new) in rules {
        text = rule.replace_all(&text, *new).into_owned();
    }
    for (entity, character) in ENTITIES {
        text = text.replace(entity, character);
    }
    let words = text.split(|it: char| it.is_whitespace() || it.is_control() || is_unprintable(it));
    words
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Characters that YAML does not take, or that end a line.
fn is_unprintable(it: char) -> bool {
    matches!(
        it,
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}'
    )
}

/// At most `max` characters: whole sentences, or else whole words.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let start: String = text.chars().take(max).collect();
    let sentence = [". ", "! ", "? "]
        .iter()
        .filter_map(|it| start.rfind(it))
        .max();
    if let Some(end) = sentence.filter(|end| *end > max / 4) {
        return start[..=end].to_owned();
    }
    let word = start.rfind(' ').unwrap_or(start.len());
    format!("{} …", &start[..word])
}

/// The first sentence, without what ends it.
pub(super) fn first_sentence(text: &str) -> &str {
    let end = text.find(". ").unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

/// A text that ends like a sentence.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The words of a name: `perPage` is `Per page`.
pub(super) fn spoken(name: &str) -> String {
    let words = snake(name).replace('_', " ");
    let mut characters = words.trim().chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, flat, sentence, spoken};

    #[test]
    fn markdown_and_html_become_sentences() {
        for (text, plain) in [
            (
                "# Pets\n\nCreate a **pet**. See [the guide](https://x.y/z).",
                "Create a pet. See the guide.",
            ),
            (
                "<p>Lists   pets.<br/>With &lt;tags&gt;</p>",
                "Lists pets. With <tags>",
            ),
            ("Before ```json\n{}\n``` after", "Before after"),
            ("- one\n- two\n", "one two"),
            ("a < b and c > d", "a < b and c > d"),
            ("| a | b |\n|---|---|\n", ""),
            (
                "snake_case__stays and `code` too",
                "snake_case__stays and `code` too",
            ),
        ] {
            assert_eq!(flat(text), plain);
        }
    }

    #[test]
    fn long_texts_end_at_a_sentence() {
        assert_eq!(cut("One two. Three four five.", 12), "One two.");
        assert_eq!(cut("One two three four", 12), "One two …");
        assert_eq!(cut("short", 12), "short");
        assert_eq!(sentence("List pets"), "List pets.");
        assert_eq!(spoken("perPage"), "Per page");
        assert_eq!(spoken("größe"), "Größe");
    }
}
