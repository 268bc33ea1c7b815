//! The requests of bodies that are not plain JSON: fields, parts with media types of their own, text, dialects of JSON.

use serde_json::json;

use super::Row;

/// The requests.
pub(super) fn rows() -> Vec<Row> {
    fields()
        .into_iter()
        .chain(parts())
        .chain(media_types())
        .collect()
}

fn fields() -> Vec<Row> {
    vec![
        (
            "urlencoded",
            "create_a_acme_things",
            json!({"name": "a b&c=d+é%", "is_new": true, "ids": [1, 2], "owner": {"tags": ["x"], "id": 3}}),
            &[
                "POST /things",
                "application/x-www-form-urlencoded name=a%20b%26c%3Dd%2B%C3%A9%25&isNew=true&ids=1&ids=2\
                 &owner=%7B%22id%22%3A3%2C%22tags%22%3A%5B%22x%22%5D%7D",
            ],
        ),
        (
            "urlencoded",
            "update_a_acme_thing_by_id",
            json!({
                "id": 7, "id_in_body": "b", "size": {"width": 1, "unit": "m&n"}, "box": {"width": 2},
                "labels": {"a&b": "c"}, "comma": ["x", "y|z"], "space": ["p", "q,r"], "pipe": ["s", "t u"],
                "where": {"width": 3}
            }),
            &[
                "PATCH /things/7",
                "application/x-www-form-urlencoded id=b&size%5Bwidth%5D=1&size%5Bunit%5D=m%26n&box=width%2C2&a%26b=c\
                 &comma=x%2Cy%7Cz&space=p%20q%2Cr&pipe=s%7Ct%20u&where=%7B%22width%22%3A3%7D",
            ],
        ),
        (
            "urlencoded",
            "update_a_acme_thing_by_id",
            json!({"id": 7, "id_in_body": "b", "labels": {"id": "c"}, "comma": ["a,b"]}),
            &[
                r#"comma: an item cannot contain a comma, which separates items; got "a,b""#,
                "labels: `id` is another input of this call; give it there",
            ],
        ),
        (
            "urlencoded",
            "update_a_acme_thing_by_id",
            json!({"id": 7}),
            &["nothing to change: give at least one input besides the ids"],
        ),
    ]
}

fn parts() -> Vec<Row> {
    vec![(
        "multipart_parts",
        "create_a_acme_things",
        json!({
            "files": ["iVBORw==", "data:image/jpeg;name=b.jpg,%FF"], "about": {"name": "n"}, "parts": [{"id": 1}, {"id": 2}],
            "patch": {"name": "p"}, "table": "a,b\n", "count": 3, "icon": "file:i.png", "icon_name": "j.png", "anything": [1]
        }),
        &[
            "POST /things",
            r#"files of ["image/png", "image/jpeg"]: \x89PNG from files"#,
            r#"files of ["image/png", "image/jpeg"]: \xff named b.jpg from files"#,
            r#"about as JSON: {"name":"n"}"#,
            r#"parts as JSON: {"id":1}"#,
            r#"parts as JSON: {"id":2}"#,
            r#"patch as application/merge-patch+json as JSON: {"name":"p"}"#,
            "table as text/csv: a,b\n",
            "count as application/json as JSON: 3",
            r#"icon of ["image/*"]: the file i.png named j.png from icon"#,
            "anything: 1",
        ],
    )]
}

fn media_types() -> Vec<Row> {
    let row = |name, arguments, expected| ("media_types", name, arguments, expected);
    vec![
        row(
            "update_a_acme_dialect_by_id",
            json!({"id": 7, "name": "a"}),
            &[
                "PATCH /dialects/7",
                r#"application/merge-patch+json {"name":"a"}"#,
            ][..],
        ),
        row(
            "replace_a_acme_dialect_by_id",
            json!({"id": 7}),
            &["PUT /dialects/7", "application/json; charset=utf-8 {}"],
        ),
        row(
            "delete_a_acme_dialect_by_id",
            json!({"id": 7, "reason": "old"}),
            &["DELETE /dialects/7", r#"{"reason":"old"}"#],
        ),
        row(
            "delete_a_acme_dialect_by_id",
            json!({"id": 7}),
            &["DELETE /dialects/7"],
        ),
        row(
            "get_single_acme_dialect_by_id",
            json!({"id": 7}),
            &["GET /dialects/7"],
        ),
        row(
            "create_a_acme_texts",
            json!({"body": "a\n\u{0}é&"}),
            &["POST /texts", "text/markdown a\n\u{0}é&"],
        ),
        row("replace_a_acme_texts", json!({}), &["PUT /texts"]),
        row(
            "replace_a_acme_texts",
            json!({"body": 7}),
            &["PUT /texts", "text/plain 7"],
        ),
        row(
            "create_a_acme_several",
            json!({"name": "a"}),
            &["POST /several", r#"{"name":"a"}"#],
        ),
        row(
            "replace_a_acme_several",
            json!({"name": "a"}),
            &["PUT /several", "application/x-www-form-urlencoded name=a"],
        ),
        row(
            "create_a_acme_bytes",
            json!({"content": "AA=="}),
            &["POST /bytes", r"image/* \x00 from content"],
        ),
        row(
            "create_a_acme_anything",
            json!({}),
            &["POST /anything", "{}"],
        ),
    ]
}
