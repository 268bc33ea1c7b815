//! The documents that are mutated: those of new-vendor's tests, the goldens', and what is shipped.

use std::{fs, path::Path};

use serde_json::Value;

use super::mutate::{Random, mutate};
use crate::{case, shipped};

/// Documents, small ones first.
pub(super) struct Corpus {
    documents: Vec<Value>,
    /// How many of them are small.
    small: usize,
}

/// Most bytes of a small document.
const SMALL: usize = 30_000;

impl Corpus {
    /// Reads them; without `is_whole`, the small ones only.
    pub(super) fn read(is_whole: bool) -> Self {
        let mut texts = Vec::new();
        let folder = shipped::root().join("tests/new_vendor/documents");
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let folder = entry.unwrap().path();
            texts.extend(
                ["openapi.yaml", "openapi.json"]
                    .iter()
                    .filter_map(|it| text(&folder.join(it))),
            );
        }
        for name in case::names("golden", "yaml") {
            texts.push(case::read("golden", &name).openapi.text);
        }
        for vendor in shipped::vendors() {
            texts.push(shipped::sources(&vendor).openapi.text);
        }
        texts.sort_by_key(|it| (it.len(), it.clone()));
        texts.retain(|it| is_whole || it.len() <= SMALL);
        let small = texts.iter().filter(|it| it.len() <= SMALL).count();
        let documents = texts
            .iter()
            .map(|it| serde_yaml::from_str(it).unwrap())
            .collect();
        Self { documents, small }
    }

    /// A document to which something was done, as text.
    pub(super) fn mutated(&self, random: &mut Random) -> String {
        let is_large = self.small < self.documents.len() && random.below(40) == 0;
        let index = if is_large {
            self.small + random.below(self.documents.len() - self.small)
        } else {
            random.below(self.small)
        };
        let mut document = self.documents[index].clone();
        let other = &self.documents[random.below(self.small)];
        for _ in 0..=random.below(6) {
            mutate(&mut document, other, random);
        }
        let mut text = if random.below(4) == 0 {
            document.to_string()
        } else {
            serde_yaml::to_string(&document).unwrap()
        };
        if random.below(12) == 0 {
            flip(&mut text, random);
        }
        text
    }
}

/// Some characters become others, or go.
fn flip(text: &mut String, random: &mut Random) {
    const OTHERS: [char; 16] = [
        '{', '}', '[', ']', ':', '"', '\'', '\n', ' ', '#', '&', '*', '\u{0}', '\u{85}', 'é', '0',
    ];
    for _ in 0..=random.below(4) {
        let at = random.below(text.len().max(1));
        let Some((at, _)) = text.char_indices().find(|(it, _)| *it >= at) else {
            return;
        };
        text.remove(at);
        if random.below(2) == 0 {
            text.insert(at, OTHERS[random.below(OTHERS.len())]);
        }
    }
}

fn text(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}
