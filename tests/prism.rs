//! Prism, which judges requests by the vendor's document, accepts what every example of every record sends.

use acceptance::{Prism, Sandbox, Session, VENDORS, Vendor};
use serde_json::Value;

/// How Prism marks an answer of its own.
const MARK: &str = "stoplight.io/prism";

#[test]
fn every_example_of_every_record_is_a_request_that_the_document_allows() {
    for vendor in VENDORS {
        let sandbox = Sandbox::start(&vendor, &[]);
        let Some(prism) = Prism::start(&vendor.document(), &sandbox.base_url) else {
            return;
        };
        let mut session = Session::over(sandbox.server(&vendor, &prism.url));
        let mut wrong = Vec::new();
        for (tool, arguments) in examples(&vendor) {
            // The ids of an example are made up: that the sandbox has no such record is no matter here.
            let outcome = session.call(&tool, arguments.clone());
            if outcome.json.to_string().contains(MARK) {
                wrong.push(format!("{tool} {arguments}: {:#}", outcome.json));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Each tool with the arguments of each of its examples.
fn examples(vendor: &Vendor) -> Vec<(String, Value)> {
    let examples = vendor.plan().tools.into_iter().flat_map(|tool| {
        let name = tool.name;
        let arguments = tool.examples.into_iter().map(|it| it.arguments);
        arguments.map(move |arguments| (name.clone(), arguments))
    });
    examples.collect()
}
