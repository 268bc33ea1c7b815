//! The procedures of docs.yaml: tools that are called in an order, and how a record shows which of them were.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::{decode, load::Document, prompts::Argument, report::Place};

/// Tools that are called in an order.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// Name of its prompt, snake case.
    pub name: String,
    /// What docs.yaml says of it.
    pub docs: ProcedureDocs,
    /// Where it stands.
    pub place: Place,
}

/// What docs.yaml says of a procedure.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProcedureDocs {
    /// What it is about, as it stands in a sentence: `a signature`.
    pub of: String,
    /// Title for people.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// Arguments of its prompt.
    pub arguments: Vec<Argument>,
    /// The tool that answers the record on which the steps show.
    pub look_up: Option<LookUpDocs>,
    /// HTTP statuses by which the vendor refuses a step that comes too early or too late.
    pub refusals: Vec<u16>,
    /// The steps.
    pub steps: Vec<StepDocs>,
}

/// The tool that answers the record on which the steps show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LookUpDocs {
    /// The tool; it only reads, and answers one record.
    pub tool: String,
    /// Its inputs, each with the input of the steps that it takes its value from.
    pub inputs: BTreeMap<String, String>,
}

/// A step of a procedure.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepDocs {
    /// The tool that takes it.
    pub tool: String,
    /// The steps that come before it, by their tools; absent: the step above.
    pub needs: Option<Vec<String>>,
    /// Whether the procedure is complete without it.
    pub optional: bool,
    /// What there is afterwards: `a document`.
    pub supplies: String,
    /// Inputs of later steps, each with the path of its value in this step's answer.
    pub gives: BTreeMap<String, String>,
    /// How the record shows that it was taken.
    pub seen: Option<StateDocs>,
    /// Outside which state of the record it is refused.
    pub only: Option<StateDocs>,
    /// A word of the vendor's refusal of a later step, where this one is missing.
    pub mentions: String,
    /// What the prompt says of it besides its title.
    pub note: String,
}

/// A state of the record.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StateDocs {
    /// Path of a property.
    pub path: String,
    /// The values that it has; empty: any, but neither null nor an empty list.
    pub is: Vec<String>,
    /// A word of the vendor's refusal in another state.
    pub mentions: String,
    /// What to say in another state.
    pub say: String,
}

/// Reads the procedures, as far as they are of their shape.
pub(crate) fn procedures(document: &Document) -> Vec<Procedure> {
    let place = document.place("/procedures");
    let procedures = document.value.get("procedures").and_then(Value::as_object);
    let procedures = procedures.into_iter().flatten();
    let procedures = procedures.map(|(name, value)| Procedure {
        name: name.clone(),
        docs: decode::decode(value),
        place: place.child(name),
    });
    let mut procedures: Vec<Procedure> = procedures.collect();
    procedures.sort_by(|a, b| a.name.cmp(&b.name));
    procedures
}

impl ProcedureDocs {
    /// The steps that come directly before one, by their numbers from 0; what is no earlier step is left out.
    pub(crate) fn before(&self, step: usize) -> Vec<usize> {
        match &self.steps[step].needs {
            None => step.checked_sub(1).into_iter().collect(),
            Some(needs) => {
                let earlier = 0..step;
                let is_needed = |it: &usize| needs.contains(&self.steps[*it].tool);
                earlier.filter(is_needed).collect()
            }
        }
    }

    /// All steps that come before one, in their order.
    pub(crate) fn all_before(&self, step: usize) -> Vec<usize> {
        let mut all: Vec<usize> = self.before(step);
        let mut next = 0;
        while let Some(it) = all.get(next).copied() {
            next += 1;
            let new = self.before(it).into_iter().filter(|it| !all.contains(it));
            let new: Vec<usize> = new.collect();
            all.extend(new);
        }
        all.sort_unstable();
        all
    }

    /// The steps that come directly after one.
    pub(crate) fn after(&self, step: usize) -> Vec<usize> {
        let later = step + 1..self.steps.len();
        later
            .filter(|it| self.before(*it).contains(&step))
            .collect()
    }

    /// The tools of these steps.
    pub(crate) fn tools(&self, steps: Vec<usize>) -> Vec<&str> {
        let steps = steps.into_iter();
        steps.map(|it| self.steps[it].tool.as_str()).collect()
    }

    /// How many steps a step that is not optional is, and of how many.
    pub(crate) fn number(&self, step: usize) -> (usize, usize) {
        let count = |steps: &[StepDocs]| steps.iter().filter(|it| !it.optional).count();
        (count(&self.steps[..=step]), count(&self.steps))
    }
}
