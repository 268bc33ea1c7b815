//! How well each tool fits a request: the words that it holds, whether they name what it is about, and what it does.

use bm25::{Embedding, Scorer, TokenEmbedding};

use super::{
    language::Deed,
    request::{Request, Unit},
    subject::{Described, Part},
    words::Token,
};
use crate::table::{Effect, Method};

/// What a word counts for that only tells of a tool, where one that names it counts for 1.
const TELLING: f32 = 0.35;

/// How well each tool fits.
pub(super) struct Ranking {
    scores: Vec<f32>,
}

impl Ranking {
    /// Scores every subject.
    pub(super) fn new(
        request: &Request,
        subjects: &[Described],
        scorers: &[Scorer<u32, Token>; 2],
    ) -> Self {
        let tokens = request.tokens();
        let columns: Vec<Vec<f32>> = tokens
            .iter()
            .map(|it| column(*it, subjects.len(), scorers))
            .collect();
        let of = |token: Token, subject: usize| {
            tokens
                .binary_search(&token)
                .map_or(0.0, |it| columns[it][subject])
        };
        let scores = subjects.iter().enumerate().map(|(number, subject)| {
            let words: f32 = request
                .units
                .iter()
                .map(|unit| unit.weight * held(unit, |token| of(token, number)))
                .sum();
            if words <= 0.0 {
                return 0.0;
            }
            words * aboutness(request, subject) * fit(request, subject)
        });
        Self {
            scores: scores.collect(),
        }
    }

    /// The best, at most so many; those that were told first come first where two fit as well.
    pub(super) fn best(&self, most: usize) -> Vec<(usize, f32)> {
        let mut found: Vec<(usize, f32)> = self
            .scores
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, score)| *score > 0.0)
            .collect();
        found.sort_by(|(a, one), (b, other)| other.total_cmp(one).then(a.cmp(b)));
        found.truncate(most);
        found
    }
}

/// What a token counts for in each subject.
fn column(token: Token, subjects: usize, scorers: &[Scorer<u32, Token>; 2]) -> Vec<f32> {
    let mut column = vec![0.0; subjects];
    let query = Embedding(vec![TokenEmbedding {
        index: token,
        value: 1.0,
    }]);
    for (scorer, weight) in scorers.iter().zip([1.0, TELLING]) {
        let found = scorer.matches(&query);
        let weight = weight * common(found.len(), subjects);
        for it in found {
            column[it.id as usize] += weight * it.score;
        }
    }
    column
}

/// What a unit counts for: its best meaning, of which all tokens must be there.
fn held(unit: &Unit, of: impl Fn(Token) -> f32) -> f32 {
    let meanings = unit.meanings.iter().map(|meaning| {
        let scores: Vec<f32> = meaning.tokens.iter().map(|token| of(*token)).collect();
        if scores.contains(&0.0) {
            return 0.0;
        }
        meaning.sure * scores.iter().sum::<f32>() / scores.len().max(1) as f32
    });
    meanings.fold(0.0, f32::max)
}

/// Makes up for how little a word counts that most tools have: where all are about one thing, that thing still matters.
fn common(holding: usize, subjects: usize) -> f32 {
    /// What the rarest word counts for more than one that all have is a matter of this: the larger, the less.
    const LEAST: f32 = 0.5;
    let (holding, subjects) = (holding as f32, subjects as f32);
    let rarity = (1.0 + (subjects - holding + 0.5) / (holding + 0.5)).ln();
    (rarity + LEAST) / rarity
}

/// Whether the request names what the tool is about: what it names only as an argument is another tool's, and what the path
/// has besides (`count`, `info`, `copy`) was not asked for.
fn aboutness(request: &Request, subject: &Described) -> f32 {
    let asked = |token: &Token| {
        let units = request.units.iter().filter_map(|unit| {
            let meaning = unit.meanings.iter().find(|it| it.tokens.contains(token))?;
            Some(meaning.sure * unit.weight * unit.weight)
        });
        units.fold(0.0, f32::max)
    };
    // Of a compound the last word is the thing, the others only say which.
    let last = subject.thing.len().saturating_sub(1);
    let weights = (0..subject.thing.len()).map(|it| if it == last { 2.0 } else { 1.0 });
    let thing = mean(subject.thing.iter().map(asked).zip(weights));
    let parents = mean(
        subject
            .part(Part::Parents)
            .iter()
            .map(asked)
            .zip(std::iter::repeat(1.0)),
    );
    let depth = i32::try_from(subject.depth).unwrap_or(i32::MAX);
    (0.4 + 0.6 * thing) * (0.75 + 0.25 * parents) * 0.98_f32.powi(depth)
}

/// The weighted mean; of nothing it is 1.
fn mean(values: impl Iterator<Item = (f32, f32)>) -> f32 {
    let (sum, weights) = values.fold((0.0, 0.0), |(sum, all), (value, weight)| {
        (sum + value * weight, all + weight)
    });
    if weights > 0.0 { sum / weights } else { 1.0 }
}

/// Whether the tool does what is asked.
fn fit(request: &Request, subject: &Described) -> f32 {
    request
        .deeds
        .iter()
        .map(|deed| does(*deed, subject))
        .fold(0.0, f32::max)
}

fn does(deed: Deed, subject: &Described) -> f32 {
    let is_read = subject.effect == Effect::Read;
    match (deed, subject.method) {
        (Deed::See | Deed::Count, Method::List) => 1.0,
        (Deed::See | Deed::Count, Method::Get) => 0.93,
        (Deed::See | Deed::Count, _) if is_read => 0.9,
        (Deed::See | Deed::Count, _) => 0.45,
        (Deed::Make, Method::Create) => 1.0,
        (Deed::Make, Method::Custom(_)) if !is_read => 0.95,
        (Deed::Make, Method::Update | Method::Replace) => 0.65,
        (Deed::Make, _) => 0.5,
        (Deed::Change, Method::Update) => 1.0,
        (Deed::Change, Method::Replace) => 0.97,
        (Deed::Change, Method::Custom(_)) if !is_read => 0.9,
        (Deed::Change, Method::Create) => 0.75,
        (Deed::Change, _) => 0.5,
        (Deed::Delete, Method::Delete) => 1.0,
        (Deed::Delete, _) if is_read => 0.5,
        (Deed::Delete, _) => 0.6,
        (Deed::Unsaid, Method::List) => 1.0,
        (Deed::Unsaid, Method::Get) => 0.93,
        (Deed::Unsaid, _) if is_read => 0.93,
        (Deed::Unsaid, Method::Create | Method::Custom(_)) => 0.85,
        (Deed::Unsaid, Method::Update) => 0.75,
        (Deed::Unsaid, Method::Replace | Method::Delete) => 0.7,
    }
}
