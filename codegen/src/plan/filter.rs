//! Plans the inputs that filter a list: clauses over its fields, and short cuts that become one clause.

use super::{
    Encoding, InputPlan,
    conditions::{self, FieldPlan, Fields, Kind, LISTS, NULLS},
    inputs::sentences,
    me::ME,
    types::{Content, Module, RustType, TypeId, TypeTable, Wanted},
};
use crate::{
    api::{Api, Limit, Provenance},
    docs::{ConditionDocs, ShortcutDocs},
    document::Documented,
    name::Named,
    report::Report,
    vendor::VendorDocs,
    words::camel,
};

/// What the filters of a tool are planned from.
pub(super) struct Filters<'a> {
    pub(super) named: &'a Named<'a>,
    pub(super) module: &'a Module,
    pub(super) api: &'a Api,
    pub(super) vendor: &'a VendorDocs,
}

impl Filters<'_> {
    /// The inputs, short cuts first.
    pub(super) fn inputs(&self, types: &mut TypeTable<'_>, report: &mut Report) -> Vec<InputPlan> {
        let it = &self.named.documented;
        check_parameters(it, report);
        let Fields { own, of_children } = conditions::fields(it, self.api, self.vendor, report);
        let mut inputs = Vec::new();
        let mut filters = Vec::new();
        if let Some(wire) = it.filter.conditions.as_ref().filter(|_| !own.is_empty()) {
            inputs.extend(self.shortcuts(wire, it.record.conditions.as_ref(), &own, types));
            let id = self.table("Fields", own, types);
            filters.push(filter(
                "conditions",
                wire,
                CONDITIONS,
                RustType::Clauses(id),
            ));
        }
        let wire = it.filter.child_conditions.as_ref();
        if let Some(wire) = wire.filter(|_| !of_children.is_empty()) {
            let docs = it.record.child_conditions.as_ref();
            inputs.extend(self.shortcuts(wire, docs, &of_children, types));
            let ty = RustType::ChildClauses(self.table("ChildFields", of_children, types));
            filters.push(filter("child_conditions", wire, CHILD_CONDITIONS, ty));
        }
        let wire = it.filter.custom_field_conditions.as_ref();
        if let Some(wire) = wire.filter(|_| it.record.custom_field_conditions) {
            let (name, ty) = ("custom_field_conditions", RustType::CustomFieldClauses);
            filters.push(filter(name, wire, CUSTOM_FIELD_CONDITIONS, ty));
        }
        inputs.extend(filters);
        inputs
    }

    fn shortcuts(
        &self,
        wire: &str,
        docs: Option<&ConditionDocs>,
        fields: &[FieldPlan],
        types: &mut TypeTable<'_>,
    ) -> Vec<InputPlan> {
        let shortcuts = docs.into_iter().flat_map(|it| &it.shortcuts);
        shortcuts
            .filter_map(|(name, docs)| self.shortcut(wire, name, docs, fields, types))
            .collect()
    }

    fn shortcut(
        &self,
        wire: &str,
        name: &str,
        docs: &ShortcutDocs,
        fields: &[FieldPlan],
        types: &mut TypeTable<'_>,
    ) -> Option<InputPlan> {
        let field = fields.iter().find(|it| it.path == docs.field)?.clone();
        let is_list = LISTS.contains(&docs.op.as_str());
        let ty = match &field.kind {
            _ if NULLS.contains(&docs.op.as_str()) => RustType::Bool,
            Kind::Text => RustType::Text(None),
            Kind::Choice(values) => RustType::Named(self.choice(&field, values, types)),
            Kind::Number if field.is_whole => RustType::Integer,
            Kind::Number => RustType::Number,
            Kind::Boolean => RustType::Bool,
            Kind::Time => RustType::DateTime,
        };
        Some(InputPlan {
            name: name.to_owned(),
            wire: wire.to_owned(),
            description: sentences(&[docs.description.as_str(), if docs.me { ME } else { "" }]),
            provenance: Provenance::Unmarked,
            encoding: Encoding::Clause {
                field,
                operator: docs.op.clone(),
            },
            required: false,
            clearable: false,
            ty: if is_list {
                RustType::List(Box::new(ty))
            } else {
                ty
            },
            limits: is_list.then_some(Limit::MinItems(1)).into_iter().collect(),
        })
    }

    /// The type of a closed set, which is that of the body's property of the same name, if there is one.
    fn choice(&self, field: &FieldPlan, values: &[String], types: &mut TypeTable<'_>) -> TypeId {
        let it = &self.named.documented;
        let part: String = field.path.split('/').map(camel).collect();
        let owner = conditions::record_name(it, self.api, self.vendor)
            .map_or_else(|| camel(&it.resource.singular), |it| camel(&it));
        let wanted = Wanted {
            short: format!("{owner}{part}"),
            long: format!("{}{part}", camel(&self.named.name)),
        };
        types.add(
            wanted,
            format!("A value of `{}`.", field.path),
            &it.operation.pointer,
            Content::Choice(values.to_vec()),
            self.module,
        )
    }

    fn table(&self, what: &str, fields: Vec<FieldPlan>, types: &mut TypeTable<'_>) -> TypeId {
        let it = &self.named.documented;
        // A derived table is all that the record has, so every list of the same records shares it.
        let record = conditions::record_name(it, self.api, self.vendor).filter(|_| it.is_derived);
        let owner = record.map_or_else(|| camel(&it.resource.singular), |it| camel(&it));
        let wanted = Wanted {
            short: format!("{owner}{what}"),
            long: format!("{}{what}", camel(&self.named.name)),
        };
        let within = if what == "Fields" {
            ""
        } else {
            ", within their lists"
        };
        let plural = it.resource.plural.replace('_', " ");
        types.add(
            wanted,
            format!("What {plural} can be filtered by{within}."),
            &it.operation.pointer,
            Content::Fields(fields),
            self.module,
        )
    }
}

const CONDITIONS: &str = "Clauses that all must hold; each compares one field.";
const CHILD_CONDITIONS: &str = "The same for entries of a record's lists: one and the same entry must meet the \
                                clauses on its list.";
const CUSTOM_FIELD_CONDITIONS: &str = "The same for custom fields, by their captions: one custom field must meet all \
                                       items.";

fn filter(name: &str, wire: &str, description: &str, ty: RustType) -> InputPlan {
    InputPlan {
        name: name.to_owned(),
        wire: wire.to_owned(),
        description: description.to_owned(),
        provenance: Provenance::Unmarked,
        encoding: Encoding::Clauses,
        required: false,
        clearable: false,
        ty,
        limits: Vec::new(),
    }
}

/// Whoever documents a filter needs a parameter that takes it.
fn check_parameters(it: &Documented<'_>, report: &mut Report) {
    let record = &it.record;
    let filters = [
        (
            "conditions",
            record.conditions.is_some(),
            &it.filter.conditions,
        ),
        (
            "child_conditions",
            record.child_conditions.is_some(),
            &it.filter.child_conditions,
        ),
        (
            "custom_field_conditions",
            record.custom_field_conditions,
            &it.filter.custom_field_conditions,
        ),
    ];
    for (key, is_wanted, parameter) in filters {
        if !is_wanted || parameter.is_some() {
            continue;
        }
        let place = match it.like {
            Some(_) => it.place.child("conditions").child("like"),
            None => it.place.child(key),
        };
        report.error(
            "conditions-without-parameter",
            place,
            format!(
                "`{}` has no parameter that vendor.yaml uses for {key}",
                it.operation.key
            ),
            format!("remove `{key}`, or add a rule `use: {key}` for the parameter to vendor.yaml"),
        );
    }
}
