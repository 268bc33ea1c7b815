//! Each rule of `cargo xtask diff`: an edit of the specs, and exactly the changes that it is told as.

use std::{collections::BTreeSet, fs};

use codegen::{
    compare::{Class, RULES, compare},
    generate,
    plan::VendorPlan,
};

use crate::case;

/// A rule, what of the specs is replaced by what, and where the change is told: subject, and what of it.
type Edit = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// A series of edits, at least one for each rule; each changes one thing.
const EDITS: &[Edit] = &[
    (
        "tool-added",
        "        copy: {operation",
        "        duplicate: {operation: \"POST /things/{id}/duplicate\", title: Duplicate it, description: Duplicate a thing., effect: write, examples: [{summary: An example, arguments: {id: 7}}]}\n        copy: {operation",
        &[("duplicate_a_acme_thing", "")],
    ),
    (
        "tool-removed",
        "        delete: {operation: \"DELETE /things/{id}\", title: Delete a thing, description: Delete a thing of a test., effect: destroy, examples: [{summary: An example, arguments: {id: 7}}]}\n",
        "",
        &[("delete_a_acme_thing_by_id", "")],
    ),
    (
        "tool-renamed",
        "effect: destroy, examples",
        "effect: destroy, tool: acme_drop, examples",
        &[("acme_drop", "")],
    ),
    (
        "tool-renamed-with-alias",
        "effect: destroy, examples",
        "effect: destroy, tool: acme_drop, aliases: [delete_a_acme_thing_by_id], examples",
        &[("acme_drop", "")],
    ),
    (
        "alias-added",
        "aliases: [read_a_acme_thing]",
        "aliases: [read_a_acme_thing, see_a_acme_thing]",
        &[("get_single_acme_thing_by_id", "")],
    ),
    (
        "alias-dropped",
        "aliases: [read_a_acme_thing], ",
        "",
        &[("get_single_acme_thing_by_id", "")],
    ),
    (
        "input-added",
        "note: {type: string",
        "more: {type: boolean, description: More.}, note: {type: string",
        &[("create_a_acme_thing", "more")],
    ),
    (
        "input-added",
        "city: {type: string",
        "zip: {type: string, description: Zip code.}, city: {type: string",
        &[("create_a_acme_thing", "place/zip")],
    ),
    (
        "input-removed",
        ", city: {type: string, description: City.}",
        "",
        &[("create_a_acme_thing", "place/city")],
    ),
    (
        "input-renamed",
        "fixed: {shape: flat}",
        "inputs: {colour: {rename: color}, name: {}, size: {}, tags: {}}, fixed: {shape: flat}",
        &[("list_all_acme_things", "color")],
    ),
    (
        "input-required",
        "required: [name]",
        "required: [name, note]",
        &[("create_a_acme_thing", "note")],
    ),
    (
        "input-optional",
        "{type: object, required: [name], properties",
        "{type: object, properties",
        &[("create_a_acme_thing", "name")],
    ),
    (
        "input-retyped",
        "description: Only of this size., schema: {type: integer}",
        "description: Only of this size., schema: {type: string}",
        &[("list_all_acme_things", "size")],
    ),
    (
        "input-widened",
        "description: Only of this size., schema: {type: integer}",
        "description: Only of this size., schema: {type: number}",
        &[("list_all_acme_things", "size")],
    ),
    (
        "enum-gained",
        "enum: [red, green]",
        "enum: [red, green, blue]",
        &[("list_all_acme_things", "colour")],
    ),
    (
        "enum-lost",
        "enum: [red, green]",
        "enum: [red]",
        &[("list_all_acme_things", "colour")],
    ),
    (
        "limit-tightened",
        "maxLength: 20",
        "maxLength: 10",
        &[("list_all_acme_things", "name")],
    ),
    (
        "limit-loosened",
        "maxLength: 20",
        "maxLength: 30",
        &[("list_all_acme_things", "name")],
    ),
    (
        "encoding-changed",
        "style: form, explode: true",
        "style: form, explode: false",
        &[("list_all_acme_things", "tags")],
    ),
    (
        "constant-changed",
        "fixed: {shape: flat}",
        "fixed: {shape: deep}",
        &[("list_all_acme_things", "constants")],
    ),
    (
        "endpoint-changed",
        "operation: \"POST /things/{id}/copy\"",
        "operation: \"POST /things/{id}/duplicate\"",
        &[("copy_a_acme_thing", "")],
    ),
    (
        "answer-changed",
        "title: List things",
        "paging: other, title: List things",
        &[("list_all_acme_things", "answer")],
    ),
    (
        "effect-graver",
        "description: List things of a test., effect: read",
        "description: List things of a test., effect: write",
        &[("list_all_acme_things", "effect")],
    ),
    (
        "effect-milder",
        "effect: destroy",
        "effect: write",
        &[("delete_a_acme_thing_by_id", "effect")],
    ),
    (
        "idempotent-lost",
        "effect: destroy",
        "effect: destroy, idempotent: false",
        &[("delete_a_acme_thing_by_id", "idempotent")],
    ),
    (
        "idempotent-gained",
        "title: Copy a thing, description: Copy a thing of a test., effect: write",
        "title: Copy a thing, description: Copy a thing of a test., effect: write, idempotent: true",
        &[("copy_a_acme_thing", "idempotent")],
    ),
    (
        "check-changed",
        "is: [whole]",
        "is: [whole, mended]",
        &[("copy_a_acme_thing", "check")],
    ),
    (
        "operation-gated",
        "      delete:\n",
        "      delete:\n        servers: [{url: \"https://other.example\"}]\n",
        &[("delete_a_acme_thing_by_id", "")],
    ),
    (
        "operation-appeared",
        "    /refused:\n",
        "    /new:\n      get:\n        responses: {\"204\": {description: Nothing.}}\n    /refused:\n",
        &[("GET /new", "")],
    ),
    (
        "operation-gone",
        "    /refused:\n      get:\n        responses: {\"200\": {description: Something in XML., content: {application/xml: {schema: {type: string}}}}}\n",
        "",
        &[("GET /refused", "")],
    ),
    (
        "prompt-added",
        "    - {name: greet",
        "    - {name: leave, title: Leave, description: Say goodbye., text: Goodbye.}\n    - {name: greet",
        &[("leave", "")],
    ),
    (
        "prompt-argument-required",
        "{name: how, description: How.}",
        "{name: how, description: How., required: true}",
        &[("greet", "how")],
    ),
    (
        "prompt-argument-added",
        "{name: who, description: Whom., required: true}",
        "{name: who, description: Whom.}",
        &[("greet", "who")],
    ),
    (
        "setting-changed",
        "  tags: {things: Things of a test.}\n",
        "  tags: {things: Things of a test.}\n  base_url: {variable: ACME_URL}\n",
        &[("the base URL", "")],
    ),
    (
        "title-changed",
        "title: List things",
        "title: List all things",
        &[("list_all_acme_things", "title")],
    ),
    (
        "description-changed",
        "description: Only of this size.",
        "description: Only of exactly this size.",
        &[("list_all_acme_things", "size")],
    ),
    (
        "description-changed",
        "description: List things of a test.",
        "description: List all things of a test.",
        &[("list_all_acme_things", "")],
    ),
    (
        "example-changed",
        "arguments: {name: Box, ",
        "arguments: {name: Crate, ",
        &[("create_a_acme_thing", "examples")],
    ),
    (
        "guidance-changed",
        "say: It is there already.",
        "say: Look for it.",
        &[("create_a_acme_thing", "guidance")],
    ),
];

