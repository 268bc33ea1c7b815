//! Decides the anchors of a page's headings as GitHub does, so that links to them work there.

use std::collections::BTreeMap;

/// The anchors of a page so far.
#[derive(Default)]
pub(super) struct Anchors {
    used: BTreeMap<String, usize>,
}

impl Anchors {
    /// The anchor of the next heading; one that was there already is numbered.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let anchor = slug(heading);
        let count = self.used.entry(anchor.clone()).or_default();
        let number = *count;
        *count += 1;
        match number {
            0 => anchor,
            number => format!("{anchor}-{number}"),
        }
    }
}

/// Letters, digits and low lines as they are, in lower case; hyphens for spaces; nothing else.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|it| match it {
        ' ' | '-' => Some('-'),
        '_' => Some('_'),
        it if it.is_alphanumeric() => Some(it),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn anchors_are_those_of_github() {
        let mut anchors = Anchors::default();
        for (heading, anchor) in [
            ("How to read an entry", "how-to-read-an-entry"),
            ("list_all_acme_things", "list_all_acme_things"),
            ("Acme: 2 tools", "acme-2-tools"),
            ("works", "works"),
            ("Works", "works-1"),
            ("works", "works-2"),
            ("Über: a.b", "über-ab"),
        ] {
            assert_eq!(anchors.next(heading), anchor);
        }
    }
}
