//! What a generated server costs to compile, beside the budget: lines, check, builds, and a build after a change of one operation.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use codegen::{Generated, Sources};
use serde_json::{Value, json};

use super::{
    change,
    cost::{self, Cost},
};
use crate::{
    settle,
    terminal::{self, Progress},
    workspace,
};

/// The most that the server of a whole API of 3,000 operations may cost, its runtime included.
const LINES: usize = 120_000;
const CHANGE: Duration = Duration::from_secs(15);
const CHECK: Build = Build {
    what: "check",
    arguments: &["check"],
    seconds: 60,
    by_the_clock: false,
    memory: Some(2_500_000_000),
};
const DEBUG: Build = Build {
    what: "debug build",
    arguments: &["build"],
    seconds: 150,
    by_the_clock: true,
    memory: None,
};
const RELEASE: Build = Build {
    what: "release build",
    arguments: &["build", "--release"],
    seconds: 400,
    by_the_clock: false,
    memory: None,
};

/// A kind of build, and its budget.
struct Build {
    what: &'static str,
    /// Of cargo.
    arguments: &'static [&'static str],
    /// At most so many.
    seconds: u64,
    /// Whether these are seconds of the clock, not of processors.
    by_the_clock: bool,
    /// Of the largest process.
    memory: Option<u64>,
}

/// What the table means.
const HEAD: &str = "\
CPU is processor time of cargo and all it starts; peak is the largest of those processes. Each build is made in an
empty folder: `all` is that, crates of others included; `ours` is the generated packages and the runtime once more.
Budgets are of what is ours, as that of lines is: what others wrote is compiled once, and is told beside it.";

/// What the server costs that these sources generate: answered as JSON, and unless that is asked for told as it is measured.
///
/// # Errors
/// If the sources have mistakes, or the server cannot be built.
pub(crate) fn compile(name: &str, sources: &Sources, is_json: bool) -> anyhow::Result<Value> {
    let folder = workspace::root().join("target/bench-compile");
    remove(&folder)?;
    let mut bench = Bench {
        name,
        sources,
        folder: folder.clone(),
        is_json,
        figures: Vec::new(),
    };
    bench.tell(HEAD);
    let (tools, crates) = bench.run()?;
    remove(&folder)?;
    Ok(json!({"name": name, "tools": tools, "crates": crates, "figures": bench.figures}))
}

struct Bench<'a> {
    /// What is measured, for people.
    name: &'a str,
    sources: &'a Sources,
    /// Holds the packages, and a target folder per kind of build.
    folder: PathBuf,
    /// Whether nothing is told, and all is answered.
    is_json: bool,
    /// What was measured so far.
    figures: Vec<Value>,
}

