//! The differences of two vendors' tools: which there are, what each does, and what became of the operations without one.

use std::collections::BTreeSet;

use super::{
    ALIAS_ADDED, ALIAS_DROPPED, ANSWER_CHANGED, CHECK_CHANGED, CONSTANT_CHANGED, Changes,
    DESCRIPTION_CHANGED, EFFECT_GRAVER, EFFECT_MILDER, ENDPOINT_CHANGED, EXAMPLE_CHANGED,
    GUIDANCE_CHANGED, IDEMPOTENT_GAINED, IDEMPOTENT_LOST, NOTHING, OPERATION_ADMITTED,
    OPERATION_APPEARED, OPERATION_GATED, OPERATION_GONE, TAG_ADDED, TAG_REMOVED, TITLE_CHANGED,
    TOOL_ADDED, TOOL_REMOVED, TOOL_RENAMED, TOOL_RENAMED_KEPT, inputs,
};
use crate::{
    docs::Effect,
    gate::Outcome,
    plan::{AnswerPlan, ToolPlan, VendorPlan, procedures::CheckPlan},
};

/// Compares all tools, and the operations.
pub(super) fn compare(before: &VendorPlan, after: &VendorPlan, into: &mut Changes) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for new in &after.tools {
        match counterpart(new, before, after) {
            Some(old) => {
                told.insert(&old.name);
                tool((old, before), (new, after), into);
            }
            None => added(new, before, into),
        }
    }
    for old in before
        .tools
        .iter()
        .filter(|it| !told.contains(it.name.as_str()))
    {
        removed(old, after, into);
    }
    operations(before, after, into);
}

/// The tool before: of the same name, or of the same operation where that has another name now.
fn counterpart<'a>(
    new: &ToolPlan,
    before: &'a VendorPlan,
    after: &VendorPlan,
) -> Option<&'a ToolPlan> {
    let same_name = before.tools.iter().find(|it| it.name == new.name);
    same_name.or_else(|| {
        let is_gone = |old: &&ToolPlan| after.tools.iter().all(|it| it.name != old.name);
        let mut gone = before.tools.iter().filter(is_gone);
        gone.find(|old| {
            let is_operation = !old.operation.is_empty() && old.operation == new.operation;
            is_operation || new.aliases.contains(&old.name)
        })
    })
}

/// A tool that was not there; its operation may have been refused.
fn added(new: &ToolPlan, before: &VendorPlan, into: &mut Changes) {
    let row = before.ledger.rows.get(&new.operation);
    match row.map(|it| &it.outcome) {
        Some(Outcome::Refused(flaws)) => {
            let reasons: Vec<_> = flaws.iter().map(|it| it.reason.as_str()).collect();
            let reasons = reasons.join("; ");
            into.add(
                OPERATION_ADMITTED,
                &new.name,
                "",
                reasons.as_str().into(),
                operation(new).as_str().into(),
            );
        }
        _ => into.add(
            TOOL_ADDED,
            &new.name,
            "",
            NOTHING,
            operation(new).as_str().into(),
        ),
    }
}

/// A tool that is gone; its operation may be refused now.
fn removed(old: &ToolPlan, after: &VendorPlan, into: &mut Changes) {
    let row = after.ledger.rows.get(&old.operation);
    match row.map(|it| &it.outcome) {
        Some(Outcome::Refused(flaws)) => {
            let reasons: Vec<_> = flaws.iter().map(|it| it.reason.as_str()).collect();
            let reasons = reasons.join("; ");
            into.add(
                OPERATION_GATED,
                &old.name,
                "",
                operation(old).as_str().into(),
                reasons.as_str().into(),
            );
        }
        _ => into.add(
            TOOL_REMOVED,
            &old.name,
            "",
            operation(old).as_str().into(),
            NOTHING,
        ),
    }
}

fn tool(
    (old, before): (&ToolPlan, &VendorPlan),
    (new, after): (&ToolPlan, &VendorPlan),
    into: &mut Changes,
) {
    let name = &new.name;
    if old.name != new.name {
        let rule = match new.aliases.contains(&old.name) {
            true => TOOL_RENAMED_KEPT,
            false => TOOL_RENAMED,
        };
        into.add(
            rule,
            name,
            "",
            old.name.as_str().into(),
            name.as_str().into(),
        );
    }
    aliases(old, new, into);
    into.words(ENDPOINT_CHANGED, name, "", &operation(old), &operation(new));
    into.words(
        ANSWER_CHANGED,
        name,
        "answer",
        &answer(&old.answer),
        &answer(&new.answer),
    );
    effects(old, new, into);
    tags(old, new, into);
    into.words(TITLE_CHANGED, name, "title", &old.title, &new.title);
    into.words(
        DESCRIPTION_CHANGED,
        name,
        "",
        &old.description,
        &new.description,
    );
    let constants = |it: &ToolPlan| {
        let fixed: Vec<_> = it
            .fixed
            .iter()
            .map(|it| format!("{}: {}", it.wire, it.value))
            .collect();
        let otherwise = it
            .otherwise
            .as_ref()
            .map(|it| format!("else {}: {}", it.wire, it.value));
        fixed
            .into_iter()
            .chain(otherwise)
            .collect::<Vec<_>>()
            .join(", ")
    };
    into.words(
        CONSTANT_CHANGED,
        name,
        "constants",
        &constants(old),
        &constants(new),
    );
    let check = |it: &ToolPlan| it.check.as_ref().map(check).unwrap_or_default();
    into.words(CHECK_CHANGED, name, "check", &check(old), &check(new));
    let guidance = |it: &ToolPlan| {
        it.guidance
            .iter()
            .map(|it| format!("{:?} {}: {}", it.status, it.mentions, it.say.trim()))
            .collect::<Vec<_>>()
            .join("\n")
    };
    into.words(
        GUIDANCE_CHANGED,
        name,
        "guidance",
        &guidance(old),
        &guidance(new),
    );
    let examples = |it: &ToolPlan| {
        it.examples
            .iter()
            .map(|it| format!("{}: {}", it.summary.trim(), it.arguments))
            .collect::<Vec<_>>()
            .join("\n")
    };
    into.words(
        EXAMPLE_CHANGED,
        name,
        "examples",
        &examples(old),
        &examples(new),
    );
    inputs::compare(name, (old, before), (new, after), into);
}

