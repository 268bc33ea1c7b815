//! Names tools out of paths and verbs: `GET /v1/pets/{id}/toys` is `list_all_…_pet_toys`; no two tools share a name.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    api::{Operation, Verb},
    digest::digest,
    name::pattern,
    words::{camel, plain, shorten, singular},
};

/// Most characters of a tool's name.
const LONGEST_TOOL: usize = 64;
/// Most characters of a resource's name, which is a file's name too.
const LONGEST_RESOURCE: usize = 80;
/// Words at the end of a path that make a POST a read.
const SEARCH: [&str; 2] = ["search", "query"];
/// Words in the vendor's own name for an operation that make it a write, whatever else it says.
const WRITES: [&str; 9] = [
    "add", "clear", "create", "delete", "insert", "remove", "replace", "save", "update",
];

/// How a record is named.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// The resource that it stands under, in the plural.
    pub(super) resource: String,
    /// The resource in the singular.
    pub(super) singular: String,
    /// `list`, `get`, …, or a word of its own.
    pub(super) method: String,
    /// The tool's name, where it is not by the pattern.
    pub(super) tool: Option<String>,
    /// The tool's name in full.
    pub(super) full: String,
    /// What was done to a name that was not to be had.
    pub(super) note: Option<String>,
}

/// What a name is made from.
pub(super) struct Named<'a> {
    /// The operation.
    pub(super) operation: &'a Operation,
    /// Its operationId, if it has one.
    pub(super) id: &'a str,
    /// Whether it answers a list.
    pub(super) is_list: bool,
    /// Whether a POST to an item requires nothing of its body, as an update does.
    pub(super) is_update: bool,
}

/// The names that are taken.
#[derive(Debug)]
pub(super) struct Names {
    label: String,
    /// Names of tools without case, and as Rust types.
    tools: BTreeSet<String>,
    /// Method and operation of each resource.
    methods: BTreeMap<(String, String), String>,
    singulars: BTreeMap<String, String>,
}

/// A path, taken apart.
struct Parts {
    /// Leading words that are the same everywhere, such as `api` and `v1`.
    lead: Vec<String>,
    /// What stands before earlier placeholders, in the singular.
    parents: Vec<String>,
    /// What stands after the last of those.
    own: Vec<String>,
    /// The placeholders at the end.
    keys: Vec<String>,
}

