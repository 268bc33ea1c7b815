//! The entry of the MCP registry, `server.json`: what the server is called there, and where its bundle is.

use serde_json::{Value, json};

use super::{Release, Setting, settings};
use crate::plan::VendorPlan;

/// The schema that the entry follows.
const SCHEMA: &str = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

/// Most characters of a title, and of a description.
const LONGEST: usize = 100;

/// Where a release is published.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// The part of the server's name that says whose it is, such as `com.example`.
    pub namespace: &'a str,
    /// Where the source stands.
    pub repository: &'a str,
    /// Where the bundle is downloaded.
    pub bundle: &'a str,
    /// SHA-256 of the bundle, in hexadecimal.
    pub sha256: &'a str,
}

/// The `server.json` of a vendor.
///
/// # Errors
/// Why the registry would not take it.
pub fn server_json(
    plan: &VendorPlan,
    release: &Release,
    published: &Published<'_>,
) -> Result<Value, String> {
    let docs = &plan.docs;
    let fits = |text: &str| text.chars().count() <= LONGEST;
    let summary = docs.summary.trim();
    let brief = format!("{} as typed MCP tools.", docs.title);
    if !fits(&brief) {
        return Err(format!(
            "the title of {} is too long for the registry, which takes {LONGEST} characters of `{brief}`: make `title` in vendor.yaml shorter",
            docs.label
        ));
    }
    let description = if fits(summary) && !summary.is_empty() {
        summary
    } else {
        &brief
    };
    Ok(json!({
        "$schema": SCHEMA,
        "name": format!("{}/{}", published.namespace, docs.binary),
        "title": docs.title,
        "description": description,
        "repository": {"url": published.repository, "source": source(published.repository)},
        "version": release.version,
        "packages": [{
            "registryType": "mcpb",
            "identifier": published.bundle,
            "version": release.version,
            "fileSha256": published.sha256,
            "transport": {"type": "stdio"},
            "environmentVariables": settings(docs).iter().map(variable).collect::<Value>(),
        }],
    }))
}

/// The word for the service that hosts a repository.
fn source(url: &str) -> &str {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    match host {
        "github.com" => "github",
        "gitlab.com" => "gitlab",
        other => other,
    }
}

fn variable(setting: &Setting) -> Value {
    let mut variable = json!({
        "name": setting.variable,
        "description": setting.description,
        "isRequired": setting.is_required,
        "isSecret": setting.is_secret,
    });
    if let Some(default) = &setting.default {
        variable["default"] = default.clone().into();
    }
    variable
}
