//! Whether a procedure leads somewhere: its tools, its order, what it looks up, and the paths of the records it looks at.

use std::{collections::BTreeSet, rc::Rc};

use super::{
    super::{ToolPlan, VendorPlan, check::Names, composite::record},
    looks,
};
use crate::{
    api::{Api, Schema},
    docs::Effect,
    nearest::did_you_mean,
    procedure::{LookUpDocs, Procedure, StateDocs},
    report::{Place, Report},
};

/// Asks all of it of every procedure.
pub(in crate::plan) fn check(plan: &VendorPlan, names: &Names<'_>, api: &Api, report: &mut Report) {
    for procedure in &plan.procedures {
        let it = Check {
            procedure,
            plan,
            api,
        };
        it.prompt(names, report);
        it.order(names, report);
        it.looks(names, report);
        it.gifts(report);
    }
    twice(&plan.procedures, report);
}

/// A tool looks for one thing before it is sent.
fn twice(procedures: &[Procedure], report: &mut Report) {
    let mut seen = BTreeSet::new();
    for Procedure { docs, place, .. } in procedures {
        for (index, step) in docs.steps.iter().enumerate() {
            if looks(docs, index).is_some() && !seen.insert(&step.tool) {
                report.error(
                    "procedure-unfit",
                    place.child("steps").child(index).child("tool"),
                    format!(
                        "another procedure has `{}` look for something already",
                        step.tool
                    ),
                    "let one of them look: remove `look_up`, or `only` and `seen`, from the other",
                );
            }
        }
    }
}

struct Check<'a> {
    procedure: &'a Procedure,
    plan: &'a VendorPlan,
    api: &'a Api,
}

