//! Takes over the filter of another method: a count is filtered as its list is.

use super::{Documented, Like};
use crate::{api::Api, docs::ResourceDocs, report::Report};

/// Puts the filter of the method that `conditions: {like: …}` names into the record, if there is one.
pub(super) fn take_over<'a>(
    it: &mut Documented<'a>,
    resource: &ResourceDocs,
    api: &'a Api,
    report: &mut Report,
) {
    let Some(name) = it.record.conditions.as_ref().and_then(|it| it.like.clone()) else {
        return;
    };
    it.record.conditions = None;
    let has_own = |conditions: &Option<crate::docs::ConditionDocs>| {
        conditions.as_ref().is_some_and(|it| it.like.is_none())
    };
    let other = resource
        .methods
        .iter()
        .find(|it| it.method == name && has_own(&it.record.conditions));
    let Some(other) = other else {
        report.error(
            "unknown-filter",
            it.place.child("conditions").child("like"),
            format!("no method `{name}` of this resource has conditions of its own"),
            "name a method whose record has `conditions` with `fields`, such as list",
        );
        return;
    };
    // An operation that does not exist is told at its own record.
    if let Some(operation) = api.operations.get(&other.record.operation) {
        it.record.conditions.clone_from(&other.record.conditions);
        it.record
            .child_conditions
            .clone_from(&other.record.child_conditions);
        it.record.custom_field_conditions = other.record.custom_field_conditions;
        it.like = Some(Like {
            operation,
            answer: other.record.answer.clone(),
        });
    }
}
