//! What only WIV does: workflows are started and executions stopped, cases are counted.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::behaviour::{Behaviour, List, Make, Success, Turn, absent, broken, options};
use crate::exchange::{Complaint, Kind, Refusal};
use crate::path::{self, Record};
use crate::seed::clock;

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

/// A behaviour of this vendor, read from its options.
pub(super) fn behaviour(name: &str, given: Value) -> Option<Result<Box<dyn Behaviour>, String>> {
    Some(match name {
        "wiv_run_workflow" => Ok(Box::new(Run)),
        "wiv_stop_execution" => Ok(Box::new(Stop)),
        "wiv_cases_filters" => Ok(Box::new(Filters)),
        "wiv_cases_summary" => {
            cases(given).map(|cases| Box::new(Summary(cases)) as Box<dyn Behaviour>)
        }
        "wiv_cases_filter_values" => {
            cases(given).map(|cases| Box::new(FilterValues(cases)) as Box<dyn Behaviour>)
        }
        _ => return None,
    })
}

/// The list that a count is of.
fn cases(given: Value) -> Result<List, String> {
    options::<List>(given)?.checked()
}

/// A view of this vendor.
pub(super) fn view(name: &str) -> Option<Make> {
    match name {
        "wiv_workflows" => {
            Some(|store| without(store.records("workflows"), &["parameters", "steps"]))
        }
        "wiv_executions" => {
            Some(|store| without(store.records("executions"), &["payload", "steps"]))
        }
        _ => None,
    }
}

/// Records as lists show them: without what only the single record tells.
fn without(records: &[Record], details: &[&str]) -> Vec<Record> {
    let mut records = records.to_vec();
    records
        .iter_mut()
        .for_each(|record| record.retain(|name, _| !details.contains(&name.as_str())));
    records
}

/// Starts a workflow.
struct Run;

impl Behaviour for Run {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let workflow = turn.named("workflows", None, None)?;
        if *path::read(&workflow, "enabled") == false {
            return Err(Refusal::new(
                Kind::State,
                "The workflow is disabled: it cannot be started.",
            ));
        }
        let payload = turn.inputs.body["payload"].clone();
        let complaints = unfit(&workflow, &payload);
        if !complaints.is_empty() {
            return Err(complaints.into());
        }
        let now = clock::spaced(clock::now());
        let world = &mut *turn.world;
        let executions = world.store.collection_mut("executions").map_err(broken)?;
        let id = executions.next_id(&mut world.draw);
        let execution = execution(&workflow, &id, &payload, &now);
        let trigger = world.draw.uuid();
        turn.keep("executions", execution)?;
        let mut changed = workflow.clone();
        let last = json!({"execution_id": id, "status": "running", "started_at": now});
        changed.insert("last_execution".to_owned(), last);
        turn.put("workflows", changed)?;
        Ok(turn.around(
            json!({
                "event_type": "workflow_execution", "execution_id": id, "payload": payload, "run_by": "mcp@wiv.example",
                "tenant_id": "tenant-main", "timestamp": now, "trigger_id": trigger, "trigger_type": "manual",
                "workflow_id": path::read(&workflow, "workflow_id"),
            }),
            None,
        ))
    }
}

/// What is wrong with a payload: missing and unknown parameters, and values of the wrong type.
fn unfit(workflow: &Record, payload: &Value) -> Vec<Complaint> {
    let parameters: Vec<&Value> = path::read(workflow, "parameters")
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let complaint = |kind: Kind, name: &str, what: &str| Complaint {
        kind,
        field: format!("payload/{name}"),
        message: format!("The payload's parameter `{name}` {what}."),
    };
    let mut complaints = Vec::new();
    for parameter in &parameters {
        let name = path::text(&parameter["name"]);
        let kind = path::text(&parameter["type"]);
        match payload.get(&name) {
            None if parameter["required"] == true => {
                complaints.push(complaint(Kind::Missing, &name, "is required"))
            }
            Some(value) if !is_of(value, &kind) => {
                complaints.push(complaint(
                    Kind::Invalid,
                    &name,
                    &format!("must be of type {kind}"),
                ));
            }
            _ => {}
        }
    }
    let unknown = payload
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name);
    let unknown = unknown.filter(|name| {
        !parameters
            .iter()
            .any(|parameter| parameter["name"] == **name)
    });
    complaints.extend(
        unknown.map(|name| complaint(Kind::Unknown, name, "is not one that the workflow takes")),
    );
    complaints
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

fn execution(workflow: &Record, id: &Value, payload: &Value, now: &str) -> Record {
    let steps = path::read(workflow, "steps").as_array().into_iter().flatten().enumerate().map(|(number, step)| {
        let status = if number == 0 { "running" } else { "pending" };
        json!({"step_id": step["step_id"], "name": step["name"], "status": status, "error": null})
    });
    let execution = json!({
        "execution_id": id, "workflow_id": path::read(workflow, "workflow_id"), "workflow_name": path::read(workflow, "name"),
        "status": "running", "trigger_type": "manual", "run_by": "mcp@wiv.example", "payload": payload,
        "started_at": now, "ended_at": null, "duration_seconds": null, "error": null,
        "steps": steps.collect::<Vec<Value>>(), "customer_id": workflow.get("customer_id"),
    });
    execution.as_object().cloned().unwrap_or_default()
}

/// Stops an execution that has not ended.
struct Stop;

impl Behaviour for Stop {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let mut execution = turn.named("executions", None, None)?;
        let status = path::text(path::read(&execution, "status"));
        if !["pending", "running"].contains(&status.as_str()) {
            let message = format!("The execution has already ended: it is {status}.");
            return Err(Refusal::new(Kind::State, message));
        }
        let now = clock::now();
        let began = path::read(&execution, "started_at")
            .as_str()
            .and_then(clock::parse)
            .unwrap_or(now);
        execution.insert("status".to_owned(), "stopped".into());
        execution.insert("ended_at".to_owned(), clock::spaced(now).into());
        execution.insert("duration_seconds".to_owned(), (now - began).into());
        if let Some(Value::Array(steps)) = execution.get_mut("steps") {
            for step in steps
                .iter_mut()
                .filter(|step| step["status"] == "running" || step["status"] == "pending")
            {
                step["status"] = "stopped".into();
            }
        }
        turn.put("executions", execution.clone())?;
        // The answer is the execution as lists show it.
        execution.retain(|name, _| !["steps", "payload", "customer_id"].contains(&name.as_str()));
        Ok(turn.around(Value::Object(execution), None))
    }
}

/// Counts the cases that a list would answer.
struct Summary(List);

impl Behaviour for Summary {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let cases = self.0.matches(turn)?;
        let closed = cases
            .iter()
            .filter(|case| {
                CLOSED
                    .iter()
                    .any(|status| *path::read(case, "status") == *status)
            })
            .count();
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
struct Filters;

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
struct FilterValues(List);

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
