//! WIV's workflow: the open cases are triaged, and the workflow that raised the worst is run.

use anyhow::{Context, ensure};
use serde_json::{Map, Value, json};

use super::{Workflow, record::Record, session::Session};

/// The worst open case is taken care of.
pub(super) const CASE_TRIAGE: Workflow = Workflow {
    title: "WIV: triage the open cases and run a workflow",
    wish: "Review the open cases, tell me what they cost, and run the workflow behind the worst one. How is it getting on?",
    binary: "wiv-mcp",
    steps: triage_cases,
};

fn triage_cases(session: &mut Session) -> anyhow::Result<()> {
    let open = ["To Do", "Acknowledged", "In Progress", "Exclude"];
    let cases = session.list("wiv_list_cases", json!({"status": open, "limit": 10}))?;
    let summary = session.one("wiv_get_cases_summary", json!({}))?;
    ensure!(
        summary.value("/open") == cases.len(),
        "the summary counts other open cases"
    );
    session.say(&format!(
        "{} open cases, {:.2} a month",
        cases.len(),
        summary.number("/cost_impact")?
    ));

    let (case, workflow) = worst_with_workflow(session, cases)?;
    session.say(&format!(
        "The worst: {} ({})",
        case.text("/title")?,
        case.text("/severity")?
    ));

    let execution = session.one(
        "wiv_start_execution",
        json!({"workflow_id": workflow.given("/workflow_id")?, "payload": payload(&workflow, &case)?}),
    )?;
    let id = execution.given("/execution_id")?;
    let status = session.one("wiv_get_execution_status", json!({"id": id}))?;
    ensure!(
        status.value("/execution_id") == id,
        "the status is of another execution"
    );
    ensure!(
        status.value("/workflow_id") == workflow.given("/workflow_id")?,
        "the execution is of another workflow"
    );
    session.say(&format!(
        "{} is {}",
        workflow.text("/name")?,
        status.text("/status")?
    ));
    Ok(())
}

/// The worst case whose workflow is enabled, and that workflow.
fn worst_with_workflow(
    session: &mut Session,
    mut cases: Vec<Record>,
) -> anyhow::Result<(Record, Record)> {
    let ranks = ["critical", "high", "medium", "low"];
    let rank = |it: &Record| ranks.iter().position(|rank| it.value("/severity") == *rank);
    let cost = |it: &Record| it.number("/cost_impact").unwrap_or_default();
    cases.sort_by(|a, b| rank(a).cmp(&rank(b)).then(cost(b).total_cmp(&cost(a))));
    for case in cases {
        let Ok(id) = case.given("/workflow_id") else {
            continue;
        };
        let workflow = session.one("wiv_get_workflow", json!({"id": id}))?;
        if workflow.value("/enabled") == true {
            return Ok((case, workflow));
        }
        session.say(&format!(
            "{} is switched off; the next case",
            workflow.text("/name")?
        ));
    }
    None.context("no case has a workflow that is enabled")
}

/// What the workflow wants to know: from the case where it says so, else the parameter's default.
fn payload(workflow: &Record, case: &Record) -> anyhow::Result<Value> {
    let mut payload = Map::new();
    for parameter in workflow.items("/parameters") {
        let name = parameter.text("/name")?;
        let is_required = parameter.value("/required") == true;
        match case.value(&format!("/{name}")) {
            Value::Null if is_required => {
                let default = parameter
                    .given("/default")
                    .with_context(|| format!("the case does not tell {name}"))?;
                payload.insert(name.to_owned(), default);
            }
            Value::Null => {}
            value => {
                payload.insert(name.to_owned(), value);
            }
        }
    }
    Ok(payload.into())
}
