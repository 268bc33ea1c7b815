//! Of two long texts, the part where they begin to differ.

use codegen::compare::Change;

/// What was and what is, on one line each, of at most so many characters.
pub(super) fn excerpts(change: &Change, most: usize) -> (Option<String>, Option<String>) {
    let line = |it: &Option<String>| it.as_ref().map(|it| one_line(it));
    match (line(&change.before), line(&change.after)) {
        (Some(before), Some(after)) => {
            let same = before
                .chars()
                .zip(after.chars())
                .take_while(|(a, b)| a == b)
                .count();
            // A few words of what is the same, to know where one is.
            let start = same.saturating_sub(40);
            (
                Some(cut(&before, start, most)),
                Some(cut(&after, start, most)),
            )
        }
        (before, after) => {
            let cut = |it: Option<String>| it.map(|it| cut(&it, 0, most));
            (cut(before), cut(after))
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, start: usize, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let start = start.min(length - most);
    let part: String = text.chars().skip(start).take(most).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if start + most < length { "…" } else { "" };
    format!("{before}{part}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_to_where_they_differ() {
        let same = "x ".repeat(100);
        let change = |before: &str, after: &str| Change {
            class: codegen::compare::Class::Wording,
            rule: "description-changed",
            subject: "tool".to_owned(),
            at: String::new(),
            before: Some(before.to_owned()),
            after: Some(after.to_owned()),
        };
        let (before, after) = excerpts(&change(&format!("{same}old"), &format!("{same}new")), 60);
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        assert!(
            before.starts_with('…') && before.ends_with("old"),
            "{before}"
        );
        assert!(
            after.ends_with("new") && after.chars().count() <= 62,
            "{after}"
        );
        assert_eq!(
            excerpts(&change("a\n b", "c"), 60),
            (Some("a b".to_owned()), Some("c".to_owned()))
        );
    }
}
