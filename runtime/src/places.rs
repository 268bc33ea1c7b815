//! Where calls go: the base URL, the servers besides, and where tokens are given; each as the operator set it, or as the vendor has it.

use std::collections::BTreeMap;

use reqwest::Url;

use crate::{
    base_url::{Base, Origin, checked},
    cli,
    setup::{Environment, text},
    table::{Auth, BaseUrl, OtherServer, UrlVariable, Vendor},
    variables::Variables,
};

/// The key of the credentials file that holds the base URL.
const BASE_URL: &str = "base_url";
/// The key of the credentials file that holds the URL of tokens.
const TOKEN_URL: &str = "token_url";

/// Where calls go.
pub(crate) struct Places {
    /// The base URL, or why it is of no use.
    pub(crate) base: Result<Base, String>,
    /// The servers besides, by name.
    pub(crate) others: Vec<(&'static str, Result<Base, String>)>,
    /// Where tokens are given, if calls need one.
    pub(crate) token_url: Option<Result<Url, String>>,
}

/// What an operator set.
pub(crate) struct Said<'a> {
    /// `--base-url`.
    pub(crate) flag: Option<&'a str>,
    /// The environment.
    pub(crate) environment: Environment<'a>,
    /// The credentials file.
    pub(crate) file: &'a BTreeMap<String, String>,
}

impl Said<'_> {
    /// What the environment says, if it says something.
    fn variable(&self, name: &str) -> Result<Option<String>, String> {
        Ok(text(self.environment, name)?.filter(|it| !it.trim().is_empty()))
    }
}

/// The keys that a credentials file may have besides credentials.
pub(crate) fn keys(vendor: &Vendor) -> impl Iterator<Item = &'static str> + use<> {
    let variables = vendor.base_url.variables.iter().map(|it| it.name);
    let token_url = token_template(vendor).map(|_| TOKEN_URL);
    [BASE_URL].into_iter().chain(token_url).chain(variables)
}

/// The variable by which an operator sets where tokens are given, if calls need one.
pub(crate) fn token_variable(vendor: &Vendor) -> Option<String> {
    token_template(vendor).map(|_| cli::variable(vendor, "TOKEN_URL"))
}

impl Places {
    /// Where the calls of an operator go.
    ///
    /// # Errors
    /// What is wrong with what the operator set. What is missing is no error here: see [`crate::setup::server`].
    pub(crate) fn of(vendor: &'static Vendor, said: &Said<'_>) -> Result<Self, String> {
        let mut set = BTreeMap::new();
        for it in vendor.base_url.variables {
            let value = said.variable(it.variable)?;
            set.insert(it.name, value.or_else(|| said.file.get(it.name).cloned()));
        }
        let look_up = |it: &UrlVariable| set.get(it.name).cloned().flatten();
        let variables = Variables::new(&vendor.base_url, look_up);
        let base = base(vendor, said, &variables)?;
        let mut others = Vec::new();
        for it in vendor.servers {
            others.push((it.name, other(it, &base, said, &variables)?));
        }
        Ok(Self {
            token_url: token_url(vendor, &base, said, &variables)?,
            base,
            others,
        })
    }

    /// Where all of it stands in a sandbox: at its one address, under the paths that the vendor's URLs have.
    pub(crate) fn in_sandbox(vendor: &'static Vendor, base: Base) -> Self {
        let usual = |it: &UrlVariable| it.values.first().copied().unwrap_or("sandbox").to_owned();
        let set = |it: &UrlVariable| it.default.is_none().then(|| usual(it));
        let variables = Variables::new(&vendor.base_url, set);
        let others = vendor.servers.iter().map(|it| {
            let path = variables.fill(path(it.url));
            (it.name, path.map(|it| base.at(&it)))
        });
        Self {
            others: others.collect(),
            token_url: token_template(vendor).map(|it| {
                let path = variables.fill(path(it));
                path.map(|it| base.beside(&it))
            }),
            base: Ok(base),
        }
    }
}

fn base(
    vendor: &'static Vendor,
    said: &Said<'_>,
    variables: &Variables,
) -> Result<Result<Base, String>, String> {
    let BaseUrl {
        variable,
        default,
        regions,
        ..
    } = vendor.base_url;
    let in_environment = said.variable(variable)?;
    let set = said
        .flag
        .map(|url| (url.to_owned(), Origin::Flag))
        .or_else(|| Some((in_environment?, Origin::Environment(variable))))
        .or_else(|| Some((said.file.get(BASE_URL)?.clone(), Origin::File)));
    let Some((text, origin)) = set else {
        return Ok(match default {
            Some(url) => filled(url, Origin::Default, variables),
            None => Err(format!(
                "the base URL of the vendor's API is not set; the operator of this server must set {variable} or give \
                 --base-url"
            )),
        });
    };
    // A region is a word for a URL of the vendor's.
    if let Some((_, url)) = regions.iter().find(|(word, _)| *word == text.trim()) {
        return Ok(filled(url, origin, variables));
    }
    let base = Base::new(&text, origin).map_err(|why| {
        let words: Vec<&str> = regions.iter().map(|(word, _)| *word).collect();
        match words.is_empty() || text.contains("://") {
            true => why,
            false => format!("{why}, nor one of the regions {}", words.join(", ")),
        }
    });
    base.map(Ok)
}

/// A URL of the vendor's, its variables filled in.
fn filled(url: &str, origin: Origin, variables: &Variables) -> Result<Base, String> {
    Base::new(&variables.fill(url)?, origin)
}

fn other(
    it: &'static OtherServer,
    base: &Result<Base, String>,
    said: &Said<'_>,
    variables: &Variables,
) -> Result<Result<Base, String>, String> {
    if let Some(url) = said.variable(it.variable)? {
        return Base::new(&url, Origin::Environment(it.variable)).map(Ok);
    }
    if !it.url.starts_with('/') {
        return Ok(filled(it.url, Origin::Default, variables));
    }
    let path = variables.fill(it.url);
    Ok(path.and_then(|path| Ok(base.as_ref().map_err(String::clone)?.at(&path))))
}

fn token_url(
    vendor: &'static Vendor,
    base: &Result<Base, String>,
    said: &Said<'_>,
    variables: &Variables,
) -> Result<Option<Result<Url, String>>, String> {
    let (Some(template), Some(variable)) = (token_template(vendor), token_variable(vendor)) else {
        return Ok(None);
    };
    let what = format!("the URL of tokens, {variable},");
    let set = said.variable(&variable)?;
    let set = set.or_else(|| said.file.get(TOKEN_URL).cloned());
    if let Some(url) = set {
        return checked(&what, &url, Origin::Operator).map(|url| Some(Ok(url)));
    }
    let filled = variables.fill(template);
    Ok(Some(filled.and_then(|url| match url.starts_with('/') {
        true => Ok(base.as_ref().map_err(String::clone)?.beside(&url)),
        false => checked(&what, &url, Origin::Default),
    })))
}

/// Where the vendor says that tokens are given.
fn token_template(vendor: &Vendor) -> Option<&'static str> {
    vendor.auth.iter().find_map(|auth| match auth {
        Auth::OAuth2(it) => Some(it.token_url),
        _ => None,
    })
}

/// What of a URL stands behind its host.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |start| &rest[start..])
}
