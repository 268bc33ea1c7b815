//! Chooses the inputs of a tool: the parameters and body properties that a caller gives, or that are fixed.

use std::rc::Rc;

use serde_json::Value;

use super::{Documented, form};
use crate::{
    api::{
        Answer, Api, Body, BodyKind, Carrier, Flaw, Format, Property, Provenance, Schema, Style,
        StyleName, Type, Verb,
    },
    docs::{InputDocs, WithinDocs},
    nearest::did_you_mean,
    report::Report,
    vendor::{ParameterUse, VendorDocs},
};

/// An input that was chosen.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Name in the spec.
    pub wire: String,
    /// Name that the model sees.
    pub name: String,
    /// Where it goes.
    pub role: Role,
    /// Whether a caller must give it.
    pub required: bool,
    /// What it is.
    pub description: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Its type.
    pub schema: Rc<Schema>,
    /// Whether an update may empty it.
    pub clearable: bool,
    /// A value that is always sent; the input is then not offered.
    pub fixed: Option<Value>,
    /// Tools whose answers hold its values.
    pub from: Vec<String>,
    /// Whether `me` stands for the person that the server is set up for.
    pub me: bool,
    /// Bounds of a free JSON value.
    pub within: Option<WithinDocs>,
    /// Whether no value of it is ever shown.
    pub secret: bool,
}

/// Where an input goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A parameter.
    Parameter(Carrier, Style),
    /// A property of the JSON body.
    Property,
    /// A path of the JSON Patch body.
    Patch,
    /// The whole JSON body.
    WholeBody,
    /// A raw body.
    Raw,
    /// A body of text.
    Text,
    /// A field of an urlencoded form.
    Field(Style),
    /// A part of a form.
    Part,
    /// A part of a form that is a file, or one for each of several files.
    File,
}

/// Chooses the inputs of `it`, and marks the parameter rules that were of use.
pub(super) fn select(
    it: &mut Documented<'_>,
    api: &Api,
    vendor: &VendorDocs,
    used_rules: &mut [bool],
    report: &mut Report,
) {
    // Paging fills its own names, where it pages at all, and only where it carries them.
    let style = it.answer.style(vendor);
    let (mut in_query, mut in_body) = (Vec::new(), Vec::new());
    if let Some(style) = style {
        let filled = if style.r#in == "body" {
            &mut in_body
        } else {
            &mut in_query
        };
        filled.extend(style.consumed());
    }
    let mut offered = Vec::new();
    let mut omissions = Vec::new();
    for parameter in &it.operation.parameters {
        match rule(
            parameter.carrier,
            &parameter.name,
            &it.method,
            vendor,
            used_rules,
        ) {
            Some(ParameterUse::Conditions) => it.filter.conditions = Some(parameter.name.clone()),
            Some(ParameterUse::ChildConditions) => {
                it.filter.child_conditions = Some(parameter.name.clone());
            }
            Some(ParameterUse::CustomFieldConditions) => {
                it.filter.custom_field_conditions = Some(parameter.name.clone());
            }
            Some(ParameterUse::OrderBy) => it.order_by = Some(parameter.name.clone()),
            Some(ParameterUse::Fields) => it.fields = Some(parameter.name.clone()),
            Some(ParameterUse::Omit) if parameter.required => {
                omitted(&mut omissions, it, &parameter.name, &parameter.pointer)
            }
            Some(ParameterUse::Credential | ParameterUse::Omit) => {}
            None if in_query.contains(&parameter.name.as_str())
                && parameter.carrier == Carrier::Query => {}
            None => offered.push(Chosen {
                wire: parameter.name.clone(),
                name: String::new(),
                role: Role::Parameter(parameter.carrier, parameter.style),
                required: parameter.required,
                description: parameter.description.clone(),
                provenance: parameter.provenance,
                schema: Rc::clone(&parameter.schema),
                clearable: false,
                fixed: None,
                from: Vec::new(),
                within: None,
                secret: false,
                me: false,
            }),
        }
    }
    it.flaws.extend(omissions);
    let body = it
        .operation
        .body
        .as_ref()
        .map(|body| body_inputs(it, body, api, vendor))
        .unwrap_or_default();
    offered.extend(
        body.into_iter()
            .filter(|input| !in_body.contains(&input.wire.as_str())),
    );
    it.inputs = choose(it, offered, report);
}

