//! Whether what a tool is said to do to the world fits the verb that it sends.

use super::{found::Found, subject::Subject, text::words_of_name};
use crate::{api::Verb, docs::Effect, plan::ToolPlan};

/// Last words of a path that asks something, whatever its verb.
const ASKING: &[&str] = &[
    "count", "export", "filter", "find", "lookup", "preview", "query", "search", "validate",
];

/// An effect that the verb contradicts.
pub(super) fn contradicts(subject: &Subject<'_>, found: &mut Found) {
    for tool in subject.tools.iter().filter(|it| !it.plan.is_composite()) {
        if let Some(reason) = contradiction(tool.plan) {
            found.tool(&tool.plan.name, reason);
        }
    }
}

fn contradiction(tool: &ToolPlan) -> Option<String> {
    let verb = tool.verb.as_str();
    match (tool.verb, tool.effect) {
        (Verb::Get, Effect::Write | Effect::Destroy) => Some(format!(
            "a {verb} promises to change nothing, and the effect says that it does"
        )),
        (Verb::Delete, Effect::Read | Effect::Write) => Some(format!(
            "a {verb} takes something away, and the effect is not `destroy`"
        )),
        (Verb::Post | Verb::Put | Verb::Patch, Effect::Read) if !asks(&tool.path) => Some(format!(
            "a {verb} is said only to read, and its path does not end in a word that asks"
        )),
        _ => None,
    }
}

/// Whether the path says that something is asked.
fn asks(path: &str) -> bool {
    let mut segments = path.rsplit('/');
    let last = segments.find(|it| !it.is_empty() && !it.starts_with('{'));
    let words = words_of_name(last.unwrap_or_default());
    words.iter().any(|it| ASKING.contains(&it.as_str()))
}
