//! The command line: the same commands and options for every vendor.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf};

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::{
    client_config::Client,
    confirm::Confirm,
    help,
    places::token_variable,
    server::{Copies, Exposure},
    table::{UrlVariable, Vendor},
};

/// The command line.
#[derive(Debug, Parser)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// How.
    #[command(flatten)]
    pub(crate) options: Options,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve MCP, over stdin and stdout unless --http is given
    Serve(Serve),
    /// List the tools, or show one as a model sees it
    Tools {
        /// The tool to show
        name: Option<String>,
        /// Only tools that fit these words, the best first, and why
        #[arg(long, value_name = "WORDS", conflicts_with = "name")]
        search: Option<String>,
        /// Print the list as JSON, as a tool that is shown is anyway
        #[arg(long)]
        json: bool,
    },
    /// Call one tool and print its answer as JSON
    Call(Call),
    /// Check settings, credentials and connection, and say what is wrong
    Doctor(Doctor),
    /// Print how a client is told of this server, with these options, in the client's own form
    ClientConfig(ClientConfig),
    /// Serve the sandbox alone, for other clients of the vendor, and say where it stands
    Sandbox(Alone),
    /// Print the completions of a shell: what it completes when Tab is pressed
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How to say what was checked.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Print the findings as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which client is to be told.
#[derive(Debug, Args)]
pub(crate) struct ClientConfig {
    /// The client
    pub(crate) client: Client,
    /// Where a server listens already, such as https://mcp.example.com/mcp, instead of one that the client starts
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// That server wants its bearer token
    #[arg(long, requires = "url")]
    pub(crate) token: bool,
    /// Put it into the client's own file, keeping all that is there, and what the file was beside it
    #[arg(long)]
    pub(crate) write: bool,
    /// Another file than the client's usual one
    #[arg(long, value_name = "FILE", requires = "write")]
    pub(crate) file: Option<PathBuf>,
}

/// How to serve the sandbox alone.
#[derive(Debug, Args)]
pub(crate) struct Alone {
    /// Serve TLS, and write the certificate that clients must trust to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) tls: Option<PathBuf>,
}

/// How to serve.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Serve Streamable HTTP at /mcp on this address, such as 127.0.0.1:0
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) http: Option<SocketAddr>,
    /// Have a person asked, through the client, before a tool changes something; a client that cannot ask is refused
    #[arg(long, value_enum, default_value_t = Confirm::Never)]
    pub(crate) confirm: Confirm,
    /// Serve the older transport at /sse too, for clients that do not speak Streamable HTTP
    #[arg(long, requires = "http", conflicts_with = "allow_caller_key")]
    pub(crate) sse: bool,
    /// Accept this name in the Host header too (repeatable; names of this machine are accepted)
    #[arg(long, value_name = "NAME", requires = "http")]
    pub(crate) allow_host: Vec<String>,
    /// Accept this Origin too, such as https://app.example.com:443 (repeatable)
    #[arg(long, value_name = "ORIGIN", requires = "http")]
    pub(crate) allow_origin: Vec<String>,
    /// Let a caller's own key header replace the operator's credential
    #[arg(long, requires = "http")]
    pub(crate) allow_caller_key: bool,
    /// Allow an address that other machines reach; wants the endpoint token, or callers' own keys
    #[arg(long, requires = "http")]
    pub(crate) listen_publicly: bool,
}

/// What to call.
#[derive(Debug, Args)]
pub(crate) struct Call {
    /// The tool
    pub(crate) tool: String,
    /// Inputs: text or JSON, as the input's type says; a key given twice makes an array
    #[arg(value_name = "KEY=VALUE")]
    pub(crate) inputs: Vec<String>,
    /// All inputs as one JSON object; KEY=VALUE adds to it
    #[arg(long, value_name = "JSON")]
    pub(crate) arguments: Option<String>,
    /// Write the bytes of a file that the tool answers to this file
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    pub(crate) output: Option<PathBuf>,
    /// Print the HTTP request that would leave, without credentials, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Use a vendor API of this process's own, with made-up data: no account is needed
    #[arg(long, global = true)]
    pub(crate) sandbox: bool,
    /// Seed of the sandbox's ids and names
    #[arg(long, global = true, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// Turn on a behaviour of the sandbox (repeatable)
    #[arg(long, global = true, value_name = "SWITCH")]
    pub(crate) sandbox_switch: Vec<String>,
    /// Where the vendor's API stands: a URL, or the word of a region where the vendor has some
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// TOML file with credentials by name, and base_url if you like
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,
    /// Only these: read, write, list, get, create, update, replace, delete, custom, or a custom method's name
    #[arg(long, global = true, value_name = "WORD,…", value_delimiter = ',')]
    pub(crate) methods: Vec<String>,
    /// Only tools with one of these tags
    #[arg(long, global = true, value_name = "TAG,…", value_delimiter = ',')]
    pub(crate) tags: Vec<String>,
    /// Which tools `serve` and `tools` list: all of them, or those by which a model finds and calls all others
    #[arg(long, global = true, value_enum, default_value_t = Exposure::All)]
    pub(crate) expose: Exposure,
    /// Which copies of an answer a tool result holds
    #[arg(long, global = true, value_enum, default_value_t = Copies::Both)]
    pub(crate) answers: Copies,
    /// Largest answer in bytes, each copy of it; a larger one is cut between records
    #[arg(long, global = true, value_name = "BYTES", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(2_000..))]
    pub(crate) max_answer: u32,
    /// Let tools read files from this directory to send them, and save answered files as new files there
    #[arg(long, global = true, value_name = "DIRECTORY")]
    pub(crate) files: Option<PathBuf>,
    /// Largest file in bytes that a tool sends; messages may be as long as its base64 text
    #[arg(long, global = true, value_name = "BYTES", default_value_t = 10_485_760, value_parser = clap::value_parser!(u64).range(1..=1_073_741_824))]
    pub(crate) max_upload: u64,
    /// Do not look, before a step of a procedure is taken, whether it can be: the vendor refuses what cannot
    #[arg(long, global = true)]
    pub(crate) skip_checks: bool,
    /// Write each HTTP request and response as a JSON line to stderr, without credentials
    #[arg(long, global = true)]
    pub(crate) log_requests: bool,
}

