//! No value escapes its literal: what a filter sends is read back as exactly the tree that was given, by the sandbox's parser.

use proptest::{prelude::*, test_runner::RngSeed};
use runtime::{Args, Call, Condition, Dialect, Field, Value, Verb};
use serde_json::json;

const SEVERITIES: &[&str] = &["Low", "Medium", "High"];

const FIELDS: &[Field] = &[
    Field::number("id"),
    Field::text_or_null("summary"),
    Field::text_or_null("board/name"),
    Field::choice_or_null("severity", SEVERITIES),
    Field::boolean_or_null("closedFlag"),
    Field::time_or_null("_info/dateEntered"),
];

const CHILD_FIELDS: &[Field] = &[
    Field::text_or_null("communicationItems/value"),
    Field::choice_or_null("communicationItems/communicationType", SEVERITIES),
    Field::number_or_null("communicationItems/type/id"),
    Field::boolean_or_null("communicationItems/defaultFlag"),
    Field::time_or_null("types/since"),
];

/// An item of a filter, as a model writes it, and the tree that the vendor must read.
type Item = (Value, Value);

/// A value, and the literal that must be read.
type Operand = (Value, Value);

/// Texts that try to get out of their literal: quotes, words of the language, escapes, whatever a URL could mangle.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "\"",
        "'",
        " and ",
        " or id=1",
        "\\",
        "\n",
        "\u{85}",
        "(",
        ")",
        ",",
        "[",
        "]",
        "[[]",
        "%22",
        "%",
        "+",
        "&",
        "#",
        "=",
        "null",
        "True",
        "*",
        "a.b+c@d.example",
        "ä漢😀",
        " ",
        "",
    ];
    let piece = prop_oneof![
        5 => prop::sample::select(pieces.map(str::to_owned).to_vec()),
        2 => "[a-zA-Z0-9 ]{1,6}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn text() -> BoxedStrategy<Operand> {
    hostile()
        .prop_map(|text| (json!(text), json!({ "text": text })))
        .boxed()
}

fn choice() -> BoxedStrategy<Operand> {
    prop::sample::select(SEVERITIES)
        .prop_map(|it| (json!(it), json!({ "text": it })))
        .boxed()
}

fn number() -> BoxedStrategy<Operand> {
    let number = prop_oneof![
        any::<i64>().prop_map(|it| json!(it)),
        any::<u64>().prop_map(|it| json!(it)),
        any::<f64>()
            .prop_filter("JSON has no others", |it| it.is_finite())
            .prop_map(|it| json!(it)),
        prop::sample::select(vec![
            json!(1e300),
            json!(-1e-300),
            json!(-0.0),
            json!(5.0),
            json!(0.1)
        ]),
    ];
    number
        .prop_map(|it| (it.clone(), json!({ "number": it.as_f64() })))
        .boxed()
}

fn boolean() -> BoxedStrategy<Operand> {
    any::<bool>()
        .prop_map(|it| (json!(it), json!({ "boolean": it })))
        .boxed()
}

/// A moment of any offset, with a fraction or none: whole seconds since 1970 must be read.
fn time() -> BoxedStrategy<Operand> {
    let offsets = (-23 * 60 - 59)..24_i64 * 60;
    ((0_i64..4_000_000_000), offsets, any::<bool>())
        .prop_map(|(at, offset, has_fraction)| {
            let local: i64 = at + offset * 60;
            let (days, second) = (local.div_euclid(86_400), local.rem_euclid(86_400));
            let (year, month, day) = civil(days);
            let sign = if offset < 0 { '-' } else { '+' };
            let text = format!(
                "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}{}{sign}{:02}:{:02}",
                second / 3600,
                second / 60 % 60,
                second % 60,
                if has_fraction { ".25" } else { "" },
                offset.abs() / 60,
                offset.abs() % 60,
            );
            (json!(text), json!({ "time": at }))
        })
        .boxed()
}

/// Year, month and day, so many days after 1 January 1970.
fn civil(days: i64) -> (i64, i64, i64) {
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let (mut year, mut rest) = (1970, days);
    while rest < 0 || rest >= 365 + i64::from(is_leap(year)) {
        if rest < 0 {
            year -= 1;
            rest += 365 + i64::from(is_leap(year));
        } else {
            rest -= 365 + i64::from(is_leap(year));
            year += 1;
        }
    }
    let february = 28 + i64::from(is_leap(year));
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (index, length) in (1..).zip(months) {
        if rest < length {
            return (year, index, rest + 1);
        }
        rest -= length;
    }
    unreachable!("a year has no more days")
}

