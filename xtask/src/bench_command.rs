//! `cargo xtask bench`: measures, and judges nothing. Machines differ: compare figures of one run.

use std::{
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::bail;
use clap::Args;
use codegen::Sources;
use serde_json::{Value, json};

use crate::{
    bench,
    exit::{self, CommandLine},
    specs,
    terminal::{self, Progress},
    workspace,
};

/// Options of `cargo xtask bench`.
#[derive(Args)]
#[command(after_help = HELP)]
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
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Answer in JSON, times in seconds: of `generate` and `compile`.
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples (in release, for figures that mean something):
  cargo run --release --manifest-path xtask/Cargo.toml -- bench generate
  cargo run --release --manifest-path xtask/Cargo.toml -- bench generate --vendor acme --openapi api.json
  cargo xtask bench compile                                      the shipped vendors
  cargo xtask bench compile --vendor acme --openapi api.json
  cargo xtask bench compile --json > figures.json                for a script
  cargo xtask bench discovery

Exit codes:
  0  measured, whatever the figures are
  1  the specs have mistakes, or what was generated does not build
  2  the command line is wrong";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    match options.what.as_str() {
        "discovery" => discovery(options.json),
        "compile" => compile(options),
        _ => generate(options),
    }
}

/// How long generating takes: of the shipped vendors, and of the document if there is one.
fn generate(options: &Options) -> anyhow::Result<ExitCode> {
    if !options.json {
        terminal::say(format!(
            "{:<28} {:>10} {:>10} {:>8} {:>8} {:>12}",
            "", "fastest", "median", "tools", "files", "bytes"
        ));
    }
    let mut figures = Vec::new();
    let mut tell = |it: Figures| {
        if !options.json {
            terminal::say(it.text());
        }
        figures.push(it.json());
    };
    for vendor in workspace::vendors()? {
        tell(measure(
            &vendor,
            &specs::read(&vendor)?,
            None,
            options.runs,
        )?);
    }
    if let (Some(openapi), Some(vendor)) = (&options.openapi, &options.vendor) {
        let sources = specs::read_document(vendor, openapi, None)?;
        let name = sources.openapi.path.clone();
        tell(measure(&name, &sources, Some("runtime"), options.runs)?);
    }
    let peak = peak_memory();
    if options.json {
        let whole = json!({"runs": options.runs, "vendors": figures, "peak_memory": peak});
        terminal::say(serde_json::to_string_pretty(&whole)?);
    } else if let Some(peak) = peak {
        terminal::say(format!("peak memory of this process: {peak}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// What the servers cost to compile: that of the document, or else those that are shipped.
fn compile(options: &Options) -> anyhow::Result<ExitCode> {
    let mut all = Vec::new();
    if let (Some(openapi), Some(vendor)) = (&options.openapi, &options.vendor) {
        let sources = specs::read_document(vendor, openapi, None)?;
        all.push((sources.openapi.path.clone(), sources));
    } else {
        for vendor in workspace::vendors()? {
            let sources = specs::read(&vendor)?;
            all.push((vendor, sources));
        }
    }
    let mut figures = Vec::new();
    for (name, sources) in &all {
        figures.push(bench::compile(name, sources, options.json)?);
    }
    if options.json {
        terminal::say(serde_json::to_string_pretty(&json!({"vendors": figures}))?);
    }
    Ok(ExitCode::SUCCESS)
}

/// How long the search among tools takes. The runtime, which has it, is no dependency of xtask: that would be slow to build.
fn discovery(is_json: bool) -> anyhow::Result<ExitCode> {
    if is_json {
        let told = "`bench discovery` has no JSON; run it without --json";
        return Err(CommandLine(told.to_owned()).into());
    }
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
    Ok(exit::of(status.success()))
}

/// What generating one server takes.
struct Figures {
    name: String,
    fastest: Duration,
    median: Duration,
    tools: usize,
    files: usize,
    bytes: usize,
}

impl Figures {
    fn text(&self) -> String {
        let Self {
            name,
            fastest,
            median,
            tools,
            files,
            bytes,
        } = self;
        format!("{name:<28} {fastest:>10.1?} {median:>10.1?} {tools:>8} {files:>8} {bytes:>12}")
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "fastest": self.fastest.as_secs_f64(),
            "median": self.median.as_secs_f64(),
            "tools": self.tools,
            "files": self.files,
            "bytes": self.bytes,
        })
    }
}

fn measure(
    name: &str,
    sources: &Sources,
    runtime: Option<&str>,
    runs: u32,
) -> anyhow::Result<Figures> {
    let mut times = Vec::new();
    let mut last = None;
    let progress = Progress::begin(format!("generating {name}"));
    for run in 1..=runs {
        progress.step(format!("generating {name}, {run} of {runs}"));
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
    let (files, bytes) = files.fold((0, 0), |(count, bytes), (_, text)| {
        (count + 1, bytes + text.len())
    });
    Ok(Figures {
        name: name.to_owned(),
        fastest: times[0],
        median: times[times.len() / 2],
        tools: plan.tools.len(),
        files,
        bytes,
    })
}

/// The most memory that this process ever held, where the system tells (Linux).
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:"))?;
    Some(line.trim_start_matches("VmHWM:").trim().to_owned())
}
