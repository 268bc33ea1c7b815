//! Joins what the vendor said with what we say about it: one record per operation that is to become a tool.

mod answer;
mod body;
mod derive;
mod form;
mod like;
mod rename;
mod search;
mod select;

use std::collections::BTreeMap;

pub(crate) use self::rename::is_property_key;
pub use self::{
    answer::AnswerPlan,
    select::{Chosen, Role},
};
use crate::{
    api::{Api, Flaw, Operation},
    docs::{MethodDocs, Record, ResourceDocs},
    nearest::did_you_mean,
    plan::composite::Composite,
    report::{Place, Report},
    vendor::VendorDocs,
    words::field,
};

/// Where the documentation of operations comes from.
#[derive(Clone, Debug)]
pub enum Documentation {
    /// The records of docs.yaml.
    Records(Vec<ResourceDocs>),
    /// Each operation's own summary; names are derived from paths.
    OpenApi,
}

impl Documentation {
    /// The records that read through other tools, and are of no operation.
    pub(crate) fn composites(&self, vendor: &VendorDocs) -> Vec<Composite> {
        match self {
            Self::Records(resources) => Composite::of(resources, vendor),
            Self::OpenApi => Vec::new(),
        }
    }
}

/// An operation with its documentation.
#[derive(Debug)]
pub struct Documented<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Its resource.
    pub resource: Resource,
    /// What it does to the resource: `list`, `get`, …, or a word of its own.
    pub method: String,
    /// What we say about it.
    pub record: Record,
    /// Where we say it; the operation itself where the record was derived.
    pub place: Place,
    /// Whether the record was derived from the operation.
    pub is_derived: bool,
    /// The inputs that a caller gives, or that are fixed.
    pub inputs: Vec<Chosen>,
    /// How its answer is read.
    pub answer: AnswerPlan,
    /// Names of the parameters that take the filter dialect.
    pub filter: Filter,
    /// Name of the parameter that takes the order.
    pub order_by: Option<String>,
    /// Name of the parameter that takes the paths of what is answered.
    pub fields: Option<String>,
    /// The operation whose filter was taken over.
    pub like: Option<Like<'a>>,
    /// Path of the operation that takes its query in a body.
    pub search: Option<String>,
    /// Why it cannot become a tool, as far as our own choices are the reason.
    pub flaws: Vec<Flaw>,
}

/// Names of the parameters that take the filter dialect.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// On the records.
    pub conditions: Option<String>,
    /// On items of the records' arrays.
    pub child_conditions: Option<String>,
    /// On the records' custom fields.
    pub custom_field_conditions: Option<String>,
}

/// An operation whose filter another one takes over.
#[derive(Debug)]
pub struct Like<'a> {
    /// The operation, which answers the records.
    pub operation: &'a Operation,
    /// JSON pointer to the records in its answer, if its record names one.
    pub answer: Option<String>,
}

/// A resource: what a tool is about, and the module it goes to.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// Plural name, snake case.
    pub plural: String,
    /// Singular name, snake case.
    pub singular: String,
    /// What it is, one line.
    pub about: String,
    /// First path segment of its operations, snake case: the crate it goes to in a large vendor.
    pub domain: String,
    /// The file that its code goes to.
    pub module: String,
}

