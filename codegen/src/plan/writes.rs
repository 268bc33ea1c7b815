//! Plans what a write does beyond its inputs: what is sent of itself, and what sending a whole record anew takes away.

use super::{InputPlan, Otherwise, inputs};
use crate::{
    api::Api,
    docs::{Effect, Record},
    document::{Documented, Role},
    nearest::did_you_mean,
    report::Report,
};

/// What is sent where none of several inputs says yes.
pub(super) fn otherwise(record: &Record) -> Option<Otherwise> {
    let docs = record.otherwise.as_ref()?;
    let (wire, value) = docs.send.first()?;
    Some(Otherwise {
        any_of: docs.any_of.clone(),
        wire: wire.clone(),
        value: value.clone(),
    })
}

/// What is sent of itself, by the names that a caller knows.
pub(super) fn default(otherwise: Option<&Otherwise>, inputs: &[InputPlan]) -> String {
    let Some(Otherwise {
        any_of,
        wire,
        value,
    }) = otherwise
    else {
        return String::new();
    };
    let shown = |wire: &String| {
        let input = inputs.iter().find(|it| it.wire == *wire);
        input.map_or_else(|| wire.clone(), |it| it.name.clone())
    };
    let any_of: Vec<_> = any_of.iter().map(|it| format!("`{}`", shown(it))).collect();
    format!(
        "If none of {} is given, `{}: {value}` is sent.",
        any_of.join(", "),
        shown(wire)
    )
}

/// What sending the whole record anew does to the rest of it.
pub(super) fn replaces(it: &Documented<'_>) -> &'static str {
    let sends_record = it.inputs.iter().any(|it| it.role == Role::Property);
    if it.method == "replace" && sends_record {
        "Sends the whole record anew: what is not given is emptied."
    } else {
        ""
    }
}

/// The last checks of a write.
pub(super) fn check(it: &Documented<'_>, api: &Api, report: &mut Report) {
    check_otherwise(it, api, report);
    check_replacement(it, report);
}

/// What is sent of itself is one of the properties of which one is wanted, and a value of it.
fn check_otherwise(it: &Documented<'_>, api: &Api, report: &mut Report) {
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
fn check_replacement(it: &Documented<'_>, report: &mut Report) {
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
