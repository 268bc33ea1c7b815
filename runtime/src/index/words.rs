//! How texts become tokens: words split at humps and separators, compounds taken apart, endings cut off.

use std::collections::{HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};

/// A stem, by its number.
pub(super) type Token = u32;

/// Longest word that is looked at, in bytes: what is longer is no word.
const LONGEST: usize = 40;

/// Words of a text, in lower case: `typeSubTypes` is `type`, `sub`, `types`.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(it) = characters.next() {
        let is_apostrophe = matches!(it, '\'' | '’');
        let starts = it.is_uppercase()
            && (before.is_lowercase()
                || before.is_ascii_digit()
                || before.is_uppercase() && hump_ahead(characters.clone()));
        if starts || !(it.is_alphanumeric() || is_apostrophe) {
            take(&mut word, &mut words);
        }
        if it.is_alphanumeric() || is_apostrophe && !word.is_empty() {
            word.extend(it.to_lowercase());
        }
        before = it;
    }
    take(&mut word, &mut words);
    words
}

/// Whether two lower-case letters follow: `SLAs` is one word, and so is the `P` of `PDFFile` no part of `File`.
fn hump_ahead(mut following: impl Iterator<Item = char>) -> bool {
    following.next().is_some_and(char::is_lowercase)
        && following.next().is_some_and(char::is_lowercase)
}

fn take(word: &mut String, words: &mut Vec<String>) {
    let plain = word.trim_end_matches(['\'', '’']);
    let plain = plain
        .strip_suffix("'s")
        .or_else(|| plain.strip_suffix("’s"))
        .unwrap_or(plain);
    if !plain.is_empty() && plain.len() <= LONGEST {
        words.push(plain.to_owned());
    }
    word.clear();
}

/// Splits texts into stems. It has learned from texts that are spaced, or humped, which words stand side by side, so that it
/// knows `purchaseorders` for `purchase` and `orders`.
pub(super) struct Splitter {
    stemmer: Stemmer,
    /// Pairs of stems that were seen side by side.
    neighbours: HashSet<(String, String)>,
}

impl Splitter {
    /// Shortest part of a compound.
    const SHORTEST: usize = 3;

    /// Learns from texts.
    pub(super) fn learn<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut splitter = Self {
            stemmer: Stemmer::create(Algorithm::English),
            neighbours: HashSet::new(),
        };
        let mut pairs = HashSet::new();
        for text in texts {
            let words = words(text);
            pairs.extend(
                words
                    .windows(2)
                    .map(|pair| (pair[0].clone(), pair[1].clone())),
            );
        }
        let pairs = pairs
            .iter()
            .map(|(one, other)| (splitter.stem(one), splitter.stem(other)));
        splitter.neighbours = pairs.collect();
        splitter
    }

    /// A word without its ending.
    pub(super) fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }

    /// A word's stem, or those of its parts.
    pub(super) fn stems(&self, word: &str) -> Vec<String> {
        self.parts(word).iter().map(|it| self.stem(it)).collect()
    }

    /// A compound's parts, or the word itself.
    fn parts<'w>(&self, word: &'w str) -> Vec<&'w str> {
        let long = word.len() >= 2 * Self::SHORTEST && word.is_ascii();
        let cuts = if long {
            Self::SHORTEST..word.len() - Self::SHORTEST + 1
        } else {
            0..0
        };
        for cut in cuts.rev() {
            let (first, rest) = word.split_at(cut);
            let rest = self.parts(rest);
            if self
                .neighbours
                .contains(&(self.stem(first), self.stem(rest[0])))
            {
                return [vec![first], rest].concat();
            }
        }
        vec![word]
    }
}

/// The stems that there are, and a word to show for each.
#[derive(Default)]
pub(super) struct Tokens {
    by_stem: HashMap<String, Token>,
    /// What was taken apart already.
    by_word: HashMap<String, Vec<Token>>,
    shown: Vec<String>,
    /// Words as they stand, without a plural's ending.
    whole: HashSet<String>,
}

impl Tokens {
    /// The tokens of a word, made if need be: one, or those of its parts.
    pub(super) fn of(&mut self, word: &str, splitter: &Splitter) -> Vec<Token> {
        if let Some(tokens) = self.by_word.get(word) {
            return tokens.clone();
        }
        let parts = splitter.parts(word).into_iter();
        let tokens: Vec<Token> = parts
            .map(|it| self.intern(&splitter.stem(it), it))
            .collect();
        self.by_word.insert(word.to_owned(), tokens.clone());
        tokens
    }

