//! A document and what is stated of it: `calls.yaml` beside it says which requests its server sends, and what it refuses.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use acceptance::{missing, root};
use serde_json::Value;

/// A document, and what is stated of its server.
#[derive(Debug)]
pub(crate) struct Case {
    /// The vendor that is made of it.
    pub(crate) name: String,
    /// The document.
    pub(crate) document: PathBuf,
    /// Calls, and the requests that they are.
    pub(crate) calls: Vec<Call>,
    /// What the gate refuses: operation, and part of the reason.
    pub(crate) refused: Vec<(String, String)>,
    /// The names of some tools, by operation.
    pub(crate) names: BTreeMap<String, String>,
    /// How lines of guesses begin.
    pub(crate) guesses: Vec<String>,
    /// Whether every refusal is stated, or only some of them, since the document is somebody else's.
    pub(crate) is_whole: bool,
}

/// A call, and the request that it is.
#[derive(Debug)]
pub(crate) struct Call {
    /// `GET /pets`
    pub(crate) operation: String,
    /// What a model gives.
    pub(crate) arguments: Value,
    /// Request line, headers that matter, and body.
    pub(crate) request: String,
    /// Why Prism cannot judge it, if so.
    pub(crate) unjudged: Option<String>,
}

/// The documents of this folder.
pub(crate) fn own() -> Vec<Case> {
    let folder = root().join("tests/new_vendor/documents");
    let mut cases: Vec<Case> = folders(&folder)
        .into_iter()
        .map(|it| read(&it, None))
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// Documents that others publish, as packages of npm and PyPI; none, which is said, if they are not installed.
pub(crate) fn published() -> Vec<Case> {
    let folder = root().join("tests/new_vendor/published");
    let mut cases = Vec::new();
    for folder in folders(&folder) {
        let stated = yaml(&folder.join("calls.yaml"));
        let place = stated["document"]
            .as_str()
            .expect("calls.yaml says where the document is");
        let installed = root().join("target/clients").join(place);
        let found = installed
            .exists()
            .then_some(installed)
            .or_else(|| in_python(place));
        match found {
            Some(document) => cases.push(read(&folder, Some(document))),
            None => missing(
                &format!("{place} is not installed, so no server was made of it"),
                "cargo xtask test",
            ),
        }
    }
    cases
}

/// The version of Python is part of the path of its packages.
fn in_python(place: &str) -> Option<PathBuf> {
    let (before, after) = place.split_once("/*/")?;
    let lib = root().join("target/clients").join(before);
    folders(&lib)
        .into_iter()
        .map(|it| it.join(after))
        .find(|it| it.exists())
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|it| it.expect("the folder can be read").path());
    let mut folders: Vec<PathBuf> = paths.filter(|it| it.is_dir()).collect();
    folders.sort();
    folders
}

fn read(folder: &Path, document: Option<PathBuf>) -> Case {
    let stated = yaml(&folder.join("calls.yaml"));
    let list = |key: &str| stated[key].as_array().cloned().unwrap_or_default();
    let text = |it: &Value| {
        it.as_str()
            .unwrap_or_else(|| panic!("{}: {it} is no text", folder.display()))
            .to_owned()
    };
    let is_whole = document.is_none();
    let document = document.unwrap_or_else(|| {
        let names = ["openapi.yaml", "openapi.json"];
        let paths = names.map(|it| folder.join(it));
        paths
            .into_iter()
            .find(|it| it.exists())
            .unwrap_or_else(|| panic!("no document in {}", folder.display()))
    });
    Case {
        name: folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        document,
        calls: list("calls")
            .iter()
            .map(|it| Call {
                operation: text(&it["operation"]),
                arguments: it
                    .get("arguments")
                    .filter(|it| !it.is_null())
                    .cloned()
                    .unwrap_or_else(|| serde_json::json!({})),
                request: text(&it["request"]),
                unjudged: it["unjudged"].as_str().map(str::to_owned),
            })
            .collect(),
        refused: list("refused")
            .iter()
            .map(|it| match it.as_str() {
                Some(operation) => (operation.to_owned(), String::new()),
                None => (text(&it["operation"]), text(&it["reason"])),
            })
            .collect(),
        names: stated["names"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, it)| (key.clone(), text(it)))
            .collect(),
        guesses: list("guesses").iter().map(text).collect(),
        is_whole,
    }
}

/// A file of YAML, or of JSON.
pub(crate) fn yaml(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<String> = text.lines().map(in_range).collect();
    serde_yaml::from_str(&lines.join("\n"))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A line whose number is too long for 64 bits, as a fraction: the parser takes no other.
fn in_range(line: &str) -> String {
    let last = line.rsplit(' ').next().unwrap_or_default();
    let digits = last.trim_start_matches('-');
    let is_long = digits.len() >= 19 && digits.bytes().all(|it| it.is_ascii_digit());
    let fits = last.parse::<i64>().is_ok() || last.parse::<u64>().is_ok();
    let end = if is_long && !fits { ".0" } else { "" };
    format!("{line}{end}")
}
