//! Which inputs understand `me`, the person that the server is set up for.

use super::{
    InputPlan,
    types::{Content, RustType, TypePlan},
};
use crate::{docs::ConditionDocs, document::Documented};

/// What the description of such an input says.
pub(super) const ME: &str = "`me` is the person that this server is set up for.";

/// Names of a tool's inputs that understand `me`.
pub(super) fn names(it: &Documented<'_>, inputs: &[InputPlan]) -> Vec<String> {
    let chosen = it.inputs.iter().filter(|it| it.me);
    let own = chosen.map(|it| it.name.as_str());
    let docs = [&it.record.conditions, &it.record.child_conditions];
    let shortcuts = docs.into_iter().flatten().flat_map(shortcuts);
    let names: Vec<&str> = own.chain(shortcuts).collect();
    let all = inputs.iter().map(|it| it.name.clone());
    all.filter(|it| names.contains(&it.as_str())).collect()
}

fn shortcuts(docs: &ConditionDocs) -> impl Iterator<Item = &str> {
    let shortcuts = docs.shortcuts.iter().filter(|(_, it)| it.me);
    shortcuts.map(|(name, _)| name.as_str())
}

/// Whether an input can be a name.
pub(super) fn is_name(input: &InputPlan, types: &[TypePlan]) -> bool {
    match &input.ty {
        RustType::Text(format) => format.is_none() && input.limits.is_empty(),
        RustType::Named(id) => {
            matches!(&types[*id].content, Content::Reference(keys) if keys.text.is_some())
        }
        _ => false,
    }
}
