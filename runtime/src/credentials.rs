//! What the operator's credentials are, where each came from, and which headers carry them. No value is ever shown.

use std::{collections::BTreeMap, fmt};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use crate::{
    encode,
    said::Secrets,
    table::{Auth, Credential, Vendor},
};

/// Shorter secrets are not searched for in answers: too many innocent texts contain them.
const SEARCHED: usize = 8;

/// A credential's value.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    /// The value, without the white space that files and shells leave around it; `None` if nothing is left.
    pub(crate) fn new(value: &str) -> Option<Self> {
        let value = value.trim();
        (!value.is_empty()).then(|| Self(value.to_owned()))
    }

    /// The value's bytes, for a comparison.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// The credentials of one operator, or of one caller.
#[derive(Clone)]
pub(crate) struct Credentials {
    vendor: &'static [Credential],
    auth: &'static [Auth],
    values: BTreeMap<&'static str, (Secret, Source)>,
}

/// Where a credential came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// An environment variable.
    Environment,
    /// The TOML file.
    File,
    /// The sandbox, which makes its own.
    Sandbox,
    /// A header of the caller's HTTP request.
    Caller,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "from the environment",
            Self::File => "from the credentials file",
            Self::Sandbox => "made by the sandbox",
            Self::Caller => "sent by the caller",
        })
    }
}

impl Credentials {
    /// No credentials yet.
    pub(crate) fn none(vendor: &'static Vendor) -> Self {
        Self {
            vendor: vendor.credentials,
            auth: vendor.auth,
            values: BTreeMap::new(),
        }
    }

    /// These credentials and those that `look_up` finds, unless they are there already.
    #[must_use]
    pub(crate) fn or(
        mut self,
        source: Source,
        look_up: impl Fn(&Credential) -> Option<String>,
    ) -> Self {
        for credential in self.vendor {
            if !self.values.contains_key(credential.name)
                && let Some(secret) = look_up(credential).as_deref().and_then(Secret::new)
            {
                self.values.insert(credential.name, (secret, source));
            }
        }
        self
    }

    /// These credentials with one replaced by a caller's own.
    #[must_use]
    pub(crate) fn with_callers(mut self, name: &'static str, secret: Secret) -> Self {
        self.values.insert(name, (secret, Source::Caller));
        self
    }

    /// A template whose names stand for values, each as one segment of a path.
    ///
    /// # Errors
    /// The first credential that is not there.
    pub(crate) fn path(&self, template: &str) -> Result<String, &'static Credential> {
        let mut path = template.to_owned();
        for credential in self.vendor {
            let slot = format!("{{{}}}", credential.name);
            if path.contains(&slot) {
                let (value, _) = self.values.get(credential.name).ok_or(credential)?;
                path = path.replace(&slot, &encode::percent(&value.0));
            }
        }
        Ok(path)
    }

    /// The value of a credential that is no secret.
    pub(crate) fn public(&self, name: &str) -> Option<&str> {
        let is_public = |it: &&Credential| it.name == name && !it.secret;
        let credential = self.vendor.iter().find(is_public)?;
        Some(self.values.get(credential.name)?.0.0.as_str())
    }

    /// Where a credential came from, if it is there.
    pub(crate) fn source(&self, name: &str) -> Option<Source> {
        self.values.get(name).map(|(_, source)| *source)
    }

    /// The credentials that a call needs and that are not there.
    pub(crate) fn missing(&self) -> Vec<&'static Credential> {
        self.vendor
            .iter()
            .filter(|credential| {
                !self.values.contains_key(credential.name) && is_needed(self.auth, credential)
            })
            .collect()
    }

    /// The headers that carry the credentials, marked as sensitive.
    ///
    /// # Errors
    /// A sentence, without the value, on a credential that no header can carry.
    pub(crate) fn headers(&self) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        for auth in self.auth {
            let (name, text) = match auth {
                Auth::Header { header, value } => {
                    let name = HeaderName::from_bytes(header.as_bytes())
                        .map_err(|_| format!("`{header}` is not a header name"))?;
                    (name, self.fill(value))
                }
                Auth::Basic { username, password } => (
                    AUTHORIZATION,
                    format!("Basic {}", self.pair(username, password)),
                ),
            };
            let mut value = HeaderValue::from_str(&text).map_err(|_| {
                format!(
                    "a credential in the `{name}` header has characters that a header cannot carry"
                )
            })?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        Ok(headers)
    }

    /// User name and password as Basic authentication sends them.
    fn pair(&self, username: &str, password: &str) -> String {
        BASE64_STANDARD.encode(format!("{}:{}", self.fill(username), self.fill(password)))
    }

    /// One pass over the template, so that a value with braces is not filled again.
    fn fill(&self, template: &str) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            match after.split_once('}') {
                Some((name, behind)) if self.values.contains_key(name) => {
                    text.push_str(&self.values[name].0.0);
                    rest = behind;
                }
                _ => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text + rest
    }

    /// What must not be shown: each secret, and what Basic authentication makes of them.
    pub(crate) fn secrets(&self) -> Secrets {
        let secret = |name: &str| {
            self.vendor
                .iter()
                .any(|credential| credential.name == name && credential.secret)
        };
        let values = self
            .values
            .iter()
            .filter(|(name, (value, _))| secret(name) && value.0.len() >= SEARCHED)
            .map(|(_, (value, _))| value.0.clone());
        let pairs = self.auth.iter().filter_map(|auth| match auth {
            Auth::Basic { username, password } => Some(self.pair(username, password)),
            Auth::Header { .. } => None,
        });
        Secrets::new(values.chain(pairs).collect())
    }
}

