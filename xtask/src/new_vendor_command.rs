//! `cargo xtask new-vendor`: from an OpenAPI document to the specs of a vendor, and its server.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::Args;
use codegen::{
    Diagnostic, Generated, Source, Sources,
    scaffold::{self, Request, Scaffold},
};

use crate::{
    exit::{self, CommandLine},
    fetch, index, new_vendor, settle, specs,
    terminal::{self, BAD, Progress, paint},
    workspace,
};

/// Options of `cargo xtask new-vendor`.
#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Options {
    /// The vendor's name: its folder, its part of tool names; lower case letters, digits and `_`.
    name: String,
    /// The vendor's OpenAPI document, 3.0 or 3.1, JSON or YAML.
    #[arg(long, value_name = "FILE|URL")]
    openapi: String,
    /// Overwrite the specs that are there.
    #[arg(long)]
    force: bool,
    /// Write nothing; print what would be written, and what was guessed.
    #[arg(long)]
    dry_run: bool,
    /// Fetch a URL that is not https.
    #[arg(long)]
    insecure: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  cargo xtask new-vendor petstore --openapi https://petstore3.swagger.io/api/v3/openapi.json
  cargo xtask new-vendor acme --openapi ~/Downloads/acme.yaml
  cargo xtask new-vendor acme --openapi acme.yaml --dry-run      what it would write, and what it guesses
  cargo xtask new-vendor acme --openapi acme.yaml --json | jq .guesses

It writes specs/<name>: the document as it came, vendor.yaml (how the API behaves) and docs.yaml (one record per tool).
Both are yours to edit; each guess is marked as one. Then it generates generated/<name>, which builds as it is.

Exit codes:
  0  the server was written
  1  it was not, and why is told
  2  the command line is wrong";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let vendor = &options.name;
    if let Err(why) = scaffold::check_name(vendor) {
        return Err(CommandLine(why).into());
    }
    let folder = workspace::root().join("specs").join(vendor);
    let request = request(options)?;
    let progress = Progress::begin(format!("reading {}", request.file));
    let made = match scaffold::scaffold(&request) {
        Ok(made) => made,
        Err(diagnostics) => {
            drop(progress);
            return Ok(refused(&as_given(diagnostics, &request, options)));
        }
    };
    may_write(&folder, options)?;
    let sources = sources(&request, &made)?;
    let files = files(&sources);
    progress.step(format!("generating {vendor}"));
    let generated = codegen::generate(&sources, None);
    if generated.has_errors() {
        drop(progress);
        return Ok(refused(&generated.diagnostics));
    }
    if !options.dry_run {
        progress.step(format!("writing {vendor}"));
        write(&folder, &files, &generated, vendor)?;
    }
    drop(progress);
    if options.json {
        let told = new_vendor::json(vendor, &files, &made.summary, &generated);
        terminal::say(format!("{told:#}"));
    } else {
        let what = if options.dry_run {
            "would write"
        } else {
            "wrote"
        };
        terminal::say(new_vendor::told(vendor, what, &files, &made.summary, &generated).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

/// Tells why nothing was written.
fn refused(diagnostics: &[Diagnostic]) -> ExitCode {
    for it in diagnostics {
        terminal::note(format!("{}\n", terminal::diagnostic(it)));
    }
    terminal::note(paint(BAD, "nothing was written"));
    exit::of(false)
}

/// The document, and the name that it gets.
fn request(options: &Options) -> anyhow::Result<Request> {
    let is_url = fetch::is_url(&options.openapi);
    let text = if is_url {
        fetch::fetch(&options.openapi, options.insecure)?
    } else {
        let path = Path::new(&options.openapi);
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", path.display()))?
    };
    let is_json = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{');
    let name = specs::DOCUMENTS[usize::from(is_json)];
    let file = Path::new(&options.openapi)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok(Request {
        vendor: options.name.clone(),
        openapi: Source {
            path: format!("specs/{}/{name}", options.name),
            text,
        },
        file,
        origin: is_url.then(|| fetch::shown(&options.openapi)),
    })
}

/// Problems of the document, at the name by which it was given: there is no other yet.
fn as_given(
    mut problems: Vec<Diagnostic>,
    request: &Request,
    options: &Options,
) -> Vec<Diagnostic> {
    for it in &mut problems {
        if it.place.file == request.openapi.path {
            it.place.file.clone_from(&options.openapi);
        }
    }
    problems
}

/// What was made, and what a person wrote beside it.
fn sources(request: &Request, made: &Scaffold) -> anyhow::Result<Sources> {
    let source = |name: &str, text: &str| Source {
        path: format!("specs/{}/{name}", request.vendor),
        text: text.to_owned(),
    };
    let specs = workspace::root().join("specs");
    let by_hand = |name: &str| specs::optional(&specs, &request.vendor, name);
    Ok(Sources {
        vendor: request.vendor.clone(),
        openapi: request.openapi.clone(),
        docs: Some(source("docs.yaml", &made.docs)),
        behaviour: source("vendor.yaml", &made.behaviour),
        overlay: by_hand("overlay.yaml")?,
        prompts: by_hand("prompts.yaml")?,
        sandbox: by_hand("sandbox.yaml")?,
    })
}

/// What is written below the workspace.
fn files(sources: &Sources) -> Vec<&Source> {
    let all = [&sources.openapi, &sources.behaviour].into_iter();
    all.chain(&sources.docs).collect()
}

/// Nothing that a person wrote is overwritten unasked.
fn may_write(folder: &Path, options: &Options) -> anyhow::Result<()> {
    let there: Vec<&str> = OURS
        .into_iter()
        .filter(|it| folder.join(it).exists())
        .collect();
    if there.is_empty() || options.force {
        return Ok(());
    }
    let vendor = &options.name;
    bail!(
        "specs/{vendor} has {} already: --force overwrites what new-vendor writes; to take over a new version of the document, \
         replace specs/{vendor}/{} and run `cargo xtask codegen {vendor}`",
        there.join(", "),
        there[0]
    )
}

/// What new-vendor writes into the folder of a vendor; all else there is a person's, and counts.
const OURS: [&str; 4] = ["openapi.yaml", "openapi.json", "vendor.yaml", "docs.yaml"];

fn write(
    folder: &Path,
    files: &[&Source],
    generated: &Generated,
    vendor: &String,
) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for name in OURS {
        // What is there beside the files that are written would go on to count.
        let path = folder.join(name);
        if path.exists() {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    for file in files {
        let path: PathBuf = workspace::root().join(&file.path);
        fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    settle::write(
        &generated.tree,
        &workspace::root().join("generated").join(vendor),
    )?;
    index::write(&workspace::vendors()?, &[(vendor, generated)])?;
    Ok(())
}
