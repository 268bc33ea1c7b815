//! The specs of another revision, out of git, without touching the working tree.

use std::{collections::BTreeSet, path::Path, process::Command};

use anyhow::{Context, bail};
use codegen::{Source, Sources};

use crate::specs;

/// The files of every vendor at a revision.
pub(crate) fn read(root: &Path, revision: &str) -> anyhow::Result<Vec<Sources>> {
    let listed = git(
        root,
        &["ls-tree", "-r", "-z", "--name-only", revision, "specs/"],
    )?;
    let paths: BTreeSet<&str> = listed.split('\0').filter(|it| !it.is_empty()).collect();
    let vendors: BTreeSet<&str> = paths.iter().filter_map(|it| it.split('/').nth(1)).collect();
    let mut all = Vec::new();
    for vendor in vendors {
        let optional = |name: &str| {
            let path = format!("specs/{vendor}/{name}");
            let is_there = paths.contains(path.as_str());
            let read = is_there.then(|| git(root, &["show", &format!("{revision}:{path}")]));
            let text = read.transpose()?;
            anyhow::Ok(text.map(|text| Source { path, text }))
        };
        let required = |name: &str| {
            optional(name)?
                .with_context(|| format!("specs/{vendor}/{name} is missing at {revision}"))
        };
        all.push(Sources {
            vendor: vendor.to_owned(),
            openapi: specs::document(vendor, optional)?,
            behaviour: required("vendor.yaml")?,
            docs: Some(required("docs.yaml")?),
            overlay: optional("overlay.yaml")?,
            prompts: optional("prompts.yaml")?,
            sandbox: optional("sandbox.yaml")?,
        });
    }
    Ok(all)
}

/// Whether the generator itself is another than at a revision.
pub(crate) fn has_other_generator(root: &Path, revision: &str) -> anyhow::Result<bool> {
    Ok(!git(
        root,
        &[
            "diff",
            "--name-only",
            revision,
            "--",
            "codegen/src",
            "codegen/templates",
        ],
    )?
    .is_empty())
}

fn git(root: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .output()
        .context("git cannot be started")?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        bail!("git {}: {}", arguments.join(" "), why.trim());
    }
    String::from_utf8(output.stdout).context("git answered what is no text")
}
