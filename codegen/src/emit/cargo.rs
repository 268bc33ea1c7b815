//! Prints the manifests of the written packages.

use serde_json::json;

use super::{Layout, template::render};
use crate::plan::VendorPlan;

/// The manifest of the vendor's package.
pub(super) fn package(
    plan: &VendorPlan,
    domains: &[&str],
    has_sandbox: bool,
    layout: &Layout,
) -> String {
    render(
        include_str!("../../templates/package.toml.jinja"),
        &json!({
            "vendor": layout.vendor,
            "binary": plan.docs.binary,
            "description": quoted(&format!("{} as typed MCP tools.", plan.docs.title)),
            "domains": domains,
            "has_sandbox": has_sandbox,
            "runtime": layout.runtime,
            "quoted_runtime": layout.runtime.as_deref().map(quoted),
        }),
    )
}

/// The manifest of one domain of a vendor that is split.
pub(super) fn domain(plan: &VendorPlan, domain: &str, layout: &Layout) -> String {
    let runtime = layout.runtime.as_deref().map(|it| {
        if is_absolute(it) {
            it.to_owned()
        } else {
            format!("../../{it}")
        }
    });
    render(
        include_str!("../../templates/domain.toml.jinja"),
        &json!({
            "vendor": layout.vendor,
            "binary": plan.docs.binary,
            "description": quoted(&format!("{}: the tools of /{domain}.", plan.docs.title)),
            "domain": domain,
            "runtime": runtime,
            "quoted_runtime": runtime.as_deref().map(quoted),
        }),
    )
}

/// A TOML basic string; JSON writes a text in the same way.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.contains(':')
}
