//! Chooses the inputs of a tool: the parameters and body properties that a caller gives, or that are fixed.

use std::rc::Rc;

use serde_json::Value;

use super::{Documented, body};
use crate::{
    api::{Api, Carrier, Flaw, Provenance, Schema, Style},
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
    let of_body = it.operation.body.as_ref();
    let of_body = of_body.map(|of_body| body::inputs(it, of_body, api, vendor));
    offered.extend(
        of_body
            .unwrap_or_default()
            .into_iter()
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
