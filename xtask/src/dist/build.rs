//! Builds the programs so that the same commit gives the same bytes, wherever it stands and whoever builds it.
//!
//! Nothing of the place goes into a program: each folder that a compiler sees has a name of our own. Nothing of the
//! person's settings does either: what could change the code is taken out of the environment.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::target::{Target, asked, rustc};
use crate::workspace;

/// Variables that change what compilers make; so does everything that begins with one of [`LEADS`].
const LEAKS: [&str; 8] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_INCREMENTAL",
    "CARGO_TARGET_DIR",
    "TARGET_CFLAGS",
    "HOST_CFLAGS",
    "CPATH",
    "C_INCLUDE_PATH",
];

/// What variables begin with that change what compilers make, or that `cargo run` gave to this program.
const LEADS: [&str; 8] = [
    "CARGO_PROFILE_",
    "CARGO_BUILD_",
    "CARGO_PKG_",
    "CARGO_MANIFEST_",
    "CARGO_BIN_",
    "CFLAGS",
    "CXXFLAGS",
    "CPPFLAGS",
];

/// The first day of a ZIP: a time that every archive can hold.
pub(crate) const EARLIEST: u64 = 315_532_800;

/// Builds released programs for a target.
pub(crate) struct Builder {
    /// Folders that compilers see, each with the name that it gets; the last that fits counts.
    places: Vec<(PathBuf, String)>,
    target: Target,
    target_dir: PathBuf,
    time: u64,
}

impl Builder {
    /// Looks where everything is; cargo downloads what it lacks. `time` is what the packed files carry.
    ///
    /// # Errors
    /// If cargo or rustc does not say.
    pub(crate) fn new(target: Target, time: u64) -> anyhow::Result<Self> {
        let root = workspace::root();
        // One of its own: other flags would have cargo build everything anew, each time.
        let target_dir = root.join("target/dist/build");
        let mut places = vec![
            (root, "/source".to_owned()),
            (target_dir.clone(), "/build".to_owned()),
        ];
        let registries = registries(&target)?;
        places.extend(
            registries
                .into_iter()
                .map(|it| (it, "/registry".to_owned())),
        );
        let sysroot = PathBuf::from(asked(&["--print", "sysroot"])?);
        let library = sysroot.join("lib/rustlib/src/rust");
        places.push((library, format!("/rustc/{}", rustc("commit-hash")?)));
        Ok(Self {
            places,
            target,
            target_dir,
            time,
        })
    }

    /// What it builds for.
    pub(crate) fn target(&self) -> &Target {
        &self.target
    }

    /// The time that files carry.
    pub(crate) fn time(&self) -> u64 {
        self.time
    }

    /// Builds a program, and says where it is; cargo shows its progress. Each is built alone, so that what else is built changes nothing of it.
    ///
    /// # Errors
    /// If cargo fails; it has said why.
    pub(crate) fn build(&self, binary: &str) -> anyhow::Result<PathBuf> {
        let target = &self.target;
        let mut command = cargo();
        command
            .args(["build", "--release", "--locked", "--package", binary])
            .args(["--bin", binary, "--target", &target.triple])
            .arg("--target-dir")
            .arg(&self.target_dir)
            .stdin(Stdio::null());
        self.settle(&mut command);
        let status = command.status().context("cannot start cargo")?;
        if !status.success() {
            bail!("cargo built no {binary} for {}", target.triple);
        }
        let folder = self.target_dir.join(&target.triple).join("release");
        Ok(folder.join(target.platform.file(binary)))
    }

    /// Gives a build its environment.
    fn settle(&self, command: &mut Command) {
        // Of all flags, those of this variable alone then count; a settings file of cargo's has none to add.
        command.env("CARGO_ENCODED_RUSTFLAGS", self.rust_flags());
        if !self.target.is_msvc() {
            command.env("CFLAGS", self.c_flags());
            command.env("CC_SHELL_ESCAPED_FLAGS", "1");
        }
        // Never that of the commit: build scripts would run anew with each, and no program says when it was built.
        command.env("SOURCE_DATE_EPOCH", EARLIEST.to_string());
        // Apple's archives carry no time then.
        command.env("ZERO_AR_DATE", "1");
        command.env("LC_ALL", "C");
    }

    fn rust_flags(&self) -> String {
        let remap =
            |(from, to): &(PathBuf, String)| format!("--remap-path-prefix={}={to}", from.display());
        let mut flags: Vec<String> = self.places.iter().map(remap).collect();
        if self.target.is_msvc() {
            // The linker writes no time then.
            flags.push("-Clink-arg=/Brepro".to_owned());
        }
        flags.join("\u{1f}")
    }

    fn c_flags(&self) -> String {
        let map = |(from, to): &(PathBuf, String)| {
            let from = from.display().to_string().replace('\'', r"'\''");
            format!("'-ffile-prefix-map={from}={to}'")
        };
        self.places.iter().map(map).collect::<Vec<_>>().join(" ")
    }
}

/// Cargo, in the workspace, without what could change the code.
fn cargo() -> Command {
    let mut command = workspace::cargo();
    command.current_dir(workspace::root());
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_leak(name)) {
        command.env_remove(name);
    }
    command
}

fn is_leak(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    // How many run at once is the machine's business.
    if name == "CARGO_BUILD_JOBS" {
        return false;
    }
    let is_flags = name.starts_with("CARGO_TARGET_") && name.ends_with("_RUSTFLAGS");
    is_flags || LEAKS.contains(&name.as_ref()) || LEADS.iter().any(|it| name.starts_with(it))
}

/// The folders in which cargo keeps the sources of dependencies.
fn registries(target: &Target) -> anyhow::Result<BTreeSet<PathBuf>> {
    let output = cargo()
        .args(["metadata", "--format-version=1", "--locked"])
        .args(["--filter-platform", &target.triple])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    ensure!(output.status.success(), "cargo metadata failed");
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let foreign = packages.filter(|it| it["source"].is_string());
    let manifests = foreign.filter_map(|it| it["manifest_path"].as_str());
    // Its folder stands in that of the registry.
    let folders = manifests.filter_map(|it| Path::new(it).parent()?.parent());
    Ok(folders.map(Path::to_path_buf).collect())
}
