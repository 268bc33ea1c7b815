//! Where the vendor's API stands: which of flag, environment, file and default holds, and whether it may be used.

use std::net::IpAddr;

use reqwest::Url;

/// Where a base URL was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// `--base-url`.
    Flag,
    /// The vendor's environment variable.
    Environment(&'static str),
    /// The credentials file.
    File,
    /// Another setting of the operator's.
    Operator,
    /// The vendor's default.
    Default,
    /// The sandbox of this process.
    Sandbox,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag => f.write_str("given by --base-url"),
            Self::Environment(variable) => write!(f, "from the environment, {variable}"),
            Self::File => f.write_str("from the credentials file, base_url"),
            Self::Operator => f.write_str("set by the operator"),
            Self::Default => f.write_str("the vendor's default"),
            Self::Sandbox => f.write_str("of the sandbox"),
        }
    }
}

/// A checked base URL.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    url: Url,
    /// Where it was set.
    pub(crate) origin: Origin,
}

impl Base {
    /// Checks a base URL.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence that says where it was set. The text itself is never repeated: with a
    /// password in the wrong place it is a secret.
    pub(crate) fn new(text: &str, origin: Origin) -> Result<Self, String> {
        let mut url = checked("the base URL", text, origin)?;
        if url.query().is_some() {
            return Err(format!(
                "the base URL ({origin}) has a query, which cannot be part of a base URL"
            ));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self { url, origin })
    }

    /// A URL of the same site, from the path on.
    pub(crate) fn beside(&self, path: &str) -> Url {
        let (path, query) = path
            .split_once('?')
            .map_or((path, None), |(path, query)| (path, Some(query)));
        let mut url = self.url.clone();
        url.set_path(path);
        url.set_query(query);
        url
    }

    /// Whether it names a site, and nothing of it.
    pub(crate) fn is_site(&self) -> bool {
        self.url.path().trim_end_matches('/').is_empty()
    }

    /// The same site, at another path.
    pub(crate) fn at(&self, path: &str) -> Self {
        let mut url = self.url.clone();
        url.set_path(path.trim_end_matches('/'));
        Self {
            url,
            ..self.clone()
        }
    }

    /// The URL of a call, whose path and query are encoded already.
    ///
    /// # Errors
    /// A sentence, if the path would not stay below the base URL as it is written.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Url, String> {
        let mut url = self.url.clone();
        let expected = format!("{}{path}", self.url.path().trim_end_matches('/'));
        url.set_path(&expected);
        if url.path() != expected {
            return Err(format!(
                "the path `{path}` does not stay as it is written in a URL"
            ));
        }
        url.set_query((!query.is_empty()).then_some(query));
        Ok(url)
    }
}

impl std::fmt::Display for Base {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

/// A web address that credentials may go to. `what` says what it is.
///
/// # Errors
/// What is wrong with it, without the text; see [`Base::new`].
pub(crate) fn checked(what: &str, text: &str, origin: Origin) -> Result<Url, String> {
    let wrong = |why: &str| Err(format!("{what} ({origin}) {why}"));
    let Ok(url) = Url::parse(text.trim()) else {
        return wrong("is not an absolute URL such as https://api.example.com/v1");
    };
    if !matches!(url.scheme(), "https" | "http") {
        return wrong("is neither https nor http");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("carries a user name or password: credentials have places of their own");
    }
    if url.fragment().is_some() {
        return wrong("has a fragment, which no server sees");
    }
    if url.scheme() == "http" && origin != Origin::Flag && !is_loopback(&url) {
        return wrong(
            "is http and would send the credentials in the clear; use https, or insist with --base-url",
        );
    }
    Ok(url)
}

/// Whether a URL's host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str, origin: Origin) -> String {
        Base::new(text, origin).unwrap_err()
    }

    #[test]
    fn only_plain_web_addresses_pass() {
        assert!(refusal("api.example.com", Origin::Flag).contains("not an absolute URL"));
        assert!(refusal("ftp://example.com", Origin::Flag).contains("neither https nor http"));
        assert!(refusal("https://example.com?a=1", Origin::Flag).contains("query"));
        for text in [
            "https://me:hunter22@example.com",
            "https:/me:hunter22@example.com",
            "me:hunter22@example.com",
            "https://example.com?key=hunter22",
        ] {
            let told = refusal(text, Origin::Environment("ACME_BASE_URL"));
            assert!(
                told.contains("ACME_BASE_URL") && !told.contains("hunter22"),
                "{told}"
            );
        }
    }

    #[test]
    fn http_needs_loopback_or_an_explicit_flag() {
        let environment = Origin::Environment("ACME_BASE_URL");
        assert!(refusal("http://example.com", environment).contains("in the clear"));
        assert!(Base::new("http://example.com", Origin::Flag).is_ok());
        assert!(Base::new("http://127.0.0.1:8080", environment).is_ok());
        assert!(Base::new("http://[::1]:8080", Origin::File).is_ok());
    }

    #[test]
    fn a_path_cannot_climb() {
        let base = Base::new("https://example.com/v1/", Origin::Default).unwrap();
        assert_eq!(
            base.join("/works/7", "a=b%20c").unwrap().as_str(),
            "https://example.com/v1/works/7?a=b%20c"
        );
        assert_eq!(
            base.join("/works/a%2Fb", "").unwrap().as_str(),
            "https://example.com/v1/works/a%2Fb"
        );
        assert!(base.join("/works/%2e%2e", "").is_err());
        assert!(base.join("/works/../x", "").is_err());
    }
}
