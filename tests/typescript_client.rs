//! The official TypeScript client (`@modelcontextprotocol/client`) lists, calls, is refused, prompts and completes, over
//! stdio and over HTTP.

use std::process::Command;

use acceptance::{carry_out, installed, missing, placed};

/// What its two ways of connecting come to: `initialize`, and `server/discover`.
const REVISIONS: [&str; 2] = ["2025-11-25", "2026-07-28"];

#[test]
fn the_typescript_client_carries_out_every_task() {
    let Some(modules) = installed("typescript") else {
        let what = "the TypeScript client cannot be tested, since its packages are not installed";
        return missing(what, "cargo xtask test");
    };
    let mut command = Command::new("node");
    // Node looks for packages from where the program stands.
    command.arg(placed("tests/typescript/client.mjs", &modules));
    carry_out(command, &REVISIONS, None);
}
