//! Files go in and out byte for byte, over both transports; what is sent is exact, limits are told, and no name leads out
//! of the directory that the operator allowed.

mod answered;
mod directory;
mod round;
mod sent;

use std::{fs, path::PathBuf};

use acceptance::{CONNECTWISE_PSA, Came, Listener, Outcome, Reply, Scratch, Session};
use serde_json::{Value, json};

pub(crate) const UPLOAD: &str = "create_a_connect_wise_psa_document";
pub(crate) const DOWNLOAD: &str = "download_a_connect_wise_psa_document";
pub(crate) const PDF: &str = "get_single_connect_wise_psa_invoice_pdf_by_id";

/// A directory that is allowed, within another that is not.
pub(crate) struct Place {
    pub(crate) scratch: Scratch,
}

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        let scratch = Scratch::new(name);
        fs::create_dir(scratch.path().join("allowed")).expect("the folder can be written");
        fs::write(scratch.path().join("secret.txt"), "secret").expect("the folder can be written");
        Self { scratch }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join("allowed").join(name)
    }

    pub(crate) fn option(&self) -> String {
        self.path("")
            .to_str()
            .expect("a name of letters")
            .to_owned()
    }
}

/// Calls a tool while a listener answers; what came, and the result.
pub(crate) fn call(
    reply: Reply,
    options: &[&str],
    tool: &str,
    arguments: Value,
) -> (Vec<Came>, Outcome) {
    let listener = Listener::start(reply);
    let mut all = vec!["--base-url", &listener.url, "--log-requests"];
    all.extend(options);
    let mut session = Session::start(&CONNECTWISE_PSA, &all);
    let outcome = session.call(tool, arguments);
    let output = session.finish();
    assert!(!output.contains("secret"), "{output}");
    (listener.came(), outcome)
}

pub(crate) fn stored() -> Reply {
    Reply::json(201, &json!({"id": 5}))
}

/// The mistakes of a call that must have sent nothing.
pub(crate) fn mistakes((came, outcome): (Vec<Came>, Outcome)) -> Vec<(String, String)> {
    assert_eq!(came.len(), 0, "{came:#?}");
    let failure = outcome.failure();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mistakes = failure["mistakes"]
        .as_array()
        .unwrap_or_else(|| panic!("{failure:#}"));
    mistakes
        .iter()
        .map(|it| (text(&it["at"]), text(&it["why"])))
        .collect()
}
