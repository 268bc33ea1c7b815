//! Derives a documentation record from an operation alone: its summary, and names out of its path.
//!
//! A derived name depends on the operation's own method and path, never on which other operations there are.

use super::{AnswerPlan, Documented, Resource};
use crate::{
    api::{Answer, Api, Operation, Verb},
    docs::{Effect, Record},
    report::Place,
    vendor::VendorDocs,
    words::{field, plain, shorten, singular},
};

/// The record of an operation that has none.
pub(super) fn derive<'a>(
    operation: &'a Operation,
    api: &Api,
    vendor: &VendorDocs,
) -> Documented<'a> {
    let segments: Vec<&str> = operation.path.split('/').skip(1).flat_map(pieces).collect();
    let keys = keys(&segments);
    let method = method(operation, !keys.is_empty(), api, vendor);
    let resource = resource(&segments);
    let summary = if operation.summary.is_empty() {
        &operation.key
    } else {
        &operation.summary
    };
    Documented {
        operation,
        record: Record {
            operation: operation.key.clone(),
            title: summary.clone(),
            description: format!("{}.", summary.trim_end_matches('.')),
            effect: effect(operation.verb),
            tool: Some(tool(&vendor.label, method, &resource, &keys)),
            tags: vec![resource.domain.clone()],
            ..Record::default()
        },
        place: Place::new(api.path.clone(), operation.pointer.clone()),
        is_derived: true,
        resource,
        method: method.to_owned(),
        inputs: Vec::new(),
        answer: AnswerPlan::default(),
        filter: super::Filter::default(),
        order_by: None,
        fields: None,
        like: None,
        search: None,
        flaws: Vec::new(),
    }
}

/// The placeholders of a segment, and the words around them: of `{id}:cancel`, `{id}` and `cancel`.
fn pieces(segment: &str) -> Vec<&str> {
    if !segment.contains('{') {
        return vec![segment];
    }
    let pieces = segment.split_inclusive('}').flat_map(|it| {
        let (word, placeholder) = it.split_at(it.find('{').unwrap_or(it.len()));
        [word, placeholder]
    });
    pieces
        .filter(|it| it.contains(char::is_alphanumeric))
        .collect()
}

/// First path segment, snake case.
pub(super) fn domain(path: &str) -> String {
    shorten(&plain(path.split('/').nth(1).unwrap_or_default()), 40)
}

fn effect(verb: Verb) -> Effect {
    match verb {
        Verb::Get => Effect::Read,
        Verb::Post | Verb::Patch => Effect::Write,
        Verb::Put | Verb::Delete => Effect::Destroy,
    }
}

fn method(operation: &Operation, is_item: bool, api: &Api, vendor: &VendorDocs) -> &'static str {
    let answers_list = match &operation.answer {
        Answer::Json(schema) => api
            .at(schema, &vendor.envelope.list)
            .is_some_and(|it| api.items(&it).is_some()),
        Answer::Nothing | Answer::File(_) => false,
    };
    match operation.verb {
        Verb::Get if answers_list && !is_item => "list",
        Verb::Get => "get",
        Verb::Post => "create",
        Verb::Patch => "update",
        Verb::Put => "replace",
        Verb::Delete => "delete",
    }
}

/// The placeholders at the end of a path: what one item is told apart by.
fn keys(segments: &[&str]) -> Vec<String> {
    let keys = segments.iter().rev().take_while(|it| it.starts_with('{'));
    let mut keys: Vec<_> = keys.map(|it| plain(it.trim_matches(['{', '}']))).collect();
    keys.reverse();
    keys
}

/// A resource's name is a file's name too, and those have an end.
const LONGEST_RESOURCE: usize = 100;

/// `/service/tickets/{id}/notes` is `service_notes_of_ticket`, `/service/tickets/notes` is `service_tickets_notes`.
///
/// A path that ends in a slash is another path than the one without it, so its name says so.
fn resource(segments: &[&str]) -> Resource {
    let mut groups: Vec<Vec<String>> = segments
        .split(|it| it.starts_with('{'))
        .filter(|group| !group.is_empty())
        .map(|group| {
            group
                .iter()
                .map(|it| {
                    if it.is_empty() {
                        "index".to_owned()
                    } else {
                        plain(it)
                    }
                })
                .collect()
        })
        .collect();
    let has_domain = groups.first().is_some_and(|it| it.len() > 1) && groups.len() > 1;
    let domain = if has_domain {
        groups[0].remove(0) + "_"
    } else {
        String::new()
    };
    let own = groups
        .pop()
        .map_or_else(|| "root".to_owned(), |it| it.join("_"));
    let parents: String = groups
        .iter()
        .rev()
        .map(|it| format!("_of_{}", singular(&it.join("_"))))
        .collect();
    Resource {
        singular: shorten(
            &format!("{domain}{}{parents}", singular(&own)),
            LONGEST_RESOURCE,
        ),
        plural: shorten(&format!("{domain}{own}{parents}"), LONGEST_RESOURCE),
        about: format!("Operations on `/{}`.", segments.join("/")),
        domain: shorten(&plain(segments.first().copied().unwrap_or_default()), 40),
        module: field(&shorten(&module(segments), LONGEST_RESOURCE)),
    }
}

/// `/service/tickets/{id}/notes` goes to `service_tickets`, with all that is below it.
fn module(segments: &[&str]) -> String {
    let literal = segments
        .iter()
        .take(2)
        .take_while(|it| !it.starts_with('{'));
    let words: Vec<_> = literal
        .filter(|it| !it.is_empty())
        .map(|it| plain(it))
        .collect();
    if words.is_empty() {
        "root".to_owned()
    } else {
        words.join("_")
    }
}

fn tool(label: &str, method: &str, resource: &Resource, keys: &[String]) -> String {
    let Resource {
        plural, singular, ..
    } = resource;
    let by = match keys {
        [] => String::new(),
        [_] => "_by_id".to_owned(),
        several => format!("_by_{}", several.join("_and_")),
    };
    let name = match method {
        "list" => format!("list_all_{label}_{plural}"),
        "get" if keys.is_empty() => format!("get_{label}_{plural}"),
        "get" => format!("get_single_{label}_{singular}{by}"),
        _ if keys.is_empty() => format!("{method}_a_{label}_{plural}"),
        _ => format!("{method}_a_{label}_{singular}{by}"),
    };
    shorten(&name, 64)
}
