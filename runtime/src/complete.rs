//! The completions of a prompt's argument: a fixed list, or a field of the records that a list tool answers.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rmcp::model::CompletionInfo;
use serde_json::{Value, json};

use crate::{
    answer::Content,
    credentials::Secret,
    paging::{self, Next},
    server::{self, Server},
    table::{Complete, PromptArgument},
};

/// How long looked-up values are kept: hosts ask again at every key stroke.
const FRESH: Duration = Duration::from_secs(60);

/// Values that list tools answered lately.
#[derive(Debug, Default)]
pub(crate) struct Completions {
    kept: Mutex<HashMap<Place, Arc<Kept>>>,
}

/// What was looked up, and when. Locked while it is looked up: those who ask meanwhile wait for the same answer.
type Kept = tokio::sync::Mutex<Option<(Instant, Found)>>;

/// Values to choose from.
#[derive(Clone, Debug, Default)]
struct Found {
    values: Vec<String>,
    /// Whether the vendor has more than these.
    goes_on: bool,
}

/// A list tool, and a field of its records.
type Place = (&'static str, &'static str);

impl Completions {
    /// The completions of an argument for what has been typed. A failed look-up completes nothing: it blocks no prompt.
    pub(crate) async fn complete(
        &self,
        server: &Server,
        argument: &PromptArgument,
        typed: &str,
        caller: Option<Secret>,
    ) -> CompletionInfo {
        let found = match argument.complete {
            Complete::None => Found::default(),
            Complete::Values(values) => Found {
                values: values.iter().map(|value| (*value).to_owned()).collect(),
                goes_on: false,
            },
            Complete::Tool { tool, field } => self
                .looked_up(server, tool, field, caller)
                .await
                .unwrap_or_default(),
        };
        info(matching(found.values, typed), found.goes_on)
    }

    /// What one caller's key may see is not kept for another.
    async fn looked_up(
        &self,
        server: &Server,
        tool: &'static str,
        field: &'static str,
        caller: Option<Secret>,
    ) -> Option<Found> {
        if caller.is_some() {
            return look_up(server, tool, field, caller).await;
        }
        let place = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(kept.entry((tool, field)).or_default())
        };
        let mut kept = place.lock().await;
        if let Some((since, found)) = &*kept
            && since.elapsed() < FRESH
        {
            return Some(found.clone());
        }
        let found = look_up(server, tool, field, None).await?;
        *kept = Some((Instant::now(), found.clone()));
        Some(found)
    }
}

/// The values of one page, the largest that there is; `None` if there is no answer.
async fn look_up(
    server: &Server,
    tool: &str,
    field: &str,
    caller: Option<Secret>,
) -> Option<Found> {
    let entry = server.catalogue.find(tool).ok()?;
    let arguments = match paging::sizes(&server::paging(entry)) {
        Some(sizes) => json!({"limit": sizes.max}),
        None => json!({}),
    };
    let ready = server.ready(entry, &arguments).await.ok()?;
    let (content, _) = server.send(entry, ready, caller).await.ok()?;
    let Content::Records { records, next } = content else {
        return None;
    };
    let values = records.iter().filter_map(|record| text(record.get(field)?));
    Some(Found {
        values: values.collect(),
        goes_on: next != Next::End,
    })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The values that start with what was typed, then those that contain it; without case, each once.
fn matching(values: Vec<String>, typed: &str) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let (starting, others): (Vec<_>, Vec<_>) = values
        .into_iter()
        .partition(|value| value.to_lowercase().starts_with(&typed));
    let containing = others
        .into_iter()
        .filter(|value| value.to_lowercase().contains(&typed));
    let mut found: Vec<String> = Vec::new();
    for value in starting.into_iter().chain(containing) {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// How many there are is known only where all were seen.
fn info(mut values: Vec<String>, goes_on: bool) -> CompletionInfo {
    let total = u32::try_from(values.len()).ok().filter(|_| !goes_on);
    let more = goes_on || values.len() > CompletionInfo::MAX_VALUES;
    values.truncate(CompletionInfo::MAX_VALUES);
    CompletionInfo::with_pagination(values, total, more).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_starts_so_comes_before_what_contains_it() {
        let values = ["Disk alarm", "Alarm", "alarm", "Backup", "Alarm"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(
            matching(values.clone(), "al"),
            ["Alarm", "alarm", "Disk alarm"]
        );
        assert_eq!(matching(values, "").len(), 4);
        let many = info((0..150).map(|number| number.to_string()).collect(), false);
        assert_eq!(
            (many.values.len(), many.total, many.has_more),
            (100, Some(150), Some(true))
        );
        let part = info(vec!["Alarm".to_owned()], true);
        assert_eq!((part.total, part.has_more), (None, Some(true)));
    }
}
