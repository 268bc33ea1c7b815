//! The official tool for MCP bundles: it judges a manifest, and unpacks a bundle as clients do.

use std::{path::Path, process::Command};

use crate::{client::installed, skip::missing};

/// The tool.
pub struct Mcpb(Command);

impl Mcpb {
    /// The tool, to be run; none if it is not installed, which is then said.
    #[must_use]
    pub fn new() -> Option<Self> {
        let Some(modules) = installed("mcpb") else {
            missing(
                "bundles cannot be judged, since the official tool for them is not installed",
                "cargo xtask test",
            );
            return None;
        };
        let mut command = Command::new("node");
        command.arg(modules.join("node_modules/@anthropic-ai/mcpb/dist/cli/cli.js"));
        Some(Self(command))
    }

    /// Judges the manifest of an unpacked bundle.
    ///
    /// # Panics
    /// If it is not what it must be.
    pub fn validate(self, folder: &Path) {
        self.run("validate", &[folder]);
    }

    /// Unpacks a bundle into a folder.
    ///
    /// # Panics
    /// If it is none.
    pub fn unpack(self, bundle: &Path, folder: &Path) {
        self.run("unpack", &[bundle, folder]);
    }

    fn run(mut self, verb: &str, paths: &[&Path]) {
        let output = self.0.arg(verb).args(paths).output().expect("Node starts");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(output.status.success(), "mcpb {verb}: {said}");
    }
}