/// Edits that cannot come alone: a prompt's text goes with its arguments, a tag with its vocabulary, a credential with the
/// header that it opens.
const TOGETHER: &[(&str, &[(&str, &str)])] = &[
    (
        "input-added-required",
        &[
            ("required: [name]", "required: [name, more]"),
            (
                "note: {type: string",
                "more: {type: boolean, description: More.}, note: {type: string",
            ),
            (
                "arguments: {name: Box, ",
                "arguments: {name: Box, more: true, ",
            ),
        ],
    ),
    (
        "prompt-removed",
        &[(
            "    - {name: greet, title: Greet, description: Say hello., arguments: [{name: who, description: Whom., required: true}, {name: how, description: How.}], text: \"Greet {who}, {how}.\"}",
            "    []",
        )],
    ),
    (
        "prompt-argument-removed",
        &[(", {name: how, description: How.}", ""), (", {how}.", ".")],
    ),
    (
        "tag-added",
        &[
            (
                "tags: {things: Things of a test.}",
                "tags: {things: Things of a test., boxes: Boxes.}",
            ),
            ("title: Copy a thing", "tags: [boxes], title: Copy a thing"),
        ],
    ),
    (
        "setting-added",
        &[(
            "  tags: {things: Things of a test.}\n",
            "  tags: {things: Things of a test.}\n  credentials: [{name: token, variable: ACME_TOKEN, secret: true, description: The token of a test.}, {name: site, variable: ACME_SITE, secret: false, description: The site.}]\n",
        )],
    ),
];

/// Rules that an edit read backwards is told as.
const BACKWARDS: &[(&str, &str)] = &[
    ("operation-gated", "operation-admitted"),
    ("tag-added", "tag-removed"),
    ("setting-added", "setting-removed"),
];

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
        let changes = compare(&base, &edited(&[(from, to)]));
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
        let told = compare(&base, &edited);
        assert!(told.iter().any(|it| it.rule == rule), "{rule}: {told:#?}");
        for (_, back) in BACKWARDS.iter().filter(|(it, _)| *it == rule) {
            let told = compare(&edited, &base);
            assert!(told.iter().any(|it| it.rule == *back), "{back}: {told:#?}");
        }
        assert!(compare(&edited, &edited).is_empty());
    }
}

#[test]
fn every_rule_has_an_edit() {
    let forth = EDITS
        .iter()
        .map(|it| it.0)
        .chain(TOGETHER.iter().map(|it| it.0));
    let known: BTreeSet<&str> = forth.chain(BACKWARDS.iter().map(|it| it.1)).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|it| it.name).collect();
    assert_eq!(known, rules);
    assert!(EDITS.len() >= 25);
}
