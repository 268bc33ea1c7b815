//! What a reader refuses though the schema allows it: only what no schema can state, and only where the arguments show it.

use std::collections::BTreeSet;

use runtime::{Args, Call, Entry, Mistake, Value};

/// Words of a mistake, and what the arguments must then show.
struct Excuse {
    words: &'static str,
    shows: fn(arguments: &Value, entry: &Entry) -> bool,
}

const EXCUSES: [Excuse; 23] = [
    Excuse {
        words: "nothing to change",
        shows: changes_nothing,
    },
    Excuse {
        words: "is both given and cleared",
        shows: gives_what_it_clears,
    },
    // The vendor wants one of several, and the one that is sent of itself was denied.
    Excuse {
        words: "must be true",
        shows: |arguments, _| holds(arguments, &|value| *value == false),
    },
    Excuse {
        words: "a filter value cannot contain",
        shows: |arguments, _| holds_text(arguments, &has_no_literal),
    },
    Excuse {
        words: "cannot stand in a path",
        shows: |arguments, _| holds(arguments, &leads_elsewhere),
    },
    Excuse {
        words: "which ends the value in this path",
        shows: |arguments, _| holds_text(arguments, &|text| text.contains(['\'', '(', ')'])),
    },
    Excuse {
        words: "an item cannot contain a comma",
        shows: |arguments, _| has_part(arguments, ","),
    },
    Excuse {
        words: "an item cannot contain a space",
        shows: |arguments, _| has_part(arguments, " "),
    },
    Excuse {
        words: "an item cannot contain a vertical bar",
        shows: |arguments, _| has_part(arguments, "|"),
    },
    Excuse {
        words: "an item cannot contain a dot",
        shows: |arguments, _| has_part(arguments, "."),
    },
    Excuse {
        words: "an item cannot contain an equals sign",
        shows: |arguments, _| has_part(arguments, "="),
    },
    Excuse {
        words: "a key cannot be empty, nor contain a bracket",
        shows: |arguments, _| {
            holds_key(arguments, &|key| key.is_empty() || key.contains(['[', ']']))
        },
    },
    Excuse {
        words: "is another input of this call",
        shows: |arguments, _| holds_key(arguments, &|key| arguments.get(key).is_some()),
    },
    Excuse {
        words: "cannot contain a character beyond ASCII",
        shows: |arguments, _| has_part_of(arguments, &|text| !text.is_ascii()),
    },
    Excuse {
        words: "cannot contain what a cookie cannot",
        shows: |arguments, _| has_part_of(arguments, &|text| !text.chars().all(is_of_cookie)),
    },
    Excuse {
        words: "cannot contain a line break or a control character",
        shows: |arguments, _| has_part_of(arguments, &|text| text.contains(char::is_control)),
    },
    Excuse {
        words: "is a `data:` URI",
        shows: |arguments, _| holds_text(arguments, &|text| text.starts_with("data:")),
    },
    // The schema was satisfied, so the null is an input of free JSON.
    Excuse {
        words: "null is not accepted",
        shows: |arguments, _| holds(arguments, &Value::is_null),
    },
    Excuse {
        words: "expected an integer of 64 bits",
        shows: |arguments, _| holds(arguments, &is_beyond_64_bits),
    },
    Excuse {
        words: "are carried exactly",
        shows: |arguments, _| holds(arguments, &has_many_digits),
    },
    Excuse {
        words: "one custom field must meet all items",
        shows: |arguments, _| names_several_captions(arguments),
    },
    Excuse {
        words: "a time with its offset",
        shows: |arguments, _| holds_text(arguments, &is_at_the_end_of_time),
    },
    // Stands beside those that are told, each of which has an excuse of its own.
    Excuse {
        words: "there are more mistakes",
        shows: |_, _| true,
    },
];

/// Whether each mistake has an excuse.
pub(crate) fn covers(mistakes: &[Mistake], arguments: &Value, entry: &Entry) -> bool {
    mistakes.iter().all(|mistake| {
        EXCUSES
            .iter()
            .any(|it| mistake.why.contains(it.words) && (it.shows)(arguments, entry))
    })
}

