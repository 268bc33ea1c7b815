//! What vendor.yaml says under `lint`: budgets in place of ours, and findings that are meant to be.

use indexmap::IndexMap;
use serde::Deserialize;

/// How the quality of what models read is judged.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LintDocs {
    /// How much is too much, or too little.
    pub budgets: Budgets,
    /// By code: a tool, an input or `*`, and why it is meant to be so.
    pub allow: IndexMap<String, IndexMap<String, String>>,
}

/// How much is too much, or too little.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Budgets {
    /// Most characters of a tool's name behind the prefix that clients give it.
    pub name: usize,
    /// Least characters of a tool's description.
    pub description: usize,
    /// Least characters of an input's description.
    pub input_description: usize,
    /// Most bytes of a tool in `tools/list`.
    pub tool_bytes: usize,
    /// Most tokens of `tools/list`, estimated.
    pub list_tokens: usize,
    /// Most values that an input may choose from.
    pub enum_values: usize,
    /// The share of common words from which on two tools are alike.
    pub alike_percent: usize,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            name: 64,
            description: 40,
            input_description: 10,
            tool_bytes: 8_000,
            list_tokens: 25_000,
            enum_values: 40,
            alike_percent: 80,
        }
    }
}
