//! Plans which paths of a record a caller may name: to order a list by them, and to be answered them.

use std::rc::Rc;

use super::{
    Encoding, InputPlan,
    types::{RustType, Wanted},
};
use crate::{
    api::{Answer, Api, Provenance, Schema, Type},
    docs::PathDocs,
    document::{AnswerPlan, Documented},
    name::Named,
    nearest::did_you_mean,
    report::Report,
    vendor::VendorDocs,
    words::camel,
};

/// The part that stands for every part of a property whose keys are free.
pub(super) const ANY: &str = "*";

/// A property of a record, and its parts.
pub(super) type Property = (String, Vec<String>);

/// What can be asked for of each record.
struct Projection {
    /// Every property, each with its parts.
    known: Vec<Property>,
    /// What is asked for unless the caller names more.
    usual: Vec<String>,
}

/// The input that orders a list.
pub(super) fn order_input(
    it: &Documented<'_>,
    api: &Api,
    report: &mut Report,
) -> Option<InputPlan> {
    let paths = order(it, api, report);
    let wire = it.order_by.as_ref().filter(|_| !paths.is_empty())?;
    Some(InputPlan {
        name: "order_by".to_owned(),
        wire: wire.clone(),
        description: "In which order the records come: by the first field, then by the next."
            .to_owned(),
        provenance: Provenance::Unmarked,
        encoding: Encoding::Order,
        required: false,
        ty: RustType::Order(paths),
        limits: Vec::new(),
        clearable: false,
    })
}

/// The input that says what is answered of each record, before its table has a place among the types.
pub(super) struct FieldsInput {
    /// The input.
    pub(super) plan: InputPlan,
    /// Every property, each with its parts.
    pub(super) known: Vec<Property>,
    /// Names of the table.
    pub(super) wanted: Wanted,
}

/// The input that says what is answered of each record.
pub(super) fn fields_input(
    named: &Named<'_>,
    api: &Api,
    vendor: &VendorDocs,
    report: &mut Report,
) -> Option<FieldsInput> {
    let it = &named.documented;
    let Projection { known, usual } = projection(it, api, vendor, report)?;
    let record = record_name(it, api);
    let owner = record.map_or_else(|| camel(&it.resource.singular), |it| camel(&it));
    let plan = InputPlan {
        name: "fields".to_owned(),
        wire: it.fields.clone()?,
        description: format!(
            "Fields to answer besides the usual ones, which are {}; `*` answers the whole record.",
            usual.join(", ")
        ),
        provenance: Provenance::Unmarked,
        encoding: Encoding::Fields(usual.join(",")),
        required: false,
        ty: RustType::Json,
        limits: Vec::new(),
        clearable: false,
    };
    Some(FieldsInput {
        plan,
        known,
        wanted: Wanted {
            short: format!("{owner}Paths"),
            long: format!("{}Paths", camel(&named.name)),
        },
    })
}

/// What a caller may order a list by; empty where there is nothing to choose from.
fn order(it: &Documented<'_>, api: &Api, report: &mut Report) -> Vec<String> {
    let Some(docs) = &it.record.order_by else {
        return Vec::new();
    };
    has_parameter(it, it.order_by.as_ref(), "order_by", report);
    let known = record(it, api).map(|it| super::conditions::known_fields(&it, api));
    let known: Vec<String> = known.into_iter().flatten().map(|it| it.path).collect();
    chosen(it, docs, &known, "order_by", report)
}

/// What can be asked for of each record; `None` where docs.yaml chooses nothing.
fn projection(
    it: &Documented<'_>,
    api: &Api,
    vendor: &VendorDocs,
    report: &mut Report,
) -> Option<Projection> {
    let docs = it.record.fields.as_ref()?;
    has_parameter(it, it.fields.as_ref(), "fields", report);
    let known = record(it, api).map(|it| properties(&it, api, vendor));
    let mut known = known.unwrap_or_default();
    let paths: Vec<String> = known.iter().flat_map(paths).collect();
    let usual = chosen(it, docs, &paths, "fields", report);
    usual.iter().for_each(|path| add(path, &mut known));
    Some(Projection { known, usual })
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
            PathDocs::Known(path) if known.contains(path) => paths.push(path.clone()),
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

/// The component that the records of an answer are.
fn record_name(it: &Documented<'_>, api: &Api) -> Option<String> {
    match &record(it, api)?.ty {
        Type::Named(name) => Some(name.clone()),
        _ => None,
    }
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

/// Every property of the record with the properties of the object that it refers to, metadata aside.
fn properties(record: &Schema, api: &Api, vendor: &VendorDocs) -> Vec<Property> {
    let object = api.object(record).unwrap_or_default();
    let all = object.properties.iter().map(|(name, property)| {
        let parts = match &api.resolve(&property.schema).ty {
            Type::Map(_) => vec![ANY.to_owned()],
            _ => {
                let object = api.object(&property.schema).unwrap_or_default();
                let parts = object.properties.iter();
                let parts = parts.filter(|(name, it)| is_said(name) && !it.write_only);
                let parts = parts.map(|(name, _)| name);
                parts
                    .filter(|it| !vendor.metadata.contains(it))
                    .cloned()
                    .collect()
            }
        };
        (name.clone(), parts)
    });
    let is_answered = |name: &String| !object.properties[name].write_only;
    all.filter(|(name, _)| is_said(name) && is_answered(name))
        .collect()
}

/// Whether a name can stand in a list of paths.
fn is_said(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"_-.$".contains(&it))
}

fn paths((name, parts): &Property) -> Vec<String> {
    let parts = parts.iter().filter(|it| *it != ANY);
    let parts = parts.map(|part| format!("{name}/{part}"));
    std::iter::once(name.clone()).chain(parts).collect()
}

/// Adds a path that docs.yaml gives a reason for.
fn add(path: &str, known: &mut Vec<Property>) {
    let (name, part) = path
        .split_once('/')
        .map_or((path, None), |(name, part)| (name, Some(part)));
    let index = known.iter().position(|(it, _)| it == name);
    let index = index.unwrap_or_else(|| {
        known.push((name.to_owned(), Vec::new()));
        known.len() - 1
    });
    let parts = &mut known[index].1;
    if let Some(part) = part
        && !parts.iter().any(|it| it == part || it == ANY)
    {
        parts.push(part.to_owned());
    }
}

/// What a path must match: one of the properties, or of their parts, or the whole.
pub(super) fn pattern(known: &[Property]) -> String {
    let all = known.iter().map(|(name, parts)| {
        let name = escaped(name);
        let parts: Vec<_> = parts.iter().map(|it| part_pattern(it)).collect();
        match parts.as_slice() {
            [] => name,
            [part] => format!("{name}(/{part})?"),
            parts => format!("{name}(/({}))?", parts.join("|")),
        }
    });
    format!("^(\\*|{})$", all.collect::<Vec<_>>().join("|"))
}

fn part_pattern(part: &str) -> String {
    match part {
        ANY => "[A-Za-z0-9_]+".to_owned(),
        part => escaped(part),
    }
}

fn escaped(name: &str) -> String {
    name.replace('.', "\\.").replace('$', "\\$")
}
