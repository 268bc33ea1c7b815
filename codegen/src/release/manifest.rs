//! The manifest of an MCP bundle: how a client starts the program, what it asks of its user, and what it finds.

use serde_json::{Map, Value, json};

use super::{Release, Setting, settings};
use crate::{plan::VendorPlan, prompts::Prompt};

/// The version of the manifest's specification that is written.
const MANIFEST_VERSION: &str = "0.3";

/// A system that bundles tell apart, in their order. They know no processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Platform {
    /// macOS.
    Darwin,
    /// Linux.
    Linux,
    /// Windows.
    Win32,
}

impl Platform {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Darwin, Self::Linux, Self::Win32];

    /// Its word in a manifest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Darwin => "darwin",
            Self::Linux => "linux",
            Self::Win32 => "win32",
        }
    }

    /// The file of a program there.
    #[must_use]
    pub fn file(self, binary: &str) -> String {
        match self {
            Self::Win32 => format!("{binary}.exe"),
            Self::Darwin | Self::Linux => binary.to_owned(),
        }
    }

    /// Where the program of a platform stands in a bundle.
    #[must_use]
    pub fn entry(self, binary: &str) -> String {
        format!("server/{}/{}", self.as_str(), self.file(binary))
    }
}

/// The `manifest.json` of a bundle that holds programs for these platforms, at [`Platform::entry`].
///
/// Every tool is listed. Of the prompts those are whose arguments must all be given, since a manifest has no place for what
/// an argument is when it is left out; the server itself has them all.
#[must_use]
pub fn manifest(plan: &VendorPlan, release: &Release, platforms: &[Platform]) -> Value {
    let docs = &plan.docs;
    let settings = settings(docs);
    let mut manifest = json!({
        "manifest_version": MANIFEST_VERSION,
        "name": docs.binary,
        "display_name": docs.title,
        "version": release.version,
        "description": docs.summary.trim(),
        "author": {"name": release.author},
    });
    if let Some(url) = &release.repository {
        manifest["repository"] = json!({"type": "git", "url": url});
    }
    manifest["license"] = release.license.clone().into();
    let tags = plan.tags.iter().map(|(tag, _)| tag.as_str());
    manifest["keywords"] = [docs.label.as_str()].into_iter().chain(tags).collect();
    manifest["server"] = server(&docs.binary, &settings, platforms);
    let tools = plan.tools.iter();
    let tools = tools.map(|it| json!({"name": it.name, "description": it.description}));
    manifest["tools"] = tools.collect();
    let listed = plan.prompts.iter().filter_map(prompt).collect::<Vec<_>>();
    if listed.len() < plan.prompts.len() {
        manifest["prompts_generated"] = true.into();
    }
    manifest["prompts"] = listed.into();
    let words: Vec<&str> = platforms.iter().map(|it| it.as_str()).collect();
    manifest["compatibility"] = json!({"platforms": words});
    let options = settings.iter().map(|it| (it.name.clone(), option(it)));
    manifest["user_config"] = options.collect::<Map<_, _>>().into();
    manifest
}

/// How the program is started: the first platform's, and what is otherwise on the others.
fn server(binary: &str, settings: &[Setting], platforms: &[Platform]) -> Value {
    let command = |it: &Platform| format!("${{__dirname}}/{}", it.entry(binary));
    let environment = settings.iter().map(|it| {
        let value = format!("${{user_config.{}}}", it.name);
        (it.variable.clone(), Value::from(value))
    });
    let mut start = json!({
        "command": platforms.first().map(command),
        "args": ["serve"],
        "env": environment.collect::<Map<_, _>>(),
    });
    let others = platforms.iter().skip(1);
    let others = others.map(|it| (it.as_str().to_owned(), json!({"command": command(it)})));
    let others: Map<_, _> = others.collect();
    if !others.is_empty() {
        start["platform_overrides"] = others.into();
    }
    json!({
        "type": "binary",
        "entry_point": platforms.first().map(|it| it.entry(binary)),
        "mcp_config": start,
    })
}

/// What a client asks its user for.
fn option(setting: &Setting) -> Value {
    let mut option = json!({
        "type": "string",
        "title": setting.title,
        "description": setting.description,
        "required": setting.is_required,
        "sensitive": setting.is_secret,
    });
    if !setting.is_required {
        // Without a default, clients hand the placeholder itself to the program.
        option["default"] = setting.default.clone().unwrap_or_default().into();
    }
    option
}

/// A prompt as a manifest states it; none where an argument may be left out.
fn prompt(prompt: &Prompt) -> Option<Value> {
    if !prompt.arguments.iter().all(|it| it.required) {
        return None;
    }
    let names: Vec<&str> = prompt.arguments.iter().map(|it| it.name.as_str()).collect();
    let fill = |text: String, name: &&str| {
        text.replace(&format!("{{{name}}}"), &format!("${{arguments.{name}}}"))
    };
    let mut stated = json!({"name": prompt.name, "description": prompt.description});
    if !names.is_empty() {
        stated["arguments"] = json!(names);
    }
    stated["text"] = names.iter().fold(prompt.text.clone(), fill).into();
    Some(stated)
}
