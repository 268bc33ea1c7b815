//! How values, requests and answers are shown in a line: what is long is cut, what is nested is named.

use serde_json::Value;

use super::client::Answer;

/// Most characters of what is sent.
const SENT: usize = 300;
/// Most characters of what comes back.
const ANSWERED: usize = 180;
/// Most characters of one text.
const TEXT: usize = 48;
/// Most items of an array.
const ITEMS: usize = 4;

/// The arguments of a call.
pub(super) fn arguments(arguments: &Value) -> String {
    cut(&inline(arguments, 0), SENT)
}

/// A value that came back.
pub(super) fn brief(value: &Value) -> String {
    cut(&inline(value, 0), ANSWERED)
}

/// A request: method, path, query (decoded, for people), body.
pub(super) fn request(request: &Value) -> String {
    let method = request["method"].as_str().unwrap_or_default();
    let url = request["url"].as_str().unwrap_or_default();
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    let line = format!("{method} /{}", decoded(path));
    match &request["body"] {
        Value::Null => cut(&line, SENT),
        body => cut(&format!("{line} {}", inline(body, 0)), SENT),
    }
}

/// What a call came to; a failure's message and each piece of its guidance on a line of its own.
pub(super) fn answer(answer: &Answer) -> Vec<String> {
    let json = &answer.json;
    if answer.failed {
        return failure(json);
    }
    let Value::Array(records) = &json["result"] else {
        return vec![brief(&json["result"])];
    };
    let noun = if records.len() == 1 {
        "record"
    } else {
        "records"
    };
    let more = if json["next_cursor"].is_null() {
        ""
    } else {
        ", and more"
    };
    let first = records
        .first()
        .map(|it| format!(": {}", inline(it, 0)))
        .unwrap_or_default();
    let line = format!("{} {noun}{more}{first}", records.len());
    vec![cut(&line, ANSWERED)]
}

fn failure(json: &Value) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: {}",
        text(&json["error"]),
        text(&json["message"])
    )];
    match &json["guidance"] {
        Value::Null => {}
        Value::Array(guidance) => lines.extend(guidance.iter().map(text)),
        guidance => lines.push(text(guidance)),
    }
    lines.iter().map(|it| cut(it, ANSWERED)).collect()
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn inline(value: &Value, depth: usize) -> String {
    match value {
        Value::String(text) => Value::from(cut(text, TEXT)).to_string(),
        Value::Array(items) => {
            let mut shown: Vec<_> = items
                .iter()
                .take(ITEMS)
                .map(|it| inline(it, depth + 1))
                .collect();
            if items.len() > ITEMS {
                shown.push(format!("… {} in all", items.len()));
            }
            format!("[{}]", shown.join(", "))
        }
        Value::Object(object) if depth > 1 && object.len() > ITEMS => "{…}".to_owned(),
        Value::Object(object) => {
            let entries = object
                .iter()
                .map(|(key, value)| format!("{key}: {}", inline(value, depth + 1)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// A URL without its percent-encoding.
fn decoded(url: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = url.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'%');
        let hex = hex.and_then(|it| std::str::from_utf8(it).ok());
        if let Some(byte) = hex.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn requests_are_decoded_and_cut() {
        let url = "http://127.0.0.1:5/v1/a?with%5B%5D=b%20c&d=%C3%A4%2";
        let shown = request(&json!({"method": "GET", "url": url, "body": null}));
        assert_eq!(shown, "GET /v1/a?with[]=b c&d=ä%2");
        let shown = request(
            &json!({"method": "POST", "url": "http://h/a", "body": {"text": "x".repeat(99)}}),
        );
        assert_eq!(
            shown,
            format!("POST /a {{text: \"{}…\"}}", "x".repeat(TEXT))
        );
    }

    #[test]
    fn what_is_nested_or_long_is_shortened() {
        let wide = json!({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5});
        let value = json!({"items": [1, 2, 3, 4, 5], "in": {"in": wide}, "text": "ä"});
        assert_eq!(
            brief(&value),
            r#"{items: [1, 2, 3, 4, … 5 in all], in: {in: {…}}, text: "ä"}"#
        );
    }
}
