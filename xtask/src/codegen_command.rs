//! `cargo xtask codegen`: writes, checks or prints what codegen makes of the specs.

pub(crate) mod told;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::Args;
use codegen::Generated;

use self::told::{Done, Written};
use crate::{
    drift,
    exit::{self, CommandLine},
    index, settle, specs,
    terminal::{self, Progress},
    workspace,
};

/// Options of `cargo xtask codegen`.
#[derive(Args, Default)]
#[command(after_help = HELP)]
pub(crate) struct Options {
    /// Vendors, by folder name; all if none is named.
    vendors: Vec<String>,
    /// Write nothing; fail if a file is missing, changed or extra.
    #[arg(long)]
    check: bool,
    /// Write nothing; print the Rust and the listing of one tool.
    #[arg(long, value_name = "TOOL", conflicts_with_all = ["check", "json"])]
    print: Option<String>,
    /// Answer in JSON: the problems, what was written, what differs.
    #[arg(long)]
    json: bool,
    /// The vendor whose vendor.yaml goes with `--openapi`.
    #[arg(long, requires = "openapi", conflicts_with = "vendors")]
    vendor: Option<String>,
    /// Another OpenAPI document instead of the vendor's own.
    #[arg(long, value_name = "FILE", requires_all = ["vendor", "documentation", "out", "runtime"])]
    openapi: Option<PathBuf>,
    /// Corrections to that document.
    #[arg(long, value_name = "FILE", requires = "openapi")]
    overlay: Option<PathBuf>,
    /// Where documentation comes from: `openapi` takes each operation's summary, and derives names from paths.
    #[arg(long, value_parser = ["openapi"], requires = "openapi")]
    documentation: Option<String>,
    /// Folder for the packages of that document.
    #[arg(long, value_name = "DIR", requires = "openapi")]
    out: Option<PathBuf>,
    /// Path to this workspace's `runtime`, for those packages.
    #[arg(long, value_name = "PATH", requires = "openapi")]
    runtime: Option<PathBuf>,
}

const HELP: &str = "\
Examples:
  cargo xtask codegen                                          write every vendor
  cargo xtask codegen acme                                     write one, specs/acme
  cargo xtask codegen --check                                  what CI runs
  cargo xtask codegen --check --json                           the same, for a script
  cargo xtask codegen --print list_all_acme_things             look at one tool
  cargo xtask codegen --vendor acme --openapi api.json --documentation openapi \\
      --out target/psa --runtime runtime                        a whole API, without docs.yaml

Exit codes:
  0  written, or with --check: generated/ is what specs/ says
  1  the specs have mistakes, and nothing was written; or with --check: a file is missing, changed or extra
  2  the command line is wrong";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    if let (Some(vendor), Some(openapi)) = (&options.vendor, &options.openapi) {
        return document(vendor, openapi, options);
    }
    let known = workspace::vendors()?;
    let vendors = workspace::chosen(&options.vendors)?;
    let generated = generate(&vendors)?;
    // Every vendor's problems are told before anything is written.
    if !options.json {
        generated.iter().for_each(|(_, it)| told::problems(it));
    }
    let done = match &options.print {
        _ if generated.iter().any(|(_, it)| it.has_errors()) => Done::Nothing,
        Some(tool) => return print(tool, generated.iter().map(|(_, it)| it)),
        None if options.check => Done::Checked(check(&generated, &known)?),
        None => write(&generated, &known)?,
    };
    finish(&generated, &done, options.json)
}

fn generate(vendors: &[String]) -> anyhow::Result<Vec<(&String, Generated)>> {
    let mut generated = Vec::new();
    let progress = Progress::begin("reading the specs");
    for vendor in vendors {
        progress.step(format!("generating {vendor}"));
        generated.push((vendor, codegen::generate(&specs::read(vendor)?, None)));
    }
    Ok(generated)
}

fn finish(
    generated: &[(&String, Generated)],
    done: &Done,
    is_json: bool,
) -> anyhow::Result<ExitCode> {
    if is_json {
        terminal::say(told::json(generated, done)?);
    } else {
        told::text(generated, done);
    }
    Ok(exit::of(done.is_well()))
}

