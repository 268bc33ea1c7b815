//! Where what a model reads of a tool is written.

use std::collections::BTreeMap;

use crate::{
    api::Api,
    document::{Chosen, Documented, Role},
    name::Named,
    plan::composite::Composite,
    report::Place,
};

/// What is written of a tool.
#[derive(Debug)]
pub(crate) struct Written {
    /// The tool's name.
    pub(super) tool: String,
    /// Its record; the operation, where that was derived.
    pub(super) place: Place,
    /// The description of the record, without the sentences that codegen adds.
    pub(super) description: String,
    /// Whether nobody wrote a record.
    pub(super) is_derived: bool,
    /// The inputs that somebody described, or should have, by the name that models see: each with its description's place.
    pub(super) inputs: BTreeMap<String, Place>,
}

/// What is written of every tool.
pub(crate) fn written(named: &[Named<'_>], composites: &[Composite], api: &Api) -> Vec<Written> {
    let tools = named.iter().map(|it| of_operation(it, api));
    tools.chain(composites.iter().map(of_composite)).collect()
}

fn of_operation(named: &Named<'_>, api: &Api) -> Written {
    let it = &named.documented;
    let offered = it.inputs.iter().filter(|input| input.fixed.is_none());
    let inputs = offered.map(|input| (input.name.clone(), of_input(it, input, api)));
    let filters = [
        ("conditions", &it.record.conditions),
        ("child_conditions", &it.record.child_conditions),
    ];
    let shortcuts = filters.into_iter().flat_map(|(key, docs)| {
        let place = it.place.child(key).child("shortcuts");
        let docs = docs.iter().flat_map(|it| &it.shortcuts);
        docs.map(move |(name, _)| (name.clone(), place.child(name)))
    });
    Written {
        tool: named.name.clone(),
        place: it.place.clone(),
        description: it.record.description.clone(),
        is_derived: it.is_derived,
        inputs: inputs.chain(shortcuts).collect(),
    }
}

/// Described by the record if that says anything, else by the vendor's document.
fn of_input(it: &Documented<'_>, input: &Chosen, api: &Api) -> Place {
    let docs = it.record.inputs.as_ref();
    let docs = docs.and_then(|docs| docs.get(&input.wire));
    if docs.is_some_and(|docs| docs.description.is_some()) {
        return it.place.child("inputs").child(&input.wire);
    }
    let parameters = &it.operation.parameters;
    let parameter = parameters.iter().find(|own| own.name == input.wire);
    let pointer = match (input.role, parameter) {
        (Role::Parameter(..), Some(parameter)) => &parameter.pointer,
        _ if input.schema.pointer.is_empty() => &it.operation.pointer,
        _ => &input.schema.pointer,
    };
    Place::new(api.path.clone(), pointer.clone())
}

/// Its inputs are those of other tools, but for what its record says of them.
fn of_composite(it: &Composite) -> Written {
    let docs = it.record.inputs.iter().flatten();
    let own = docs.filter(|(_, docs)| docs.description.is_some());
    let place = |name: &String| it.place.child("inputs").child(name);
    let own = own.map(|(name, _)| (name.clone(), place(name)));
    Written {
        tool: it.name.clone(),
        place: it.place.clone(),
        description: it.record.description.clone(),
        is_derived: false,
        inputs: own.collect(),
    }
}
