//! The commands of this workspace: `cargo xtask …`.

mod bench;
mod bench_command;
mod codegen_command;
mod demo;
mod demo_command;
mod diff;
mod diff_command;
mod dist;
mod dist_command;
mod drift;
mod exit;
mod fetch;
mod index;
mod lint_command;
mod new_vendor;
mod new_vendor_command;
mod revision;
mod settle;
mod specs;
mod terminal;
mod test_command;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::terminal::{BAD, Colour, paint};

/// The commands of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Another folder in place of this workspace.
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    root: Option<std::path::PathBuf>,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Colour,
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
    /// Tell what could be better in the specs.
    Lint(lint_command::Options),
    /// Make what people install: programs, archives with completions, bundles, the MCP registry's entry, checksums.
    Dist(dist_command::Options),
    /// Measure how long generating takes, and how much memory.
    Bench(bench_command::Options),
    /// Install what the tests need, then run them all; arguments are passed on to `cargo test`.
    Test(test_command::Options),
}

const HELP: &str = "\
Examples:
  cargo xtask demo                  what this is about, in a minute
  cargo xtask codegen               after a change of specs/
  cargo xtask diff                  what that change means to those who call the tools
  cargo xtask lint                  what could be better in specs/
  cargo xtask new-vendor acme --openapi FILE    a server out of a document
  cargo xtask test                  every test
  cargo xtask COMMAND --help        examples, and the exit codes, of a command

Exit codes: 0 done; 1 a problem was found, and told; 2 the command line is wrong.";

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.choose();
    if let Some(root) = cli.root {
        workspace::stand_in(root);
    }
    let outcome = match cli.command {
        Command::Demo(options) => demo_command::run(&options),
        Command::Codegen(options) => codegen_command::run(&options),
        Command::NewVendor(options) => new_vendor_command::run(&options),
        Command::Diff(options) => diff_command::run(&options),
        Command::Lint(options) => lint_command::run(&options),
        Command::Dist(options) => dist_command::run(&options),
        Command::Bench(options) => bench_command::run(&options),
        Command::Test(options) => test_command::run(&options),
    };
    outcome.unwrap_or_else(|error| {
        terminal::note(format!("{} {error:#}", paint(BAD, "error:")));
        exit::code(&error)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    /// A part of a help, by its heading: the indented lines below it.
    fn part(help: &str, heading: &str) -> usize {
        let lines = help.lines().skip_while(|it| !it.starts_with(heading));
        lines.skip(1).take_while(|it| it.starts_with("  ")).count()
    }

    #[test]
    fn every_command_teaches_by_example_and_says_its_exit_codes() {
        for mut command in Cli::command().get_subcommands().cloned() {
            let name = command.get_name().to_owned();
            let help = command.render_long_help().to_string();
            assert!(part(&help, "Examples") >= 2, "{name}:\n{help}");
            let example = format!("cargo xtask {name}");
            assert!(help.contains(&example), "{name}:\n{help}");
            let codes = help.split("Exit codes:").nth(1).unwrap_or_default();
            let codes = codes
                .split_whitespace()
                .filter(|it| ["0", "1", "2"].contains(it));
            let codes: Vec<&str> = codes.collect();
            assert_eq!(codes, ["0", "1", "2"], "{name}:\n{help}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