    /// The token of a stem, made if need be; `word` is what people see of it.
    fn intern(&mut self, stem: &str, word: &str) -> Token {
        self.whole.insert(singular(word));
        if let Some(token) = self.by_stem.get(stem) {
            let shown = &mut self.shown[*token as usize];
            // One rather than many; but no name that was cut short.
            if shown.strip_prefix(word).is_some_and(|it| it.len() <= 2) {
                word.clone_into(shown);
            }
            return *token;
        }
        let token = Token::try_from(self.shown.len()).unwrap_or(Token::MAX);
        self.by_stem.insert(stem.to_owned(), token);
        self.shown.push(word.to_owned());
        token
    }

    /// The token of a stem, if any tool has it.
    pub(super) fn find(&self, stem: &str) -> Option<Token> {
        self.by_stem.get(stem).copied()
    }

    /// Whether this very word stands in a tool, one or many: two words of one stem can mean different things.
    pub(super) fn has(&self, word: &str) -> bool {
        self.whole.contains(&singular(word))
    }

    /// A token as people see it.
    pub(super) fn show(&self, token: Token) -> &str {
        self.shown.get(token as usize).map_or("", String::as_str)
    }

    /// What a word that is no token may have been meant to be: one of which it is the beginning, or one with a letter
    /// or two wrong; the nearest first.
    pub(super) fn near(&self, stem: &str) -> Vec<Token> {
        // Of short words too many are alike.
        let most = match stem.len() {
            ..4 => return Vec::new(),
            4..6 => 1,
            6.. => 2,
        };
        let mut near: Vec<(usize, Token)> = self
            .by_stem
            .iter()
            // The first letter is rarely the wrong one, and to compare with all would take long.
            .filter(|(known, _)| known.as_bytes().first() == stem.as_bytes().first())
            .filter_map(|(known, token)| {
                let wrong = match known.strip_prefix(stem) {
                    Some(_) => 1,
                    None if known.len().abs_diff(stem.len()) > most => return None,
                    None => strsim::osa_distance(known, stem),
                };
                (wrong <= most).then_some((wrong, *token))
            })
            .collect();
        near.sort_unstable();
        near.truncate(2);
        near.into_iter().map(|(_, token)| token).collect()
    }
}

/// The same for one and for many, whatever it is.
fn singular(word: &str) -> String {
    let plain = word.strip_suffix('s').unwrap_or(word);
    let plain = plain.strip_suffix('e').unwrap_or(plain);
    plain
        .strip_suffix("i")
        .map_or_else(|| plain.to_owned(), |it| format!("{it}y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_words() {
        for (text, expected) in [
            ("typeSubTypes", &["type", "sub", "types"][..]),
            ("/service/SLAs/{id}", &["service", "slas", "id"]),
            ("PDFFile of John's", &["pdf", "file", "of", "john"]),
            ("get_single_by_id2", &["get", "single", "by", "id2"]),
            ("Größe’s «ÄRGER»", &["größe", "ärger"]),
            ("' '' — 🎫", &[]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert!(words(&"x".repeat(1000)).is_empty());
    }

    #[test]
    fn compounds_are_what_was_seen_side_by_side() {
        let splitter =
            Splitter::learn(["PurchaseOrder statuses", "Get List of TimeEntry"].into_iter());
        assert_eq!(
            splitter.parts("purchaseorderstatuses"),
            ["purchase", "order", "statuses"]
        );
        assert_eq!(splitter.parts("timeentries"), ["time", "entries"]);
        assert_eq!(splitter.parts("statuses"), ["statuses"]);
        assert_eq!(splitter.stems("timeentries"), ["time", "entri"]);
    }

    #[test]
    fn what_is_wrong_by_a_letter_or_two_is_guessed() {
        let (splitter, mut tokens) = (Splitter::learn([].into_iter()), Tokens::default());
        for word in ["tickets", "ticket", "approve", "note", "configuration"] {
            tokens.of(word, &splitter);
        }
        let guess = |word: &str| {
            tokens
                .near(&splitter.stem(word))
                .first()
                .map(|it| tokens.show(*it))
        };
        assert_eq!(guess("tikcet"), Some("ticket"));
        assert_eq!(guess("aproove"), Some("approve"));
        assert_eq!(guess("config"), Some("configuration"));
        assert_eq!(guess("nite"), Some("note"));
        assert_eq!(
            (guess("nit"), guess("zebra"), guess("kicket")),
            (None, None, None)
        );
    }
}
