//! Each rule of `cargo xtask lint`: an edit of specs of which nothing is found, and exactly what is then found.

mod edits;

use std::{collections::BTreeSet, fs};

use codegen::{
    lint,
    lint::{Finding, RULES},
};

use self::edits::{EDITS, OF_DERIVED_TOOLS};
use crate::{case, shipped};

fn base() -> String {
    fs::read_to_string(case::folder("linted").join("base.yaml")).unwrap()
}

fn edited(edits: &[(&str, &str)]) -> String {
    let mut text = base();
    for (from, to) in edits {
        assert!(text.contains(from), "base.yaml has no {from}");
        text = text.replacen(from, to, 1);
    }
    text
}

fn found(text: &str) -> Vec<Finding> {
    let linted = lint(&case::sources(text));
    let mistakes: Vec<String> = linted.mistakes.iter().map(ToString::to_string).collect();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    linted.findings
}

/// The rule, the tools, and what of them.
type Told = (&'static str, Vec<String>, String);

fn told(findings: &[Finding]) -> Vec<Told> {
    let told = |it: &Finding| (it.diagnostic.code, it.tools.clone(), it.at.clone());
    findings.iter().map(told).collect()
}

#[test]
fn nothing_is_found_of_the_base() {
    assert_eq!(told(&found(&base())), []);
}

#[test]
fn each_edit_is_found_as_exactly_its_rule() {
    let mut wrong = Vec::new();
    for (code, edits, expected) in EDITS {
        let findings = found(&edited(edits));
        let expected: Vec<Told> = expected
            .iter()
            .map(|(tools, at)| {
                let tools = tools.iter().map(|it| (*it).to_owned()).collect();
                (*code, tools, (*at).to_owned())
            })
            .collect();
        if told(&findings) != expected {
            wrong.push(format!(
                "{edits:?}\n  expected {expected:?}\n  found {findings:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_found_says_where_and_what_to_do() {
    for (code, edits, _) in EDITS {
        for Finding { diagnostic: it, .. } in found(&edited(edits)) {
            let rule = RULES.iter().find(|it| it.code == *code).unwrap();
            assert!(it.line > 1 && it.column > 0, "{code}: {it}");
            assert!(it.place.file.starts_with("specs/acme/"), "{code}: {it}");
            assert_eq!(
                (it.severity, it.remedy.as_str()),
                (rule.severity, rule.remedy)
            );
        }
    }
    // In the record, in the vendor's document, and in vendor.yaml.
    for (code, place) in [
        (
            "description-short",
            "specs/acme/docs.yaml:59:9 /resources/things/methods/get",
        ),
        (
            "enum-too-long",
            "specs/acme/openapi.yaml:10:13 /paths/~1things/get/parameters/2",
        ),
        ("tag-of-all", "specs/acme/vendor.yaml:71:10 /tags/things"),
    ] {
        let (_, edits, _) = EDITS.iter().find(|it| it.0 == code).unwrap();
        let said = found(&edited(edits))[0].diagnostic.to_string();
        assert!(said.contains(&format!("--> {place}\n")), "{said}");
    }
}

#[test]
fn what_is_allowed_is_not_found_and_the_allowance_is_of_use() {
    let silent = EDITS.iter().filter(|it| it.0 != "allow-unused");
    for (code, edits, expected) in silent {
        let (tools, at) = expected[0];
        let mut keys = vec!["*".to_owned()];
        keys.extend(tools.first().map(|it| (*it).to_owned()));
        if !at.is_empty() {
            keys.push(at.to_owned());
            keys.extend(tools.first().map(|it| format!("{it}/{at}")));
        }
        for key in keys {
            let allow = format!("allow: {{{code}: {{\"{key}\": It is meant to be so.}}}}");
            let text = edited(edits).replacen("allow: {}", &allow, 1);
            assert_eq!(told(&found(&text)), [], "{allow}");
        }
    }
}

#[test]
fn a_tool_that_nobody_described_lacks_an_example() {
    let findings = found(&format!("{}documentation: openapi\n", base()));
    let codes: BTreeSet<&str> = findings.iter().map(|it| it.diagnostic.code).collect();
    assert_eq!(codes, [OF_DERIVED_TOOLS].into(), "{findings:#?}");
    assert_eq!(findings.len(), 8, "{findings:#?}");
}

#[test]
fn every_rule_has_an_edit() {
    let known: BTreeSet<&str> = EDITS
        .iter()
        .map(|it| it.0)
        .chain([OF_DERIVED_TOOLS])
        .collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|it| it.code).collect();
    assert_eq!(known, rules);
}

#[test]
fn specs_with_mistakes_are_not_judged() {
    let linted = lint(&case::sources(&edited(&[("GET /boxes,", "GET /crates,")])));
    assert!(linted.findings.is_empty() && linted.cost.is_none());
    let codes: Vec<&str> = linted.mistakes.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["unknown-operation"]);
}

/// Whether what CI denies is found at all, and whether the measure of likeness is of use, is a matter of real specs.
#[test]
fn nothing_is_found_of_the_shipped_vendors() {
    for vendor in shipped::vendors() {
        let linted = lint(&shipped::sources(&vendor));
        assert_eq!(told(&linted.findings), [], "{vendor}");
    }
}
