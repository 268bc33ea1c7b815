//! The `client-config` command: how each client is told of this server, in the form that the client documents.
//!
//! A client that starts programs gets this program and its options; one that is given a URL gets that. No credential is
//! printed: where a client can take a value from its environment, or ask for it, it is told to; else there is a gap to fill.

mod merge;
mod place;
mod write;

use std::path::Path;

use clap::ValueEnum as _;
use serde_json::{Map, Value, json};

pub(crate) use self::write::Written;
use crate::{
    cli::{self, Options},
    credentials::is_needed,
    places,
    server::{Copies, Exposure},
    setup::Environment,
    table::{Credential, OtherServer, UrlVariable, Vendor},
};

/// A client that has a configuration of its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Client {
    /// Claude Desktop.
    ClaudeDesktop,
    /// Claude Code.
    ClaudeCode,
    /// Cursor.
    Cursor,
    /// Visual Studio Code.
    #[value(name = "vscode")]
    VsCode,
    /// Windsurf.
    Windsurf,
    /// Gemini CLI.
    GeminiCli,
    /// ChatGPT.
    #[value(name = "chatgpt")]
    ChatGpt,
}

/// What is to be configured.
pub(crate) struct Wanted<'a> {
    /// The vendor.
    pub(crate) vendor: &'static Vendor,
    /// The options that the server is to have.
    pub(crate) options: &'a Options,
    /// Where the server listens, if it is not to be started.
    pub(crate) url: Option<&'a str>,
    /// Whether that wants its token.
    pub(crate) token: bool,
    /// This program.
    pub(crate) program: &'a Path,
    /// The operator's environment.
    pub(crate) environment: Environment<'a>,
}

/// A configuration, and where it belongs.
pub(crate) struct Configuration {
    /// What belongs into the client's file, or what to do where it has none.
    pub(crate) text: String,
    /// Where it belongs.
    pub(crate) place: &'static str,
}

