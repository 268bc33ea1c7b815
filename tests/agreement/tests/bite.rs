//! The check itself: it passes what agrees, and finds every way in which a schema and a reader can differ.

use runtime::{Args, Call, Change, Entry, Inputs, Json, Limit, Named, Value};
use serde_json::json;

/// An update, as codegen emits one.
struct Sample {
    id: i64,
    name: Change<String>,
    size: Option<i64>,
    amount: Option<f64>,
    payload: Option<Json>,
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
        }
    }

    fn write(self, call: &mut Call) {
        call.path("id", self.id);
        call.body("name", self.name);
        call.body("size", self.size);
        call.body("amount", self.amount);
        call.body("payload", self.payload);
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
        // The reader takes more than the schema.
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
