//! What of a tool is looked through: its parts, what each counts for, and the tokens in it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Subject,
    language::is_idle,
    words::{Splitter, Token, Tokens, words},
};
use crate::table::{Effect, Method};

/// A part of a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What the tool is about: the last word of its path, or its resource where it has none.
    Resource,
    /// What that belongs to: what stands before it in the path.
    Parents,
    /// Name and title.
    Title,
    /// Tags, and the first word of the path.
    Tags,
    /// The description.
    Description,
    /// Names of arguments, and of fields that can be filtered by.
    Arguments,
}

impl Part {
    /// All parts, in the order in which they are told.
    pub(super) const ALL: [Self; 6] = [
        Self::Resource,
        Self::Parents,
        Self::Title,
        Self::Tags,
        Self::Description,
        Self::Arguments,
    ];

    /// What a word in it counts for.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Resource => 3.0,
            Self::Parents => 1.5,
            Self::Title => 1.0,
            Self::Tags => 0.5,
            Self::Description => 1.0,
            Self::Arguments => 0.7,
        }
    }

    /// Whether it names the tool; the other parts only tell of it.
    pub(super) fn is_naming(self) -> bool {
        !matches!(self, Self::Description | Self::Arguments)
    }

    /// How much a word counts for less where there are many, from 0 to 1.
    pub(super) fn brevity(self) -> f32 {
        match self {
            Self::Resource | Self::Parents | Self::Title | Self::Tags => 0.0,
            Self::Description => 0.2,
            Self::Arguments => 0.5,
        }
    }

    /// Its name in an answer.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Resource => "resource",
            Self::Parents => "path",
            Self::Title => "title",
            Self::Tags => "tags",
            Self::Description => "description",
            Self::Arguments => "arguments",
        }
    }
}

/// The texts of a tool.
pub(super) struct Texts {
    parts: [Vec<String>; 6],
    depth: usize,
    method: Method,
    effect: Effect,
}

/// A tool as the index knows it.
pub(super) struct Described {
    parts: [Vec<Token>; 6],
    /// What it is about, in order: of a compound the last word is the thing.
    pub(super) thing: Vec<Token>,
    /// Number of segments of its path.
    pub(super) depth: usize,
    /// What it does to its resource.
    pub(super) method: Method,
    /// What it does to the world.
    pub(super) effect: Effect,
}

/// Takes a tool apart.
pub(super) fn texts(subject: Subject<'_>) -> Texts {
    let listing: Value = serde_json::from_str(subject.listing).unwrap_or_default();
    let text = |key: &str| listing[key].as_str().unwrap_or_default().to_owned();
    let all: Vec<&str> = subject
        .path
        .split('/')
        .filter(|it| !it.is_empty())
        .collect();
    let is_word = |it: &&str| !it.contains('{');
    let words: Vec<&str> = all.iter().copied().filter(is_word).collect();
    // What an id follows is a thing, what a word follows is where things are kept.
    let has_domain = words.len() > 1 && all.get(1).is_some_and(is_word);
    let (domain, words) = words.split_at(usize::from(has_domain));
    let (resource, parents) = words
        .split_last()
        .map_or((subject.resource, &[][..]), |(last, parents)| {
            (*last, parents)
        });
    let mut tags: Vec<String> = subject.tags.iter().map(|it| (*it).to_owned()).collect();
    tags.extend(domain.iter().map(|it| (*it).to_owned()));
    let mut arguments = Vec::new();
    names(&listing["inputSchema"], true, &mut arguments);
    Texts {
        parts: [
            vec![resource.to_owned()],
            parents.iter().map(|it| (*it).to_owned()).collect(),
            vec![text("title"), subject.name.to_owned()],
            tags,
            vec![text("description")],
            arguments,
        ],
        depth: all.len(),
        method: subject.method,
        effect: subject.effect,
    }
}

/// Names of the inputs, and the fields that a filter offers.
fn names(schema: &Value, is_top: bool, found: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("properties", Value::Object(properties)) => {
                        if is_top {
                            found.extend(properties.keys().cloned());
                        }
                        if let Some(fields) =
                            properties.get("field").and_then(|it| it["enum"].as_array())
                        {
                            found.extend(
                                fields.iter().filter_map(|it| Some(it.as_str()?.to_owned())),
                            );
                        }
                        properties.values().for_each(|it| names(it, false, found));
                    }
                    _ => names(value, is_top, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| names(it, false, found)),
        _ => {}
    }
}

impl Texts {
    /// The texts in which words are told apart.
    pub(super) fn spaced(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flatten().map(String::as_str)
    }

    /// The tool, its texts in tokens.
    pub(super) fn describe(&self, splitter: &Splitter, tokens: &mut Tokens) -> Described {
        let mut ordered = |texts: &[String]| -> Vec<Token> {
            let all = texts.iter().flat_map(|text| words(text));
            all.filter(|word| !is_idle(word))
                .flat_map(|word| tokens.of(&word, splitter))
                .collect()
        };
        let thing = ordered(&self.parts[Part::Resource as usize]);
        let parts = self.parts.each_ref().map(|texts| {
            let part: BTreeSet<Token> = ordered(texts).into_iter().collect();
            part.into_iter().collect()
        });
        Described {
            parts,
            thing,
            depth: self.depth,
            method: self.method,
            effect: self.effect,
        }
    }
}

impl Described {
    /// The tokens of a part, each once, sorted.
    pub(super) fn part(&self, part: Part) -> &[Token] {
        &self.parts[part as usize]
    }

    /// The parts that hold a token.
    pub(super) fn holding(&self, token: Token) -> impl Iterator<Item = Part> {
        Part::ALL
            .into_iter()
            .filter(move |it| self.part(*it).binary_search(&token).is_ok())
    }
}