impl Wanted<'_> {
    /// Merges the configuration into the client's own file, or into another.
    ///
    /// # Errors
    /// Why that was not done.
    pub(crate) fn write(&self, client: Client, file: Option<&Path>) -> Result<Written, String> {
        let file = match file {
            Some(file) if client != Client::ChatGpt => file.to_owned(),
            _ => place::file(client, self.environment)?,
        };
        write::write(&file, place::is_lenient(client), &self.file(client)?)
    }

    /// What belongs into a client's file.
    fn file(&self, client: Client) -> Result<Value, String> {
        let entry = match self.url {
            Some(url) => self.remote(client, url),
            None => self.started(client)?,
        };
        let servers = json!({self.vendor.label: entry});
        Ok(match client {
            Client::VsCode => json!({"servers": servers, "inputs": self.inputs()}),
            _ => json!({"mcpServers": servers}),
        })
    }

    /// The configuration of a client.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn of(&self, client: Client) -> Result<Configuration, String> {
        if client == Client::ChatGpt {
            return self.chatgpt();
        }
        let file = self.file(client)?;
        Ok(Configuration {
            text: format!("{file:#}"),
            place: place(client),
        })
    }

    /// ChatGPT keeps its connectors on the web.
    fn chatgpt(&self) -> Result<Configuration, String> {
        let url = self.url.ok_or(
            "ChatGPT starts no programs: serve this one where it is reached over https (serve --http), and give its --url",
        )?;
        if !url.starts_with("https://") {
            return Err("ChatGPT connects over https only".to_owned());
        }
        let header = format!(
            "Authorization: Bearer, and the value of {}",
            self.token_variable()
        );
        let authentication = if self.token { header.as_str() } else { "none" };
        let title = self.vendor.title;
        Ok(Configuration {
            text: format!("Name: {title}\nMCP Server URL: {url}\nAuthentication: {authentication}"),
            place: "Settings, Apps & Connectors, Create (with developer mode switched on under Advanced settings)",
        })
    }

    /// A server that listens somewhere.
    fn remote(&self, client: Client, url: &str) -> Value {
        let bearer = format!("Bearer {}", value_of(client, &self.token_variable()));
        let headers = self.token.then(|| json!({"Authorization": bearer}));
        let key = match client {
            Client::ClaudeDesktop => return self.through_mcp_remote(url),
            Client::Windsurf => "serverUrl",
            Client::GeminiCli => "httpUrl",
            _ => "url",
        };
        let mut entry = Map::new();
        if matches!(client, Client::ClaudeCode | Client::VsCode) {
            entry.insert("type".to_owned(), "http".into());
        }
        entry.insert(key.to_owned(), url.into());
        entry.extend(headers.map(|it| ("headers".to_owned(), it)));
        entry.into()
    }

    /// A client that only starts programs reaches a URL through one. Its arguments must hold no space.
    fn through_mcp_remote(&self, url: &str) -> Value {
        let mut arguments = vec!["-y", "mcp-remote@latest", url];
        if url.starts_with("http://") {
            arguments.push("--allow-http");
        }
        if !self.token {
            return json!({"command": "npx", "args": arguments});
        }
        arguments.extend(["--header", "Authorization:${AUTHORIZATION}"]);
        let bearer = format!("Bearer <{}>", self.token_variable());
        json!({"command": "npx", "args": arguments, "env": {"AUTHORIZATION": bearer}})
    }

    /// A server that the client starts.
    fn started(&self, client: Client) -> Result<Value, String> {
        let program = self
            .program
            .to_str()
            .ok_or("the name of this program is no text")?;
        let mut arguments = vec!["serve".to_owned()];
        arguments.extend(options(self.options)?);
        let mut entry = Map::new();
        if matches!(client, Client::ClaudeCode | Client::VsCode) {
            entry.insert("type".to_owned(), "stdio".into());
        }
        entry.insert("command".to_owned(), program.into());
        entry.insert("args".to_owned(), arguments.into());
        let variables = self.variables();
        let variables = variables
            .iter()
            .map(|(it, _)| (it.clone(), value_of(client, it).into()));
        let environment: Map<String, Value> = variables.collect();
        if !environment.is_empty() {
            entry.insert("env".to_owned(), environment.into());
        }
        Ok(entry.into())
    }

    /// The variables that a started server reads, each with whether it is secret: those of credentials that no file holds. What
    /// no call needs is handed on if it is set: a client that finds it unset would not start the server.
    fn variables(&self) -> Vec<(String, bool)> {
        let (vendor, options) = (self.vendor, self.options);
        if options.sandbox {
            return Vec::new();
        }
        let is_wanted = |it: &&Credential| {
            let is_set = || (self.environment)(it.variable).is_some();
            options.credentials.is_none() && (is_needed(vendor.auth, it) || is_set())
        };
        let credentials = vendor.credentials.iter().filter(is_wanted);
        let mut variables: Vec<_> = credentials.map(|it| (it.variable, it.secret)).collect();
        let base_url = vendor.base_url.variable;
        let is_missing = vendor.base_url.default.is_none() && options.credentials.is_none();
        let is_wanted = is_missing || (self.environment)(base_url).is_some();
        variables.extend((options.base_url.is_none() && is_wanted).then_some((base_url, false)));
        let is_wanted = |it: &&UrlVariable| {
            let is_missing = it.default.is_none() && options.credentials.is_none();
            is_missing && options.base_url.is_none() || (self.environment)(it.variable).is_some()
        };
        let parts = vendor.base_url.variables.iter().filter(is_wanted);
        variables.extend(parts.map(|it| (it.variable, false)));
        let is_set = |it: &&OtherServer| (self.environment)(it.variable).is_some();
        let servers = vendor.servers.iter().filter(is_set);
        variables.extend(servers.map(|it| (it.variable, false)));
        let named = variables
            .into_iter()
            .map(|(it, secret)| (it.to_owned(), secret));
        let is_set = |it: &String| (self.environment)(it).is_some();
        let token_url = places::token_variable(vendor).filter(is_set);
        named.chain(token_url.map(|it| (it, false))).collect()
    }

    /// What VS Code asks a person for, once.
    fn inputs(&self) -> Value {
        let variables = match self.url {
            Some(_) if self.token => vec![(self.token_variable(), true)],
            Some(_) => Vec::new(),
            None => self.variables(),
        };
        let input = |(name, secret): (String, bool)| {
            let description = self
                .vendor
                .credentials
                .iter()
                .find(|it| it.variable == name);
            let description = description.map_or(name.as_str(), |it| it.description.trim());
            json!({"type": "promptString", "id": name, "description": description, "password": secret})
        };
        variables.into_iter().map(input).collect()
    }

    fn token_variable(&self) -> String {
        cli::variable(self.vendor, "HTTP_TOKEN")
    }
}