impl Bench<'_> {
    /// Measures all; answers how many tools there are, in how many crates.
    fn run(&mut self) -> anyhow::Result<(usize, usize)> {
        let generated = self.generate(self.sources)?;
        let tools = generated.plan.as_ref().map_or(0, |it| it.tools.len());
        let ours = packages(&generated);
        let (name, crates) = (self.name, ours.len());
        self.tell(&format!("\n{name}: {tools} tools in {crates} crates"));
        self.tell(&format!(
            "{:32} {:>9} {:>9} {:>9}   budget",
            "", "CPU", "clock", "peak"
        ));
        let lines = lines(&generated) + lines_below(&workspace::root().join("runtime/src"))?;
        let (what, fits) = ("lines, with the runtime's", lines <= LINES);
        let state = state(fits);
        self.tell(&format!("{what:32} {lines:>29}   {LINES}{state}"));
        self.figures
            .push(json!({"what": what, "lines": lines, "fits": fits}));
        self.build(&CHECK, &ours)?;
        self.build(&DEBUG, &ours)?;
        self.change(&generated)?;
        self.build(&RELEASE, &ours)?;
        Ok((tools, crates))
    }

    /// A line, where people read.
    fn tell(&self, line: &str) {
        if !self.is_json {
            terminal::say(line);
        }
    }

    /// A figure, and its budget if it has one.
    fn row(&mut self, what: &str, cost: Cost, budget: &str, fits: Option<bool>) {
        let seconds = |it: Duration| format!("{:.1} s", it.as_secs_f64());
        self.tell(&format!(
            "{what:32} {:>9} {:>9} {:>9}   {budget}{}",
            seconds(cost.cpu),
            seconds(cost.wall),
            bytes(cost.peak),
            state(fits.unwrap_or(true))
        ));
        let mut figure = json!({
            "what": what,
            "cpu": cost.cpu.as_secs_f64(),
            "clock": cost.wall.as_secs_f64(),
            "peak_bytes": cost.peak,
        });
        if let Some(fits) = fits {
            figure["fits"] = fits.into();
        }
        self.figures.push(figure);
    }

    /// Generates, and writes what differs.
    fn generate(&self, sources: &Sources) -> anyhow::Result<Generated> {
        let runtime = workspace::root().join("runtime");
        let generated = codegen::generate(sources, Some(&runtime.to_string_lossy()));
        if generated.has_errors() {
            bail!("the specs have mistakes; `cargo xtask codegen` tells them");
        }
        settle::write(&generated.tree, &self.packages())?;
        // The versions that the workspace has, so that nothing is looked up.
        let lock = workspace::root().join("Cargo.lock");
        fs::copy(&lock, self.packages().join("Cargo.lock"))
            .with_context(|| format!("cannot copy {}", lock.display()))?;
        Ok(generated)
    }

    fn build(&mut self, build: &Build, ours: &[String]) -> anyhow::Result<()> {
        let Build {
            what,
            seconds,
            by_the_clock,
            memory,
            ..
        } = *build;
        let progress = Progress::begin(format!("{}: {what} of all", self.name));
        let all = cost::of(&mut self.cargo(build))?;
        let names = ours.iter().flat_map(|it| ["--package", it]);
        let mut clean = self.command(build);
        clean.arg("clean").args(names);
        cost::of(
            clean.args(
                build
                    .arguments
                    .contains(&"--release")
                    .then_some("--release"),
            ),
        )?;
        progress.step(format!("{}: {what} of what is ours", self.name));
        let ours = cost::of(&mut self.cargo(build))?;
        drop(progress);
        self.row(&format!("{what}, all"), all, "", None);
        let time = if by_the_clock { ours.wall } else { ours.cpu };
        let fits = time.as_secs() < seconds && memory.is_none_or(|it| ours.peak <= it);
        let memory = memory.map(|it| format!(", {}", bytes(it)));
        let memory = memory.unwrap_or_default();
        let of = if by_the_clock { "the clock" } else { "CPU" };
        let budget = format!("{seconds} s of {of}{memory}");
        self.row(&format!("{what}, ours"), ours, &budget, Some(fits));
        Ok(())
    }

    /// Generates and builds once more, after a change of one operation.
    fn change(&mut self, generated: &Generated) -> anyhow::Result<()> {
        let plan = generated.plan.as_ref();
        let Some(changed) = plan.and_then(|it| change::one_operation(self.sources, it)) else {
            self.tell("after a change                   nothing to change was found");
            return Ok(());
        };
        let progress = Progress::begin(format!("{}: a change of one operation", self.name));
        // What is fresh is not built again: this fills the caches of incremental builds, as work does.
        cost::of(&mut self.cargo(&DEBUG))?;
        let start = Instant::now();
        self.generate(&changed)?;
        let generating = start.elapsed();
        let cost = cost::of(&mut self.cargo(&DEBUG))?;
        drop(progress);
        let all = Cost {
            wall: generating + cost.wall,
            ..cost
        };
        let budget = format!(
            "{} s by the clock; of it {:.1} s to generate",
            CHANGE.as_secs(),
            generating.as_secs_f64()
        );
        let fits = Some(all.wall <= CHANGE);
        self.row("one operation changed", all, &budget, fits);
        Ok(())
    }

    fn packages(&self) -> PathBuf {
        self.folder.join("packages")
    }

    fn cargo(&self, build: &Build) -> Command {
        let mut command = self.command(build);
        command.args(build.arguments).arg("--quiet");
        command
    }

    fn command(&self, build: &Build) -> Command {
        let mut command = workspace::cargo();
        command
            .current_dir(self.packages())
            .env("CARGO_TARGET_DIR", self.folder.join(build.what))
            // What was compiled before, for another folder, would hide what is measured.
            .env("RUSTC_WRAPPER", "");
        command
    }
}

/// Names of the generated packages, and of the runtime.
fn packages(generated: &Generated) -> Vec<String> {
    let manifests = generated
        .tree
        .files()
        .filter(|(path, _)| path.ends_with("Cargo.toml"));
    let name = |text: &str| {
        let line = text.lines().find_map(|it| it.strip_prefix("name = "));
        line.map(|it| it.trim_matches('"').to_owned())
    };
    let names = manifests.filter_map(|(_, text)| name(text));
    names.chain(["runtime".to_owned()]).collect()
}

fn lines(generated: &Generated) -> usize {
    let files = generated
        .tree
        .files()
        .filter(|(path, _)| path.ends_with(".rs"));
    files.map(|(_, text)| text.lines().count()).sum()
}

/// Lines of the `.rs` files of a folder.
fn lines_below(folder: &Path) -> anyhow::Result<usize> {
    let mut count = 0;
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            count += lines_below(&path)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            count += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(count)
}

fn bytes(count: u64) -> String {
    let tenths = count / 100_000_000;
    format!("{}.{} GB", tenths / 10, tenths % 10)
}

fn state(fits: bool) -> &'static str {
    if fits { "" } else { " (over it)" }
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
