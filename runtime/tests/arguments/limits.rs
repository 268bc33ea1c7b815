//! Limits of a schema, and those of `limit` and `next_cursor`.

use runtime::{Args, Json, Limit, Value};
use serde_json::json;

use crate::{read, told};

#[test]
fn pages() {
    let page = |arguments: Value| {
        let mut args = Args::new(&arguments);
        let page = args.page(100);
        told(args).map(|()| (page.limit, page.cursor))
    };
    assert_eq!(page(json!({})), Ok((None, None)));
    assert_eq!(
        page(json!({"limit": 100.0, "next_cursor": "a"})),
        Ok((Some(100), Some("a".to_owned())))
    );
    assert_eq!(
        page(json!({"limit": 101, "next_cursor": "", "cursor": "a"})),
        Err(vec![
            "limit: must be from 1 to 100, got 101".to_owned(),
            r#"next_cursor: expected the `next_cursor` of an earlier answer, got the string """#
                .to_owned(),
            "cursor: unknown input `cursor`; did you mean `next_cursor`?".to_owned(),
        ])
    );
    for limit in [json!(0), json!(-1), json!(i64::MAX), json!("5"), json!(1.5)] {
        assert!(page(json!({"limit": limit})).is_err());
    }
}

#[test]
fn limits_in_words() {
    let cases: &[(Value, &'static [Limit], &[&str])] = &[
        (
            json!("ä"),
            &[Limit::MinLength(2)],
            &["x: must have at least 2 characters, has 1"],
        ),
        (
            json!("äöü"),
            &[Limit::MaxLength(3), Limit::MaxLength(1)],
            &["x: must have at most 1 character, has 3"],
        ),
        (
            json!("a1"),
            &[
                Limit::Pattern("^[a-z]+$"),
                Limit::Pattern("["),
                Limit::Pattern("\\d"),
            ],
            &[r#"x: must match the pattern `^[a-z]+$`, got "a1""#],
        ),
        (json!(5), &[Limit::Minimum(5.0), Limit::Maximum(5.0)], &[]),
        (
            json!(5),
            &[Limit::Minimum(5.5), Limit::Maximum(4.5)],
            &[
                "x: must be at least 5.5, got 5",
                "x: must be at most 4.5, got 5",
            ],
        ),
        (
            json!(5.0),
            &[Limit::ExclusiveMinimum(5.0), Limit::ExclusiveMaximum(5.0)],
            &[
                "x: must be greater than 5, got 5.0",
                "x: must be less than 5, got 5.0",
            ],
        ),
        (json!(0.3), &[Limit::MultipleOf(0.1)], &[]),
        (
            json!(1_000_000_007),
            &[Limit::MultipleOf(2.0)],
            &["x: must be a multiple of 2, got 1000000007"],
        ),
        (
            json!([]),
            &[Limit::MinItems(1)],
            &["x: must have at least 1 item, has 0"],
        ),
        (
            json!([1, 2, 3]),
            &[Limit::MaxItems(2)],
            &["x: must have at most 2 items, has 3"],
        ),
        (
            json!([1, 2, 1.0]),
            &[Limit::UniqueItems],
            &["x: items must differ; item 2 repeats an earlier one"],
        ),
        (
            json!([{"a": 1, "b": [0]}, {"b": [-0.0], "a": 1}]),
            &[Limit::UniqueItems],
            &["x: items must differ; item 1 repeats an earlier one"],
        ),
        (
            json!(["1", 1, true, ["a\", \"b"], ["a", "b"]]),
            &[Limit::UniqueItems],
            &[],
        ),
        (
            json!(["a", "bb"]),
            &[Limit::Each(&[Limit::MaxLength(1)])],
            &["x[1]: must have at most 1 character, has 2"],
        ),
        // A limit says nothing of another type.
        (
            json!(true),
            &[
                Limit::MinLength(5),
                Limit::Minimum(5.0),
                Limit::MinItems(5),
                Limit::UniqueItems,
            ],
            &[],
        ),
    ];
    for (value, limits, why) in cases {
        let told = read::<Json>(value.clone(), limits)
            .err()
            .unwrap_or_default();
        assert_eq!(
            told,
            why.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "{value}"
        );
    }
}
