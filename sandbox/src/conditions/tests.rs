//! How expressions are read.

use super::parser::parse;
use super::{Condition, Literal, Operator, Test};

fn test(name: &str, operator: Operator, value: Literal) -> Condition {
    Condition::Test(Test {
        name: name.to_owned(),
        operator,
        negated: false,
        values: vec![value],
    })
}

fn number(name: &str, value: f64) -> Condition {
    test(name, Operator::Equal, Literal::Number(value))
}

#[test]
fn and_binds_closer_than_or() {
    let expected = Condition::Any(vec![
        number("a", 1.0),
        Condition::All(vec![number("b", 2.0), number("c", -3.5)]),
    ]);
    assert_eq!(parse("a=1 or b = 2 AND c=-3.5"), Ok(expected.clone()));
    assert_eq!(parse("a=1 OR (b=2 and c=-3.5)"), Ok(expected));
    let other = Condition::All(vec![
        Condition::Any(vec![number("a", 1.0), number("b", 2.0)]),
        number("c", 3.0),
    ]);
    assert_eq!(parse("(a=1 or b=2) and c=3"), Ok(other));
}

#[test]
fn literals_are_read() {
    for (text, literal) in [
        ("'it is \"x\"'", Literal::Text("it is \"x\"".to_owned())),
        ("\"it's\"", Literal::Text("it's".to_owned())),
        ("'a\\'", Literal::Text("a\\".to_owned())),
        ("True", Literal::Boolean(true)),
        ("false", Literal::Boolean(false)),
        ("null", Literal::Null),
        ("[1970-01-02T00:00:01Z]", Literal::Time(86_401)),
        ("[1970-01-02]", Literal::Time(86_400)),
    ] {
        assert_eq!(
            parse(&format!("a/b_c={text}")),
            Ok(test("a/b_c", Operator::Equal, literal)),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_condition_is_refused() {
    let deep = format!("{}a=1{}", "(".repeat(100), ")".repeat(100));
    for text in [
        "",
        "a",
        "a=",
        "=1",
        "a=1 b=2",
        "a = 1x",
        "a='x",
        "a=\"x\u{1}\"",
        "a not = 1",
        "and = 1",
        "a in 1",
        "a contains 1",
        "a=ü",
        "ü=1",
        "a=1.",
        &deep,
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
}
