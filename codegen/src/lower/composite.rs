//! Lowers the schemas that are made of others: arrays, objects, maps, and what combines them.

use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, AnySchema, ArrayType, ObjectType, ReferenceOr};
use serde_json::Value;

use super::{
    scalar::{choice, number_choice},
    schema::lower,
};
use crate::{
    api::{Limit, Object, Property, Provenance, Schema, Type},
    prose::REQUIRED_ON_REPLACE,
    report::escape,
};

pub(super) fn array(it: &ArrayType, raw: &Value, pointer: &str) -> Type {
    let mut limits = Vec::new();
    limits.extend(it.min_items.map(Limit::MinItems));
    limits.extend(it.max_items.map(Limit::MaxItems));
    limits.extend(it.unique_items.then_some(Limit::UniqueItems));
    let items = match &it.items {
        Some(items) => lower(
            items.as_item().map(|it| &**it),
            &raw["items"],
            &format!("{pointer}/items"),
        ),
        None => Schema::default(),
    };
    Type::List(Rc::new(items), limits)
}

pub(super) fn object(it: &ObjectType, raw: &Value, pointer: &str) -> Type {
    shaped(
        &it.properties,
        &it.required,
        it.additional_properties.as_ref(),
        raw,
        pointer,
    )
}

fn shaped(
    properties: &IndexMap<String, ReferenceOr<Box<openapiv3::Schema>>>,
    required: &[String],
    additional: Option<&AdditionalProperties>,
    raw: &Value,
    pointer: &str,
) -> Type {
    match additional {
        _ if properties.is_empty() => map(additional, raw, pointer),
        None | Some(AdditionalProperties::Any(false)) => Type::Object(Object {
            properties: properties
                .iter()
                .map(|(name, typed)| (name.clone(), property(name, typed, required, raw, pointer)))
                .collect(),
            required: required.to_vec(),
        }),
        Some(_) => Type::Unsupported("an object of both known and free properties".to_owned()),
    }
}

fn map(additional: Option<&AdditionalProperties>, raw: &Value, pointer: &str) -> Type {
    let values = match additional {
        Some(AdditionalProperties::Schema(typed)) => {
            let pointer = format!("{pointer}/additionalProperties");
            lower(typed.as_item(), &raw["additionalProperties"], &pointer)
        }
        Some(AdditionalProperties::Any(false)) => return Type::Object(Object::default()),
        Some(AdditionalProperties::Any(true)) | None => Schema::default(),
    };
    Type::Map(Rc::new(values))
}

fn property(
    name: &str,
    typed: &ReferenceOr<Box<openapiv3::Schema>>,
    required: &[String],
    raw: &Value,
    pointer: &str,
) -> Property {
    let pointer = format!("{pointer}/properties/{}", escape(name));
    let own = &raw["properties"][name];
    let schema = lower(typed.as_item().map(|it| &**it), own, &pointer);
    Property {
        required: required.iter().any(|it| it == name),
        required_on_replace: own.get(REQUIRED_ON_REPLACE) == Some(&Value::Bool(true)),
        description: schema.description.clone(),
        read_only: schema.read_only,
        provenance: schema
            .provenance
            .or(Provenance::of(raw.get("x-provenance"))),
        schema: Rc::new(schema),
    }
}

/// Several objects in one; a single branch is that branch.
pub(super) fn all_of(
    branches: &[ReferenceOr<openapiv3::Schema>],
    raw: &Value,
    pointer: &str,
) -> Type {
    let mut lowered = branches.iter().enumerate().map(|(index, branch)| {
        let raw = &raw["allOf"][index];
        let pointer = format!("{pointer}/allOf/{index}");
        refinement(raw, &pointer).unwrap_or_else(|| lower(branch.as_item(), raw, &pointer))
    });
    match (branches.len(), lowered.next()) {
        (1, Some(only)) => only.ty,
        (_, first) => Type::AllOf(first.into_iter().chain(lowered).map(Rc::new).collect()),
    }
}

