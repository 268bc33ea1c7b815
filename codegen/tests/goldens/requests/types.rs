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
            &[
                r#"payment.kind: expected one of "card", "credit", "transfer", got the string "cash""#,
                r#"pet.species: required input is missing; it says which form this is, by one of "Cat", "Dog""#,
                "code: expected a text or an integer or true or false, got an array",
                "tags: must have at most 3 items, has 4",
                r#"place.y: expected a number, got the string "2""#,
                "contact: fits none of its forms (an object: mail: required input is missing; an object: phone: required input is missing)",
                "rule.is: expected a string, got the integer 5",
                r#"mood: expected one of "good", "bad", got the string "so""#,
            ],
        ),
        (
            "one_of",
            "create_a_acme_thing",
            json!({"payment": {"kind": "card", "number": "1", "iban": "DE1"}, "pet": {"species": "Cat", "name": "Tom"}, "code": 5, "place": {"z": 1}}),
            &[
                "payment.number: must have at least 4 characters, has 1",
                "payment.iban: unknown input `iban`; the known inputs are `kind`, `number`",
                "pet.lives: required input is missing",
                "code: must be at least 10, got 5",
                "place: fits none of its forms (Point: x: required input is missing; Address: street: required input is missing)",
            ],
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
            &[
                "POST /things?scale=1",
                r#"{"ratio":1e+21,"rank":2,"agreed":true,"mixed":1.5,"version":2,"shape":{"round":true},"limit":7,"level":1.5,"big":18446744073709551615,"huge":9223372036854775808,"wide":-5,"maybe":"2026-01-31","either":"b","any":[1]}"#,
            ],
        ),
        (
            "closed_sets",
            "create_a_acme_thing",
            json!({"scale": 3, "ratio": "0.5", "rank": 3, "agreed": false, "mixed": "off", "version": 1, "shape": {}, "limit": "long", "big": -1, "either": null}),
            &[
                "scale: expected one of 0.5, 1, 2.5, got the integer 3",
                r#"ratio: expected one of -0.5, 0.5, 1e+21, got the string "0.5""#,
                "rank: expected one of 1, 2, got the integer 3",
                "agreed: expected true, got the boolean false",
                r#"mixed: expected one of "auto", 1, 1.5, true, got the string "off""#,
                "version: expected 2, got the integer 1",
                r#"shape: expected {"round":true}, got an object"#,
                "limit: must have at most 3 characters, has 4",
                "big: expected an integer of 64 bits without a sign, got the integer -1",
                "big: must be at least 0, got -1",
                "either: null is not accepted; leave the input out",
            ],
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
            &[
                "POST /things",
                r#"{"size":{"width":2.5,"rest":"x","depth":3},"extra":{"name":"a","b":[null]},"both":{"name":"n","age":3,"more":"m"},"grid":[[1,2],[]],"several":[1,"a"],"anything":[{}],"counts":{"a":1},"lists":{"a":["b"]},"nothing":{}}"#,
            ],
        ),
        (
            "open_objects",
            "create_a_acme_thing",
            json!({
                "size": {"depth": 11, "height": "x"}, "extra": {"name": 5}, "both": {"more": 5}, "grid": [[-1, 2, 3]],
                "counts": {"a": 0}, "lists": {"a": ["b", "c", "d"]}, "nothing": {"a": 1},
            }),
            &[
                "size.width: required input is missing",
                "size.depth: must be at most 10, got 11",
                r#"size.height: expected an integer, got the string "x""#,
                "extra.name: expected a string, got the integer 5",
                "both.name: required input is missing",
                "both.more: expected a string, got the integer 5",
                "grid[0]: must have at most 2 items, has 3",
                "grid[0][0]: must be at least 0, got -1",
                "counts.a: must be at least 1, got 0",
                "lists.a: must have at most 2 items, has 3",
                "nothing.a: unknown input `a`; there are no inputs here",
            ],
        ),
        (
            "open_objects",
            "replace_a_acme_thing_by_id",
            json!({"body": {"other": "b", "main": "a"}}),
            &["PUT /labels", r#"{"main":"a","other":"b"}"#],
        ),
    ]
}

fn elsewhere() -> Vec<Row> {
    vec![
        (
            "elsewhere",
            "create_a_acme_thing",
            json!({
                "code": "abc", "depth": 5, "owner": {"name": "o", "box": {}}, "other": {"a": 1}, "part": {"size": 2}, "colour": "green",
                "secret": "s", "word": "xyz", "text": "{}", "key": "-_",
            }),
            &[
                "POST /things?depth=5",
                r#"{"code":"abc","owner":{"name":"o","box":{}},"other":{"a":1},"part":{"size":2},"colour":"green","secret":"s","word":"xyz","text":"{}","key":"-_"}"#,
            ],
        ),
        (
            "elsewhere",
            "create_a_acme_thing",
            json!({"code": "a", "depth": 6, "depths": 1}),
            &[
                "depth: must be at most 5, got 6",
                "code: must have at least 2 characters, has 1",
                "depths: unknown input `depths`; did you mean `depth`?",
            ],
        ),
        (
            "elsewhere",
            "create_a_acme_thing",
            json!({"code": "abcd"}),
            &["code: must have at most 3 characters, has 4"],
        ),
    ]
}
