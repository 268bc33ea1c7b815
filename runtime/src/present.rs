//! What a model sees of an answer: the result, cut between records, never within a value, where it is too large.

use serde_json::{Map, Value, json};

use crate::{
    answer::Content,
    paging::{Next, Window},
    server::File,
    shrink::{fitting, shrink, size},
};

/// Bytes of a whole answer around its records.
const ENVELOPE: usize = 64;
/// Bytes kept free for what stands around the records of a cut answer, its cursor excepted.
const FRAME: usize = 1000;

/// What a model sees of an answer, in at most about so many bytes, and the file that goes with it.
pub(crate) fn present(content: Content, window: &Window, most: usize) -> (Value, Option<File>) {
    match content {
        Content::Records { records, next } => (list(records, next, window, most), None),
        Content::Record(record) => (single(record, most), None),
        Content::File(file) => (described(&file), Some(file)),
    }
}

/// What is told of a file besides its bytes.
pub(crate) fn described(file: &File) -> Value {
    let mut result = Map::new();
    result.insert("media_type".into(), file.media_type.as_str().into());
    result.insert("bytes".into(), file.bytes.len().into());
    result.extend(file.name.clone().map(|name| ("name".into(), name.into())));
    json!({"result": result})
}

/// One record, in at most about so many bytes.
pub(crate) fn single(record: Value, most: usize) -> Value {
    if size(&record) + ENVELOPE <= most {
        return json!({"result": record});
    }
    let (record, omitted) = shrink(record, most.saturating_sub(FRAME));
    let hint = format!(
        "The record is larger than {most} bytes, so parts of it were left out whole: `omitted` names them."
    );
    json!({"result": record, "truncated": true, "hint": hint, "omitted": omitted})
}

fn list(mut records: Vec<Value>, next: Next, window: &Window, most: usize) -> Value {
    let bytes: usize = records.iter().map(|record| size(record) + 1).sum();
    if bytes + length(&next) + ENVELOPE <= most {
        return listed(records, next).into();
    }
    let all = records.len();
    let cursor = length(&next).max(window.rest(all).len());
    // However long the cursor: half of the answer is for the records.
    let budget = most.saturating_sub(FRAME + cursor).max(most / 2);
    let fitting = fitting(&records, budget);
    // There is nothing to cut: the cursor alone is large, and it is of use only whole.
    if fitting == all {
        return listed(records, next).into();
    }
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
        Next::At(window.rest(shown))
    };
    let mut object = listed(records, next);
    object.insert("truncated".into(), true.into());
    let hint = match object.get("hint").and_then(Value::as_str) {
        Some(before) => format!("{before} {}", hint(shown, all, &omitted)),
        None => hint(shown, all, &omitted),
    };
    object.insert("hint".into(), hint.into());
    if !omitted.is_empty() {
        object.insert("omitted".into(), omitted.into());
    }
    object.into()
}

fn listed(records: Vec<Value>, next: Next) -> Map<String, Value> {
    let count = records.len();
    let (cursor, hint) = match next {
        Next::End => (None, None),
        Next::At(cursor) => (Some(cursor), None),
        Next::TooLong(bytes) => {
            let hint = format!(
                "This is not the end of the list, but the vendor's token for what follows is too long to be handed back \
                 ({bytes} bytes). To get more, start anew with a larger limit or a narrower filter."
            );
            (None, Some(hint))
        }
    };
    let mut object = Map::new();
    object.insert("result".into(), records.into());
    object.insert("result_count".into(), count.into());
    object.insert("next_cursor".into(), cursor.into());
    if let Some(hint) = hint {
        object.insert("hint".into(), hint.into());
    }
    object
}

/// Bytes of what is said of what comes next.
fn length(next: &Next) -> usize {
    match next {
        Next::At(cursor) => cursor.len(),
        Next::End | Next::TooLong(_) => 0,
    }
}

fn hint(shown: usize, all: usize, omitted: &[String]) -> String {
    let mut hint = String::new();
    if shown < all {
        hint += &format!(
            "Only the first {shown} of the {all} records of this page are shown, since more would be too large. The \
             others come with next_cursor. "
        );
    }
    if !omitted.is_empty() {
        hint += "Parts of the first record were left out whole: `omitted` names them. ";
    }
    hint + "To get less at once: a smaller limit, a filter, fewer related records or fields."
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        page::Page,
        table::{Paging, Sizes},
    };

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
        shown_before(Next::At("later".into()), records, paging)
    }

    fn shown_before(next: Next, records: Vec<Value>, paging: &Paging) -> Value {
        let window = Window::open(paging, "query".into(), &Page::default()).unwrap();
        list(records, next, &window, 2000)
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
    fn the_rest_of_a_cut_page_comes_before_the_vendors_next_token() {
        let answer = shown((0..20).map(record).collect(), &TOKEN);
        let count = answer["result_count"].as_u64().unwrap() as usize;
        let cursor = answer["next_cursor"].as_str().unwrap().to_owned();
        let page = Page {
            limit: None,
            cursor: Some(cursor),
        };
        let rest = Window::open(&TOKEN, "query".into(), &page).unwrap();
        assert_eq!(rest.skip, count);
    }

    #[test]
    fn a_cursor_alone_may_be_too_large() {
        let long = "x".repeat(90_000);
        let answer = shown_before(Next::At(long.clone()), Vec::new(), &TOKEN);
        assert_eq!(
            answer,
            json!({"result": [], "result_count": 0, "next_cursor": long})
        );
        let answer = shown_before(Next::At(long), vec![record(1), record(2)], &TOKEN);
        assert_eq!(answer["result"], json!([record(1), record(2)]));
        assert_eq!(answer.get("truncated"), None, "nothing was cut");
    }

    #[test]
    fn an_end_that_is_none_is_said_plainly() {
        let answer = shown_before(Next::TooLong(9), vec![record(1)], &TOKEN);
        assert_eq!(answer["next_cursor"], Value::Null);
        let hint = answer["hint"].as_str().unwrap();
        assert!(hint.starts_with("This is not the end"), "{hint}");
    }

    #[test]
    fn a_record_of_many_properties_stays_within_the_cap() {
        let many: Map<String, Value> = (0..100_000)
            .map(|number| (format!("property_{number}"), json!("xxxxxxxxxxxxxxxx")))
            .collect();
        let answer = single(many.into(), 2000);
        assert!(answer.to_string().len() <= 2000, "{answer}");
        let omitted = answer["omitted"].as_array().unwrap();
        assert!(omitted.len() <= 21, "{answer}");
        assert!(
            omitted
                .last()
                .unwrap()
                .as_str()
                .unwrap()
                .ends_with(" more)")
        );
        let long: Map<String, Value> = (0..30)
            .map(|number| (format!("{number}{}", "ä".repeat(500)), json!(1)))
            .collect();
        assert!(single(long.into(), 2000).to_string().len() <= 2000);
    }

    #[test]
    fn a_long_array_is_cut_between_its_elements() {
        let record =
            json!({"id": 1, "lines": (0..100).map(record).collect::<Vec<_>>(), "note": "n"});
        let answer = single(record, 2000);
        assert!(answer.to_string().len() <= 2000, "{answer}");
        assert_eq!(answer["result"]["note"], "n");
        let kept = answer["result"]["lines"].as_array().unwrap().len();
        assert!(kept > 0);
        let told = format!("lines: the last {} of 100 elements", 100 - kept);
        assert_eq!(answer["omitted"], json!([told]));
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