/// An update that gives only what stands in its path, query and headers.
fn changes_nothing(arguments: &Value, entry: &Entry) -> bool {
    let mut call = Call::new(entry.about.verb, entry.about.path);
    (entry.prepare)(&mut Args::new(arguments), &mut call);
    let beside_the_body = entry.about.path.matches('{').count()
        + call.query.len()
        + call.headers.len()
        + call.cookies.len();
    let given = arguments.as_object().into_iter().flatten();
    // A form has no field for what is empty.
    let says = |value: &Value| {
        let is_empty_list = value.as_array().is_some_and(Vec::is_empty);
        !is_empty_list && !value.as_object().is_some_and(serde_json::Map::is_empty)
    };
    let given = given
        .filter(|(name, value)| *name != "clear" && says(value))
        .count();
    given == beside_the_body && cleared(arguments).next().is_none()
}

fn gives_what_it_clears(arguments: &Value, _: &Entry) -> bool {
    cleared(arguments).any(|name| arguments.get(name).is_some())
}

/// The inputs that an update empties.
fn cleared(arguments: &Value) -> impl Iterator<Item = &str> {
    let cleared = arguments["clear"].as_array().into_iter().flatten();
    cleared.filter_map(Value::as_str)
}

/// A number of more digits than JSON carries exactly everywhere.
fn has_many_digits(value: &Value) -> bool {
    value.is_number() && value.to_string().bytes().filter(u8::is_ascii_digit).count() > 15
}

/// A text that the filter dialect, which documents no escape, cannot quote.
fn has_no_literal(text: &str) -> bool {
    text.contains('\\')
        || text.contains(char::is_control)
        || (text.contains('"') && text.contains('\''))
}

/// Items of a filter on custom fields that no single field could meet.
fn names_several_captions(arguments: &Value) -> bool {
    let items = arguments["custom_field_conditions"].as_array();
    let items = items.into_iter().flatten();
    let captions = items.map(|item| {
        let clauses = item["any"].as_array();
        let clauses = clauses.map_or_else(|| vec![item], |it| it.iter().collect());
        clauses.into_iter().map(|it| it["caption"].to_string())
    });
    let sets = captions.map(Iterator::collect::<BTreeSet<_>>);
    sets.reduce(|all, set| &all & &set)
        .is_some_and(|it| it.is_empty())
}

/// The reader keeps integers of 64 bits with a sign; the schema knows no end.
fn is_beyond_64_bits(value: &Value) -> bool {
    const END: f64 = 9_223_372_036_854_775_808.0;
    value
        .as_f64()
        .is_some_and(|number| !(-END..END).contains(&number))
}

/// A moment that has no year of four digits in UTC.
fn is_at_the_end_of_time(text: &str) -> bool {
    text.starts_with("0000-01-01") || text.starts_with("9999-12-31")
}

/// What would be another path: nothing, or a piece of dots.
fn leads_elsewhere(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            let mut pieces = text.split(['/', '\\']);
            text.is_empty() || pieces.any(|it| matches!(it, "." | ".."))
        }
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

/// Whether a key, or a value as it goes out, has this in it.
fn has_part(value: &Value, part: &str) -> bool {
    has_part_of(value, &|text| text.contains(part))
}

fn has_part_of(value: &Value, is_it: &dyn Fn(&str) -> bool) -> bool {
    holds_key(value, is_it)
        || holds(value, &|value| match value {
            Value::String(text) => is_it(text),
            Value::Number(number) => is_it(&number.to_string()),
            _ => false,
        })
}

fn holds_key(value: &Value, is_it: &dyn Fn(&str) -> bool) -> bool {
    holds(value, &|value| {
        let keys = value.as_object().into_iter().flatten();
        keys.into_iter().any(|(key, _)| is_it(key))
    })
}

/// The octets of a cookie's value (RFC 6265).
fn is_of_cookie(it: char) -> bool {
    it.is_ascii_graphic() && !matches!(it, '"' | ',' | ';' | '\\')
}

fn holds_text(value: &Value, is_it: &dyn Fn(&str) -> bool) -> bool {
    holds(value, &|value| value.as_str().is_some_and(is_it))
}

/// Whether a value, or one within it, is of a kind.
fn holds(value: &Value, is_it: &dyn Fn(&Value) -> bool) -> bool {
    is_it(value)
        || match value {
            Value::Array(items) => items.iter().any(|item| holds(item, is_it)),
            Value::Object(object) => object.values().any(|value| holds(value, is_it)),
            _ => false,
        }
}
