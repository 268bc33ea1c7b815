//! The workflows of the vendors' pages, as tool calls against each sandbox: every id and name comes from an earlier answer.

mod connectwise_psa;
mod connectwise_requests;
mod wiv;
mod wiwink;

use acceptance::{Prism, Sandbox, Session, Vendor};
use serde_json::Value;

/// Runs a workflow in several worlds: nothing of it may hang on the ids and names of one. In the last one, Prism stands
/// before the sandbox and lets through only what the vendor's document allows.
fn in_every_world(vendor: &Vendor, workflow: fn(&mut Session)) {
    for seed in ["1", "20261"] {
        workflow(&mut Session::start(vendor, &["--sandbox", "--seed", seed]));
    }
    let sandbox = Sandbox::start(vendor, &[]);
    if let Some(prism) = Prism::start(&vendor.document(), &sandbox.base_url) {
        workflow(&mut Session::over(sandbox.server(vendor, &prism.url)));
    }
}

/// The records of a list, to its end.
fn all(session: &mut Session, tool: &str, arguments: Value) -> Vec<Value> {
    session.pages(tool, arguments).concat()
}

/// The first record of a list that must have one.
fn first(session: &mut Session, tool: &str, arguments: Value) -> Value {
    let records = all(session, tool, arguments.clone());
    let found = records.into_iter().next();
    found.unwrap_or_else(|| panic!("{tool} {arguments} finds nothing"))
}

fn text<'a>(record: &'a Value, key: &str) -> &'a str {
    record[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is no text: {record:#}"))
}

fn amount(record: &Value, key: &str) -> f64 {
    record[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} is no number: {record:#}"))
}
