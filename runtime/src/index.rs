//! Which tools a request in people's words means: a lexical index over what is known of them.

mod language;
mod rank;
mod request;
mod subject;
mod synonyms;
mod words;

use std::collections::{BTreeSet, HashMap};

use bm25::{Embedding, Scorer, TokenEmbedding};

use self::{
    rank::Ranking,
    request::Reader,
    subject::{Described, Part},
    synonyms::Synonyms,
    words::{Splitter, Token, Tokens},
};
use crate::table::{About, Effect, Method, Synonym};

/// What the index is told of a tool.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Name.
    pub name: &'a str,
    /// The tool as `tools/list` shows it, as JSON text.
    pub listing: &'a str,
    /// Plural name of its resource.
    pub resource: &'a str,
    /// Path template; empty where it has none.
    pub path: &'a str,
    /// Its tags.
    pub tags: &'a [&'a str],
    /// What it does to its resource.
    pub method: Method,
    /// What it does to the world.
    pub effect: Effect,
}

impl Subject<'static> {
    /// A tool of the table.
    #[must_use]
    pub fn of(about: &About) -> Self {
        Self {
            name: about.name,
            listing: about.listing,
            resource: about.resource,
            path: about.path,
            tags: about.tags,
            method: about.method,
            effect: about.effect,
        }
    }
}

/// A tool that fits a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which of the subjects, in the order in which they were told.
    pub subject: usize,
    /// How well it fits; only good for comparison within one answer.
    pub score: f32,
    /// Which words of the request stand in which parts of the tool.
    pub why: String,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The tools that fit, the best first.
    pub hits: Vec<Hit>,
    /// Words of the request that stand nowhere.
    pub unknown: Vec<String>,
}

/// A lexical index over tools.
pub struct Index {
    tokens: Tokens,
    splitter: Splitter,
    synonyms: Synonyms,
    subjects: Vec<Described>,
    /// Which subjects have a token in what names them, and how much that says; then the same of what tells of them.
    scorers: [Scorer<u32, Token>; 2],
}

impl Index {
    /// The index over these tools, with the vendor's own words for its things.
    pub fn new<'a>(synonyms: &[Synonym], subjects: impl IntoIterator<Item = Subject<'a>>) -> Self {
        let texts: Vec<_> = subjects.into_iter().map(subject::texts).collect();
        let splitter = Splitter::learn(texts.iter().flat_map(subject::Texts::spaced));
        let mut tokens = Tokens::default();
        let subjects: Vec<Described> = texts
            .iter()
            .map(|texts| texts.describe(&splitter, &mut tokens))
            .collect();
        let synonyms = Synonyms::new(synonyms, &splitter, &tokens);
        let scorers = [true, false].map(|is_naming| scorer(&subjects, is_naming));
        Self {
            tokens,
            splitter,
            synonyms,
            subjects,
            scorers,
        }
    }

    /// The tools that fit a request best, at most so many.
    pub fn search(&self, query: &str, most: usize) -> Found {
        let reader = Reader {
            splitter: &self.splitter,
            tokens: &self.tokens,
            synonyms: &self.synonyms,
        };
        let request = reader.read(query);
        let ranking = Ranking::new(&request, &self.subjects, &self.scorers);
        let hits = ranking.best(most).into_iter();
        Found {
            hits: hits
                .map(|(subject, score)| Hit {
                    subject,
                    score,
                    why: request.why(&self.subjects[subject], &self.tokens),
                })
                .collect(),
            unknown: request.unknown,
        }
    }
}

/// Weighs each token of each subject by the parts that it stands in: BM25 over weighted fields, of which the library
/// keeps the postings and the rarity of tokens.
///
/// What names a tool and what tells of it are weighed apart: a word that is an argument of many tools may name few.
fn scorer(subjects: &[Described], is_naming: bool) -> Scorer<u32, Token> {
    /// How fast one more part with the same token stops to matter.
    const SATURATION: f32 = 1.2;
    let mut scorer = Scorer::new();
    let averages = Part::ALL.map(|part| {
        let words: usize = subjects.iter().map(|it| it.part(part).len()).sum();
        (words as f32 / subjects.len().max(1) as f32).max(1.0)
    });
    let parts = || {
        Part::ALL
            .into_iter()
            .zip(averages)
            .filter(|(part, _)| part.is_naming() == is_naming)
    };
    for (number, subject) in (0_u32..).zip(subjects) {
        let mut weights: HashMap<Token, f32> = HashMap::new();
        for (part, average) in parts() {
            let tokens: BTreeSet<Token> = subject.part(part).iter().copied().collect();
            let long = 1.0 - part.brevity() + part.brevity() * tokens.len() as f32 / average;
            for token in tokens {
                *weights.entry(token).or_default() += part.weight() / long;
            }
        }
        let mut tokens: Vec<_> = weights
            .into_iter()
            .map(|(index, weight)| TokenEmbedding {
                index,
                value: weight * (SATURATION + 1.0) / (weight + SATURATION),
            })
            .collect();
        tokens.sort_by_key(|it| it.index);
        scorer.upsert(&number, Embedding(tokens));
    }
    scorer
}
