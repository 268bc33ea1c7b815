//! Prism between a server and a sandbox: it holds every request against the vendor's document, and passes on what fits.

use std::{fs, process::Command};

use serde_json::{Value, json};

use crate::{client::installed, program::Running, skip::missing, workspace::Scratch};

/// A running Prism, ended when it is dropped.
pub struct Prism {
    /// Where it listens.
    pub url: String,
    _program: Running,
    _folder: Scratch,
}

impl Prism {
    /// Starts one in front of `upstream`, which judges by an OpenAPI document; none if it is not installed, which is
    /// then said.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn start(document: &Value, upstream: &str) -> Option<Self> {
        let Some(modules) = installed("prism") else {
            missing(
                "requests cannot be held against the vendor's document, since Prism is not installed",
                "cargo xtask test",
            );
            return None;
        };
        let folder = Scratch::new("prism");
        let path = folder.path().join("document.json");
        fs::write(&path, requests_only(document).to_string()).expect("the document can be written");
        let mut command = Command::new("node");
        command
            .arg(modules.join("node_modules/@stoplight/prism-cli/dist/index.js"))
            .arg("proxy")
            .arg(&path)
            .args([upstream, "--errors", "--port", "0"]);
        let program = Running::start(command);
        let url = loop {
            if let Some((_, url)) = program.line().split_once("listening on ") {
                break url.trim().to_owned();
            }
        };
        Some(Self {
            url,
            _program: program,
            _folder: folder,
        })
    }
}

/// The document without its answers: what comes back is the sandbox's business, and leaves out what was not asked for.
fn requests_only(document: &Value) -> Value {
    let mut document = document.clone();
    let paths = document["paths"].as_object_mut();
    for item in paths.into_iter().flat_map(|it| it.values_mut()) {
        for operation in item
            .as_object_mut()
            .into_iter()
            .flat_map(|it| it.values_mut())
        {
            if operation.get("responses").is_some() {
                operation["responses"] = json!({"default": {"description": "Any answer."}});
            }
        }
    }
    document
}
