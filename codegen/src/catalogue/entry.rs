//! What is said of one tool.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{
    Place, bytes, call, details,
    details::Detail,
    effect, http,
    inputs::{self, Row},
    sample,
    words::Words,
};
use crate::{
    compare::tokens,
    docs::{Effect, GuidanceDocs, ReadDocs},
    document::one_line,
    emit::SPLIT_ABOVE,
    plan::{AnswerPlan, ToolPlan, VendorPlan, schema::input_schema},
};

/// Longest JSON that stands on one line.
const SHORT: usize = 100;

/// What is said of one tool.
#[derive(Debug, Serialize)]
pub struct Entry {
    name: String,
    title: String,
    description: String,
    effect: &'static str,
    /// Whether it changes something, and a second call changes nothing more.
    can_be_repeated: bool,
    aliases: Vec<String>,
    tags: Vec<Tag>,
    /// `GET /works`; empty where it reads through other tools.
    operation: String,
    provenance: &'static str,
    file: String,
    pointer: String,
    /// Whether the file stands where the page can lead to it.
    has_specs: bool,
    /// Where its listing stands, below the vendor's folder.
    listing: String,
    bytes: usize,
    tokens: usize,
    inputs: Vec<Row>,
    details: Vec<Detail>,
    notes: Vec<Words>,
    parts: Vec<Part>,
    guidance: Vec<Guidance>,
    examples: Vec<Shown>,
}

/// A tag, and where its section stands.
#[derive(Debug, Serialize)]
struct Tag {
    name: String,
    place: Option<Place>,
}

/// A part of a composite read.
#[derive(Debug, Serialize)]
struct Part {
    key: String,
    tool: String,
    /// What the tool is given.
    given: Words,
    /// What of each record is shown.
    shown: Words,
    /// Whether the whole fails if this part does.
    required: bool,
}

/// What a model is told when the vendor refuses.
#[derive(Debug, Serialize)]
struct Guidance {
    when: Words,
    say: String,
}

/// An example call.
#[derive(Debug, Serialize)]
struct Shown {
    summary: String,
    /// As it stands on a command line.
    call: String,
    /// Its arguments, as a client sends them.
    json: String,
}

/// What all entries are written from.
pub(super) struct Writer<'a> {
    /// The vendor.
    pub(super) plan: &'a VendorPlan,
    /// Where the section of each tag stands.
    pub(super) tags: &'a BTreeMap<String, Place>,
    /// Whether the vendor's specs stand where the pages can lead to them.
    pub(super) has_specs: bool,
}

impl Writer<'_> {
    /// What is said of a tool.
    pub(super) fn entry(&self, tool: &ToolPlan) -> Entry {
        let plan = self.plan;
        let schema = input_schema(tool, &plan.types);
        let bytes = bytes(tool, plan);
        let tag = |name: &String| Tag {
            name: name.clone(),
            place: self.tags.get(name).cloned(),
        };
        Entry {
            name: tool.name.clone(),
            title: tool.title.clone(),
            description: tool.description.clone(),
            effect: effect(tool.effect),
            can_be_repeated: tool.effect != Effect::Read && tool.idempotent,
            aliases: tool.aliases.clone(),
            tags: tool.tags.iter().map(tag).collect(),
            operation: match tool.is_composite() {
                true => String::new(),
                false => tool.operation.clone(),
            },
            provenance: tool.provenance.as_str(),
            file: tool.file.clone(),
            pointer: tool.pointer.clone(),
            has_specs: self.has_specs,
            listing: listing(tool, plan),
            bytes,
            tokens: tokens(bytes),
            inputs: inputs::rows(tool, &schema, plan),
            details: details::details(tool, plan),
            notes: http::notes(tool, plan),
            parts: parts(tool),
            guidance: tool.guidance.iter().map(guidance).collect(),
            examples: examples(tool, &schema, &plan.docs.binary),
        }
    }
}

/// Where the listing of a tool is written.
fn listing(tool: &ToolPlan, plan: &VendorPlan) -> String {
    let crate_of_its_own = (plan.tools.len() > SPLIT_ABOVE).then_some(&tool.resource.domain);
    let folder = crate_of_its_own.filter(|it| !it.is_empty());
    let folder = folder.map(|it| format!("domains/{it}/"));
    format!("{}schemas/{}.json", folder.unwrap_or_default(), tool.name)
}

fn parts(tool: &ToolPlan) -> Vec<Part> {
    let AnswerPlan::Parts(parts) = &tool.answer else {
        return Vec::new();
    };
    let part = |(key, read): (&String, &ReadDocs)| Part {
        key: key.clone(),
        tool: read.tool.clone(),
        given: given(read),
        shown: match read.show.is_empty() {
            true => Words::text("everything"),
            false => Words::joined(read.show.iter().map(shown), ", "),
        },
        required: read.required,
    };
    parts.iter().map(part).collect()
}

/// What a part's tool is given: what the caller gives, and constants.
fn given(read: &ReadDocs) -> Words {
    let inputs = read.inputs.iter();
    let inputs = inputs.map(|(name, from)| match name == from {
        true => Words::code(name),
        false => Words::code(name).and(" from ").and_code(from),
    });
    let constants = read.arguments.iter();
    let constants = constants.map(|(name, value)| Words::code(format!("{name}={value}")));
    Words::joined(inputs.chain(constants), ", ")
}

/// A value that is shown, and where it stands in the record.
fn shown((name, path): (&String, &String)) -> Words {
    match name == path {
        true => Words::code(name),
        false => Words::code(name).and(" from ").and_code(path),
    }
}

fn guidance(it: &GuidanceDocs) -> Guidance {
    let statuses = it.status.iter().map(ToString::to_string);
    let status = match it.status.is_empty() {
        true => Words::text("any status"),
        false => Words::text(statuses.collect::<Vec<_>>().join(", ")),
    };
    let when = match it.mentions.as_str() {
        "" => status,
        word => status.and(", mentions ").and_code(word),
    };
    Guidance {
        when,
        say: one_line(&it.say),
    }
}

/// JSON on one line, unless that would be long.
fn json(arguments: &Value) -> String {
    let line = arguments.to_string();
    match line.len() <= SHORT {
        true => line,
        false => format!("{arguments:#}"),
    }
}

/// The examples of the record; where it has none, one that is made up of what must be given.
fn examples(tool: &ToolPlan, schema: &Value, binary: &str) -> Vec<Shown> {
    let shown = |summary: &str, arguments: &Value| Shown {
        summary: one_line(summary),
        call: call::call(binary, &tool.name, schema, arguments),
        json: json(arguments),
    };
    if tool.examples.is_empty() {
        let made_up = sample::arguments(tool, schema).into_iter();
        return made_up
            .map(|it| shown("With made-up values", &it))
            .collect();
    }
    let examples = tool.examples.iter();
    examples
        .map(|it| shown(&it.summary, &it.arguments))
        .collect()
}
