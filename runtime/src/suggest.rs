//! Which known name a wrong one was meant to be.

use std::cmp::Ordering;

use crate::text;

/// Similarity from which on a known name counts as near.
const NEAR: f64 = 0.8;

/// How far behind the nearest name another may be and still be named too.
const TIE: f64 = 0.04;

/// Most names that are suggested.
const MOST: usize = 3;

/// The end of a message about an unknown name: the nearest known names, or, when none is near, what names there are.
///
/// `kind` says what the names are, such as `inputs`.
pub(crate) fn instead(word: &str, known: &[&str], kind: &str) -> String {
    let near = nearest(word, known);
    if !near.is_empty() {
        let names: Vec<_> = near.into_iter().map(text::ticked).collect();
        format!("; did you mean {}?", names.join(" or "))
    } else if known.is_empty() {
        format!("; there are no {kind} here")
    } else {
        format!(
            "; the known {kind} are {}",
            text::list(known.iter().map(|name| text::ticked(name)))
        )
    }
}

/// The known names that are nearest to a word, if any is near; the nearest first.
pub(crate) fn nearest<'k>(word: &str, known: &[&'k str]) -> Vec<&'k str> {
    let word = folded(word);
    let mut near: Vec<_> = known
        .iter()
        .map(|name| (similarity(&word, &folded(name)), *name))
        .filter(|(score, _)| *score >= NEAR)
        .collect();
    near.sort_by(|(one, _), (other, _)| other.partial_cmp(one).unwrap_or(Ordering::Equal));
    let best = near.first().map_or(0.0, |(score, _)| *score);
    near.into_iter()
        .take_while(|(score, _)| best - score <= TIE)
        .take(MOST)
        .map(|(_, name)| name)
        .collect()
}

fn similarity(word: &str, name: &str) -> f64 {
    if word == name {
        1.0
    } else if word.len() > 2 && name.len() > 2 && (name.contains(word) || word.contains(name)) {
        // The less there is around it, the nearer: `work` is `works` before it is `work_installers`.
        let (short, long) = (word.len().min(name.len()), word.len().max(name.len()));
        0.9 + 0.1 * short as f64 / long as f64
    } else if strsim::normalized_damerau_levenshtein(word, name) <= 0.5 {
        // A common beginning or common letters are not enough: `contains` is not `not_in`.
        0.0
    } else {
        strsim::jaro_winkler(word, name)
    }
}

/// Case and separators are what models get wrong most. Cut, since a caller decides how long a key is.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|it| it.is_alphanumeric())
        .take(64)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &[
        "id",
        "customer_id",
        "work_type",
        "next_cursor",
        "limit",
        "start_date",
        "end_date",
    ];

    #[test]
    fn nearest_names() {
        let cases: &[(&str, &[&str])] = &[
            ("custmer_id", &["customer_id"]),
            ("customerId", &["customer_id"]),
            ("customer", &["customer_id"]),
            ("CUSTOMER-ID", &["customer_id"]),
            ("cursor", &["next_cursor"]),
            ("lmit", &["limit"]),
            ("ID", &["id"]),
            ("startdate", &["start_date"]),
            ("zebra", &[]),
            ("contains", &[]),
            ("customers", &["customer_id"]),
            ("", &[]),
            ("work_typ", &["work_type"]),
        ];
        for (word, near) in cases {
            assert_eq!(nearest(word, KNOWN), *near, "{word}");
        }
    }

    #[test]
    fn what_to_use_instead() {
        assert_eq!(instead("lmit", KNOWN, "inputs"), "; did you mean `limit`?");
        assert!(nearest("contains", &["equals", "not_in"]).is_empty());
        assert_eq!(
            instead("zebra", &["a", "b"], "inputs"),
            "; the known inputs are `a`, `b`"
        );
        assert_eq!(
            instead("zebra", &[], "inputs"),
            "; there are no inputs here"
        );
    }
}
