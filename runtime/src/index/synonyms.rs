//! What people say for what a vendor calls otherwise: the vendor's own words, and general English.

use super::{
    language::SAME,
    words::{Splitter, Token, Tokens, words},
};
use crate::table::Synonym;

/// What is said, and what the tools call it.
struct Meaning {
    /// Stems of what is said.
    said: Vec<String>,
    /// What the tools call it.
    means: Vec<Token>,
    /// How sure that is, from 0 to 1.
    sure: f32,
}

/// What people say for what a vendor calls otherwise.
pub(super) struct Synonyms {
    meanings: Vec<Meaning>,
}

impl Synonyms {
    /// How sure a vendor's word is.
    const VENDORS: f32 = 0.95;
    /// How sure a general word is.
    const GENERAL: f32 = 0.75;

    /// The synonyms whose meaning some tool has.
    pub(super) fn new(vendors: &[Synonym], splitter: &Splitter, tokens: &Tokens) -> Self {
        let mut all = Self {
            meanings: Vec::new(),
        };
        for synonym in vendors {
            for said in synonym.said {
                all.add(said, synonym.term, Self::VENDORS, splitter, tokens);
            }
        }
        for row in SAME {
            for said in *row {
                for term in row.iter().filter(|it| *it != said) {
                    all.add(said, term, Self::GENERAL, splitter, tokens);
                }
            }
        }
        all
    }

    fn add(&mut self, said: &str, term: &str, sure: f32, splitter: &Splitter, tokens: &Tokens) {
        let stems = |text: &str| -> Vec<String> {
            words(text)
                .iter()
                .flat_map(|it| splitter.stems(it))
                .collect()
        };
        let means: Option<Vec<Token>> = stems(term).iter().map(|it| tokens.find(it)).collect();
        if let Some(means) = means.filter(|it| !it.is_empty()) {
            let said = words(said).iter().map(|it| splitter.stem(it)).collect();
            self.meanings.push(Meaning { said, means, sure });
        }
    }

    /// What the beginning of these stems means: how many of them, and each meaning; of the longest that is known.
    pub(super) fn of(&self, stems: &[String]) -> (usize, Vec<(&[Token], f32)>) {
        let fitting = || {
            self.meanings
                .iter()
                .filter(|it| stems.starts_with(&it.said))
        };
        let longest = fitting().map(|it| it.said.len()).max().unwrap_or(1);
        let meanings = fitting().filter(|it| it.said.len() == longest);
        (
            longest,
            meanings.map(|it| (it.means.as_slice(), it.sure)).collect(),
        )
    }
}
