//! Inputs whose values are never shown: not in what is wrong with them, not in a question, not in a log, and not in an answer
//! of the vendor's that repeats them.

use serde_json::Value;

use crate::{mistake::Mistake, table::About};

/// What stands in place of a value.
pub(crate) const HIDDEN: &str = "(not shown)";

/// Takes what came out of the mistakes in such inputs; what was expected stays.
pub(crate) fn conceal(about: &About, mistakes: &mut [Mistake]) {
    for mistake in mistakes {
        let own = mistake
            .at
            .split(['.', '['])
            .next()
            .unwrap_or_default()
            .to_owned();
        if !about.secret.contains(&own.as_str()) {
            continue;
        }
        if mistake.why.contains("unknown input ") {
            // The key itself is what came.
            *mistake = Mistake::new(own, "has an unknown input within, which is not shown");
        } else if let Some(start) = mistake.why.find("got ") {
            // What came stands at the end of every sentence that holds it.
            mistake.why.truncate(start);
            mistake.why += "got what is not shown";
        }
    }
}

/// Every text and number that such inputs hold.
pub(crate) fn values(about: &About, arguments: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for name in about.secret {
        leaves(&arguments[*name], &mut found);
    }
    found
}

fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        // Queries and forms show it percent-encoded.
        Value::String(text) if !text.is_empty() => {
            found.extend([text.clone(), crate::encode::percent(text)]);
        }
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|it| leaves(it, found)),
        Value::Object(object) => object.values().for_each(|it| leaves(it, found)),
        Value::String(_) | Value::Null | Value::Bool(_) => {}
    }
}
