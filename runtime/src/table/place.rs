//! Where a vendor's API stands: the base URL, its variables, and further servers.

/// Where the vendor's API stands.
pub struct BaseUrl {
    /// Used unless the operator says otherwise; `None` where every customer has a host of its own. `{name}` stands for a variable.
    pub default: Option<&'static str>,
    /// Environment variable that overrides it.
    pub variable: &'static str,
    /// What an operator may set of this URL and of others.
    pub variables: &'static [UrlVariable],
    /// Words that may stand in place of a URL, and the URL of each.
    pub regions: &'static [(&'static str, &'static str)],
    /// How a URL that names a site only finds out the rest.
    pub discovery: Option<Discovery>,
}

/// A page of the vendor's, open to all, that says where at a site its API stands.
pub struct Discovery {
    /// Its path; `{name}` stands for a credential.
    pub page: &'static str,
    /// JSON pointer to the word that it says.
    pub found: &'static str,
    /// Path of the API, with `{found}` for that word.
    pub path: &'static str,
    /// What it means if the page has no such word.
    pub unknown: &'static str,
}

/// A part of a URL that an operator sets, from the environment or a TOML file.
pub struct UrlVariable {
    /// Key in the TOML file, and the name between braces in URLs.
    pub name: &'static str,
    /// Environment variable.
    pub variable: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Used unless the operator says otherwise; `None`: the operator must.
    pub default: Option<&'static str>,
    /// The only values that it can have; empty: any.
    pub values: &'static [&'static str],
}

/// A server besides that of the base URL, at which some tools are called.
pub struct OtherServer {
    /// Its name.
    pub name: &'static str,
    /// Its URL, in which `{name}` stands for a variable; from a slash on, another path at the site of the base URL.
    pub url: &'static str,
    /// Environment variable that overrides it.
    pub variable: &'static str,
}
