//! `cargo xtask lint`: what could be better in the specs, by written rules, and which of it fails the run.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};
use codegen::{
    Severity,
    lint::{Finding, Linted, RULES},
};
use serde_json::json;

use crate::{
    exit::{self, CommandLine},
    specs,
    terminal::{self, BAD, FAINT, GOOD, Progress, STRONG, paint},
    workspace,
};

/// Options of `cargo xtask lint`.
#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Options {
    /// Vendors, by folder name; all if none is named.
    vendors: Vec<String>,
    /// What fails the run: a code, `warnings`, `all` or `none`; may be given several times.
    #[arg(
        long,
        value_name = "CODE",
        value_delimiter = ',',
        default_value = "warnings"
    )]
    deny: Vec<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Print the rules: what each finds, why it matters, and what to do about it.
    #[arg(long)]
    rules: bool,
    /// The vendor whose vendor.yaml goes with `--openapi`.
    #[arg(long, requires = "openapi", conflicts_with = "vendors")]
    vendor: Option<String>,
    /// An OpenAPI document to judge without records of ours, as `codegen --documentation openapi` reads it.
    #[arg(long, value_name = "FILE", requires = "vendor")]
    openapi: Option<PathBuf>,
}

/// How to print it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For a script.
    Json,
}

const HELP: &str = "\
Examples:
  cargo xtask lint                                     every vendor
  cargo xtask lint acme                                one, specs/acme
  cargo xtask lint --deny all                          what CI runs: notes fail, too
  cargo xtask lint --deny example-missing,tag-missing  only these fail
  cargo xtask lint --json | jq '.vendors[].findings[].code'
  cargo xtask lint --rules                             what is found, why it matters, what to do about it
  cargo xtask lint --vendor acme --openapi api.json    a whole API, without docs.yaml

Budgets, and findings that are meant to be, stand under `lint` in specs/<vendor>/vendor.yaml.

Exit codes:
  0  nothing was found that --deny names (warnings, unless it says otherwise)
  1  something was; or the specs have mistakes, which come first
  2  the command line is wrong";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    if options.rules {
        rules();
        return Ok(ExitCode::SUCCESS);
    }
    let denied = denied(&options.deny)?;
    let linted = linted(options)?;
    let findings = || linted.iter().flat_map(|(_, it)| &it.findings);
    let count = |severity| {
        let of_it = |it: &&Finding| it.diagnostic.severity == severity;
        findings().filter(of_it).count()
    };
    let (warnings, notes) = (count(Severity::Warning), count(Severity::Note));
    let failing = findings().filter(|it| denied.has(&it.diagnostic)).count();
    if options.json || options.format == Format::Json {
        let vendors = linted.iter().map(|(vendor, it)| {
            json!({
                "vendor": vendor,
                "tools_list": it.cost,
                "findings": it.findings,
                "mistakes": it.mistakes,
            })
        });
        let whole = json!({
            "warnings": warnings,
            "notes": notes,
            "denied": failing,
            "vendors": vendors.collect::<Vec<_>>(),
        });
        terminal::say(serde_json::to_string_pretty(&whole)?);
    } else {
        for (vendor, it) in &linted {
            text(vendor, it);
        }
        let all = format!("{warnings} warnings, {notes} notes");
        let style = if failing == 0 { GOOD } else { BAD };
        terminal::say(paint(style, format!("{all}; {failing} of them denied")));
    }
    let is_sound = linted.iter().all(|(_, it)| it.mistakes.is_empty());
    Ok(exit::of(failing == 0 && is_sound))
}

fn linted(options: &Options) -> anyhow::Result<Vec<(String, Linted)>> {
    let mut linted = Vec::new();
    let progress = Progress::begin("reading the specs");
    if let (Some(vendor), Some(openapi)) = (&options.vendor, &options.openapi) {
        let sources = specs::read_document(vendor, openapi, None)?;
        progress.step(format!("judging {}", openapi.display()));
        return Ok(vec![(vendor.clone(), codegen::lint(&sources))]);
    }
    for vendor in workspace::chosen(&options.vendors)? {
        progress.step(format!("judging {vendor}"));
        let it = codegen::lint(&specs::read(&vendor)?);
        linted.push((vendor, it));
    }
    Ok(linted)
}

/// What fails the run.
struct Denied {
    codes: Vec<&'static str>,
}

impl Denied {
    fn has(&self, it: &codegen::Diagnostic) -> bool {
        self.codes.contains(&it.code)
    }
}

fn denied(words: &[String]) -> anyhow::Result<Denied> {
    let mut codes = Vec::new();
    for word in words {
        let before = codes.len();
        let is_meant = |it: &codegen::lint::Rule| match word.as_str() {
            "all" => true,
            "warnings" => it.severity == Severity::Warning,
            code => it.code == code,
        };
        codes.extend(RULES.iter().filter(|it| is_meant(it)).map(|it| it.code));
        if codes.len() == before && word != "none" {
            let told = format!(
                "--deny: there is no rule `{word}`; `cargo xtask lint --rules` lists them, and `warnings`, `all` and \
                 `none` are understood"
            );
            return Err(CommandLine(told).into());
        }
    }
    Ok(Denied { codes })
}

fn text(vendor: &str, linted: &Linted) {
    for it in &linted.mistakes {
        terminal::note(format!("{}\n", terminal::diagnostic(it)));
    }
    if !linted.mistakes.is_empty() {
        let told = format!("specs/{vendor} has mistakes, and is not judged before they are mended");
        terminal::note(paint(BAD, told));
    }
    for it in &linted.findings {
        terminal::say(format!("{}\n", terminal::diagnostic(&it.diagnostic)));
    }
    if let Some(cost) = linted.cost {
        let count = linted.findings.len();
        terminal::say(format!(
            "{}: {count} findings; tools/list: {} tools, {} bytes, about {} tokens",
            paint(STRONG, vendor),
            cost.tools,
            cost.bytes,
            cost.tokens
        ));
    }
}

fn rules() {
    for it in RULES {
        let lead = format!("{}[{}]", it.severity.as_str(), it.code);
        terminal::say(format!(
            "{}\n  {}\n  {}\n  {} {}\n",
            paint(terminal::of(it.severity), lead),
            it.what,
            paint(FAINT, it.why),
            paint(GOOD, "fix:"),
            it.remedy
        ));
    }
}
