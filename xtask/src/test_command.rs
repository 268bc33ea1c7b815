//! `cargo xtask test`: installs what the tests need besides Rust, says what it could not install, then runs every test.

use std::{
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::{Context, bail};
use clap::Args;

use crate::{
    exit,
    terminal::{self, DOUBTFUL, Progress, paint},
    workspace,
};

/// Options of `cargo xtask test`.
#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Options {
    /// Passed on to `cargo test --workspace`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

const HELP: &str = "\
Examples:
  cargo xtask test                        every test
  cargo xtask test --test wire            those of one file
  cargo xtask test a_word_of_its_name     those whose names hold a word
  CI=true cargo xtask test                what could not be installed fails, in place of being left out

Exit codes:
  0  every test passed
  1  a test failed, or the tests do not build
  2  the command line is wrong";

/// Where the clients in other languages are installed, below the workspace; the tests look there.
const CLIENTS: &str = "target/clients";

/// What the tests need in another language.
struct Other {
    /// Its folder under `tests/` and under [`CLIENTS`].
    folder: &'static str,
    /// What it is, for people.
    what: &'static str,
    /// The file that says which versions.
    pins: &'static str,
    /// What it needs.
    needs: &'static str,
    how: fn(&Path, &Path) -> anyhow::Result<()>,
}

const PYTHON: &str =
    "Python 3.10 or newer with venv (Debian: apt-get install python3-venv) and a package index";
const NODE: &str =
    "Node 20 or newer with npm (Debian: apt-get install nodejs npm) and a package registry";

const OTHERS: [Other; 6] = [
    Other {
        folder: "python",
        what: "The Python clients, and an OpenAPI document that others publish,",
        pins: "requirements.txt",
        needs: PYTHON,
        how: python,
    },
    Other {
        folder: "typescript",
        what: "The official TypeScript MCP client",
        pins: "package-lock.json",
        needs: NODE,
        how: npm,
    },
    Other {
        folder: "prism",
        what: "Prism, which judges requests by an OpenAPI document,",
        pins: "package-lock.json",
        needs: NODE,
        how: npm,
    },
    Other {
        folder: "documents",
        what: "The OpenAPI documents that others publish",
        pins: "package-lock.json",
        needs: NODE,
        how: npm,
    },
    Other {
        folder: "mcpb",
        what: "The official tool for MCP bundles",
        pins: "package-lock.json",
        needs: NODE,
        how: npm,
    },
    Other {
        folder: "mermaid",
        what: "Mermaid, which reads the catalogues' diagrams,",
        pins: "package-lock.json",
        needs: NODE,
        how: npm,
    },
];

impl Other {
    /// Installs it; else what to say.
    fn missing(&self) -> Option<String> {
        let why = install(self.folder, self.pins, self.how).err()?;
        Some(format!(
            "{} could not be installed, so the tests with it do not run (with CI=true they fail): {why:#}.\n  It needs {}.",
            self.what, self.needs
        ))
    }
}

/// Most lines that are repeated of what an installer said.
const MOST_LINES: usize = 4;

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let missing: Vec<String> = OTHERS.iter().filter_map(Other::missing).collect();
    tell(&missing);
    // This program is in a workspace of its own; its tests run first, since they are quick and tell of drift.
    let own: &[&str] = &["--manifest-path", "xtask/Cargo.toml"];
    let mut passed = true;
    for workspace in [own, &["--workspace"]] {
        let mut command = cargo();
        command.arg("test").args(workspace).args(&options.arguments);
        passed &= command.status().context("cannot start cargo")?.success();
    }
    // Said again at the end, where it is seen.
    tell(&missing);
    Ok(exit::of(passed))
}

fn tell(missing: &[String]) {
    for it in missing {
        terminal::note(format!("\n{}\n", paint(DOUBTFUL, format!("*** {it} ***"))));
    }
}

/// Installs a client unless just this is installed already: `pins` is the file that says which versions.
fn install(
    language: &str,
    pins: &str,
    how: fn(&Path, &Path) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let source = workspace::root().join("tests").join(language);
    let target = workspace::root().join(CLIENTS).join(language);
    let wanted =
        fs::read_to_string(source.join(pins)).with_context(|| format!("cannot read {pins}"))?;
    let stamp = target.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == wanted) {
        return Ok(());
    }
    let _progress = Progress::begin(format!(
        "installing what tests/{language} needs into {CLIENTS}/{language}"
    ));
    fs::create_dir_all(&target).context("cannot create the folder")?;
    how(&source, &target)?;
    fs::write(&stamp, wanted).context("cannot note what is installed")
}

fn python(source: &Path, target: &Path) -> anyhow::Result<()> {
    let venv = |program: &str| succeed(Command::new(program).args(["-m", "venv"]).arg(target));
    // Windows, and old habits, call it `python`.
    venv("python3").or_else(|why| venv("python").map_err(|_| why))?;
    let places = ["bin/python", "Scripts/python.exe"];
    let python = places
        .iter()
        .map(|it| target.join(it))
        .find(|it| it.exists());
    let python = python.context("the virtual environment has no Python")?;
    let quiet = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    let requirements = source.join("requirements.txt");
    succeed(Command::new(python).args(quiet).arg("-r").arg(requirements))
}

fn npm(source: &Path, target: &Path) -> anyhow::Result<()> {
    for name in ["package.json", "package-lock.json"] {
        fs::copy(source.join(name), target.join(name))
            .with_context(|| format!("cannot copy {name}"))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let quiet = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    succeed(Command::new(npm).args(quiet).current_dir(target))
}

/// Runs a program; what it said is the error if it failed.
fn succeed(command: &mut Command) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("cannot start {program}"))?;
    if output.status.success() {
        return Ok(());
    }
    let words = [output.stderr, output.stdout].concat();
    let words = String::from_utf8_lossy(&words);
    // The rest is stack traces and advice on other matters.
    let words: Vec<&str> = words
        .lines()
        .filter(|it| !it.is_empty())
        .take(MOST_LINES)
        .collect();
    bail!("{program} failed ({}): {}", output.status, words.join("; "))
}

/// Cargo, without the variables that `cargo run` gave to this program: build scripts that look at them would run anew.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace::root());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
            .iter()
            .any(|it| text.starts_with(it))
        {
            command.env_remove(&name);
        }
    }
    command
}
