//! `cargo xtask dist` as it is called, and the files that it leaves.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
};

use acceptance::build;
use serde_json::Value;

/// The command, which writes into a folder.
pub(crate) fn dist(arguments: &[&str], out: &Path) -> Command {
    let mut command = Command::new(build(&["xtask"], "xtask"));
    command.arg("dist").args(arguments).arg("--out").arg(out);
    command
}

/// Runs it with `--json`; answers what it prints.
pub(crate) fn made(mut command: Command) -> Value {
    let output = command.arg("--json").output().expect("it runs");
    assert!(output.status.success(), "{}", errors(&output));
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

/// What it says on stderr.
pub(crate) fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files of a folder, by name.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let file = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("the folder can be read");
        let bytes = fs::read(entry.path()).expect("the file can be read");
        (entry.file_name().to_string_lossy().into_owned(), bytes)
    };
    entries.map(file).collect()
}
