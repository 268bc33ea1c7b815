//! Cases are counted, told by what they can be narrowed, and queried.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::query;
use crate::behaviour::{Behaviour, List, Success, Turn, absent};
use crate::exchange::Refusal;
use crate::path::{self, Record};

/// The statuses of cases that need nothing more.
const CLOSED: [&str; 3] = ["Completed", "Verified", "Expired"];

/// What cases can be narrowed by: property, label, description.
const FILTERS: [(&str, &str, &str); 6] = [
    ("status", "Status", "How far the case has come."),
    ("case_type", "Type", "What kind of finding the case is."),
    ("severity", "Severity", "How much the case matters."),
    ("assignee", "Assignee", "Who takes care of the case."),
    ("region", "Region", "Where the resource is."),
    (
        "workflow_id",
        "Workflow",
        "The workflow that raised the case.",
    ),
];

/// Counts the cases that a list would answer.
pub(super) struct Summary(pub(super) List);

impl Behaviour for Summary {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let cases = self.0.matches(turn)?;
        let closed = cases.iter().filter(|case| !is_open(case)).count();
        let by = |property: &str| -> Value {
            let counts = counted(&cases, property).into_iter();
            counts.map(|(value, (count, cost))| json!({"value": value, "count": count, "cost_impact": cents(cost)})).collect()
        };
        Ok(turn.around(
            json!({
                "total": cases.len(), "open": cases.len() - closed, "closed": closed, "cost_impact": cost(&cases),
                "by_status": by("status"), "by_type": by("case_type"), "by_severity": by("severity"),
            }),
            None,
        ))
    }
}

/// Tells what cases can be narrowed by.
pub(super) struct Filters;

impl Behaviour for Filters {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let filters = FILTERS.iter();
        let filters = filters.map(
            |(name, label, about)| json!({"name": name, "label": label, "description": about}),
        );
        Ok(turn.around(filters.collect(), None))
    }
}

/// Tells which values a filter can take, and how many cases have each.
pub(super) struct FilterValues(pub(super) List);

impl Behaviour for FilterValues {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let wanted = turn.id(None);
        let known = FILTERS.iter().find(|(name, ..)| wanted == *name);
        let (name, ..) = known.ok_or_else(|| absent("filters", &wanted))?;
        let cases = self.0.matches(turn)?;
        let values = counted(&cases, name).into_iter();
        Ok(turn.around(
            values
                .map(|(value, (count, _))| json!({"value": value, "count": count}))
                .collect(),
            None,
        ))
    }
}

/// Tells which types cases are of, and how many of each are open.
pub(super) struct Types(pub(super) List);

impl Behaviour for Types {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let cases = self.0.matches(turn)?;
        let open: Vec<Record> = cases.iter().filter(|it| is_open(it)).cloned().collect();
        let open = counted(&open, "case_type");
        let types = counted(&cases, "case_type").into_iter();
        let types = types.map(|(value, (count, _))| {
            let open = open.get(&value).map_or(0, |(count, _)| *count);
            json!({"case_type": value, "count": count, "open": open})
        });
        Ok(turn.around(types.collect(), None))
    }
}

/// Answers the cases that a query selects.
pub(super) struct Query(pub(super) List);

impl Behaviour for Query {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let query = turn.inputs.body["query"].clone();
        let mut kept = Vec::new();
        for case in self.0.matches(turn)? {
            if query::selects(&query, &case, "query")? {
                kept.push(case);
            }
        }
        query::sort(&mut kept, &turn.inputs.body["sort"]);
        self.0.page(turn, kept)
    }
}

fn is_open(case: &Record) -> bool {
    let status = path::read(case, "status");
    CLOSED.iter().all(|closed| *status != *closed)
}

/// Each value of a property: how many cases have it, and what they cost.
fn counted(cases: &[Record], property: &str) -> BTreeMap<String, (usize, f64)> {
    let mut counts = BTreeMap::new();
    for case in cases
        .iter()
        .filter(|case| !path::read(case, property).is_null())
    {
        let (count, cost) = counts
            .entry(path::text(path::read(case, property)))
            .or_insert((0, 0.0));
        *count += 1;
        *cost += case
            .get("cost_impact")
            .and_then(Value::as_f64)
            .unwrap_or(0.0);
    }
    counts
}

fn cost(cases: &[Record]) -> f64 {
    let costs = cases
        .iter()
        .filter_map(|case: &Map<String, Value>| case.get("cost_impact")?.as_f64());
    cents(costs.sum::<f64>())
}

/// An amount with two decimals.
fn cents(amount: f64) -> f64 {
    (amount * 100.0).round() / 100.0
}
