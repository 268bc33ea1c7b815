//! Builds the programs that a test drives: what cargo has built already is used as it is.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    process::Command,
    sync::{Mutex, OnceLock, PoisonError},
};

use serde_json::Value;

use crate::workspace::root;

/// Cargo, in the workspace, without the variables that it gives to a test: build scripts that look at them would run anew.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let ours = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ];
        if ours.iter().any(|it| text.starts_with(it)) || text == "OUT_DIR" {
            command.env_remove(&name);
        }
    }
    command
}

type Packages = &'static [&'static str];
type Programs = BTreeMap<String, PathBuf>;

/// The path of a program, built if it is not: packages that are built once are not looked at again in this process.
///
/// # Panics
/// If a package does not build; the message holds what the compiler said.
#[must_use]
pub fn build(packages: Packages, program: &str) -> PathBuf {
    static BUILT: OnceLock<Mutex<BTreeMap<Packages, Programs>>> = OnceLock::new();
    let mut built = BUILT
        .get_or_init(Mutex::default)
        .lock()
        // A build that failed fails again, and tells each test why.
        .unwrap_or_else(PoisonError::into_inner);
    let programs = built
        .entry(packages)
        .or_insert_with(|| programs_of(packages));
    programs
        .get(program)
        .unwrap_or_else(|| panic!("no package of {packages:?} has a program `{program}`"))
        .clone()
}

/// The packages that are a workspace of their own.
const APART: Packages = &["xtask"];

fn programs_of(packages: &[&str]) -> Programs {
    let mut command = cargo();
    command.args(["build", "--message-format=json-render-diagnostics"]);
    for package in packages {
        if APART.contains(package) {
            command.args(["--manifest-path", &format!("{package}/Cargo.toml")]);
        } else {
            command.args(["-p", package]);
        }
    }
    let output = command.output().expect("cargo starts");
    assert!(
        output.status.success(),
        "{packages:?} do not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| {
            let path = message["executable"].as_str()?;
            let name = message["target"]["name"].as_str()?;
            Some((name.to_owned(), PathBuf::from(path)))
        })
        .collect()
}
