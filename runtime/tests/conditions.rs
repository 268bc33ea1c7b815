//! Filters in the `conditions` dialect: exact encodings, mistakes in words, and that no value escapes its literal.

use proptest::{prelude::*, test_runner::RngSeed};
use runtime::{Args, Call, Clause, Field, Kind, Operator, Value, Verb};
use serde_json::json;

const FIELDS: &[Field] = &[
    Field::number("id"),
    Field::text("summary"),
    Field::text("board/name"),
    Field::boolean("closedFlag"),
    Field::time("dateEntered"),
];

/// What a filter sends, or what is wrong with it.
fn filter(clauses: Value) -> Result<String, Vec<String>> {
    let arguments = json!({"conditions": clauses});
    let mut args = Args::new(&arguments);
    let clauses = args.clauses("conditions", FIELDS);
    let mut call = Call::new(Verb::Get, "/tickets");
    let mut mistakes = args.finish();
    if mistakes.is_empty() {
        call.clauses("conditions", clauses);
        mistakes.extend(call.take_mistakes());
    }
    match call.query.as_slice() {
        _ if !mistakes.is_empty() => Err(mistakes.iter().map(ToString::to_string).collect()),
        [] => Ok(String::new()),
        [("conditions", text)] => Ok(text.clone()),
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
            r#"conditions[2].op: `dateEntered` is a time field: expected one of "less", "at_most", "greater", "at_least", got the string "equals""#,
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
        vec![Clause {
            field: FIELDS[1],
            operator: Operator::Contains,
            values: vec![json!("x")],
        }],
    );
    assert_eq!(
        call.query,
        [(
            "conditions",
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

/// A clause as the vendor would read it. Written from the vendor's description of its dialect, with no look at the encoder.
#[derive(Debug, PartialEq)]
struct Read {
    path: String,
    operator: &'static str,
    values: Vec<String>,
}

/// A filter as the vendor would read it; `None` where it would answer 400.
fn parse(mut text: &str) -> Option<Vec<Read>> {
    let mut clauses = vec![clause(&mut text)?];
    while !text.is_empty() {
        text = text.strip_prefix(" and ")?;
        clauses.push(clause(&mut text)?);
    }
    Some(clauses)
}

fn clause(text: &mut &str) -> Option<Read> {
    let end = text.find(|it: char| !it.is_ascii_alphanumeric() && it != '/')?;
    let (path, rest) = text.split_at(end);
    *text = rest;
    let signs = [
        "!=",
        "<=",
        ">=",
        "=",
        "<",
        ">",
        " not contains ",
        " contains ",
        " not in ",
        " in ",
    ];
    let operator = signs.into_iter().find(|sign| text.starts_with(sign))?;
    *text = &text[operator.len()..];
    let many = operator.ends_with("in ");
    let mut values = Vec::new();
    loop {
        *text = if many {
            text.strip_prefix(if values.is_empty() { '(' } else { ',' })?
        } else {
            *text
        };
        values.push(literal(text)?);
        if !many {
            break;
        }
        if let Some(rest) = text.strip_prefix(')') {
            *text = rest;
            break;
        }
    }
    Some(Read {
        path: path.to_owned(),
        operator,
        values,
    })
}

/// Takes a literal off the text: what stands between its quotes or brackets, or the bare word.
fn literal(text: &mut &str) -> Option<String> {
    let first = text.chars().next()?;
    let (value, rest) = match first {
        '"' | '\'' => text[1..].split_once(first)?,
        '[' => text[1..].split_once(']')?,
        _ => text.split_at(text.find([' ', ',', ')']).unwrap_or(text.len())),
    };
    *text = rest;
    // Nobody knows what the vendor makes of these.
    let is_clear = !value.contains(|it: char| it == '\\' || it.is_control());
    is_clear.then(|| value.to_owned())
}

/// Texts that try to get out: quotes, operators, separators, escapes.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just(" and ".to_owned()),
        Just(" or id=1".to_owned()),
        Just("\\".to_owned()),
        Just("\n".to_owned()),
        Just(")".to_owned()),
        Just(",".to_owned()),
        Just("]".to_owned()),
        Just("%22".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn values(kind: Kind) -> BoxedStrategy<(Value, String)> {
    match kind {
        Kind::Text => hostile().prop_map(|text| (json!(text), text)).boxed(),
        Kind::Number => any::<i64>()
            .prop_map(|number| (json!(number), number.to_string()))
            .boxed(),
        Kind::Boolean => any::<bool>()
            .prop_map(|flag| (json!(flag), if flag { "True" } else { "False" }.to_owned()))
            .boxed(),
        Kind::Time => (0..24)
            .prop_map(|hour| format!("2026-01-31T{hour:02}:00:00Z"))
            .prop_map(|text| (json!(text), text))
            .boxed(),
    }
}

/// Arguments of a clause, and what the vendor must read.
fn sent() -> impl Strategy<Value = (Value, Read)> {
    let choices: Vec<_> = FIELDS
        .iter()
        .flat_map(|field| {
            field
                .kind
                .operators()
                .iter()
                .map(|operator| (*field, *operator))
        })
        .collect();
    prop::sample::select(choices)
        .prop_flat_map(|(field, operator)| {
            let count = if operator.takes_many() { 1..4 } else { 1..2 };
            (
                Just(field),
                Just(operator),
                prop::collection::vec(values(field.kind), count),
            )
        })
        .prop_map(|(field, operator, values)| {
            let (given, read): (Vec<_>, Vec<_>) = values.into_iter().unzip();
            let (word, sign) = words(operator);
            let value = if operator.takes_many() {
                Value::from(given)
            } else {
                given[0].clone()
            };
            let clause = json!({"field": field.path, "op": word, "value": value});
            (
                clause,
                Read {
                    path: field.path.to_owned(),
                    operator: sign,
                    values: read,
                },
            )
        })
}

fn words(operator: Operator) -> (&'static str, &'static str) {
    match operator {
        Operator::Equals => ("equals", "="),
        Operator::NotEquals => ("not_equals", "!="),
        Operator::Less => ("less", "<"),
        Operator::AtMost => ("at_most", "<="),
        Operator::Greater => ("greater", ">"),
        Operator::AtLeast => ("at_least", ">="),
        Operator::Contains => ("contains", " contains "),
        Operator::NotContains => ("not_contains", " not contains "),
        Operator::In => ("in", " in "),
        Operator::NotIn => ("not_in", " not in "),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn no_value_escapes_its_literal(sent in prop::collection::vec(sent(), 1..4)) {
        let (clauses, expected): (Vec<_>, Vec<_>) = sent.into_iter().unzip();
        match filter(clauses.into()) {
            Ok(text) => prop_assert_eq!(parse(&text), Some(expected), "{}", text),
            Err(told) => {
                let has_reason = expected.iter().flat_map(|clause| &clause.values).any(|text| {
                    text.contains('\\') || text.contains(char::is_control) || (text.contains('"') && text.contains('\''))
                });
                prop_assert!(has_reason, "{:?}", told);
            }
        }
    }
}
