//! Every type: what it accepts, what is sent of it, and what is said of anything else.

use runtime::{Args, Bytes, Choice, Date, DateTime, Input, Json, Map, NumberChoice, Value};
use serde_json::json;

use crate::{accepts, read, refuses};

#[derive(Clone, Copy, PartialEq)]
enum Color {
    Red,
    DarkRed,
    Blue,
}

impl Choice for Color {
    const ALL: &'static [(&'static str, Self)] = &[
        ("red", Self::Red),
        ("darkRed", Self::DarkRed),
        ("blue", Self::Blue),
    ];
}

#[derive(Clone, Copy, PartialEq)]
enum Hours {
    One,
    Day,
}

impl NumberChoice for Hours {
    const ALL: &'static [(i64, Self)] = &[(1, Self::One), (24, Self::Day)];
}

impl Input for Hours {
    fn read(args: &mut Args) -> Self {
        args.number_choice()
    }

    fn json(self) -> Value {
        self.wire()
    }
}

#[test]
fn booleans() {
    accepts::<bool>(json!(true), json!(true));
    refuses::<bool>(
        json!("true"),
        &[r#"x: expected true or false, got the string "true""#],
    );
    refuses::<bool>(json!(1), &["x: expected true or false, got the integer 1"]);
}

#[test]
fn integers() {
    for (value, wire) in [
        (json!(5), 5),
        (json!(5.0), 5),
        (json!(-0.0), 0),
        (json!(1e3), 1000),
        (json!(i64::MAX), i64::MAX),
        (json!(i64::MIN), i64::MIN),
    ] {
        accepts::<i64>(value, json!(wire));
    }
    refuses::<i64>(
        json!("abc"),
        &[r#"x: expected an integer, got the string "abc""#],
    );
    refuses::<i64>(
        json!("5"),
        &[r#"x: expected an integer, got the string "5""#],
    );
    refuses::<i64>(json!(5.5), &["x: expected an integer, got the number 5.5"]);
    refuses::<i64>(
        json!(true),
        &["x: expected an integer, got the boolean true"],
    );
    refuses::<i64>(
        json!(u64::MAX),
        &["x: expected an integer of 64 bits, got the integer 18446744073709551615"],
    );
    refuses::<i64>(
        json!(9_223_372_036_854_775_808.0),
        &["x: expected an integer of 64 bits, got the number 9.223372036854776e+18"],
    );
}

#[test]
fn numbers() {
    accepts::<f64>(json!(5), json!(5));
    accepts::<f64>(json!(5.0), json!(5));
    accepts::<f64>(json!(0.1), json!(0.1));
    accepts::<f64>(json!(1e300), json!(1e300));
    refuses::<f64>(json!("5"), &[r#"x: expected a number, got the string "5""#]);
}

#[test]
fn strings() {
    accepts::<String>(json!(""), json!(""));
    accepts::<String>(json!("ä\u{0}\n"), json!("ä\u{0}\n"));
    refuses::<String>(json!(5), &["x: expected a string, got the integer 5"]);
    refuses::<String>(json!(["a"]), &["x: expected a string, got an array"]);
    refuses::<String>(json!({}), &["x: expected a string, got an object"]);
}

#[test]
fn dates_and_times() {
    accepts::<Date>(json!("2026-01-31"), json!("2026-01-31"));
    refuses::<Date>(
        json!("31.1.2026"),
        &[r#"x: expected a date such as "2026-01-31", got the string "31.1.2026""#],
    );
    accepts::<DateTime>(
        json!("2026-01-31T01:00:00.5+01:00"),
        json!("2026-01-31T00:00:00Z"),
    );
    refuses::<DateTime>(
        json!("2026-01-31"),
        &[
            r#"x: expected a time with its offset such as "2026-01-31T14:30:00Z" or "2026-01-31T14:30:00+01:00", got the string "2026-01-31""#,
        ],
    );
}

#[test]
fn bytes() {
    accepts::<Bytes>(json!("JVBERi0="), json!("JVBERi0="));
    accepts::<Bytes>(json!(""), json!(""));
    let arguments = json!({"x": "JVBERi0="});
    assert_eq!(Args::new(&arguments).required::<Bytes>("x").0, b"%PDF-");
    for text in ["JVBERi0", "JVBE Ri0=", "JVBERi0=\n", "-_-_", "a"] {
        let why = format!(
            "x: expected base64 text (standard alphabet, padded, no line breaks), got the string {}",
            json!(text)
        );
        refuses::<Bytes>(json!(text), &[&why]);
    }
}

#[test]
fn free_json() {
    for value in [
        json!("a"),
        json!(0),
        json!([1, null]),
        json!({"a": {"b": null}}),
    ] {
        accepts::<Json>(value.clone(), value);
    }
    refuses::<Json>(
        json!(null),
        &["x: null is not accepted; this input is required"],
    );
}

#[test]
fn maps_keep_their_order() {
    accepts::<Map<i64>>(json!({"b": 1, "a": 2.0}), json!({"b": 1, "a": 2}));
    assert_eq!(
        read::<Map<i64>>(json!({"b": 1, "a": 2}), &[])
            .unwrap()
            .to_string(),
        r#"{"b":1,"a":2}"#
    );
    refuses::<Map<i64>>(
        json!({"a": "1", "b c": true, "d": null}),
        &[
            r#"x.a: expected an integer, got the string "1""#,
            r#"x["b c"]: expected an integer, got the boolean true"#,
            "x.d: null is not accepted; leave it out",
        ],
    );
    refuses::<Map<i64>>(json!([]), &["x: expected an object, got an array"]);
    // A free value may be null where it is not an input of its own.
    accepts::<Map<Json>>(json!({"a": null}), json!({"a": null}));
    accepts::<Vec<Json>>(json!([null]), json!([null]));
}

#[test]
fn arrays() {
    accepts::<Vec<Vec<i64>>>(json!([[1], []]), json!([[1], []]));
    refuses::<Vec<Vec<i64>>>(
        json!([["a"], 5, null]),
        &[
            r#"x[0][0]: expected an integer, got the string "a""#,
            "x[1]: expected an array, got the integer 5",
            "x[2]: null is not accepted; leave it out",
        ],
    );
}

#[test]
fn choices() {
    accepts::<Color>(json!("darkRed"), json!("darkRed"));
    refuses::<Color>(
        json!("darkred"),
        &[
            r#"x: expected one of "red", "darkRed", "blue", got the string "darkred"; did you mean "darkRed"?"#,
        ],
    );
    refuses::<Color>(
        json!("zebra"),
        &[r#"x: expected one of "red", "darkRed", "blue", got the string "zebra""#],
    );
    refuses::<Color>(
        json!(1),
        &[r#"x: expected one of "red", "darkRed", "blue", got the integer 1"#],
    );
    accepts::<Hours>(json!(24.0), json!(24));
    refuses::<Hours>(json!(2), &["x: expected one of 1, 24, got the integer 2"]);
    refuses::<Hours>(
        json!("24"),
        &[r#"x: expected one of 1, 24, got the string "24""#],
    );
}
