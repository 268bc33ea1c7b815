//! Decides which inputs the body of an operation is: its properties, a record that is patched, or the whole.

use std::rc::Rc;

use super::{Chosen, Documented, Role, form};
use crate::{
    api::{Answer, Api, Body, BodyKind, Format, Property, Schema, Style, StyleName, Type, Verb},
    vendor::VendorDocs,
};

/// The inputs of the body: its properties where it is an object, else the whole.
pub(super) fn inputs(
    it: &Documented<'_>,
    body: &Body,
    api: &Api,
    vendor: &VendorDocs,
) -> Vec<Chosen> {
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
