//! Writes docs.yaml: the drafts by resource, with what was guessed in comments.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{drafts::Draft, text, yaml::Lines};
use crate::docs::Effect;

/// An operation that has no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// `GET /pets`
    pub operation: String,
    /// Why.
    pub reason: String,
}

/// The text of docs.yaml.
pub(super) fn docs(
    title: &str,
    vendor: &str,
    drafts: &[Draft],
    refused: &BTreeMap<String, String>,
    dropped: &[Dropped],
) -> String {
    let mut lines = Lines::default();
    lines.comment(
        0,
        &format!(
            "What we say about each operation of {title}, one record per (resource, method). Written by `cargo xtask new-vendor {vendor}` \
             out of the vendor's document, and yours from now on: say what a model needs to choose the right tool, leave out what nobody \
             needs, then run `cargo xtask codegen {vendor}`."
        ),
    );
    lines.comment(
        0,
        "Names are made from paths and verbs. Effects are guessed from verbs: GET reads, POST and PATCH write, PUT and DELETE destroy. \
         What else was guessed says `guessed`.",
    );
    for it in dropped {
        lines.comment(0, &format!("No record: {}: {}", it.operation, it.reason));
    }
    if drafts.is_empty() {
        lines.line(0, "resources: {}");
        return lines.into_text();
    }
    lines.heading(0, "resources");
    let mut resources: BTreeMap<&str, Vec<&Draft>> = BTreeMap::new();
    for draft in drafts {
        resources
            .entry(&draft.name.resource)
            .or_default()
            .push(draft);
    }
    for (name, drafts) in resources {
        resource(name, &drafts, refused, &mut lines);
    }
    lines.into_text()
}

fn resource(name: &str, drafts: &[&Draft], refused: &BTreeMap<String, String>, lines: &mut Lines) {
    let shared = drafts.iter().all(|it| it.tags == drafts[0].tags);
    lines.heading(2, name);
    lines.pair(4, "singular", &drafts[0].name.singular, None);
    lines.pair(4, "about", &about(drafts), None);
    if shared {
        lines.flow(4, "tags", &json!(drafts[0].tags));
    }
    lines.heading(4, "methods");
    for draft in drafts {
        method(draft, shared, refused.get(&draft.key), lines);
    }
}

fn about(drafts: &[&Draft]) -> String {
    let paths = drafts
        .iter()
        .filter_map(|it| it.key.split_once(' '))
        .map(|(_, path)| path);
    let shortest = paths.min_by_key(|it| (it.len(), *it)).unwrap_or("/");
    format!("Operations on `{}`.", text::flat(shortest))
}

fn method(draft: &Draft, has_shared_tags: bool, refused: Option<&String>, lines: &mut Lines) {
    lines.heading(6, &draft.name.method);
    let indent = 8;
    if let Some(reason) = refused {
        lines.comment(indent, &format!("refused: {reason}"));
    }
    lines.pair(indent, "operation", &draft.key, None);
    if let Some(tool) = &draft.name.tool {
        if let Some(note) = &draft.name.note {
            lines.comment(indent, note);
        }
        lines.pair(indent, "tool", tool, None);
    }
    lines.pair(indent, "title", &draft.title, None);
    lines.pair(
        indent,
        "description",
        &draft.description,
        draft.described_from,
    );
    let effect = match draft.effect {
        Effect::Read => "read",
        Effect::Write => "write",
        Effect::Destroy => "destroy",
    };
    lines.pair(indent, "effect", effect, draft.effect_from.as_deref());
    if !has_shared_tags {
        lines.flow(indent, "tags", &json!(draft.tags));
    }
    if let Some(answer) = &draft.answer {
        lines.pair(indent, "answer", answer, Some("the schema of the answer"));
    }
    if let Some(paging) = &draft.paging {
        lines.pair(
            indent,
            "paging",
            paging,
            Some("the parameters and the answer"),
        );
    }
    inputs(draft, indent, lines);
    if let Some(arguments) = &draft.example {
        lines.heading(indent, "examples");
        let example = json!({"summary": "The document's own example", "arguments": Value::Object(arguments.clone())});
        lines.line(indent + 2, &format!("- {}", super::yaml::flow(&example)));
    }
}

fn inputs(draft: &Draft, indent: usize, lines: &mut Lines) {
    let Some(inputs) = &draft.inputs else { return };
    lines.comment(indent, "guessed from their names: what the document does not describe; what is not listed here is not offered");
    lines.heading(indent, "inputs");
    for (wire, description) in inputs {
        match description {
            Some(words) => lines.flow(indent + 2, wire, &json!({"description": words})),
            None => lines.flow(indent + 2, wire, &json!({})),
        }
    }
}
