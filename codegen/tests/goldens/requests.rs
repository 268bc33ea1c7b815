//! The exact HTTP request of each encoding: what a golden's tool writes for given arguments.

mod bodies;
mod files;
mod filters;
mod lists;
mod styles;
mod types;
mod writes;

use runtime::{Body, Call, Entry, Verb};
use serde_json::{Value, json};

/// A golden, the tool, its arguments, and the request: its line, its headers, its body.
type Row = (&'static str, &'static str, Value, &'static [&'static str]);

#[test]
fn each_encoding_writes_exactly_its_request() {
    let mut wrong = Vec::new();
    for (feature, name, arguments, expected) in all() {
        let entry = entry(feature, name);
        let found = match entry.call(&arguments) {
            Ok(call) => lines(&call),
            Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
        };
        if found != expected {
            wrong.push(format!(
                "{feature}: {name} {arguments}\n  expected {expected:#?}\n  found {found:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_golden_has_a_request() {
    let rows: Vec<_> = all().collect();
    for (feature, tools) in crate::ALL {
        for entry in tools.iter().copied().flatten() {
            let has_row = rows
                .iter()
                .any(|(of, name, ..)| of == feature && *name == entry.about.name);
            assert!(
                has_row,
                "add a request of {feature}::{} to tests/goldens/requests.rs",
                entry.about.name
            );
        }
    }
}

fn all() -> impl Iterator<Item = Row> {
    parameters()
        .into_iter()
        .chain(lists::rows())
        .chain(bodies())
        .chain(filters::rows())
        .chain(types::rows())
        .chain(files::rows())
        .chain(bodies::rows())
        .chain(styles::rows())
        .chain(writes::rows())
}

fn entry(feature: &str, name: &str) -> &'static Entry {
    let (_, tools) = crate::ALL.iter().find(|(it, _)| *it == feature).unwrap();
    let mut entries = tools.iter().copied().flatten();
    let found = entries.find(|it| it.about.name == name);
    found.unwrap_or_else(|| panic!("{feature} has no tool {name}"))
}

/// A call as lines: the request line, the headers, the body, and the page that the runtime adds later.
fn lines(call: &Call) -> Vec<String> {
    let verb = match call.verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Put => "PUT",
        Verb::Patch => "PATCH",
        Verb::Delete => "DELETE",
    };
    let query = call.query_string();
    let mark = if query.is_empty() { "" } else { "?" };
    let mut lines = vec![format!("{verb} {}{mark}{query}", call.path)];
    lines.extend(
        call.headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    lines.extend(call.cookie_header().map(|it| format!("cookie: {it}")));
    let body_type = call
        .body_type
        .map(|it| format!("{it} "))
        .unwrap_or_default();
    match &call.body {
        Body::None => {}
        Body::Json(value) => lines.push(format!("{body_type}{value}")),
        Body::Text { media_type, text } => lines.push(format!("{media_type} {text}")),
        Body::Urlencoded(_) => {
            let fields = call.fields_string().unwrap_or_default();
            lines.push(format!("application/x-www-form-urlencoded {fields}"));
        }
        Body::Patch(operations) => lines.push(Value::from(operations.clone()).to_string()),
        Body::Raw { media_type, upload } => {
            lines.push(format!("{media_type} {}", files::file(upload)))
        }
        Body::Form(parts) => lines.extend(parts.iter().map(files::part)),
    }
    lines.extend(call.save_as.as_ref().map(|it| format!("save as {it}")));
    let page = &call.page;
    lines.extend(page.limit.map(|it| format!("limit {it}")));
    if !call.named.is_empty() {
        lines.push(format!("named {}", call.named.join(", ")));
    }
    lines.extend(page.cursor.as_ref().map(|it| format!("cursor {it}")));
    lines
}

fn parameters() -> Vec<Row> {
    let uuid = "6f1c9b1e-52a3-4f5d-9b43-0d3d1e8a2f10";
    vec![
        (
            "path_and_query_scalars",
            "get_single_acme_thing_by_id",
            json!({"shelf": "a b", "id": uuid, "since": "2026-01-31T08:00:00+02:00"}),
            &[
                "GET /shelves/a%20b/things/6f1c9b1e-52a3-4f5d-9b43-0d3d1e8a2f10?since=2026-01-31T06%3A00%3A00Z",
            ],
        ),
        (
            "path_and_query_scalars",
            "get_single_acme_thing_by_id",
            json!({
                "colour": "light-blue", "mail": "a+b@c.de", "since": "2026-01-31T08:00:00Z", "day": "2026-01-31",
                "is_new": false, "offset": -3, "weight": 2.5, "depth": 9, "id": uuid, "shelf": "top"
            }),
            &[
                "GET /shelves/top/things/6f1c9b1e-52a3-4f5d-9b43-0d3d1e8a2f10?depth=9&weight=2.5&offset=-3\
               &isNew=false&day=2026-01-31&since=2026-01-31T08%3A00%3A00Z&mail=a%2Bb%40c.de&colour=light-blue",
            ],
        ),
        (
            "query_repeat",
            "list_all_acme_things",
            json!({"colour": ["red", "blue"], "id": [3, 1]}),
            &["GET /things?id=3&id=1&colour=red&colour=blue"],
        ),
        (
            "query_comma",
            "list_all_acme_things",
            json!({"id": [3, 1], "word": ["a b", "c&d"]}),
            &["GET /things?id=3,1&word=a%20b,c%26d"],
        ),
        (
            "query_brackets",
            "list_all_acme_things",
            json!({"with": ["customer", "status"]}),
            &["GET /things?with%5B%5D=customer&with%5B%5D=status"],
        ),
        (
            "header",
            "list_all_acme_things",
            json!({"x_depth": 2, "x_trace_id": "a: b"}),
            &["GET /things", "X-Trace-Id: a: b", "X-Depth: 2"],
        ),
        (
            "number_enum",
            "list_all_acme_things",
            json!({"level": -1, "levels": [2, 1]}),
            &["GET /things?level=-1&levels=2&levels=1"],
        ),
        (
            "delete",
            "delete_a_acme_thing_by_id",
            json!({"id": 7, "shelf_id": 1}),
            &["DELETE /shelves/1/things/7"],
        ),
        (
            "file_answer",
            "send_a_acme_thing",
            json!({"thing": 7}),
            &["POST /things/7/sends"],
        ),
        (
            "package",
            "list_all_acme_things",
            json!({}),
            &["GET /things"],
        ),
        ("package", "acme_look", json!({"id": 7}), &["GET /things/7"]),
        (
            "shared_types",
            "list_all_acme_boxes",
            json!({"state": "closed"}),
            &["GET /boxes?state=closed"],
        ),
        (
            "shared_types",
            "get_single_acme_box_by_id",
            json!({"id": 7, "state": "old"}),
            &["GET /boxes/7?state=old"],
        ),
        (
            "derived",
            "list_all_acme_service_things",
            json!({"conditions": [{"field": "name", "op": "equals", "value": "Box"}]}),
            &["GET /service/things?conditions=name%3D%22Box%22"],
        ),
        (
            "derived",
            "delete_a_acme_service_note_of_thing_by_id",
            json!({"id": 8, "parent_id": 7}),
            &["DELETE /service/things/7/notes/8"],
        ),
    ]
}

fn bodies() -> Vec<Row> {
    vec![
        (
            "json_body",
            "create_a_acme_thing",
            json!({
                "photo": "JVBERi0=", "made": "2026-01-31T08:00:00Z", "key": "k", "colour": "50%",
                "parts": [{"count": 2, "name": "Lid"}, {"name": "Box"}], "owner": {},
                "size": {"unit": "ft", "width": 3}, "name": "Bö\"x"
            }),
            &[
                "POST /things",
                r#"{"name":"Bö\"x","size":{"width":3,"unit":"ft"},"colour":"50%","owner":{},"parts":[{"name":"Lid","count":2},{"name":"Box"}],"photo":"JVBERi0=","made":"2026-01-31T08:00:00Z","key":"k"}"#,
            ],
        ),
        (
            "taken_names",
            "call",
            json!({"vec": {"self": "a"}, "args": "None", "tool": {"call": true}}),
            &[
                "POST /things",
                r#"{"vec":{"self":"a"},"args":"None","tool":{"call":true}}"#,
            ],
        ),
        (
            "whole_body_array",
            "create_a_acme_thing",
            json!({"body": [{"made": "2026-01-31", "name": "Box"}, {}]}),
            &["POST /things", r#"[{"name":"Box","made":"2026-01-31"},{}]"#],
        ),
        (
            "map_and_free_json",
            "create_a_acme_thing",
            json!({"several": [1, {"b": 2}], "anything": [true], "extra": {"x": {"y": 1.5}}, "labels": {"l": ["m"]}, "counts": {"c": 0}}),
            &[
                "POST /things",
                r#"{"counts":{"c":0},"labels":{"l":["m"]},"extra":{"x":{"y":1.5}},"anything":[true],"several":[1,{"b":2}]}"#,
            ],
        ),
        (
            "fixed_inputs",
            "create_a_acme_thing",
            json!({"name": "Box"}),
            &[
                "POST /things?notify=false&depth=3&ratio=0.5",
                "X-Source: mcp",
                r#"{"kind":"plain","name":"Box"}"#,
            ],
        ),
        (
            "names",
            "create_a_acme_thing",
            json!({
                "type": "a", "match": true, "self": false, "2fa": "x", "name_to_find": "n", "type_in_body": "b",
                "user_ids": [1], "oauth2_key": "k", "vec": {"camel_case": "2", "camelCase": "1", "fn": "SELF", "loop": 1}
            }),
            &[
                "POST /things/a?match=true&self=false&2fa=x&filter%5Bname%5D=n",
                r#"{"type":"b","userIDs":[1],"OAuth2Key":"k","vec":{"loop":1,"fn":"SELF","camelCase":"1","camel_case":"2"}}"#,
            ],
        ),
        (
            "recursion",
            "create_a_acme_thing",
            json!({"name": "Box", "parts": [{"name": "Lid", "parts": [{"any": 1}]}], "owner": {"favourite": {"name": "x"}}}),
            &[
                "POST /things",
                r#"{"name":"Box","parts":[{"name":"Lid","parts":[{"any":1}]}],"owner":{"favourite":{"name":"x"}}}"#,
            ],
        ),
        (
            "all_of",
            "create_a_acme_thing",
            json!({"owner": {"name": "Ann", "id": 1}, "kind": "a", "name": "Box"}),
            &[
                "POST /things",
                r#"{"name":"Box","kind":"a","owner":{"id":1,"name":"Ann"}}"#,
            ],
        ),
        (
            "shared_types",
            "create_a_acme_thing",
            json!({"owner": {"id": 1}, "colour": "red"}),
            &["POST /things", r#"{"owner":{"id":1},"colour":"red"}"#],
        ),
        (
            "shared_types",
            "create_a_acme_box",
            json!({}),
            &["POST /boxes", "{}"],
        ),
        (
            "derived",
            "create_a_acme_service_things",
            json!({"name": "Box"}),
            &["POST /service/things", r#"{"name":"Box"}"#],
        ),
        (
            "openapi_31_and_overlay",
            "create_a_acme_thing",
            json!({"name": "Box", "kind": "plain", "rank": 5, "owner": {"id": 1}, "weight": 0.25}),
            &[
                "POST /things",
                r#"{"name":"Box","kind":"plain","rank":5,"owner":{"id":1},"weight":0.25}"#,
            ],
        ),
    ]
}
