//! Workflows are started, with what they take, and executions are stopped.

use serde_json::{Value, json};

use crate::behaviour::{Behaviour, Success, Turn, broken};
use crate::exchange::{Complaint, Kind, Refusal};
use crate::path::{self, Record};
use crate::seed::clock;

/// Starts a workflow.
pub(super) struct Run;

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
pub(super) struct Stop;

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
