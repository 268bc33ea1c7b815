//! Against the vendor's own document, where it is at hand: no write of the whole API asks for what the vendor computes, every
//! length that it tells in prose is checked, and every reference is one bare value.

use std::{collections::BTreeMap, fs};

use acceptance::{root, skipped};
use codegen::{
    FileTree, Source, Sources,
    plan::{Encoding, VendorPlan},
};
use serde_json::Value;

const DOCUMENT: &str = "../shared/real/connectwise-psa-2025.8.openapi.json";

/// Words of our own on what a caller never gives, whatever vendor.yaml says.
const COMPUTED: [&str; 8] = [
    "id",
    "enteredBy",
    "dateEntered",
    "createdBy",
    "dateCreated",
    "updatedBy",
    "lastUpdated",
    "connectWiseId",
];

/// The server of the whole API, its plan, and the vendor's document.
fn whole() -> Option<(FileTree, VendorPlan, Value)> {
    let Ok(text) = fs::read_to_string(root().join(DOCUMENT)) else {
        skipped(&format!(
            "{DOCUMENT} is not here, so nothing was generated from it"
        ));
        return None;
    };
    let behaviour = root().join("specs/connectwise_psa/vendor.yaml");
    let document = serde_json::from_str(&text).expect("the document is JSON");
    let sources = Sources {
        vendor: "connectwise_psa".to_owned(),
        openapi: Source {
            path: "api.json".to_owned(),
            text,
        },
        behaviour: Source {
            path: "vendor.yaml".to_owned(),
            text: fs::read_to_string(behaviour).expect("vendor.yaml is there"),
        },
        ..Sources::default()
    };
    let generated = codegen::generate(&sources, Some("runtime"));
    assert!(!generated.has_errors(), "{:#?}", generated.diagnostics);
    let plan = generated.plan.expect("without errors there is a plan");
    Some((generated.tree, plan, document))
}

/// The listings of tools that write, by name.
fn writes(tree: &FileTree) -> BTreeMap<String, Value> {
    let listings = tree.files().filter(|(path, _)| path.contains("schemas/"));
    let listings =
        listings.map(|(_, text)| serde_json::from_str::<Value>(text).expect("a listing"));
    let writes = listings.filter(|it| it["annotations"]["readOnlyHint"] == false);
    writes
        .map(|it| (it["name"].as_str().expect("a name").to_owned(), it))
        .collect()
}

/// Every object schema below a schema, itself included, by its properties.
fn objects<'a>(schema: &'a Value, found: &mut Vec<&'a serde_json::Map<String, Value>>) {
    match schema {
        Value::Object(object) => {
            found.extend(object.get("properties").and_then(Value::as_object));
            object.values().for_each(|it| objects(it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| objects(it, found)),
        _ => {}
    }
}

#[test]
fn no_write_of_the_whole_api_asks_for_what_the_vendor_computes() {
    let Some((tree, plan, _)) = whole() else {
        return;
    };
    let mut wrong = Vec::new();
    for tool in &plan.tools {
        for input in &tool.inputs {
            let is_of_body = matches!(input.encoding, Encoding::Body | Encoding::Replace);
            if is_of_body && COMPUTED.contains(&input.wire.as_str()) {
                wrong.push(format!("{} asks for {}", tool.name, input.wire));
            }
        }
    }
    let writes = writes(&tree);
    assert!(writes.len() > 1_000, "only {} tools write", writes.len());
    for (name, listing) in &writes {
        let mut all = Vec::new();
        objects(&listing["inputSchema"], &mut all);
        let computed = ["_info", "connectWiseId"];
        if all
            .iter()
            .any(|it| computed.iter().any(|name| it.contains_key(*name)))
        {
            wrong.push(format!("{name} asks for metadata"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn lengths_told_in_prose_are_checked_and_references_are_bare() {
    let Some((tree, _, document)) = whole() else {
        return;
    };
    let writes = writes(&tree);
    let all: Vec<String> = writes.values().map(Value::to_string).collect();
    for words in ["Max length", "Required On Updates", "Required Reference"] {
        let told = all.iter().filter(|it| it.contains(words)).count();
        assert_eq!(told, 0, "{words:?} is left in prose");
    }
    // A length of the document, found by hand, stands in schema and reader of each write.
    let told =
        document["components"]["schemas"]["Company"]["properties"]["name"]["description"].as_str();
    let length: String = told
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let length: u64 = length.parse().expect("the vendor tells a length");
    for tool in [
        "create_a_connect_wise_psa_company_companies",
        "replace_a_connect_wise_psa_company_company_by_id",
    ] {
        let name = &writes[tool]["inputSchema"]["properties"]["name"];
        assert_eq!(name["maxLength"], length, "{tool}: {name}");
    }
    let reader = tree
        .files()
        .find(|(path, _)| path.ends_with("src/company_companies.rs"));
    let (_, reader) = reader.expect("a module of companies");
    assert!(reader.contains(&format!("\"name\", &[Limit::MaxLength({length})]")));
    // What the vendor requires where the whole record is sent anew is required there alone.
    let severity = |tool: &str| {
        let required = writes[tool]["inputSchema"]["required"].as_array().cloned();
        required.unwrap_or_default().contains(&"severity".into())
    };
    assert!(severity("replace_a_connect_wise_psa_service_ticket_by_id"));
    assert!(!severity("create_a_connect_wise_psa_service_tickets"));

    let ticket =
        &writes["update_a_connect_wise_psa_service_ticket_by_id"]["inputSchema"]["properties"];
    for (reference, text) in [("board", true), ("company", true), ("agreement", true)] {
        let branches = ticket[reference]["anyOf"].as_array().map_or(0, Vec::len);
        assert_eq!(branches == 2, text, "{reference}: {}", ticket[reference]);
    }
}
