//! Prism, which judges by the vendor's document, accepts each stated request.

use acceptance::{Listener, Prism};
use serde_json::Value;

use crate::{
    case::yaml,
    sent::{Server, reply},
};

/// How Prism marks an answer of its own.
const MARK: &str = "stoplight.io/prism";

/// Requests that Prism does not accept.
pub(crate) fn accepted(server: &Server<'_>) -> Vec<String> {
    let judged: Vec<_> = server
        .case
        .calls
        .iter()
        .filter(|it| it.unjudged.is_none())
        .collect();
    if judged.is_empty() {
        return Vec::new();
    }
    let mut document = yaml(&server.case.document);
    only(
        &mut document,
        &judged
            .iter()
            .map(|it| it.operation.as_str())
            .collect::<Vec<_>>(),
    );
    let listener = Listener::start(reply());
    let Some(prism) = Prism::start(&document, listener.url.trim_end_matches("/api")) else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    for call in judged {
        let words = server.call(call, &prism.url).unwrap_or_else(|why| why);
        if words.contains(MARK) {
            wrong.push(server.told(&format!("Prism refuses `{}`: {words}", call.operation)));
        }
    }
    if listener.came().is_empty() {
        wrong.push(server.told("no request came through Prism"));
    }
    wrong
}

/// Leaves only the paths that are called: a document of hundreds takes Prism long to read.
fn only(document: &mut Value, operations: &[&str]) {
    if let Some(paths) = document["paths"].as_object_mut() {
        paths.retain(|path, _| {
            operations
                .iter()
                .any(|it| it.split_once(' ').is_some_and(|(_, it)| it == path))
        });
    }
}