/// What a tool looks for, in words.
fn check(check: &CheckPlan) -> String {
    let only = check.only.iter();
    let only = only.map(|it| format!("`{}` is {}", it.path, it.is.join(" or ")));
    let needs = check.needs.iter();
    let needs = needs.map(|it| format!("{} (`{}`)", it.what, it.seen.path));
    let all: Vec<String> = only.chain(needs).collect();
    format!("looks with {} for: {}", check.tool, all.join("; "))
}

fn operation(tool: &ToolPlan) -> String {
    tool.operation.clone()
}

fn answer(answer: &AnswerPlan) -> String {
    match answer {
        AnswerPlan::List { records, paging } => format!("a list at `{records}`, paged `{paging}`"),
        AnswerPlan::Single { record } => format!("a record at `{record}`"),
        AnswerPlan::Deleted => "the id of what was deleted".to_owned(),
        AnswerPlan::Nothing => "nothing".to_owned(),
        AnswerPlan::File { media_type } => format!("a file of {media_type}"),
        AnswerPlan::Parts(parts) => {
            let parts: Vec<_> = parts
                .iter()
                .map(|(key, it)| format!("{key}: {it:?}"))
                .collect();
            format!("the parts {}", parts.join(", "))
        }
    }
}

fn aliases(old: &ToolPlan, new: &ToolPlan, into: &mut Changes) {
    for alias in &old.aliases {
        if !new.aliases.contains(alias) && new.name != *alias {
            into.add(ALIAS_DROPPED, &new.name, "", alias.as_str().into(), NOTHING);
        }
    }
    let is_new = |it: &&String| !old.aliases.contains(it) && old.name != **it;
    for alias in new.aliases.iter().filter(is_new) {
        into.add(ALIAS_ADDED, &new.name, "", NOTHING, alias.as_str().into());
    }
}

fn effects(old: &ToolPlan, new: &ToolPlan, into: &mut Changes) {
    let gravity = |it: Effect| match it {
        Effect::Read => (0, "read"),
        Effect::Write => (1, "write"),
        Effect::Destroy => (2, "destroy"),
    };
    let ((was, before), (is, after)) = (gravity(old.effect), gravity(new.effect));
    let rule = if is > was {
        EFFECT_GRAVER
    } else {
        EFFECT_MILDER
    };
    into.words(rule, &new.name, "effect", before, after);
    let promise = |it: bool| if it { "idempotent" } else { "not idempotent" };
    let rule = if old.idempotent {
        IDEMPOTENT_LOST
    } else {
        IDEMPOTENT_GAINED
    };
    into.words(
        rule,
        &new.name,
        "idempotent",
        promise(old.idempotent),
        promise(new.idempotent),
    );
}

fn tags(old: &ToolPlan, new: &ToolPlan, into: &mut Changes) {
    for tag in old.tags.iter().filter(|it| !new.tags.contains(it)) {
        into.add(TAG_REMOVED, &new.name, "tags", tag.as_str().into(), NOTHING);
    }
    for tag in new.tags.iter().filter(|it| !old.tags.contains(it)) {
        into.add(TAG_ADDED, &new.name, "tags", NOTHING, tag.as_str().into());
    }
}

/// The operations that are no tools: those that came, and those that went.
fn operations(before: &VendorPlan, after: &VendorPlan, into: &mut Changes) {
    let is_tool = |it: &Outcome| matches!(it, Outcome::Tool(_));
    for (key, row) in &after.ledger.rows {
        if !before.ledger.rows.contains_key(key) && !is_tool(&row.outcome) {
            into.add(OPERATION_APPEARED, key, "", NOTHING, "no tool".into());
        }
    }
    for (key, row) in &before.ledger.rows {
        if !after.ledger.rows.contains_key(key) && !is_tool(&row.outcome) {
            into.add(OPERATION_GONE, key, "", "no tool".into(), NOTHING);
        }
    }
}
