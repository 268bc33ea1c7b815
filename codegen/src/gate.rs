//! The schema-presence quality gate: the only stage that leaves an operation out, and every one is accounted for.
//!
//! An operation becomes a tool only if it has a documentation record and usable schemas.

mod placed;
mod server;
mod usable;

use std::collections::BTreeMap;

pub(crate) use self::server::server;
use self::usable::Usable;

use crate::{
    api::{Api, Flaw},
    document::Documented,
    report::{Place, Report},
    vendor::VendorDocs,
    words::camel,
};

/// What became of every operation.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// One row per operation, by key.
    pub rows: BTreeMap<String, Row>,
}

/// What became of one operation.
#[derive(Clone, Debug)]
pub struct Row {
    /// JSON pointer to the operation.
    pub pointer: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an operation.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is this tool.
    Tool(String),
    /// It has no documentation record.
    LeftOut,
    /// It has no documentation record, and these tools use it in place of their own operation.
    Used(Vec<String>),
    /// Its schemas are not usable.
    Refused(Vec<Flaw>),
}

impl Ledger {
    /// Number of tools, operations left out, and operations refused.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count =
            |test: fn(&Outcome) -> bool| self.rows.values().filter(|it| test(&it.outcome)).count();
        (
            count(|it| matches!(it, Outcome::Tool(_))),
            count(|it| matches!(it, Outcome::LeftOut | Outcome::Used(_))),
            count(|it| matches!(it, Outcome::Refused(_))),
        )
    }
}

/// What the gate answers.
#[derive(Debug)]
pub struct Gated<'a> {
    /// What becomes tools.
    pub admitted: Vec<Documented<'a>>,
    /// What has a record, and does not.
    pub refused: Vec<Documented<'a>>,
    /// What became of every operation.
    pub ledger: Ledger,
}

/// Lets through what can become a tool.
pub fn gate<'a>(
    api: &'a Api,
    vendor: &VendorDocs,
    documented: Vec<Documented<'a>>,
    report: &mut Report,
) -> Gated<'a> {
    let mut gated = Gated {
        admitted: Vec::new(),
        refused: Vec::new(),
        ledger: Ledger::default(),
    };
    for (key, operation) in &api.operations {
        let row = Row {
            pointer: operation.pointer.clone(),
            outcome: Outcome::LeftOut,
        };
        gated.ledger.rows.insert(key.clone(), row);
    }
    let collisions = collisions(&documented, api, vendor);
    let mut usable = Usable::new(api, vendor);
    for it in documented {
        let mut flaws = it.operation.flaws.clone();
        flaws.extend(it.flaws.iter().cloned());
        flaws.extend(server(it.operation, api, vendor).err());
        flaws.extend(it.inputs.iter().filter_map(|input| usable.flaw(input)));
        flaws.extend(placed::taken_names(&it, api));
        flaws.extend(usable.answer_flaw(it.operation));
        flaws.extend(collisions.get(&it.operation.key).cloned());
        let key = it.operation.key.clone();
        let outcome = if flaws.is_empty() {
            gated.admitted.push(it);
            Outcome::Tool(String::new())
        } else {
            warn(&it, &flaws, &api.path, report);
            gated.refused.push(it);
            Outcome::Refused(flaws)
        };
        if let Some(row) = gated.ledger.rows.get_mut(&key) {
            row.outcome = outcome;
        }
    }
    gated
}

/// A documented operation that is refused is told, for its tool disappears; a derived one stands in the ledger only.
fn warn(it: &Documented<'_>, flaws: &[Flaw], spec: &str, report: &mut Report) {
    for flaw in flaws.iter().filter(|_| !it.is_derived) {
        let place = Place::new(spec, flaw.pointer.clone());
        report.warn(
            flaw.code,
            place,
            format!("`{}` is refused: {}", it.operation.key, flaw.reason),
            flaw.remedy,
        );
    }
}

/// Derived names that are not unique beyond case: none of those operations can have the name.
fn collisions(
    documented: &[Documented<'_>],
    api: &Api,
    vendor: &VendorDocs,
) -> BTreeMap<String, Flaw> {
    let mut by_name: BTreeMap<String, Vec<&Documented<'_>>> = BTreeMap::new();
    let is_sound = |it: &&Documented<'_>| {
        it.operation.flaws.is_empty() && server(it.operation, api, vendor).is_ok()
    };
    for it in documented.iter().filter(|it| it.is_derived && is_sound(it)) {
        // Two tools are also two types in Rust.
        let name = camel(it.record.tool.as_deref().unwrap_or_default());
        by_name.entry(name).or_default().push(it);
    }
    let mut flaws = BTreeMap::new();
    for group in by_name.into_values().filter(|it| it.len() > 1) {
        let keys: Vec<_> = group.iter().map(|it| it.operation.key.as_str()).collect();
        let keys = keys.join(", ");
        for it in group {
            let name = it.record.tool.as_deref().unwrap_or_default();
            let flaw = Flaw {
                code: "name-collision",
                reason: format!("the name `{name}` is derived from each of {keys}"),
                remedy: "document the operations in docs.yaml, with names of their own",
                pointer: it.operation.pointer.clone(),
            };
            flaws.insert(it.operation.key.clone(), flaw);
        }
    }
    flaws
}
