//! The differences of two vendors besides their tools: what an operator sets, the prompts, and what the server says of itself.

use super::{
    Changes, DESCRIPTION_CHANGED, NOTHING, PROMPT_ADDED, PROMPT_ARGUMENT_ADDED,
    PROMPT_ARGUMENT_REMOVED, PROMPT_ARGUMENT_REQUIRED, PROMPT_REMOVED, SETTING_ADDED,
    SETTING_CHANGED, SETTING_REMOVED, TITLE_CHANGED,
};
use crate::{
    plan::VendorPlan,
    prompts::Prompt,
    vendor::{Credential, VendorDocs},
};

/// Compares all of it.
pub(super) fn compare(before: &VendorPlan, after: &VendorPlan, into: &mut Changes) {
    settings(&before.docs, &after.docs, into);
    into.words(
        DESCRIPTION_CHANGED,
        "the server",
        "instructions",
        before.docs.instructions.trim(),
        after.docs.instructions.trim(),
    );
    for new in &after.prompts {
        match before.prompts.iter().find(|it| it.name == new.name) {
            Some(old) => prompt(old, new, into),
            None => into.add(PROMPT_ADDED, &new.name, "", NOTHING, (&new.title).into()),
        }
    }
    let is_gone = |old: &&Prompt| after.prompts.iter().all(|it| it.name != old.name);
    for old in before.prompts.iter().filter(is_gone) {
        into.add(PROMPT_REMOVED, &old.name, "", (&old.title).into(), NOTHING);
    }
}

fn settings(before: &VendorDocs, after: &VendorDocs, into: &mut Changes) {
    credentials(&before.credentials, &after.credentials, into);
    for (subject, text) in SETTINGS {
        into.words(SETTING_CHANGED, subject, "", &text(before), &text(after));
    }
}

/// A setting, and how it is put in words.
type Setting = (&'static str, fn(&VendorDocs) -> String);

/// What else an operator sets or relies on.
const SETTINGS: [Setting; 7] = [
    ("the base URL", base_url),
    ("the servers", |it| format!("{:?}", it.servers)),
    ("the authorization", |it| format!("{:?}", it.auth)),
    ("the headers", |it| format!("{:?}", it.headers)),
    ("the caller's own key", |it| format!("{:?}", it.caller_key)),
    ("me", |it| format!("{:?}", it.me)),
    ("the program", |it| it.binary.clone()),
];

/// Where we know it from is no matter to who calls.
fn base_url(docs: &VendorDocs) -> String {
    let url = &docs.base_url;
    let default = url.default.as_deref().unwrap_or("none");
    format!(
        "{default}, {} {:?} {:?} {:?}",
        url.variable, url.variables, url.regions, url.discovery
    )
}

fn credentials(before: &[Credential], after: &[Credential], into: &mut Changes) {
    let variable =
        |it: &Credential| format!("{}{}", it.variable, if it.secret { ", secret" } else { "" });
    for new in after {
        match before.iter().find(|it| it.name == new.name) {
            Some(old) => {
                into.words(
                    SETTING_CHANGED,
                    &new.name,
                    "variable",
                    &variable(old),
                    &variable(new),
                );
            }
            None => into.add(
                SETTING_ADDED,
                &new.name,
                "",
                NOTHING,
                (&new.variable).into(),
            ),
        }
    }
    let is_gone = |old: &&Credential| after.iter().all(|it| it.name != old.name);
    for old in before.iter().filter(is_gone) {
        into.add(
            SETTING_REMOVED,
            &old.name,
            "",
            (&old.variable).into(),
            NOTHING,
        );
    }
}

fn prompt(old: &Prompt, new: &Prompt, into: &mut Changes) {
    let name = &new.name;
    into.words(TITLE_CHANGED, name, "title", &old.title, &new.title);
    let words = |it: &Prompt| format!("{}\n\n{}", it.description.trim(), it.text.trim());
    into.words(DESCRIPTION_CHANGED, name, "", &words(old), &words(new));
    for argument in &new.arguments {
        let was = old.arguments.iter().find(|it| it.name == argument.name);
        let rule = match (was.map(|it| it.required), argument.required) {
            (Some(false) | None, true) => PROMPT_ARGUMENT_REQUIRED,
            (Some(true) | None, false) => PROMPT_ARGUMENT_ADDED,
            _ => continue,
        };
        into.add(
            rule,
            name,
            &argument.name,
            NOTHING,
            argument.description.trim().into(),
        );
    }
    for argument in &old.arguments {
        if new.arguments.iter().all(|it| it.name != argument.name) {
            into.add(
                PROMPT_ARGUMENT_REMOVED,
                name,
                &argument.name,
                argument.description.trim().into(),
                NOTHING,
            );
        }
    }
}
