//! Compares a file with what it should hold, or writes it where `UPDATE_GOLDENS` is set.

use std::{env, fs, path::Path};

use similar::TextDiff;

/// The command that a failure names.
pub(crate) const UPDATE: &str = "UPDATE_GOLDENS=1 cargo test -p codegen --test suite";

/// Whether files are to be written.
pub(crate) fn is_wanted() -> bool {
    env::var_os("UPDATE_GOLDENS").is_some()
}

/// Writes the file, or answers how it differs.
pub(crate) fn settle(path: &Path, expected: &str) -> Option<String> {
    let found = fs::read_to_string(path)
        .unwrap_or_default()
        .replace('\r', "");
    if found == expected {
        return None;
    }
    if is_wanted() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, expected).unwrap();
        return None;
    }
    let diff = TextDiff::from_lines(found.as_str(), expected);
    let diff = diff
        .unified_diff()
        .context_radius(2)
        .header("on disk", "as codegen says now")
        .to_string();
    Some(format!("{}\n{diff}", path.display()))
}

/// Fails with every difference, and how to mend it.
pub(crate) fn assert_settled(differences: &[String]) {
    assert!(
        differences.is_empty(),
        "{}\n{} files differ. If that is meant, run `{UPDATE}`, then read the diff.",
        differences.join("\n"),
        differences.len()
    );
}
