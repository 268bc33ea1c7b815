//! The words of a text by which its meaning is compared: in small letters, singular, without those that mean nothing.

use std::collections::BTreeSet;

use crate::words::{singular, snake};

/// Words that every text has, whatever it is about.
const IDLE: &[&str] = &[
    "a", "all", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "its",
    "no", "not", "of", "on", "one", "only", "or", "than", "that", "the", "then", "this", "to",
    "which", "with",
];

/// The words of a text.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    list(text).into_iter().collect()
}

/// The words of a name, whatever its case.
pub(super) fn words_of_name(name: &str) -> BTreeSet<String> {
    words(&snake(name))
}

/// The words of a text, in its order.
pub(super) fn list(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|it: char| !it.is_alphanumeric());
    let words = words.filter(|it| !it.is_empty() && !IDLE.contains(it));
    words.map(singular).collect()
}
