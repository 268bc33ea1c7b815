//! What the acceptance tests share: the built programs, sessions with them, and a listener in the vendor's place.

mod binaries;
mod client;
mod http;
mod listener;
mod mcpb;
mod memory;
mod prism;
mod program;
mod sandbox;
mod skip;
mod stdio;
mod vendor;
mod workspace;

pub use binaries::{build, cargo};
pub use client::{Task, carry_out, program, reports, tasks};
pub use http::{Endpoint, Response};
pub use listener::{Came, Listener, Reply};
pub use mcpb::Mcpb;
pub use memory::Memory;
pub use prism::Prism;
pub use program::{Running, command};
pub use sandbox::Sandbox;
pub use skip::{missing, skipped};
pub use stdio::{Outcome, Session};
pub use vendor::{CONNECTWISE_PSA, VENDORS, Vendor, WIV, WIWINK};
pub use workspace::{Scratch, root};
