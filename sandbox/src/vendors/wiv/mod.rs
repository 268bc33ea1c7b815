//! What only WIV does.

mod cases;
mod datastores;
mod onboarding;
mod query;
mod spaces;
mod workflows;

use serde_json::Value;

use crate::behaviour::{Behaviour, List, Make, options};
use crate::path::Record;

/// A behaviour of this vendor, read from its options.
pub(super) fn behaviour(name: &str, given: Value) -> Option<Result<Box<dyn Behaviour>, String>> {
    Some(match name {
        "wiv_run_workflow" => Ok(Box::new(workflows::Run)),
        "wiv_stop_execution" => Ok(Box::new(workflows::Stop)),
        "wiv_cases_filters" => Ok(Box::new(cases::Filters)),
        "wiv_get_space" => Ok(Box::new(spaces::Space)),
        "wiv_get_folder" => Ok(Box::new(spaces::Folder)),
        "wiv_create_records" => Ok(Box::new(datastores::Create)),
        "wiv_update_record" => Ok(Box::new(datastores::Update)),
        "wiv_delete_record" => Ok(Box::new(datastores::Delete)),
        "wiv_create_customer" => Ok(Box::new(onboarding::Customer)),
        "wiv_make_link" => Ok(Box::new(onboarding::Link)),
        "wiv_create_integration" => Ok(Box::new(onboarding::Integration)),
        "wiv_invite_users" => Ok(Box::new(onboarding::Users)),
        "wiv_cases_summary" => of_list(given, |it| Box::new(cases::Summary(it))),
        "wiv_cases_filter_values" => of_list(given, |it| Box::new(cases::FilterValues(it))),
        "wiv_cases_types" => of_list(given, |it| Box::new(cases::Types(it))),
        "wiv_cases_query" => of_list(given, |it| Box::new(cases::Query(it))),
        "wiv_query_records" => of_list(given, |it| Box::new(datastores::Query(it))),
        _ => return None,
    })
}

/// A behaviour that begins with the records of a list.
fn of_list(
    given: Value,
    make: fn(List) -> Box<dyn Behaviour>,
) -> Result<Box<dyn Behaviour>, String> {
    options::<List>(given)?.checked().map(make)
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
        "wiv_spaces" => Some(spaces::spaces),
        "wiv_resources" => Some(spaces::resources),
        "wiv_folders" => Some(spaces::folders),
        "wiv_datastores" => Some(|store| without(store.records("datastores"), &["columns"])),
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