fn check(
    generated: &[(&String, Generated)],
    known: &[String],
) -> anyhow::Result<Vec<settle::Difference>> {
    let index = index::index(known, &named(generated));
    let is_whole = generated.len() == known.len();
    drift::differences(generated, index.as_deref(), is_whole)
}

fn named<'a>(generated: &'a [(&String, Generated)]) -> Vec<index::Named<'a>> {
    generated.iter().map(|(vendor, it)| (*vendor, it)).collect()
}

fn write(generated: &[(&String, Generated)], known: &[String]) -> anyhow::Result<Done> {
    let mut folders = Vec::new();
    let progress = Progress::begin("writing generated/");
    for (vendor, it) in generated {
        progress.step(format!("writing generated/{vendor}"));
        folders.push(Written {
            files: settle::write(&it.tree, &workspace::root().join("generated").join(vendor))?,
            folder: format!("generated/{vendor}"),
        });
    }
    let is_indexed = index::write(known, &named(generated))?;
    let (removed, strays) = if generated.len() == known.len() {
        remove_strays(generated)?
    } else {
        Default::default()
    };
    Ok(Done::Written {
        folders,
        is_indexed,
        removed,
        strays,
    })
}

/// What a vendor that is gone has left behind goes; what codegen did not write is for a person to judge.
fn remove_strays(generated: &[(&String, Generated)]) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let (mut removed, mut left) = (Vec::new(), Vec::new());
    for stray in drift::strays(generated)? {
        let folder = workspace::root().join("generated").join(&stray.path);
        if is_ours(&folder) {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
            removed.push(stray.path);
        } else {
            left.push(stray.path);
        }
    }
    Ok((removed, left))
}

/// Whether a folder holds a package that codegen wrote.
fn is_ours(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.starts_with("# @generated by `cargo xtask codegen")
}

/// Prints the file that holds a tool, and the tool's listing.
fn print<'a>(
    tool: &str,
    mut generated: impl Iterator<Item = &'a Generated>,
) -> anyhow::Result<ExitCode> {
    let listing = format!("schemas/{tool}.json");
    let found = generated.find(|it| it.tree.get(&listing).is_some());
    let found = found.ok_or_else(|| {
        CommandLine(format!(
            "there is no tool `{tool}`; the names stand in generated/<vendor>/TOOLS.md"
        ))
    })?;
    let text = found
        .plan
        .as_ref()
        .and_then(|plan| codegen::emit::one_tool(plan, tool));
    terminal::say(format!(
        "{}\n{}",
        text.unwrap_or_default(),
        found.tree.get(&listing).unwrap_or_default()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Packages of another document, outside this workspace.
fn document(vendor: &String, openapi: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let (Some(out), Some(runtime)) = (&options.out, &options.runtime) else {
        bail!("--out and --runtime are needed")
    };
    let runtime = runtime
        .canonicalize()
        .with_context(|| format!("cannot find {}", runtime.display()))?;
    ours_or_empty(out)?;
    let progress = Progress::begin(format!("reading {}", openapi.display()));
    let sources = specs::read_document(vendor, openapi, options.overlay.as_ref())?;
    progress.step(format!("generating from {}", openapi.display()));
    let generated = codegen::generate(&sources, Some(&runtime.to_string_lossy()));
    drop(progress);
    if !options.json {
        told::problems(&generated);
    }
    let done = if generated.has_errors() {
        Done::Nothing
    } else {
        let _progress = Progress::begin(format!("writing {}", out.display()));
        Done::Written {
            folders: vec![Written {
                files: settle::write(&generated.tree, out)?,
                folder: out.display().to_string(),
            }],
            is_indexed: false,
            removed: Vec::new(),
            strays: Vec::new(),
        }
    };
    finish(&[(vendor, generated)], &done, options.json)
}

/// Whatever the packages do not have is removed from the folder, so it must be ours.
fn ours_or_empty(out: &Path) -> anyhow::Result<()> {
    let is_empty = match std::fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !out.exists(),
    };
    if is_empty || is_ours(out) {
        return Ok(());
    }
    bail!(
        "{} holds files that codegen did not write; name an empty folder",
        out.display()
    )
}
