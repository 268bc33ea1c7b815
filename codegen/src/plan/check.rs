//! The last questions before the barrier: do tags, steps, examples, prompts and credentials lead somewhere?

mod settings;

use std::collections::BTreeSet;

use super::{Context, ToolPlan, VendorPlan, composite, inputs, me, procedures, schema, writes};
use crate::{
    api::Api,
    docs::Record,
    document::Documented,
    name::Named,
    nearest::did_you_mean,
    prompts::Prompt,
    report::{Place, Report},
};

/// Asks them all.
pub(super) fn check(
    plan: &VendorPlan,
    named: &[Named<'_>],
    context: &Context<'_>,
    api: &Api,
    report: &mut Report,
) {
    let names: BTreeSet<&str> = plan.tools.iter().map(|it| it.name.as_str()).collect();
    let names = Names {
        tools: &names,
        refused: context.refused,
    };
    let operations = plan.tools.iter().filter(|it| !it.is_composite());
    for (tool, named) in operations.zip(named) {
        let it = &named.documented;
        constants(it, api, report);
        writes::check(it, api, report);
        if !it.is_derived {
            record(tool, &it.record, &it.place, plan, &names, report);
        }
    }
    for it in context.composites {
        composite::check(it, plan, api, report);
        for (key, read) in &it.record.reads {
            let place = it.place.child("reads").child(key).child("tool");
            names.check(&read.tool, place, report);
        }
        if let Some(tool) = plan.tools.iter().find(|tool| tool.name == it.name) {
            record(tool, &it.record, &it.place, plan, &names, report);
        }
    }
    if !context.is_derived {
        unused_tags(plan, context, report);
    }
    settings::check(&plan.docs, context.vendor, api, report);
    if let Some(me) = &plan.docs.me {
        names.check(&me.tool, context.vendor.child("me").child("tool"), report);
    }
    for (index, prompt) in plan.prompts.iter().enumerate() {
        check_prompt(
            prompt,
            &plan.docs.label,
            &context.prompts.child("prompts").child(index),
            &names,
            report,
        );
    }
    twice(&plan.prompts, context.prompts, report);
    procedures::check(plan, &names, api, report);
}

/// What a person wrote about a tool.
fn record(
    tool: &ToolPlan,
    record: &Record,
    place: &Place,
    plan: &VendorPlan,
    names: &Names<'_>,
    report: &mut Report,
) {
    descriptions(tool, place, report);
    examples(tool, place, plan, report);
    for (wire, docs) in record.inputs.iter().flatten() {
        let place = place.child("inputs").child(wire);
        names.check_steps("from", &docs.from, &place, report);
    }
    persons(tool, place, plan, report);
    names.check_steps("before", &record.before, place, report);
    names.check_steps("after", &record.after, place, report);
}

/// What understands `me` can be a name, and there is somebody whom it means.
fn persons(tool: &ToolPlan, place: &Place, plan: &VendorPlan, report: &mut Report) {
    let inputs = tool.inputs.iter().filter(|it| tool.me.contains(&it.name));
    for input in inputs {
        let (reason, remedy) = if plan.docs.me.is_none() {
            (
                "vendor.yaml does not say who that is",
                "add `me` to vendor.yaml, or remove `me: true`",
            )
        } else if !me::is_name(input, &plan.types) {
            ("it is no name, but of another type", "remove `me: true`")
        } else {
            continue;
        };
        let reason = format!("the input `{}` cannot be `me`: {reason}", input.name);
        report.error("me-unfit", place.clone(), reason, remedy);
    }
}

/// The names of tools, and of those that would be tools if their operations were not refused.
pub(super) struct Names<'a> {
    tools: &'a BTreeSet<&'a str>,
    refused: &'a [Named<'a>],
}

impl Names<'_> {
    /// A tool that is named must exist.
    pub(super) fn check(&self, tool: &str, place: Place, report: &mut Report) {
        if self.tools.contains(tool) {
            return;
        }
        let (reason, remedy) = match self.refused.iter().find(|it| it.name == tool) {
            Some(refused) => {
                let key = &refused.documented.operation.key;
                (
                    format!("`{tool}` is no tool, since `{key}` is refused"),
                    "repair the operation, or name another tool",
                )
            }
            None => {
                let near = did_you_mean(tool, self.tools.iter().copied());
                (
                    format!("there is no tool `{tool}`{near}"),
                    "correct the name, or remove it",
                )
            }
        };
        report.error("unknown-tool", place, reason, remedy);
    }

    fn check_steps(&self, key: &str, tools: &[String], place: &Place, report: &mut Report) {
        for (index, tool) in tools.iter().enumerate() {
            self.check(tool, place.child(key).child(index), report);
        }
    }
}

