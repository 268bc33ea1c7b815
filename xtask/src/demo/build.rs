//! Builds the servers with cargo, and says where the programs are.

use std::{
    collections::BTreeMap,
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::workspace;

/// The programs that were built, by name.
pub(crate) struct Programs(BTreeMap<String, PathBuf>);

impl Programs {
    /// Builds these programs, each the package of its name; cargo shows its progress.
    ///
    /// # Errors
    /// If cargo fails; it has said why.
    pub(crate) fn build(binaries: &[&str]) -> anyhow::Result<Self> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .current_dir(workspace::root())
            .args(["build", "--message-format=json-render-diagnostics"])
            .args(binaries.iter().flat_map(|it| ["--package", it]))
            .stdin(Stdio::null())
            .stderr(Stdio::inherit());
        let output = command.output().context("cannot run cargo build")?;
        if !output.status.success() {
            bail!("cargo build failed");
        }
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(Self(messages.lines().filter_map(executable).collect()))
    }

    /// Where a program is.
    ///
    /// # Errors
    /// If it was not built.
    pub(crate) fn path(&self, binary: &str) -> anyhow::Result<PathBuf> {
        let path = self.0.get(binary).cloned();
        path.with_context(|| format!("cargo built no program `{binary}`"))
    }
}

/// Name and place of a program, if a message of cargo's tells of one.
fn executable(message: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(message).ok()?;
    let path = message["executable"].as_str()?;
    let name = message["target"]["name"].as_str()?;
    Some((name.to_owned(), path.into()))
}
