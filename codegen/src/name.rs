//! Decides the names of tools; a name depends on its own record alone, and two tools never share one.

use std::collections::BTreeMap;

use crate::{
    document::{Documented, Resource},
    gate::{Ledger, Outcome},
    plan::composite::Composite,
    report::{Place, Report},
    vendor::VendorDocs,
    words::camel,
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
    for tool in &named {
        if let Some(row) = ledger.rows.get_mut(&tool.documented.operation.key) {
            row.outcome = Outcome::Tool(tool.name.clone());
        }
        let (key, place) = (&tool.documented.operation.key, &tool.documented.place);
        check(&tool.name, key, place, &mut seen, report);
        for (index, alias) in tool.documented.record.aliases.iter().enumerate() {
            let place = place.child("aliases").child(index);
            check(alias, key, &place, &mut seen, report);
        }
    }
    for tool in &named {
        used(tool, ledger);
    }
    named
}

/// Composite reads have names of their own too.
pub(crate) fn composites(composites: &[Composite], named: &[Named<'_>], report: &mut Report) {
    let mut seen = BTreeMap::new();
    for tool in named {
        let key = &tool.documented.operation.key;
        seen.insert(tool.name.to_lowercase(), key.clone());
        seen.insert(camel(&tool.name), key.clone());
        for alias in &tool.documented.record.aliases {
            seen.insert(alias.to_lowercase(), key.clone());
        }
    }
    for it in composites {
        check(
            &it.name,
            &format!("reads of `{}`", it.name),
            &it.place,
            &mut seen,
            report,
        );
    }
}

/// Enters that a tool sends long queries to another operation, unless that is a tool itself.
fn used(tool: &Named<'_>, ledger: &mut Ledger) {
    let documented = &tool.documented;
    let key = documented
        .record
        .search
        .as_ref()
        .filter(|_| documented.search.is_some());
    let Some(row) = key.and_then(|key| ledger.rows.get_mut(key)) else {
        return;
    };
    match &mut row.outcome {
        Outcome::LeftOut => row.outcome = Outcome::Used(vec![tool.name.clone()]),
        Outcome::Used(by) => by.push(tool.name.clone()),
        Outcome::Tool(_) | Outcome::Refused(_) => {}
    }
}

/// The names that operations have, or would have if they were not refused.
pub fn names<'a>(documented: Vec<Documented<'a>>, vendor: &VendorDocs) -> Vec<Named<'a>> {
    let named = documented.into_iter().map(|documented| Named {
        name: tool_name(&documented, &vendor.label),
        documented,
    });
    named.collect()
}

fn order<'a>(tool: &'a Named<'_>) -> (&'a str, &'a str, usize, &'a str) {
    let documented = &tool.documented;
    rank(&documented.resource, &documented.method, &tool.name)
}

/// Tools are listed by file and resource, reads first, then by name.
pub(crate) fn rank<'a>(
    resource: &'a Resource,
    method: &str,
    name: &'a str,
) -> (&'a str, &'a str, usize, &'a str) {
    let methods = ["list", "get", "create", "update", "replace", "delete"];
    let place = methods.iter().position(|it| *it == method);
    let place = place.unwrap_or(methods.len());
    (&resource.module, &resource.plural, place, name)
}

fn tool_name(documented: &Documented<'_>, label: &str) -> String {
    let Resource {
        plural, singular, ..
    } = &documented.resource;
    let pattern = || pattern(label, plural, singular, &documented.method);
    documented.record.tool.clone().unwrap_or_else(pattern)
}

/// The name of a tool that has none of its own.
pub(crate) fn pattern(label: &str, plural: &str, singular: &str, method: &str) -> String {
    match method {
        "list" => format!("list_all_{label}_{plural}"),
        "get" => format!("get_single_{label}_{singular}_by_id"),
        "create" => format!("create_a_{label}_{singular}"),
        method @ ("update" | "replace" | "delete") => {
            format!("{method}_a_{label}_{singular}_by_id")
        }
        method => format!("{method}_a_{label}_{singular}"),
    }
}

fn check(
    name: &str,
    key: &str,
    place: &Place,
    seen: &mut BTreeMap<String, String>,
    report: &mut Report,
) {
    if name.len() > 64 {
        report.error(
            "name-too-long",
            place.clone(),
            format!("`{name}` has {} characters; hosts take 64", name.len()),
            "shorten the resource's names, or give the tool a name of its own with `tool`",
        );
    }
    if let Some(other) = seen.insert(name.to_lowercase(), key.to_owned()) {
        report.error(
            "name-twice",
            place.clone(),
            format!("`{name}` is also the tool of `{other}`; hosts tell no case apart"),
            "give one of them a name of its own with `tool`",
        );
    } else if let Some(other) = seen.insert(camel(name), key.to_owned())
        && other != key
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
