//! A composite read: several read tools called at once with shared inputs, and what of their answers makes one result.

use futures_util::future::join_all;
use serde_json::{Map, Value, json};

use crate::{
    answer::Content,
    credentials::Secret,
    entry::Entry,
    failure::Failure,
    paging::{Next, Window},
    present::single,
    server::{Outcome, Ready, Server},
};

/// A part of a composite read: a call of another tool of the vendor.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its key in the result.
    pub key: &'static str,
    /// Name of the tool.
    pub tool: &'static str,
    /// Inputs of the tool, each with the name of the caller's input that it takes.
    pub inputs: &'static [(&'static str, &'static str)],
    /// Its constant arguments, as the text of a JSON object.
    pub arguments: &'static str,
    /// What of each record is shown: a name, and a path; empty: everything.
    pub show: &'static [(&'static str, &'static str)],
    /// Whether the whole fails if this part does.
    pub required: bool,
}

/// A part with the tool that answers it, and its whole arguments.
pub(crate) struct Prepared {
    /// What is read.
    pub(crate) part: &'static Part,
    /// The request.
    pub(crate) ready: Ready,
    entry: &'static Entry,
    arguments: Value,
}

/// The request of every part; none is sent unless all can be.
///
/// # Errors
/// Every mistake in the arguments, or what is wrong with the settings.
pub(crate) fn prepare(
    server: &Server,
    entry: &Entry,
    parts: &'static [Part],
    arguments: &Value,
) -> Result<Vec<Prepared>, Failure> {
    entry.call(arguments).map_err(Failure::Arguments)?;
    let prepared = parts.iter().map(|part| {
        let entry = server
            .catalogue
            .of_vendor(part.tool)
            .ok_or(Failure::Defect)?;
        let arguments = arguments_of(part, arguments);
        Ok(Prepared {
            part,
            ready: server.prepare(entry, &arguments)?,
            entry,
            arguments,
        })
    });
    prepared.collect()
}

/// The request of every part, once it is known where the API stands.
async fn ready(
    server: &Server,
    entry: &Entry,
    parts: &'static [Part],
    arguments: &Value,
) -> Result<Vec<Prepared>, Failure> {
    match prepare(server, entry, parts, arguments) {
        Err(Failure::Unfound) => {
            server.look_up().await?;
            prepare(server, entry, parts, arguments)
        }
        prepared => prepared,
    }
}

/// Constants, and the caller's values under the names that the tool knows them by.
fn arguments_of(part: &Part, given: &Value) -> Value {
    let constants = serde_json::from_str(part.arguments);
    let mut arguments: Map<String, Value> = constants.unwrap_or_default();
    for (name, input) in part.inputs {
        let value = given.get(*input);
        arguments.extend(value.map(|value| ((*name).to_owned(), value.clone())));
    }
    arguments.into()
}

/// Reads every part at once. One that fails is told beside the others, unless it is required or all fail.
pub(crate) async fn call(
    server: &Server,
    entry: &Entry,
    parts: &'static [Part],
    arguments: &Value,
    caller: Option<Secret>,
) -> Outcome {
    let prepared = match ready(server, entry, parts, arguments).await {
        Ok(prepared) => prepared,
        Err(failure) => return failure.into(),
    };
    let reads = prepared.into_iter().map(|it| {
        let caller = caller.clone();
        async move {
            let content = server.send(it.entry, it.ready, caller).await;
            (it.part, it.arguments, content)
        }
    });
    let mut whole = Whole::default();
    for (part, arguments, content) in join_all(reads).await {
        match content {
            Ok(content) => whole.add(part, arguments, content),
            Err(failure) if part.required => return failure.into(),
            Err(failure) => whole.failed.push((part, failure)),
        }
    }
    whole.outcome(server.max_answer)
}

