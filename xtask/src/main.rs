//! The commands of this workspace: `cargo xtask …`.

mod bench_command;
mod codegen_command;
mod settle;
mod specs;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The commands of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write `generated/<vendor>` out of `specs/<vendor>`.
    Codegen(codegen_command::Options),
    /// Measure how long generating takes, and how much memory.
    Bench(bench_command::Options),
}

const EXIT_CODES: &str =
    "Exit codes: 0 done; 1 a problem was found, and told; 2 the command line is wrong.";

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Codegen(options) => codegen_command::run(&options),
        Command::Bench(options) => bench_command::run(&options),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