/// The word of a clause, and what it must be read as.
const EQUALITY: [(&str, &str); 2] = [("equals", "="), ("not_equals", "!=")];
const ORDER: [(&str, &str); 4] = [
    ("less", "<"),
    ("at_most", "<="),
    ("greater", ">"),
    ("at_least", ">="),
];
const PART: [(&str, &str); 2] = [("contains", "contains"), ("not_contains", "not contains")];
const LIST: [(&str, &str); 2] = [("in", "in"), ("not_in", "not in")];
const NULL: [(&str, &str); 2] = [("is_null", "="), ("is_not_null", "!=")];

/// Written down here on its own: which words compare which fields, and with what.
fn words(
    path: &str,
) -> (
    Vec<(&'static str, &'static str)>,
    BoxedStrategy<Operand>,
    bool,
) {
    match path {
        "summary" | "board/name" | "communicationItems/value" => {
            ([EQUALITY, PART].concat(), text(), true)
        }
        "severity" | "communicationItems/communicationType" => (EQUALITY.to_vec(), choice(), true),
        "id" | "communicationItems/type/id" => ([&EQUALITY[..], &ORDER].concat(), number(), true),
        "closedFlag" | "communicationItems/defaultFlag" => (EQUALITY.to_vec(), boolean(), false),
        _ => (ORDER.to_vec(), time(), false),
    }
}

fn tree(name: &str, sign: &str, values: &[Value]) -> Value {
    json!({"name": name, "test": sign, "values": values})
}

/// A clause on a field of a table.
fn clause(fields: &'static [Field], has_lists: bool) -> BoxedStrategy<Item> {
    let of_field = move |field: &'static Field| {
        let (words, operand, takes_many) = words(field.path);
        let path = field.path;
        let one = (prop::sample::select(words), operand.clone()).prop_map(
            move |((word, sign), (given, read))| {
                (
                    json!({"field": path, "op": word, "value": given}),
                    tree(path, sign, &[read]),
                )
            },
        );
        let many = (
            prop::sample::select(&LIST[..]),
            prop::collection::vec(operand, 1..4),
        );
        let many = many.prop_map(move |((word, sign), operands)| {
            let (given, read): (Vec<_>, Vec<_>) = operands.into_iter().unzip();
            (
                json!({"field": path, "op": word, "value": given}),
                tree(path, sign, &read),
            )
        });
        let none = prop::sample::select(&NULL[..]).prop_map(move |(word, sign)| {
            (
                json!({"field": path, "op": word}),
                tree(path, sign, &[Value::Null]),
            )
        });
        let (lists, nulls) = (
            u32::from(takes_many && has_lists),
            u32::from(field.path != "id"),
        );
        prop_oneof![3 => one, lists => many, nulls => none]
    };
    prop::sample::select(fields.iter().collect::<Vec<_>>())
        .prop_flat_map(of_field)
        .boxed()
}

/// A clause on a custom field, whose literal follows from the JSON type of the value.
fn custom(caption: String) -> BoxedStrategy<Item> {
    let equality = prop_oneof![text(), number(), boolean()];
    let of = |words: &'static [(&str, &str)], operand: BoxedStrategy<Operand>| {
        (prop::sample::select(words), operand)
            .prop_map(|((word, sign), (given, read))| (word, sign, Some(given), read))
            .boxed()
    };
    let none =
        prop::sample::select(&NULL[..]).prop_map(|(word, sign)| (word, sign, None, Value::Null));
    let any = prop_oneof![
        of(&EQUALITY, equality.boxed()),
        of(&PART, text()),
        of(&ORDER, prop_oneof![number(), time()].boxed()),
        none,
    ];
    any.prop_map(move |(word, sign, given, read)| {
        let mut clause = json!({"caption": caption, "op": word});
        if let Some(given) = given {
            clause["value"] = given;
        }
        let named = tree("caption", "=", &[json!({"text": caption})]);
        (
            clause,
            json!({"all": [named, tree("value", sign, &[read])]}),
        )
    })
    .boxed()
}

