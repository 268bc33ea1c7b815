//! Plans composite reads: tools that call several read tools at once and answer what of each makes one result.

use std::{collections::BTreeMap, rc::Rc};

use indexmap::IndexMap;
use serde_json::Value;

use super::{AnswerPlan, EmptyBody, Encoding, InputPlan, ToolPlan, VendorPlan, inputs, schema};
use crate::{
    api::{Answer, Api, Provenance, Schema, Verb},
    docs::{Effect, InputDocs, MethodDocs, ReadDocs, Record, ResourceDocs},
    document::{self, Resource},
    name,
    nearest::did_you_mean,
    plan::types::{Module, TypeTable},
    report::{Place, Report},
    vendor::VendorDocs,
    words::field,
};

/// A record that reads through other tools, instead of an operation.
#[derive(Clone, Debug)]
pub struct Composite {
    /// The tool's name.
    pub name: String,
    /// Its resource.
    resource: Resource,
    method: String,
    /// The record, with the resource's tags.
    pub(crate) record: Record,
    /// Where it stands.
    pub(crate) place: Place,
}

impl Composite {
    /// The composite reads of docs.yaml.
    pub(crate) fn of(resources: &[ResourceDocs], vendor: &VendorDocs) -> Vec<Self> {
        let records = resources
            .iter()
            .flat_map(|it| it.methods.iter().map(move |method| (it, method)));
        let composites = records.filter(|(_, method)| !method.record.reads.is_empty());
        composites
            .map(|(resource, method)| Self::new(resource, method, &vendor.label))
            .collect()
    }

    fn new(resource: &ResourceDocs, method: &MethodDocs, label: &str) -> Self {
        let record = document::complete(resource, method);
        let (plural, singular) = (&resource.plural, &resource.singular);
        let pattern = || name::pattern(label, plural, singular, &method.method);
        Self {
            name: record.tool.clone().unwrap_or_else(pattern),
            resource: Resource {
                plural: plural.clone(),
                singular: singular.clone(),
                about: document::one_line(&resource.about),
                domain: String::new(),
                module: field(plural),
            },
            method: method.method.clone(),
            record,
            place: method.place.clone(),
        }
    }
}

/// The tool of a composite read; parts whose tool does not exist are told by the last checks.
pub(super) fn tool(it: &Composite, tools: &[ToolPlan], types: &mut TypeTable<'_>) -> ToolPlan {
    let reads = &it.record.reads;
    let of_part = |read: &ReadDocs| tools.iter().find(|tool| tool.name == read.tool);
    let operations: Vec<_> = reads
        .values()
        .filter_map(of_part)
        .map(|it| it.operation.as_str())
        .collect();
    let first = reads.values().find_map(of_part);
    let mut resource = it.resource.clone();
    resource.domain = first
        .map(|it| it.resource.domain.clone())
        .unwrap_or_default();
    let module = Module {
        domain: resource.domain.clone(),
        file: resource.module.clone(),
    };
    let inputs = inputs(it, tools);
    inputs.iter().for_each(|it| types.mark(&it.ty, &module));
    ToolPlan {
        search: None,
        name: it.name.clone(),
        aliases: it.record.aliases.clone(),
        title: it.record.title.clone(),
        description: inputs::sentences(&[
            &it.record.description,
            &super::procedures::steps(&it.record.before, &it.record.after),
        ]),
        resource,
        method: it.method.clone(),
        effect: it.record.effect,
        idempotent: it.record.idempotent.unwrap_or(true),
        tags: it.record.tags.clone(),
        operation: operations.join(", "),
        verb: Verb::Get,
        path: String::new(),
        server: None,
        is_open: false,
        file: it.place.file.clone(),
        pointer: it.place.pointer.clone(),
        provenance: Provenance::Unmarked,
        inputs,
        fixed: Vec::new(),
        otherwise: None,
        groups: Vec::new(),
        answer: AnswerPlan::Parts(asking(reads, tools)),
        update: false,
        empty_body: EmptyBody::None,
        body_type: None,
        me: Vec::new(),
        secret: Vec::new(),
        guidance: it.record.on_error.clone(),
        examples: it.record.examples.clone(),
        check: None,
    }
}

/// The parts, each of which asks for what it shows where its list would not answer that of itself.
fn asking(reads: &IndexMap<String, ReadDocs>, tools: &[ToolPlan]) -> IndexMap<String, ReadDocs> {
    let mut reads = reads.clone();
    for read in reads.values_mut() {
        let tool = tools.iter().find(|it| it.name == read.tool);
        let inputs = tool.into_iter().flat_map(|it| &it.inputs);
        let usual = inputs.filter_map(|it| match &it.encoding {
            Encoding::Fields(usual) => Some((it.name.clone(), usual)),
            _ => None,
        });
        for (name, usual) in usual {
            let is_usual = |path: &str| {
                let mut usual = usual.split(',');
                usual.any(|it| path == it || path.starts_with(&format!("{it}/")))
            };
            let more = read.show.values().filter(|it| !is_usual(it)).cloned();
            let more: Vec<Value> = more.map(Value::from).collect();
            if !usual.is_empty() && !more.is_empty() && !read.arguments.contains_key(&name) {
                read.arguments.insert(name, more.into());
            }
        }
    }
    reads
}