impl Names {
    /// No name is taken yet.
    pub(super) fn new(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            tools: BTreeSet::new(),
            methods: BTreeMap::new(),
            singulars: BTreeMap::new(),
        }
    }

    /// The name of an operation: the first way of naming it that is still to be had.
    pub(super) fn name(&mut self, it: &Named<'_>) -> Name {
        let wanted = self.candidates(it);
        let first = wanted[0].full.clone();
        let taken = self
            .methods
            .get(&(wanted[0].resource.clone(), wanted[0].method.clone()));
        let taken = taken.cloned();
        let found = wanted.into_iter().find(|it| self.is_free(it));
        let mut name = found.unwrap_or_else(|| self.last_resort(it));
        if name.full != first && name.note.is_none() {
            let other = taken.map_or_else(|| "another tool".to_owned(), |it| format!("`{it}`"));
            name.note = Some(format!("`{first}` is the name of {other}"));
        }
        self.take(&name, &it.operation.key);
        name
    }

    fn candidates(&self, it: &Named<'_>) -> Vec<Name> {
        let parts = parts(&it.operation.path);
        let mut all = Vec::new();
        if let Some(word) = search_word(it.operation.verb, &parts) {
            all.push(self.search(word, &parts));
        }
        all.push(self.of_path(it, &parts, false));
        all.push(self.of_path(it, &parts, true));
        if !it.id.is_empty() {
            all.push(self.of_id(it.id, &parts));
        }
        all
    }

    /// By the rules: a resource out of the path, a method out of the verb.
    fn of_path(&self, it: &Named<'_>, parts: &Parts, in_full: bool) -> Name {
        let (mut resource, mut singular) = resource(parts, in_full);
        if let Some(known) = self.singulars.get(&resource) {
            singular.clone_from(known);
        }
        let is_item = !parts.keys.is_empty();
        let method = method(it, is_item);
        let by = parts.keys.join("_and_");
        let label = &self.label;
        let tool = match (method, is_item) {
            ("list", _) | ("create", false) => None,
            ("get", false) => Some(format!("get_{label}_{resource}")),
            ("get" | "update" | "replace" | "delete", true) if in_full => {
                Some(format!("{method}_a_{label}_{singular}_by_{by}").replacen(
                    "get_a_",
                    "get_single_",
                    1,
                ))
            }
            ("get" | "update" | "replace" | "delete", true) => None,
            (method, false) => Some(format!("{method}_{label}_{resource}")),
            (method, true) => Some(format!("{method}_a_{label}_{singular}_by_id")),
        };
        let method = if in_full && is_item {
            format!("{method}_by_{by}")
        } else {
            method.to_owned()
        };
        resource = shorten(&resource, LONGEST_RESOURCE);
        singular = shorten(&singular, LONGEST_RESOURCE);
        self.finished(resource, singular, method, tool)
    }

    /// `POST /pets/search` is `search_…_pets`.
    fn search(&self, word: &str, parts: &Parts) -> Name {
        let mut without = Parts {
            lead: Vec::new(),
            parents: parts.parents.clone(),
            own: parts.own.clone(),
            keys: Vec::new(),
        };
        without.own.pop();
        let (resource, singular) = resource(&without, false);
        let tool = if without.own.is_empty() && without.parents.is_empty() {
            format!("{word}_{}", self.label)
        } else {
            format!("{word}_{}_{resource}", self.label)
        };
        let resource = shorten(&resource, LONGEST_RESOURCE);
        self.finished(
            resource,
            shorten(&singular, LONGEST_RESOURCE),
            word.to_owned(),
            Some(tool),
        )
    }

    /// The vendor's own name for it.
    fn of_id(&self, id: &str, parts: &Parts) -> Name {
        let (resource, singular) = resource(parts, false);
        let word = word(id);
        let tool = format!("{}_{word}", self.label);
        let resource = shorten(&resource, LONGEST_RESOURCE);
        self.finished(
            resource,
            shorten(&singular, LONGEST_RESOURCE),
            shorten(&word, 60),
            Some(tool),
        )
    }

    /// A digest of the operation tells it apart from every other.
    fn last_resort(&self, it: &Named<'_>) -> Name {
        let parts = parts(&it.operation.path);
        let (resource, singular) = resource(&parts, false);
        let digest = digest([(it.operation.key.as_str(), "")]);
        let method = format!("{}_{}", method(it, !parts.keys.is_empty()), &digest[..8]);
        let tool = shorten(&format!("{}_{resource}", self.label), LONGEST_TOOL - 9);
        let resource = shorten(&resource, LONGEST_RESOURCE);
        let tool = format!("{tool}_{}", &digest[..8]);
        self.finished(
            resource,
            shorten(&singular, LONGEST_RESOURCE),
            method,
            Some(tool),
        )
    }

    /// A name of at most 64 characters: words of the resource go first, from its beginning.
    fn finished(
        &self,
        resource: String,
        singular: String,
        method: String,
        tool: Option<String>,
    ) -> Name {
        let full = tool
            .clone()
            .unwrap_or_else(|| pattern(&self.label, &resource, &singular, &method));
        let mut name = Name {
            resource,
            singular,
            method,
            tool,
            full,
            note: None,
        };
        if name.full.len() > LONGEST_TOOL {
            let short = self.shorter(&name);
            name.note = Some(format!(
                "`{}` has {} characters; hosts take 64",
                name.full,
                name.full.len()
            ));
            name.full.clone_from(&short);
            name.tool = Some(short);
        }
        name
    }

    fn shorter(&self, name: &Name) -> String {
        for subject in [&name.resource, &name.singular] {
            let marked = format!("{}_{subject}", self.label);
            let mut words: Vec<&str> = subject.split('_').collect();
            while name.full.contains(&marked) && words.len() > 2 {
                words.remove(0);
                let short =
                    name.full
                        .replacen(&marked, &format!("{}_{}", self.label, words.join("_")), 1);
                if short.len() <= LONGEST_TOOL && !self.has(&short) {
                    return short;
                }
            }
        }
        shorten(&name.full, LONGEST_TOOL)
    }

    fn has(&self, tool: &str) -> bool {
        self.tools.contains(&tool.to_lowercase()) || self.tools.contains(&camel(tool))
    }

    fn is_free(&self, name: &Name) -> bool {
        let slot = (name.resource.clone(), name.method.clone());
        !self.has(&name.full) && !self.methods.contains_key(&slot)
    }

    fn take(&mut self, name: &Name, key: &str) {
        self.tools.insert(name.full.to_lowercase());
        self.tools.insert(camel(&name.full));
        let slot = (name.resource.clone(), name.method.clone());
        self.methods.insert(slot, key.to_owned());
        let singular = self.singulars.entry(name.resource.clone());
        singular.or_insert_with(|| name.singular.clone());
    }
}

