//! Filters in the dialect: exact encodings, and mistakes in words. That no value escapes its literal is held by
//! `tests/query_language.rs`.

use runtime::{Args, Call, Clause, Condition, Dialect, Field, Operator, Value, Verb};
use serde_json::json;

const FIELDS: &[Field] = &[
    Field::number("id"),
    Field::text_or_null("summary"),
    Field::text_or_null("board/name"),
    Field::boolean_or_null("closedFlag"),
    Field::time_or_null("dateEntered"),
    Field::choice_or_null("severity", &["Low", "High"]),
];

/// What a filter sends, or what is wrong with it.
fn filter(items: Value) -> Result<String, Vec<String>> {
    sent(items, |args| args.clauses("conditions", FIELDS))
}

fn child_filter(items: Value) -> Result<String, Vec<String>> {
    sent(items, |args| args.child_clauses("conditions", FIELDS))
}

fn custom_filter(items: Value) -> Result<String, Vec<String>> {
    sent(items, |args| args.custom_field_clauses("conditions"))
}

fn sent<C: Dialect>(
    items: Value,
    read: impl FnOnce(&mut Args) -> Vec<Condition<C>>,
) -> Result<String, Vec<String>> {
    let arguments = json!({"conditions": items});
    let mut args = Args::new(&arguments);
    let clauses = read(&mut args);
    let mut call = Call::new(Verb::Get, "/tickets");
    let mut mistakes = args.finish();
    if mistakes.is_empty() {
        call.clauses("conditions", clauses);
        mistakes.extend(call.take_mistakes());
    }
    match call.query.as_slice() {
        _ if !mistakes.is_empty() => Err(mistakes.iter().map(ToString::to_string).collect()),
        [] => Ok(String::new()),
        [(name, text)] if name == "conditions" => Ok(text.clone()),
        more => panic!("one parameter, not {more:?}"),
    }
}

