//! Does what vendor.yaml says of credentials, URLs and servers lead somewhere?

use std::collections::BTreeSet;

use super::braces;
use crate::{
    api::Api,
    nearest::did_you_mean,
    report::{Place, Report},
    vendor::{Auth, UrlVariable, VendorDocs},
};

/// Keys of the credentials file that name no credential.
const KEYS: [&str; 2] = ["base_url", "token_url"];

/// Asks all of it.
pub(super) fn check(docs: &VendorDocs, place: &Place, api: &Api, report: &mut Report) {
    credentials(docs, place, report);
    auth(docs, place, report);
    variables(docs, &place.child("base_url"), report);
    unknown_variables(docs, place, report);
    servers(docs, place, api, report);
}

/// Every `{name}` of a template must be a credential, and whatever else names one.
fn credentials(docs: &VendorDocs, vendor_place: &Place, report: &mut Report) {
    let mut named: Vec<(Place, &str)> = Vec::new();
    for (index, auth) in docs.auth.iter().enumerate() {
        let names = auth.templates().into_iter().flat_map(braces);
        named.extend(names.map(|it| (vendor_place.child("auth").child(index), it)));
    }
    let place = |key: &str| vendor_place.child(key).child("credential");
    named.extend(
        docs.caller_key
            .iter()
            .map(|it| (place("caller_key"), it.credential.as_str())),
    );
    named.extend(
        docs.me
            .iter()
            .map(|it| (place("me"), it.credential.as_str())),
    );
    let page = docs
        .base_url
        .discovery
        .iter()
        .flat_map(|it| braces(&it.page));
    let place = || {
        vendor_place
            .child("base_url")
            .child("discovery")
            .child("page")
    };
    named.extend(page.map(|it| (place(), it)));
    let known: Vec<&str> = docs.credentials.iter().map(|it| it.name.as_str()).collect();
    for (place, name) in named.into_iter().filter(|(_, it)| !known.contains(it)) {
        let near = did_you_mean(name, known.iter().copied());
        report.error(
            "unknown-credential",
            place,
            format!("there is no credential `{name}`{near}"),
            "correct the name, or add it to `credentials`",
        );
    }
}

/// Of two entries that fill one place, one would be lost.
fn auth(docs: &VendorDocs, place: &Place, report: &mut Report) {
    let mut filled = BTreeSet::new();
    for (index, auth) in docs.auth.iter().enumerate() {
        let what = auth.place();
        if !filled.insert(what.clone()) {
            report.error(
                "auth-twice",
                place.child("auth").child(index),
                format!("another entry fills the {what} already: one of the two would be lost"),
                "keep the one that the vendor wants",
            );
        }
    }
}

/// The URLs in which a variable may stand, each with its place below vendor.yaml.
fn urls<'a>(docs: &'a VendorDocs, place: &Place) -> Vec<(&'a str, Place)> {
    let base = place.child("base_url");
    let default = docs.base_url.default.iter();
    let default = default.map(|it| (it.as_str(), base.child("default")));
    let regions = docs.base_url.regions.iter();
    let regions = regions.map(|(word, url)| (url.as_str(), base.child("regions").child(word)));
    let servers = docs.servers.iter();
    let servers = servers.map(|(name, it)| {
        (
            it.url.as_str(),
            place.child("servers").child(name).child("url"),
        )
    });
    let tokens = docs.auth.iter().enumerate().filter_map(|(index, it)| {
        let Auth::OAuth2 { oauth2 } = it else {
            return None;
        };
        let place = place.child("auth").child(index).child("oauth2");
        Some((oauth2.token_url.as_str(), place.child("token_url")))
    });
    default
        .chain(regions)
        .chain(servers)
        .chain(tokens)
        .collect()
}

/// A variable stands in a URL, under a key of its own, and its values can stand there.
fn variables(docs: &VendorDocs, base: &Place, report: &mut Report) {
    let urls = urls(docs, &Place::default());
    for (name, it) in &docs.base_url.variables {
        let place = base.child("variables").child(name);
        let slot = format!("{{{name}}}");
        let holders: Vec<&str> = urls
            .iter()
            .map(|(url, _)| *url)
            .filter(|it| it.contains(&slot))
            .collect();
        let is_taken =
            KEYS.contains(&name.as_str()) || docs.credentials.iter().any(|it| it.name == *name);
        let told = if holders.is_empty() {
            Some((
                "it stands in no URL".to_owned(),
                "write it into a URL, or remove it",
            ))
        } else if is_taken {
            let reason = "its name is another key of the credentials file".to_owned();
            Some((reason, "give it, and its place in the URL, another name"))
        } else {
            unfit(it, &slot, &holders)
        };
        if let Some((reason, remedy)) = told {
            let reason = format!("the variable `{name}` is of no use: {reason}");
            report.error("url-variable-unfit", place, reason, remedy);
        }
    }
}

/// Why a value of a variable cannot be one, and what to do.
fn unfit(it: &UrlVariable, slot: &str, holders: &[&str]) -> Option<(String, &'static str)> {
    let listed = |value: &String| it.r#enum.is_empty() || it.r#enum.contains(value);
    if let Some(default) = it.default.as_ref().filter(|value| !listed(value)) {
        let reason = format!("its default `{default}` is not among its `enum`");
        return Some((reason, "correct the default, or add it to `enum`"));
    }
    let is_host = holders.iter().any(|url| authority(url).contains(slot));
    let stands = |it: char| it.is_ascii_alphanumeric() || ".-".contains(it);
    let mut values = it.r#enum.iter().chain(&it.default);
    let wrong = values.find(|value| is_host && !value.chars().all(stands))?;
    let reason = format!("`{}` cannot stand in a host", wrong.escape_debug());
    Some((reason, "give a name of letters, digits, dots and hyphens"))
}

/// What of a URL stands before its path.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

fn unknown_variables(docs: &VendorDocs, place: &Place, report: &mut Report) {
    let known: Vec<&str> = docs.base_url.variables.keys().map(String::as_str).collect();
    for (url, place) in urls(docs, place) {
        for name in braces(url).into_iter().filter(|it| !known.contains(it)) {
            let near = did_you_mean(name, known.iter().copied());
            report.error(
                "unknown-url-variable",
                place.clone(),
                format!("the URL has `{{{name}}}`, which is no variable{near}"),
                format!("correct the name, or say what it is under `variables` of base_url: {name}: {{description: …, variable: …}}"),
            );
        }
    }
}

/// A server that no operation names would never be called.
fn servers(docs: &VendorDocs, place: &Place, api: &Api, report: &mut Report) {
    let named: BTreeSet<&str> = api
        .operations
        .values()
        .flat_map(|it| &it.servers)
        .map(|it| it.trim_end_matches('/'))
        .collect();
    for (name, server) in &docs.servers {
        let url = server.url.trim_end_matches('/');
        if !named.contains(url) {
            let near = did_you_mean(url, named.iter().copied());
            report.error(
                "server-unused",
                place.child("servers").child(name).child("url"),
                format!("no operation of {} has the server `{url}`{near}", api.path),
                "write the URL as the document has it, or remove the server",
            );
        }
    }
}
