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
    let said: Vec<BTreeSet<String>> = subject.tools.iter().map(text).collect();
    let texts = Texts::of(&said, f64::from(percent) / 100.0);
    let name = |tool: usize| subject.tools[tool].plan.name.as_str();
    let mut groups = Groups::new(texts.said.len());
    for (one, other) in texts.alike() {
        if !texts.are_told_apart(one, other, name) {
            groups.join(one, other);
        }
    }
    for group in groups.all() {
        let tools = group.iter().flat_map(|it| &texts.said[*it].tools);
        let tools: Vec<String> = tools.map(|it| name(*it).to_owned()).collect();
        if tools.len() > 1 {
            let reason = "what they say of themselves does not tell them apart";
            found.tools(tools, reason);
        }
    }
}

/// A word, by its place in the order of weights: the heaviest first.
type Word = usize;

/// What is said of some tools, which say the same.
struct Said {
    /// In order.
    words: Vec<Word>,
    weight: f64,
    /// Their places in the list of all.
    tools: Vec<usize>,
}

/// What all tools say.
struct Texts {
    /// From this likeness on, two are alike.
    limit: f64,
    /// By word.
    vocabulary: Vec<String>,
    weights: Vec<f64>,
    said: Vec<Said>,
}

impl Texts {
    fn of(texts: &[BTreeSet<String>], limit: f64) -> Self {
        let mut counts: BTreeMap<&String, u32> = BTreeMap::new();
        for word in texts.iter().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        let mut order: Vec<(u32, &String)> = counts.into_iter().map(|(a, b)| (b, a)).collect();
        order.sort();
        let all = texts.len() as f64;
        let weight = |count: u32| (1.0 + all / f64::from(count)).ln();
        let weights: Vec<f64> = order.iter().map(|it| weight(it.0)).collect();
        let numbers = order.iter().enumerate().map(|(index, it)| (it.1, index));
        let numbers: HashMap<&String, Word> = numbers.collect();
        let mut same: BTreeMap<Vec<Word>, Vec<usize>> = BTreeMap::new();
        for (tool, text) in texts.iter().enumerate() {
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

    /// The pairs that are alike.
    fn alike(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (one, others) in self.candidates().into_iter().enumerate() {
            let others = others.into_iter().filter(|it| self.are_alike(*it, one));
            pairs.extend(others.map(|other| (other, one)));
        }
        pairs
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
    fn prefix<'a>(&self, it: &'a Said) -> &'a [Word] {
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

    fn are_alike(&self, one: usize, other: usize) -> bool {
        let (a, b) = (&self.said[one], &self.said[other]);
        let shared = a
            .words
            .iter()
            .filter(|it| b.words.binary_search(it).is_ok());
        let shared: f64 = shared.map(|it| self.weights[*it]).sum();
        shared >= self.limit * (a.weight + b.weight - shared) - ROUNDING
    }

    /// Whether a word of the names of one stands in its text, and not in the other's.
    fn are_told_apart<'a>(
        &self,
        one: usize,
        other: usize,
        name: impl Fn(usize) -> &'a str,
    ) -> bool {
        let has_own = |one: &Said, other: &Said| {
            let own = one.words.iter();
            let mut own = own.filter(|it| other.words.binary_search(it).is_err());
            let names: Vec<_> = one
                .tools
                .iter()
                .map(|it| words_of_name(name(*it)))
                .collect();
            own.any(|it| {
                names
                    .iter()
                    .all(|name| name.contains(&self.vocabulary[*it]))
            })
        };
        let (a, b) = (&self.said[one], &self.said[other]);
        has_own(a, b) || has_own(b, a)
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

#[cfg(test)]
#[path = "alike_tests.rs"]
mod tests;
