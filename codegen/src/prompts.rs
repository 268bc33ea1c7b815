//! The prompts of prompts.yaml.

use serde::Deserialize;

/// The content of prompts.yaml.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PromptDocs {
    /// The prompts, in the order in which they are listed.
    pub prompts: Vec<Prompt>,
}

/// One prompt.
#[derive(Clone, Debug, Deserialize)]
pub struct Prompt {
    /// Name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Its arguments.
    #[serde(default)]
    pub arguments: Vec<Argument>,
    /// The text; `{name}` stands for an argument.
    pub text: String,
}

/// An argument of a prompt.
#[derive(Clone, Debug, Deserialize)]
pub struct Argument {
    /// Name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Whether the prompt makes no sense without it.
    #[serde(default)]
    pub required: bool,
    /// Value when it is left out.
    #[serde(default)]
    pub default: String,
    /// Where completions come from.
    #[serde(default)]
    pub complete: Complete,
}

/// Where completions come from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Complete {
    /// A fixed list.
    pub values: Vec<String>,
    /// A list tool.
    pub tool: Option<String>,
    /// The property of its records.
    pub field: Option<String>,
}
