//! Whether descriptions say something.

use std::collections::BTreeSet;

use super::{
    found::Found,
    subject::{Input, Subject, Tool},
    text::{words, words_of_name},
};

/// Words of an input's description that say nothing of it: everything has a value.
const OF_ANY_INPUT: &[&str] = &["field", "input", "parameter", "property", "value"];

/// A description of words that stand in name and title already.
pub(super) fn repeats(subject: &Subject<'_>, found: &mut Found) {
    let label = words_of_name(&subject.plan.docs.label);
    for tool in &subject.tools {
        let said = words(tool.description);
        if !said.is_empty() && said.is_subset(&known(tool, &label)) {
            let than = match tool.is_derived {
                true => "name",
                false => "name and title",
            };
            let reason = format!("the description says no more than the {than}");
            found.tool(&tool.plan.name, reason);
        }
    }
}

/// The words of name and title; where nobody wrote a record, the title is the description.
fn known(tool: &Tool<'_>, label: &BTreeSet<String>) -> BTreeSet<String> {
    let mut known = words_of_name(&tool.plan.name);
    known.extend(label.iter().cloned());
    known.insert(tool.plan.method.clone());
    if !tool.is_derived {
        known.extend(words(&tool.plan.title));
    }
    known
}

/// A description below its budget.
pub(super) fn short(subject: &Subject<'_>, found: &mut Found) {
    let least = subject.budgets.description;
    for tool in &subject.tools {
        let length = tool.description.chars().count();
        if length < least {
            found.tool(
                &tool.plan.name,
                format!("the description has {length} characters, and should have {least}"),
            );
        }
    }
}

/// A required input without any.
pub(super) fn undescribed(subject: &Subject<'_>, found: &mut Found) {
    let is_wanting = |it: &&Input<'_>| it.required && it.description.is_empty();
    for it in subject.inputs.iter().filter(is_wanting) {
        let reason = format!("`{}` must be given, and has no description", it.at);
        found.input(&it.tools, &it.at, &it.place, reason);
    }
}

/// An input's description of words that stand in its name already.
pub(super) fn input_repeats(subject: &Subject<'_>, found: &mut Found) {
    for it in &subject.inputs {
        let mut said = words(it.description);
        said.retain(|it| !OF_ANY_INPUT.contains(&it.as_str()));
        if !it.description.is_empty() && said.is_subset(&words_of_name(it.name)) {
            let reason = format!(
                "the description of `{}` says no more than its name: {:?}",
                it.at, it.description
            );
            found.input(&it.tools, &it.at, &it.place, reason);
        }
    }
}

/// An input's description below its budget.
pub(super) fn input_short(subject: &Subject<'_>, found: &mut Found) {
    let least = subject.budgets.input_description;
    for it in &subject.inputs {
        let length = it.description.chars().count();
        if length > 0 && length < least {
            let reason = format!(
                "the description of `{}` has {length} characters, and should have {least}: {:?}",
                it.at, it.description
            );
            found.input(&it.tools, &it.at, &it.place, reason);
        }
    }
}
