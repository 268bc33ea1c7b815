//! Whether tools fit the budgets of what a model reads before its first word.

use super::{found::Found, subject::Subject};

/// A tool over its bytes.
pub(super) fn tool(subject: &Subject<'_>, found: &mut Found) {
    let most = subject.budgets.tool_bytes;
    for tool in subject.tools.iter().filter(|it| it.bytes > most) {
        let bytes = tool.bytes;
        let reason = format!("it has {bytes} bytes in tools/list, and the budget is {most}");
        found.tool(&tool.plan.name, reason);
    }
}

/// A list over its tokens.
pub(super) fn list(subject: &Subject<'_>, found: &mut Found) {
    let most = subject.budgets.list_tokens;
    let cost = subject.cost;
    if cost.tokens > most {
        let reason = format!(
            "{} tools have about {} tokens in tools/list, and the budget is {most}",
            cost.tools, cost.tokens
        );
        found.vendor("tools/list", subject.vendor.clone(), reason);
    }
}

/// An input with too many values.
pub(super) fn values(subject: &Subject<'_>, found: &mut Found) {
    let most = subject.budgets.enum_values;
    for it in subject.inputs.iter().filter(|it| it.values > most) {
        let reason = format!(
            "`{}` lists {} values, and the budget is {most}",
            it.at, it.values
        );
        found.input(&it.tools, &it.at, &it.place, reason);
    }
}
