//! Plans which paths of a record a caller may name: to order a list by them, and to be answered them.

use std::rc::Rc;

use crate::{
    api::{Answer, Api, Schema, Type},
    docs::PathDocs,
    document::{AnswerPlan, Documented},
    nearest::did_you_mean,
    report::Report,
    vendor::VendorDocs,
};

/// What the records of an answer have, and what docs.yaml chooses of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Projection {
    /// Every path that can be asked for; `name/*` is every path below `name`.
    pub(super) known: Vec<String>,
    /// What is asked for unless the caller names more.
    pub(super) default: Vec<String>,
}

/// What a caller may order a list by; empty where there is nothing to choose from.
pub(super) fn order(it: &Documented<'_>, api: &Api, report: &mut Report) -> Vec<String> {
    let Some(docs) = &it.record.order_by else {
        return Vec::new();
    };
    has_parameter(it, it.order_by.as_ref(), "order_by", report);
    let known = record(it, api)
        .map(|it| super::conditions::known_fields(&it, api))
        .unwrap_or_default();
    let known: Vec<String> = known.into_iter().map(|it| it.path).collect();
    chosen(it, docs, &known, "order_by", report)
}

/// What can be asked for of each record; `None` where there is nothing to choose.
pub(super) fn projection(
    it: &Documented<'_>,
    api: &Api,
    vendor: &VendorDocs,
    report: &mut Report,
) -> Option<Projection> {
    let docs = it.record.fields.as_ref()?;
    has_parameter(it, it.fields.as_ref(), "fields", report);
    let known = record(it, api).map(|it| known_paths(&it, api, vendor));
    let mut known = known.unwrap_or_default();
    let default = chosen(it, docs, &known, "fields", report);
    for path in &default {
        if !is_known(path, &known) {
            known.push(path.clone());
        }
    }
    Some(Projection { known, default })
}

/// A record that chooses what its operation has no parameter for would choose nothing.
fn has_parameter(it: &Documented<'_>, wire: Option<&String>, key: &str, report: &mut Report) {
    if wire.is_none() {
        report.error(
            "use-without-parameter",
            it.place.child(key),
            format!(
                "`{}` has no parameter that vendor.yaml uses for {key}",
                it.operation.key
            ),
            format!("remove `{key}`, or add a rule `use: {key}` for the parameter to vendor.yaml"),
        );
    }
}

fn chosen(
    it: &Documented<'_>,
    docs: &[PathDocs],
    known: &[String],
    key: &str,
    report: &mut Report,
) -> Vec<String> {
    let mut paths = Vec::new();
    for (index, path) in docs.iter().enumerate() {
        match path {
            PathDocs::Beyond { name } => paths.push(name.clone()),
            PathDocs::Known(path) if is_known(path, known) => paths.push(path.clone()),
            PathDocs::Known(path) => report.error(
                "unknown-field",
                it.place.child(key).child(index),
                format!(
                    "the records of `{}` have no field `{path}`{}",
                    it.operation.key,
                    did_you_mean(path, known.iter().map(String::as_str))
                ),
                "correct the path, or write {name, reason} if the vendor takes what its schema does not show",
            ),
        }
    }
    paths
}

/// Whether a path is in the list. What stands below an object of free keys must be given with its reason.
fn is_known(path: &str, known: &[String]) -> bool {
    known.iter().any(|it| it == path)
}

/// The record type of an answer.
fn record(it: &Documented<'_>, api: &Api) -> Option<Rc<Schema>> {
    let Answer::Json(answer) = &it.operation.answer else {
        return None;
    };
    match &it.answer {
        AnswerPlan::List { records, .. } => api.items(&*api.at(answer, records)?),
        AnswerPlan::Single { record } => api.at(answer, record),
        AnswerPlan::Deleted
        | AnswerPlan::Nothing
        | AnswerPlan::File { .. }
        | AnswerPlan::Parts(_) => None,
    }
}

/// Every property of the record, and every property of the objects that it refers to, metadata aside.
fn known_paths(record: &Schema, api: &Api, vendor: &VendorDocs) -> Vec<String> {
    let mut paths = Vec::new();
    for (name, property) in &api.object(record).unwrap_or_default().properties {
        paths.push(name.clone());
        if matches!(api.resolve(&property.schema).ty, Type::Map(_)) {
            paths.push(format!("{name}/*"));
        }
        let object = api.object(&property.schema).unwrap_or_default();
        let parts = object
            .properties
            .keys()
            .filter(|it| !vendor.metadata.contains(it));
        paths.extend(parts.map(|part| format!("{name}/{part}")));
    }
    paths
}
