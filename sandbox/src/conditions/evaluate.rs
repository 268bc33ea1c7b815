//! Whether a record meets a condition.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Condition, Literal, Operator, Test};
use crate::path::{self, Record};
use crate::seed::clock;

/// Whether a record meets a condition.
pub(crate) fn holds(condition: &Condition, record: &Record) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| holds(part, record)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, record)),
        Condition::Test(test) => passes(test, path::read(record, &test.name)),
    }
}

/// Whether one and the same element of the record's lists meets a condition whose names begin with the list's.
pub(crate) fn holds_for_child(condition: &Condition, record: &Record) -> bool {
    let lists = record
        .iter()
        .filter_map(|(name, value)| Some((name, value.as_array()?)));
    lists.into_iter().any(|(name, elements)| {
        elements.iter().any(|element| {
            let mut view = Record::new();
            view.insert(name.clone(), element.clone());
            holds(condition, &view)
        })
    })
}

fn passes(test: &Test, found: &Value) -> bool {
    let wanted_null = test.values.first() == Some(&Literal::Null);
    if wanted_null {
        return found.is_null() == (test.operator == Operator::Equal);
    }
    if found.is_null() {
        return false;
    }
    test.negated
        != test
            .values
            .iter()
            .any(|wanted| matches(test.operator, found, wanted))
}

fn matches(operator: Operator, found: &Value, wanted: &Literal) -> bool {
    if let (Operator::Contains | Operator::Like, Literal::Text(wanted)) = (operator, wanted) {
        let (found, wanted) = (path::text(found).to_lowercase(), wanted.to_lowercase());
        return if operator == Operator::Contains {
            found.contains(&wanted.replace("[[]", "["))
        } else {
            like(&found, &wanted)
        };
    }
    let Some(order) = compare(found, wanted) else {
        return operator == Operator::NotEqual;
    };
    match operator {
        Operator::Equal | Operator::In => order == Ordering::Equal,
        Operator::NotEqual => order != Ordering::Equal,
        Operator::Less => order == Ordering::Less,
        Operator::LessOrEqual => order != Ordering::Greater,
        Operator::Greater => order == Ordering::Greater,
        Operator::GreaterOrEqual => order != Ordering::Less,
        Operator::Contains | Operator::Like => false,
    }
}

fn compare(found: &Value, wanted: &Literal) -> Option<Ordering> {
    match wanted {
        Literal::Text(wanted) => Some(path::text(found).to_lowercase().cmp(&wanted.to_lowercase())),
        Literal::Number(wanted) => found.as_f64()?.partial_cmp(wanted),
        Literal::Boolean(wanted) => Some(found.as_bool()?.cmp(wanted)),
        Literal::Time(wanted) => Some(clock::parse(found.as_str()?)?.cmp(wanted)),
        Literal::Null => None,
    }
}

/// Whether a text fits a pattern in which `%` and `*` stand for any text, `[[]` for `[`.
fn like(text: &str, pattern: &str) -> bool {
    let pattern = pattern.replace("[[]", "[");
    let parts: Vec<&str> = pattern.split(['%', '*']).collect();
    let [first, middle @ .., last] = parts.as_slice() else {
        return text == pattern;
    };
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}
