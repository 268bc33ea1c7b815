//! What types of every kind send: one of several forms, closed sets, open objects, and what stands elsewhere in a document.

use serde_json::json;

use super::Row;

pub(super) fn rows() -> Vec<Row> {
    [
        one_of(),
        mistaken(),
        closed_sets(),
        open_objects(),
        elsewhere(),
    ]
    .concat()
}

fn one_of() -> Vec<Row> {
    vec![
        (
            "one_of",
            "create_a_acme_thing",
            json!({
                "payment": {"kind": "credit", "number": "1234"},
                "pet": {"species": "Cat", "name": "Tom", "lives": 9, "friend": {"species": "Dog", "free": 1}},
                "code": 12, "tags": ["a", "b"], "place": {"x": 1, "y": 2.5}, "contact": {"phone": "5"},
                "rule": {"all": [{"is": "x"}, {"all": []}]}, "rules": {"one": {"is": "y"}}, "mood": "bad",
            }),
            &[
                "POST /things",
                r#"{"payment":{"kind":"credit","number":"1234"},"pet":{"species":"Cat","name":"Tom","lives":9,"friend":{"species":"Dog","free":1}},"code":12,"tags":["a","b"],"place":{"x":1,"y":2.5},"contact":{"phone":"5"},"rule":{"all":[{"is":"x"},{"all":[]}]},"rules":{"one":{"is":"y"}},"mood":"bad"}"#,
            ],
        ),
        (
            "one_of",
            "create_a_acme_thing",
            json!({
                "payment": {"kind": "transfer", "iban": "DE1", "day": "2026-01-31"}, "pet": {"species": "Dog", "name": "Rex"},
                "code": "abc", "tags": "a", "place": {"street": "Main"}, "contact": {"mail": "a@b.c"},
            }),
            &[
                "POST /things",
                r#"{"payment":{"kind":"transfer","iban":"DE1","day":"2026-01-31"},"pet":{"species":"Dog","name":"Rex"},"code":"abc","tags":"a","place":{"street":"Main"},"contact":{"mail":"a@b.c"}}"#,
            ],
        ),
        (
            "one_of",
            "pay_a_acme_thing",
            json!({"body": {"kind": "card", "number": "1234"}}),
            &["POST /payments", r#"{"kind":"card","number":"1234"}"#],
        ),
        (
            "one_of",
            "get_single_acme_thing_by_id",
            json!({"id": 7}),
            &["GET /things/7"],
        ),
        (
            "one_of",
            "get_single_acme_thing_by_id",
            json!({"id": "a b"}),
            &["GET /things/a%20b"],
        ),
    ]
}

/// What is told of a value that fits none of its forms.
fn mistaken() -> Vec<Row> {
    vec![
        (
            "one_of",
            "create_a_acme_thing",
            json!({
                "payment": {"kind": "cash"}, "pet": {"name": "Rex"}, "code": [], "tags": ["a", "b", "c", "d"],
                "place": {"x": 1, "y": "2"}, "contact": {}, "rule": {"is": 5}, "mood": "so",
            }),
            &[],
        ),
        (
            "one_of",
            "create_a_acme_thing",
            json!({"payment": {"kind": "card", "number": "1", "iban": "DE1"}, "pet": {"species": "Cat", "name": "Tom"}, "code": 5, "place": {"z": 1}}),
            &[],
        ),
    ]
}

fn closed_sets() -> Vec<Row> {
    vec![
        (
            "closed_sets",
            "create_a_acme_thing",
            json!({
                "scale": 1.0, "ratio": 1e21, "rank": 2, "agreed": true, "mixed": 1.5, "version": 2, "shape": {"round": true},
                "limit": 7, "level": 1.5, "big": 18_446_744_073_709_551_615_u64, "huge": 9_223_372_036_854_775_808_u64, "wide": -5,
                "maybe": "2026-01-31", "either": "b", "any": [1],
            }),
            &[],
        ),
        (
            "closed_sets",
            "create_a_acme_thing",
            json!({"scale": 3, "ratio": "0.5", "rank": 3, "agreed": false, "mixed": "off", "version": 1, "shape": {}, "limit": "long", "big": -1, "either": null}),
            &[],
        ),
    ]
}

fn open_objects() -> Vec<Row> {
    vec![
        (
            "open_objects",
            "create_a_acme_thing",
            json!({
                "size": {"depth": 3, "width": 2.5, "rest": "x"}, "extra": {"name": "a", "b": [null]}, "both": {"name": "n", "age": 3, "more": "m"},
                "grid": [[1, 2], []], "several": [1, "a"], "anything": [{}], "counts": {"a": 1}, "lists": {"a": ["b"]}, "nothing": {},
            }),
            &[],
        ),
        (
            "open_objects",
            "create_a_acme_thing",
            json!({
                "size": {"depth": 11, "height": "x"}, "extra": {"name": 5}, "both": {"more": 5}, "grid": [[-1, 2, 3]],
                "counts": {"a": 0}, "lists": {"a": ["b", "c", "d"]}, "nothing": {"a": 1},
            }),
            &[],
        ),
        (
            "open_objects",
            "replace_a_acme_thing",
            json!({"body": {"other": "b", "main": "a"}}),
            &[],
        ),
    ]
}

fn elsewhere() -> Vec<Row> {
    vec![
        (
            "elsewhere",
            "create_a_acme_thing",
            json!({
                "code": "abc", "depth": 5, "owner": {"name": "o", "box": {"x": 1}}, "other": {"a": 1}, "part": {"size": 2}, "colour": "green",
                "secret": "s", "word": "xyz", "text": "{}", "key": "-_",
            }),
            &[],
        ),
        (
            "elsewhere",
            "create_a_acme_thing",
            json!({"code": "a", "depth": 6, "depth_2": 1}),
            &[],
        ),
        (
            "elsewhere",
            "create_a_acme_thing",
            json!({"code": "abcd"}),
            &["code: must have at most 3 characters, has 4"],
        ),
    ]
}
