//! What a model sees of an answer: the result, cut between records, never within a value, where it is too large.

use serde_json::{Map, Value, json};

use crate::{answer::Content, paging::Window, table::Paging, text};

/// Bytes of a whole answer around its records.
const ENVELOPE: usize = 64;
/// Bytes kept free for the cursor and the hint of a cut answer.
const FRAME: usize = 700;

/// What a model sees of an answer, in at most about so many bytes.
pub(crate) fn present(content: Content, window: &Window, paging: &Paging, most: usize) -> Value {
    let budget = most.saturating_sub(FRAME);
    match content {
        Content::Records { records, next } => {
            let bytes: usize = records.iter().map(|record| size(record) + 1).sum();
            if bytes + next.as_ref().map_or(0, String::len) + ENVELOPE <= most {
                return listed(records, next).into();
            }
            cut(records, next, window, paging, budget).into()
        }
        Content::Record(record) => {
            if size(&record) + ENVELOPE <= most {
                return json!({"result": record});
            }
            let (record, omitted) = shrink(record, budget);
            let hint = format!(
                "The record is larger than {most} bytes, so these of its properties were left out whole: {}.",
                text::list(omitted.iter())
            );
            json!({"result": record, "truncated": true, "hint": hint, "omitted": omitted})
        }
        Content::File { media_type, bytes } => {
            json!({"result": {"media_type": media_type, "bytes": bytes.len()}})
        }
    }
}

fn listed(records: Vec<Value>, next: Option<String>) -> Map<String, Value> {
    let count = records.len();
    let mut object = Map::new();
    object.insert("result".into(), records.into());
    object.insert("result_count".into(), count.into());
    object.insert("next_cursor".into(), next.into());
    object
}

fn cut(
    mut records: Vec<Value>,
    next: Option<String>,
    window: &Window,
    paging: &Paging,
    budget: usize,
) -> Map<String, Value> {
    let all = records.len();
    let mut used = 0;
    let fitting = records
        .iter()
        .take_while(|record| {
            used += size(record) + 1;
            used <= budget
        })
        .count();
    let mut omitted = Vec::new();
    if fitting == 0 {
        // One record must be shown, or the model would never get past it.
        (records[0], omitted) = shrink(records[0].take(), budget);
    }
    let shown = fitting.max(1);
    records.truncate(shown);
    let next = if shown == all {
        next
    } else {
        window.rest(paging, shown)
    };
    let hint = hint(shown, all, next.is_some(), &omitted);
    let mut object = listed(records, next);
    object.insert("truncated".into(), true.into());
    object.insert("hint".into(), hint.into());
    if !omitted.is_empty() {
        object.insert("omitted".into(), omitted.into());
    }
    object
}

fn hint(shown: usize, all: usize, goes_on: bool, omitted: &[String]) -> String {
    let mut hint = String::new();
    if shown < all {
        hint += &format!(
            "Only the first {shown} of the {all} records of this page are shown, since more would be too large. "
        );
        hint += if goes_on {
            "The others come with next_cursor. "
        } else {
            "The others cannot be had from here. "
        };
        if !goes_on {
            hint += &format!(
                "To get them, start anew without next_cursor and with limit {shown} or less. "
            );
        }
    }
    if !omitted.is_empty() {
        hint += &format!(
            "Properties of the first record that were left out whole: {}. ",
            text::list(omitted.iter())
        );
    }
    hint + "To get less at once: a smaller limit, a filter, fewer related records or fields."
}

/// A value with its largest parts left out whole until it fits, and what was left out.
fn shrink(value: Value, budget: usize) -> (Value, Vec<String>) {
    match value {
        Value::Object(mut object) => {
            let mut parts: Vec<(usize, String)> = object
                .iter()
                .map(|(key, child)| (size(child) + key.len() + 4, key.clone()))
                .collect();
            let mut total: usize = parts.iter().map(|(bytes, _)| bytes).sum();
            parts.sort_by(|(one, _), (other, _)| other.cmp(one));
            let mut omitted = Vec::new();
            for (bytes, key) in parts {
                if total <= budget {
                    break;
                }
                total -= bytes;
                omitted.push(key);
            }
            object.retain(|key, _| !omitted.contains(key));
            (object.into(), omitted)
        }
        Value::Array(mut items) => {
            let all = items.len();
            let mut used = 0;
            items.retain(|item| {
                used += size(item) + 1;
                used <= budget
            });
            let omitted = format!("{} of {all} elements, from the end", all - items.len());
            (items.into(), vec![omitted])
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            (Value::Null, vec!["the whole value".to_owned()])
        }
    }
}

/// Bytes of the value as JSON text.
fn size(value: &Value) -> usize {
    value.to_string().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{page::Page, table::Sizes};

    const PAGE: Paging = Paging::Page {
        page: "page",
        size: "size",
        first: 1,
        sizes: Sizes {
            default: 25,
            max: 100,
        },
        last_page: None,
    };
    const TOKEN: Paging = Paging::Cursor {
        cursor: "after",
        size: "size",
        in_body: false,
        sizes: Sizes {
            default: 25,
            max: 100,
        },
        next: "/next",
    };

    fn shown(records: Vec<Value>, paging: &Paging) -> Value {
        let window = Window::open(paging, "query".into(), &Page::default()).unwrap();
        present(
            Content::Records {
                records,
                next: Some("later".into()),
            },
            &window,
            paging,
            2000,
        )
    }

    fn record(id: usize) -> Value {
        json!({"id": id, "text": "x".repeat(300)})
    }

    #[test]
    fn small_answers_are_whole() {
        let answer = shown(vec![record(1), record(2)], &PAGE);
        assert_eq!(answer["result_count"], 2);
        assert_eq!(answer["next_cursor"], "later");
        assert_eq!(answer.get("truncated"), None);
    }

    #[test]
    fn large_answers_are_cut_between_records_and_go_on() {
        let answer = shown((0..20).map(record).collect(), &PAGE);
        let count = answer["result_count"].as_u64().unwrap() as usize;
        assert!(answer.to_string().len() <= 2000 && count > 1, "{answer}");
        assert_eq!(answer["result"].as_array().unwrap().len(), count);
        assert_eq!(answer["truncated"], true);
        let cursor = answer["next_cursor"].as_str().unwrap().to_owned();
        let rest = Window::open(
            &PAGE,
            "query".into(),
            &Page {
                limit: None,
                cursor: Some(cursor),
            },
        )
        .unwrap();
        assert_eq!(rest.skip, count);
    }

    #[test]
    fn what_cannot_be_asked_for_again_is_said_plainly() {
        let answer = shown((0..20).map(record).collect(), &TOKEN);
        assert_eq!(answer["next_cursor"], Value::Null);
        let hint = answer["hint"].as_str().unwrap();
        assert!(
            hint.contains("start anew without next_cursor and with limit"),
            "{hint}"
        );
    }

    #[test]
    fn one_huge_record_loses_whole_properties() {
        let huge = json!({"id": 1, "log": "x".repeat(5000), "name": "n"});
        let answer = shown(vec![huge, record(2)], &PAGE);
        assert_eq!(answer["result"], json!([{"id": 1, "name": "n"}]));
        assert_eq!(answer["omitted"], json!(["log"]));
        assert!(answer["next_cursor"].is_string());
    }
}
