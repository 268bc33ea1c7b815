//! Decides what the index over all vendors says of each.

use serde::Serialize;

use super::{Totals, listed};
use crate::{compare::tokens, plan::VendorPlan};

/// What `--expose discovery` lists in place of the tools; the programs have the same files.
const DISCOVERY: [&str; 4] = [
    include_str!("../../../runtime/src/discovery/search_tools.json"),
    include_str!("../../../runtime/src/discovery/get_tool_schema.json"),
    include_str!("../../../runtime/src/discovery/call_read_tool.json"),
    include_str!("../../../runtime/src/discovery/call_tool.json"),
];

/// A vendor in the index.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its folder.
    pub vendor: String,
    /// Its name for people.
    pub title: String,
    /// What it is.
    pub summary: String,
    /// Its program.
    pub binary: String,
    /// Its tools, counted.
    pub totals: Totals,
    /// Its operations.
    pub operations: usize,
    /// Operations that are no tools on purpose.
    pub left_out: usize,
    /// Operations that are refused.
    pub refused: usize,
    /// Its prompts.
    pub prompts: usize,
    /// Tokens of `tools/list`.
    pub listed: usize,
    /// Tokens of `tools/list` where models search among the tools.
    pub discovery: usize,
}

/// The index: a row per vendor.
#[must_use]
pub fn index(vendors: &[(&str, &VendorPlan)]) -> Vec<Row> {
    let mut rows: Vec<Row> = vendors
        .iter()
        .map(|(vendor, plan)| row(vendor, plan))
        .collect();
    rows.sort_by(|a, b| a.vendor.cmp(&b.vendor));
    rows
}

fn row(vendor: &str, plan: &VendorPlan) -> Row {
    let (tools, left_out, refused) = plan.ledger.counts();
    Row {
        vendor: vendor.to_owned(),
        title: plan.docs.title.clone(),
        summary: plan.docs.summary.trim().to_owned(),
        binary: plan.docs.binary.clone(),
        totals: Totals::of(plan.tools.iter(), plan),
        operations: tools + left_out + refused,
        left_out,
        refused,
        prompts: plan.prompts.len(),
        listed: listed(plan),
        discovery: discovery(&plan.docs.title),
    }
}

/// Tokens of the four tools by which a model finds all others.
fn discovery(title: &str) -> usize {
    let listings = DISCOVERY.iter().map(|it| {
        let text = it.replace("{vendor}", title);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        value.to_string().len()
    });
    tokens(listings.sum())
}
