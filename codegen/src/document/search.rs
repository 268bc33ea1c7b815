//! Joins a list with the operation that takes its query in a body, for a query that is too long for a URL.

use super::Documented;
use crate::{
    api::{Api, Operation, Verb},
    nearest::did_you_mean,
    report::Report,
    vendor::VendorDocs,
};

/// Path of the search of a list whose record names one that can take its place.
pub(super) fn search(
    it: &Documented<'_>,
    api: &Api,
    vendor: &VendorDocs,
    report: &mut Report,
) -> Option<String> {
    let key = it.record.search.as_ref()?;
    let place = it.place.child("search");
    let Some(operation) = api.operations.get(key) else {
        let keys = api.operations.keys().map(String::as_str);
        report.error(
            "unknown-operation",
            place,
            format!("`{key}` is not in {}{}", api.path, did_you_mean(key, keys)),
            "correct the operation, or remove `search`",
        );
        return None;
    };
    if let Some(reason) = unfit(it, operation, api, vendor) {
        report.error(
            "search-unfit",
            place,
            format!("`{key}` cannot take the place of `{}`: {reason}", it.operation.key),
            "name the search of this list, correct `long_queries` in vendor.yaml, or remove `search`",
        );
        return None;
    }
    Some(operation.path.clone())
}

/// Why an operation cannot take a list's place, if so.
fn unfit(
    it: &Documented<'_>,
    operation: &Operation,
    api: &Api,
    vendor: &VendorDocs,
) -> Option<String> {
    let Some(rules) = &vendor.long_queries else {
        return Some("vendor.yaml has no `long_queries`".to_owned());
    };
    if it.operation.verb != Verb::Get || !it.record.fixed.is_empty() {
        return Some("only a GET without fixed inputs becomes a search".to_owned());
    }
    if operation.servers != it.operation.servers {
        return Some("it stands at another server".to_owned());
    }
    if operation.path.contains('{') {
        return Some("its path has inputs".to_owned());
    }
    let body = operation.body.as_ref();
    let Some(object) = body.and_then(|body| api.object(&body.schema)) else {
        return Some("its body is no object".to_owned());
    };
    let takes = |wire: &String| it.operation.parameters.iter().any(|it| it.name == *wire);
    let moved = rules.body.iter().filter(|(wire, _)| takes(wire));
    moved
        .map(|(_, property)| property)
        .find(|property| !object.properties.contains_key(*property))
        .map(|property| format!("its body has no property `{property}`"))
}