#[test]
fn exact_encodings() {
    for (field, operator, value, text) in [
        (
            "board/name",
            "equals",
            json!("Triage"),
            r#"board/name="Triage""#,
        ),
        ("board/name", "not_equals", json!(""), r#"board/name!="""#),
        ("summary", "contains", json!("x"), r#"summary contains "x""#),
        (
            "summary",
            "not_contains",
            json!("x"),
            r#"summary not contains "x""#,
        ),
        (
            "summary",
            "in",
            json!(["a", "b, c"]),
            r#"summary in ("a","b, c")"#,
        ),
        ("summary", "equals", json!("it's"), r#"summary="it's""#),
        (
            "summary",
            "equals",
            json!(r#"a "b" c"#),
            r#"summary='a "b" c'"#,
        ),
        ("id", "equals", json!(5.0), "id=5"),
        ("id", "not_equals", json!(-5), "id!=-5"),
        ("id", "less", json!(1.5), "id<1.5"),
        ("id", "at_most", json!(1e18), "id<=1000000000000000000"),
        ("id", "greater", json!(1e-7), "id>0.0000001"),
        (
            "id",
            "at_least",
            json!(u64::MAX),
            "id>=18446744073709551615",
        ),
        ("id", "in", json!([1, 2]), "id in (1,2)"),
        ("id", "not_in", json!([1, 2]), "id not in (1,2)"),
        (
            "summary",
            "contains",
            json!("[a] 50%*"),
            r#"summary contains "[[]a] 50%*""#,
        ),
        ("summary", "equals", json!("[a]"), r#"summary="[a]""#),
        ("severity", "equals", json!("High"), r#"severity="High""#),
        (
            "severity",
            "not_in",
            json!(["High", "Low"]),
            r#"severity not in ("High","Low")"#,
        ),
        ("closedFlag", "equals", json!(false), "closedFlag=False"),
        ("closedFlag", "not_equals", json!(true), "closedFlag!=True"),
        (
            "dateEntered",
            "at_least",
            json!("2026-01-31T01:00:00.7+01:00"),
            "dateEntered>=[2026-01-31T00:00:00Z]",
        ),
        (
            "dateEntered",
            "less",
            json!("2026-01-31T00:00:00Z"),
            "dateEntered<[2026-01-31T00:00:00Z]",
        ),
    ] {
        let clause = json!({"field": field, "op": operator, "value": value});
        assert_eq!(filter(json!([clause])), Ok(text.to_owned()));
    }
}

#[test]
fn clauses_are_anded_and_none_sends_nothing() {
    assert_eq!(filter(json!([])), Ok(String::new()));
    assert_eq!(
        filter(json!([
            {"field": "board/name", "op": "equals", "value": "Triage"},
            {"field": "closedFlag", "op": "equals", "value": false}
        ])),
        Ok(r#"board/name="Triage" and closedFlag=False"#.to_owned())
    );
}

#[test]
fn what_is_null_needs_no_value() {
    assert_eq!(
        filter(json!([
            {"field": "summary", "op": "is_null"},
            {"field": "dateEntered", "op": "is_not_null"}
        ])),
        Ok("summary=null and dateEntered!=null".to_owned())
    );
    assert_eq!(
        filter(json!([
            {"field": "summary", "op": "is_null", "value": "x"},
            {"field": "id", "op": "is_null"},
        ])),
        Err(vec![
            "conditions[0].value: `is_null` takes no value; leave it out".to_owned(),
            r#"conditions[1].op: `id` is a number field: expected one of "equals", "not_equals", "less", "at_most", "greater", "at_least", "in", "not_in", got the string "is_null""#.to_owned(),
        ])
    );
}

#[test]
fn a_group_stands_in_parentheses() {
    let high = json!({"field": "severity", "op": "equals", "value": "High"});
    let open = json!({"field": "closedFlag", "op": "equals", "value": false});
    assert_eq!(
        filter(
            json!([open, {"any": [high, {"field": "summary", "op": "is_null"}]}, {"any": [high]}])
        ),
        Ok(
            r#"closedFlag=False and (severity="High" or summary=null) and (severity="High")"#
                .to_owned()
        )
    );
    assert_eq!(
        filter(json!([
            {"any": []},
            {"any": [{"any": [high]}]},
            {"any": [high], "field": "id"},
            {"any": [{"field": "severity", "op": "equals", "value": "high"}]},
        ])),
        Err(vec![
            "conditions[0].any: must have at least 1 item, has 0".to_owned(),
            "conditions[1].any[0].field: required input is missing".to_owned(),
            "conditions[1].any[0].op: required input is missing".to_owned(),
            "conditions[1].any[0].value: required input is missing".to_owned(),
            "conditions[1].any[0].any: unknown input `any`; the known inputs are `field`, `op`, `value`".to_owned(),
            "conditions[2].field: unknown input `field`; the known inputs are `any`".to_owned(),
            r#"conditions[3].any[0].value: expected one of "Low", "High", got the string "high"; did you mean "High"?"#.to_owned(),
        ])
    );
}

#[test]
fn children_are_compared_with_one_value_at_a_time() {
    assert_eq!(
        child_filter(json!([{"field": "summary", "op": "contains", "value": "x"}])),
        Ok(r#"summary contains "x""#.to_owned())
    );
    assert_eq!(
        child_filter(json!([{"field": "severity", "op": "in", "value": ["Low"]}])),
        Err(vec![
            r#"conditions[0].op: `severity` is a choice field: expected one of "equals", "not_equals", "is_null", "is_not_null", got the string "in""#.to_owned()
        ])
    );
}

#[test]
fn custom_fields_are_named_by_caption_and_written_by_type() {
    let text = json!({"caption": "Room \"A\"", "op": "equals", "value": "5"});
    let any = json!({"any": [
        {"caption": "Seats", "op": "less", "value": 12},
        {"caption": "Since", "op": "at_least", "value": "2026-01-31T01:00:00+01:00"},
        {"caption": "Managed", "op": "not_equals", "value": true},
        {"caption": "Notes", "op": "contains", "value": "[x]"},
        {"caption": "Room", "op": "is_not_null"}
    ]});
    assert_eq!(
        custom_filter(json!([text])),
        Ok(r#"caption='Room "A"' and value="5""#.to_owned())
    );
    assert_eq!(
        custom_filter(json!([any])),
        Ok(concat!(
            r#"((caption="Seats" and value<12)"#,
            r#" or (caption="Since" and value>=[2026-01-31T00:00:00Z])"#,
            r#" or (caption="Managed" and value!=True)"#,
            r#" or (caption="Notes" and value contains "[[]x]")"#,
            r#" or (caption="Room" and value!=null))"#
        )
        .to_owned())
    );
}

#[test]
fn mistakes_about_custom_fields() {
    assert_eq!(
        custom_filter(json!([
            {"caption": "", "op": "equals", "value": 1},
            {"caption": "A", "op": "in", "value": [1]},
            {"caption": "A", "op": "less", "value": "soon"},
            {"caption": "A", "op": "contains", "value": 5},
            {"caption": "A", "op": "equals", "value": ["x"]},
            {"caption": "A", "op": "greater", "value": true},
        ])),
        Err(vec![
            "conditions[0].caption: must have at least 1 character, has 0".to_owned(),
            r#"conditions[1].op: expected one of "equals", "not_equals", "less", "at_most", "greater", "at_least", "contains", "not_contains", "is_null", "is_not_null", got the string "in""#.to_owned(),
            r#"conditions[2].value: expected a number, or a time with its offset such as "2026-01-31T14:30:00Z", got the string "soon""#.to_owned(),
            "conditions[3].value: expected a string, got the integer 5".to_owned(),
            "conditions[4].value: expected a string, a number, or true or false, got an array".to_owned(),
            "conditions[5].value: expected a number or a time, got the boolean true".to_owned(),
        ])
    );
    assert_eq!(
        custom_filter(json!([
            {"caption": "A", "op": "at_least", "value": 1},
            {"caption": "A", "op": "less", "value": 5},
            {"caption": "B", "op": "is_null"},
        ])),
        Err(vec![
            "conditions[2]: one custom field must meet all items, and the items before name another caption; filter by one of them, or give both as `any`".to_owned()
        ])
    );
}

#[test]
fn mistakes_name_what_would_do() {
    let told = filter(json!([
        {"field": "bord/name", "op": "equals", "value": "x"},
        {"field": "id", "op": "contains", "value": "x"},
        {"field": "dateEntered", "op": "equals", "value": "yesterday"},
        {"field": "summary", "op": "in", "value": "x"},
        {"field": "summary", "op": "in", "value": []},
        {"field": "id", "op": "in", "value": [1, "2"]},
        {"field": "closedFlag", "op": "equals", "value": "false"},
        {"field": "dateEntered", "op": "less", "value": "yesterday"},
        {"field": "id", "values": 5},
        7
    ]));
    assert_eq!(
        told.unwrap_err(),
        [
            "conditions[0].field: unknown field `bord/name`; did you mean `board/name`?",
            r#"conditions[1].op: `id` is a number field: expected one of "equals", "not_equals", "less", "at_most", "greater", "at_least", "in", "not_in", got the string "contains""#,
            r#"conditions[2].op: `dateEntered` is a time field: expected one of "less", "at_most", "greater", "at_least", "is_null", "is_not_null", got the string "equals""#,
            r#"conditions[3].value: expected an array of values, got the string "x""#,
            "conditions[4].value: must have at least 1 item, has 0",
            r#"conditions[5].value[1]: expected a number, got the string "2""#,
            r#"conditions[6].value: expected true or false, got the string "false""#,
            r#"conditions[7].value: expected a time with its offset such as "2026-01-31T14:30:00Z" or "2026-01-31T14:30:00+01:00", got the string "yesterday""#,
            "conditions[8].op: required input is missing",
            "conditions[8].value: required input is missing",
            "conditions[8].values: unknown input `values`; did you mean `value`?",
            "conditions[9]: expected an object, got the integer 7",
        ]
    );
}

#[test]
fn what_no_literal_can_hold_is_refused() {
    let refusal = |what: &str| {
        format!(
            "conditions[0].value: a filter value cannot contain {what}, since the vendor documents no way to escape it; search for a part without it"
        )
    };
    for (value, what) in [
        ("a\"b'c", "both kinds of quotes"),
        ("a\\", "a backslash"),
        ("a\nb", "a line break or another control character"),
        ("a\u{85}", "a line break or another control character"),
    ] {
        let clause = json!({"field": "summary", "op": "contains", "value": value});
        assert_eq!(filter(json!([clause])), Err(vec![refusal(what)]));
    }
}

#[test]
fn shortcuts_join_the_same_parameter() {
    let mut call = Call::new(Verb::Get, "/tickets");
    call.clause(
        "conditions",
        FIELDS[2],
        Operator::Equals,
        Some("Triage".to_owned()),
    );
    call.clause("conditions", FIELDS[3], Operator::Equals, None::<bool>);
    call.clause("conditions", FIELDS[0], Operator::In, vec![1_i64, 2]);
    call.clauses(
        "conditions",
        vec![Condition::One(Clause {
            field: FIELDS[1],
            operator: Operator::Contains,
            values: vec![json!("x")],
        })],
    );
    assert_eq!(
        call.query,
        [(
            "conditions".into(),
            r#"board/name="Triage" and id in (1,2) and summary contains "x""#.to_owned()
        )]
    );
    assert_eq!(
        call.query_string(),
        "conditions=board%2Fname%3D%22Triage%22%20and%20id%20in%20%281%2C2%29%20and%20summary%20contains%20%22x%22"
    );

    call.clause("conditions", FIELDS[1], Operator::Equals, "a\\".to_owned());
    call.clause("conditions", FIELDS[0], Operator::In, Vec::<i64>::new());
    let places: Vec<_> = call
        .take_mistakes()
        .into_iter()
        .map(|mistake| mistake.at)
        .collect();
    assert_eq!(places, ["summary", "id"]);
}

#[test]
fn a_shortcut_to_nothing_says_whether_it_must_hold() {
    for (wanted, text) in [
        (Some(true), Some("summary=null")),
        (Some(false), Some("summary!=null")),
        (None, None),
    ] {
        let mut call = Call::new(Verb::Get, "/tickets");
        call.clause("conditions", FIELDS[1], Operator::IsNull, wanted);
        let sent = call.query.first().map(|(_, text)| text.as_str());
        assert_eq!(sent, text);
    }
}
