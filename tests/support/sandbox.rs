//! A vendor's sandbox as a process of its own, for clients that are not ours, and for what stands between.

use std::process::Command;

use serde_json::Value;

use crate::{
    program::{Running, command},
    vendor::Vendor,
};

/// A sandbox, ended when it is dropped.
pub struct Sandbox {
    /// Where the vendor's API stands.
    pub base_url: String,
    /// What it lets in, by name.
    pub credentials: Value,
    _program: Running,
}

impl Sandbox {
    /// Starts one with these options.
    ///
    /// # Panics
    /// If it does not say where it stands.
    #[must_use]
    pub fn start(vendor: &Vendor, options: &[&str]) -> Self {
        let mut command = command(vendor, &["sandbox"]);
        command.args(options);
        let program = Running::start(command);
        let mut said: Value = serde_json::from_str(&program.line()).expect("the line is JSON");
        Self {
            base_url: said["base_url"].as_str().expect("a URL").to_owned(),
            credentials: said["credentials"].take(),
            _program: program,
        }
    }

    /// The program of the vendor, serving over stdio, with this sandbox's credentials and this base URL.
    #[must_use]
    pub fn server(&self, vendor: &Vendor, base_url: &str) -> Command {
        let mut command = command(vendor, &["serve", "--base-url", base_url]);
        for (variable, _) in vendor.credentials {
            let name = variable.split_once(&vendor.prefix()).map(|(_, name)| name);
            let name = name.unwrap_or_default().to_lowercase();
            if let Some(value) = self.credentials[&name].as_str() {
                command.env(variable, value);
            }
        }
        command
    }
}
