//! What an operator supplies, and how it goes along with a call.

/// One thing that an operator must supply, from the environment or a TOML file.
pub struct Credential {
    /// Key in the TOML file, and the name that [`Auth`] templates use.
    pub name: &'static str,
    /// Environment variable.
    pub variable: &'static str,
    /// Never shown.
    pub secret: bool,
    /// What it is and where to get it.
    pub description: &'static str,
}

/// What carries credentials; `{name}` stands for the credential of that name.
pub enum Auth {
    /// A header.
    Header {
        /// Name of the header.
        header: &'static str,
        /// Template of its value, such as `Bearer {api_token}`.
        value: &'static str,
    },
    /// RFC 7617 Basic authentication in the `Authorization` header.
    Basic {
        /// Template of the user name.
        username: &'static str,
        /// Template of the password.
        password: &'static str,
    },
    /// A parameter of the query.
    Query {
        /// Name of the parameter.
        query: &'static str,
        /// Template of its value.
        value: &'static str,
    },
    /// A cookie.
    Cookie {
        /// Name of the cookie.
        cookie: &'static str,
        /// Template of its value.
        value: &'static str,
    },
    /// A token that is fetched, in the `Authorization` header.
    OAuth2(OAuth2),
}

/// OAuth 2.0 client credentials (RFC 6749, section 4.4): a token for an id and a secret.
pub struct OAuth2 {
    /// Where tokens are given, in which `{name}` stands for a variable of URLs; from a slash on, at the site of the base URL.
    pub token_url: &'static str,
    /// Template of the client's id.
    pub client_id: &'static str,
    /// Template of the client's secret.
    pub client_secret: &'static str,
    /// What is asked for.
    pub scopes: &'static [&'static str],
    /// How the client says who it is.
    pub authentication: ClientAuthentication,
    /// Further parameters of the request, each with the template of its value.
    pub parameters: &'static [(&'static str, &'static str)],
}

/// How an OAuth 2.0 client says who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// In the `Authorization` header.
    Basic,
    /// In the body.
    Body,
}

/// A header by which a caller over HTTP may bring its own credential.
pub struct CallerKey {
    /// Name of the header.
    pub header: &'static str,
    /// Name of the credential that it replaces.
    pub credential: &'static str,
}
