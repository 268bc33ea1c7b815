//! `cargo xtask diff`: what a change of the specs means to those who call the tools.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::bail;
use clap::{
    Args, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use codegen::{
    Generated, Sources,
    compare::{self, Class, RULES},
};

use crate::{
    diff::{self, Difference, Report},
    revision, specs, workspace,
};

/// Options of `cargo xtask diff`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// What to compare with: a git revision, or a folder that holds specs/.
    #[arg(long, value_name = "REV|DIR", default_value = "HEAD")]
    base: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 if there is a change of this class, or a graver one.
    #[arg(long, value_parser = classes(), value_name = "CLASS")]
    fail_on: Option<Class>,
    /// Print the rules by which a change is classed, and compare nothing.
    #[arg(long)]
    rules: bool,
}

/// How to print it.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For the comment of a pull request.
    Markdown,
    /// For a script.
    Json,
}

/// The words of `--fail-on`: those of the classes.
fn classes() -> impl TypedValueParser<Value = Class> {
    PossibleValuesParser::new(Class::ALL.map(Class::as_str)).map(|word| {
        let found = Class::ALL.into_iter().find(|it| it.as_str() == word);
        found.expect("the parser takes no other word")
    })
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff                                            what is not committed yet
  cargo xtask diff --base origin/main --fail-on breaking      what a branch changes; 1 if a call may break
  cargo xtask diff --base origin/main --format markdown       the comment of a pull request
  cargo xtask diff --base ../release                          against another checkout
  cargo xtask diff --rules                                    how changes are classed

The specs of both sides are read by the generator of this working tree.";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    if options.rules {
        for rule in RULES {
            println!("{:9} {:26} {}", rule.class.as_str(), rule.name, rule.why);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let report = report(&options.base)?;
    print!(
        "{}",
        match options.format {
            Format::Text => diff::text(&report),
            Format::Markdown => diff::markdown(&report),
            Format::Json => diff::json(&report)?,
        }
    );
    let gravest = report.changes().map(|it| it.class).min();
    let is_failed = options
        .fail_on
        .zip(gravest)
        .is_some_and(|(limit, gravest)| gravest <= limit);
    Ok(if is_failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn report(base: &str) -> anyhow::Result<Report> {
    let root = workspace::root();
    let folder = Path::new(base);
    let (before, note) = match folder.is_dir() {
        true => (read_folder(folder)?, None),
        false => {
            let note = revision::has_other_generator(&root, base)?.then(|| {
                format!(
                    "The generator changed since {base}, too. What it makes of the same specs otherwise is not told here, but \
                     by `git diff {base} -- generated`."
                )
            });
            (revision::read(&root, base)?, note)
        }
    };
    let after = workspace::vendors()?;
    let after: Vec<Sources> = after
        .iter()
        .map(|it| specs::read(it))
        .collect::<Result<_, _>>()?;
    let mut vendors: Vec<&String> = before.iter().chain(&after).map(|it| &it.vendor).collect();
    vendors.sort();
    vendors.dedup();
    let mut differences = Vec::new();
    for vendor in vendors {
        let find = |all: &[Sources], side: &str| -> anyhow::Result<Option<Generated>> {
            let sources = all.iter().find(|it| it.vendor == *vendor);
            sources.map(|it| generated(it, side)).transpose()
        };
        differences.push(difference(
            vendor,
            find(&before, base)?,
            find(&after, "the working tree")?,
        ));
    }
    Ok(Report {
        base: base.to_owned(),
        note,
        differences,
    })
}

/// The vendors of a folder that holds `specs/`, or is it.
fn read_folder(folder: &Path) -> anyhow::Result<Vec<Sources>> {
    let inner = folder.join("specs");
    let folder: PathBuf = if inner.is_dir() {
        inner
    } else {
        folder.to_path_buf()
    };
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let entry = entry?;
        if entry.path().join("vendor.yaml").is_file() {
            all.push(specs::read_in(
                &folder,
                &entry.file_name().to_string_lossy(),
            )?);
        }
    }
    if all.is_empty() {
        bail!(
            "{} holds no specs: no folder in it has a vendor.yaml",
            folder.display()
        );
    }
    Ok(all)
}

fn generated(sources: &Sources, side: &str) -> anyhow::Result<Generated> {
    let generated = codegen::generate(sources, None);
    if generated.has_errors() {
        for it in &generated.diagnostics {
            eprintln!("{it}\n");
        }
        bail!(
            "specs/{} of {side} cannot be generated from, so nothing can be compared",
            sources.vendor
        );
    }
    Ok(generated)
}

fn difference(vendor: &str, before: Option<Generated>, after: Option<Generated>) -> Difference {
    let [before, after] = [before, after].map(|side| side.and_then(|it| it.plan));
    Difference {
        vendor: vendor.to_owned(),
        before: before.as_ref().map(compare::cost),
        after: after.as_ref().map(compare::cost),
        changes: compare::compare(before.as_ref(), after.as_ref()),
    }
}
