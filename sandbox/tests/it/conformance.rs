//! Every read of every vendor answers what the spec says, whatever the seed; and another seed answers other records.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::client::Client;

const VENDORS: [&str; 3] = ["wiwink", "connectwise_psa", "wiv"];

/// Reads that are told in a path which no list is at: where the list stands, and the property with the name.
fn list_before(path: &str) -> (String, &'static str) {
    match path {
        "/v2/cases/filters" | "/v2/cases/msp/filters" => ("/v2/cases/filters".to_owned(), "name"),
        // One that has a document, and signers.
        "/signatures" => (format!("{path}?status=sent"), "id"),
        "/spaces" => (path.to_owned(), "space_id"),
        "/folders" => (path.to_owned(), "folder_id"),
        "/datastores" => (path.to_owned(), "datastore_id"),
        "/workflows" => (path.to_owned(), "workflow_id"),
        "/executions" => (path.to_owned(), "execution_id"),
        _ => (path.to_owned(), "id"),
    }
}

/// A path with every parameter taken from the list before it.
fn filled(client: &Client, template: &str) -> String {
    let mut path = String::new();
    for step in template.split('/').skip(1) {
        if step.starts_with('{') {
            let (list, property) = list_before(&path);
            let answer = client.get(&list).with(200);
            let id = &answer.first()[property];
            path = format!(
                "{path}/{}",
                id.as_str().map_or_else(|| id.to_string(), str::to_owned)
            );
        } else {
            path = format!("{path}/{step}");
        }
    }
    path
}

#[test]
fn every_read_answers_what_the_spec_says() {
    for vendor in VENDORS {
        for seed in [1, 2, 20_26] {
            let client = Client::start(vendor, seed, &[]);
            for endpoint in client.description["api"]["endpoints"].as_array().unwrap() {
                if endpoint["method"] == "GET" {
                    client
                        .get(&filled(&client, endpoint["path"].as_str().unwrap()))
                        .with(200);
                }
            }
        }
    }
}

#[test]
fn every_operation_has_a_behaviour() {
    for vendor in VENDORS {
        let description: Value = serde_json::from_str(&crate::client::description(vendor)).unwrap();
        let operations = &description["sandbox"]["operations"];
        for endpoint in description["api"]["endpoints"].as_array().unwrap() {
            let operation = endpoint["operation"].as_str().unwrap();
            assert!(
                !operations[operation].is_null(),
                "{vendor}: sandbox.yaml has no behaviour for `{operation}`"
            );
        }
    }
}

#[test]
fn another_seed_changes_every_id_and_name() {
    for (vendor, lists) in [
        (
            "wiwink",
            &[
                "/customers",
                "/installers",
                "/works",
                "/statuses",
                "/products",
            ][..],
        ),
        (
            "connectwise_psa",
            &[
                "/company/companies",
                "/system/members",
                "/service/boards",
                "/service/tickets",
            ],
        ),
        ("wiv", &["/workflows", "/executions", "/v2/cases"]),
    ] {
        let (one, other) = (Client::start(vendor, 1, &[]), Client::start(vendor, 2, &[]));
        for list in lists {
            let ids = |client: &Client| -> BTreeSet<String> {
                let answer = client.get(list).with(200);
                let key = ["id", "workflow_id", "execution_id", "case_id"]
                    .into_iter()
                    .find(|key| answer.first().get(key).is_some());
                answer
                    .records()
                    .iter()
                    .map(|record| record[key.unwrap()].to_string())
                    .collect()
            };
            assert_ne!(ids(&one), ids(&other), "{vendor}: {list}");
        }
        assert_ne!(
            one.running.credentials, other.running.credentials,
            "{vendor}"
        );
    }
}

#[test]
fn the_same_seed_makes_the_same_records() {
    let (one, other) = (
        Client::start("wiwink", 7, &[]),
        Client::start("wiwink", 7, &[]),
    );
    let names = |client: &Client| {
        client.get("/customers").body["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["name"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&one), names(&other));
}
