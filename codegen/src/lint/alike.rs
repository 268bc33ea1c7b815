//! Which tools a model could not tell apart by what is said of them.
//!
//! Two texts are as alike as the words that they share weigh of all their words (a weighted Jaccard index); a word weighs the more,
//! the fewer texts have it. What is alike is still told apart where a word of one tool's name stands in its text and not in the
//! other's. Not every pair is compared: with words in order of their weight, two texts that are alike share one of the first few
//! of each (a prefix filter), so that each is compared with those alone that share such a word.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    found::Found,
    subject::{Subject, Tool},
    text::{words, words_of_name},
};

/// Tools that say nearly the same.
pub(super) fn alike(subject: &Subject<'_>, found: &mut Found) {
    let percent = u32::try_from(subject.budgets.alike_percent).unwrap_or(100);
    let texts = Texts::of(&subject.tools, f64::from(percent) / 100.0);
    let mut groups = Groups::new(texts.said.len());
    for (index, others) in texts.candidates().into_iter().enumerate() {
        for other in others {
            let (a, b) = (&texts.said[index], &texts.said[other]);
            if texts.are_alike(a, b) && !texts.are_told_apart(a, b) {
                groups.join(index, other);
            }
        }
    }
    for group in groups.all() {
        let tools = group.iter().flat_map(|it| &texts.said[*it].tools);
        let tools: Vec<String> = tools.map(|it| it.plan.name.clone()).collect();
        if tools.len() > 1 {
            found.tools(
                tools,
                "what they say of themselves does not tell them apart",
            );
        }
    }
}

/// A word, by its place in the order of weights: the heaviest first.
type Word = usize;

/// What is said of some tools, which say the same.
struct Said<'a> {
    /// In order.
    words: Vec<Word>,
    weight: f64,
    tools: Vec<&'a Tool<'a>>,
}

/// What all tools say.
struct Texts<'a> {
    /// From this likeness on, two are alike.
    limit: f64,
    /// By word.
    vocabulary: Vec<String>,
    weights: Vec<f64>,
    said: Vec<Said<'a>>,
}

impl<'a> Texts<'a> {
    fn of(tools: &'a [Tool<'a>], limit: f64) -> Self {
        let texts: Vec<BTreeSet<String>> = tools.iter().map(text).collect();
        let mut counts: BTreeMap<&String, u32> = BTreeMap::new();
        for word in texts.iter().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        let mut order: Vec<(u32, &String)> = counts.into_iter().map(|(a, b)| (b, a)).collect();
        order.sort();
        let all = texts.len() as f64;
        let weights: Vec<f64> = order
            .iter()
            .map(|(count, _)| (1.0 + all / f64::from(*count)).ln())
            .collect();
        let numbers: HashMap<&String, Word> = order
            .iter()
            .enumerate()
            .map(|(index, it)| (it.1, index))
            .collect();
        let mut same: BTreeMap<Vec<Word>, Vec<&Tool<'_>>> = BTreeMap::new();
        for (tool, text) in tools.iter().zip(&texts) {
            let mut words: Vec<Word> = text.iter().map(|it| numbers[it]).collect();
            words.sort_unstable();
            same.entry(words).or_default().push(tool);
        }
        // What says nothing is short, and told as that.
        let said = same.into_iter().filter(|(words, _)| !words.is_empty());
        let said = said.map(|(words, tools)| Said {
            weight: words.iter().map(|it| weights[*it]).sum(),
            words,
            tools,
        });
        Self {
            limit,
            said: said.collect(),
            vocabulary: order.iter().map(|it| it.1.clone()).collect(),
            weights,
        }
    }

    /// For each text, the ones before it that may be like it.
    fn candidates(&self) -> Vec<BTreeSet<usize>> {
        let mut having: HashMap<Word, Vec<usize>> = HashMap::new();
        let mut all = Vec::new();
        for (index, it) in self.said.iter().enumerate() {
            let mut others = BTreeSet::new();
            for word in self.prefix(it) {
                let having = having.entry(*word).or_default();
                others.extend(having.iter().copied());
                having.push(index);
            }
            all.push(others);
        }
        all
    }

    /// The heaviest words of a text, without which what is left of it is too light to make it like another.
    fn prefix<'b>(&self, it: &'b Said<'_>) -> &'b [Word] {
        let needed = self.limit * it.weight - ROUNDING;
        let mut rest = it.weight;
        let mut count = 0;
        for word in &it.words {
            if rest < needed {
                break;
            }
            rest -= self.weights[*word];
            count += 1;
        }
        &it.words[..count]
    }

    fn are_alike(&self, a: &Said<'_>, b: &Said<'_>) -> bool {
        let shared = a
            .words
            .iter()
            .filter(|it| b.words.binary_search(it).is_ok());
        let shared: f64 = shared.map(|it| self.weights[*it]).sum();
        shared >= self.limit * (a.weight + b.weight - shared) - ROUNDING
    }

    /// Whether a word of the names of one stands in its text, and not in the other's.
    fn are_told_apart(&self, a: &Said<'_>, b: &Said<'_>) -> bool {
        let has_own = |one: &Said<'_>, other: &Said<'_>| {
            let own = one.words.iter();
            let mut own = own.filter(|it| other.words.binary_search(it).is_err());
            own.any(|it| one.is_named_by(&self.vocabulary[*it]))
        };
        has_own(a, b) || has_own(b, a)
    }
}

impl Said<'_> {
    fn is_named_by(&self, word: &str) -> bool {
        let mut tools = self.tools.iter();
        tools.all(|it| words_of_name(&it.plan.name).contains(word))
    }
}

/// Sums of weights are exact to this.
const ROUNDING: f64 = 1e-9;

/// What a model reads of a tool beside its name.
fn text(tool: &Tool<'_>) -> BTreeSet<String> {
    words(&format!("{} {}", tool.plan.title, tool.description))
}

/// Which texts belong together: each names one that it is with, the first of them itself.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        let (first, second) = (one.min(other), one.max(other));
        self.0[second] = first;
    }

    fn all(mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..self.0.len() {
            let first = self.first(index);
            groups.entry(first).or_default().push(index);
        }
        groups.into_values().collect()
    }
}
