//! Decides the names of tools; a name depends on its own record alone, and two tools never share one.

use std::collections::BTreeMap;

use crate::{
    document::Documented,
    gate::{Ledger, Outcome},
    report::Report,
    vendor::VendorDocs,
    words::{camel, field},
};

/// A tool with its name.
#[derive(Debug)]
pub struct Named<'a> {
    /// The operation and its documentation.
    pub documented: Documented<'a>,
    /// The tool's name.
    pub name: String,
}

/// Names every tool, and enters the names in the ledger.
pub fn name<'a>(
    admitted: Vec<Documented<'a>>,
    vendor: &VendorDocs,
    ledger: &mut Ledger,
    report: &mut Report,
) -> Vec<Named<'a>> {
    let mut named = names(admitted, vendor);
    named.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    modules(&named, report);
    for tool in &named {
        if let Some(row) = ledger.rows.get_mut(&tool.documented.operation.key) {
            row.outcome = Outcome::Tool(tool.name.clone());
        }
        check(tool, &mut seen, report);
    }
    named
}

/// The names that operations have, or would have if they were not refused.
pub fn names<'a>(documented: Vec<Documented<'a>>, vendor: &VendorDocs) -> Vec<Named<'a>> {
    let named = documented.into_iter().map(|documented| Named {
        name: tool_name(&documented, &vendor.label),
        documented,
    });
    named.collect()
}

/// Tools are listed by resource, reads first, then by name.
fn order<'a>(tool: &'a Named<'_>) -> (&'a str, usize, &'a str) {
    let methods = ["list", "get", "create", "update", "replace", "delete"];
    let documented = &tool.documented;
    let rank = methods
        .iter()
        .position(|it| *it == documented.method)
        .unwrap_or(methods.len());
    (&documented.resource.plural, rank, &tool.name)
}

fn tool_name(documented: &Documented<'_>, label: &str) -> String {
    if let Some(name) = &documented.record.tool {
        return name.clone();
    }
    let (plural, singular) = (&documented.resource.plural, &documented.resource.singular);
    match documented.method.as_str() {
        "list" => format!("list_all_{label}_{plural}"),
        "get" => format!("get_single_{label}_{singular}_by_id"),
        "create" => format!("create_a_{label}_{singular}"),
        method @ ("update" | "replace" | "delete") => {
            format!("{method}_a_{label}_{singular}_by_id")
        }
        method => format!("{method}_a_{label}_{singular}"),
    }
}

/// Two resources never share a module.
fn modules(named: &[Named<'_>], report: &mut Report) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for tool in named {
        let plural = tool.documented.resource.plural.as_str();
        let module = field(plural);
        let other = *seen.entry(module.clone()).or_insert(plural);
        if other != plural {
            report.error(
                "module-twice",
                tool.documented.place.clone(),
                format!("the resources `{other}` and `{plural}` are both the module `{module}`"),
                "rename one of them",
            );
        }
    }
}

fn check(tool: &Named<'_>, seen: &mut BTreeMap<String, String>, report: &mut Report) {
    let place = &tool.documented.place;
    let name = &tool.name;
    if name.len() > 64 {
        report.error(
            "name-too-long",
            place.clone(),
            format!("`{name}` has {} characters; hosts take 64", name.len()),
            "shorten the resource's names, or give the tool a name of its own with `tool`",
        );
    }
    let key = &tool.documented.operation.key;
    if let Some(other) = seen.insert(name.to_lowercase(), key.clone()) {
        report.error(
            "name-twice",
            place.clone(),
            format!("`{name}` is also the tool of `{other}`; hosts tell no case apart"),
            "give one of them a name of its own with `tool`",
        );
    } else if let Some(other) = seen.insert(camel(name), key.clone())
        && other != *key
    {
        report.error(
            "name-twice",
            place.clone(),
            format!(
                "`{name}` has the Rust name `{}`, and so has the tool of `{other}`",
                camel(name)
            ),
            "give one of them a name of its own with `tool`",
        );
    }
}