/// The word that makes a POST a search, if its path ends in one.
fn search_word(verb: Verb, parts: &Parts) -> Option<&'static str> {
    let last = parts
        .own
        .last()
        .filter(|_| verb == Verb::Post && parts.keys.is_empty())?;
    SEARCH.into_iter().find(|it| it == last)
}

/// Why a POST only reads, if the last segment of its path is a word for that, or the vendor's own name for it begins with
/// one. `createSavedSearch` and `/saved_searches` do not: what writes must not be taken for what reads.
pub(super) fn reads(operation: &Operation, id: &str) -> Option<String> {
    let id_word = word(id);
    let mut words = id_word.split('_');
    if operation.verb != Verb::Post || words.any(|it| WRITES.contains(&it)) {
        return None;
    }
    let of = |name: &str| SEARCH.into_iter().find(|it| *it == name);
    let last = operation.path.rsplit('/').next();
    let last = last.filter(|it| !it.starts_with('{')).map(word);
    if let Some(found) = last.as_deref().and_then(of) {
        return Some(format!("the word `{found}` in the path"));
    }
    let first = id_word.split('_').next().and_then(of);
    first.map(|found| format!("the word `{found}` in `{id}`"))
}

fn method(it: &Named<'_>, is_item: bool) -> &'static str {
    match it.operation.verb {
        Verb::Get if it.is_list && !is_item => "list",
        Verb::Get => "get",
        Verb::Post if is_item && it.is_update => "update",
        // What it does to the item is said in its body.
        Verb::Post if is_item => "post",
        Verb::Post => "create",
        Verb::Patch => "update",
        Verb::Put => "replace",
        Verb::Delete => "delete",
    }
}

/// Plural and singular of what a path is about; `in_full`: with the words that all paths begin with.
fn resource(parts: &Parts, in_full: bool) -> (String, String) {
    let lead = parts.lead.iter().filter(|_| in_full);
    let before: Vec<&str> = lead.chain(&parts.parents).map(String::as_str).collect();
    let own = if parts.own.is_empty() {
        "root".to_owned()
    } else {
        parts.own.join("_")
    };
    let joined = |own: &str| {
        let mut words = before.clone();
        words.push(own);
        identifier(&words.join("_"))
    };
    (joined(&own), joined(&singular(&own)))
}

fn parts(path: &str) -> Parts {
    let path = path
        .strip_suffix(".json")
        .or_else(|| path.strip_suffix(".xml"))
        .unwrap_or(path);
    let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let literal = segments.iter().filter(|it| !it.contains('{')).count();
    let is_lead = |at: usize, segment: &str| at + 1 < literal && is_everywhere(segment);
    let leading = segments
        .iter()
        .enumerate()
        .take_while(|(at, it)| is_lead(*at, it))
        .count();
    let mut groups: Vec<Vec<String>> = vec![Vec::new()];
    let mut keys = Vec::new();
    for segment in &segments[leading..] {
        let Some((before, rest)) = segment.split_once('{') else {
            if !keys.is_empty() {
                groups.push(Vec::new());
                keys.clear();
            }
            groups
                .last_mut()
                .into_iter()
                .for_each(|it| it.push(word(segment)));
            continue;
        };
        keys.push(word(&format!("{before} {}", rest.replace('}', " "))));
    }
    let own = groups.pop().unwrap_or_default();
    let parents = groups.iter().filter(|it| !it.is_empty());
    Parts {
        lead: segments[..leading].iter().map(|it| word(it)).collect(),
        parents: parents.map(|it| singular(&it.join("_"))).collect(),
        own,
        keys,
    }
}

/// Whether a segment says nothing of what a path is about: `api`, `v1`, `2010-04-01`.
pub(super) fn is_everywhere(segment: &str) -> bool {
    let number = segment.trim_start_matches(['v', 'V']);
    let is_version = !number.is_empty()
        && number
            .chars()
            .all(|it| it.is_ascii_digit() || ".-_".contains(it));
    is_version || matches!(segment.to_lowercase().as_str(), "api" | "apis" | "rest")
}

/// A name in snake case that begins with a letter, as docs.yaml wants it.
pub(super) fn word(name: &str) -> String {
    identifier(&plain(name))
}

fn identifier(name: &str) -> String {
    let words: Vec<&str> = name.split('_').filter(|it| !it.is_empty()).collect();
    let name = words.join("_");
    if name.starts_with(|it: char| it.is_ascii_lowercase()) {
        name
    } else {
        format!("n{name}")
    }
}
