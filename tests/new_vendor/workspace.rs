//! A stand-in for this workspace, kept between runs: new-vendor writes into it, and one cargo build compiles all of it.
//!
//! Its members stand one folder deeper than in this workspace, so that cargo takes them for other packages, and what both
//! need of the registry is compiled once, in the target folder of this workspace.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use acceptance::{build, cargo, root};
use serde_json::Value;

use crate::case::Case;

/// What the members of the stand-in share with this workspace.
const SHARED: [&str; 4] = ["runtime", "sandbox", "tests/agreement", "build.rs"];

/// The stand-in, and what new-vendor said of each document.
pub(crate) struct Workspace {
    made: BTreeMap<String, Value>,
}

impl Workspace {
    /// Makes the specs and the packages of every document.
    pub(crate) fn of(cases: &[Case]) -> Self {
        let inner = inner();
        for name in SHARED {
            follow(&root().join(name), &inner.join(name));
        }
        for folder in ["specs", "generated"] {
            fs::create_dir_all(inner.join(folder)).expect("a folder can be made");
            drop_strangers(&inner.join(folder), cases);
        }
        let made = cases
            .iter()
            .map(|case| (case.name.clone(), new_vendor(case, &inner)));
        let made = made.collect();
        write_if_other(&outer().join("Cargo.toml"), &manifest());
        let lock = fs::read_to_string(root().join("Cargo.lock")).expect("there is a lock file");
        // Cargo takes out what it does not need here; it is laid down anew only where versions changed.
        let laid = outer().join("laid.lock");
        if fs::read_to_string(&laid).ok().as_ref() != Some(&lock) {
            fs::write(outer().join("Cargo.lock"), &lock).expect("the lock file can be written");
            fs::write(laid, lock).expect("the lock file can be kept");
        }
        Self { made }
    }

    /// Builds every program in one run; a warning is a failure.
    pub(crate) fn build(&self) -> BTreeMap<String, PathBuf> {
        let mut command = cargo();
        command
            .current_dir(outer())
            .env("CARGO_TARGET_DIR", root().join("target"))
            // With the sandbox, although nobody uses it here: so what comes from the registry has the features that it has for
            // the shipped servers, and is compiled already.
            .args([
                "build",
                "--offline",
                "--message-format=json",
                "-p",
                "sandbox",
            ]);
        for made in self.made.values() {
            command.args(["-p", made["binary"].as_str().expect("there is a program")]);
        }
        let output = command.output().expect("cargo starts");
        let words = String::from_utf8_lossy(&output.stderr);
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        let messages: Vec<Value> = messages
            .lines()
            .filter_map(|it| serde_json::from_str(it).ok())
            .collect();
        let said: Vec<&str> = messages
            .iter()
            .filter(|it| {
                it["reason"] == "compiler-message"
                    && it["target"]["src_path"].as_str().is_some_and(is_ours)
            })
            .filter_map(|it| it["message"]["rendered"].as_str())
            .collect();
        assert!(
            output.status.success() && said.is_empty(),
            "{}\n{words}",
            said.join("\n")
        );
        let programs = messages.iter().filter_map(|it| {
            let path = PathBuf::from(it["executable"].as_str()?);
            let name = it["target"]["name"].as_str()?;
            let vendor = self.made.iter().find(|(_, made)| made["binary"] == name)?.0;
            Some((vendor.clone(), path))
        });
        programs.collect()
    }

    /// What new-vendor said.
    pub(crate) fn made(&self, case: &Case) -> &Value {
        &self.made[&case.name]
    }

    /// The ledger of a vendor.
    pub(crate) fn ledger(&self, case: &Case) -> String {
        let path = inner().join("generated").join(&case.name).join("LEDGER.md");
        fs::read_to_string(path).expect("there is a ledger")
    }
}

fn outer() -> PathBuf {
    root().join("target/new-vendor")
}

/// The workspace as xtask sees it.
fn inner() -> PathBuf {
    outer().join("inner")
}

/// Whether a source stands in the stand-in, and was made there.
fn is_ours(path: &str) -> bool {
    Path::new(path).starts_with(inner().join("generated"))
}

/// The specs and the package of one document, and what was said of them.
fn new_vendor(case: &Case, inner: &Path) -> Value {
    let mut command = Command::new(build(&["xtask"], "xtask"));
    command.args(["new-vendor", &case.name, "--force", "--json", "--openapi"]);
    command.arg(&case.document).arg("--root").arg(inner);
    let output = command.output().expect("the program starts");
    assert!(
        output.status.success(),
        "{}:\n{}",
        case.name,
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("the summary is JSON")
}

/// The manifest of the stand-in: the members, and what this workspace says of versions, lints and profiles.
fn manifest() -> String {
    let own = fs::read_to_string(root().join("Cargo.toml")).expect("there is a manifest");
    let shared = own
        .find("[workspace.package]")
        .expect("the workspace says what packages share");
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"inner/generated/*\", \"inner/sandbox\"]\n\n{}",
        &own[shared..]
    )
}

/// What earlier runs left of documents that are gone.
fn drop_strangers(folder: &Path, cases: &[Case]) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // The index of the vendors stands beside them.
        if path.is_dir() && !cases.iter().any(|it| it.name == name) {
            fs::remove_dir_all(path).expect("the folder can be removed");
        }
    }
}

/// Makes a copy equal to its original, and touches no file that is equal already: cargo looks at times.
fn follow(from: &Path, to: &Path) {
    if from.is_file() {
        return write_if_other(to, &fs::read_to_string(from).expect("the file is text"));
    }
    fs::create_dir_all(to).expect("a folder can be made");
    let names = |folder: &Path| -> Vec<_> {
        let entries = fs::read_dir(folder).expect("the folder can be read");
        entries
            .map(|it| it.expect("the folder can be read").file_name())
            .collect()
    };
    for name in names(from) {
        follow(&from.join(&name), &to.join(&name));
    }
    for gone in names(to).into_iter().filter(|it| !from.join(it).exists()) {
        let gone = to.join(gone);
        let removed = if gone.is_dir() {
            fs::remove_dir_all(&gone)
        } else {
            fs::remove_file(&gone)
        };
        removed.expect("what is gone can be removed");
    }
}

fn write_if_other(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|it| it == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file stands in a folder"))
        .expect("a folder can be made");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
