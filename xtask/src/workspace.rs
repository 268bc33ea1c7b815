//! Where things stand in this workspace.

use std::path::{Path, PathBuf};

/// The workspace's own folder.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
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
