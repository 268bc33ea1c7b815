//! What goes along with a vendor's program when it is released: the bundle's manifest, the registry's entry, a README.

mod manifest;
mod readme;
mod server_json;
mod settings;

pub use self::{
    manifest::{Platform, manifest},
    readme::readme,
    server_json::{Published, server_json},
    settings::{Setting, settings},
};

/// What is known of a release besides the plan.
#[derive(Clone, Debug)]
pub struct Release {
    /// Version of the program.
    pub version: String,
    /// SPDX expression.
    pub license: String,
    /// Who made it.
    pub author: String,
    /// Where its source stands, if that is known.
    pub repository: Option<String>,
}
