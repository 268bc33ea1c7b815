//! Where a client keeps its configuration, on the systems that it is for.

use std::path::PathBuf;

use super::Client;
use crate::setup::Environment;

/// The file of a client.
///
/// # Errors
/// Why it is not known, and what to do.
pub(super) fn file(client: Client, environment: Environment) -> Result<PathBuf, String> {
    let folder = |variable: &str| {
        let value = environment(variable).filter(|it| !it.is_empty());
        let value = value.map(PathBuf::from);
        value.ok_or_else(|| format!("{variable} is not set: name the file with --file"))
    };
    let home = || folder(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
    Ok(match client {
        Client::ClaudeDesktop if cfg!(windows) => {
            folder("APPDATA")?.join("Claude/claude_desktop_config.json")
        }
        Client::ClaudeDesktop if cfg!(target_os = "macos") => {
            home()?.join("Library/Application Support/Claude/claude_desktop_config.json")
        }
        Client::ClaudeDesktop => {
            return Err(
                "Claude Desktop documents no file on this system: name it with --file".to_owned(),
            );
        }
        Client::ClaudeCode => PathBuf::from(".mcp.json"),
        Client::Cursor => home()?.join(".cursor/mcp.json"),
        Client::VsCode => PathBuf::from(".vscode/mcp.json"),
        Client::Windsurf => home()?.join(".codeium/windsurf/mcp_config.json"),
        Client::GeminiCli => home()?.join(".gemini/settings.json"),
        Client::ChatGpt => {
            return Err(
                "ChatGPT keeps its connectors on the web, not in a file: leave out --write, and follow what is printed"
                    .to_owned(),
            );
        }
    })
}

/// Whether a client reads comments and trailing commas in its file.
pub(super) fn is_lenient(client: Client) -> bool {
    matches!(client, Client::VsCode | Client::GeminiCli)
}
