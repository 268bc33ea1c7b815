//! Whether a record meets a condition.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Condition, Literal, Operator, Test};
use crate::path::{self, Record};
use crate::seed::clock;

/// Whether a record meets a condition.
pub(crate) fn holds(condition: &Condition, record: &Record) -> bool {
    holds_in(condition, record, &|_| true)
}

/// The same where some tests cannot be met whatever they ask for.
fn holds_in(condition: &Condition, record: &Record, can_pass: &dyn Fn(&Test) -> bool) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| holds_in(part, record, can_pass)),
        Condition::Any(parts) => parts.iter().any(|part| holds_in(part, record, can_pass)),
        Condition::Test(test) => can_pass(test) && passes(test, path::read(record, &test.name)),
    }
}

/// Whether elements of the record's lists, one of each list that is named, meet a condition together.
///
/// Names begin with that of a list; a list without elements meets no test.
pub(crate) fn holds_for_child(condition: &Condition, record: &Record) -> bool {
    let mut lists = Vec::new();
    name_lists(condition, &mut lists);
    // One element of each list that has any, in every combination.
    let mut views = vec![Record::new()];
    for list in lists {
        let elements = record.get(list).and_then(Value::as_array);
        let Some(elements) = elements.filter(|it| !it.is_empty()) else {
            continue;
        };
        let with = |view: &Record, element: &Value| {
            let mut view = view.clone();
            view.insert(list.to_owned(), element.clone());
            view
        };
        views = views
            .iter()
            .flat_map(|view| elements.iter().map(move |element| with(view, element)))
            .collect();
    }
    views
        .iter()
        .any(|view| holds_in(condition, view, &|test| view.contains_key(list_of(test))))
}

fn name_lists<'c>(condition: &'c Condition, lists: &mut Vec<&'c str>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| name_lists(part, lists));
        }
        Condition::Test(test) => {
            if !lists.contains(&list_of(test)) {
                lists.push(list_of(test));
            }
        }
    }
}

fn list_of(test: &Test) -> &str {
    test.name.split('/').next().unwrap_or_default()
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
            found.contains(&wanted)
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
