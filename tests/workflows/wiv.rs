//! WIV: open cases are triaged, and a workflow is run.

use acceptance::{Session, WIV};
use serde_json::{Value, json};

use crate::{all, in_every_world, text};

#[test]
fn open_cases_are_triaged_and_a_workflow_is_run() {
    in_every_world(&WIV, |session| {
        let summary = session.call("wiv_get_cases_summary", json!({})).result();
        let open = json!(["To Do", "Acknowledged", "In Progress", "Exclude"]);
        let cases = all(
            session,
            "wiv_list_cases",
            json!({"status": open, "limit": 3}),
        );
        assert_eq!(summary["open"], cases.len());
        let rank = |case: &&Value| {
            let ranks = ["low", "medium", "high", "critical"];
            let rank = ranks.iter().position(|it| case["severity"] == **it);
            (
                rank,
                case["cost_impact"].as_f64().unwrap_or_default() as i64,
            )
        };
        let worst = cases.iter().max_by_key(rank).unwrap();
        let arguments = json!({"id": worst["workflow_id"]});
        let raised_by = session.call("wiv_get_workflow", arguments).result();
        assert_eq!(raised_by["workflow_id"], worst["workflow_id"]);

        // A search pages by a key in its body: the same cases, whatever the size of a page.
        let searched = all(session, "wiv_search_cases", json!({"limit": 7}));
        assert_eq!(summary["total"], searched.len());

        let workflow = workflow_with_a_parameter(session);
        let start =
            |payload: &Value| json!({"workflow_id": workflow["workflow_id"], "payload": payload});
        let failure = session
            .call("wiv_start_execution", start(&json!({})))
            .failure();
        assert!(
            text(&failure, "message").contains("required"),
            "{failure:#}"
        );
        let payload = payload_for(&workflow);
        let execution = session
            .call("wiv_start_execution", start(&payload))
            .result();
        assert_eq!(execution["payload"], payload);
        let arguments = json!({"id": execution["execution_id"]});
        let status = session.call("wiv_get_execution_status", arguments).result();
        assert_eq!(status["workflow_id"], workflow["workflow_id"]);
    });
}

/// An enabled workflow that wants something.
fn workflow_with_a_parameter(session: &mut Session) -> Value {
    let workflows = all(session, "wiv_list_workflows", json!({"enabled": true}));
    let read = workflows.iter().map(|it| {
        let arguments = json!({"id": it["workflow_id"]});
        session.call("wiv_get_workflow", arguments).result()
    });
    let mut wanting = read.filter(|it| !required(it).is_empty());
    wanting
        .next()
        .expect("a workflow with a required parameter")
}

fn required(workflow: &Value) -> Vec<&Value> {
    let parameters = workflow["parameters"].as_array().into_iter().flatten();
    parameters.filter(|it| it["required"] == true).collect()
}

fn payload_for(workflow: &Value) -> Value {
    let values = required(workflow).into_iter().map(|it| {
        let value = match text(it, "type") {
            "number" => json!(7),
            "boolean" => json!(true),
            _ => json!("eu-west-1"),
        };
        (text(it, "name").to_owned(), value)
    });
    Value::Object(values.collect())
}
