//! What is in an archive for people, and what in a bundle for clients.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail, ensure};
use codegen::{
    plan::VendorPlan,
    release::{Platform, Release, manifest, readme},
};

use super::{
    archive::{Entry, pack, zip},
    target::Target,
    universal::universal,
};
use crate::workspace;

/// The licences of the workspace, which go along with everything.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// A shell, and what a file with completions for a program is called there.
const SHELLS: [(&str, &str, &str); 4] = [
    ("bash", "", ".bash"),
    ("zsh", "_", ""),
    ("fish", "", ".fish"),
    ("powershell", "_", ".ps1"),
];

/// A released program.
pub(crate) struct Program {
    /// What it runs on.
    pub(crate) target: Target,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Program {
    /// Reads it.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn read(target: Target, path: PathBuf) -> anyhow::Result<Self> {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self {
            target,
            path,
            bytes,
        })
    }
}

/// The archive of one program for people: name and bytes.
///
/// # Errors
/// If the program does not run here, since it writes the completions.
pub(crate) fn package(
    plan: &VendorPlan,
    release: &Release,
    program: &Program,
    time: u64,
) -> anyhow::Result<(String, Vec<u8>)> {
    let binary = &plan.docs.binary;
    let stem = program.target.stem(binary, &release.version);
    let platform = program.target.platform;
    let mut entries = licences()?;
    entries.push(Entry::new("README.md", readme(plan, release)));
    entries.push(Entry::program(platform.file(binary), &*program.bytes));
    entries.extend(completions(binary, program)?);
    for entry in &mut entries {
        entry.path = format!("{stem}/{}", entry.path);
    }
    let (ending, bytes) = pack(platform, entries, time)?;
    Ok((format!("{stem}.{ending}"), bytes))
}

/// The bundle of a vendor with its program for each platform.
///
/// # Errors
/// If a platform has two programs that cannot be joined.
pub(crate) fn bundle(
    plan: &VendorPlan,
    release: &Release,
    programs: &[Program],
) -> anyhow::Result<Vec<u8>> {
    let binary = &plan.docs.binary;
    let mut entries = licences()?;
    let mut platforms = Vec::new();
    for platform in Platform::ALL {
        let here = programs.iter().filter(|it| it.target.platform == platform);
        let here: Vec<&Program> = here.collect();
        if let Some(bytes) = joined(&here)? {
            entries.push(Entry::program(platform.entry(binary), bytes));
            platforms.push(platform);
        }
    }
    ensure!(!platforms.is_empty(), "there is no program of {binary}");
    let manifest = manifest(plan, release, &platforms);
    entries.push(Entry::new("manifest.json", format!("{manifest:#}\n")));
    zip(entries)
}

/// The one program of a platform, if there is one.
fn joined(programs: &[&Program]) -> anyhow::Result<Option<Vec<u8>>> {
    Ok(match programs {
        [] => None,
        [one] => Some(one.bytes.clone()),
        [first, ..] if first.target.platform == Platform::Darwin => {
            let bytes: Vec<&[u8]> = programs.iter().map(|it| it.bytes.as_slice()).collect();
            Some(universal(&bytes)?)
        }
        several => {
            let triples: Vec<_> = several.iter().map(|it| it.target.triple.as_str()).collect();
            bail!(
                "a bundle holds one program for a system other than macOS, and cannot tell {} apart: make a bundle of each, with \
                 an --out of its own",
                triples.join(" and ")
            )
        }
    })
}

fn licences() -> anyhow::Result<Vec<Entry>> {
    let read = |name: &&str| {
        let path = workspace::root().join(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Entry::new(*name, bytes))
    };
    LICENCES.iter().map(read).collect()
}

/// What a program completes, for each shell: it is asked itself.
fn completions(binary: &str, program: &Program) -> anyhow::Result<Vec<Entry>> {
    let entry = |(shell, lead, ending): &(&str, &str, &str)| {
        let script = ask(&program.path, shell).with_context(|| {
            format!(
                "{binary} for {} was to write its completions for {shell}; a program is packed on a machine that runs it",
                program.target.triple
            )
        })?;
        Ok(Entry::new(
            format!("completions/{lead}{binary}{ending}"),
            script,
        ))
    };
    SHELLS.iter().map(entry).collect()
}

fn ask(program: &Path, shell: &str) -> anyhow::Result<Vec<u8>> {
    let output = Command::new(program)
        .args(["completions", shell])
        .output()
        .context("it cannot be started")?;
    ensure!(output.status.success(), "it failed: {}", output.status);
    Ok(output.stdout)
}
