//! Several mistakes at once, each with its place; unknown keys, nulls, floods.

use runtime::{Args, Change, Choice, Input, Limit, Map, Object, Value};
use serde_json::json;

use crate::{accepts, read, refuses, told};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Work,
    Home,
}

impl Choice for Kind {
    const ALL: &'static [(&'static str, Self)] = &[("work", Self::Work), ("home", Self::Home)];
}

struct Phone {
    number: String,
    kind: Option<Kind>,
}

impl Input for Phone {
    fn read(args: &mut Args) -> Self {
        Self {
            number: args.required_within("number", &[Limit::MinLength(2)]),
            kind: args.optional("kind"),
        }
    }

    fn json(self) -> Value {
        Object::new()
            .set("number", self.number)
            .set("kind", self.kind)
            .into()
    }
}

struct Contact {
    name: String,
    phones: Option<Vec<Phone>>,
}

impl Input for Contact {
    fn read(args: &mut Args) -> Self {
        Self {
            name: args.required("name"),
            phones: args.optional("phones"),
        }
    }

    fn json(self) -> Value {
        Object::new()
            .set("name", self.name)
            .set("phones", self.phones)
            .into()
    }
}

/// An object without a known key.
struct Empty;

impl Input for Empty {
    fn read(args: &mut Args) -> Self {
        args.object();
        Self
    }

    fn json(self) -> Value {
        Object::new().into()
    }
}

#[test]
fn every_mistake_at_once_with_its_place() {
    accepts::<Contact>(
        json!({"phones": [{"kind": "work", "number": "12"}], "name": "Ann"}),
        json!({"name": "Ann", "phones": [{"number": "12", "kind": "work"}]}),
    );
    refuses::<Contact>(
        json!({"nmae": "Ann", "phones": [{"number": 5, "kind": "hom", "typ": 1}, 7, {"number": "1"}]}),
        &[
            "x.name: required input is missing",
            "x.phones[0].number: expected a string, got the integer 5",
            r#"x.phones[0].kind: expected one of "work", "home", got the string "hom"; did you mean "home"?"#,
            "x.phones[0].typ: unknown input `typ`; the known inputs are `number`, `kind`",
            "x.phones[1]: expected an object, got the integer 7",
            "x.phones[2].number: must have at least 2 characters, has 1",
            "x.nmae: unknown input `nmae`; did you mean `name`?",
        ],
    );
}

#[test]
fn objects_without_keys_take_none() {
    accepts::<Empty>(json!({}), json!({}));
    refuses::<Empty>(
        json!({"a": 1}),
        &["x.a: unknown input `a`; there are no inputs here"],
    );
    refuses::<Empty>(
        json!("a"),
        &[r#"x: expected an object, got the string "a""#],
    );
    let arguments = json!({"a": 1});
    assert_eq!(
        told(Args::new(&arguments)),
        Err(vec![
            "a: unknown input `a`; there are no inputs here".to_owned()
        ])
    );
}

#[test]
fn arguments_that_are_no_object() {
    for (arguments, came) in [(json!([]), "an array"), (json!(null), "null")] {
        let mut args = Args::new(&arguments);
        let _: i64 = args.required("id");
        assert_eq!(
            told(args),
            Err(vec![format!("expected an object, got {came}")])
        );
    }
}

#[test]
fn unknown_keys_name_the_nearest_known_one() {
    let arguments = json!({"custmer_id": 5, "id": "x"});
    let mut args = Args::new(&arguments);
    let _: i64 = args.required("id");
    let _: Option<i64> = args.optional("customer_id");
    assert_eq!(
        told(args),
        Err(vec![
            r#"id: expected an integer, got the string "x""#.to_owned(),
            "custmer_id: unknown input `custmer_id`; did you mean `customer_id`?".to_owned(),
        ])
    );
}

#[test]
fn null_is_refused_with_the_way_out() {
    let arguments =
        json!({"id": null, "summary": null, "contact": {"phones": null, "name": "Ann"}});
    let read = |clear: bool| {
        let mut args = Args::new(&arguments);
        let _: i64 = args.required("id");
        if clear {
            let _: Change<String> = args.change("summary");
        } else {
            let _: Option<String> = args.optional("summary");
        }
        let _: Option<Contact> = args.optional("contact");
        told(args).unwrap_err()
    };
    assert_eq!(
        read(false),
        [
            "id: null is not accepted; this input is required",
            "summary: null is not accepted; leave the input out",
            "contact.phones: null is not accepted; leave the input out",
        ]
    );
    assert_eq!(
        read(true)[1],
        "summary: null is not accepted; leave the input out, or name it in `clear`"
    );
    assert_eq!(read(true)[2], read(false)[2]);
}

#[test]
fn an_update_gives_clears_or_keeps() {
    let read = |arguments: Value| {
        let mut args = Args::new(&arguments);
        let made: Change<String> = args.change_within("made", &[Limit::MaxLength(3)]);
        let rank: Change<i64> = args.change("rank");
        told(args).map(|()| (made, rank))
    };
    let made = || Change::Set("now".to_owned());
    for (arguments, read_as) in [
        (json!({"made": "now"}), (made(), Change::Keep)),
        (
            json!({"made": "now", "clear": ["rank"]}),
            (made(), Change::Clear),
        ),
        (
            json!({"clear": ["rank", "made"]}),
            (Change::Clear, Change::Clear),
        ),
        (json!({"clear": []}), (Change::Keep, Change::Keep)),
    ] {
        assert_eq!(read(arguments), Ok(read_as));
    }
    for (arguments, mistake) in [
        (
            json!({"made": "now", "clear": ["made"]}),
            "clear: `made` is both given and cleared; do one of the two",
        ),
        (
            json!({"clear": ["mde"]}),
            r#"clear[0]: expected one of "made", "rank", got the string "mde"; did you mean "made"?"#,
        ),
        (
            json!({"clear": ["made", "made"]}),
            "clear: items must differ; item 1 repeats an earlier one",
        ),
        (
            json!({"clear": "made"}),
            "clear: expected an array, got the string \"made\"",
        ),
        (
            json!({"clear": null}),
            "clear: null is not accepted; leave the input out",
        ),
        (
            json!({"made": "later"}),
            "made: must have at most 3 characters, has 5",
        ),
    ] {
        assert_eq!(read(arguments), Err(vec![mistake.to_owned()]));
    }
}

#[test]
fn a_flood_of_mistakes_is_cut_and_says_so() {
    let told = read::<Vec<i64>>(json!(vec!["a"; 100_000]), &[]).unwrap_err();
    assert_eq!(told.len(), 51);
    assert_eq!(
        told[49],
        r#"x[49]: expected an integer, got the string "a""#
    );
    assert_eq!(told[50], "there are more mistakes; these are the first 50");

    let unknown: Map<i64> = Map((0..100_000)
        .map(|number| (format!("key{number}"), number))
        .collect());
    assert_eq!(told_of_unknown(unknown.json()).len(), 51);
}

fn told_of_unknown(arguments: Value) -> Vec<String> {
    let mut args = Args::new(&arguments);
    let _: Option<i64> = args.optional("clear");
    told(args).expect_err("an unknown key")
}

#[test]
fn what_a_caller_sent_is_shortened() {
    let long = "x".repeat(100_000);
    let told = read::<i64>(json!(long), &[]).unwrap_err();
    assert_eq!(
        told,
        [format!(
            "x: expected an integer, got the string \"{}…\"",
            "x".repeat(40)
        )]
    );
    let mut unknown = serde_json::Map::new();
    unknown.insert(long, json!(1));
    assert!(told_of_unknown(unknown.into())[0].len() < 200);
}
