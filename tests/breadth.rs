//! How much of the ConnectWise PSA API is covered, and that each tool of it says something of its own.

use std::{collections::BTreeMap, fs};

use acceptance::root;
use serde_json::Value;

/// The modules of the API that have tools, by the first step of their paths, and how many tools at least.
const MODULES: [(&str, usize); 10] = [
    ("service", 30),
    ("project", 25),
    ("company", 35),
    ("sales", 15),
    ("time", 10),
    ("expense", 5),
    ("finance", 15),
    ("procurement", 15),
    ("schedule", 8),
    ("system", 5),
];

/// Every documentation record, with its resource's tags.
fn records() -> Vec<(String, Value)> {
    let path = root().join("specs/connectwise_psa/docs.yaml");
    let text = fs::read_to_string(path).expect("the docs are there");
    let docs: Value = serde_yaml::from_str(&text).expect("YAML");
    let resources = docs["resources"].as_object().expect("resources");
    let all = resources.iter().flat_map(|(plural, resource)| {
        let methods = resource["methods"].as_object().expect("methods");
        methods.iter().map(move |(method, record)| {
            let mut record = record.clone();
            if record["tags"].is_null() {
                record["tags"] = resource["tags"].clone();
            }
            (format!("{plural}.{method}"), record)
        })
    });
    all.collect()
}

fn operation(record: &Value) -> &str {
    record["operation"].as_str().unwrap_or_default()
}

#[test]
fn the_operations_are_as_many_as_promised() {
    let records = records();
    let operations: Vec<&str> = records
        .iter()
        .map(|(_, record)| operation(record))
        .filter(|it| !it.is_empty())
        .collect();
    let counted = |is: &dyn Fn(&str) -> bool| operations.iter().filter(|it| is(it)).count();
    assert!(operations.len() >= 180, "{} operations", operations.len());
    let numbers = counted(&|it| it.ends_with("/count") || it.ends_with("/info"));
    assert!(numbers <= 15, "{numbers} are /count or /info");
    let writes = records.iter().filter(|(_, it)| it["effect"] != "read");
    let writes = writes.count();
    assert!(writes >= 60, "{writes} writes");
    for (module, least) in MODULES {
        let of_module = counted(&|it| it.split('/').nth(1) == Some(module));
        assert!(of_module >= least, "{of_module} of {module}, not {least}");
    }
}

#[test]
fn each_record_says_something_of_its_own() {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for (name, record) in records() {
        for key in ["title", "description"] {
            let text = record[key].as_str().unwrap_or_default().to_lowercase();
            let words: Vec<&str> = text.split_whitespace().collect();
            assert!(!words.is_empty(), "{name} has no {key}");
            if let Some(other) = said.insert(words.join(" "), name.clone()) {
                assert_eq!(other, name, "{name} and {other} have the same {key}");
            }
        }
        let tags = record["tags"].as_array();
        assert!(tags.is_some_and(|it| !it.is_empty()), "{name} has no tag");
    }
}
