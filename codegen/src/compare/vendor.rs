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
    let find =
        |plan: &'_ VendorPlan, name: &str| plan.prompts.iter().find(|it| it.name == name).cloned();
    for new in &after.prompts {
        match find(before, &new.name) {
            Some(old) => prompt(&old, new, into),
            None => into.add(
                PROMPT_ADDED,
                &new.name,
                "",
                NOTHING,
                new.title.as_str().into(),
            ),
        }
    }
    for old in before
        .prompts
        .iter()
        .filter(|it| find(after, &it.name).is_none())
    {
        into.add(
            PROMPT_REMOVED,
            &old.name,
            "",
            old.title.as_str().into(),
            NOTHING,
        );
    }
}

fn settings(before: &VendorDocs, after: &VendorDocs, into: &mut Changes) {
    let find =
        |docs: &VendorDocs, name: &str| docs.credentials.iter().find(|it| it.name == name).cloned();
    let variable =
        |it: &Credential| format!("{}{}", it.variable, if it.secret { ", secret" } else { "" });
    for new in &after.credentials {
        match find(before, &new.name) {
            Some(old) => {
                into.words(
                    SETTING_CHANGED,
                    &new.name,
                    "variable",
                    &variable(&old),
                    &variable(new),
                );
            }
            None => into.add(
                SETTING_ADDED,
                &new.name,
                "",
                NOTHING,
                new.variable.as_str().into(),
            ),
        }
    }
    for old in before
        .credentials
        .iter()
        .filter(|it| find(after, &it.name).is_none())
    {
        into.add(
            SETTING_REMOVED,
            &old.name,
            "",
            old.variable.as_str().into(),
            NOTHING,
        );
    }
    // Where we know it from is no matter to who calls.
    let place = |it: &VendorDocs| {
        let url = &it.base_url;
        let default = url.default.as_deref().unwrap_or("none");
        let more = url.discovery.as_ref().map(|it| format!("{it:?}"));
        format!(
            "{default}, {} {:?} {}",
            url.variable,
            url.regions,
            more.unwrap_or_default()
        )
    };
    into.words(
        SETTING_CHANGED,
        "the base URL",
        "",
        &place(before),
        &place(after),
    );
    let auth = |it: &VendorDocs| format!("{:?} {:?}", it.auth, it.headers);
    into.words(
        SETTING_CHANGED,
        "the headers",
        "",
        &auth(before),
        &auth(after),
    );
    into.words(
        SETTING_CHANGED,
        "the program",
        "",
        &before.binary,
        &after.binary,
    );
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
