//! Which tools an operator enables: `--methods` and `--tags`, which decide both what is listed and what can be called.

use crate::{
    suggest::instead,
    table::{About, Effect, Method, Vendor},
};

/// The words that every vendor has; a custom method's own name is a word too.
const WORDS: [&str; 9] = [
    "read", "write", "list", "get", "create", "update", "replace", "delete", "custom",
];

/// What an operator enables; an empty list enables everything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    methods: Vec<String>,
    tags: Vec<String>,
}

impl Filter {
    /// The filter of these words.
    ///
    /// # Errors
    /// A sentence that names the first word outside the vocabulary, and the vocabulary.
    pub(crate) fn new(
        vendor: &Vendor,
        methods: &[String],
        tags: &[String],
    ) -> Result<Self, String> {
        let custom = custom_methods(vendor);
        for word in methods {
            let known: Vec<&str> = WORDS
                .iter()
                .copied()
                .chain(custom.iter().copied())
                .collect();
            if !known.contains(&word.as_str()) {
                return Err(unknown("--methods", "method", word, &known));
            }
        }
        let vocabulary: Vec<&str> = vendor.tags.iter().map(|(tag, _)| *tag).collect();
        for tag in tags {
            if !vocabulary.contains(&tag.as_str()) {
                return Err(unknown("--tags", "tag", tag, &vocabulary));
            }
        }
        Ok(Self {
            methods: methods.to_vec(),
            tags: tags.to_vec(),
        })
    }

    /// Whether a tool is enabled.
    pub(crate) fn admits(&self, about: &About) -> bool {
        let method =
            self.methods.is_empty() || self.methods.iter().any(|word| selects(word, about));
        let tag = self.tags.is_empty()
            || self
                .tags
                .iter()
                .any(|tag| about.tags.contains(&tag.as_str()));
        method && tag
    }

    /// The filter as an operator wrote it, for messages.
    pub(crate) fn words(&self) -> String {
        [("--methods", &self.methods), ("--tags", &self.tags)]
            .into_iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(option, words)| format!("{option} {}", words.join(",")))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// `read` and `write` go by effect, since some reads are POSTs; every other word goes by method.
fn selects(word: &str, about: &About) -> bool {
    match word {
        "read" => about.effect == Effect::Read,
        "write" => about.effect != Effect::Read,
        "list" => about.method == Method::List,
        "get" => about.method == Method::Get,
        "create" => about.method == Method::Create,
        "update" => about.method == Method::Update,
        "replace" => about.method == Method::Replace,
        "delete" => about.method == Method::Delete,
        "custom" => matches!(about.method, Method::Custom(_)),
        name => name_of(about) == Some(name),
    }
}

fn name_of(about: &About) -> Option<&'static str> {
    match about.method {
        Method::Custom(name) => Some(name),
        Method::List
        | Method::Get
        | Method::Create
        | Method::Update
        | Method::Replace
        | Method::Delete => None,
    }
}

fn custom_methods(vendor: &Vendor) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = vendor
        .entries()
        .filter_map(|entry| name_of(&entry.about))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn unknown(option: &str, kind: &str, word: &str, known: &[&str]) -> String {
    format!(
        "unknown {kind} `{word}` in {option}{}",
        instead(word, known, &format!("{kind}s"))
    )
}
