//! The official TypeScript client (`@modelcontextprotocol/client`) lists, calls, is refused, prompts and completes, over
//! stdio and over HTTP.

use acceptance::{carry_out, program};

/// What its two ways of connecting come to: `initialize`, and `server/discover`.
const REVISIONS: [&str; 2] = ["2025-11-25", "2026-07-28"];

#[test]
fn the_typescript_client_carries_out_every_task() {
    if let Some(client) = program("tests/typescript/client.mjs") {
        carry_out(client, &REVISIONS, None);
    }
}