/// Items of a filter: clauses, and groups of which one clause must hold.
fn items(clause: &BoxedStrategy<Item>) -> BoxedStrategy<(Value, Value)> {
    let group = prop::collection::vec(clause.clone(), 1..4).prop_map(|clauses| {
        let (given, read): (Vec<_>, Vec<_>) = clauses.into_iter().unzip();
        (json!({ "any": given }), vec![one_or("any", read)])
    });
    // A clause on a custom field is two tests, which stand beside the others.
    let alone = clause.clone().prop_map(|(given, mut read)| {
        let both = read
            .get_mut("all")
            .and_then(Value::as_array_mut)
            .map(std::mem::take);
        (given, both.unwrap_or_else(|| vec![read]))
    });
    prop::collection::vec(prop_oneof![3 => alone, 1 => group], 1..4)
        .prop_map(|items| {
            let (given, read): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            (Value::from(given), one_or("all", read.concat()))
        })
        .boxed()
}

fn one_or(several: &str, parts: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(parts) => json!({ several: parts }),
    }
}

/// What the vendor receives of a filter, or what is wrong with it.
fn sent<C: Dialect>(
    given: &Value,
    read: impl FnOnce(&mut Args) -> Vec<Condition<C>>,
) -> Result<String, Vec<String>> {
    let arguments = json!({ "filter": given });
    let mut args = Args::new(&arguments);
    let items = read(&mut args);
    let mut call = Call::new(Verb::Get, "/tickets");
    let mut mistakes = args.finish();
    if mistakes.is_empty() {
        call.clauses("conditions", items);
        mistakes.extend(call.take_mistakes());
    }
    if !mistakes.is_empty() {
        return Err(mistakes.iter().map(ToString::to_string).collect());
    }
    let query = call.query_string();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let (name, text) = pairs.next().expect("a filter is sent");
    assert_eq!(
        (name.as_ref(), pairs.next()),
        ("conditions", None),
        "{query}"
    );
    Ok(text.into_owned())
}

/// Whether a text within what was given has no literal.
fn holds_unquotable(given: &Value) -> bool {
    match given {
        Value::String(text) => {
            text.contains('\\')
                || text.contains(char::is_control)
                || (text.contains('"') && text.contains('\''))
        }
        Value::Array(items) => items.iter().any(holds_unquotable),
        Value::Object(object) => object.values().any(holds_unquotable),
        _ => false,
    }
}

fn is_read_back<C: Dialect>(
    given: &Value,
    expected: Value,
    read: impl FnOnce(&mut Args) -> Vec<Condition<C>>,
) -> Result<(), TestCaseError> {
    match sent(given, read) {
        Ok(text) => {
            prop_assert!(!holds_unquotable(given), "{}", text);
            prop_assert_eq!(sandbox::conditions_tree(&text), Ok(expected), "{}", text);
        }
        Err(told) => {
            prop_assert!(holds_unquotable(given), "{:?}", told);
            let has_reason = told
                .iter()
                .all(|it| it.contains("a filter value cannot contain"));
            prop_assert!(has_reason, "{:?}", told);
        }
    }
    Ok(())
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn conditions_are_read_back((given, expected) in items(&clause(FIELDS, true))) {
        is_read_back(&given, expected, |args| args.clauses("filter", FIELDS))?;
    }

    #[test]
    fn child_conditions_are_read_back((given, expected) in items(&clause(CHILD_FIELDS, false))) {
        is_read_back(&given, expected, |args| args.child_clauses("filter", CHILD_FIELDS))?;
    }

    #[test]
    fn custom_field_conditions_are_read_back(
        (given, expected) in "[a-zA-Z0-9 +%&äöü\\[\\]'\"\\\\]{1,8}".prop_flat_map(|caption| items(&custom(caption)))
    ) {
        is_read_back(&given, expected, |args| args.custom_field_clauses("filter"))?;
    }
}

#[test]
fn the_calendar_is_right() {
    for (days, date) in [
        (0, (1970, 1, 1)),
        (-1, (1969, 12, 31)),
        (59, (1970, 3, 1)),
        (11_016, (2000, 2, 29)),
        (20_484, (2026, 1, 31)),
    ] {
        assert_eq!(civil(days), date);
    }
}
