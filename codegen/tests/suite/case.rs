//! A case: the sources of one vendor in one small file, with what the case leaves out taken from `defaults/`.
//!
//! A section (`openapi:`, `docs:` …) is cut out as text, at its own lines and columns, so that a diagnostic of the case
//! points into the case's file, and so that a section may hold what no parser takes.

use std::{fs, path::PathBuf};

use codegen::{Source, Sources};

/// Keys that a section does not say are said by these.
const DEFAULTS: [(&str, &str); 3] = [
    ("docs", include_str!("../defaults/docs.yaml")),
    ("openapi", include_str!("../defaults/openapi.yaml")),
    ("vendor", include_str!("../defaults/vendor.yaml")),
];

/// The folder of these tests.
pub(crate) fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// The names of a folder's files of one extension, without it, sorted.
pub(crate) fn names(folder: &str, extension: &str) -> Vec<String> {
    let entries = fs::read_dir(self::folder(folder)).unwrap();
    let mut names: Vec<String> = entries
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter_map(|it| it.strip_suffix(&format!(".{extension}")).map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// The sources of the case in `folder`.
pub(crate) fn read(folder: &str, name: &str) -> Sources {
    let path = self::folder(folder).join(format!("{name}.yaml"));
    let text = fs::read_to_string(&path).unwrap().replace('\r', "");
    sources(&text)
}

/// The sources of a case's text.
pub(crate) fn sources(text: &str) -> Sources {
    let is_derived = text.lines().any(|it| it == "documentation: openapi");
    let needed = |key: &str| with_defaults(&section(text, key).unwrap_or_default(), key);
    let source = |file: &str, text: String| Source {
        path: format!("specs/acme/{file}.yaml"),
        text,
    };
    let optional = |key: &str| section(text, key).map(|it| source(key, it));
    Sources {
        vendor: "acme".to_owned(),
        openapi: source("openapi", needed("openapi")),
        behaviour: source("vendor", needed("vendor")),
        docs: (!is_derived).then(|| source("docs", needed("docs"))),
        overlay: optional("overlay"),
        prompts: optional("prompts"),
        sandbox: optional("sandbox"),
    }
}

/// The lines below a key at the left margin, where they stand; lines before them are empty.
fn section(text: &str, key: &str) -> Option<String> {
    let heading = format!("{key}:");
    let start = text.lines().position(|it| it == heading)?;
    let body = text.lines().skip(start + 1);
    let body: Vec<&str> = body
        .take_while(|it| it.is_empty() || it.starts_with(' '))
        .collect();
    Some(format!("{}{}\n", "\n".repeat(start + 1), body.join("\n")))
}

/// Adds the default of every top-level key that the section does not have.
fn with_defaults(section: &str, key: &str) -> String {
    let (_, defaults) = DEFAULTS.iter().find(|(it, _)| *it == key).unwrap();
    let is_said = |line: &str| {
        let key = line.split(':').next().unwrap_or_default();
        section
            .lines()
            .any(|it| it.starts_with(&format!("  {key}:")))
    };
    let mut text = section.to_owned();
    let mut is_kept = false;
    for line in defaults.lines() {
        if !line.starts_with(' ') {
            is_kept = !is_said(line);
        }
        if is_kept {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}
