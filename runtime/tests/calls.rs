//! The exact request that a writer makes: path, query, headers, body; and what cannot be sent.

use runtime::{
    Args, Body, Call, Change, Date, DateTime, Field, FormPart, FormValue, Input, Json, Kind, Map,
    Object, Operator, Page, Upload, UploadContent, Value, Verb,
};
use serde_json::json;

/// A file of these bytes.
fn upload(bytes: &[u8]) -> Upload {
    Upload {
        content: UploadContent::Bytes(bytes.to_vec()),
        ..Upload::default()
    }
}

/// A file in the operator's directory.
fn named(name: &str) -> Upload {
    Upload {
        content: UploadContent::Named(name.to_owned()),
        ..Upload::default()
    }
}

fn get(path: &'static str) -> Call {
    Call::new(Verb::Get, path)
}

fn told(call: &mut Call) -> Vec<String> {
    call.take_mistakes()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn path_values_are_encoded_and_cannot_climb() {
    for (value, path) in [
        ("5", "/a/5/b"),
        ("A-z_0.9~", "/a/A-z_0.9~/b"),
        ("..etc/x", "/a/..etc%2Fx/b"),
        ("a/b?c#d%", "/a/a%2Fb%3Fc%23d%25/b"),
        ("ä b+{id}", "/a/%C3%A4%20b%2B%7Bid%7D/b"),
        ("...", "/a/.../b"),
    ] {
        let mut call = get("/a/{id}/b");
        call.path("id", value.to_owned());
        assert_eq!(told(&mut call), Vec::<String>::new());
        assert_eq!(call.path, path);
    }
    for value in ["", ".", "..", "../etc", "7/..", "a/./b", "7\\..\\x"] {
        let mut call = get("/a/{id}/b");
        call.path("id", value.to_owned());
        let came = json!(value);
        let why = format!("id: {came} cannot stand in a path; give the identifier of a record");
        assert_eq!(told(&mut call), [why]);
    }
}

#[test]
fn several_path_values() {
    let mut call = get("/a/{parentId}/b/{id}");
    call.path("parentId", "{id}".to_owned());
    call.path("id", 7_i64);
    assert_eq!(call.path, "/a/%7Bid%7D/b/7");
    assert_eq!(call.last, Some(json!(7)));

    let mut call = get("/a/{ids}");
    call.path("ids", vec!["1,2".to_owned(), "3".to_owned()]);
    assert_eq!(call.path, "/a/1%2C2,3");
}

#[test]
fn queries() {
    let mut call = get("/works");
    call.query(
        "with[]",
        Some(vec!["customer".to_owned(), "status".to_owned()]),
    );
    call.query("absent", None::<i64>);
    call.query("empty", Vec::<i64>::new());
    call.query("flag", true);
    call.query("ratio", 1.0);
    call.query("since", DateTime::parse("2026-01-31T01:00:00+01:00"));
    call.query("day", Date::parse("2026-01-31"));
    call.query("q", "a b+c&d=é".to_owned());
    call.query_comma("ids", vec![1_i64, 2]);
    call.query_comma("none", None::<Vec<i64>>);
    assert_eq!(
        call.query_string(),
        "with%5B%5D=customer&with%5B%5D=status&flag=true&ratio=1&since=2026-01-31T00%3A00%3A00Z&day=2026-01-31\
         &q=a%20b%2Bc%26d%3D%C3%A9&ids=1,2"
    );
    assert_eq!(told(&mut call), Vec::<String>::new());
    assert_eq!(get("/works").query_string(), "");
}

#[test]
fn a_comma_within_a_comma_list_is_a_mistake() {
    let mut call = get("/works");
    call.query_comma("ids", vec!["a".to_owned(), "b,c".to_owned()]);
    assert_eq!(
        told(&mut call),
        [r#"ids: an item cannot contain a comma, which separates items; got "b,c""#]
    );
}

#[test]
fn mistakes_have_the_names_of_inputs() {
    let mut call = Call::new(Verb::Patch, "/tickets/{parentId}");
    call.input("ticket_id").path("parentId", "..".to_owned());
    call.input("ids")
        .query_comma("theIds", vec!["a,b".to_owned()]);
    call.input("tenant").header("X-Tenant", "\n".to_owned());
    let field = Field {
        path: "board/name",
        kind: Kind::Text,
        nullable: false,
    };
    let none = Vec::<String>::new();
    call.input("board")
        .clause("conditions", field, Operator::In, none);
    call.input("unused").query("other", None::<i64>);
    call.path("id", String::new());
    let mistakes = call.take_mistakes();
    let at: Vec<&str> = mistakes.iter().map(|it| it.at.as_str()).collect();
    assert_eq!(at, ["ticket_id", "ids", "tenant", "board", "id"]);
}

#[test]
fn headers() {
    let mut call = get("/works");
    call.header("X-Tenant", "a b".to_owned());
    call.header("X-Absent", None::<String>);
    call.header("X-Ids", vec![1_i64, 2]);
    assert_eq!(
        call.headers,
        [("X-Tenant", "a b".to_owned()), ("X-Ids", "1,2".to_owned())]
    );
    call.header("X-Bad", "a\r\nX-Evil: 1".to_owned());
    assert_eq!(
        told(&mut call),
        [r#"X-Bad: cannot contain a line break or a control character; got "a\r\nX-Evil: 1""#]
    );
}

#[test]
fn json_bodies() {
    let mut call = Call::new(Verb::Post, "/works");
    assert_eq!(call.body, Body::None);
    call.body("absent", None::<i64>);
    assert_eq!(call.body, Body::None);
    call.body_object();
    assert_eq!(call.body, Body::Json(json!({})));
    call.body("b", "x".to_owned());
    call.body_object();
    call.body("a", Some(vec![1.5, 2.0]));
    call.body(
        "c",
        Map(vec![
            ("z".to_owned(), Json(json!({"y": null}))),
            ("a".to_owned(), Json(json!(1))),
        ]),
    );
    let Body::Json(body) = &call.body else {
        panic!("JSON")
    };
    assert_eq!(
        body.to_string(),
        r#"{"b":"x","a":[1.5,2],"c":{"z":{"y":null},"a":1}}"#
    );

    let mut call = Call::new(Verb::Post, "/works");
    call.whole_body(None::<Json>);
    assert_eq!(call.body, Body::None);
    call.whole_body(vec![1_i64]);
    assert_eq!(call.body, Body::Json(json!([1])));
}

#[test]
fn objects_are_built_in_order() {
    let object = Object::new()
        .set("b", 1_i64)
        .set("none", None::<bool>)
        .set("a", true);
    assert_eq!(Value::from(object).to_string(), r#"{"b":1,"a":true}"#);
}

#[test]
fn raw_bodies() {
    let arguments = json!({"content": "JVBERi0="});
    let mut call = Call::new(Verb::Put, "/document");
    call.raw("application/pdf", Args::new(&arguments).required("content"));
    assert_eq!(
        call.body,
        Body::Raw {
            media_type: "application/pdf",
            upload: Upload {
                at: "content",
                ..upload(b"%PDF-")
            }
        }
    );
}

#[test]
fn forms() {
    let mut call = Call::new(Verb::Post, "/documents");
    call.form();
    assert_eq!(call.body, Body::Form(Vec::new()));
    call.form_part("none", None::<String>);
    call.form_part("title", "A b".to_owned());
    call.form_part("ids", vec![1_i64, 2]);
    call.form_part("owner", Json(json!({"id": 5})));
    call.input("document")
        .file("file", &["image/*"], named("a/b.png"));
    call.file("thumbnail", &[], None);
    call.file_name("file", Some("c.png".to_owned()));
    call.file_name("thumbnail", Some("d.png".to_owned()));
    call.file_name("file", None);
    let text = |name, text: &str| FormPart {
        name,
        media_type: None,
        value: FormValue::Text(text.to_owned()),
    };
    let file = Upload {
        at: "document",
        name: Some("c.png".to_owned()),
        ..named("a/b.png")
    };
    let expected = vec![
        text("title", "A b"),
        text("ids", "1"),
        text("ids", "2"),
        FormPart {
            name: "owner",
            media_type: None,
            value: FormValue::Json(json!({"id": 5})),
        },
        FormPart {
            name: "file",
            media_type: None,
            value: FormValue::File {
                types: &["image/*"],
                upload: file,
            },
        },
    ];
    assert_eq!(call.body, Body::Form(expected));
}

#[test]
fn json_patches() {
    let patch = |summary: Change<String>, budget: Change<f64>| {
        let mut call = Call::new(Verb::Patch, "/tickets/{id}");
        call.path("id", 5_i64);
        call.replace("summary", summary);
        call.replace("budget", budget);
        call.replace("board", None::<String>);
        call.some_change();
        (told(&mut call), call.body)
    };
    let set = json!({"op": "replace", "path": "summary", "value": "x"});
    let removed = json!({"op": "remove", "path": "budget"});
    assert_eq!(
        patch(Change::Set("x".to_owned()), Change::Clear),
        (Vec::new(), Body::Patch(vec![set, removed.clone()]))
    );
    assert_eq!(
        patch(Change::Keep, Change::Clear),
        (Vec::new(), Body::Patch(vec![removed]))
    );
    assert_eq!(
        patch(Change::Keep, Change::Keep).0,
        ["nothing to change: give at least one input besides the ids"]
    );
}

#[test]
fn what_a_json_body_empties_is_null() {
    let mut call = Call::new(Verb::Patch, "/things/{id}");
    call.body("rank", Change::Set(5_i64));
    call.body("made", Change::<Date>::Clear);
    call.body("name", Change::<String>::Keep);
    assert_eq!(call.body, Body::Json(json!({"rank": 5, "made": null})));
}

#[test]
fn fingerprints_tell_calls_apart_but_not_pages() {
    let call = |write: fn(&mut Call)| {
        let mut call = get("/works/{id}");
        call.path("id", 5_i64);
        write(&mut call);
        call.fingerprint()
    };
    let plain = call(|_| {});
    assert_eq!(
        plain, "8c72c44dc32442a7",
        "must not change: cursors that are out there would be refused"
    );
    assert_eq!(
        plain,
        call(|call| call.page(Page {
            limit: Some(5),
            cursor: Some("x".to_owned())
        }))
    );
    let others = [
        call(|call| call.verb = Verb::Post),
        call(|call| call.path.push('5')),
        call(|call| call.query("a", "b=c".to_owned())),
        call(|call| call.query("a=b", "c".to_owned())),
        call(|call| call.header("a", "b=c".to_owned())),
        call(|call| call.query("a", vec!["1".to_owned(), "2".to_owned()])),
        call(|call| call.query("a", "1".to_owned())),
        call(Call::body_object),
        call(|call| call.body("a", 1_i64)),
        call(|call| call.replace("a", 1_i64)),
        call(|call| call.replace("a", Change::<i64>::Clear)),
        call(|call| call.raw("a/b", upload(b"c"))),
        call(|call| call.raw("a/b", upload(b""))),
        call(Call::form),
        call(|call| call.form_part("a", 1_i64)),
        call(|call| call.form_part("a", vec![1_i64, 2])),
        call(|call| call.form_part("b", 1_i64)),
        call(|call| call.file("a", &[], upload(b"1"))),
        call(|call| call.file("a", &[], upload(b"2"))),
        call(|call| call.file("a", &[], named("2"))),
    ];
    let free = |text| {
        let mut call = get("/works");
        call.body("a", Json(serde_json::from_str(text).unwrap()));
        call.fingerprint()
    };
    assert_eq!(
        free(r#"{"x": 1, "y": [{"b": 1, "a": 2}]}"#),
        free(r#"{"y": [{"a": 2, "b": 1}], "x": 1}"#)
    );
    let mut all: Vec<_> = others.iter().chain([&plain]).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), others.len() + 1);
}

#[test]
fn what_was_read_is_what_is_sent() {
    let arguments = json!({"id": 5.0, "at": "2026-01-31T00:00:00Z", "free": {"b": [null], "a": 1}});
    let mut args = Args::new(&arguments);
    let (id, at, free): (i64, DateTime, Json) = (
        args.required("id"),
        args.required("at"),
        args.required("free"),
    );
    assert!(args.finish().is_empty());
    assert_eq!(
        (id.json(), at.json()),
        (json!(5), json!("2026-01-31T00:00:00Z"))
    );
    assert_eq!(free.json().to_string(), r#"{"b":[null],"a":1}"#);
}
