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
    exit, revision, specs,
    terminal::{self, Progress},
    workspace,
};

/// Options of `cargo xtask diff`.
#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Options {
    /// What to compare with: a git revision, or a folder that holds specs/.
    #[arg(long, value_name = "REV|DIR", default_value = "HEAD")]
    base: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    json: bool,
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

const HELP: &str = "\
Examples:
  cargo xtask diff                                            what is not committed yet
  cargo xtask diff --base origin/main --fail-on breaking      what a branch changes; 1 if a call may break
  cargo xtask diff --base origin/main --format markdown       the comment of a pull request
  cargo xtask diff --base ../release                          against another checkout
  cargo xtask diff --rules                                    how changes are classed

The specs of both sides are read by the generator of this working tree.

Exit codes:
  0  compared; with --fail-on: no change is as grave as that
  1  with --fail-on: there is such a change; or the specs of one side cannot be read
  2  the command line is wrong";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    if options.rules {
        for rule in RULES {
            let class = diff::label(rule.class);
            terminal::say(format!("{class} {:26} {}", rule.name, rule.why));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let report = report(&options.base)?;
    let text = match options.format {
        _ if options.json => diff::json(&report)?,
        Format::Text => diff::text(&report),
        Format::Markdown => diff::markdown(&report),
        Format::Json => diff::json(&report)?,
    };
    terminal::say(text.trim_end());
    let gravest = report.changes().map(|it| it.class).min();
    let is_failed = options
        .fail_on
        .zip(gravest)
        .is_some_and(|(limit, gravest)| gravest <= limit);
    Ok(exit::of(!is_failed))
}

fn report(base: &str) -> anyhow::Result<Report> {
    let root = workspace::root();
    let folder = Path::new(base);
    let progress = Progress::begin(format!("reading the specs of {base}"));
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
    let mut sides = Vec::new();
    for vendor in vendors {
        let find = |all: &[Sources], side: &str| {
            let sources = all.iter().find(|it| it.vendor == *vendor)?;
            progress.step(format!("generating {vendor} from {side}"));
            Some(codegen::generate(sources, None))
        };
        sides.push((vendor, find(&before, base), find(&after, WORKING_TREE)));
    }
    drop(progress);
    let mut differences = Vec::new();
    for (vendor, before, after) in sides {
        usable(vendor, before.as_ref(), base)?;
        usable(vendor, after.as_ref(), WORKING_TREE)?;
        differences.push(difference(vendor, before, after));
    }
    Ok(Report {
        base: base.to_owned(),
        note,
        differences,
    })
}

/// What the side is called that is not the base.
const WORKING_TREE: &str = "the working tree";

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

/// Tells what keeps a side from being compared, if there is such.
fn usable(vendor: &str, side: Option<&Generated>, name: &str) -> anyhow::Result<()> {
    let Some(broken) = side.filter(|it| it.has_errors()) else {
        return Ok(());
    };
    for it in &broken.diagnostics {
        terminal::note(format!("{}\n", terminal::diagnostic(it)));
    }
    bail!("specs/{vendor} of {name} cannot be generated from, so nothing can be compared")
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
