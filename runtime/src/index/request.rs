//! A request in people's words, understood: what is to be done, to what, and what each word can mean.

use std::collections::BTreeMap;

use super::{
    language::{Deed, deeds, is_idle, is_link, is_state},
    subject::Described,
    synonyms::Synonyms,
    words::{Splitter, Token, Tokens, words},
};

/// A request, understood.
pub(super) struct Request {
    /// What is to be done; several where a verb can mean several.
    pub(super) deeds: Vec<Deed>,
    /// What it is about.
    pub(super) units: Vec<Unit>,
    /// Words that mean nothing here.
    pub(super) unknown: Vec<String>,
}

/// A word or two, and what they can mean.
pub(super) struct Unit {
    /// As it was said.
    said: String,
    /// What it can mean.
    pub(super) meanings: Vec<Meaning>,
    /// What it counts for: the thing itself more than what it belongs to.
    pub(super) weight: f32,
}

/// What a unit can mean.
pub(super) struct Meaning {
    /// All of them together.
    pub(super) tokens: Vec<Token>,
    /// How sure, from 0 to 1.
    pub(super) sure: f32,
}

/// Most words of a request that are looked at.
const MOST: usize = 40;
/// Most words that are corrected: each is compared with all that is known.
const MOST_GUESSES: usize = 4;
/// What a verb counts for besides what it asks to be done: a tool may be called by it.
const VERB: f32 = 0.3;
/// What a unit counts for that comes after `of`, `on` or `for`.
const LINKED: f32 = 0.6;
/// What a unit counts for that says in which state something is: that is a matter of arguments.
const STATE: f32 = 0.3;
/// How sure a word is of which only the stem is known.
const RELATED: f32 = 0.7;
/// How sure a corrected word is.
const GUESSED: f32 = 0.7;

impl Request {
    /// Reads a request.
    pub(super) fn read(
        query: &str,
        splitter: &Splitter,
        tokens: &Tokens,
        synonyms: &Synonyms,
    ) -> Self {
        let mut said = words(query);
        said.truncate(MOST);
        let (deeds, lead) = deeds(&said);
        let stems: Vec<String> = said.iter().map(|it| splitter.stem(it)).collect();
        let mut request = Self {
            deeds,
            units: Vec::new(),
            unknown: Vec::new(),
        };
        if request.deeds.contains(&Deed::Count) {
            let count = tokens.find("count").map(|it| Meaning {
                tokens: vec![it],
                sure: 1.0,
            });
            request.add(
                "how many".to_owned(),
                &[],
                count.into_iter().collect(),
                1.0,
                tokens,
            );
        }
        if let Some(verb) = lead
            .checked_sub(1)
            .and_then(|it| said.get(it))
            .filter(|it| !is_idle(it))
        {
            let token = tokens
                .find(&splitter.stem(verb))
                .filter(|_| tokens.has(verb));
            let meaning = token.map(|it| Meaning {
                tokens: vec![it],
                sure: 1.0,
            });
            request.units.extend(meaning.map(|it| Unit {
                said: verb.clone(),
                meanings: vec![it],
                weight: VERB,
            }));
        }
        let (mut at, mut weight) = (lead, 1.0);
        while at < said.len() {
            let (length, meanings) = synonyms.of(&stems[at..]);
            let idle = length == 1 && is_idle(&said[at]);
            if is_link(&said[at]) && request.units.iter().any(|it| it.weight > VERB) {
                weight = LINKED;
            }
            if !idle {
                let mut own: Vec<Meaning> = Vec::new();
                let parts: Vec<String> = said[at..at + length]
                    .iter()
                    .flat_map(|it| splitter.stems(it))
                    .collect();
                let known: Option<Vec<Token>> = parts.iter().map(|it| tokens.find(it)).collect();
                let whole =
                    parts.len() > length || said[at..at + length].iter().all(|it| tokens.has(it));
                let sure = if whole { 1.0 } else { RELATED };
                own.extend(known.map(|tokens| Meaning { tokens, sure }));
                own.extend(meanings.into_iter().map(|(it, sure)| Meaning {
                    tokens: it.to_vec(),
                    sure,
                }));
                let weight = if is_state(&said[at]) {
                    weight * STATE
                } else {
                    weight
                };
                request.add(said[at..at + length].join(" "), &parts, own, weight, tokens);
            }
            at += length;
        }
        request
    }

    fn add(
        &mut self,
        said: String,
        stems: &[String],
        mut meanings: Vec<Meaning>,
        weight: f32,
        tokens: &Tokens,
    ) {
        if meanings.is_empty() && self.unknown.len() < MOST_GUESSES {
            let guesses = stems.iter().flat_map(|it| tokens.near(it));
            meanings.extend(guesses.map(|token| Meaning {
                tokens: vec![token],
                sure: GUESSED,
            }));
        }
        if meanings.is_empty() {
            self.unknown.push(said);
        } else {
            self.units.push(Unit {
                said,
                meanings,
                weight,
            });
        }
    }

    /// All tokens that matter, each once.
    pub(super) fn tokens(&self) -> Vec<Token> {
        let meanings = self.units.iter().flat_map(|it| &it.meanings);
        let mut all: Vec<Token> = meanings.flat_map(|it| it.tokens.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Which words stand in which parts of a tool.
    pub(super) fn why(&self, subject: &Described, tokens: &Tokens) -> String {
        let mut by_parts: BTreeMap<Vec<&str>, Vec<String>> = BTreeMap::new();
        for unit in &self.units {
            let best = unit.meanings.iter().find(|it| {
                it.tokens
                    .iter()
                    .all(|token| subject.holding(*token).next().is_some())
            });
            let Some(meaning) = best else { continue };
            let parts = meaning
                .tokens
                .first()
                .map(|it| subject.holding(*it).map(|it| it.name()).collect());
            let shown: Vec<&str> = meaning.tokens.iter().map(|it| tokens.show(*it)).collect();
            let words = if meaning.sure < 1.0 {
                format!("{} (as {})", unit.said, shown.join(" "))
            } else {
                unit.said.clone()
            };
            by_parts
                .entry(parts.unwrap_or_default())
                .or_default()
                .push(words);
        }
        let all: Vec<String> = by_parts
            .iter()
            .map(|(parts, words)| format!("{} in {}", words.join(", "), parts.join(", ")))
            .collect();
        all.join("; ")
    }
}
