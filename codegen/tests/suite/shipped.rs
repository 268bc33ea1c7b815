//! The specs that this repository ships, as text and as values that a test can change.

use std::{fs, path::PathBuf};

use codegen::{Source, Sources};
use serde_json::Value;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap().to_path_buf()
}

/// The vendors of specs/, sorted.
pub(crate) fn vendors() -> Vec<String> {
    let entries = fs::read_dir(root().join("specs")).unwrap();
    let mut names: Vec<_> = entries
        .map(|it| it.unwrap())
        .filter(|it| it.path().is_dir())
        .map(|it| it.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The sources of one vendor.
pub(crate) fn sources(vendor: &str) -> Sources {
    let source = |file: &str| {
        let path = format!("specs/{vendor}/{file}.yaml");
        let text = fs::read_to_string(root().join(&path)).ok()?;
        Some(Source { path, text })
    };
    Sources {
        vendor: vendor.to_owned(),
        openapi: source("openapi").unwrap(),
        behaviour: source("vendor").unwrap(),
        docs: source("docs"),
        overlay: source("overlay"),
        prompts: source("prompts"),
        sandbox: source("sandbox"),
    }
}

/// One of the files that a test changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    Openapi,
    Vendor,
    Docs,
    Overlay,
    Prompts,
    Sandbox,
}

impl File {
    pub(crate) const ALL: [Self; 6] = [
        Self::Openapi,
        Self::Vendor,
        Self::Docs,
        Self::Overlay,
        Self::Prompts,
        Self::Sandbox,
    ];

    /// The file among the sources; one that the vendor does not have is added, empty.
    pub(crate) fn of(self, sources: &mut Sources) -> &mut Source {
        let path = |name: &str| Source {
            path: format!("specs/{}/{name}.yaml", sources.vendor),
            text: "{}".to_owned(),
        };
        match self {
            Self::Openapi => &mut sources.openapi,
            Self::Vendor => &mut sources.behaviour,
            Self::Docs => sources.docs.get_or_insert(path("docs")),
            Self::Overlay => sources.overlay.get_or_insert(path("overlay")),
            Self::Prompts => sources.prompts.get_or_insert(path("prompts")),
            Self::Sandbox => sources.sandbox.get_or_insert(path("sandbox")),
        }
    }

    /// The file's content.
    pub(crate) fn value(self, sources: &Sources) -> Value {
        let mut sources = sources.clone();
        serde_yaml::from_str(&self.of(&mut sources).text).unwrap()
    }

    /// Writes other content.
    pub(crate) fn set(self, sources: &mut Sources, value: &Value) {
        self.of(sources).text = serde_yaml::to_string(value).unwrap();
    }
}
