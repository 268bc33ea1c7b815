//! The official Python client (`mcp`) lists, calls, is refused, prompts and completes, over stdio, over HTTP, and over
//! the older HTTP with server-sent events.

use std::process::Command;

use acceptance::{carry_out, installed, missing, root};

/// What its two ways of connecting come to: `initialize`, and `server/discover`.
const REVISIONS: [&str; 2] = ["2025-11-25", "2026-07-28"];

#[test]
fn the_python_client_carries_out_every_task() {
    let Some(venv) = installed("python") else {
        let what = "the Python client cannot be tested, since its packages are not installed";
        return missing(what, "cargo xtask test");
    };
    let places = ["bin/python", "Scripts/python.exe"];
    let python = places.iter().map(|it| venv.join(it)).find(|it| it.exists());
    let python = python.expect("the virtual environment has a Python");
    let mut command = Command::new(python);
    command.arg(root().join("tests/python/client.py"));
    carry_out(command, &REVISIONS, Some(REVISIONS[0]));
}
