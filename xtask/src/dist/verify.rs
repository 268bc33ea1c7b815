//! A second clone of the workspace, in which everything can be built again: the same commit must give the same bytes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail, ensure};

/// Makes a fresh clone of what is committed, without a target folder of its own yet.
///
/// # Errors
/// If git cannot.
pub(crate) fn fresh_clone(root: &Path) -> anyhow::Result<PathBuf> {
    let clone = root.join("target/dist/clone");
    if clone.exists() {
        fs::remove_dir_all(&clone).context("cannot remove the clone of an earlier run")?;
    }
    let head = git(root, &["rev-parse", "HEAD"])?;
    let [from, to] = [root, &clone].map(|it| it.to_string_lossy().into_owned());
    git(root, &["clone", "--quiet", "--no-checkout", &from, &to])?;
    git(&clone, &["checkout", "--quiet", "--detach", head.trim()])?;
    Ok(clone)
}

/// Makes sure that what is built is what is committed: else a clone is something else.
///
/// # Errors
/// If it is not.
pub(crate) fn is_committed(root: &Path) -> anyhow::Result<()> {
    let changes = git(root, &["status", "--porcelain"])?;
    let changed: Vec<&str> = changes.lines().take(5).collect();
    ensure!(
        changed.is_empty(),
        "only what is committed can be built again elsewhere; commit first:\n{}",
        changed.join("\n")
    );
    Ok(())
}

fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .output()
        .context("git cannot be started")?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        bail!("git {}: {}", arguments.join(" "), why.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
