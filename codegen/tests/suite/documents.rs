//! The documents of the acceptance test generate: each operation of calls.yaml is a tool, or is refused for the reason that it says.

use std::{
    fs,
    path::{Path, PathBuf},
};

use codegen::{Source, Sources, gate::Outcome, generate};
use serde_json::Value;

use crate::{case, shipped};

#[test]
fn what_is_refused_is_what_the_documents_say() {
    let mut wrong = Vec::new();
    // What new-vendor takes out of a document stands in the overlay that it writes.
    for folder in folders().into_iter().filter(|it| !has_removed(it)) {
        let generated = generate(&sources(&folder), None);
        let told: Vec<_> = generated
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect();
        let Some(plan) = &generated.plan else {
            wrong.push(format!("{}: {}", folder.display(), told.join("\n")));
            continue;
        };
        let calls = fs::read_to_string(folder.join("calls.yaml")).unwrap();
        let calls: Value = serde_yaml::from_str(&calls).unwrap();
        for it in calls["calls"].as_array().into_iter().flatten() {
            let key = it["operation"].as_str().unwrap();
            let outcome = plan.ledger.rows.get(key).map(|it| &it.outcome);
            if !matches!(outcome, Some(Outcome::Tool(_))) {
                wrong.push(format!(
                    "{}: {key} is no tool: {outcome:?}",
                    folder.display()
                ));
            }
        }
        for it in calls["refused"].as_array().into_iter().flatten() {
            let (key, reason) = (
                it["operation"].as_str().unwrap(),
                it["reason"].as_str().unwrap(),
            );
            let outcome = plan.ledger.rows.get(key).map(|it| &it.outcome);
            let is_right = match outcome {
                Some(Outcome::Refused(flaws)) => flaws.iter().any(|it| it.reason.contains(reason)),
                _ => false,
            };
            if !is_right {
                wrong.push(format!(
                    "{}: {key}: {reason}: {outcome:?}",
                    folder.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether something of the document cannot be read at all.
fn has_removed(folder: &Path) -> bool {
    let calls = fs::read_to_string(folder.join("calls.yaml")).unwrap();
    calls.lines().any(|it| it == "removed:")
}

/// The documents, each in a folder of its own.
fn folders() -> Vec<PathBuf> {
    let folder = shipped::root().join("tests/new_vendor/documents");
    let entries = fs::read_dir(folder).unwrap();
    let mut folders: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    folders.retain(|it| it.join("calls.yaml").is_file());
    folders.sort();
    assert!(folders.len() >= 4, "{folders:?}");
    folders
}

/// The documents, each as the sources of a vendor.
pub(crate) fn all() -> Vec<Sources> {
    folders().iter().map(|it| sources(it)).collect()
}

fn sources(folder: &Path) -> Sources {
    let mut sources = case::sources("documentation: openapi\n");
    let files = ["openapi.yaml", "openapi.json"].map(|it| folder.join(it));
    let file = files.iter().find(|it| it.is_file()).unwrap();
    sources.openapi = Source {
        path: "specs/acme/openapi.yaml".to_owned(),
        text: fs::read_to_string(file).unwrap(),
    };
    sources
}
