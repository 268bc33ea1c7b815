//! The requests of lists: what of each record, in which order, and where a long query goes.

use serde_json::json;

use super::Row;

pub(super) fn rows() -> Vec<Row> {
    vec![
        (
            "paging_styles",
            "list_all_acme_pages",
            json!({"next_cursor": "abc", "limit": 100, "colour": "red"}),
            &["GET /pages?colour=red", "limit 100", "cursor abc"],
        ),
        (
            "paging_styles",
            "list_all_acme_offsets",
            json!({"limit": 1}),
            &["GET /offsets", "limit 1"],
        ),
        (
            "paging_styles",
            "list_all_acme_cursors",
            json!({}),
            &["GET /cursors"],
        ),
        (
            "paging_styles",
            "list_all_acme_searches",
            json!({"text": "lid", "limit": 2}),
            &["POST /searches", r#"{"text":"lid"}"#, "limit 2"],
        ),
        (
            "paging_styles",
            "list_all_acme_searches",
            json!({}),
            &["POST /searches", "{}"],
        ),
        (
            "paging_styles",
            "list_all_acme_links",
            json!({"limit": 1000}),
            &["GET /links", "limit 1000"],
        ),
        (
            "paging_styles",
            "list_all_acme_wholes",
            json!({}),
            &["GET /wholes"],
        ),
        (
            "fields_and_order",
            "list_all_acme_things",
            json!({}),
            &["GET /things?fields=id%2Cname%2Cowner%2Fname%2C_info%2Fchanged"],
        ),
        (
            "fields_and_order",
            "list_all_acme_things",
            json!({
                "order_by": [{"field": "owner/name"}, {"field": "changed", "direction": "desc"}],
                "fields": ["owner", "parts", "_info/made"],
            }),
            &[
                "GET /things?orderBy=owner%2Fname%20asc%2Cchanged%20desc&fields=id%2Cname%2C_info%2Fchanged%2Cowner%2Cparts%2C_info%2Fmade",
                "named owner, parts, _info/made",
            ],
        ),
        (
            "fields_and_order",
            "get_single_acme_thing_by_id",
            json!({"id": 7, "fields": ["*"]}),
            &["GET /things/7"],
        ),
        (
            "fields_and_order",
            "get_single_acme_overview_by_id",
            json!({}),
            &["GET "],
        ),
    ]
}
