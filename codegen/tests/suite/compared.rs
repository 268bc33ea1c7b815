//! Each rule of `cargo xtask diff`: an edit of the specs, and exactly the changes that it is told as.

mod edits;
mod together;

use std::{collections::BTreeSet, fs};

use codegen::{
    compare::{Class, RULES, compare},
    generate,
    plan::VendorPlan,
};

use self::{
    edits::EDITS,
    together::{BACKWARDS, TOGETHER},
};
use crate::case;

fn base() -> String {
    fs::read_to_string(case::folder("compared").join("base.yaml")).unwrap()
}

fn plan(text: &str) -> VendorPlan {
    let generated = generate(&case::sources(text), None);
    let told: Vec<String> = generated
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    generated
        .plan
        .unwrap_or_else(|| panic!("{}", told.join("\n")))
}

fn edited(edits: &[(&str, &str)]) -> VendorPlan {
    let mut text = base();
    for (from, to) in edits {
        assert!(text.contains(from), "base.yaml has no {from}");
        text = text.replacen(from, to, 1);
    }
    plan(&text)
}

fn class(rule: &str) -> Class {
    let found = RULES.iter().find(|it| it.name == rule);
    found
        .unwrap_or_else(|| panic!("there is no rule {rule}"))
        .class
}

#[test]
fn each_edit_is_told_as_exactly_its_change() {
    let base = plan(&base());
    let mut wrong = Vec::new();
    for (rule, from, to, places) in EDITS {
        let changes = compare(Some(&base), Some(&edited(&[(from, to)])));
        let found: Vec<_> = changes
            .iter()
            .map(|it| (it.rule, it.class, it.subject.as_str(), it.at.as_str()))
            .collect();
        let expected: Vec<_> = places
            .iter()
            .map(|(subject, at)| (*rule, class(rule), *subject, *at))
            .collect();
        if found != expected {
            wrong.push(format!(
                "{from}\n→ {to}\n  expected {expected:?}\n  found {changes:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn edits_that_need_another_are_told_too_and_backwards() {
    let base = plan(&base());
    let pairs = EDITS
        .iter()
        .map(|(rule, from, to, _)| (*rule, vec![(*from, *to)]));
    let all = pairs.chain(TOGETHER.iter().map(|(rule, edits)| (*rule, edits.to_vec())));
    for (rule, edits) in all {
        let edited = edited(&edits);
        let told = compare(Some(&base), Some(&edited));
        assert!(told.iter().any(|it| it.rule == rule), "{rule}: {told:#?}");
        for (_, back) in BACKWARDS.iter().filter(|(it, _)| *it == rule) {
            let told = compare(Some(&edited), Some(&base));
            assert!(told.iter().any(|it| it.rule == *back), "{back}: {told:#?}");
        }
        assert!(compare(Some(&edited), Some(&edited)).is_empty());
    }
}

/// Rules of a whole vendor, which is there on one side alone.
const WHOLE: [&str; 2] = ["vendor-added", "vendor-removed"];

#[test]
fn a_vendor_that_is_new_or_gone_is_told() {
    let base = plan(&base());
    let sides = [(None, Some(&base)), (Some(&base), None)];
    for (rule, (before, after)) in WHOLE.into_iter().zip(sides) {
        let told = compare(before, after);
        let found: Vec<_> = told.iter().map(|it| (it.rule, it.class)).collect();
        assert_eq!(found, [(rule, class(rule))], "{told:#?}");
    }
}

#[test]
fn every_rule_has_an_edit() {
    let forth = EDITS
        .iter()
        .map(|it| it.0)
        .chain(TOGETHER.iter().map(|it| it.0));
    let known = forth.chain(BACKWARDS.iter().map(|it| it.1)).chain(WHOLE);
    let known: BTreeSet<&str> = known.collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|it| it.name).collect();
    assert_eq!(known, rules);
    assert!(EDITS.len() >= 25);
}
