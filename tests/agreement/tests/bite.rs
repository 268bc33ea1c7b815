//! The check itself: it passes what agrees, and finds every way in which a schema and a reader can differ.

use runtime::{
    Args, Call, Change, Entry, Input, Inputs, Json, Limit, Map, Named, Object, OneOf, Value,
    json_of,
};
use serde_json::json;

/// An update, as codegen emits one.
struct Sample {
    id: i64,
    name: Change<String>,
    size: Option<i64>,
    amount: Option<f64>,
    payload: Option<Json>,
    place: Option<Place>,
}

/// One of several, as codegen emits it.
enum Place {
    Word(String),
    Point(Point),
}

impl Input for Place {
    fn read(args: &mut Args) -> Self {
        args.one_of(&[
            OneOf::text("a text", |args| Self::Word(Input::read(args)))
                .within(&[Limit::MinLength(2)]),
            OneOf::object("Point", &["x"], |args| Self::Point(Input::read(args))),
        ])
    }

    fn json(self) -> Value {
        json_of!(self, Word, Point)
    }
}

/// An object that may have other properties, as codegen emits it.
struct Point {
    x: f64,
    rest: Map<i64>,
}

impl Input for Point {
    fn read(args: &mut Args) -> Self {
        Self {
            x: args.required("x"),
            rest: args.rest_within(&[Limit::Maximum(9.0)]),
        }
    }

    fn json(self) -> Value {
        Object::new().set("x", self.x).rest(self.rest).json()
    }
}

const SAMPLE: Entry = Named::new("update_a_sample_by_id", "")
    .update("samples", "/samples/{id}")
    .takes::<Sample>();

impl Inputs for Sample {
    fn read(args: &mut Args) -> Self {
        Self {
            id: args.required_within("id", &[Limit::Minimum(1.0)]),
            name: args.change_within("name", &[Limit::MaxLength(20)]),
            size: args.optional_within("size", &[Limit::Minimum(1.0), Limit::Maximum(50.0)]),
            amount: args.optional_within("amount", &[Limit::ExclusiveMinimum(0.0)]),
            payload: args.optional("payload"),
            place: args.optional("place"),
        }
    }

    fn write(self, call: &mut Call) {
        call.path("id", self.id);
        call.body("name", self.name);
        call.body("size", self.size);
        call.body("amount", self.amount);
        call.body("payload", self.payload);
        call.body("place", self.place);
        call.some_change();
    }
}

fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "id": {"type": "integer", "minimum": 1},
            "name": {"type": "string", "description": "A name.", "maxLength": 20},
            "size": {"type": "integer", "minimum": 1, "maximum": 50},
            "amount": {"type": "number", "exclusiveMinimum": 0},
            "payload": {},
            "place": {"anyOf": [
                {"type": "string", "minLength": 2},
                {
                    "type": "object",
                    "properties": {"x": {"type": "number"}},
                    "required": ["x"],
                    "additionalProperties": {"type": "integer", "maximum": 9},
                },
            ]},
            "clear": {"type": "array", "items": {"type": "string", "enum": ["name"]}, "uniqueItems": true},
        },
        "required": ["id"],
        "additionalProperties": false,
    })
}

/// What is found when the sample's schema is changed at a place.
fn found(pointer: &str, keyword: &str, value: Option<Value>) -> Result<(), String> {
    let mut schema = schema();
    let place = schema
        .pointer_mut(pointer)
        .and_then(Value::as_object_mut)
        .expect("an object of the schema");
    match value {
        Some(value) => place.insert(keyword.to_owned(), value),
        None => place.shift_remove(keyword),
    };
    let listing = json!({"name": "update_a_sample_by_id", "inputSchema": schema}).to_string();
    let mut entry = SAMPLE;
    entry.about.listing = listing.leak();
    agreement::agree(&entry)
}

#[test]
fn what_agrees_passes() {
    assert_eq!(found("", "description", Some(json!("A sample."))), Ok(()));
}

#[test]
fn every_difference_is_found() {
    let cases = [
        // The schema allows more than the reader.
        ("", "required", None),
        ("/properties/name", "maxLength", Some(json!(21))),
        ("/properties/name", "maxLength", None),
        ("/properties/name", "type", Some(json!("integer"))),
        ("/properties/amount", "exclusiveMinimum", None),
        ("/properties/size", "maximum", Some(json!(51))),
        ("/properties/clear", "uniqueItems", None),
        (
            "/properties/clear/items",
            "enum",
            Some(json!(["name", "amount"])),
        ),
        ("/properties", "new", Some(json!({"type": "boolean"}))),
        ("/properties/place/anyOf/0", "minLength", None),
        ("/properties/place/anyOf/1", "required", None),
        (
            "/properties/place/anyOf/1/additionalProperties",
            "maximum",
            None,
        ),
        (
            "/properties/place/anyOf/1",
            "additionalProperties",
            Some(json!({})),
        ),
        (
            "/properties/place",
            "anyOf",
            Some(json!([{"type": "string", "minLength": 2}, {"type": "boolean"}])),
        ),
        // The reader takes more than the schema.
        (
            "/properties/place/anyOf/1",
            "additionalProperties",
            Some(json!(false)),
        ),
        (
            "/properties/place/anyOf/1/additionalProperties",
            "maximum",
            Some(json!(8)),
        ),
        ("", "required", Some(json!(["id", "name"]))),
        ("/properties/id", "minimum", Some(json!(2))),
        ("/properties/name", "maxLength", Some(json!(19))),
        ("/properties/name", "enum", Some(json!(["a", "b"]))),
        ("/properties/amount", "type", Some(json!("integer"))),
        ("/properties/amount", "maximum", Some(json!(1000))),
        ("/properties/payload", "type", Some(json!("boolean"))),
        ("/properties/clear", "maxItems", Some(json!(0))),
        // Neither can be judged.
        ("/properties/name", "const", Some(json!("a"))),
        ("/properties/name", "type", Some(json!(["string", "null"]))),
        ("/properties/name", "pattern", Some(json!("\\bword\\b"))),
    ];
    for (pointer, keyword, value) in cases {
        let found = found(pointer, keyword, value.clone());
        assert!(found.is_err(), "{pointer}: {keyword} = {value:?}");
    }
}

#[test]
fn a_failure_names_tool_arguments_and_both_verdicts() {
    let found = found("/properties/size", "maximum", Some(json!(51))).unwrap_err();
    assert_eq!(
        found,
        "update_a_sample_by_id: schema and reader disagree\n  \
         arguments: {\"id\":1,\"size\":51}\n  \
         validator: accepts\n  \
         reader:    refuses: size: must be at most 50, got 51"
    );
}