/// Joins every operation with its record; those without one are not answered here.
pub fn document<'a>(
    api: &'a Api,
    documentation: &Documentation,
    vendor: &VendorDocs,
    vendor_place: &Place,
    report: &mut Report,
) -> Vec<Documented<'a>> {
    let mut documented = match documentation {
        Documentation::Records(resources) => {
            check_tags(resources, vendor, report);
            join(api, resources, report)
        }
        Documentation::OpenApi => api
            .operations
            .values()
            .map(|it| derive::derive(it, api, vendor))
            .collect(),
    };
    let mut used_rules = vec![false; vendor.parameters.len()];
    for it in &mut documented {
        it.answer = answer::answer(it, api, vendor, report);
        it.search = search::search(it, api, vendor, report);
        select::select(it, api, vendor, &mut used_rules, report);
        rename::rename(it, vendor, report);
    }
    for (index, rule) in vendor.parameters.iter().enumerate() {
        let is_optional = rule.optional || matches!(documentation, Documentation::OpenApi);
        if !used_rules[index] && !is_optional {
            report.error(
                "parameter-rule-unused",
                vendor_place.child("parameters").child(index),
                format!(
                    "no documented operation has the {} parameter `{}`",
                    rule.r#in, rule.name
                ),
                "remove the rule, or correct its name",
            );
        }
    }
    documented
}

/// Every tag is in the vocabulary; one of a resource is told once, where it stands.
fn check_tags(resources: &[ResourceDocs], vendor: &VendorDocs, report: &mut Report) {
    let methods = resources.iter().flat_map(|it| &it.methods);
    let of_methods = methods.map(|it| (&it.record.tags, &it.place));
    let of_resources = resources.iter().map(|it| (&it.tags, &it.place));
    for (tags, place) in of_resources.chain(of_methods) {
        for (index, tag) in tags
            .iter()
            .enumerate()
            .filter(|(_, it)| !vendor.tags.contains_key(*it))
        {
            let known = vendor.tags.keys().map(String::as_str);
            report.error(
                "unknown-tag",
                place.child("tags").child(index),
                format!(
                    "`{tag}` is not in the vocabulary of vendor.yaml{}",
                    did_you_mean(tag, known)
                ),
                "correct the tag, or add it to `tags` in vendor.yaml",
            );
        }
    }
}

fn join<'a>(api: &'a Api, resources: &[ResourceDocs], report: &mut Report) -> Vec<Documented<'a>> {
    let mut documented = Vec::new();
    let mut records: BTreeMap<&str, &Place> = BTreeMap::new();
    for (resource, method) in resources
        .iter()
        .flat_map(|it| it.methods.iter().map(move |method| (it, method)))
        .filter(|(_, method)| method.record.reads.is_empty())
    {
        let key = method.record.operation.as_str();
        let place = method.place.child("operation");
        let Some(operation) = api.operations.get(key) else {
            report.error(
                "unknown-operation",
                place,
                format!(
                    "`{key}` is not in {}{}",
                    api.path,
                    did_you_mean(key, api.operations.keys().map(String::as_str))
                ),
                "correct the operation, or remove the record",
            );
            continue;
        };
        if let Some(other) = records.insert(key, &method.place) {
            report.error(
                "operation-documented-twice",
                place,
                format!("`{key}` has another record at {}", other.pointer),
                "keep one record per operation",
            );
        }
        let mut it = record(operation, resource, method);
        like::take_over(&mut it, resource, api, report);
        documented.push(it);
    }
    documented
}

fn record<'a>(
    operation: &'a Operation,
    resource: &ResourceDocs,
    method: &MethodDocs,
) -> Documented<'a> {
    Documented {
        operation,
        resource: Resource {
            plural: resource.plural.clone(),
            singular: resource.singular.clone(),
            about: one_line(&resource.about),
            domain: derive::domain(&operation.path),
            module: field(&resource.plural),
        },
        method: method.method.clone(),
        record: complete(resource, method),
        place: method.place.clone(),
        is_derived: false,
        inputs: Vec::new(),
        answer: AnswerPlan::default(),
        filter: Filter::default(),
        order_by: None,
        fields: None,
        like: None,
        search: None,
        flaws: Vec::new(),
    }
}

/// A record with its resource's tags.
pub(crate) fn complete(resource: &ResourceDocs, method: &MethodDocs) -> Record {
    let mut record = method.record.clone();
    record.tags.extend(resource.tags.iter().cloned());
    record.tags.sort();
    record.tags.dedup();
    record.description = one_line(&record.description);
    record
}

pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
