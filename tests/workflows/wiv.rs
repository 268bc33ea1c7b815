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

/// The steps of an onboarding: one that comes too early names what is missing and the tool for it.
#[test]
fn a_customer_is_onboarded_in_the_order_of_the_procedure() {
    in_every_world(&WIV, |session| {
        let name = json!({"name": "Harbor Clinic"});
        let customer = session
            .call("wiv_create_msp_customer", name.clone())
            .result();
        let twice = session.call("wiv_create_msp_customer", name).failure();
        assert_eq!(twice["statusCode"], 409, "{twice:#}");
        let id = customer["customer_id"].clone();
        let integration = |external: &Value| {
            let secret = json!({"role_arn": "arn:aws:iam::123456789012:role/WivReader", "external_id": external});
            json!({"customer_id": id, "type": "AWS", "name": "Production", "integration_secret": secret})
        };
        let early = session
            .call(
                "wiv_create_customer_integration",
                integration(&json!("ext-1")),
            )
            .failure();
        let guidance = early["guidance"].to_string();
        assert!(
            guidance.contains("call wiv_generate_aws_onboarding_link first"),
            "{early:#}"
        );

        let link = json!({"impersonated_customer_id": id, "account_type": "payer", "cur_config_type": "cur"});
        let link = session
            .call("wiv_generate_aws_onboarding_link", link)
            .result();
        let other = session
            .call(
                "wiv_create_customer_integration",
                integration(&json!("ext-1")),
            )
            .failure();
        assert!(text(&other, "message").contains("external id"), "{other:#}");
        let connected = session
            .call(
                "wiv_create_customer_integration",
                integration(&link["external_id"]),
            )
            .result();
        assert_eq!(connected["customer_id"], id);
        let users = json!({"customer_id": id, "users": [{"email": "ada@harbor.example", "role": "admin"}, {"email": "ben@harbor.example"}]});
        let invited = session.call("wiv_add_customer_users", users).result();
        assert_eq!(
            (&invited[0]["role"], &invited[1]["role"]),
            (&json!("admin"), &json!("member"))
        );
    });
}

/// Records of a datastore go through their life, and are held to its columns.
#[test]
fn the_records_of_a_datastore_are_created_queried_changed_and_deleted() {
    in_every_world(&WIV, |session| {
        let stores = session.call("wiv_list_datastores", json!({})).result();
        let id = stores[0]["datastore_id"].clone();
        let columns = session
            .call("wiv_get_datastore", json!({"id": id}))
            .result();
        assert_eq!(columns["columns"][0]["name"], "team");
        let wrong = json!({"datastore_id": id, "records": [{"team": "a", "monthly_cost": 1}, {"id": "rec-1", "team": 5, "tema": "x"}]});
        let told = session
            .call("wiv_create_datastore_records", wrong)
            .failure()
            .to_string();
        for word in [
            "read-only",
            "`tema` is not one",
            "`team` takes values of type string",
            "`monthly_cost` is required",
        ] {
            assert!(told.contains(word), "no {word} in {told}");
        }
        let records = json!({"datastore_id": id, "records": [{"team": "design", "monthly_cost": 12.5}, {"team": "design", "monthly_cost": 7, "contacts": {"lead": "ada"}}]});
        let created = session
            .call("wiv_create_datastore_records", records)
            .result();
        assert_eq!(created["created"], 2);
        let of_team = json!({"datastore_id": id, "filters": [{"column": "team", "op": "equals", "value": "design"}], "sort": [{"field": "monthly_cost"}]});
        let found = all(session, "wiv_query_datastore_records", of_team.clone());
        let costs: Vec<&Value> = found.iter().map(|it| &it["monthly_cost"]).collect();
        assert_eq!(costs, [&json!(7), &json!(12.5)]);
        let change =
            json!({"datastore_id": id, "record_id": found[0]["id"], "values": {"active": true}});
        let changed = session.call("wiv_update_datastore_record", change).result();
        assert_eq!(
            (&changed["active"], &changed["monthly_cost"]),
            (&json!(true), &json!(7))
        );
        for record in &found {
            let gone = json!({"datastore_id": id, "record_id": record["id"]});
            session.call("wiv_delete_datastore_record", gone).result();
        }
        assert!(all(session, "wiv_query_datastore_records", of_team).is_empty());
        // Pages of few records come to the same records.
        let whole = all(
            session,
            "wiv_query_datastore_records",
            json!({"datastore_id": id}),
        );
        let pages = all(
            session,
            "wiv_query_datastore_records",
            json!({"datastore_id": id, "limit": 5}),
        );
        assert_eq!(whole, pages);
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
