//! What writes send besides plain bodies: updates, references by one bare value, limits told in prose, and what is sent of itself.

use serde_json::json;

use super::Row;

pub(super) fn rows() -> Vec<Row> {
    vec![
        (
            "bounded_and_secret",
            "create_a_acme_search",
            json!({"query": {"term": {"name": "Box"}}, "key": {"code": "ABCD"}}),
            &[
                "POST /searches",
                r#"{"query":{"term":{"name":"Box"}},"key":{"code":"ABCD"}}"#,
            ],
        ),
        (
            "bounded_and_secret",
            "create_a_acme_search",
            json!({
                "query": {"a": [{"b": {"c": 1}}], "script": "x", "d": [{"source": 1}], "e": "0123456789".repeat(6)},
                "key": {"code": "sesame", "sesame": "sesame"},
            }),
            &[
                "query: must have at most 100 bytes, has 120",
                "query: must have at most 3 levels, has 4",
                "query.script: `script` is refused here; do without it",
                "query.d[0].source: `source` is refused here; do without it",
                "key.code: must match the pattern `^[A-Z]{4}$`, got what is not shown",
                "key: has an unknown input within, which is not shown",
            ],
        ),
        (
            "decimal",
            "create_a_acme_thing",
            json!({"price": 1_234_567_890_123.45, "discounts": [0.1, 2e-3, 1500.0], "rate": 7.25}),
            &[
                "POST /things?rate=7.25",
                r#"{"price":1234567890123.45,"discounts":[0.1,0.002,1500]}"#,
            ],
        ),
        (
            "decimal",
            "create_a_acme_thing",
            json!({"price": 12_345_678_901_234.56, "rate": 0.001, "discounts": ["1"]}),
            &[
                "price: has 16 digits, and at most 15 are carried exactly",
                "discounts[0]: expected a number, got the string \"1\"",
            ],
        ),
        (
            "composite",
            "list_all_acme_things",
            json!({"shelf": 7, "is_new": true, "limit": 100}),
            &["GET /shelves/7/things?isNew=true", "limit 100"],
        ),
        (
            "composite",
            "get_single_acme_kind_by_id",
            json!({"id": "box"}),
            &["GET /kinds/box"],
        ),
        // Its requests are those of its parts' tools; it judges the arguments that they share.
        (
            "composite",
            "get_single_acme_shelf_overview_by_id",
            json!({"id": 7, "kind": "box"}),
            &["GET "],
        ),
        (
            "composite",
            "get_single_acme_shelf_overview_by_id",
            json!({"id": 0, "kinds": "box"}),
            &[
                "kind: required input is missing",
                "id: must be at least 1, got 0",
                "kinds: unknown input `kinds`; did you mean `kind`?",
            ],
        ),
        (
            "procedure",
            "create_a_acme_box",
            json!({"label": "Books"}),
            &["POST /boxes", r#"{"label":"Books"}"#],
        ),
        (
            "procedure",
            "get_single_acme_box_by_id",
            json!({"id": 7}),
            &["GET /boxes/7"],
        ),
        (
            "procedure",
            "create_a_acme_item",
            json!({"box": 7}),
            &["POST /boxes/7/items"],
        ),
        (
            "procedure",
            "create_a_acme_shipment",
            json!({"box": 7}),
            &["POST /boxes/7/shipping"],
        ),
        (
            "procedure",
            "create_a_acme_return",
            json!({"box": 7}),
            &["POST /boxes/7/return"],
        ),
        (
            "json_patch_clear",
            "update_a_acme_thing_by_id",
            json!({"clear": ["colour_name"], "owner": {"id": 3}, "name": "Box", "serial": "S1", "id": 7}),
            &[
                "PATCH /things/7",
                r#"[{"op":"replace","path":"name","value":"Box"},{"op":"remove","path":"colourName"},{"op":"replace","path":"owner","value":{"id":3}},{"op":"replace","path":"serial","value":"S1"}]"#,
            ],
        ),
        (
            "json_patch_clear",
            "update_a_acme_thing_by_id",
            json!({"id": 7}),
            &["nothing to change: give at least one input besides the ids"],
        ),
        (
            "json_body_clear",
            "update_a_acme_thing_by_id",
            json!({"clear": ["made", "colour_name"], "rank": 5, "id": 7}),
            &[
                "PATCH /things/7",
                r#"{"colourName":null,"made":null,"rank":5}"#,
            ],
        ),
        (
            "json_body_clear",
            "update_a_acme_thing_by_id",
            json!({"clear": ["made"], "made": "2026-01-31", "id": 7}),
            &["clear: `made` is both given and cleared; do one of the two"],
        ),
        (
            "references",
            "create_a_acme_thing",
            json!({"parts": [{"owner": "o"}], "tag": "new", "cost": {"id": 4, "cost": 2.5}, "box": 5, "owners": ["jdoe", 3], "shelf": "Top"}),
            &[
                "POST /things",
                r#"{"shelf":{"name":"Top"},"owners":[{"identifier":"jdoe"},{"id":3}],"box":{"id":5},"tag":{"name":"new"},"cost":{"id":4,"cost":2.5},"parts":[{"owner":{"identifier":"o"}}]}"#,
            ],
        ),
        (
            "references",
            "create_a_acme_thing",
            json!({"shelf": "", "owners": [{"id": 3}, 1.5], "box": "5"}),
            &[
                r#"shelf: expected the id (a number) or the name (a text), got the string """#,
                "owners[0]: expected the id (a number) or the identifier (a text), got an object",
                "owners[1]: expected an integer, got the number 1.5",
                r#"box: expected an integer, got the string "5""#,
            ],
        ),
        (
            "references",
            "update_a_acme_thing_by_id",
            json!({"id": 7, "box": 5, "shelf": 3, "clear": []}),
            &[
                "PATCH /things/7",
                r#"[{"op":"replace","path":"shelf","value":{"id":3}},{"op":"replace","path":"box","value":{"id":5}}]"#,
            ],
        ),
        (
            "prose",
            "create_a_acme_thing",
            json!({"name": "x".repeat(31), "colour": "red"}),
            &["name: must have at most 30 characters, has 31"],
        ),
        (
            "prose",
            "replace_a_acme_thing_by_id",
            json!({"name": "Box", "id": 7}),
            &["colour: required input is missing"],
        ),
        (
            "otherwise",
            "create_a_acme_thing",
            json!({"name": "Box"}),
            &["POST /things", r#"{"name":"Box","insideFlag":true}"#],
        ),
        (
            "otherwise",
            "create_a_acme_thing",
            json!({"name": "Box", "outside": true, "inside_flag": false}),
            &[
                "POST /things",
                r#"{"name":"Box","outsideFlag":true,"insideFlag":false}"#,
            ],
        ),
        (
            "otherwise",
            "create_a_acme_thing",
            json!({"name": "Box", "outside": false, "inside_flag": false}),
            &["one of `outside`, `inside_flag` must be true"],
        ),
    ]
}