/// How a client says the value of a variable; where it has no way to, a gap to fill.
fn value_of(client: Client, variable: &str) -> String {
    match client {
        Client::ClaudeCode => format!("${{{variable}}}"),
        Client::GeminiCli => format!("${variable}"),
        Client::Cursor | Client::Windsurf => format!("${{env:{variable}}}"),
        Client::VsCode => format!("${{input:{variable}}}"),
        Client::ClaudeDesktop | Client::ChatGpt => format!("<{variable}>"),
    }
}

/// The file of a client.
fn place(client: Client) -> &'static str {
    match client {
        Client::ClaudeDesktop => {
            "claude_desktop_config.json (Settings, Developer, Edit Config); fill what stands between < and >"
        }
        Client::ClaudeCode => ".mcp.json of a project",
        Client::Cursor => "~/.cursor/mcp.json, or .cursor/mcp.json of a project",
        Client::VsCode => {
            ".vscode/mcp.json of a workspace, or mcp.json of the user (command MCP: Open User Configuration)"
        }
        Client::Windsurf => "~/.codeium/windsurf/mcp_config.json",
        Client::GeminiCli => "~/.gemini/settings.json, or .gemini/settings.json of a project",
        Client::ChatGpt => "",
    }
}

/// The options as they stand on a command line; a client may start the program anywhere, so paths are absolute.
fn options(options: &Options) -> Result<Vec<String>, String> {
    let path = |path: &Path| {
        let whole =
            std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let text = whole.into_os_string().into_string();
        text.map_err(|it| format!("{} is no text", it.display()))
    };
    let word = |it: Option<clap::builder::PossibleValue>| it.map(|it| it.get_name().to_owned());
    let list = |words: &[String]| (!words.is_empty()).then(|| words.join(","));
    let usual = Options::usual();
    let credentials = options.credentials.as_deref().map(path).transpose()?;
    let files = options.files.as_deref().map(path).transpose()?;
    let exposure = (options.expose != Exposure::All).then(|| options.expose.to_possible_value());
    let copies = (options.answers != Copies::Both).then(|| options.answers.to_possible_value());
    let number = |it: u64, usual: u64| (it != usual).then(|| it.to_string());
    let mut words = Vec::new();
    words.extend(options.sandbox.then(|| "--sandbox".to_owned()));
    words.extend(options.log_requests.then(|| "--log-requests".to_owned()));
    words.extend(options.skip_checks.then(|| "--skip-checks".to_owned()));
    let mut with = |name: &str, value: Option<String>| {
        words.extend(value.into_iter().flat_map(|it| [format!("--{name}"), it]));
    };
    with("seed", options.seed.map(|it| it.to_string()));
    for switch in &options.sandbox_switch {
        with("sandbox-switch", Some(switch.clone()));
    }
    with("base-url", options.base_url.clone());
    with("credentials", credentials);
    with("methods", list(&options.methods));
    with("tags", list(&options.tags));
    with("expose", exposure.and_then(word));
    with("answers", copies.and_then(word));
    with(
        "max-answer",
        number(options.max_answer.into(), usual.max_answer.into()),
    );
    with("files", files);
    with("max-upload", number(options.max_upload, usual.max_upload));
    Ok(words)
}
