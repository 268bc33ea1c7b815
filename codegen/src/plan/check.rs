//! The last questions before the barrier: do tags, steps, examples, prompts and credentials lead somewhere?

use std::collections::BTreeSet;

use super::{Context, ToolPlan, VendorPlan, inputs, schema};
use crate::{
    api::Api,
    docs::Effect,
    document::{Documented, Role},
    name::Named,
    nearest::did_you_mean,
    prompts::Prompt,
    report::{Place, Report},
    vendor::VendorDocs,
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
    for (tool, named) in plan.tools.iter().zip(named) {
        let it = &named.documented;
        constants(it, api, report);
        otherwise(it, api, report);
        replacement(it, report);
        if !it.is_derived {
            descriptions(tool, &it.place, report);
            examples(tool, &it.place, plan, report);
            names.check_sources(it, report);
            names.check_steps("before", &it.record.before, &it.place, report);
            names.check_steps("after", &it.record.after, &it.place, report);
        }
    }
    if !context.is_derived {
        unused_tags(plan, context, report);
    }
    credentials(&plan.docs, context.vendor, report);
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
}

/// The names of tools, and of those that would be tools if their operations were not refused.
struct Names<'a> {
    tools: &'a BTreeSet<&'a str>,
    refused: &'a [Named<'a>],
}

impl Names<'_> {
    /// A tool that is named must exist.
    fn check(&self, tool: &str, place: Place, report: &mut Report) {
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

    /// The tools that an input's values come from.
    fn check_sources(&self, it: &Documented<'_>, report: &mut Report) {
        let inputs = it.record.inputs.iter().flatten();
        for (wire, docs) in inputs {
            let place = it.place.child("inputs").child(wire);
            self.check_steps("from", &docs.from, &place, report);
        }
    }

    fn check_steps(&self, key: &str, tools: &[String], place: &Place, report: &mut Report) {
        for (index, tool) in tools.iter().enumerate() {
            self.check(tool, place.child(key).child(index), report);
        }
    }
}

/// What is sent of itself is one of the properties of which one is wanted, and a value of it.
fn otherwise(it: &Documented<'_>, api: &Api, report: &mut Report) {
    let Some(docs) = &it.record.otherwise else {
        return;
    };
    let place = it.place.child("otherwise");
    let property = |wire: &String| {
        let mut inputs = it.inputs.iter();
        inputs.find(|it| it.wire == *wire && it.role == Role::Property && it.fixed.is_none())
    };
    let known = || it.inputs.iter().map(|it| it.wire.as_str());
    for (index, wire) in docs.any_of.iter().enumerate() {
        if property(wire).is_none() {
            report.error(
                "unknown-input",
                place.child("any_of").child(index),
                format!("`{}` offers no body property `{wire}`{}", it.operation.key, did_you_mean(wire, known())),
                "correct the name (it is the spec's, not the one that models see), or choose the input",
            );
        }
    }
    if it.method == "update" {
        report.error(
            "otherwise-unfit",
            place.clone(),
            "an update sends nothing that was not given: what it leaves out stays",
            "remove `otherwise`",
        );
    }
    for (wire, value) in &docs.send {
        let place = place.child("send").child(wire);
        if !docs.any_of.contains(wire) {
            report.error(
                "otherwise-unfit",
                place,
                format!(
                    "`{wire}` is not among `any_of`, so the vendor would still miss one of them"
                ),
                "send one of `any_of`",
            );
        } else if property(wire)
            .is_some_and(|it| *value == false || !inputs::fits(value, it.role, &it.schema, api))
        {
            report.error(
                "constant-unfit",
                place,
                format!("{value} is no value that says yes to the input `{wire}`"),
                "give one plain value of the input's type and within its limits",
            );
        }
    }
}

/// Sending the whole record anew takes away what is not given.
fn replacement(it: &Documented<'_>, report: &mut Report) {
    let sends_record = it.inputs.iter().any(|it| it.role == Role::Property);
    if it.method == "replace" && sends_record && it.record.effect != Effect::Destroy {
        report.error(
            "replace-not-destroy",
            it.place.child("effect"),
            "a replacement empties what is not given, and its effect says otherwise",
            "write `effect: destroy`",
        );
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

/// Every `{name}` of a template must be a credential.
fn credentials(docs: &VendorDocs, vendor_place: &Place, report: &mut Report) {
    let known: Vec<&str> = docs.credentials.iter().map(|it| it.name.as_str()).collect();
    for (index, auth) in docs.auth.iter().enumerate() {
        let basic = auth
            .basic
            .iter()
            .flat_map(|it| [&it.username, &it.password]);
        for name in auth
            .value
            .iter()
            .chain(basic)
            .flat_map(|it| braces(it))
            .filter(|it| !known.contains(it))
        {
            report.error(
                "unknown-credential",
                vendor_place.child("auth").child(index),
                format!(
                    "there is no credential `{name}`{}",
                    did_you_mean(name, known.iter().copied())
                ),
                "correct the name, or add it to `credentials`",
            );
        }
    }
    if let Some(key) = docs
        .caller_key
        .as_ref()
        .filter(|it| !known.contains(&it.credential.as_str()))
    {
        report.error(
            "unknown-credential",
            vendor_place.child("caller_key").child("credential"),
            format!(
                "there is no credential `{}`{}",
                key.credential,
                did_you_mean(&key.credential, known)
            ),
            "correct the name, or add it to `credentials`",
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
    let schema = schema::input_schema(tool, &plan.types);
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
