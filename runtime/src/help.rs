//! What the help of each command teaches: examples with tools of this vendor, and what its exit codes mean.

use serde_json::Value;

use crate::{doctor::cheap, entry::Entry, table::Vendor};

/// A command, what can be typed, and what its exit code 1 means.
struct Lesson {
    command: &'static str,
    /// What is typed behind the program's name, and what it does.
    examples: Vec<(String, &'static str)>,
    failed: &'static str,
}

/// What stands below the help of each command, by its name.
pub(crate) fn lessons(vendor: &'static Vendor) -> Vec<(&'static str, String)> {
    let lessons = [
        serve(),
        tools(vendor),
        call(vendor),
        doctor(),
        client_config(),
        sandbox(),
        completions(),
    ];
    let binary = vendor.binary;
    lessons
        .into_iter()
        .map(|it| (it.command, it.text(binary)))
        .collect()
}

impl Lesson {
    fn new(
        command: &'static str,
        failed: &'static str,
        examples: Vec<(String, &'static str)>,
    ) -> Self {
        Self {
            command,
            examples,
            failed,
        }
    }

    fn text(&self, binary: &str) -> String {
        let typed = |it: &str| {
            format!("{binary} {} {it}", self.command)
                .trim_end()
                .to_owned()
        };
        let mut text = "Examples:".to_owned();
        for (example, what) in &self.examples {
            text += &format!("\n  {}\n      {what}", typed(example));
        }
        text + &format!(
            "\n\nExit codes: 0 done, 1 {}, 2 the command line or a setting is wrong.",
            self.failed
        )
    }
}

fn serve() -> Lesson {
    Lesson::new(
        "serve",
        "it could not be served",
        vec![
            (
                "--sandbox".into(),
                "for a client that starts programs, over stdin and stdout; no account needed",
            ),
            (
                "--http 127.0.0.1:8080".into(),
                "for clients that connect, at http://127.0.0.1:8080/mcp",
            ),
            (
                "--methods read --confirm writes".into(),
                "only what reads; a person is asked before anything else",
            ),
            (
                "--expose discovery".into(),
                "four tools by which a model finds all others",
            ),
        ],
    )
}

fn tools(vendor: &'static Vendor) -> Lesson {
    let name = first_list(vendor).map_or("TOOL", |(entry, _)| entry.about.name);
    let tag = vendor.tags.first().map_or("TAG", |(tag, _)| tag);
    Lesson::new(
        "tools",
        "they could not be listed",
        vec![
            (String::new(), "all of them, with effect and title"),
            (
                format!("--tags {tag} --methods read --json"),
                "those of a tag that only read, for a script",
            ),
            (
                "--search \"list invoices\" --json".into(),
                "those that fit some words, the best first",
            ),
            (name.to_owned(), "one of them, as JSON, as a model sees it"),
        ],
    )
}

fn call(vendor: &'static Vendor) -> Lesson {
    let list = first_list(vendor);
    let name = list.as_ref().map_or("TOOL", |(entry, _)| entry.about.name);
    let pages = list.is_some_and(|(_, arguments)| arguments.get("limit").is_some());
    let (pair, whole) = match pages {
        true => (" limit=2", "'{\"limit\": 2}'"),
        false => ("", "'{}'"),
    };
    Lesson::new(
        "call",
        "the tool answered an error, which is printed too",
        vec![
            (
                format!("{name}{pair} --sandbox"),
                "against made-up data: no account needed",
            ),
            (
                format!("{name}{pair} --dry-run --sandbox"),
                "the HTTP request that would leave",
            ),
            (
                format!("{name} --arguments {whole} --sandbox"),
                "all inputs as one JSON object, as clients send them",
            ),
            (
                format!("{name}{pair} --log-requests"),
                "the vendor itself, with requests and responses on stderr",
            ),
        ],
    )
}

fn doctor() -> Lesson {
    Lesson::new(
        "doctor",
        "something is wrong",
        vec![
            (
                String::new(),
                "what is missing to reach the vendor, and how to mend it",
            ),
            ("--json".into(), "the same for a script"),
            ("--sandbox".into(), "whether this program works at all"),
        ],
    )
}

fn client_config() -> Lesson {
    Lesson::new(
        "client-config",
        "the client's file could not be written",
        vec![
            (
                "cursor --sandbox".into(),
                "what belongs into Cursor's file: on stdout as JSON, where it belongs on stderr",
            ),
            (
                "claude-desktop --write".into(),
                "put it there, and keep what the file was beside it",
            ),
            (
                "vscode --url https://mcp.example.com/mcp --token".into(),
                "for a server that listens already",
            ),
        ],
    )
}

fn sandbox() -> Lesson {
    Lesson::new(
        "sandbox",
        "it could not be served",
        vec![
            (
                String::new(),
                "the made-up vendor alone, on a free port that is told",
            ),
            ("--seed 7".into(), "with other ids and names"),
            (
                "--tls certificate.pem".into(),
                "with TLS, for clients that speak nothing else",
            ),
        ],
    )
}

fn completions() -> Lesson {
    Lesson::new(
        "completions",
        "they could not be printed",
        vec![
            ("bash".into(), "to be saved where bash-completion looks"),
            ("zsh".into(), "to be saved as a file of a folder of $fpath"),
            ("fish".into(), "to be saved in ~/.config/fish/completions"),
        ],
    )
}

/// The first list that needs no input, with arguments that it takes.
fn first_list(vendor: &'static Vendor) -> Option<(&'static Entry, Value)> {
    vendor
        .entries()
        .find_map(|entry| Some((entry, cheap(entry)?)))
}