/// Without it every call would be refused by the vendor.
fn omitted(flaws: &mut Vec<Flaw>, it: &Documented<'_>, name: &str, pointer: &str) {
    flaws.push(Flaw {
        code: "required-parameter-omitted",
        reason: format!("`{}` requires `{name}`, which a rule of vendor.yaml never offers", it.operation.key),
        remedy: "narrow the rule with `methods`, or make the parameter optional with an overlay action",
        pointer: pointer.to_owned(),
    });
}

fn rule(
    carrier: Carrier,
    name: &str,
    method: &str,
    vendor: &VendorDocs,
    used_rules: &mut [bool],
) -> Option<ParameterUse> {
    let place = match carrier {
        Carrier::Path => return None,
        Carrier::Query => "query",
        Carrier::Header => "header",
        Carrier::Cookie => "cookie",
    };
    let index = vendor.parameters.iter().position(|rule| {
        let is_about = rule
            .methods
            .as_ref()
            .is_none_or(|it| it.iter().any(|it| it == method));
        rule.r#in == place && rule.name.eq_ignore_ascii_case(name) && is_about
    })?;
    used_rules[index] = true;
    Some(vendor.parameters[index].r#use)
}

/// The inputs of the body: its properties where it is an object, else the whole.
fn body_inputs(it: &Documented<'_>, body: &Body, api: &Api, vendor: &VendorDocs) -> Vec<Chosen> {
    if let Some(record) = patched_record(it, body, api, vendor) {
        return properties(it, &record, Role::Patch, |_| false, api, vendor);
    }
    let is_object = api.is_flat(body);
    match body.kind {
        BodyKind::Json if is_object => fields(it, body, Role::Property, api, vendor),
        BodyKind::Json => vec![whole(it, body, Role::WholeBody)],
        BodyKind::Urlencoded | BodyKind::Multipart if is_object => {
            let role = if body.kind == BodyKind::Multipart {
                Role::Part
            } else {
                Role::Field(Style::new(StyleName::Form, None))
            };
            let mut parts = fields(it, body, role, api, vendor);
            for part in &mut parts {
                form::settle(part, body.parts.get(&part.wire), api);
            }
            parts
        }
        BodyKind::Urlencoded | BodyKind::Multipart => {
            vec![unsayable(it, body, "a form whose fields are not known")]
        }
        BodyKind::Other => match &*api.whole(&body.schema) {
            Type::Text(Format::Bytes, _) => vec![whole(it, body, Role::Raw)],
            ty if api.is_single(ty) => vec![whole(it, body, Role::Text)],
            _ => vec![unsayable(
                it,
                body,
                &format!("a body of `{}`", body.media_type),
            )],
        },
    }
}

/// The properties of a body that is an object.
fn fields(
    it: &Documented<'_>,
    body: &Body,
    role: Role,
    api: &Api,
    vendor: &VendorDocs,
) -> Vec<Chosen> {
    // A partial update sends what changes; a PUT sends the record.
    let is_partial = it.method == "update" && it.operation.verb != Verb::Put;
    let is_whole = it.method == "replace";
    let required = |property: &Property| {
        property.required && !is_partial || property.required_on_replace && is_whole
    };
    properties(it, &body.schema, role, required, api, vendor)
}

/// The input that is the whole body.
fn whole(it: &Documented<'_>, body: &Body, role: Role) -> Chosen {
    let is_raw = role == Role::Raw;
    Chosen {
        wire: if is_raw { "content" } else { "body" }.to_owned(),
        name: String::new(),
        role,
        required: is_raw || body.required,
        description: body.schema.description.clone(),
        provenance: body.schema.provenance.or(it.operation.provenance),
        schema: Rc::clone(&body.schema),
        clearable: false,
        fixed: None,
        from: Vec::new(),
        within: None,
        secret: false,
        me: false,
    }
}

/// A body that the gate will refuse, unless it has been refused for its own reason already.
fn unsayable(it: &Documented<'_>, body: &Body, reason: &str) -> Chosen {
    let ty = match &body.schema.ty {
        Type::Unsupported(reason) => Type::Unsupported(reason.clone()),
        _ => Type::Unsupported(reason.to_owned()),
    };
    let schema = Schema {
        ty,
        ..Schema::clone(&body.schema)
    };
    Chosen {
        schema: Rc::new(schema),
        ..whole(it, body, Role::WholeBody)
    }
}

/// The record that a JSON Patch body changes: what the operation answers.
fn patched_record(
    it: &Documented<'_>,
    body: &Body,
    api: &Api,
    vendor: &VendorDocs,
) -> Option<Rc<Schema>> {
    let patch = vendor.patch.as_ref()?;
    let items = api.items(&body.schema)?;
    let Type::Named(name) = &items.ty else {
        return None;
    };
    let Answer::Json(answer) = &it.operation.answer else {
        return None;
    };
    let record = api.at(answer, &vendor.envelope.single)?;
    (*name == patch.schema && api.object(&record).is_some()).then_some(record)
}

/// What of a record a caller gives: nothing that the vendor computes, and no metadata.
fn properties(
    it: &Documented<'_>,
    record: &Schema,
    role: Role,
    required: impl Fn(&Property) -> bool,
    api: &Api,
    vendor: &VendorDocs,
) -> Vec<Chosen> {
    let component = match &record.ty {
        Type::Named(name) => name,
        _ => "",
    };
    let is_computed = |name: &String| {
        let of_component = format!("{component}/{name}");
        vendor
            .computed
            .iter()
            .any(|it| it == name || *it == of_component)
    };
    // What the vendor computes elsewhere may be what one operation wants: then its record says so.
    let inputs = it.record.inputs.as_ref();
    let is_named = |name: &String| {
        let of_path = it.operation.parameters.iter().any(|it| it.name == *name);
        inputs.is_some_and(|it| it.contains_key(name)) && !of_path
    };
    let is_offered = |name: &String, property: &Property| {
        !property.read_only
            && !vendor.metadata.contains(name)
            && (!is_computed(name) || is_named(name))
    };
    let object = api.object(record).unwrap_or_default();
    let offered = object
        .properties
        .iter()
        .filter(|(name, property)| is_offered(name, property));
    offered
        .map(|(name, property)| Chosen {
            wire: name.clone(),
            name: String::new(),
            role,
            required: required(property),
            clearable: !property.required,
            description: property.description.clone(),
            provenance: property.provenance,
            schema: Rc::clone(&property.schema),
            fixed: None,
            from: Vec::new(),
            within: None,
            secret: false,
            me: false,
        })
        .collect()
}

/// Keeps what the record chooses, in the spec's order, and applies what it says.
fn choose(it: &Documented<'_>, offered: Vec<Chosen>, report: &mut Report) -> Vec<Chosen> {
    unknown_inputs(it, &offered, report);
    let chosen = it.record.inputs.as_ref();
    let mut kept = Vec::new();
    for mut input in offered {
        input.fixed = it.record.fixed.get(&input.wire).cloned();
        match chosen.map(|it| it.get(&input.wire)) {
            Some(None) if input.fixed.is_none() => {
                left_out(it, &input, report);
                continue;
            }
            Some(Some(docs)) => apply(&mut input, docs),
            Some(None) | None => {}
        }
        kept.push(input);
    }
    kept
}

fn unknown_inputs(it: &Documented<'_>, offered: &[Chosen], report: &mut Report) {
    let names = || offered.iter().map(|it| it.wire.as_str());
    let chosen = it
        .record
        .inputs
        .iter()
        .flat_map(|it| it.keys())
        .map(|key| ("inputs", key));
    for (section, key) in chosen.chain(it.record.fixed.keys().map(|key| ("fixed", key))) {
        if !names().any(|name| name == key) {
            report.error(
                "unknown-input",
                it.place.child(section).child(key),
                format!(
                    "`{}` has no input `{key}`{}",
                    it.operation.key,
                    did_you_mean(key, names())
                ),
                "correct the name (it is the spec's, not the one that models see), or remove it",
            );
        }
    }
}

fn apply(input: &mut Chosen, docs: &InputDocs) {
    input.name = docs.rename.clone().unwrap_or_default();
    input.required |= docs.required;
    input.clearable &= docs.clearable.unwrap_or(true);
    input.from.clone_from(&docs.from);
    input.within.clone_from(&docs.within);
    input.secret = docs.secret;
    input.me = docs.me;
    if let Some(description) = &docs.description {
        input.description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}

fn left_out(it: &Documented<'_>, input: &Chosen, report: &mut Report) {
    if input.required {
        report.error(
            "required-input-left-out",
            it.place.child("inputs"),
            format!(
                "`{}` requires `{}`, and the record does not choose it",
                it.operation.key, input.wire
            ),
            format!(
                "add `{}: {{}}`, or give it a value under `fixed`",
                input.wire
            ),
        );
    }
}
