//! `cargo xtask demo`: regenerates, builds, and drives the compiled servers through the vendors' workflows.

use std::process::ExitCode;

use anyhow::ensure;
use clap::Args;

use crate::{
    codegen_command,
    demo::{self, Programs, Screen, WORKFLOWS},
};

/// Options of `cargo xtask demo`.
#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Options {
    /// Seed of the sandboxes' ids and names: another one, another world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

const HELP: &str = "\
Examples:
  cargo xtask demo               every workflow, against the sandboxes
  cargo xtask demo --seed 7      the same with other ids and names

Exit codes:
  0  every workflow ended as it must
  1  one did not, or the servers cannot be generated or built
  2  the command line is wrong";

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let screen = Screen;
    screen.heading("Regenerate: specs/ → generated/");
    let written = codegen_command::run(&codegen_command::Options::default())?;
    if written != ExitCode::SUCCESS {
        return Ok(written);
    }

    screen.heading("Build: generated/ → three servers");
    let binaries: Vec<_> = WORKFLOWS.iter().map(|it| it.binary).collect();
    let programs = Programs::build(&binaries)?;

    let tally = demo::perform(&programs, options.seed, &screen)?;
    ensure!(
        tally.workflows == WORKFLOWS.len(),
        "a workflow was left out"
    );
    screen.done(&tally);
    Ok(ExitCode::SUCCESS)
}
