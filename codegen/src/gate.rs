//! The schema-presence quality gate: the only stage that leaves an operation out, and every one is accounted for.
//!
//! An operation becomes a tool only if it has a documentation record and usable schemas.

use std::collections::BTreeMap;

use crate::{
    api::{Api, Carrier, Flaw, Schema, Type},
    document::{Documented, Role},
    report::{Place, Report},
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
            count(|it| matches!(it, Outcome::LeftOut)),
            count(|it| matches!(it, Outcome::Refused(_))),
        )
    }
}

/// Lets through what can become a tool.
pub fn gate<'a>(
    api: &'a Api,
    documented: Vec<Documented<'a>>,
    report: &mut Report,
) -> (Vec<Documented<'a>>, Ledger) {
    let mut ledger = Ledger::default();
    for (key, operation) in &api.operations {
        let row = Row {
            pointer: operation.pointer.clone(),
            outcome: Outcome::LeftOut,
        };
        ledger.rows.insert(key.clone(), row);
    }
    let collisions = collisions(&documented);
    let mut admitted = Vec::new();
    for it in documented {
        let mut flaws = it.operation.flaws.clone();
        flaws.extend(it.flaws.iter().cloned());
        flaws.extend(
            it.inputs
                .iter()
                .filter_map(|input| unusable(input.role, &input.wire, &input.schema, api)),
        );
        flaws.extend(collisions.get(&it.operation.key).cloned());
        let key = it.operation.key.clone();
        let outcome = if flaws.is_empty() {
            admitted.push(it);
            Outcome::Tool(String::new())
        } else {
            warn(&it, &flaws, &api.path, report);
            Outcome::Refused(flaws)
        };
        if let Some(row) = ledger.rows.get_mut(&key) {
            row.outcome = outcome;
        }
    }
    (admitted, ledger)
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

/// Why an input cannot be said, if so.
fn unusable(role: Role, wire: &str, schema: &Schema, api: &Api) -> Option<Flaw> {
    let mut seen = Vec::new();
    let reason = unsupported(schema, api, &mut seen).or_else(|| misplaced(role, schema, api))?;
    Some(Flaw {
        code: "input-unsupported",
        reason: format!("the input `{wire}` cannot be said: {reason}"),
        remedy: "leave it out in docs.yaml, or give it a type that can be said with an overlay action",
        pointer: schema.pointer.clone(),
    })
}

/// Parameters are scalars, or arrays of scalars in the query.
fn misplaced(role: Role, schema: &Schema, api: &Api) -> Option<String> {
    let Role::Parameter(carrier) = role else {
        return None;
    };
    let ty = &api.resolve(schema).ty;
    let is_scalar = |ty: &Type| {
        !matches!(
            ty,
            Type::Json | Type::List(..) | Type::Object(_) | Type::Map(_) | Type::AllOf(_)
        )
    };
    let fits = match (carrier, ty) {
        (Carrier::Query | Carrier::QueryComma, Type::List(items, _)) => {
            is_scalar(&api.resolve(items).ty)
        }
        (_, ty) => is_scalar(ty),
    };
    (!fits).then(|| "an object, or an array of objects, outside the body".to_owned())
}

/// The first reason within a schema, components included.
fn unsupported<'a>(schema: &'a Schema, api: &'a Api, seen: &mut Vec<&'a str>) -> Option<String> {
    match &schema.ty {
        Type::Unsupported(reason) => Some(reason.clone()),
        Type::List(inner, _) | Type::Map(inner) => unsupported(inner, api, seen),
        Type::Object(object) => object.properties.iter().find_map(|(name, property)| {
            if !crate::document::is_property_key(name) {
                return Some(format!("model hosts refuse the property name `{name}`"));
            }
            unsupported(&property.schema, api, seen)
        }),
        Type::AllOf(parts) => match api.object(schema) {
            Some(_) => parts.iter().find_map(|part| unsupported(part, api, seen)),
            None => Some("`allOf` of what are no objects".to_owned()),
        },
        Type::Named(name) if seen.contains(&name.as_str()) => None,
        Type::Named(name) => {
            seen.push(name);
            api.schemas
                .get(name)
                .and_then(|target| unsupported(target, api, seen))
        }
        Type::Json
        | Type::Boolean
        | Type::Integer(_)
        | Type::Number(_)
        | Type::Text(..)
        | Type::Choice(_)
        | Type::NumberChoice(_) => None,
    }
}

/// Derived names that are not unique beyond case: none of those operations can have the name.
fn collisions(documented: &[Documented<'_>]) -> BTreeMap<String, Flaw> {
    let mut by_name: BTreeMap<String, Vec<&Documented<'_>>> = BTreeMap::new();
    for it in documented
        .iter()
        .filter(|it| it.is_derived && it.operation.flaws.is_empty())
    {
        by_name
            .entry(it.record.tool.clone().unwrap_or_default().to_lowercase())
            .or_default()
            .push(it);
    }
    let groups = by_name.into_iter().filter(|(_, group)| group.len() > 1);
    groups
        .flat_map(|(name, group)| {
            let keys: Vec<_> = group.iter().map(|it| it.operation.key.as_str()).collect();
            let reason = format!(
                "the name `{name}` is derived from each of {}",
                keys.join(", ")
            );
            group.into_iter().map(move |it| {
                let flaw = Flaw {
                    code: "name-collision",
                    reason: reason.clone(),
                    remedy: "document the operations in docs.yaml, with names of their own",
                    pointer: it.operation.pointer.clone(),
                };
                (it.operation.key.clone(), flaw)
            })
        })
        .collect()
}
