//! The official Python client (`mcp`) lists, calls, is refused, prompts and completes, over stdio, over HTTP, and over
//! the older HTTP with server-sent events.

use acceptance::{carry_out, program};

/// What its two ways of connecting come to: `initialize`, and `server/discover`.
const REVISIONS: [&str; 2] = ["2025-11-25", "2026-07-28"];

#[test]
fn the_python_client_carries_out_every_task() {
    if let Some(client) = program("tests/python/client.py") {
        carry_out(client, &REVISIONS, Some(REVISIONS[0]));
    }
}