/// Whether a header carries the credential.
pub(crate) fn is_needed(auth: &[Auth], credential: &Credential) -> bool {
    let slot = format!("{{{}}}", credential.name);
    auth.iter().any(|auth| match auth {
        Auth::Header { value, .. } => value.contains(&slot),
        Auth::Basic { username, password } => username.contains(&slot) || password.contains(&slot),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn credential(name: &'static str, secret: bool) -> Credential {
        Credential {
            name,
            variable: name,
            secret,
            description: "",
        }
    }

    const DECLARED: &[Credential] = &[
        credential("company", false),
        credential("key", true),
        credential("unused", true),
    ];
    const AUTH: &[Auth] = &[
        Auth::Basic {
            username: "{company}+{key}",
            password: "{key}",
        },
        Auth::Header {
            header: "X-Key",
            value: "Key {key} {other}",
        },
    ];

    fn credentials(values: &'static [(&str, &str)]) -> Credentials {
        let none = Credentials {
            vendor: DECLARED,
            auth: AUTH,
            values: BTreeMap::new(),
        };
        none.or(Source::Environment, |credential| {
            let found = values.iter().find(|(name, _)| *name == credential.name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn templates_are_filled_once() {
        let headers = credentials(&[("company", "acme"), ("key", " {company} ")])
            .headers()
            .unwrap();
        let basic = headers[AUTHORIZATION]
            .to_str()
            .unwrap()
            .strip_prefix("Basic ")
            .unwrap();
        assert_eq!(
            BASE64_STANDARD.decode(basic).unwrap(),
            b"acme+{company}:{company}"
        );
        assert_eq!(headers["x-key"], "Key {company} {other}");
        assert!(headers["x-key"].is_sensitive());
    }

    #[test]
    fn only_what_a_header_carries_can_be_missing() {
        let missing = |values| {
            credentials(values)
                .missing()
                .iter()
                .map(|it| it.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(missing(&[]), ["company", "key"]);
        assert_eq!(missing(&[("company", "acme"), ("key", "  ")]), ["key"]);
    }

    #[test]
    fn the_first_source_holds_until_a_caller_brings_its_own() {
        let both = credentials(&[("key", "first")]).or(Source::File, |_| Some("second".to_owned()));
        assert_eq!(
            (both.source("key"), both.source("company")),
            (Some(Source::Environment), Some(Source::File))
        );
        let callers = both.with_callers("key", Secret::new("third").unwrap());
        assert_eq!(callers.source("key"), Some(Source::Caller));
    }

    #[test]
    fn values_are_never_shown() {
        let all = credentials(&[("company", "the company"), ("key", "s3cret-value\u{7}")]);
        let told = all.headers().unwrap_err();
        assert!(told.contains("x-key") && !told.contains("s3cret"), "{told}");
        assert_eq!(format!("{:?}", all.values["key"].0), "<redacted>");
        let secrets = all.secrets();
        let pair = BASE64_STANDARD.encode("the company+s3cret-value\u{7}:s3cret-value\u{7}");
        for echoed in ["s3cret-value\u{7}", &pair] {
            let echoed = format!("the company has {echoed}");
            assert_eq!(secrets.hide(&echoed), "the company has <redacted>");
        }
    }
}
