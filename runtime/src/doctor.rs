//! Says what stands between this program and a working call: credentials, base URL, connection, in words.

use serde_json::json;

use crate::{
    entry::Entry,
    failure::Failure,
    server::Server,
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

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mark = match self.health {
            Health::Well => "ok     ",
            Health::Unknown => "skipped",
            Health::Ill => "WRONG  ",
        };
        write!(f, "{mark}  {}", self.words)
    }
}

/// Checks everything, in the order in which a call needs it.
pub(crate) async fn examine(server: &Server) -> Vec<Finding> {
    let mut findings = vec![well(format!(
        "{} tools are enabled",
        server.catalogue.enabled().count()
    ))];
    findings.push(base_url(server));
    findings.extend(credentials(server));
    let ready = findings
        .iter()
        .all(|finding| finding.health == Health::Well);
    findings.push(if ready {
        connection(server).await
    } else {
        unknown("the connection, until the rest is set")
    });
    findings
}

fn base_url(server: &Server) -> Finding {
    match &server.base {
        Ok(base) => well(format!("the base URL is {base} ({})", base.origin)),
        Err(why) => ill(why.clone()),
    }
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
    if let Err(why) = server.credentials.headers() {
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
    match server.prepare(entry, &arguments) {
        Ok(ready) => match server.send(entry, ready, None).await {
            Ok(_) => well(format!("{name} was answered")),
            Err(failure) => ill(format!(
                "{name} failed: {}{}",
                sentence(&failure),
                remedy(&failure)
            )),
        },
        Err(failure) => ill(format!("{name} could not be sent: {}", sentence(&failure))),
    }
}

fn cheap(entry: &Entry) -> Option<serde_json::Value> {
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

fn remedy(failure: &Failure) -> &'static str {
    match failure {
        Failure::Vendor(refusal) if matches!(refusal.status, 401 | 403) => {
            ". The vendor does not accept the credentials: check that they are current and belong to this base URL"
        }
        Failure::Vendor(refusal) if refusal.status == 404 => ". Check the path of the base URL",
        Failure::Unreadable { .. } => {
            ". Check that the base URL is the API's, and not that of a web page"
        }
        _ => "",
    }
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
