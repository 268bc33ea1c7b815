//! One task for every client library, and what each must report of it: so that all see the same server.

use std::{fs, io::Write as _, path::PathBuf, process::Command};

use serde_json::{Value, json};

use crate::{
    http::Endpoint,
    program::Running,
    skip::missing,
    vendor::{Vendor, WIV, WIWINK},
    workspace::root,
};

/// What a client is asked to do with a vendor's server.
pub struct Task {
    /// The vendor.
    pub vendor: Vendor,
    /// A tool and arguments that work in any sandbox.
    pub call: (&'static str, Value),
    /// A tool and arguments that are wrong, and a word that the refusal must hold.
    pub refused: (&'static str, Value, &'static str),
    /// A prompt, one argument, and its value.
    pub prompt: (&'static str, &'static str, &'static str),
    /// A prompt, the argument to complete, and what was typed.
    pub complete: (&'static str, &'static str, &'static str),
}

/// The tasks.
#[must_use]
pub fn tasks() -> [Task; 2] {
    [
        Task {
            vendor: WIWINK,
            call: (
                "list_all_wiwink_works",
                json!({"limit": 2, "with": ["customer"]}),
            ),
            refused: (
                "create_a_wiwink_proposal",
                json!({"costumer_id": 1}),
                "`customer_id`",
            ),
            prompt: ("dispatch_installer", "customer", "Roofs & Söhne"),
            complete: ("proposal_with_signature", "tax_percentage", "2"),
        },
        Task {
            vendor: WIV,
            call: ("wiv_list_workflows", json!({"limit": 2})),
            refused: (
                "wiv_start_execution",
                json!({"workflow": "x"}),
                "`workflow_id`",
            ),
            prompt: ("run_workflow", "workflow_name_or_id", "Monday Digest"),
            complete: ("run_workflow", "workflow_name_or_id", ""),
        },
    ]
}

impl Task {
    /// The task as a client in another language reads it.
    fn json(&self, transport: &Value, revision: &str) -> Value {
        json!({
            "transport": transport,
            "revision": revision,
            "call": {"name": self.call.0, "arguments": self.call.1},
            "refused": {"name": self.refused.0, "arguments": self.refused.1},
            "prompt": {"name": self.prompt.0, "arguments": {self.prompt.1: self.prompt.2}},
            "complete": {"prompt": self.complete.0, "argument": self.complete.1, "value": self.complete.2},
        })
    }

    /// Checks what a client reports of the task.
    ///
    /// # Panics
    /// If it is not what every client must see.
    pub fn check(&self, report: &Value, revision: &str) {
        let text = |key: &str| report[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(report["revision"], revision, "{report:#}");
        assert_eq!(report["server"], self.vendor.binary);
        assert_eq!(report["tools"], json!(self.vendor.tools()));
        assert_eq!(report["call"]["result_count"], 2, "{report:#}");
        assert!(report["call"]["next_cursor"].is_string(), "{report:#}");
        assert_eq!(report["refused"], true, "{report:#}");
        assert!(text("reason").contains(self.refused.2), "{report:#}");
        let prompts = report["prompts"].as_array().expect("a list of prompts");
        assert!(prompts.contains(&json!(self.prompt.0)), "{report:#}");
        assert!(text("prompt").contains(self.prompt.2), "{report:#}");
        let completed = report["completed"].as_array().expect("a list of values");
        assert!(!completed.is_empty(), "{report:#}");
        for value in completed {
            let value = value.as_str().expect("a text").to_lowercase();
            assert!(value.contains(self.complete.2), "{report:#}");
        }
    }
}

/// The folder in which `cargo xtask test` has installed what a client in another language needs.
pub(crate) fn installed(language: &str) -> Option<PathBuf> {
    let folder = root().join("target/clients").join(language);
    folder.join("installed").exists().then_some(folder)
}

/// Lets a program carry out every task, over stdio and HTTP, on each of these revisions, and checks its reports. With
/// `older`, over the older transport too, on that revision.
///
/// # Panics
/// If it fails, or reports what it must not.
pub fn carry_out(command: Command, revisions: &[&str], older: Option<&str>) {
    let tasks = tasks();
    let mut expected = Vec::new();
    let mut jobs = Vec::new();
    let mut endpoints = Vec::new();
    for task in &tasks {
        let program = task.vendor.program();
        let stdio = json!({"command": program, "args": ["serve", "--sandbox"]});
        let endpoint = Endpoint::start(&task.vendor, &["--sandbox", "--sse"]);
        let http = json!({"url": endpoint.url});
        let sse = json!({"sse": endpoint.url.replace("/mcp", "/sse")});
        endpoints.push(endpoint);
        for (transport, revision) in [&stdio, &http]
            .into_iter()
            .flat_map(|it| revisions.iter().map(move |revision| (it, *revision)))
        {
            jobs.push(task.json(transport, revision));
            expected.push((task, revision));
        }
        if let Some(revision) = older {
            jobs.push(task.json(&sse, revision));
            expected.push((task, revision));
        }
    }
    let reports = reports(command, &Value::Array(jobs));
    let reports = reports.as_array().expect("a list of reports");
    assert_eq!(reports.len(), expected.len());
    for (report, (task, revision)) in reports.iter().zip(expected) {
        task.check(report, revision);
    }
}

/// Hands the jobs to a program on stdin; answers the line that it prints, as JSON.
///
/// # Panics
/// If it does not read them, or prints something else.
#[must_use]
pub fn reports(command: Command, jobs: &Value) -> Value {
    let mut program = Running::start(command);
    let mut stdin = program.stdin.take().expect("stdin is piped");
    write!(stdin, "{jobs}").expect("the client reads");
    drop(stdin);
    let line = program.line();
    let _ = program.finish();
    serde_json::from_str(&line).expect("the client prints JSON")
}

/// A program in another language, to be run; none, and told, where what it needs is not installed. What it needs, the folder
/// that it stands in says.
///
/// # Panics
/// If what is installed is broken, or with `CI=true` if it is not installed.
#[must_use]
pub fn program(path: &str) -> Option<Command> {
    let language = path.split('/').nth(1).expect("tests/<language>/<file>");
    let Some(folder) = installed(language) else {
        missing(
            &format!("{path} cannot be run, since its packages are not installed"),
            "cargo xtask test",
        );
        return None;
    };
    let from = root().join(path);
    if language == "python" {
        let places = ["bin/python", "Scripts/python.exe"];
        let python = places.iter().map(|it| folder.join(it));
        let python = python.into_iter().find(|it| it.exists());
        let mut command = Command::new(python.expect("the virtual environment has a Python"));
        command.arg(from);
        return Some(command);
    }
    // Node looks for packages from where the program stands.
    let to = folder.join(from.file_name().expect("a file has a name"));
    fs::copy(from, &to).expect("the program can be copied");
    let mut command = Command::new("node");
    command.arg(to);
    Some(command)
}
