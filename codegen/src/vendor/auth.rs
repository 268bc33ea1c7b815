//! What an operator supplies, and how it goes along with a call.

use indexmap::IndexMap;
use serde::Deserialize;

/// What an operator supplies.
#[derive(Clone, Debug, Deserialize)]
pub struct Credential {
    /// Key in the TOML file.
    pub name: String,
    /// Environment variable.
    pub variable: String,
    /// Never shown.
    pub secret: bool,
    /// What it is.
    pub description: String,
}

/// What carries credentials; in templates, `{name}` stands for one.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Auth {
    /// A header with Basic authentication.
    Basic {
        /// Name of the header.
        header: String,
        /// User name and password.
        basic: Basic,
    },
    /// A header.
    Header {
        /// Name of the header.
        header: String,
        /// Template of its value.
        value: String,
    },
    /// A parameter of the query.
    Query {
        /// Name of the parameter.
        query: String,
        /// Template of its value.
        value: String,
    },
    /// A cookie.
    Cookie {
        /// Name of the cookie.
        cookie: String,
        /// Template of its value.
        value: String,
    },
    /// A token that is fetched.
    OAuth2 {
        /// How.
        oauth2: OAuth2,
    },
}

impl Auth {
    /// What must be filled in.
    pub fn templates(&self) -> Vec<&str> {
        match self {
            Self::Basic { basic, .. } => vec![&basic.username, &basic.password],
            Self::Header { value, .. } | Self::Query { value, .. } | Self::Cookie { value, .. } => {
                vec![value]
            }
            Self::OAuth2 { oauth2 } => {
                let parameters = oauth2.parameters.values().map(String::as_str);
                [oauth2.client_id.as_str(), &oauth2.client_secret]
                    .into_iter()
                    .chain(parameters)
                    .collect()
            }
        }
    }

    /// The place that it fills in a request; of headers without case.
    pub fn place(&self) -> String {
        match self {
            Self::Basic { header, .. } | Self::Header { header, .. } => {
                format!("header {}", header.to_lowercase())
            }
            Self::Query { query, .. } => format!("query {query}"),
            Self::Cookie { cookie, .. } => format!("cookie {cookie}"),
            Self::OAuth2 { .. } => "header authorization".to_owned(),
        }
    }
}

/// User name and password templates.
#[derive(Clone, Debug, Deserialize)]
pub struct Basic {
    /// Template of the user name.
    pub username: String,
    /// Template of the password.
    pub password: String,
}

/// OAuth 2.0 client credentials: a token for an id and a secret.
#[derive(Clone, Debug, Deserialize)]
pub struct OAuth2 {
    /// Where tokens are given; from a slash on, at the base URL's site.
    pub token_url: String,
    /// Template of the client's id.
    pub client_id: String,
    /// Template of the client's secret.
    pub client_secret: String,
    /// What is asked for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// How the client says who it is.
    #[serde(default)]
    pub authentication: ClientAuthentication,
    /// Further parameters of the request, as templates.
    #[serde(default)]
    pub parameters: IndexMap<String, String>,
}

/// How an OAuth 2.0 client says who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// In the `Authorization` header.
    #[default]
    Basic,
    /// In the body.
    Body,
}

/// A header by which a caller brings its own credential.
#[derive(Clone, Debug, Deserialize)]
pub struct CallerKey {
    /// Name of the header.
    pub header: String,
    /// The credential it replaces.
    pub credential: String,
}
