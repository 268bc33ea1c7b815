//! What an operator sets of a server: its credentials, and where the API stands, each an environment variable.

use crate::vendor::{BaseUrl, Credential, UrlVariable, VendorDocs};

/// Parts of names that are written in capitals.
const CAPITALS: [&str; 3] = ["api", "id", "url"];

/// One thing that an operator sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Name, as the credentials file has it.
    pub name: String,
    /// Environment variable.
    pub variable: String,
    /// Name for people.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Whether the server reaches nothing without it.
    pub is_required: bool,
    /// Whether it must never be shown.
    pub is_secret: bool,
    /// What it is unless somebody sets it.
    pub default: Option<String>,
}

/// Everything that an operator sets, credentials first.
#[must_use]
pub fn settings(docs: &VendorDocs) -> Vec<Setting> {
    let templates: Vec<&str> = docs.auth.iter().flat_map(|it| it.templates()).collect();
    let mut all: Vec<Setting> = docs
        .credentials
        .iter()
        .map(|it| credential(it, &templates))
        .collect();
    all.push(base_url(&docs.base_url));
    let variables = docs.base_url.variables.iter();
    all.extend(variables.map(|(name, it)| url_variable(name, it, &docs.base_url)));
    all
}

/// A variable of a URL is required where the default URL has a place for it, and nothing to put there.
fn url_variable(name: &str, it: &UrlVariable, base: &BaseUrl) -> Setting {
    let slot = format!("{{{name}}}");
    let has_place = base.default.as_ref().is_some_and(|it| it.contains(&slot));
    let mut description = it.description.trim().to_owned();
    if !it.r#enum.is_empty() {
        description += &format!(" One of {}.", it.r#enum.join(", "));
    }
    Setting {
        name: name.to_owned(),
        variable: it.variable.clone(),
        title: title(name),
        description,
        is_required: has_place && it.default.is_none(),
        is_secret: false,
        default: it.default.clone(),
    }
}

/// A credential is required where something that carries credentials has a place for it.
fn credential(it: &Credential, templates: &[&str]) -> Setting {
    let slot = format!("{{{}}}", it.name);
    Setting {
        name: it.name.clone(),
        variable: it.variable.clone(),
        title: title(&it.name),
        description: it.description.trim().to_owned(),
        is_required: templates.iter().any(|it| it.contains(&slot)),
        is_secret: it.secret,
        default: None,
    }
}

fn base_url(it: &BaseUrl) -> Setting {
    let mut description = "Where the vendor's API stands.".to_owned();
    if !it.regions.is_empty() {
        let words: Vec<&str> = it.regions.keys().map(String::as_str).collect();
        description += &format!(" One of {} is enough.", words.join(", "));
    }
    if it.discovery.is_some() {
        description += " So is a site of your own: where the API stands there is looked up.";
    }
    let name = "base_url";
    Setting {
        name: name.to_owned(),
        variable: it.variable.clone(),
        title: title(name),
        description,
        is_required: it.default.is_none(),
        is_secret: false,
        default: it.default.clone(),
    }
}

/// `api_key` for people: `API key`.
fn title(name: &str) -> String {
    let word = |word: &str| match CAPITALS.contains(&word) {
        true => word.to_uppercase(),
        false => word.to_owned(),
    };
    let title = name.split('_').map(word).collect::<Vec<_>>().join(" ");
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
