//! What follows from a target triple: the platform that bundles know it by, and the names of files.

use std::process::Command;

use anyhow::{Context, bail};
use codegen::release::Platform;

/// A target that rustc knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// Its triple.
    pub(crate) triple: String,
    /// What bundles call it.
    pub(crate) platform: Platform,
}

impl Target {
    /// The target of a triple.
    ///
    /// # Errors
    /// If no bundle can hold a program for it.
    pub(crate) fn of(triple: &str) -> anyhow::Result<Self> {
        let words: Vec<&str> = triple.split('-').collect();
        let platform = match words.get(2) {
            Some(&"darwin") => Platform::Darwin,
            Some(&"linux") => Platform::Linux,
            Some(&"windows") => Platform::Win32,
            _ => bail!(
                "{triple} is none of the systems that bundles know: give a --target of Linux, macOS or Windows, such as \
                 x86_64-unknown-linux-gnu, aarch64-apple-darwin, x86_64-pc-windows-msvc"
            ),
        };
        Ok(Self {
            triple: triple.to_owned(),
            platform,
        })
    }

    /// The target of this machine.
    ///
    /// # Errors
    /// If rustc does not say.
    pub(crate) fn of_this_machine() -> anyhow::Result<Self> {
        Self::of(&rustc("host")?)
    }

    /// Whether it is one of Microsoft's compilers that compiles C for it.
    pub(crate) fn is_msvc(&self) -> bool {
        self.triple.ends_with("-msvc")
    }

    /// What a released file is called: program, version and triple.
    pub(crate) fn stem(&self, binary: &str, version: &str) -> String {
        format!("{binary}-{version}-{}", self.triple)
    }
}

/// What `rustc -vV` says of something, such as its `host`.
pub(crate) fn rustc(key: &str) -> anyhow::Result<String> {
    let told = asked(&["-vV"])?;
    let lead = format!("{key}: ");
    let found = told.lines().find_map(|line| line.strip_prefix(&lead));
    Ok(found
        .with_context(|| format!("rustc -vV says nothing of its {key}"))?
        .to_owned())
}

/// What rustc prints for these arguments.
pub(crate) fn asked(arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(arguments)
        .current_dir(crate::workspace::root())
        .output()
        .context("rustc cannot be started")?;
    if !output.status.success() {
        bail!("rustc {} failed", arguments.join(" "));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
