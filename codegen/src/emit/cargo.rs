//! Prints the manifests of the written packages.

use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde_json::json;

use super::Layout;
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
            "title": plan.docs.title,
            "domains": domains,
            "has_sandbox": has_sandbox,
            "runtime": layout.runtime,
        }),
    )
}

/// The manifest of one domain of a vendor that is split.
pub(super) fn domain(plan: &VendorPlan, domain: &str, layout: &Layout) -> String {
    let runtime = layout.runtime.as_deref().map(|it| {
        if is_absolute(it) {
            it.to_owned()
        } else {
            format!("../{it}")
        }
    });
    render(
        include_str!("../../templates/domain.toml.jinja"),
        &json!({
            "vendor": layout.vendor,
            "binary": plan.docs.binary,
            "title": plan.docs.title,
            "domain": domain,
            "runtime": runtime,
        }),
    )
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.contains(':')
}

/// Renders a template; a name that the context lacks is a bug.
pub(super) fn render(template: &str, context: &serde_json::Value) -> String {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    let mut environment = Environment::new();
    environment.set_syntax(syntax.expect("codegen bug: the template syntax is contradictory"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let text = environment.render_str(template, Serde(context));
    text.unwrap_or_else(|it| panic!("codegen bug: {it:#}"))
}