/// What came of the parts.
#[derive(Default)]
struct Whole {
    result: Map<String, Value>,
    /// Calls that go on where a part ends.
    more: Vec<Value>,
    failed: Vec<(&'static Part, Failure)>,
}

impl Whole {
    fn add(&mut self, part: &Part, mut arguments: Value, (content, _): (Content, Window)) {
        let shown = match content {
            Content::Records { records, next } => {
                if let Next::At(cursor) = next {
                    arguments["next_cursor"] = cursor.into();
                    self.more
                        .push(json!({"part": part.key, "tool": part.tool, "arguments": arguments}));
                } else if let Next::TooLong(_) = next {
                    self.more.push(json!({"part": part.key, "tool": part.tool}));
                }
                records.into_iter().map(|it| show(part, it)).collect()
            }
            Content::Record(record) => show(part, record),
            Content::File(_) => Value::Null,
        };
        self.result.insert(part.key.to_owned(), shown);
    }

    fn outcome(mut self, most: usize) -> Outcome {
        if self.result.is_empty() && !self.failed.is_empty() {
            return self.failed.swap_remove(0).1.into();
        }
        let mut json = single(self.result.into(), most);
        if !self.more.is_empty() {
            json["more"] = self.more.into();
        }
        let failed = self.failed.into_iter().map(|(part, failure)| {
            let mut told = json!({"part": part.key, "tool": part.tool});
            if let (Value::Object(told), Value::Object(failure)) = (&mut told, failure.json()) {
                told.extend(failure);
            }
            told
        });
        let failed: Vec<Value> = failed.collect();
        if !failed.is_empty() {
            json["failed"] = failed.into();
        }
        Outcome {
            json,
            failed: false,
            file: None,
        }
    }
}

/// What of a record is shown: everything, or the values at some paths under names of the tool's own.
fn show(part: &Part, record: Value) -> Value {
    if part.show.is_empty() {
        return record;
    }
    let shown = part.show.iter().filter_map(|(name, path)| {
        let value = record.pointer(&format!("/{path}"))?;
        Some(((*name).to_owned(), value.clone()))
    });
    Value::Object(shown.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: Part = Part {
        key: "kinds",
        tool: "list_all_acme_kinds",
        inputs: &[("shelf", "id")],
        arguments: r#"{"limit":2}"#,
        show: &[("id", "id"), ("kind", "kind/name")],
        required: false,
    };

    fn answered(next: Next) -> (Content, Window) {
        let records = vec![
            json!({"id": 1, "kind": {"name": "A"}, "x": 2}),
            json!({"id": 3}),
        ];
        let paging = crate::table::Paging::None;
        let window = Window::open(&paging, String::new(), &Default::default());
        (
            Content::Records { records, next },
            window.expect("no cursor"),
        )
    }

    #[test]
    fn a_part_shows_what_it_says_and_where_it_goes_on() {
        let mut whole = Whole::default();
        let arguments = arguments_of(&PART, &json!({"id": 7}));
        assert_eq!(arguments, json!({"limit": 2, "shelf": 7}));
        whole.add(&PART, arguments, answered(Next::At("c".to_owned())));
        let outcome = whole.outcome(10_000);
        assert_eq!(
            outcome.json,
            json!({
                "result": {"kinds": [{"id": 1, "kind": "A"}, {"id": 3}]},
                "more": [{
                    "part": "kinds",
                    "tool": "list_all_acme_kinds",
                    "arguments": {"limit": 2, "shelf": 7, "next_cursor": "c"},
                }],
            })
        );
    }

    #[test]
    fn what_fails_is_told_beside_the_rest_and_alone_fails_the_call() {
        let mut whole = Whole::default();
        whole.add(&PART, json!({}), answered(Next::End));
        whole.failed.push((&PART, Failure::Defect));
        let outcome = whole.outcome(10_000);
        assert!(!outcome.failed);
        assert_eq!(outcome.json["failed"][0]["part"], "kinds");
        assert_eq!(outcome.json["failed"][0]["error"], "internal_error");

        let mut whole = Whole::default();
        whole.failed.push((&PART, Failure::Defect));
        let outcome = whole.outcome(10_000);
        assert!(outcome.failed);
        assert_eq!(outcome.json["error"], "internal_error");
    }
}