/// The shared inputs, each as the first part takes it: those that the record describes first.
fn inputs(it: &Composite, tools: &[ToolPlan]) -> Vec<InputPlan> {
    let docs = it.record.inputs.clone().unwrap_or_default();
    let mut shared: BTreeMap<&str, Vec<&InputPlan>> = BTreeMap::new();
    let mut order: Vec<&str> = docs.keys().map(String::as_str).collect();
    for read in it.record.reads.values() {
        let tool = tools.iter().find(|tool| tool.name == read.tool);
        for (name, input) in &read.inputs {
            let takes = |tool: &'_ ToolPlan| tool.inputs.iter().position(|it| it.name == *name);
            let Some((tool, index)) = tool.and_then(|it| Some((it, takes(it)?))) else {
                continue;
            };
            order.push(input);
            shared.entry(input).or_default().push(&tool.inputs[index]);
        }
    }
    let mut inputs: Vec<InputPlan> = Vec::new();
    for name in order {
        if let Some(taken) = shared.remove(name) {
            inputs.push(input(name, docs.get(name), &taken));
        }
    }
    inputs
}

fn input(name: &str, docs: Option<&InputDocs>, taken: &[&InputPlan]) -> InputPlan {
    let first = taken[0];
    let own = docs.and_then(|it| it.description.as_ref());
    let own = own.map_or_else(|| first.description.clone(), |it| document::one_line(it));
    let from = inputs::from(docs.map(|it| it.from.as_slice()).unwrap_or_default());
    InputPlan {
        name: name.to_owned(),
        wire: name.to_owned(),
        description: inputs::sentences(&[&own, &from]),
        provenance: first.provenance,
        encoding: Encoding::Part,
        required: taken.iter().any(|it| it.required),
        clearable: false,
        ty: first.ty.clone(),
        limits: first.limits.clone(),
    }
}

/// The last checks of a composite read: do its parts lead somewhere, and do they take what they are given?
pub(super) fn check(it: &Composite, plan: &VendorPlan, api: &Api, report: &mut Report) {
    if it.record.effect != Effect::Read {
        report.error(
            "part-unfit",
            it.place.child("effect"),
            "it only reads, and its effect says otherwise",
            "write `effect: read`",
        );
    }
    let used = |name: &String| {
        it.record
            .reads
            .values()
            .any(|it| it.inputs.values().any(|it| it == name))
    };
    for name in it
        .record
        .inputs
        .iter()
        .flat_map(|it| it.keys())
        .filter(|it| !used(it))
    {
        report.error(
            "unknown-input",
            it.place.child("inputs").child(name),
            format!("no part of `{}` takes `{name}`", it.name),
            "name it under `inputs` of a part, or remove it",
        );
    }
    for (key, read) in &it.record.reads {
        let place = it.place.child("reads").child(key);
        if let Some(tool) = plan.tools.iter().find(|it| it.name == read.tool) {
            part(tool, read, &place, plan, api, report);
        }
    }
}

fn part(
    tool: &ToolPlan,
    read: &ReadDocs,
    place: &Place,
    plan: &VendorPlan,
    api: &Api,
    report: &mut Report,
) {
    let record = record(tool, api);
    if tool.effect != Effect::Read || record.is_none() {
        report.error(
            "part-unfit",
            place.child("tool"),
            format!(
                "`{}` answers no records, or does more than to read",
                tool.name
            ),
            "name a tool of effect `read` that answers a list or a record",
        );
    }
    arguments(tool, read, place, plan, report);
    for (name, path) in &read.show {
        let is_there = record
            .as_ref()
            .is_none_or(|it| api.at(it, &format!("/{path}")).is_some());
        if !is_there {
            report.error(
                "unknown-field",
                place.child("show").child(name),
                format!("the records of `{}` have no field `{path}`", tool.operation),
                "correct the path",
            );
        }
    }
}

/// What one record of a tool's answer is.
pub(super) fn record(tool: &ToolPlan, api: &Api) -> Option<Rc<Schema>> {
    let Answer::Json(answer) = &api.operations.get(&tool.operation)?.answer else {
        return None;
    };
    match &tool.answer {
        AnswerPlan::List { records, .. } => api.items(&*api.at(answer, records)?),
        AnswerPlan::Single { record } => api.at(answer, record),
        AnswerPlan::Deleted
        | AnswerPlan::Nothing
        | AnswerPlan::File { .. }
        | AnswerPlan::Parts(_) => None,
    }
}

/// The constants, and the shared inputs, are what the tool's own schema allows.
fn arguments(
    tool: &ToolPlan,
    read: &ReadDocs,
    place: &Place,
    plan: &VendorPlan,
    report: &mut Report,
) {
    let mut schema = schema::input_schema(tool, &plan.types);
    let properties = schema["properties"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    for name in read
        .inputs
        .keys()
        .filter(|it| !properties.contains_key(*it))
    {
        let known = properties.keys().map(String::as_str);
        report.error(
            "part-arguments",
            place.child("inputs").child(name),
            format!(
                "`{}` has no input `{name}`{}",
                tool.name,
                did_you_mean(name, known)
            ),
            "correct the name (it is the one that models see)",
        );
    }
    // What a caller gives is judged when it is given.
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|it| it.as_str().is_none_or(|it| !read.inputs.contains_key(it)));
    }
    let Ok(validator) = jsonschema::validator_for(&schema) else {
        return;
    };
    let constants = Value::Object(read.arguments.clone());
    for error in validator.iter_errors(&constants) {
        report.error(
            "part-arguments",
            Place::new(
                place.file.clone(),
                format!("{}/arguments{}", place.pointer, error.instance_path()),
            ),
            format!("`{}` would refuse this part: {error}", tool.name),
            "correct the part's arguments",
        );
    }
}