/// Only these options, to know what they are when nothing is said.
#[derive(Debug, Parser)]
struct Usual {
    #[command(flatten)]
    options: Options,
}

impl Options {
    /// What they are when nothing is said.
    pub(crate) fn usual() -> Self {
        Usual::parse_from([""]).options
    }
}

/// Reads the command line.
///
/// # Errors
/// The help, the version, or what is wrong.
pub(crate) fn parse(
    vendor: &'static Vendor,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&command(vendor).try_get_matches_from(arguments)?)
}

/// The completions of a shell.
pub(crate) fn completions(vendor: &'static Vendor, shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(vendor), vendor.binary, &mut script);
    script
}

fn command(vendor: &'static Vendor) -> clap::Command {
    let mut command = Cli::command()
        .name(vendor.binary)
        .bin_name(vendor.binary)
        .version(vendor.version)
        .about(format!(
            "MCP server of {}, after version {} of its specification",
            vendor.title, vendor.spec_version
        ))
        .after_help(after_help(vendor));
    for (name, lesson) in help::lessons(vendor) {
        command = command.mut_subcommand(name, |it| it.after_help(lesson));
    }
    command
}

/// A variable of this program, such as `ACME_MCP_CREDENTIALS`.
pub(crate) fn variable(vendor: &Vendor, name: &str) -> String {
    format!("{}_{name}", vendor.binary.to_uppercase().replace('-', "_"))
}

/// What may be given in place of a whole URL.
fn other_places(vendor: &Vendor) -> String {
    let mut places = String::new();
    let regions: Vec<&str> = vendor
        .base_url
        .regions
        .iter()
        .map(|(word, _)| *word)
        .collect();
    if !regions.is_empty() {
        places = format!(" One of {} is enough.", regions.join(", "));
    }
    if vendor.base_url.discovery.is_some() {
        places += " So is a site of your own, such as https://psa.example.com: where the API stands there is looked up.";
    }
    places
}

/// What a variable of a URL is, and what it can be.
fn part(it: &UrlVariable) -> String {
    let values = match it.values {
        [] => String::new(),
        values => format!(" One of {}.", values.join(", ")),
    };
    let default = it.default.map(|it| format!(" (otherwise {it})"));
    let description = it.description.trim().trim_end_matches('.');
    format!("{description}{}.{values}", default.unwrap_or_default())
}

fn after_help(vendor: &Vendor) -> String {
    let mut lines = vec!["Environment:".to_owned()];
    let mut add = |name: &str, what: &str| lines.push(format!("  {name}  {}", what.trim()));
    for credential in vendor.credentials {
        add(credential.variable, credential.description);
    }
    let default = vendor
        .base_url
        .default
        .map(|url| format!(" (otherwise {url})"))
        .unwrap_or_default();
    add(
        vendor.base_url.variable,
        &format!(
            "Where the vendor's API stands{default}.{}",
            other_places(vendor)
        ),
    );
    for it in vendor.base_url.variables {
        add(it.variable, &part(it));
    }
    for it in vendor.servers {
        let what = format!(
            "Where the server {} stands (otherwise {}).",
            it.name, it.url
        );
        add(it.variable, &what);
    }
    if let Some(name) = token_variable(vendor) {
        add(
            &name,
            "Where tokens are given, if not where the vendor says.",
        );
    }
    add(
        &variable(vendor, "CREDENTIALS"),
        "The credentials file, if --credentials is not given.",
    );
    add(
        &variable(vendor, "HTTP_TOKEN"),
        "Bearer token that clients of --http must send.",
    );
    if !vendor.tags.is_empty() {
        lines.push("\nTags:".to_owned());
        lines.extend(
            vendor
                .tags
                .iter()
                .map(|(tag, meaning)| format!("  {tag}  {meaning}")),
        );
    }
    let binary = vendor.binary;
    lines.push(format!("\nTo begin with: {binary} tools, then {binary} call --help; {binary} doctor says what is missing."));
    lines.push(
        "\nExit codes: 0 done, 1 the tool or check failed, 2 the command line or a setting is wrong.".to_owned(),
    );
    lines.join("\n")
}
