//! A part of the OpenSearch query language: which records a query selects. What is not of it is refused, scripts first of all.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use crate::exchange::{Kind, Refusal};
use crate::path::{self, Record};

/// Whether a query selects a record. `at` is where the query stands.
pub(super) fn selects(query: &Value, record: &Record, at: &str) -> Result<bool, Refusal> {
    let (name, inner) = only(query, at)?;
    let at = format!("{at}/{name}");
    match name.as_str() {
        "match_all" => Ok(true),
        "bool" => all_of(inner, record, &at),
        "exists" => Ok(!path::read(record, inner["field"].as_str().unwrap_or_default()).is_null()),
        "term" | "match" | "terms" | "range" => {
            let (field, wanted) = only(inner, &at)?;
            let found = path::read(record, field);
            compares(name, found, wanted, &format!("{at}/{field}"))
        }
        name if name.contains("script") => Err(refuse(&at, "scripts are not run")),
        _ => Err(refuse(&at, "this kind of query is not understood")),
    }
}

/// Orders records by keys, the first one first; without keys they stay as they are.
pub(super) fn sort(records: &mut [Record], keys: &Value) {
    let keys = keys.as_array().into_iter().flatten();
    // Stable, so the last key goes first.
    for key in keys.rev() {
        let field = key["field"].as_str().unwrap_or_default();
        records.sort_by(|a, b| {
            let order = ordered(path::read(a, field), path::read(b, field));
            if key["order"] == "desc" {
                order.reverse()
            } else {
                order
            }
        });
    }
}

fn all_of(clauses: &Value, record: &Record, at: &str) -> Result<bool, Refusal> {
    let mut holds = true;
    for (kind, inner) in clauses.as_object().into_iter().flatten() {
        let at = format!("{at}/{kind}");
        let queries: Vec<&Value> = match inner {
            Value::Array(queries) => queries.iter().collect(),
            query => vec![query],
        };
        let mut selected = Vec::new();
        for query in queries {
            selected.push(selects(query, record, &at)?);
        }
        holds &= match kind.as_str() {
            "must" | "filter" => selected.iter().all(|it| *it),
            "should" => selected.iter().any(|it| *it),
            "must_not" => selected.iter().all(|it| !*it),
            _ => return Err(refuse(&at, "this part of a bool query is not understood")),
        };
    }
    Ok(holds)
}

fn compares(name: &str, found: &Value, wanted: &Value, at: &str) -> Result<bool, Refusal> {
    let plain = |wanted: &Value| {
        wanted
            .get("value")
            .or_else(|| wanted.get("query"))
            .unwrap_or(wanted)
            .clone()
    };
    match name {
        "term" => Ok(path::same(found, &plain(wanted))),
        "terms" => {
            let wanted = wanted.as_array();
            let wanted = wanted.ok_or_else(|| refuse(at, "terms wants a list of values"))?;
            Ok(wanted.iter().any(|it| path::same(found, it)))
        }
        "match" => {
            let text = path::text(found).to_lowercase();
            let words = path::text(&plain(wanted)).to_lowercase();
            Ok(words.split_whitespace().any(|word| {
                text.split(|it: char| !it.is_alphanumeric())
                    .any(|it| it == word)
            }))
        }
        _ => in_range(found, wanted, at),
    }
}

fn in_range(found: &Value, bounds: &Value, at: &str) -> Result<bool, Refusal> {
    let mut holds = !found.is_null();
    for (name, bound) in bounds.as_object().into_iter().flatten() {
        let order = ordered(found, bound);
        holds &= match name.as_str() {
            "gt" => order.is_gt(),
            "gte" => order.is_ge(),
            "lt" => order.is_lt(),
            "lte" => order.is_le(),
            _ => {
                return Err(refuse(
                    &format!("{at}/{name}"),
                    "a range has gt, gte, lt and lte",
                ));
            }
        };
    }
    Ok(holds)
}

/// Numbers as numbers, anything else as text; what is not there comes first.
pub(super) fn ordered(a: &Value, b: &Value) -> Ordering {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => (!a.is_null(), path::text(a)).cmp(&(!b.is_null(), path::text(b))),
    }
}

/// The one key of an object.
fn only<'q>(query: &'q Value, at: &str) -> Result<(&'q String, &'q Value), Refusal> {
    let one = |it: &'q Map<String, Value>| it.iter().next().filter(|_| it.len() == 1);
    let found = query.as_object().and_then(one);
    found.ok_or_else(|| refuse(at, "an object with exactly one key is wanted"))
}

fn refuse(at: &str, why: &str) -> Refusal {
    Refusal::of(
        Kind::Invalid,
        at,
        format!("The query is refused at {at}: {why}."),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn holds(query: Value) -> Option<bool> {
        let record =
            json!({"title": "Old snapshots, many", "cost": 20, "status": "To Do", "due": null});
        selects(&query, record.as_object().unwrap(), "query").ok()
    }

    #[test]
    fn the_part_that_is_understood_selects_and_the_rest_is_refused() {
        for (query, expected) in [
            (json!({"match_all": {}}), Some(true)),
            (json!({"term": {"status": "To Do"}}), Some(true)),
            (json!({"term": {"status": {"value": "Done"}}}), Some(false)),
            (json!({"terms": {"cost": [5, 20]}}), Some(true)),
            (json!({"terms": {"cost": 5}}), None),
            (json!({"match": {"title": "new snapshots"}}), Some(true)),
            (json!({"match": {"title": "snap"}}), Some(false)),
            (json!({"range": {"cost": {"gt": 20}}}), Some(false)),
            (
                json!({"range": {"cost": {"gte": 20, "lt": 21}}}),
                Some(true),
            ),
            (json!({"range": {"cost": {"from": 1}}}), None),
            (json!({"range": {"due": {"gte": 1}}}), Some(false)),
            (json!({"exists": {"field": "due"}}), Some(false)),
            (
                json!({"bool": {"must_not": {"exists": {"field": "due"}}, "should": [{"term": {"cost": 1}}, {"term": {"cost": 20}}]}}),
                Some(true),
            ),
            (
                json!({"bool": {"filter": [{"match_all": {}}, {"term": {"cost": 1}}]}}),
                Some(false),
            ),
            (json!({"bool": {"perhaps": []}}), None),
            (json!({"script": {"source": "1"}}), None),
            (json!({"term": {}}), None),
            (json!({}), None),
        ] {
            assert_eq!(holds(query.clone()), expected, "{query}");
        }
    }
}
