//! The commands of this workspace: `cargo xtask …`.

mod bench;
mod bench_command;
mod codegen_command;
mod demo;
mod demo_command;
mod diff;
mod diff_command;
mod drift;
mod fetch;
mod new_vendor;
mod new_vendor_command;
mod revision;
mod settle;
mod specs;
mod test_command;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The commands of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Another folder in place of this workspace.
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    root: Option<std::path::PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Regenerate, build, and drive the three servers through whole workflows against their sandboxes.
    Demo(demo_command::Options),
    /// Write `generated/<vendor>` out of `specs/<vendor>`.
    Codegen(codegen_command::Options),
    /// Write the specs of a new vendor out of its OpenAPI document, and generate its server.
    NewVendor(new_vendor_command::Options),
    /// Tell what a change of the specs means to those who call the tools.
    Diff(diff_command::Options),
    /// Measure how long generating takes, and how much memory.
    Bench(bench_command::Options),
    /// Install what the tests need, then run them all; arguments are passed on to `cargo test`.
    Test(test_command::Options),
}

const EXIT_CODES: &str =
    "Exit codes: 0 done; 1 a problem was found, and told; 2 the command line is wrong.";

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Some(root) = cli.root {
        workspace::stand_in(root);
    }
    let outcome = match cli.command {
        Command::Demo(options) => demo_command::run(&options),
        Command::Codegen(options) => codegen_command::run(&options),
        Command::NewVendor(options) => new_vendor_command::run(&options),
        Command::Diff(options) => diff_command::run(&options),
        Command::Bench(options) => bench_command::run(&options),
        Command::Test(options) => test_command::run(&options),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
