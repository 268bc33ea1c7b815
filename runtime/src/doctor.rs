//! Says what stands between this program and a working call: credentials, base URL, connection, in words.

use clap::builder::styling::AnsiColor;
use serde_json::{Value, json};

use crate::{
    answer::Content,
    entry::Entry,
    failure::{Failure, guidance},
    output::painted,
    server::Server,
    site,
    table::{Answer, Effect, Method, Paging},
};

/// One thing that was checked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// How it stands.
    pub(crate) health: Health,
    /// What was found, and the remedy.
    pub(crate) words: String,
}

impl Finding {
    fn is_ill(&self) -> bool {
        self.health == Health::Ill
    }
}

/// How a checked thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    /// As it should be.
    Well,
    /// Not checked, since something else is ill.
    Unknown,
    /// It keeps calls from working.
    Ill,
}

impl Health {
    fn word(self) -> &'static str {
        match self {
            Self::Well => "ok",
            Self::Unknown => "skipped",
            Self::Ill => "WRONG",
        }
    }

    fn color(self) -> AnsiColor {
        match self {
            Self::Well => AnsiColor::Green,
            Self::Unknown => AnsiColor::Yellow,
            Self::Ill => AnsiColor::Red,
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mark = painted(self.health.color(), &format!("{:7}", self.health.word()));
        write!(f, "{mark}  {}", self.words)
    }
}

/// The findings for a script.
pub(crate) fn as_json(findings: &[Finding]) -> Value {
    let is_well = !findings.iter().any(Finding::is_ill);
    let findings = findings.iter();
    let findings =
        findings.map(|it| json!({"health": it.health.word().to_lowercase(), "words": it.words}));
    json!({"is_well": is_well, "findings": findings.collect::<Vec<_>>()})
}

/// Checks everything, in the order in which a call needs it.
pub(crate) async fn examine(server: &Server) -> Vec<Finding> {
    let mut findings = vec![well(format!(
        "{} tools are enabled",
        server.catalogue.enabled().count()
    ))];
    findings.push(base_url(server));
    findings.extend(others(server));
    findings.extend(credentials(server));
    if findings.iter().any(Finding::is_ill) {
        findings.push(unknown("the connection, until the rest is set"));
        return findings;
    }
    findings.extend(token(server).await);
    findings.extend(site(server).await);
    findings.push(if findings.iter().any(Finding::is_ill) {
        unknown("the connection, until the site is right")
    } else {
        connection(server).await
    });
    if !findings.iter().any(Finding::is_ill) {
        findings.extend(person(server).await);
    }
    findings
}

fn base_url(server: &Server) -> Finding {
    match server.site.set() {
        Ok(base) => well(format!("the base URL is {base} ({})", base.origin)),
        Err(why) => ill(why.to_owned()),
    }
}

/// The servers at which some tools are called.
fn others(server: &Server) -> impl Iterator<Item = Finding> {
    server.others.iter().map(|(name, base)| match base {
        Ok(base) => well(format!("the server {name} is {base} ({})", base.origin)),
        Err(why) => ill(format!("the server {name}: {why}")),
    })
}

/// Whether a token is given for the credentials, where calls need one.
async fn token(server: &Server) -> Option<Finding> {
    let url = match server.tokens.url()? {
        Ok(url) => url,
        Err(why) => return Some(ill(why.to_owned())),
    };
    Some(match server.token(&server.credentials).await {
        Ok(_) => well(format!("{url} gave a token")),
        Err(failure) => ill(sentence(&failure)),
    })
}

/// What the page of the site says that knows where its API stands.
async fn site(server: &Server) -> Option<Finding> {
    let discovery = server.vendor().base_url.discovery.as_ref()?;
    let base = server.site.set().ok()?;
    let said = site::ask(base, discovery, &server.dispatch, &server.credentials).await;
    Some(match said {
        Err(failure) => ill(format!("{}: {}", discovery.page, sentence(&failure))),
        Ok(None) => unknown(&format!("the site: it has no page {}", discovery.page)),
        Ok(Some(word)) if base.is_site() => match server.look_up().await {
            Ok(()) => {
                let path = discovery.path.replace("{found}", &word);
                well(format!("the site answers, and its API stands at {path}"))
            }
            Err(failure) => ill(sentence(&failure)),
        },
        Ok(Some(word)) => well(format!("the site answers, and calls its API {word}")),
    })
}