impl Check<'_> {
    fn tool(&self, name: &str) -> Option<&ToolPlan> {
        self.plan.tools.iter().find(|it| it.name == name)
    }

    fn step(&self, index: usize) -> Place {
        self.procedure.place.child("steps").child(index)
    }

    /// Its prompt has a name of its own, and its completions come from somewhere.
    fn prompt(&self, names: &Names<'_>, report: &mut Report) {
        let Procedure { name, docs, place } = self.procedure;
        if self.plan.prompts.iter().any(|it| it.name == *name) {
            report.error(
                "prompt-twice",
                place.clone(),
                format!("a procedure makes a prompt, and another prompt is named `{name}`"),
                "rename the procedure, or remove the prompt from prompts.yaml",
            );
        }
        for (index, argument) in docs.arguments.iter().enumerate() {
            if let Some(tool) = &argument.complete.tool {
                let place = place.child("arguments").child(index);
                names.check(tool, place.child("complete").child("tool"), report);
            }
        }
    }

    /// Every step is a tool, and what it needs comes before it.
    fn order(&self, names: &Names<'_>, report: &mut Report) {
        let steps = &self.procedure.docs.steps;
        for (index, step) in steps.iter().enumerate() {
            names.check(&step.tool, self.step(index).child("tool"), report);
            let earlier: Vec<&str> = steps[..index].iter().map(|it| it.tool.as_str()).collect();
            if earlier.contains(&step.tool.as_str()) {
                let why = format!("`{}` is a step already", step.tool);
                let fix = "name each tool once; a step that is taken several times is still one";
                report.error("procedure-unfit", self.step(index).child("tool"), why, fix);
            }
            for (number, need) in step.needs.iter().flatten().enumerate() {
                if !earlier.contains(&need.as_str()) {
                    let near = did_you_mean(need, earlier.iter().copied());
                    report.error(
                        "procedure-unfit",
                        self.step(index).child("needs").child(number),
                        format!("no step above is `{need}`{near}"),
                        "name the tool of a step that stands above this one",
                    );
                }
            }
        }
    }

    /// What is looked at is a record that is looked up, and has what it is looked at for.
    fn looks(&self, names: &Names<'_>, report: &mut Report) {
        let docs = &self.procedure.docs;
        let Some(look_up) = &docs.look_up else {
            return self.blind(report);
        };
        let place = self.procedure.place.child("look_up");
        names.check(&look_up.tool, place.child("tool"), report);
        let Some(tool) = self.tool(&look_up.tool) else {
            return;
        };
        let record = record(tool, self.api).filter(|_| tool.effect == Effect::Read);
        let Some(record) = record else {
            let why = format!(
                "`{}` answers no record, or does more than to read",
                tool.name
            );
            let fix = "name a tool of effect `read` that answers one record";
            return report.error("procedure-unfit", place.child("tool"), why, fix);
        };
        self.inputs(tool, look_up, &place, report);
        for (index, step) in docs.steps.iter().enumerate() {
            let states = [("seen", &step.seen), ("only", &step.only)];
            for (key, state) in states
                .into_iter()
                .filter_map(|(key, it)| Some((key, it.as_ref()?)))
            {
                self.state(state, &record, &self.step(index).child(key), report);
            }
        }
    }

    /// Without a look-up nothing is seen.
    fn blind(&self, report: &mut Report) {
        for (index, step) in self.procedure.docs.steps.iter().enumerate() {
            for key in [
                step.seen.as_ref().map(|_| "seen"),
                step.only.as_ref().map(|_| "only"),
            ]
            .into_iter()
            .flatten()
            {
                report.error(
                    "procedure-unfit",
                    self.step(index).child(key),
                    "there is no record to see it on",
                    "add `look_up` to the procedure, or remove this",
                );
            }
        }
    }

    /// The look-up gets all that it must have, from steps that have it.
    fn inputs(&self, tool: &ToolPlan, docs: &LookUpDocs, place: &Place, report: &mut Report) {
        let known = || tool.inputs.iter().map(|it| it.name.as_str());
        for name in docs
            .inputs
            .keys()
            .filter(|name| known().all(|it| it != *name))
        {
            let near = did_you_mean(name, known());
            report.error(
                "unknown-input",
                place.child("inputs").child(name),
                format!("`{}` has no input `{name}`{near}", tool.name),
                "correct the name (it is the one that models see)",
            );
        }
        let required = tool.inputs.iter().filter(|it| it.required);
        for input in required.filter(|it| !docs.inputs.contains_key(&it.name)) {
            report.error(
                "procedure-unfit",
                place.child("inputs"),
                format!("`{}` cannot be called without `{}`", tool.name, input.name),
                format!("say which input of the steps it is: {}: …", input.name),
            );
        }
        let steps = self.procedure.docs.steps.iter().enumerate();
        for (index, step) in steps.filter(|(_, it)| it.only.is_some() || it.needs.is_some()) {
            let Some(taker) = self.tool(&step.tool) else {
                continue;
            };
            for name in docs.inputs.values() {
                if taker.inputs.iter().all(|it| it.name != *name) {
                    report.error(
                        "procedure-unfit",
                        self.step(index).child("tool"),
                        format!(
                            "`{}` has no input `{name}`, which the look-up takes its value from",
                            taker.name
                        ),
                        "rename its input in docs.yaml, or name another one in `look_up`",
                    );
                }
            }
        }
    }

    fn state(&self, state: &StateDocs, record: &Rc<Schema>, place: &Place, report: &mut Report) {
        if self.api.at(record, &format!("/{}", state.path)).is_none() {
            let look_up = self.procedure.docs.look_up.as_ref();
            let tool = look_up.map(|it| it.tool.as_str()).unwrap_or_default();
            report.error(
                "unknown-field",
                place.child("path"),
                format!("the record of `{tool}` has no field `{}`", state.path),
                "correct the path",
            );
        }
    }

    /// What a step gives is in its answer, and a later step takes it.
    fn gifts(&self, report: &mut Report) {
        let steps = &self.procedure.docs.steps;
        for (index, step) in steps.iter().enumerate() {
            let place = self.step(index).child("gives");
            let answer = self.tool(&step.tool).and_then(|it| record(it, self.api));
            for (input, path) in &step.gives {
                let name = input.split('/').next().unwrap_or(input);
                let takes = |it: &ToolPlan| it.inputs.iter().any(|it| it.name == name);
                let later = steps[index + 1..].iter();
                if !later.filter_map(|it| self.tool(&it.tool)).any(takes) {
                    report.error(
                        "unknown-input",
                        place.child(input),
                        format!("no later step has an input `{name}`"),
                        "correct the name (it is the one that models see)",
                    );
                }
                let has = |it: &Rc<Schema>| self.api.at(it, &format!("/{path}")).is_some();
                if answer.as_ref().is_some_and(|it| !has(it)) {
                    report.error(
                        "unknown-field",
                        place.child(input),
                        format!("the answer of `{}` has no field `{path}`", step.tool),
                        "correct the path",
                    );
                }
            }
        }
    }
}
