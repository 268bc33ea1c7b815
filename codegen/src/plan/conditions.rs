//! Decides which fields a list can be filtered by: what docs.yaml curates, or all that the records have.

mod field;

use std::rc::Rc;

use self::field::Finder;
pub use self::field::{FieldPlan, Kind};
pub(crate) use self::field::{LISTS, NULLS};
use crate::{
    api::{Answer, Api, Schema, Type},
    docs::{ConditionDocs, FieldDocs},
    document::Documented,
    nearest::did_you_mean,
    report::Report,
    vendor::VendorDocs,
};

/// The fields of a list's two filters.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    /// Of the records.
    pub(super) own: Vec<FieldPlan>,
    /// Of items of their arrays.
    pub(super) of_children: Vec<FieldPlan>,
}

/// Decides them.
pub(super) fn fields(
    it: &Documented<'_>,
    api: &Api,
    vendor: &VendorDocs,
    report: &mut Report,
) -> Fields {
    let finder = Finder {
        api,
        computed: &vendor.computed,
        has_choices: !it.is_derived,
    };
    let record = record(it, api, vendor);
    let record = record.as_deref();
    let own = record.map(|it| finder.own(it)).unwrap_or_default();
    if it.is_derived {
        return Fields {
            own,
            of_children: Vec::new(),
        };
    }
    let of_children = record.map(|it| finder.of_children(it)).unwrap_or_default();
    let mut curate = |docs: &Option<ConditionDocs>, known, key| {
        let docs = docs.as_ref()?;
        let mut curated = Curated {
            it,
            key,
            metadata: &vendor.metadata,
            known,
            report,
        };
        let fields = curated.fields(docs);
        curated.check_shortcuts(docs, &fields, key == "conditions");
        Some(fields)
    };
    Fields {
        own: curate(&it.record.conditions, own, "conditions").unwrap_or_default(),
        of_children: curate(&it.record.child_conditions, of_children, "child_conditions")
            .unwrap_or_default(),
    }
}

/// What docs.yaml chooses of the known fields.
struct Curated<'a> {
    it: &'a Documented<'a>,
    key: &'static str,
    metadata: &'a [String],
    known: Vec<FieldPlan>,
    report: &'a mut Report,
}

impl Curated<'_> {
    fn fields(&mut self, docs: &ConditionDocs) -> Vec<FieldPlan> {
        let mut fields = Vec::new();
        for (index, field) in docs.fields.iter().enumerate() {
            match field {
                FieldDocs::Beyond {
                    name,
                    r#type,
                    nullable,
                } => fields.push(FieldPlan {
                    path: name.clone(),
                    kind: Kind::of(r#type),
                    // Who made a record, and when, is said of every one.
                    nullable: *nullable && !self.metadata.contains(&first(name)),
                    is_whole: false,
                }),
                FieldDocs::Path(path) => match self.known.iter().find(|it| it.path == *path) {
                    Some(field) => fields.push(field.clone()),
                    None => self.unknown(path, index),
                },
            }
        }
        fields
    }

    fn unknown(&mut self, path: &str, index: usize) {
        // What is taken over was told where it stands.
        if self.it.like.is_some() {
            return;
        }
        let place = self.it.place.child(self.key).child("fields").child(index);
        let near = did_you_mean(path, self.known.iter().map(|it| it.path.as_str()));
        self.report.error(
            "unknown-field",
            place,
            format!(
                "the records of `{}` have no field `{path}`{near}",
                self.it.operation.key
            ),
            "correct the path, or write {name, type, reason} if the vendor filters by what its schema does not show",
        );
    }

    fn check_shortcuts(&mut self, docs: &ConditionDocs, fields: &[FieldPlan], has_lists: bool) {
        if self.it.like.is_some() {
            return;
        }
        for (name, shortcut) in &docs.shortcuts {
            let place = self.it.place.child(self.key).child("shortcuts").child(name);
            let Some(field) = fields.iter().find(|it| it.path == shortcut.field) else {
                self.report.error(
                    "unknown-field",
                    place.child("field"),
                    format!("`{}` is not among the record's `fields`", shortcut.field),
                    "add the field, or correct its path",
                );
                continue;
            };
            let operators = field.operators(has_lists);
            if !operators.contains(&shortcut.op.as_str()) {
                self.report.error(
                    "operator-unfit",
                    place.child("op"),
                    format!(
                        "`{}` does not compare this field of type {}",
                        shortcut.op,
                        field.kind.word()
                    ),
                    format!("use one of {}", operators.join(", ")),
                );
            }
        }
    }
}

/// The first step of a path.
fn first(path: &str) -> String {
    path.split('/').next().unwrap_or_default().to_owned()
}

/// The record type of a list's answer, or of the list whose filter was taken over.
fn record(it: &Documented<'_>, api: &Api, vendor: &VendorDocs) -> Option<Rc<Schema>> {
    let (operation, pointer) = match &it.like {
        Some(like) => (like.operation, &like.answer),
        None => (it.operation, &it.record.answer),
    };
    let Answer::Json(answer) = &operation.answer else {
        return None;
    };
    let pointer = pointer.as_deref().unwrap_or(&vendor.envelope.list);
    api.items(&*api.at(answer, pointer)?)
}

/// The component that a list's records are.
pub(super) fn record_name(it: &Documented<'_>, api: &Api, vendor: &VendorDocs) -> Option<String> {
    match &record(it, api, vendor)?.ty {
        Type::Named(name) => Some(name.clone()),
        _ => None,
    }
}

/// Scalars of a record, and the scalars of the objects that it refers to.
pub(super) fn known_fields(record: &Schema, api: &Api) -> Vec<FieldPlan> {
    let finder = Finder {
        api,
        computed: &[],
        has_choices: false,
    };
    finder.own(record)
}
