//! Which page of a list a request is for, and how the next one is announced.

use serde_json::{Map, Value, json};

use super::Turn;
use crate::exchange::{Kind, Refusal};
use crate::order;
use crate::paging::{self, Cut, Numbers, Paging, Scroll};
use crate::path::{self, Record};

/// Cuts a page out of the matches.
pub(super) fn cut(
    turn: &mut Turn<'_>,
    paging: &Paging,
    collection: &str,
    inputs: &Record,
    matches: Vec<Record>,
) -> Result<Cut, Refusal> {
    match paging {
        Paging::Page {
            page,
            size,
            default_size,
            max_size,
            ..
        } => {
            let numbers = paging::numbers(inputs, (page, size), *default_size, *max_size)?;
            Ok(paging::numbered(matches, &numbers))
        }
        Paging::Link {
            page,
            size,
            after,
            default_size,
            max_size,
        } => {
            let numbers = paging::numbers(inputs, (page, size), *default_size, *max_size)?;
            if turn.request.header("pagination-type") == Some("forward-only") {
                forward(turn, matches, after, numbers.size)
            } else {
                Ok(linked(turn, matches, page, &numbers))
            }
        }
        Paging::Scroll {
            cursor,
            size,
            default_size,
            max_size,
            ..
        } => {
            let numbers = paging::numbers(inputs, ("", size), *default_size, *max_size)?;
            let begun = scroll(turn, inputs, (cursor, size))?;
            Ok(scrolled(
                turn,
                begun,
                cursor,
                collection,
                matches,
                numbers.size,
            ))
        }
        Paging::None { .. } => {
            let values = Map::from_iter([("$total".to_owned(), matches.len().into())]);
            Ok(Cut {
                records: matches,
                headers: Vec::new(),
                values,
            })
        }
    }
}

/// The address of this request with another query.
fn address(turn: &Turn<'_>, replaced: &[(&str, String)]) -> String {
    let host = turn.request.header("host").unwrap_or("127.0.0.1");
    format!(
        "http://{host}{}?{}",
        turn.request.path,
        paging::requery(&turn.request.query, replaced)
    )
}

/// A numbered page, its neighbours in a `Link` header.
fn linked(turn: &Turn<'_>, matches: Vec<Record>, page: &str, numbers: &Numbers) -> Cut {
    let last = matches.len().div_ceil(numbers.size).max(1);
    let to = |number: usize| address(turn, &[(page, number.to_string())]);
    let mut relations = Vec::new();
    if numbers.page < last {
        relations.extend([("next", to(numbers.page + 1)), ("last", to(last))]);
    }
    if numbers.page > 1 {
        relations.extend([("prev", to(numbers.page - 1)), ("first", to(1))]);
    }
    let mut cut = paging::numbered(matches, numbers);
    if !relations.is_empty() {
        cut.headers
            .push(("Link".to_owned(), paging::link(&relations)));
    }
    cut
}

/// The page after an id, ordered by id; the `Link` header is always there.
fn forward(
    turn: &Turn<'_>,
    mut matches: Vec<Record>,
    after: &str,
    size: usize,
) -> Result<Cut, Refusal> {
    let in_body = turn.inputs.body.get("orderBy").is_some();
    if turn.inputs.query.contains_key("orderBy") || in_body {
        let message = "orderBy is not possible with pagination-type: forward-only.";
        return Err(Refusal::of(Kind::Invalid, "orderBy", message));
    }
    let last = turn
        .inputs
        .query
        .get(after)
        .and_then(Value::as_i64)
        .unwrap_or(0);
    let id = |record: &Record| path::read(record, "id").as_i64().unwrap_or(0);
    matches.retain(|record| id(record) > last);
    order::sort(&mut matches, "id");
    let more = matches.len() > size;
    matches.truncate(size);
    let next = matches
        .last()
        .filter(|_| more)
        .map(|record| address(turn, &[(after, id(record).to_string())]));
    let link = next
        .map(|next| paging::link(&[("next", next)]))
        .unwrap_or_default();
    Ok(Cut {
        records: matches,
        headers: vec![("Link".to_owned(), link)],
        values: Map::new(),
    })
}

/// The scroll that a request goes on with, or a new one, which has no rest yet.
fn scroll(
    turn: &Turn<'_>,
    inputs: &Record,
    (cursor, size): (&str, &str),
) -> Result<(Record, Option<Vec<Value>>), Refusal> {
    let within = cursor.split('/').next().unwrap_or(cursor);
    let bound: Record = inputs
        .iter()
        .filter(|(name, _)| *name != within && *name != size)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let given = path::read(inputs, cursor);
    if given.is_null() {
        return Ok((bound, None));
    }
    let key = last_step(cursor);
    let refuse = |message: String| Refusal::of(Kind::Invalid, cursor, message);
    let begun = turn.world.scrolls.get(&path::text(given));
    let begun =
        begun.ok_or_else(|| refuse(format!("The {key} is not one that this API handed out.")))?;
    if begun.inputs != bound {
        return Err(refuse(format!(
            "The {key} belongs to a search with other inputs."
        )));
    }
    Ok((bound, Some(begun.rest.clone())))
}

/// The page of a scroll. Records that were not there when it began are not shown.
fn scrolled(
    turn: &mut Turn<'_>,
    (inputs, rest): (Record, Option<Vec<Value>>),
    cursor: &str,
    collection: &str,
    mut records: Vec<Record>,
    count: usize,
) -> Cut {
    let collection = turn.world.store.collection(collection);
    let id = |record: &Record| match &collection {
        Ok(collection) => collection.id_of(record).clone(),
        Err(_) => Value::Null,
    };
    if let Some(rest) = rest {
        records.retain(|record| rest.contains(&id(record)));
    }
    let rest: Vec<Value> = records.iter().skip(count).map(id).collect();
    records.truncate(count);
    let next = if rest.is_empty() {
        Value::Null
    } else {
        let key = turn.world.draw.hex(32);
        let scroll = Scroll { inputs, rest };
        turn.world.scrolls.begin(key.clone(), scroll);
        json!({ last_step(cursor): key })
    };
    let values = Map::from_iter([("$next".to_owned(), next)]);
    Cut {
        records,
        headers: Vec::new(),
        values,
    }
}

fn last_step(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
