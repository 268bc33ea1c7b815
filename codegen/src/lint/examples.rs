//! Whether examples show how a tool is called.

use super::{found::Found, subject::Subject};
use crate::plan::{
    VendorPlan,
    types::{Content, RustType},
};

/// A tool without any.
pub(super) fn missing(subject: &Subject<'_>, found: &mut Found) {
    let has_none = |it: &&super::subject::Tool<'_>| it.plan.examples.is_empty();
    for tool in subject.tools.iter().filter(has_none) {
        found.tool(&tool.plan.name, "there is no example of a call");
    }
}

/// An object that no example gives.
pub(super) fn objects(subject: &Subject<'_>, found: &mut Found) {
    let with_some = subject
        .tools
        .iter()
        .filter(|it| !it.plan.examples.is_empty());
    for tool in with_some {
        let examples = &tool.plan.examples;
        let is_given = |name: &str| examples.iter().any(|it| it.arguments.get(name).is_some());
        let inputs = tool.plan.inputs.iter();
        for input in inputs.filter(|it| is_object(&it.ty, subject.plan) && !is_given(&it.name)) {
            let place = tool.place.child("examples");
            let reason = format!("no example gives the object `{}`", input.name);
            found.input(&[&tool.plan.name], &input.name, &place, reason);
        }
    }
}

/// Whether a value is an object, or a list of some.
fn is_object(ty: &RustType, plan: &VendorPlan) -> bool {
    match ty {
        RustType::List(items) => is_object(items, plan),
        RustType::Map(_) => true,
        RustType::Named(id) => matches!(
            plan.types[*id].content,
            Content::Object(_) | Content::Open(..)
        ),
        _ => false,
    }
}
