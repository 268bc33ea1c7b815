//! Drafts a documentation record per operation: name, title, description, effect, and how its answer is read.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    answers::{Answers, Found},
    names::{self, Name, Named, Names},
    paging::Styles,
    reading::Reading,
    tags::Tags,
    text,
};
use crate::{
    api::{Operation, Type, Verb},
    docs::Effect,
};

/// Most characters of a description.
const LONGEST: usize = 600;
/// Most characters of a title.
const LONGEST_TITLE: usize = 80;

/// A record to be written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// `GET /pets`
    pub(super) key: String,
    /// How it is named.
    pub(super) name: Name,
    /// Title for people.
    pub(super) title: String,
    /// What a model reads first.
    pub(super) description: String,
    /// What the description was made from, if not from the vendor's words.
    pub(super) described_from: Option<&'static str>,
    /// What it does to the world.
    pub(super) effect: Effect,
    /// What the effect was guessed from, if not from the verb.
    pub(super) effect_from: Option<String>,
    /// Its tags.
    pub(super) tags: Vec<String>,
    /// Pointer to the records, where it is not that of most.
    pub(super) answer: Option<String>,
    /// Style of paging, where it is not the default.
    pub(super) paging: Option<String>,
    /// Its inputs by wire name, with a description where the document has none; absent: all as they are.
    pub(super) inputs: Option<Vec<(String, Option<String>)>>,
    /// Arguments out of the document's examples.
    pub(super) example: Option<Map<String, Value>>,
    /// Whether an example is still worth a try.
    pub(super) may_have_example: bool,
}

/// Drafts every record, in order of paths.
pub(super) fn drafts(
    reading: &Reading,
    label: &str,
    answers: &Answers,
    styles: &Styles,
    tags: &Tags,
) -> Vec<Draft> {
    let mut names = Names::new(label);
    let mut operations: Vec<&Operation> = reading.api.operations.values().collect();
    operations.sort_by_key(|it| (&it.path, it.verb.as_str()));
    let ids = ids(reading, &operations);
    let drafts = operations.into_iter().map(|it| {
        let id = ids.get(it.key.as_str()).copied().unwrap_or_default();
        let named = Named {
            operation: it,
            id,
            is_list: matches!(answers.get(&it.key), Found::List(_)),
            is_update: is_update(it, reading),
        };
        draft(it, id, names.name(&named), reading, (answers, styles, tags))
    });
    drafts.collect()
}

/// The operationId of each operation; one that several have counts for none.
fn ids<'a>(reading: &'a Reading, operations: &[&'a Operation]) -> BTreeMap<&'a str, &'a str> {
    let mut by_id: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for it in operations {
        let id = reading.raw(&it.pointer)["operationId"].as_str();
        if let Some(id) = id.filter(|it| !it.trim().is_empty()) {
            by_id.entry(id).or_default().push(&it.key);
        }
    }
    let sole = by_id.into_iter().filter(|(_, keys)| keys.len() == 1);
    sole.map(|(id, keys)| (keys[0], id)).collect()
}

fn draft(
    it: &Operation,
    id: &str,
    name: Name,
    reading: &Reading,
    (answers, styles, tags): (&Answers, &Styles, &Tags),
) -> Draft {
    let raw = reading.raw(&it.pointer);
    let said = |key: &str| raw[key].as_str().map(text::flat).unwrap_or_default();
    let (summary, about) = (said("summary"), said("description"));
    let read = names::reads(it, id);
    let (description, described_from) = description(it, &name, &summary, &about, raw);
    Draft {
        title: title(&summary, id, it, &name),
        description,
        described_from,
        effect: match it.verb {
            Verb::Get => Effect::Read,
            Verb::Post if read.is_some() => Effect::Read,
            Verb::Post | Verb::Patch => Effect::Write,
            Verb::Put | Verb::Delete => Effect::Destroy,
        },
        effect_from: read,
        tags: tags.get(&it.key).to_vec(),
        answer: answers.own(it, &reading.api),
        paging: styles.own(&it.key),
        inputs: None,
        example: None,
        may_have_example: true,
        key: it.key.clone(),
        name,
    }
}

/// The summary, or else the words of the vendor's name for it, or else of ours.
fn title(summary: &str, id: &str, it: &Operation, name: &Name) -> String {
    let title = if !summary.is_empty() {
        text::cut(summary.trim_end_matches('.'), LONGEST_TITLE)
    } else if !id.is_empty() {
        text::spoken(id)
    } else {
        said_of(it, name)
    };
    if title.is_empty() {
        name.full.clone()
    } else {
        title
    }
}

/// Summary and description as sentences of one text, said once.
fn description(
    it: &Operation,
    name: &Name,
    summary: &str,
    about: &str,
    raw: &Value,
) -> (String, Option<&'static str>) {
    let plain = |text: &str| text.to_lowercase().trim_end_matches('.').to_owned();
    let repeats = plain(about).starts_with(&plain(summary));
    let mut parts = vec![about];
    if !repeats {
        parts.insert(0, summary);
    }
    if about.is_empty() {
        parts = vec![summary];
    }
    let sentences: Vec<String> = parts
        .into_iter()
        .map(text::sentence)
        .filter(|it| !it.is_empty())
        .collect();
    let mut description = text::cut(&sentences.join(" "), LONGEST);
    let mut from = None;
    if description.is_empty() {
        description = format!("{}.", said_of(it, name));
        from = Some("the verb and the path, since the document says nothing");
    }
    if raw["deprecated"] == true {
        description = format!("{} Deprecated by the vendor.", text::sentence(&description));
    }
    (description, from)
}

/// What a verb does to a resource, in words.
fn said_of(it: &Operation, name: &Name) -> String {
    let spaced = |word: &str| word.replace('_', " ");
    let (many, one) = (spaced(&name.resource), spaced(&name.singular));
    match (name.method.as_str(), it.verb) {
        ("list", _) => format!("List all {many}"),
        (_, Verb::Get) if it.path.ends_with('}') => format!("Get one {one}"),
        (_, Verb::Get) => format!("Get the {many}"),
        ("create", _) => format!("Create one {one}"),
        ("search" | "query", _) => format!("Search among the {many}"),
        (_, Verb::Post) => format!("Send a POST to the {one}"),
        (_, Verb::Patch) => format!("Update one {one}"),
        (_, Verb::Put) => format!("Replace one {one}"),
        (_, Verb::Delete) => format!("Delete one {one}"),
    }
}

/// Whether the body of a POST requires nothing, so that what is not given may stay as it was.
fn is_update(it: &Operation, reading: &Reading) -> bool {
    let Some(body) = &it.body else { return false };
    let object = reading.api.object(&body.schema);
    let is_map = matches!(reading.api.resolve(&body.schema).ty, Type::Map(_));
    !is_map
        && object.is_some_and(|it| {
            !it.properties.is_empty() && it.properties.values().all(|it| !it.required)
        })
}
