//! The files of a release: written, counted and summed up, for people and for scripts.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The file of checksums, in the form that `sha256sum -c` reads.
const SUMS: &str = "SHA256SUMS";

/// The files of a release.
pub(crate) struct Artefacts {
    folder: PathBuf,
    made: Vec<Made>,
    left_out: Vec<(String, String)>,
}

struct Made {
    file: String,
    kind: &'static str,
    bytes: usize,
    sha256: String,
}

impl Artefacts {
    /// None yet; the folder is made.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(crate) fn new(folder: PathBuf) -> anyhow::Result<Self> {
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(Self {
            folder,
            made: Vec::new(),
            left_out: Vec::new(),
        })
    }

    /// Where they are.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes one; answers its checksum.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn add(
        &mut self,
        kind: &'static str,
        file: String,
        bytes: &[u8],
    ) -> anyhow::Result<String> {
        let path = self.folder.join(&file);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        if kind == "program" {
            make_runnable(&path)?;
        }
        let sha256 = sum(bytes);
        self.made.push(Made {
            file,
            kind,
            bytes: bytes.len(),
            sha256: sha256.clone(),
        });
        Ok(sha256)
    }

    /// Notes what was not made, and why.
    pub(crate) fn leave_out(&mut self, what: String, why: String) {
        self.left_out.push((what, why));
    }

    /// Writes the checksums of all.
    ///
    /// # Errors
    /// If they cannot be written.
    pub(crate) fn finish(&mut self) -> anyhow::Result<()> {
        self.made.sort_by(|a, b| a.file.cmp(&b.file));
        let lines = self.made.iter();
        let lines: String = lines
            .map(|it| format!("{}  {}\n", it.sha256, it.file))
            .collect();
        self.add("checksums", SUMS.to_owned(), lines.as_bytes())?;
        Ok(())
    }

    /// Their names.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.made.iter().map(|it| it.file.as_str())
    }

    /// For people.
    pub(crate) fn text(&self) -> String {
        let size = |bytes: usize| format!("{:>9.1} KB", bytes as f64 / 1000.0);
        let made = self.made.iter();
        let made =
            made.map(|it| format!("{}  {}…  {}\n", size(it.bytes), &it.sha256[..12], it.file));
        let left_out = self.left_out.iter();
        let left_out = left_out.map(|(what, why)| format!("not made: {what}: {why}\n"));
        let lines: String = made.chain(left_out).collect();
        format!("{}:\n{lines}", self.folder.display())
    }

    /// For scripts.
    pub(crate) fn json(&self) -> Value {
        let made = self.made.iter().map(
            |it| json!({"file": it.file, "kind": it.kind, "bytes": it.bytes, "sha256": it.sha256}),
        );
        let left_out = self.left_out.iter();
        let left_out = left_out.map(|(what, why)| json!({"file": what, "why": why}));
        json!({
            "folder": self.folder,
            "artefacts": made.collect::<Value>(),
            "left_out": left_out.collect::<Value>(),
        })
    }
}

/// SHA-256 in hexadecimal.
fn sum(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(unix)]
fn make_runnable(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::set_permissions(
        path,
        fs::Permissions::from_mode(0o755),
    )?)
}

#[cfg(not(unix))]
fn make_runnable(_: &Path) -> anyhow::Result<()> {
    Ok(())
}
