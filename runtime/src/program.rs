//! The program of a vendor: reads the command line, settles what is served, runs one command, and says how it went.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::{
    alone,
    arguments::arguments,
    catalogue::{self, Catalogue},
    cli::{self, Call, Cli, Command, Options},
    doctor::{self, Health},
    entry::Entry,
    output::{note, say},
    serve::serve,
    server::Server,
    setup::{self, Environment},
    table::{Answer, Effect, Method, Vendor},
};

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
        Command::Tools {
            name: Some(name), ..
        } => {
            let catalogue = setup::catalogue(vendor, options).map_err(Trouble::Usage)?;
            say(catalogue
                .find(name)
                .map_err(Trouble::Usage)?
                .about
                .listing
                .trim_end());
            Ok(())
        }
        Command::Tools { name: None, json } => list(
            &setup::catalogue(vendor, options).map_err(Trouble::Usage)?,
            *json,
        )
        .map_err(Trouble::Failed),
        Command::Call(what) => call(&server()?, what),
        Command::Doctor => examine(server()),
        Command::Sandbox(how) => alone::serve(sandbox, how, options),
    }
}

fn list(catalogue: &Catalogue, as_json: bool) -> Result<(), String> {
    let rows = catalogue
        .enabled()
        .map(row)
        .collect::<Result<Vec<Value>, String>>()?;
    if as_json {
        say(format!("{:#}", Value::from(rows)));
        return Ok(());
    }
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let width = rows
        .iter()
        .map(|row| text(row, "name").len())
        .max()
        .unwrap_or_default();
    for row in &rows {
        say(format!(
            "{:width$}  {:7}  {}",
            text(row, "name"),
            text(row, "effect"),
            text(row, "title")
        ));
    }
    Ok(())
}

fn row(entry: &'static Entry) -> Result<Value, String> {
    let about = &entry.about;
    let effect = match about.effect {
        Effect::Read => "read",
        Effect::Write => "write",
        Effect::Destroy => "destroy",
    };
    let method = match about.method {
        Method::List => "list",
        Method::Get => "get",
        Method::Create => "create",
        Method::Update => "update",
        Method::Replace => "replace",
        Method::Delete => "delete",
        Method::Custom(name) => name,
    };
    let title = catalogue::listing(entry)?.title;
    Ok(json!({
        "name": about.name,
        "title": title,
        "effect": effect,
        "resource": about.resource,
        "method": method,
        "tags": about.tags,
    }))
}

fn call(server: &Server, what: &Call) -> Result<(), Trouble> {
    let entry = server.catalogue.find(&what.tool).map_err(Trouble::Usage)?;
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
        let outcome = runtime()?.block_on(server.call(entry, &arguments, None));
        if let (Some(path), Some(file)) = (&what.output, outcome.file) {
            let failed = |error| format!("cannot write {}: {error}", path.display());
            std::fs::write(path, file.bytes).map_err(|error| Trouble::Failed(failed(error)))?;
        }
        (outcome.json, outcome.failed)
    };
    say(format!("{json:#}"));
    if failed { Err(Trouble::Told) } else { Ok(()) }
}

fn examine(server: Result<Server, Trouble>) -> Result<(), Trouble> {
    let findings = runtime()?.block_on(doctor::examine(&server?));
    findings.iter().for_each(say);
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
