//! What a step of a procedure looks for before it is taken: the state of the record, and what earlier steps supply.
//!
//! A look that fails says nothing, and does not hold the step up: the vendor decides.

use serde_json::{Map, Value};

use crate::{
    answer::Content,
    credentials::Secret,
    entry::Entry,
    failure::{Failure, Lack},
    server::Server,
};

/// What a step looks for.
pub struct Check {
    /// The tool that answers the record.
    pub tool: &'static str,
    /// Its inputs, each with the step's input that it takes its value from.
    pub inputs: &'static [(&'static str, &'static str)],
    /// The state that the record must be in.
    pub only: Option<Only>,
    /// What must be there, in the order in which it is supplied.
    pub needs: &'static [Need],
}

/// The state that a record must be in.
#[derive(Clone, Copy, Debug)]
pub struct Only {
    /// Path of a property.
    pub path: &'static str,
    /// The values that it may have.
    pub is: &'static [&'static str],
    /// What to say in another state.
    pub say: &'static str,
}

/// What a step needs.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Path of the property that shows it.
    pub path: &'static str,
    /// The values that show it; empty: any but none.
    pub is: &'static [&'static str],
    /// What it is.
    pub what: &'static str,
    /// The tool that supplies it.
    pub tool: &'static str,
}

impl Check {
    /// What a record lacks.
    fn lack(&self, record: &Value) -> Option<Lack> {
        if let Some(only) = &self.only {
            if !shows(record, only.path, &[]) {
                // It does not tell its state, so nothing is known of it.
                return None;
            }
            if !shows(record, only.path, only.is) {
                return Some(Lack::State(only.say));
            }
        }
        let missing = self.needs.iter();
        let missing: Vec<&Need> = missing
            .filter(|it| !shows(record, it.path, it.is))
            .collect();
        (!missing.is_empty()).then_some(Lack::Steps(missing))
    }
}

/// Whether a property has one of some values, or any at all.
fn shows(record: &Value, path: &str, is: &[&str]) -> bool {
    let pointer = format!("/{path}");
    match record.pointer(&pointer).unwrap_or(&Value::Null) {
        Value::Null => false,
        Value::Array(items) if items.is_empty() => false,
        Value::String(text) => is.is_empty() || is.contains(&text.as_str()),
        value => is.is_empty() || is.contains(&value.to_string().as_str()),
    }
}

impl Server {
    /// Looks whether a step can be taken now.
    ///
    /// # Errors
    /// What it lacks.
    pub(crate) async fn check(
        &self,
        entry: &Entry,
        arguments: &Value,
        caller: Option<Secret>,
    ) -> Result<(), Failure> {
        let Some(check) = entry.about.check.filter(|_| self.checks) else {
            return Ok(());
        };
        match self.record(check, arguments, caller).await {
            Some(record) => check
                .lack(&record)
                .map_or(Ok(()), |it| Err(Failure::Early(it))),
            None => Ok(()),
        }
    }

    /// The record that a step is about; none if it cannot be read.
    async fn record(
        &self,
        check: &Check,
        arguments: &Value,
        caller: Option<Secret>,
    ) -> Option<Value> {
        let entry = self.catalogue.of_vendor(check.tool)?;
        let mut own = Map::new();
        for (input, from) in check.inputs {
            own.insert((*input).to_owned(), arguments.get(*from)?.clone());
        }
        let ready = self.ready(entry, &own.into()).await.ok()?;
        match self.send(entry, ready, caller).await.ok()? {
            (Content::Record(record), _) => Some(record),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const CHECK: Check = Check {
        tool: "get_single_acme_box_by_id",
        inputs: &[("id", "box_id")],
        only: Some(Only {
            path: "status",
            is: &["open", "7"],
            say: "Only an open box can be packed.",
        }),
        needs: &[
            Need {
                path: "label/text",
                is: &[],
                what: "a label",
                tool: "create_a_acme_label",
            },
            Need {
                path: "item_ids",
                is: &[],
                what: "at least one item",
                tool: "create_a_acme_item",
            },
        ],
    };

    #[test]
    fn a_record_lacks_exactly_what_it_does_not_show() {
        let lack = |record: Value| match CHECK.lack(&record) {
            None => Vec::new(),
            Some(Lack::State(say)) => vec![say],
            Some(Lack::Steps(needs)) => needs.iter().map(|it| it.what).collect(),
        };
        let label = json!({"text": "x"});
        for (record, expected) in [
            (json!({}), vec![]),
            (
                json!({"status": "shut", "label": label}),
                vec!["Only an open box can be packed."],
            ),
            (
                json!({"status": "open"}),
                vec!["a label", "at least one item"],
            ),
            (
                json!({"status": 7, "label": null, "item_ids": [3]}),
                vec!["a label"],
            ),
            (
                json!({"status": "open", "label": label, "item_ids": []}),
                vec!["at least one item"],
            ),
            (
                json!({"status": "open", "label": label, "item_ids": [3]}),
                vec![],
            ),
        ] {
            assert_eq!(lack(record.clone()), expected, "{record}");
        }
    }
}
