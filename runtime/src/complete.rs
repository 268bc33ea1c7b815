//! The completions of a prompt's argument: a fixed list, or a field of the records that a list tool answers.

use std::{
    collections::HashMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use rmcp::model::CompletionInfo;
use serde_json::{Value, json};

use crate::{
    answer::Content,
    credentials::Secret,
    server::Server,
    table::{Complete, PromptArgument},
};

/// How long looked-up values are kept: hosts ask again at every key stroke.
const FRESH: Duration = Duration::from_secs(60);

/// Values that list tools answered lately.
#[derive(Debug, Default)]
pub(crate) struct Completions {
    kept: Mutex<HashMap<Place, (Instant, Vec<String>)>>,
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
        let values = match argument.complete {
            Complete::None => Vec::new(),
            Complete::Values(values) => values.iter().map(|value| (*value).to_owned()).collect(),
            Complete::Tool { tool, field } => self.looked_up(server, tool, field, caller).await,
        };
        info(matching(values, typed))
    }

    /// What one caller's key may see is not kept for another.
    async fn looked_up(
        &self,
        server: &Server,
        tool: &'static str,
        field: &'static str,
        caller: Option<Secret>,
    ) -> Vec<String> {
        if caller.is_some() {
            return look_up(server, tool, field, caller).await;
        }
        let kept = self
            .kept
            .lock()
            .ok()
            .and_then(|kept| kept.get(&(tool, field)).cloned());
        if let Some((_, values)) = kept.filter(|(since, _)| since.elapsed() < FRESH) {
            return values;
        }
        let values = look_up(server, tool, field, None).await;
        if let Ok(mut kept) = self.kept.lock() {
            kept.insert((tool, field), (Instant::now(), values.clone()));
        }
        values
    }
}

async fn look_up(server: &Server, tool: &str, field: &str, caller: Option<Secret>) -> Vec<String> {
    let Ok(entry) = server.catalogue.find(tool) else {
        return Vec::new();
    };
    let Ok(ready) = server.prepare(entry, &json!({})) else {
        return Vec::new();
    };
    let Ok((Content::Records { records, .. }, _)) = server.send(entry, ready, caller).await else {
        return Vec::new();
    };
    records
        .iter()
        .filter_map(|record| text(record.get(field)?))
        .collect()
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

fn info(mut values: Vec<String>) -> CompletionInfo {
    let total = u32::try_from(values.len()).ok();
    let more = values.len() > CompletionInfo::MAX_VALUES;
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
        let many = info((0..150).map(|number| number.to_string()).collect());
        assert_eq!(
            (many.values.len(), many.total, many.has_more),
            (100, Some(150), Some(true))
        );
    }
}