/// A branch that only says which properties of the others must be there, or describes them.
fn refinement(raw: &Value, pointer: &str) -> Option<Schema> {
    let map = raw.as_object()?;
    let says_more =
        |key: &String| !matches!(key.as_str(), "required" | "description" | "type" | "title");
    if map.keys().any(says_more) || map.get("type").is_some_and(|it| it != "object") {
        return None;
    }
    let required = raw
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let required = required
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let object = Object {
        properties: IndexMap::new(),
        required,
    };
    Some(Schema {
        pointer: pointer.to_owned(),
        ty: Type::Object(object),
        ..Schema::default()
    })
}

pub(super) fn one_of(
    keyword: &str,
    branches: &[ReferenceOr<openapiv3::Schema>],
    raw: &Value,
    pointer: &str,
) -> Type {
    match branches {
        [only] => {
            lower(
                only.as_item(),
                &raw[keyword][0],
                &format!("{pointer}/{keyword}/0"),
            )
            .ty
        }
        _ => Type::Unsupported(format!("`{keyword}` offers several types at once")),
    }
}

/// A schema without a usable `type`: what its other keywords say.
pub(super) fn untyped(it: &AnySchema, raw: &Value, pointer: &str) -> Type {
    if !it.enumeration.is_empty() {
        return mixed_choice(&it.enumeration);
    }
    if !(it.one_of.is_empty() && it.any_of.is_empty() && it.not.is_none()) {
        return Type::Unsupported("several combinators at once".to_owned());
    }
    if it.typ.as_deref().is_some_and(|it| it != "object") {
        let ty = it.typ.as_deref().unwrap_or_default();
        return Type::Unsupported(format!(
            "`type: {ty}` beside keywords that are not its own, or whose values do not fit it"
        ));
    }
    let own = || {
        shaped(
            &it.properties,
            &it.required,
            it.additional_properties.as_ref(),
            raw,
            pointer,
        )
    };
    if !it.all_of.is_empty() {
        return beside(
            all_of(&it.all_of, raw, pointer),
            own(),
            &it.required,
            pointer,
        );
    }
    if let Some(items) = &it.items {
        let items = lower(
            items.as_item().map(|it| &**it),
            &raw["items"],
            &format!("{pointer}/items"),
        );
        return Type::List(Rc::new(items), Vec::new());
    }
    if !it.properties.is_empty() || it.additional_properties.is_some() {
        return own();
    }
    match raw
        .as_object()
        .into_iter()
        .flatten()
        .find(|(key, _)| limits(key))
    {
        Some((key, _)) => Type::Unsupported(format!("`{key}` without a `type`")),
        None => Type::Json,
    }
}

/// Keywords that limit a value of one type.
fn limits(key: &str) -> bool {
    key.starts_with("min")
        || key.starts_with("max")
        || matches!(key, "pattern" | "multipleOf" | "uniqueItems")
}

/// A closed set whose type is not said: of texts, or of whole numbers.
fn mixed_choice(values: &[Value]) -> Type {
    let values: Vec<&Value> = values.iter().filter(|it| !it.is_null()).collect();
    if values.iter().all(|it| it.is_string()) {
        return choice(
            values
                .iter()
                .filter_map(|it| it.as_str())
                .map(str::to_owned),
        );
    }
    if values.iter().all(|it| it.is_i64()) {
        return number_choice(values.iter().filter_map(|it| it.as_i64()));
    }
    Type::Unsupported("a closed set of values of several types".to_owned())
}

/// `allOf` with properties, or required names, beside it.
fn beside(whole: Type, own: Type, required: &[String], pointer: &str) -> Type {
    let mut parts = match whole {
        Type::AllOf(parts) => parts,
        only => vec![Rc::new(Schema {
            pointer: pointer.to_owned(),
            ty: only,
            ..Schema::default()
        })],
    };
    let own = match own {
        Type::Object(object) => object,
        _ => Object {
            properties: IndexMap::new(),
            required: required.to_vec(),
        },
    };
    parts.push(Rc::new(Schema {
        pointer: pointer.to_owned(),
        ty: Type::Object(own),
        ..Schema::default()
    }));
    Type::AllOf(parts)
}
