//! A request in people's words, understood: what is to be done, to what, and what each word can mean.

use std::collections::BTreeMap;

use super::{
    language::{Deed, Lead, is_idle, is_link, is_state, lead},
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
    /// How many words were guessed at.
    guesses: usize,
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
const VERB: f32 = 0.45;
/// What a unit counts for that comes after `of`, `on` or `for`.
const LINKED: f32 = 0.6;
/// What a unit counts for that says in which state something is: that is a matter of arguments.
const STATE: f32 = 0.3;
/// How sure a word is of which only the stem is known.
const RELATED: f32 = 0.7;
/// How sure a corrected word is.
const GUESSED: f32 = 0.7;

/// What a request is read with.
pub(super) struct Reader<'a> {
    /// Takes words apart.
    pub(super) splitter: &'a Splitter,
    /// What the tools have.
    pub(super) tokens: &'a Tokens,
    /// What people say for it.
    pub(super) synonyms: &'a Synonyms,
}

impl Reader<'_> {
    /// Reads a request.
    pub(super) fn read(&self, query: &str) -> Request {
        let mut said = words(query);
        said.truncate(MOST);
        let Lead { deeds, verb, rest } = lead(&said);
        let mut request = Request {
            deeds,
            units: Vec::new(),
            unknown: Vec::new(),
            guesses: 0,
        };
        self.things(&said, rest, &mut request);
        if request.units.is_empty() && request.unknown.is_empty() {
            // There is nothing but the verb, so it is what the request is about.
            self.things(&said, 0, &mut request);
        } else if let Some(verb) = verb.map(|it| &said[it]).filter(|it| self.tokens.has(it)) {
            request.units.extend(self.unit(verb, VERB));
        }
        if request.deeds.contains(&Deed::Count) {
            request.units.extend(self.unit("count", 1.0));
        }
        request
    }

    /// What a request is about, from one of its words on.
    fn things(&self, said: &[String], from: usize, request: &mut Request) {
        let stems: Vec<String> = said.iter().map(|it| self.splitter.stem(it)).collect();
        let (mut at, mut weight) = (from, 1.0);
        while at < said.len() {
            let (length, meanings) = self.synonyms.of(&stems[at..]);
            if is_link(&said[at]) && !request.units.is_empty() {
                weight = LINKED;
            }
            if length > 1 || !is_idle(&said[at]) {
                let words = &said[at..at + length];
                let weight = if is_state(&said[at]) {
                    weight * STATE
                } else {
                    weight
                };
                self.thing(words, meanings, weight, request);
            }
            at += length;
        }
    }

    /// A word, or some that are one term.
    fn thing(
        &self,
        words: &[String],
        synonyms: Vec<(&[Token], f32)>,
        weight: f32,
        request: &mut Request,
    ) {
        let parts: Vec<String> = words
            .iter()
            .flat_map(|it| self.splitter.stems(it))
            .collect();
        let known: Option<Vec<Token>> = parts.iter().map(|it| self.tokens.find(it)).collect();
        let whole = parts.len() > words.len() || words.iter().all(|it| self.tokens.has(it));
        let sure = if whole { 1.0 } else { RELATED };
        let own = known.map(|tokens| Meaning { tokens, sure });
        let others = synonyms.into_iter().map(|(it, sure)| Meaning {
            tokens: it.to_vec(),
            sure,
        });
        let mut meanings: Vec<Meaning> = own.into_iter().chain(others).collect();
        if meanings.is_empty() && request.guesses < MOST_GUESSES {
            request.guesses += 1;
            let guesses = parts.iter().flat_map(|it| self.tokens.near(it));
            meanings.extend(guesses.map(|token| Meaning {
                tokens: vec![token],
                sure: GUESSED,
            }));
        }
        let said = words.join(" ");
        if meanings.is_empty() {
            request.unknown.push(said);
        } else {
            request.units.push(Unit {
                said,
                meanings,
                weight,
            });
        }
    }

    /// A word that means itself, if any tool has it.
    fn unit(&self, word: &str, weight: f32) -> Option<Unit> {
        let token = self.tokens.find(&self.splitter.stem(word))?;
        let meanings = vec![Meaning {
            tokens: vec![token],
            sure: 1.0,
        }];
        Some(Unit {
            said: word.to_owned(),
            meanings,
            weight,
        })
    }
}

impl Request {
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
