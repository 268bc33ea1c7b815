//! Where a vendor's API stands: the base URL, its variables, and further servers.

use indexmap::IndexMap;
use serde::Deserialize;

/// Where the API stands.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct BaseUrl {
    /// Default; `{name}` stands for a variable.
    pub default: Option<String>,
    /// Environment variable.
    pub variable: String,
    /// What an operator sets of the URLs, by name.
    #[serde(default)]
    pub variables: IndexMap<String, UrlVariable>,
    /// Where the default comes from.
    #[serde(default)]
    pub provenance: String,
    /// Words that an operator may give in place of a URL.
    #[serde(default)]
    pub regions: IndexMap<String, String>,
    /// Where a URL without a path finds out the rest.
    pub discovery: Option<Discovery>,
}

/// A part of a URL that an operator sets.
#[derive(Clone, Debug, Deserialize)]
pub struct UrlVariable {
    /// What it is.
    pub description: String,
    /// Used unless the operator says otherwise; absent: the operator must.
    pub default: Option<String>,
    /// The only values that it can have; empty: any.
    #[serde(default)]
    pub r#enum: Vec<String>,
    /// Environment variable.
    pub variable: String,
}

/// A server besides that of the base URL.
#[derive(Clone, Debug, Deserialize)]
pub struct OtherServer {
    /// Its URL, as the document has it.
    pub url: String,
    /// Environment variable that overrides it.
    pub variable: String,
}

/// A page of the vendor's that says where at a site its API stands.
#[derive(Clone, Debug, Deserialize)]
pub struct Discovery {
    /// Its path; `{name}` stands for a credential.
    pub page: String,
    /// JSON pointer to the word that it says.
    pub found: String,
    /// Path of the API, with `{found}` for that word.
    pub path: String,
    /// What it means if the page has no such word.
    pub unknown: String,
}
