//! The differences of two vendors' tools: which there are, what each does, and what became of the operations without one.

use std::collections::BTreeSet;

use super::{
    ALIAS_ADDED, ALIAS_DROPPED, ANSWER_CHANGED, CHECK_CHANGED, CONSTANT_CHANGED,
    CREDENTIALS_SPARED, CREDENTIALS_WANTED, Changes, DESCRIPTION_CHANGED, EFFECT_GRAVER,
    EFFECT_MILDER, ENDPOINT_CHANGED, EXAMPLE_CHANGED, GUIDANCE_CHANGED, IDEMPOTENT_GAINED,
    IDEMPOTENT_LOST, NOTHING, OPERATION_ADMITTED, OPERATION_APPEARED, OPERATION_GATED,
    OPERATION_GONE, Rule, TAG_ADDED, TAG_REMOVED, TITLE_CHANGED, TOOL_ADDED, TOOL_REMOVED,
    TOOL_RENAMED, TOOL_RENAMED_KEPT, inputs,
};
use crate::{
    docs::Effect,
    gate::Outcome,
    plan::{AnswerPlan, EmptyBody, ToolPlan, VendorPlan, procedures::CheckPlan},
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
    match refused(&new.operation, before) {
        Some(why) => into.add(
            OPERATION_ADMITTED,
            &new.name,
            "",
            (&why).into(),
            (&new.operation).into(),
        ),
        None => into.add(TOOL_ADDED, &new.name, "", NOTHING, (&new.operation).into()),
    }
}

/// A tool that is gone; its operation may be refused now.
fn removed(old: &ToolPlan, after: &VendorPlan, into: &mut Changes) {
    match refused(&old.operation, after) {
        Some(why) => into.add(
            OPERATION_GATED,
            &old.name,
            "",
            (&old.operation).into(),
            (&why).into(),
        ),
        None => into.add(
            TOOL_REMOVED,
            &old.name,
            "",
            (&old.operation).into(),
            NOTHING,
        ),
    }
}

/// Why an operation is refused, if it is.
fn refused(operation: &str, plan: &VendorPlan) -> Option<String> {
    match &plan.ledger.rows.get(operation)?.outcome {
        Outcome::Refused(flaws) => {
            let reasons: Vec<_> = flaws.iter().map(|it| it.reason.as_str()).collect();
            Some(reasons.join("; "))
        }
        Outcome::Tool(_) | Outcome::LeftOut | Outcome::Used(_) => None,
    }
}

/// A rule, what of the tool it is about, and how that is put in words.
type Text = (&'static Rule, &'static str, fn(&ToolPlan) -> String);

/// What is told of a tool as two texts.
const TEXTS: [Text; 9] = [
    (ENDPOINT_CHANGED, "", endpoint),
    (ENDPOINT_CHANGED, "body", body),
    (ANSWER_CHANGED, "answer", |it| answer(&it.answer)),
    (TITLE_CHANGED, "title", |it| it.title.clone()),
    (DESCRIPTION_CHANGED, "", |it| it.description.clone()),
    (CONSTANT_CHANGED, "constants", constants),
    (CHECK_CHANGED, "check", |it| {
        it.check.as_ref().map(check).unwrap_or_default()
    }),
    (GUIDANCE_CHANGED, "guidance", guidance),
    (EXAMPLE_CHANGED, "examples", examples),
];

/// The operation, and the server where it is not the vendor's own.
fn endpoint(it: &ToolPlan) -> String {
    let server = it.server.iter().map(|it| format!(" at {it}"));
    server.fold(it.operation.clone(), |text, server| text + &server)
}

/// As what the body goes out, and what stands there even when no input is given.
fn body(it: &ToolPlan) -> String {
    let media_type = it.body_type.iter().map(|it| format!("as `{it}`"));
    let empty = match it.empty_body {
        EmptyBody::None => None,
        EmptyBody::Object => Some("an empty object where no input is given"),
        EmptyBody::Fields => Some("a form without fields where no input is given"),
        EmptyBody::Parts => Some("a form without parts where no input is given"),
    };
    let words: Vec<String> = media_type.chain(empty.map(str::to_owned)).collect();
    words.join(", ")
}

fn tool(
    (old, before): (&ToolPlan, &VendorPlan),
    (new, after): (&ToolPlan, &VendorPlan),
    into: &mut Changes,
) {
    let name = &new.name;
    let rule = match new.aliases.contains(&old.name) {
        true => TOOL_RENAMED_KEPT,
        false => TOOL_RENAMED,
    };
    into.words(rule, name, "", &old.name, name);
    aliases(old, new, into);
    effects(old, new, into);
    tags(old, new, into);
    for (rule, at, text) in TEXTS {
        into.words(rule, name, at, &text(old), &text(new));
    }
    let credentials = |is_open: bool| if is_open { "none" } else { "sent" }.into();
    let rule = match (old.is_open, new.is_open) {
        (true, false) => Some(CREDENTIALS_WANTED),
        (false, true) => Some(CREDENTIALS_SPARED),
        _ => None,
    };
    if let Some(rule) = rule {
        let (was, is) = (credentials(old.is_open), credentials(new.is_open));
        into.add(rule, name, "credentials", was, is);
    }
    inputs::compare(name, (old, before), (new, after), into);
}

fn constants(tool: &ToolPlan) -> String {
    let fixed = tool
        .fixed
        .iter()
        .map(|it| format!("{}: {}", it.wire, it.value));
    let otherwise = tool.otherwise.iter();
    let otherwise = otherwise.map(|it| format!("else {}: {}", it.wire, it.value));
    fixed.chain(otherwise).collect::<Vec<_>>().join(", ")
}

fn guidance(tool: &ToolPlan) -> String {
    let rules = tool.guidance.iter();
    let rules = rules.map(|it| format!("{:?} {}: {}", it.status, it.mentions, it.say.trim()));
    rules.collect::<Vec<_>>().join("\n")
}

fn examples(tool: &ToolPlan) -> String {
    let examples = tool.examples.iter();
    let examples = examples.map(|it| format!("{}: {}", it.summary.trim(), it.arguments));
    examples.collect::<Vec<_>>().join("\n")
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
            into.add(ALIAS_DROPPED, &new.name, "", alias.into(), NOTHING);
        }
    }
    let is_new = |it: &&String| !old.aliases.contains(it) && old.name != **it;
    for alias in new.aliases.iter().filter(is_new) {
        into.add(ALIAS_ADDED, &new.name, "", NOTHING, alias.into());
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
        into.add(TAG_REMOVED, &new.name, "tags", tag.into(), NOTHING);
    }
    for tag in new.tags.iter().filter(|it| !old.tags.contains(it)) {
        into.add(TAG_ADDED, &new.name, "tags", NOTHING, tag.into());
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
