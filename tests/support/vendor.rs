//! The three vendors as their operators see them: folder, program, variables.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use codegen::{Source, Sources, plan::VendorPlan};
use serde_json::Value;

use crate::{binaries::build, program::command, workspace::root};

/// A vendor, as its operator sees it.
pub struct Vendor {
    /// Its folder under specs/ and generated/.
    pub folder: &'static str,
    /// Its package and program.
    pub binary: &'static str,
    /// The variable that says where its API stands.
    pub base_url: &'static str,
    /// Variables and values of its credentials; a value that holds `secret` must be seen in no output.
    pub credentials: &'static [(&'static str, &'static str)],
}

/// Wiwink.
pub const WIWINK: Vendor = Vendor {
    folder: "wiwink",
    binary: "wiwink-mcp",
    base_url: "WIWINK_BASE_URL",
    credentials: &[("WIWINK_API_TOKEN", "secret-token-7c1f")],
};

/// ConnectWise PSA.
pub const CONNECTWISE_PSA: Vendor = Vendor {
    folder: "connectwise_psa",
    binary: "connectwise-psa-mcp",
    base_url: "CONNECTWISE_PSA_BASE_URL",
    credentials: &[
        ("CONNECTWISE_PSA_COMPANY_ID", "acme"),
        ("CONNECTWISE_PSA_PUBLIC_KEY", "public-2b"),
        ("CONNECTWISE_PSA_PRIVATE_KEY", "secret-private-9d3e"),
        ("CONNECTWISE_PSA_CLIENT_ID", "6f0c-client"),
        ("CONNECTWISE_PSA_MEMBER", "jdoe"),
    ],
};

/// WIV.
pub const WIV: Vendor = Vendor {
    folder: "wiv",
    binary: "wiv-mcp",
    base_url: "WIV_BASE_URL",
    credentials: &[("WIV_API_KEY", "secret-key-41ab")],
};

/// All of them.
pub const VENDORS: [Vendor; 3] = [WIWINK, CONNECTWISE_PSA, WIV];

const PACKAGES: &[&str] = &["wiwink-mcp", "wiv-mcp", "connectwise-psa-mcp"];

impl Vendor {
    /// The path of its program.
    #[must_use]
    pub fn program(&self) -> PathBuf {
        build(PACKAGES, self.binary)
    }

    /// The texts of its specs.
    ///
    /// # Panics
    /// If one cannot be read.
    #[must_use]
    pub fn sources(&self) -> Sources {
        let source = |name: &str| {
            let path = format!("specs/{}/{name}", self.folder);
            let text = fs::read_to_string(root().join(&path)).ok()?;
            Some(Source { path, text })
        };
        let required = |name: &str| source(name).unwrap_or_else(|| panic!("no {name}"));
        Sources {
            vendor: self.folder.to_owned(),
            openapi: required("openapi.yaml"),
            behaviour: required("vendor.yaml"),
            docs: Some(required("docs.yaml")),
            overlay: source("overlay.yaml"),
            prompts: source("prompts.yaml"),
            sandbox: source("sandbox.yaml"),
        }
    }

    /// Its OpenAPI document, corrected by the overlay.
    ///
    /// # Panics
    /// If the specs have a mistake.
    #[must_use]
    pub fn document(&self) -> Value {
        codegen::corrected(&self.sources()).expect("the specs have no mistake")
    }

    /// What its variables begin with.
    #[must_use]
    pub fn prefix(&self) -> String {
        self.base_url.trim_end_matches("BASE_URL").to_owned()
    }

    /// Its folder under generated/.
    #[must_use]
    pub fn generated(&self) -> PathBuf {
        root().join("generated").join(self.folder)
    }

    /// Its tools, in the order in which its program lists them.
    ///
    /// # Panics
    /// If it lists none.
    #[must_use]
    pub fn tools(&self) -> Vec<String> {
        static LISTED: Mutex<BTreeMap<&str, Vec<String>>> = Mutex::new(BTreeMap::new());
        let mut listed = LISTED.lock().unwrap_or_else(PoisonError::into_inner);
        let names = listed.entry(self.folder).or_insert_with(|| {
            let output = command(self, &["tools", "--json"]).output();
            let text = output.expect("the program starts").stdout;
            let rows: Vec<Value> = serde_json::from_slice(&text).expect("the tools as JSON");
            let names = rows.iter().filter_map(|it| it["name"].as_str());
            names.map(str::to_owned).collect()
        });
        assert!(!names.is_empty(), "{} has no tools", self.folder);
        names.clone()
    }

    /// What codegen decides of its tools.
    ///
    /// # Panics
    /// If the specs have a mistake.
    #[must_use]
    pub fn plan(&self) -> VendorPlan {
        let plan = codegen::generate(&self.sources(), None).plan;
        plan.expect("the specs have no mistake")
    }

    /// A tool's committed listing.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn listing(&self, tool: &str) -> Value {
        let path = self.generated().join(format!("schemas/{tool}.json"));
        let text = fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("no listing of {tool}: {error}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{tool}: {error}"))
    }
}
