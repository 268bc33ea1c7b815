//! The tools of the vendor's page: what each is annotated with, arguments with which it works, and some with which it must fail.

use acceptance::Session;
use serde_json::{Value, json};

/// What the vendor's page annotates a tool with.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Hint {
    Read,
    Write,
    /// It writes, and what it takes away does not come back.
    Destroy,
}

use Hint::{Destroy, Read, Write};

/// The tools of the page: a name, its annotation, arguments that must fail, and a word that the failure must say.
pub(crate) fn tools() -> Vec<(&'static str, Hint, Value, &'static str)> {
    let unknown = || json!({"id": "zzz"});
    let range = json!({"start": "2026-02-30", "end": "2026-03-01"});
    vec![
        (
            "wiv_list_workflows",
            Read,
            json!({"enabled": "yes"}),
            "enabled",
        ),
        ("wiv_get_workflow", Read, unknown(), "workflows"),
        ("wiv_list_spaces", Read, json!({"name": ""}), "name"),
        ("wiv_get_space", Read, unknown(), "spaces"),
        (
            "wiv_get_space_resources",
            Read,
            json!({"space_id": "zzz"}),
            "spaces",
        ),
        (
            "wiv_list_folders",
            Read,
            json!({"space": "zzz"}),
            "`space_id`",
        ),
        ("wiv_get_folder", Read, unknown(), "folders"),
        (
            "wiv_list_all_executions",
            Read,
            json!({"status": "broken"}),
            "succeeded",
        ),
        (
            "wiv_list_workflow_executions",
            Read,
            json!({"workflow_id": "zzz"}),
            "workflows",
        ),
        ("wiv_get_execution_status", Read, unknown(), "executions"),
        ("wiv_list_cases", Read, json!({"status": ["Open"]}), "To Do"),
        (
            "wiv_search_cases",
            Read,
            json!({"date_range": range}),
            "date_range.start",
        ),
        (
            "wiv_get_cases_summary",
            Read,
            json!({"start_date": "yesterday"}),
            "start_date",
        ),
        (
            "wiv_get_cases_filters",
            Read,
            json!({"filter": "x"}),
            "filter",
        ),
        (
            "wiv_get_cases_filter_values",
            Read,
            json!({"filter": "zzz"}),
            "wiv_get_cases_filters",
        ),
        (
            "wiv_cases_query",
            Read,
            json!({"query": {"fuzzy": {"title": "x"}}}),
            "match_all, match, term",
        ),
        (
            "wiv_search_msp_cases",
            Read,
            json!({"date_range": {"start": "2026-01-01"}}),
            "date_range.end",
        ),
        (
            "wiv_get_msp_cases_summary",
            Read,
            json!({"end_date": "2026-13-01"}),
            "end_date",
        ),
        (
            "wiv_get_msp_cases_filter_values",
            Read,
            json!({"filter": "zzz"}),
            "wiv_get_cases_filters",
        ),
        (
            "wiv_list_msp_cases_types",
            Read,
            json!({"customer_id": ""}),
            "customer_id",
        ),
        (
            "wiv_msp_cases_query",
            Read,
            json!({"query": {"bool": {"perhaps": []}}}),
            "match_all, match, term",
        ),
        ("wiv_list_datastores", Read, json!({"limit": 201}), "200"),
        ("wiv_get_datastore", Read, unknown(), "datastores"),
        (
            "wiv_query_datastore_records",
            Read,
            json!({"datastore_id": "zzz"}),
            "datastores",
        ),
        (
            "wiv_update_workflow",
            Write,
            json!({"id": "zzz", "enabled": true}),
            "workflows",
        ),
        (
            "wiv_start_execution",
            Write,
            json!({"workflow_id": "zzz", "payload": {}}),
            "wiv_list_workflows",
        ),
        (
            "wiv_stop_execution",
            Write,
            json!({"execution_id": "zzz"}),
            "executions",
        ),
        (
            "wiv_create_datastore_records",
            Write,
            json!({"datastore_id": "zzz", "records": []}),
            "records",
        ),
        (
            "wiv_update_datastore_record",
            Write,
            json!({"datastore_id": "zzz", "record_id": "y", "values": {}}),
            "datastores",
        ),
        (
            "wiv_delete_datastore_record",
            Destroy,
            json!({"datastore_id": "zzz", "record_id": "y"}),
            "datastores",
        ),
        (
            "wiv_create_msp_customer",
            Write,
            json!({"name": ""}),
            "name",
        ),
        (
            "wiv_generate_aws_onboarding_link",
            Write,
            json!({"account_type": "payer", "cur_config_type": "cur"}),
            "impersonated_customer_id",
        ),
        (
            "wiv_create_customer_integration",
            Write,
            json!({"customer_id": "zzz", "type": "AZURE", "name": "x", "integration_secret": {}}),
            "AWS",
        ),
        (
            "wiv_add_customer_users",
            Write,
            json!({"customer_id": "zzz", "users": [{"email": "nobody"}]}),
            "email",
        ),
    ]
}