/// Whether somebody is `me`, where inputs understand that.
async fn person(server: &Server) -> Option<Finding> {
    let me = server.vendor().me.as_ref()?;
    let known = server
        .vendor()
        .credentials
        .iter()
        .find(|it| it.name == me.credential)?;
    let Some(name) = server.credentials.public(me.credential) else {
        return Some(unknown(&format!(
            "who `me` is: {} is not set",
            known.variable
        )));
    };
    let entry = server.catalogue.of_vendor(me.tool)?;
    let found = async {
        let ready = server.ready(entry, &json!({me.input: name})).await?;
        server.send(entry, ready, None).await
    };
    Some(match found.await {
        Ok((Content::Records { records, .. }, _)) if records.is_empty() => ill(format!(
            "`me` is `{name}`, whom {} does not know: correct {}",
            me.tool, known.variable
        )),
        Ok(_) => well(format!("`me` is `{name}`")),
        Err(failure) => ill(format!(
            "whether there is a `{name}` is not known: {}",
            sentence(&failure)
        )),
    })
}

fn credentials(server: &Server) -> Vec<Finding> {
    let missing = server.credentials.missing();
    let mut findings: Vec<Finding> = server
        .vendor()
        .credentials
        .iter()
        .filter_map(|credential| {
            let source = server.credentials.source(credential.name)?;
            Some(well(format!(
                "the credential {} is there ({source})",
                credential.name
            )))
        })
        .collect();
    findings.extend(missing.into_iter().map(|credential| {
        ill(format!(
            "the credential {} is missing: set {} or put {} into the credentials file. {}",
            credential.name, credential.variable, credential.name, credential.description
        ))
    }));
    if let Err(why) = server.credentials.carried(None) {
        findings.push(ill(why));
    }
    findings
}

/// One cheap read: the first list that needs no input.
async fn connection(server: &Server) -> Finding {
    let Some((entry, arguments)) = server
        .catalogue
        .enabled()
        .find_map(|entry| Some((entry, cheap(entry)?)))
    else {
        return unknown("the connection: no enabled list tool works without inputs");
    };
    let name = entry.about.name;
    match server.ready(entry, &arguments).await {
        Ok(ready) => match server.send(entry, ready, None).await {
            Ok(_) => well(format!("{name} was answered")),
            Err(failure) => ill(format!(
                "{name} failed: {}{}",
                sentence(&failure),
                remedy(server, &failure)
            )),
        },
        Err(failure) => ill(format!("{name} could not be sent: {}", sentence(&failure))),
    }
}

/// The arguments with which a list answers least, if it needs no input.
pub(crate) fn cheap(entry: &Entry) -> Option<serde_json::Value> {
    let about = &entry.about;
    let Answer::List { paging, .. } = about.answer else {
        return None;
    };
    if about.method != Method::List || about.effect != Effect::Read {
        return None;
    }
    let arguments = if matches!(paging, Paging::None) {
        json!({})
    } else {
        json!({"limit": 1})
    };
    entry.call(&arguments).is_ok().then_some(arguments)
}

fn sentence(failure: &Failure) -> String {
    let json = failure.json();
    format!(
        "{} ({})",
        json["message"].as_str().unwrap_or_default(),
        json["statusCode"]
    )
}

/// What the vendor's refusals mean here, first by what vendor.yaml knows.
fn remedy(server: &Server, failure: &Failure) -> String {
    let general = match failure {
        Failure::Vendor(refusal) => {
            let body = refusal.body.as_ref().map(ToString::to_string);
            let rules = &server.vendor().errors;
            let rules = [rules.guidance, rules.connection];
            let said = |rules| guidance(rules, refusal.status, body.as_deref().unwrap_or_default());
            if let Some(known) = rules.into_iter().flat_map(said).next() {
                return format!(". {known}");
            }
            match refusal.status {
                401 | 403 => {
                    ". The vendor does not accept the credentials: check that they are current and belong to this base URL"
                }
                404 => ". Check the path of the base URL",
                _ => "",
            }
        }
        Failure::Unreadable { .. } => {
            ". Check that the base URL is the API's, and not that of a web page"
        }
        _ => "",
    };
    general.to_owned()
}

fn well(words: String) -> Finding {
    Finding {
        health: Health::Well,
        words,
    }
}

fn unknown(words: &str) -> Finding {
    Finding {
        health: Health::Unknown,
        words: words.to_owned(),
    }
}

fn ill(words: String) -> Finding {
    Finding {
        health: Health::Ill,
        words,
    }
}
