//! Decides the tags of each operation, and the vocabulary: the document's tags, or else the first word of the path.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{names::word, reading::Reading, text, yaml::Lines};
use crate::api::Operation;

/// The tags of a vendor.
pub(super) struct Tags {
    /// Tag and meaning.
    vocabulary: BTreeMap<String, String>,
    /// Tags of each operation.
    own: BTreeMap<String, Vec<String>>,
    /// How many operations have none of their own.
    by_path: usize,
}

impl Tags {
    /// Reads them.
    pub(super) fn of(reading: &Reading) -> Self {
        let mut meanings: BTreeMap<String, String> = BTreeMap::new();
        for tag in reading.raw("/tags").as_array().into_iter().flatten() {
            let (Some(name), Some(about)) = (tag["name"].as_str(), tag["description"].as_str())
            else {
                continue;
            };
            let about = text::cut(&text::flat(about), 200);
            if !about.is_empty() {
                meanings.entry(word(name)).or_insert(about);
            }
        }
        let mut tags = Self {
            vocabulary: BTreeMap::new(),
            own: BTreeMap::new(),
            by_path: 0,
        };
        for operation in reading.api.operations.values() {
            let stated = reading.raw(&operation.pointer)["tags"].as_array();
            let stated = stated
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .filter(|it| !it.is_empty());
            let mut own: Vec<(String, String)> = stated
                .map(|it| {
                    (
                        word(it),
                        format!("Operations that the document tags `{}`.", text::flat(it)),
                    )
                })
                .collect();
            if own.is_empty() {
                tags.by_path += 1;
                let domain = domain(operation);
                own.push((
                    word(domain),
                    format!("Operations under `/{}`.", text::flat(domain)),
                ));
            }
            for (tag, about) in &own {
                let meaning = meanings.get(tag).unwrap_or(about);
                tags.vocabulary
                    .entry(tag.clone())
                    .or_insert_with(|| meaning.clone());
            }
            let mut names: Vec<String> = own.into_iter().map(|(tag, _)| tag).collect();
            names.sort();
            names.dedup();
            tags.own.insert(operation.key.clone(), names);
        }
        tags
    }

    /// The tags of an operation.
    pub(super) fn get(&self, key: &str) -> &[String] {
        self.own.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// `tags` of vendor.yaml: those that a record has.
    pub(super) fn write(&self, used: impl Fn(&str) -> bool, lines: &mut Lines) {
        if self.by_path > 0 {
            lines.comment(
                0,
                &format!(
                    "guessed from the paths of {} operations that the document does not tag",
                    self.by_path
                ),
            );
        }
        lines.heading(0, "tags");
        for (tag, meaning) in self.vocabulary.iter().filter(|(tag, _)| used(tag)) {
            lines.pair(2, tag, meaning, None);
        }
    }
}

/// The first word of a path that says what it is about.
fn domain(operation: &Operation) -> &str {
    let segments: Vec<&str> = operation
        .path
        .split('/')
        .filter(|it| !it.is_empty() && !it.contains('{'))
        .collect();
    let is_said = |it: &&&str| !super::names::is_everywhere(it);
    segments
        .iter()
        .find(is_said)
        .or(segments.first())
        .copied()
        .unwrap_or("root")
}
