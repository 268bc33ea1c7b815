//! Where things stand in this workspace.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use crate::exit::CommandLine;

static ROOT: OnceLock<PathBuf> = OnceLock::new();

/// Takes another folder for the workspace: tests work on copies of it.
pub(crate) fn stand_in(folder: PathBuf) {
    // Said once, before anything asks.
    let _ = ROOT.set(folder);
}

/// The workspace's own folder.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = || manifest.parent().unwrap_or(manifest).to_path_buf();
    ROOT.get().cloned().unwrap_or_else(own)
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The vendors: the folders of `specs/`, sorted.
pub(crate) fn vendors() -> anyhow::Result<Vec<String>> {
    let mut vendors = Vec::new();
    for entry in std::fs::read_dir(root().join("specs"))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            vendors.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    vendors.sort();
    Ok(vendors)
}

/// The vendors that were named, or all.
///
/// # Errors
/// If one is named that there is not: [`CommandLine`].
pub(crate) fn chosen(named: &[String]) -> anyhow::Result<Vec<String>> {
    let known = vendors()?;
    if let Some(unknown) = named.iter().find(|it| !known.contains(it)) {
        let known = known.join(", ");
        let told = format!("there is no vendor `{unknown}`; specs/ has {known}");
        return Err(CommandLine(told).into());
    }
    Ok(if named.is_empty() {
        known
    } else {
        named.to_vec()
    })
}
