//! Plans procedures: what each step's tool says and looks for, and the prompt that walks through all of them.

mod check;

use super::{ToolPlan, VendorPlan, inputs::sentences};
use crate::{
    docs::{Effect, GuidanceDocs},
    document::one_line,
    procedure::{Procedure, ProcedureDocs, StateDocs, StepDocs},
    prompts::Prompt,
};

pub(super) use self::check::check;

/// What a tool looks for before it is sent.
#[derive(Clone, Debug)]
pub struct CheckPlan {
    /// The tool that answers the record.
    pub tool: String,
    /// Its inputs, each with the input that it takes its value from.
    pub inputs: Vec<(String, String)>,
    /// The state that the record must be in.
    pub only: Option<StateDocs>,
    /// The steps that must show on the record, in their order.
    pub needs: Vec<NeedPlan>,
}

/// A step that must show on a record.
#[derive(Clone, Debug)]
pub struct NeedPlan {
    /// How it shows.
    pub seen: StateDocs,
    /// What there is then.
    pub what: String,
    /// The tool that supplies it.
    pub tool: String,
}

/// Adds to every tool that is a step what follows from that.
pub(super) fn apply(procedures: &[Procedure], tools: &mut [ToolPlan]) {
    for procedure in procedures {
        let docs = &procedure.docs;
        for (index, step) in docs.steps.iter().enumerate() {
            let Some(tool) = tools.iter_mut().find(|it| it.name == step.tool) else {
                continue;
            };
            let (first, last) = (
                place(docs, index),
                steps(
                    &docs.tools(docs.before(index)),
                    &docs.tools(docs.after(index)),
                ),
            );
            tool.description = sentences(&[&first, &tool.description, &last]);
            tool.guidance.extend(guidance(docs, index));
            if tool.check.is_none() {
                tool.check = looks(docs, index);
            }
        }
    }
}

/// Which step it is.
fn place(docs: &ProcedureDocs, step: usize) -> String {
    let (number, all) = docs.number(step);
    match docs.steps[step].optional {
        true => format!("May follow step {number} of {all} of {}.", docs.of),
        false => format!("Step {number} of {all} of {}.", docs.of),
    }
}

/// What to say when the vendor refuses it: the state that it is refused in, and each step above that it lacks.
fn guidance(docs: &ProcedureDocs, step: usize) -> Vec<GuidanceDocs> {
    let rule = |mentions: &str, say: String| GuidanceDocs {
        status: docs.refusals.clone(),
        mentions: mentions.to_owned(),
        say,
    };
    let only = docs.steps[step].only.iter();
    let only = only.filter(|it| !it.mentions.is_empty());
    let mut all: Vec<_> = only
        .map(|it| rule(&it.mentions, one_line(&it.say)))
        .collect();
    let before = docs.before(step).into_iter().map(|it| &docs.steps[it]);
    let missing = before.filter(|it| !it.mentions.is_empty()).map(|it| {
        let say = format!(
            "If {} is missing, call {} first, then this again.",
            it.supplies, it.tool
        );
        rule(&it.mentions, say)
    });
    all.extend(missing);
    all
}

/// What it looks for on the record.
fn looks(docs: &ProcedureDocs, step: usize) -> Option<CheckPlan> {
    let look_up = docs.look_up.as_ref()?;
    let before = docs.all_before(step).into_iter().map(|it| &docs.steps[it]);
    let needs = before.filter_map(|it| {
        Some(NeedPlan {
            seen: it.seen.clone()?,
            what: it.supplies.clone(),
            tool: it.tool.clone(),
        })
    });
    let check = CheckPlan {
        tool: look_up.tool.clone(),
        inputs: look_up.inputs.clone().into_iter().collect(),
        only: docs.steps[step].only.clone(),
        needs: needs.collect(),
    };
    let is_empty = check.only.is_none() && check.needs.is_empty();
    (!is_empty).then_some(check)
}

/// A prompt for each procedure, which walks through its steps.
pub(super) fn prompts(plan: &VendorPlan) -> Vec<Prompt> {
    let procedures = plan.procedures.iter();
    procedures
        .map(|it| Prompt {
            name: it.name.clone(),
            title: it.docs.title.clone(),
            description: it.docs.about.clone(),
            arguments: it.docs.arguments.clone(),
            text: walk(&it.docs, plan),
        })
        .collect()
}

/// The text of the prompt.
fn walk(docs: &ProcedureDocs, plan: &VendorPlan) -> String {
    let arguments = docs.arguments.iter().map(|it| {
        let name = it.name.replace('_', " ");
        let (first, rest) = name.split_at(1.min(name.len()));
        format!(" {}{rest}: {{{}}}.", first.to_uppercase(), it.name)
    });
    let mut text = format!(
        "{}. {}{}\n\nTake these steps in this order. Each needs what those before it supply: leave none out, make no \
         value up, and ask me for what you do not know.\n\n",
        docs.title.trim_end_matches('.'),
        one_line(&docs.about),
        arguments.collect::<String>()
    );
    let is_optional = |index: &usize| docs.steps[*index].optional;
    let (optional, steps): (Vec<usize>, Vec<usize>) = (0..docs.steps.len()).partition(is_optional);
    for (number, index) in (1..).zip(steps) {
        text += &format!("{number}. {}\n", call(docs, index, plan));
    }
    for index in optional {
        let (number, _) = docs.number(index);
        let call = call(docs, index, plan);
        text += &format!("\nOnly if I ask for it, after step {number}: {call}\n");
    }
    text += "\nIf a step is refused, read what the refusal says is missing, take the step that supplies it, and go on from \
             there. At the end, report what each step answered.";
    text
}

/// One step of the prompt.
fn call(docs: &ProcedureDocs, step: usize, plan: &VendorPlan) -> String {
    let it: &StepDocs = &docs.steps[step];
    let tool = plan.tools.iter().find(|tool| tool.name == it.tool);
    let title = tool.map(|it| it.title.trim_end_matches('.'));
    let ask = match tool.map(|it| it.effect) {
        Some(Effect::Destroy) => "Ask me first: it cannot be taken back.",
        _ => "",
    };
    let gives = it.gives.iter();
    let gives = gives.map(|(input, path)| format!("\"{path}\" of its answer is the \"{input}\""));
    let gives: Vec<_> = gives.collect();
    let gives = match gives.is_empty() {
        true => String::new(),
        false => format!("{} of the later steps.", gives.join(", ")),
    };
    let call = format!("Call `{}` ({}).", it.tool, title.unwrap_or_default());
    sentences(&[ask, &call, &one_line(&it.note), &gives])
}

/// The steps around a tool, by the tools that take them.
pub(super) fn steps(before: &[impl AsRef<str>], after: &[impl AsRef<str>]) -> String {
    let listed = |lead: &str, tools: Vec<String>| {
        (!tools.is_empty()).then(|| format!("{lead}: {}.", tools.join(", ")))
    };
    let ticked = |it: &str| format!("`{it}`");
    let sides = [
        listed(
            "Comes after",
            before.iter().map(|it| ticked(it.as_ref())).collect(),
        ),
        listed(
            "Comes before",
            after.iter().map(|it| ticked(it.as_ref())).collect(),
        ),
    ];
    sides.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
