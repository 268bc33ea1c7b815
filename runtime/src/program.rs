//! The program of a vendor: reads the command line, settles what is served, runs one command, and says how it went.

use std::process::ExitCode;

use clap::builder::styling::AnsiColor;
use serde_json::{Value, json};
use tokio::sync::mpsc::unbounded_channel;

use crate::{
    alone,
    arguments::arguments,
    catalogue::{self, Catalogue},
    cli::{self, Call, Cli, ClientConfig, Command, Doctor, Options},
    client_config::{Wanted, Written},
    discovery,
    doctor::{self, Health},
    entry::Entry,
    output::{note, painted, say, say_painted},
    progress::watched,
    serve::serve,
    server::{Exposure, Server},
    setup::{self, Environment},
    table::{Answer, Vendor},
};

/// Most tools that a search prints.
const SHOWN: usize = 10;

/// Starts a sandbox of the vendor's API that lives until the process ends.
pub type StartSandbox = fn(&SandboxOrder<'_>) -> Result<SandboxAt, String>;

/// How a sandbox is to be.
pub struct SandboxOrder<'a> {
    /// Every id and name follows from it.
    pub seed: u64,
    /// What it does otherwise than usual.
    pub switches: &'a [String],
    /// Whether it serves TLS.
    pub tls: bool,
}

/// Where a sandbox listens, and what it lets in.
pub struct SandboxAt {
    /// Its base URL, on loopback.
    pub base_url: String,
    /// Credentials that it accepts, by name.
    pub credentials: Vec<(String, String)>,
    /// With TLS: the certificate that a client must trust, as PEM.
    pub certificate: Option<String>,
}

/// Why a command ended badly.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The command line or a setting is wrong.
    Usage(String),
    /// It did not work.
    Failed(String),
    /// It did not work, and has said so already.
    Told,
}

/// The program of a vendor: its `main` calls this and nothing else.
pub fn main(vendor: &'static Vendor, sandbox: Option<StartSandbox>) -> ExitCode {
    let cli = match cli::parse(vendor, std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let environment = |name: &str| std::env::var_os(name);
    let (code, words) = match run(vendor, sandbox, &cli, &environment) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Trouble::Told) => return ExitCode::from(1),
        Err(Trouble::Failed(words)) => (1, words),
        Err(Trouble::Usage(words)) => (2, words),
    };
    note(format!("{}: {words}", vendor.binary));
    ExitCode::from(code)
}

fn run(
    vendor: &'static Vendor,
    sandbox: Option<StartSandbox>,
    cli: &Cli,
    environment: Environment,
) -> Result<(), Trouble> {
    let options: &Options = &cli.options;
    let server = || setup::server(vendor, sandbox, options, environment).map_err(Trouble::Usage);
    match &cli.command {
        Command::Serve(how) => serve(server()?, how, environment),
        Command::Tools { name, search, json } => {
            let catalogue = setup::catalogue(vendor, options).map_err(Trouble::Usage)?;
            match (name, search) {
                (Some(name), _) => show(&catalogue, name, options.expose),
                (None, Some(words)) => found(&catalogue, words, *json).map_err(Trouble::Failed),
                (None, None) => list(&catalogue, options.expose, *json).map_err(Trouble::Failed),
            }
        }
        Command::Call(what) => call(&server()?, what),
        Command::Doctor(how) => examine(server(), how),
        Command::ClientConfig(what) => configure(vendor, what, options, environment),
        Command::Sandbox(how) => alone::serve(sandbox, how, options),
        Command::Completions { shell } => {
            say(String::from_utf8_lossy(&cli::completions(vendor, *shell)).trim_end());
            Ok(())
        }
    }
}

/// What became of a client's file.
fn told(written: &Written) -> String {
    match written {
        Written::Nothing(file) => format!("{} says so already", file.display()),
        Written::Made(file) => format!("{} was made; start the client anew", file.display()),
        Written::Changed {
            file,
            backup,
            replaced,
        } => {
            let what = if *replaced {
                "another entry of this name was replaced"
            } else {
                "an entry was added"
            };
            let (file, backup) = (file.display(), backup.display());
            format!("{file}: {what}; what it was is in {backup}; start the client anew")
        }
    }
}

/// Says how a client is told of this server.
fn configure(
    vendor: &'static Vendor,
    what: &ClientConfig,
    options: &Options,
    environment: Environment,
) -> Result<(), Trouble> {
    // What the server would refuse is no configuration that works.
    setup::catalogue(vendor, options).map_err(Trouble::Usage)?;
    let program = std::env::current_exe()
        .map_err(|error| Trouble::Failed(format!("this program cannot be found: {error}")))?;
    let wanted = Wanted {
        vendor,
        options,
        url: what.url.as_deref(),
        token: what.token,
        program: &program,
        environment,
    };
    if what.write {
        let written = wanted.write(what.client, what.file.as_deref());
        say(told(&written.map_err(Trouble::Failed)?));
        return Ok(());
    }
    let configuration = wanted.of(what.client).map_err(Trouble::Usage)?;
    note(format!("For {}:", configuration.place));
    say(configuration.text);
    Ok(())
}

/// There is no such tool, or not here: what there is, another command says.
fn unknown(vendor: &Vendor, why: &str) -> Trouble {
    let binary = vendor.binary;
    Trouble::Usage(format!(
        "{why}\n  To see what there is: {binary} tools, or {binary} tools --search \"WORDS\""
    ))
}

