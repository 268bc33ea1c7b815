//! `cargo xtask codegen`: writes, checks or prints what codegen makes of the specs.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::Args;
use codegen::{Generated, Severity};

use crate::{drift, settle, specs, workspace};

/// Options of `cargo xtask codegen`.
#[derive(Args, Default)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// Vendors, by folder name; all if none is named.
    vendors: Vec<String>,
    /// Write nothing; fail if a file is missing, changed or extra.
    #[arg(long)]
    check: bool,
    /// Write nothing; print the Rust and the listing of one tool.
    #[arg(long, value_name = "TOOL", conflicts_with = "check")]
    print: Option<String>,
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

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen                                          write every vendor
  cargo xtask codegen acme                                     write one, specs/acme
  cargo xtask codegen --check                                  what CI runs
  cargo xtask codegen --print list_all_acme_things             look at one tool
  cargo xtask codegen --vendor acme --openapi api.json --documentation openapi \\
      --out target/psa --runtime runtime                        a whole API, without docs.yaml";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    if let (Some(vendor), Some(openapi)) = (&options.vendor, &options.openapi) {
        return document(vendor, openapi, options);
    }
    let known = workspace::vendors()?;
    if let Some(unknown) = options.vendors.iter().find(|it| !known.contains(it)) {
        bail!(
            "there is no vendor `{unknown}`; specs/ has {}",
            known.join(", ")
        );
    }
    let vendors = if options.vendors.is_empty() {
        &known
    } else {
        &options.vendors
    };
    let mut generated = Vec::new();
    for vendor in vendors {
        generated.push((vendor, codegen::generate(&specs::read(vendor)?, None)));
    }
    // Every vendor's problems are told before anything is written.
    let mut has_errors = false;
    for (_, it) in &generated {
        tell(it);
        has_errors |= it.has_errors();
    }
    if has_errors {
        eprintln!("nothing was written");
        return Ok(ExitCode::FAILURE);
    }
    match &options.print {
        Some(tool) => print(tool, generated.iter().map(|(_, it)| it)),
        None if options.check => check(&generated, known.len() == vendors.len()),
        None => write(&generated, known.len() == vendors.len()),
    }
}

pub(crate) fn tell(generated: &Generated) {
    for it in &generated.diagnostics {
        eprintln!("{it}\n");
    }
    let count = |severity| {
        generated
            .diagnostics
            .iter()
            .filter(|it| it.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        eprintln!("{errors} errors, {warnings} warnings");
    }
}

fn write(generated: &[(&String, Generated)], is_whole: bool) -> anyhow::Result<ExitCode> {
    for (vendor, it) in generated {
        let touched = settle::write(&it.tree, &workspace::root().join("generated").join(vendor))?;
        println!(
            "generated/{vendor}: {}, {} files written",
            summary(it),
            touched.len()
        );
    }
    if is_whole {
        remove_strays(generated)
    } else {
        Ok(ExitCode::SUCCESS)
    }
}

/// What a vendor that is gone has left behind goes; what codegen did not write is for a person to judge.
fn remove_strays(generated: &[(&String, Generated)]) -> anyhow::Result<ExitCode> {
    let mut exit = ExitCode::SUCCESS;
    for stray in drift::strays(generated)? {
        let folder = workspace::root().join("generated").join(&stray.path);
        if is_ours(&folder) {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
            println!(
                "generated/{}: removed, since specs/{} is gone",
                stray.path, stray.path
            );
        } else {
            eprintln!(
                "generated/{} belongs to no vendor, and codegen did not write it: delete it",
                stray.path
            );
            exit = ExitCode::FAILURE;
        }
    }
    Ok(exit)
}

/// Whether a folder holds a package that codegen wrote.
fn is_ours(folder: &std::path::Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.starts_with("# @generated by `cargo xtask codegen")
}

pub(crate) fn summary(generated: &Generated) -> String {
    let (tools, left_out, refused) = generated
        .plan
        .as_ref()
        .map(|it| it.ledger.counts())
        .unwrap_or_default();
    format!(
        "{} operations = {tools} tools + {left_out} left out + {refused} refused",
        tools + left_out + refused
    )
}

fn check(generated: &[(&String, Generated)], is_whole: bool) -> anyhow::Result<ExitCode> {
    let differences = drift::differences(generated, is_whole)?;
    if differences.is_empty() {
        println!("generated/ is what specs/ says");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{}", drift::told(&differences));
    Ok(ExitCode::FAILURE)
}

/// Prints the file that holds a tool, and the tool's listing.
fn print<'a>(
    tool: &str,
    mut generated: impl Iterator<Item = &'a Generated>,
) -> anyhow::Result<ExitCode> {
    let listing = format!("schemas/{tool}.json");
    let found = generated.find(|it| it.tree.get(&listing).is_some());
    let Some(found) = found else {
        bail!("there is no tool `{tool}`; the names stand in generated/<vendor>/TOOLS.md")
    };
    let text = found
        .plan
        .as_ref()
        .and_then(|plan| codegen::emit::one_tool(plan, tool));
    println!(
        "{}\n{}",
        text.unwrap_or_default(),
        found.tree.get(&listing).unwrap_or_default()
    );
    Ok(ExitCode::SUCCESS)
}

/// Packages of another document, outside this workspace.
fn document(
    vendor: &str,
    openapi: &std::path::Path,
    options: &Options,
) -> anyhow::Result<ExitCode> {
    let (Some(out), Some(runtime)) = (&options.out, &options.runtime) else {
        bail!("--out and --runtime are needed")
    };
    let runtime = runtime
        .canonicalize()
        .with_context(|| format!("cannot find {}", runtime.display()))?;
    ours_or_empty(out)?;
    let sources = specs::read_document(vendor, openapi, options.overlay.as_ref())?;
    let generated = codegen::generate(&sources, Some(&runtime.to_string_lossy()));
    tell(&generated);
    if generated.has_errors() {
        eprintln!("nothing was written");
        return Ok(ExitCode::FAILURE);
    }
    let touched = settle::write(&generated.tree, out)?;
    println!(
        "{}: {}, {} files written",
        out.display(),
        summary(&generated),
        touched.len()
    );
    Ok(ExitCode::SUCCESS)
}

/// Whatever the packages do not have is removed from the folder, so it must be ours.
fn ours_or_empty(out: &std::path::Path) -> anyhow::Result<()> {
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
