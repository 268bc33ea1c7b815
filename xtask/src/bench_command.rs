//! `cargo xtask bench`: measures, and judges nothing. Machines differ: compare figures of one run.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::bail;
use clap::Args;
use codegen::Sources;

use crate::{bench, specs, workspace};

/// Options of `cargo xtask bench`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// What to measure.
    #[arg(value_parser = ["generate", "compile", "discovery"])]
    what: String,
    /// An OpenAPI document to generate from, besides the shipped specs.
    #[arg(long, value_name = "FILE", requires = "vendor")]
    openapi: Option<PathBuf>,
    /// The vendor whose vendor.yaml goes with it.
    #[arg(long, requires = "openapi")]
    vendor: Option<String>,
    /// Runs per vendor.
    #[arg(long, default_value_t = 5)]
    runs: u32,
}

const EXAMPLES: &str = "\
Examples (in release, for figures that mean something):
  cargo run --release --manifest-path xtask/Cargo.toml -- bench generate
  cargo run --release --manifest-path xtask/Cargo.toml -- bench generate --vendor acme --openapi api.json
  cargo xtask bench compile                                      the shipped vendors
  cargo xtask bench compile --vendor acme --openapi api.json
  cargo xtask bench discovery";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    if options.runs == 0 {
        bail!("--runs must be at least 1");
    }
    if options.what == "discovery" {
        return discovery();
    }
    if options.what == "compile" {
        return compile(options);
    }
    println!(
        "{:<28} {:>10} {:>10} {:>8} {:>8} {:>12}",
        "", "fastest", "median", "tools", "files", "bytes"
    );
    for vendor in workspace::vendors()? {
        measure(&vendor, &specs::read(&vendor)?, None, options.runs)?;
    }
    if let (Some(openapi), Some(vendor)) = (&options.openapi, &options.vendor) {
        let sources = specs::read_document(vendor, openapi, None)?;
        measure(
            &sources.openapi.path.clone(),
            &sources,
            Some("runtime"),
            options.runs,
        )?;
    }
    if let Some(peak) = peak_memory() {
        println!("peak memory of this process: {peak}");
    }
    Ok(ExitCode::SUCCESS)
}

/// What the servers cost to compile: that of the document, or else those that are shipped.
fn compile(options: &Options) -> anyhow::Result<ExitCode> {
    if let (Some(openapi), Some(vendor)) = (&options.openapi, &options.vendor) {
        let sources = specs::read_document(vendor, openapi, None)?;
        bench::compile(&sources.openapi.path, &sources)?;
        return Ok(ExitCode::SUCCESS);
    }
    for vendor in workspace::vendors()? {
        bench::compile(&vendor, &specs::read(&vendor)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// How long the search among tools takes. The runtime, which has it, is no dependency of xtask: that would be slow to build.
fn discovery() -> anyhow::Result<ExitCode> {
    let status = workspace::cargo()
        .args([
            "bench",
            "--quiet",
            "--package",
            "acceptance",
            "--bench",
            "discovery",
        ])
        .status()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn measure(name: &str, sources: &Sources, runtime: Option<&str>, runs: u32) -> anyhow::Result<()> {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..runs {
        let start = Instant::now();
        let generated = codegen::generate(sources, runtime);
        times.push(start.elapsed());
        last = Some(generated);
    }
    times.sort();
    let Some(plan) = last.as_ref().and_then(|it| it.plan.as_ref()) else {
        bail!("the specs of {name} have mistakes; `cargo xtask codegen` tells them");
    };
    let files = last.iter().flat_map(|it| it.tree.files());
    let (count, bytes) = files.fold((0, 0), |(count, bytes), (_, text)| {
        (count + 1, bytes + text.len())
    });
    let (fastest, median) = (times[0], times[times.len() / 2]);
    println!(
        "{name:<28} {fastest:>10.1?} {median:>10.1?} {:>8} {count:>8} {bytes:>12}",
        plan.tools.len()
    );
    Ok(())
}

/// The most memory that this process ever held, where the system tells (Linux).
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:"))?;
    Some(line.trim_start_matches("VmHWM:").trim().to_owned())
}
