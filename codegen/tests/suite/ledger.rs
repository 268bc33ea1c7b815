//! Every operation is accounted for: operations = tools + left out + refused, and only the gate leaves one out.

use std::collections::BTreeSet;

use codegen::{Sources, gate::Outcome, generate};

use crate::{
    case,
    shipped::{self, File},
};

#[test]
fn operations_are_tools_and_left_out_and_refused() {
    let shipped = shipped::vendors()
        .into_iter()
        .map(|it| shipped::sources(&it));
    let refused = case::names("refused", "yaml").into_iter();
    let cases = refused.map(|it| case::read("refused", &it));
    for sources in shipped.chain(cases) {
        assert_adds_up(&sources);
    }
}

#[test]
fn a_record_less_is_an_operation_left_out() {
    for vendor in shipped::vendors() {
        let mut sources = shipped::sources(&vendor);
        sources.docs = None;
        let derived = generate(&sources, None);
        if let Some(plan) = &derived.plan {
            let (_, left_out, _) = plan.ledger.counts();
            assert_eq!(
                left_out, 0,
                "{vendor}: without docs.yaml nothing is left out"
            );
        }
    }
}

fn assert_adds_up(sources: &Sources) {
    let generated = generate(sources, None);
    let Some(plan) = &generated.plan else { return };
    let (tools, left_out, refused) = plan.ledger.counts();
    assert_eq!(plan.ledger.rows.len(), tools + left_out + refused);
    let of_operations = plan.tools.iter().filter(|it| !it.is_composite());
    assert_eq!(of_operations.count(), tools);

    let listed: BTreeSet<&str> = plan.tools.iter().map(|it| it.name.as_str()).collect();
    for (key, row) in &plan.ledger.rows {
        match &row.outcome {
            Outcome::Tool(name) => assert!(listed.contains(name.as_str()), "{key}"),
            Outcome::Refused(flaws) => assert!(!flaws.is_empty(), "{key}"),
            Outcome::Used(by) => {
                let is_listed = |it: &String| listed.contains(it.as_str());
                assert!(!by.is_empty() && by.iter().all(is_listed), "{key}");
            }
            Outcome::LeftOut => {}
        }
    }
    // The document itself says how many operations there are.
    let verbs = ["get", "post", "put", "patch", "delete"];
    let document = File::Openapi.value(sources);
    let items = document["paths"].as_object().into_iter().flatten();
    let operations: usize = items
        .map(|(_, item)| verbs.iter().filter(|it| !item[**it].is_null()).count())
        .sum();
    assert_eq!(operations, plan.ledger.rows.len(), "{}", sources.vendor);
}
