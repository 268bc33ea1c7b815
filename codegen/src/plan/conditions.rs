//! Plans the filter of a list: which fields, of which types, and which short-cut inputs.

use std::rc::Rc;

use crate::{
    api::{Answer, Api, Schema, Type},
    docs::{ConditionDocs, FieldDocs},
    document::Documented,
    nearest::did_you_mean,
    report::Report,
    vendor::VendorDocs,
};

/// A field that a list can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPlan {
    /// Path, such as `board/name`.
    pub path: String,
    /// Type of its values.
    pub kind: Kind,
}

/// Type of a field's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Text
    Text,
    /// A number
    Number,
    /// True or false
    Boolean,
    /// RFC 3339
    Time,
}

impl Kind {
    /// Every kind, with its word in docs.yaml.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Text, "text"),
        (Self::Number, "number"),
        (Self::Boolean, "boolean"),
        (Self::Time, "time"),
    ];

    /// Operators that take one value.
    pub fn operators(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["equals", "not_equals", "contains", "not_contains"],
            Self::Number => &[
                "equals",
                "not_equals",
                "less",
                "at_most",
                "greater",
                "at_least",
            ],
            Self::Boolean => &["equals", "not_equals"],
            Self::Time => &["less", "at_most", "greater", "at_least"],
        }
    }

    /// Whether `in` and `not_in` are allowed.
    pub fn has_lists(self) -> bool {
        matches!(self, Self::Text | Self::Number)
    }
}

/// The fields of a list's filter: what docs.yaml curates, or all that the records have.
pub(super) fn fields(
    it: &Documented<'_>,
    api: &Api,
    vendor: &VendorDocs,
    report: &mut Report,
) -> Vec<FieldPlan> {
    let record = record(it, api, vendor);
    let known = record
        .as_ref()
        .map(|it| known_fields(it, api))
        .unwrap_or_default();
    let Some(docs) = &it.record.conditions else {
        return if it.is_derived { known } else { Vec::new() };
    };
    let mut fields = Vec::new();
    for (index, field) in docs.fields.iter().enumerate() {
        match field {
            FieldDocs::Beyond { name, r#type } => {
                let kind = Kind::ALL
                    .iter()
                    .find(|(_, word)| word == r#type)
                    .map_or(Kind::Text, |(kind, _)| *kind);
                fields.push(FieldPlan {
                    path: name.clone(),
                    kind,
                });
            }
            FieldDocs::Path(path) => match known.iter().find(|it| it.path == *path) {
                Some(field) => fields.push(field.clone()),
                None => unknown(
                    it,
                    &known,
                    path,
                    &format!("conditions/fields/{index}"),
                    report,
                ),
            },
        }
    }
    check_shortcuts(it, docs, &fields, report);
    fields
}

fn unknown(
    it: &Documented<'_>,
    known: &[FieldPlan],
    path: &str,
    pointer: &str,
    report: &mut Report,
) {
    let mut place = it.place.clone();
    place.pointer = format!("{}/{pointer}", place.pointer);
    report.error(
        "unknown-field",
        place,
        format!(
            "the records of `{}` have no field `{path}`{}",
            it.operation.key,
            did_you_mean(path, known.iter().map(|it| it.path.as_str()))
        ),
        "correct the path, or write {name, type, reason} if the vendor filters by what its schema does not show",
    );
}

fn check_shortcuts(
    it: &Documented<'_>,
    docs: &ConditionDocs,
    fields: &[FieldPlan],
    report: &mut Report,
) {
    for (name, shortcut) in &docs.shortcuts {
        let place = it.place.child("conditions").child("shortcuts").child(name);
        match fields.iter().find(|it| it.path == shortcut.field) {
            None => report.error(
                "unknown-field",
                place.child("field"),
                format!("`{}` is not among the record's `fields`", shortcut.field),
                "add the field, or correct its path",
            ),
            Some(field) => {
                let is_list =
                    matches!(shortcut.op.as_str(), "in" | "not_in") && field.kind.has_lists();
                if !is_list && !field.kind.operators().contains(&shortcut.op.as_str()) {
                    report.error(
                        "operator-unfit",
                        place.child("op"),
                        format!(
                            "`{}` does not compare a field of type {}",
                            shortcut.op,
                            word(field.kind)
                        ),
                        format!("use one of {}", field.kind.operators().join(", ")),
                    );
                }
            }
        }
    }
}

/// The word of a kind in docs.yaml, and of its constructor in the runtime.
pub fn word(kind: Kind) -> &'static str {
    Kind::ALL
        .iter()
        .find(|(it, _)| *it == kind)
        .map_or("", |(_, word)| word)
}

/// The record type of a list's answer.
fn record(it: &Documented<'_>, api: &Api, vendor: &VendorDocs) -> Option<Rc<Schema>> {
    let Answer::Json(answer) = &it.operation.answer else {
        return None;
    };
    let pointer = it.record.answer.as_deref().unwrap_or(&vendor.envelope.list);
    api.items(&*api.at(answer, pointer)?)
}

/// The component that a list's records are.
pub(super) fn record_name(it: &Documented<'_>, api: &Api, vendor: &VendorDocs) -> Option<String> {
    match &record(it, api, vendor)?.ty {
        Type::Named(name) => Some(name.clone()),
        _ => None,
    }
}

/// Scalars of the record, and the scalars of the objects that it refers to.
pub(super) fn known_fields(record: &Schema, api: &Api) -> Vec<FieldPlan> {
    let mut fields = Vec::new();
    for (name, property) in &api.object(record).unwrap_or_default().properties {
        if let Some(kind) = kind(&property.schema, api) {
            let path = name.clone();
            fields.push(FieldPlan { path, kind });
        } else if let Some(object) = api.object(&property.schema) {
            let parts = object.properties.iter().filter_map(|(part, it)| {
                Some(FieldPlan {
                    path: format!("{name}/{part}"),
                    kind: kind(&it.schema, api)?,
                })
            });
            fields.extend(parts);
        }
    }
    fields
}

fn kind(schema: &Schema, api: &Api) -> Option<Kind> {
    match &api.resolve(schema).ty {
        Type::Boolean => Some(Kind::Boolean),
        Type::Integer(_) | Type::Number(_) | Type::NumberChoice(_) => Some(Kind::Number),
        Type::Text(crate::api::Format::Date | crate::api::Format::DateTime, _) => Some(Kind::Time),
        Type::Text(crate::api::Format::Bytes, _) => None,
        Type::Text(..) | Type::Choice(_) => Some(Kind::Text),
        _ => None,
    }
}
