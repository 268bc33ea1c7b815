//! The demo's workflows: which there are, and how each is driven against a server of its own.

mod build;

// A server, as its client sees it.
mod client;
mod session;
mod record;

// What is shown.
mod screen;
mod brief;

// What the workflows bring along.
mod clock;
mod pdf;

// The workflows.
mod wiwink;
mod connectwise_psa;
mod wiv;

use anyhow::Context;

pub(crate) use self::{build::Programs, screen::Screen};
use self::{client::Client, session::Session};

/// A person's wish, and the tool calls that fulfil it.
pub(crate) struct Workflow {
    title: &'static str,
    /// What the person says; a name that stands here may stand in the calls.
    wish: &'static str,
    /// The server that is called.
    pub(crate) binary: &'static str,
    /// The calls; an answer that is not as it must be is an error.
    steps: fn(&mut Session) -> anyhow::Result<()>,
}

/// The workflows, in the order in which they are driven.
pub(crate) const WORKFLOWS: [Workflow; 5] = [
    wiwink::DISPATCH,
    wiwink::SIGNATURE,
    connectwise_psa::TRIAGE,
    connectwise_psa::TIME_AUDIT,
    wiv::CASE_TRIAGE,
];

/// How much was done.
#[derive(Default)]
pub(crate) struct Tally {
    /// Workflows that ended as they must.
    pub(crate) workflows: usize,
    /// Tool calls.
    pub(crate) calls: usize,
    /// HTTP requests that left the servers.
    pub(crate) requests: usize,
}

/// Drives every workflow, each against a new sandbox of this seed.
///
/// # Errors
/// The first step that does not go as it must.
pub(crate) fn perform(programs: &Programs, seed: u64, screen: &Screen) -> anyhow::Result<Tally> {
    screen.legend();
    let mut tally = Tally::default();
    for workflow in &WORKFLOWS {
        screen.heading(workflow.title);
        screen.wish(workflow.wish);
        let seed = seed.to_string();
        let arguments = ["serve", "--sandbox", "--seed", &seed, "--log-requests"];
        screen.command(workflow.binary, &arguments);
        // Ends with the session, however that ends.
        let client = Client::start(&programs.path(workflow.binary)?, &arguments)
            .with_context(|| workflow.binary)?;
        let mut session = Session::new(client, screen, &mut tally);
        (workflow.steps)(&mut session)
            .with_context(|| format!("{} (seed {seed})", workflow.title))?;
        tally.workflows += 1;
    }
    Ok(tally)
}