/// Shows one tool as a model sees it.
fn show(catalogue: &Catalogue, name: &str, expose: Exposure) -> Result<(), Trouble> {
    let listing = match expose {
        Exposure::All => catalogue.find(name).map(|it| it.about.listing.to_owned()),
        Exposure::Discovery => {
            discovery::door(catalogue, name).map(|door| door.listing(catalogue.vendor))
        }
    };
    let listing = listing.map_err(|why| unknown(catalogue.vendor, &why))?;
    say(listing.trim_end());
    Ok(())
}

fn list(catalogue: &Catalogue, expose: Exposure, as_json: bool) -> Result<(), String> {
    let rows: Vec<Value> = match expose {
        Exposure::All => catalogue.enabled().map(row).collect::<Result<_, _>>()?,
        Exposure::Discovery => discovery::rows(catalogue.vendor)?,
    };
    if as_json {
        say(format!("{:#}", Value::from(rows)));
    } else {
        table(&rows, &["name", "effect", "title"]);
    }
    Ok(())
}

/// The tools that fit some words.
fn found(catalogue: &Catalogue, words: &str, as_json: bool) -> Result<(), String> {
    let (hits, unknown) = catalogue.search(words, SHOWN);
    let mut rows: Vec<Value> = Vec::new();
    for (entry, why) in hits {
        let mut row = discovery::brief(entry)?;
        row.insert("why".to_owned(), why.into());
        rows.push(row.into());
    }
    if as_json {
        say(format!("{:#}", Value::from(rows)));
    } else {
        table(&rows, &["name", "effect", "why"]);
    }
    if !unknown.is_empty() {
        note(format!("no tool has: {}", unknown.join(", ")));
    }
    Ok(())
}

/// Rows as columns; the last one is as wide as it is.
fn table(rows: &[Value], columns: &[&str]) {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let width = |key: &str| {
        rows.iter()
            .map(|row| text(row, key).len())
            .max()
            .unwrap_or_default()
    };
    let last = columns.len().saturating_sub(1);
    let widths: Vec<usize> = columns[..last].iter().map(|key| width(key)).collect();
    for row in rows {
        let mut line: Vec<String> = columns[..last]
            .iter()
            .zip(&widths)
            .map(|(key, width)| format!("{:width$}", text(row, key)))
            .collect();
        line.extend(columns.last().map(|key| text(row, key)));
        for (cell, key) in line.iter_mut().zip(columns) {
            if let Some(color) = color(key, &text(row, key)) {
                *cell = painted(color, cell);
            }
        }
        say_painted(line.join("  "));
    }
}

/// What changes something is told apart at a glance.
fn color(key: &str, text: &str) -> Option<AnsiColor> {
    match (key, text) {
        ("effect", "write") => Some(AnsiColor::Yellow),
        ("effect", "destroy") => Some(AnsiColor::Red),
        _ => None,
    }
}

fn row(entry: &'static Entry) -> Result<Value, String> {
    let about = &entry.about;
    let title = catalogue::listing(entry)?.title;
    Ok(json!({
        "name": about.name,
        "title": title,
        "effect": about.effect.word(),
        "resource": about.resource,
        "method": about.method.word(),
        "tags": about.tags,
    }))
}

fn call(server: &Server, what: &Call) -> Result<(), Trouble> {
    let entry = server.catalogue.find(&what.tool);
    let entry = entry.map_err(|why| unknown(server.vendor(), &why))?;
    let schema = Value::Object(
        catalogue::listing(entry)
            .map_err(Trouble::Failed)?
            .input_schema
            .as_ref()
            .clone(),
    );
    let arguments =
        arguments(&schema, what.arguments.as_deref(), &what.inputs).map_err(Trouble::Usage)?;
    let is_file = matches!(entry.about.answer, Answer::File { .. });
    if what.output.is_some() && !is_file {
        return Err(Trouble::Usage(format!(
            "--output: `{}` answers no file",
            what.tool
        )));
    }
    let (json, failed) = if what.dry_run {
        match server.shown(entry, &arguments) {
            Ok(shown) => (shown, false),
            Err(failure) => (failure.json(), true),
        }
    } else {
        let (sender, far) = unbounded_channel();
        let called = server.call(entry, arguments, None, Some(sender));
        let waiting = format!("calling {}", entry.about.name);
        let outcome = runtime()?.block_on(watched(&waiting, far, called));
        if let (Some(path), Some(file)) = (&what.output, outcome.file) {
            let failed = |error| format!("cannot write {}: {error}", path.display());
            std::fs::write(path, file.bytes).map_err(|error| Trouble::Failed(failed(error)))?;
        }
        (outcome.json, outcome.failed)
    };
    say(format!("{json:#}"));
    if !failed {
        return Ok(());
    }
    if let Some(next) = next(server.vendor().binary, entry.about.name, &json) {
        note(next);
    }
    Err(Trouble::Told)
}

/// The command that tells more about a failed call.
fn next(binary: &str, tool: &str, failure: &Value) -> Option<String> {
    match failure["error"].as_str()? {
        "invalid_arguments" => Some(format!("What it takes: {binary} tools {tool}")),
        "missing_credentials" | "wrong_settings" | "unreachable" => {
            Some(format!("What is missing: {binary} doctor"))
        }
        _ => None,
    }
}

fn examine(server: Result<Server, Trouble>, how: &Doctor) -> Result<(), Trouble> {
    let server = server?;
    let (_, far) = unbounded_channel();
    let examined = watched("asking the vendor", far, doctor::examine(&server));
    let findings = runtime()?.block_on(examined);
    match how.json {
        true => say(format!("{:#}", doctor::as_json(&findings))),
        false => findings.iter().for_each(say_painted),
    }
    if findings.iter().any(|finding| finding.health == Health::Ill) {
        Err(Trouble::Told)
    } else {
        Ok(())
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Trouble> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Trouble::Failed(format!("cannot start: {error}")))
}