/// A constant is of the type of the input that it fills.
fn constants(it: &Documented<'_>, api: &Api, report: &mut Report) {
    for input in &it.inputs {
        if let Some(value) = &input.fixed
            && !inputs::fits(value, input.role, &input.schema, api)
        {
            report.error(
                "constant-unfit",
                it.place.child("fixed").child(&input.wire),
                format!("{value} is no value of the input `{}`", input.wire),
                "give one plain value of the input's type and within its limits",
            );
        }
    }
}

fn unused_tags(plan: &VendorPlan, context: &Context<'_>, report: &mut Report) {
    let refused = context
        .refused
        .iter()
        .flat_map(|it| &it.documented.record.tags);
    let used: BTreeSet<&String> = plan
        .tools
        .iter()
        .flat_map(|it| &it.tags)
        .chain(refused)
        .collect();
    for tag in plan.docs.tags.keys().filter(|it| !used.contains(it)) {
        report.error(
            "tag-unused",
            context.vendor.child("tags").child(tag),
            format!("no tool has the tag `{tag}`: a server filtered by it would be empty"),
            "remove the tag, or give it to a tool",
        );
    }
}

/// The names between braces.
fn braces(text: &str) -> Vec<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|it| it.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn descriptions(tool: &ToolPlan, place: &Place, report: &mut Report) {
    for input in tool.inputs.iter().filter(|it| it.description.is_empty()) {
        report.error(
            "description-missing",
            place.clone(),
            format!(
                "the input `{}` of `{}` has no description",
                input.name, tool.name
            ),
            "describe it in the spec, or under `inputs` in docs.yaml",
        );
    }
}

/// An example that the tool's own schema refuses teaches models a mistake.
fn examples(tool: &ToolPlan, place: &Place, plan: &VendorPlan, report: &mut Report) {
    let mut schema = schema::input_schema(tool, &plan.types);
    schema::spell_out(&mut schema);
    let Ok(validator) = jsonschema::validator_for(&schema) else {
        return;
    };
    for (index, example) in tool.examples.iter().enumerate() {
        for error in validator.iter_errors(&example.arguments) {
            let place = place.child("examples").child(index).child("arguments");
            report.error(
                "example-refused",
                Place::new(
                    place.file,
                    format!("{}{}", place.pointer, error.instance_path()),
                ),
                format!("`{}` would refuse its own example: {error}", tool.name),
                "correct the example",
            );
        }
    }
}

fn check_prompt(
    prompt: &Prompt,
    label: &str,
    place: &Place,
    names: &Names<'_>,
    report: &mut Report,
) {
    let known: Vec<&str> = prompt.arguments.iter().map(|it| it.name.as_str()).collect();
    for name in braces(&prompt.text)
        .into_iter()
        .filter(|it| !known.contains(it))
    {
        report.error(
            "unknown-argument",
            place.child("text"),
            format!(
                "the prompt has no argument `{name}`{}",
                did_you_mean(name, known.iter().copied())
            ),
            "correct the name, or add it to `arguments`",
        );
    }
    for (index, argument) in prompt
        .arguments
        .iter()
        .enumerate()
        .filter(|(_, it)| !prompt.text.contains(&format!("{{{}}}", it.name)))
    {
        report.error(
            "argument-unused",
            place.child("arguments").child(index),
            format!("the text never uses the argument `{}`", argument.name),
            format!(
                "write {{{}}} into the text, or remove the argument",
                argument.name
            ),
        );
    }
    // What stands in backticks and has the vendor's label in it is meant as a tool; the rest are inputs and values.
    let quoted = prompt
        .text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|it| it.contains(label))
        .map(|it| (it, place.child("text")));
    let arguments = prompt.arguments.iter().enumerate();
    let completing = arguments.filter_map(|(index, it)| {
        let place = place.child("arguments").child(index);
        Some((
            it.complete.tool.as_deref()?,
            place.child("complete").child("tool"),
        ))
    });
    for (tool, place) in quoted.chain(completing) {
        names.check(tool, place, report);
    }
}

fn twice(prompts: &[Prompt], place: &Place, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for (index, prompt) in prompts.iter().enumerate() {
        if !seen.insert(&prompt.name) {
            report.error(
                "prompt-twice",
                place.child("prompts").child(index).child("name"),
                format!("another prompt is named `{}`", prompt.name),
                "choose another name",
            );
        }
    }
}
