//! What no write asks a caller for: ids of records to be made, metadata, and what the vendor computes.

use codegen::{
    generate,
    plan::{
        Encoding, VendorPlan,
        schema::listing,
        types::{Content, RustType},
    },
};
use serde_json::Value;

use crate::shipped;

/// Tools whose body must hold an id, and why.
const MEANT: [(&str, &str); 1] = [(
    "attach_a_connect_wise_psa_configuration_to_a_ticket",
    "the id is that of the configuration, which exists already",
)];

#[test]
fn no_write_asks_for_what_the_vendor_computes() {
    for vendor in shipped::vendors() {
        let generated = generate(&shipped::sources(&vendor), None);
        let plan = generated.plan.expect("a shipped vendor generates");
        let wrong = asked(&plan);
        assert!(wrong.is_empty(), "{vendor}: {}", wrong.join("\n"));
    }
}

/// A body that has every kind of such property, in documentation mode, where nothing is marked as read-only.
#[test]
fn what_vendor_yaml_calls_computed_is_asked_for_nowhere() {
    let plan = generate(&crate::case::read("golden", "prose"), None)
        .plan
        .expect("a plan");
    let schemas: Vec<_> = plan
        .tools
        .iter()
        .map(|it| listing(it, &plan.types).to_string())
        .collect();
    assert!(
        schemas.iter().all(|it| !it.contains("entered_by")),
        "{schemas:#?}"
    );
    assert!(
        schemas.iter().any(|it| it.contains("made_by")),
        "{schemas:#?}"
    );
}

/// Inputs of bodies, and properties within them, that should not be there.
fn asked(plan: &VendorPlan) -> Vec<String> {
    let mut wrong = Vec::new();
    for tool in &plan.tools {
        for input in &tool.inputs {
            let is_of_body = matches!(input.encoding, Encoding::Body | Encoding::Replace);
            let is_id = input.wire == "id" || plan.docs.computed.contains(&input.wire);
            let is_meant = MEANT.iter().any(|(name, _)| *name == tool.name);
            if is_of_body && is_id && !is_meant {
                wrong.push(format!("{} asks for {}", tool.name, input.wire));
            }
        }
        let schema = &listing(tool, &plan.types)["inputSchema"];
        for name in &plan.docs.metadata {
            if has_property(schema, name) {
                wrong.push(format!("{} asks for {name}", tool.name));
            }
        }
    }
    wrong
}

fn has_property(schema: &Value, name: &str) -> bool {
    match schema {
        Value::Object(object) => {
            let own = object.get("properties").and_then(|it| it.get(name));
            own.is_some() || object.values().any(|it| has_property(it, name))
        }
        Value::Array(items) => items.iter().any(|it| has_property(it, name)),
        _ => false,
    }
}

/// A reference takes one bare value: an object of an id and a name could contradict itself.
#[test]
fn a_reference_is_one_bare_value() {
    let plan = generate(&shipped::sources("connectwise_psa"), None)
        .plan
        .expect("a plan");
    let ticket = plan
        .tools
        .iter()
        .find(|it| it.name == "update_a_connect_wise_psa_ticket_by_id");
    let board = ticket.and_then(|it| it.inputs.iter().find(|it| it.wire == "board"));
    let RustType::Named(id) = board.expect("a board").ty else {
        panic!("a board is of a type of its own")
    };
    assert!(matches!(plan.types[id].content, Content::Reference(_)));
    let references = plan
        .types
        .iter()
        .filter(|it| it.name.ends_with("Reference"));
    assert_eq!(
        references.count(),
        0,
        "no component of a reference is left as an object"
    );
}
