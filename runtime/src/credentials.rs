//! What the operator's credentials are, where each came from, and what carries them. No value is ever shown.

use std::{collections::BTreeMap, fmt};

use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::{
    carried::Carried,
    encode,
    said::Secrets,
    table::{Auth, Credential, Vendor},
    token::Client,
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

    /// What carries the credentials, and the token that was fetched for them.
    ///
    /// # Errors
    /// A sentence, without the value, on a credential that cannot be carried.
    pub(crate) fn carried(&self, token: Option<&str>) -> Result<Carried, String> {
        let mut carried = Carried::default();
        for auth in self.auth {
            match auth {
                Auth::Header { header, value } => carried.header(header, &self.fill(value))?,
                Auth::Basic { username, password } => {
                    let pair = self.pair(username, password);
                    carried.authorization(&format!("Basic {pair}"))?;
                }
                Auth::Query { query, value } => carried.query(query, &self.fill(value)),
                Auth::Cookie { cookie, value } => carried.cookie(cookie, &self.fill(value))?,
                Auth::OAuth2(_) => {
                    if let Some(token) = token {
                        carried.authorization(&format!("Bearer {token}"))?;
                    }
                }
            }
        }
        Ok(carried)
    }

    /// Who asks for a token, where calls need one.
    pub(crate) fn client(&self) -> Option<Client> {
        let settings = self.auth.iter().find_map(|auth| match auth {
            Auth::OAuth2(settings) => Some(settings),
            _ => None,
        })?;
        let parameters = settings.parameters.iter();
        let parameters = parameters.map(|(name, value)| (*name, self.fill(value)));
        let named = |it: &&Credential| {
            let slot = format!("{{{}}}", it.name);
            settings.client_id.contains(&slot) || settings.client_secret.contains(&slot)
        };
        let set_by = |it: &Credential| match self.source(it.name) {
            Some(Source::Caller) => "the key that the caller sent".to_owned(),
            _ => it.variable.to_owned(),
        };
        Some(Client {
            settings,
            id: self.fill(settings.client_id),
            secret: self.fill(settings.client_secret),
            parameters: parameters.collect(),
            set_by: self.vendor.iter().filter(named).map(set_by).collect(),
        })
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

    /// What must not be shown: each secret as it is and as a URL has it, and what Basic authentication makes of them.
    pub(crate) fn secrets(&self) -> Secrets {
        let secret = |name: &str| {
            self.vendor
                .iter()
                .any(|credential| credential.name == name && credential.secret)
        };
        let values = self
            .values
            .iter()
            .filter(|(name, (value, _))| secret(name) && value.0.len() >= SEARCHED);
        let mut all: Vec<String> = Vec::new();
        for (_, (value, _)) in values {
            all.extend([value.0.clone(), encode::percent(&value.0)]);
        }
        for auth in self.auth {
            match auth {
                Auth::Basic { username, password } => all.push(self.pair(username, password)),
                Auth::OAuth2(_) => all.extend(self.client().map(|it| it.pair())),
                Auth::Header { .. } | Auth::Query { .. } | Auth::Cookie { .. } => {}
            }
        }
        all.sort_unstable();
        all.dedup();
        Secrets::new(all)
    }
}

/// Whether a call carries the credential, or the request for its token does.
pub(crate) fn is_needed(auth: &[Auth], credential: &Credential) -> bool {
    let slot = format!("{{{}}}", credential.name);
    auth.iter().any(|auth| match auth {
        Auth::Header { value, .. } | Auth::Query { value, .. } | Auth::Cookie { value, .. } => {
            value.contains(&slot)
        }
        Auth::Basic { username, password } => username.contains(&slot) || password.contains(&slot),
        Auth::OAuth2(it) => {
            let own = [it.client_id, it.client_secret];
            let parameters = it.parameters.iter().map(|(_, value)| *value);
            own.into_iter()
                .chain(parameters)
                .any(|it| it.contains(&slot))
        }
    })
}

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