/// A property of the first record of a list.
fn first(session: &mut Session, tool: &str, arguments: Value, property: &str) -> Value {
    session.call(tool, arguments).result()[0][property].take()
}

/// A customer, its link's external id, and the arguments that connect its cloud.
fn onboarded(session: &mut Session, name: &str) -> (Value, Value) {
    let customer = session
        .call("wiv_create_msp_customer", json!({"name": name}))
        .result();
    let id = &customer["customer_id"];
    let link =
        json!({"impersonated_customer_id": id, "account_type": "payer", "cur_config_type": "cur"});
    let link = session
        .call("wiv_generate_aws_onboarding_link", link)
        .result();
    let secret = json!({"role_arn": "arn:aws:iam::123456789012:role/WivReader", "external_id": link["external_id"]});
    let integration = json!({"customer_id": id, "type": "AWS", "name": "Production", "integration_secret": secret});
    (id.clone(), integration)
}

/// Arguments with which a tool works.
pub(crate) fn good(session: &mut Session, tool: &str) -> Value {
    match tool {
        "wiv_get_workflow" => {
            json!({"id": first(session, "wiv_list_workflows", json!({}), "workflow_id")})
        }
        "wiv_update_workflow" => {
            json!({"id": first(session, "wiv_list_workflows", json!({}), "workflow_id"), "labels": ["checked"]})
        }
        "wiv_list_workflow_executions" => {
            json!({"workflow_id": first(session, "wiv_list_workflows", json!({}), "workflow_id")})
        }
        "wiv_start_execution" => {
            let name = json!({"enabled": true});
            let workflows = session.call("wiv_list_workflows", name).result();
            let free = workflows.as_array().expect("a list").iter().find(|it| {
                let read = session
                    .call("wiv_get_workflow", json!({"id": it["workflow_id"]}))
                    .result();
                read["parameters"] == json!([])
            });
            json!({"workflow_id": free.expect("one without parameters")["workflow_id"], "payload": {}})
        }
        "wiv_get_execution_status" => {
            json!({"id": first(session, "wiv_list_all_executions", json!({}), "execution_id")})
        }
        "wiv_stop_execution" => {
            let running = json!({"status": "running"});
            json!({"execution_id": first(session, "wiv_list_all_executions", running, "execution_id")})
        }
        "wiv_get_space" => json!({"id": first(session, "wiv_list_spaces", json!({}), "space_id")}),
        "wiv_get_space_resources" => {
            json!({"space_id": first(session, "wiv_list_spaces", json!({}), "space_id"), "type": "folder"})
        }
        "wiv_get_folder" => {
            json!({"id": first(session, "wiv_list_folders", json!({}), "folder_id")})
        }
        "wiv_get_cases_filter_values" | "wiv_get_msp_cases_filter_values" => {
            json!({"filter": "severity"})
        }
        "wiv_cases_query" | "wiv_msp_cases_query" => {
            json!({"query": {"range": {"cost_impact": {"gte": 100}}}, "sort": [{"field": "cost_impact", "order": "desc"}]})
        }
        "wiv_search_cases" | "wiv_search_msp_cases" => {
            json!({"date_range": {"start": "2026-01-01", "end": "2030-01-01"}})
        }
        "wiv_get_datastore" => json!({"id": datastore(session)}),
        "wiv_query_datastore_records" => {
            json!({"datastore_id": datastore(session), "filters": [{"column": "team", "op": "equals", "value": "data"}]})
        }
        "wiv_create_datastore_records" => {
            json!({"datastore_id": datastore(session), "records": [{"team": "design", "monthly_cost": 10}]})
        }
        "wiv_update_datastore_record" => {
            let (datastore, record) = record(session);
            json!({"datastore_id": datastore, "record_id": record, "values": {"active": false}})
        }
        "wiv_delete_datastore_record" => {
            let (datastore, record) = record(session);
            json!({"datastore_id": datastore, "record_id": record})
        }
        "wiv_create_msp_customer" => json!({"name": "Harbor Clinic"}),
        "wiv_generate_aws_onboarding_link" => {
            let (customer, _) = onboarded(session, "Alder Bakery");
            json!({"impersonated_customer_id": customer, "account_type": "payer", "cur_config_type": "cur"})
        }
        "wiv_create_customer_integration" => onboarded(session, "Birch Hotel").1,
        "wiv_add_customer_users" => {
            let (customer, _) = onboarded(session, "Cedar Law");
            json!({"customer_id": customer, "users": [{"email": "ada@cedar.example", "role": "admin"}]})
        }
        _ => json!({}),
    }
}

fn datastore(session: &mut Session) -> Value {
    first(session, "wiv_list_datastores", json!({}), "datastore_id")
}

fn record(session: &mut Session) -> (Value, Value) {
    let datastore = datastore(session);
    let record = first(
        session,
        "wiv_query_datastore_records",
        json!({"datastore_id": datastore}),
        "id",
    );
    (datastore, record)
}
