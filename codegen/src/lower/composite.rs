//! Lowers the schemas that are made of others: arrays, objects, maps, and several in one.

use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{scalar::count, schema::lower};
use crate::{
    api::{Limit, Object, Property, Provenance, Schema, Type},
    prose::REQUIRED_ON_REPLACE,
    report::escape,
};

pub(super) fn array(map: &Map<String, Value>, pointer: &str) -> Type {
    let mut limits = Vec::new();
    let number = |key: &str| map.get(key).and_then(count);
    limits.extend(number("minItems").map(Limit::MinItems));
    limits.extend(number("maxItems").map(Limit::MaxItems));
    let is_set = map.get("uniqueItems") == Some(&Value::Bool(true));
    limits.extend(is_set.then_some(Limit::UniqueItems));
    let items = map.get("items");
    let items = items.map(|it| lower(it, &format!("{pointer}/items")));
    Type::List(Rc::new(items.unwrap_or_default()), limits)
}

pub(super) fn object(map: &Map<String, Value>, pointer: &str) -> Type {
    let none = Map::new();
    let declared = map.get("properties").and_then(Value::as_object);
    let declared = declared.unwrap_or(&none);
    let rest = rest(map, pointer);
    let required = required(map);
    if declared.is_empty() && (rest.is_none() || required.is_empty()) {
        return match (map.get("additionalProperties"), rest) {
            (_, Some(values)) => Type::Map(values),
            (None, None) => Type::Map(Rc::default()),
            (Some(_), None) => Type::Object(Object::default()),
        };
    }
    let mut properties: IndexMap<String, Property> = declared
        .iter()
        // No value is allowed there, so it is none that could be given.
        .filter(|(name, raw)| {
            **raw != Value::Bool(false) || rest.is_some() || required.contains(name)
        })
        .map(|(name, raw)| (name.clone(), property(name, raw, &required, map, pointer)))
        .collect();
    // What must be there and is not declared is one of the others.
    for (rest, name) in rest
        .iter()
        .flat_map(|rest| required.iter().map(move |it| (rest, it)))
    {
        let of_rest = || of_schema(Rc::clone(rest), true);
        properties.entry(name.clone()).or_insert_with(of_rest);
    }
    Type::Object(Object {
        properties,
        required,
        rest,
    })
}

/// The schema of other properties, where the document says that there may be some.
fn rest(map: &Map<String, Value>, pointer: &str) -> Option<Rc<Schema>> {
    let additional = map.get("additionalProperties")?;
    let is_open = *additional != Value::Bool(false);
    is_open.then(|| {
        Rc::new(lower(
            additional,
            &format!("{pointer}/additionalProperties"),
        ))
    })
}

fn required(map: &Map<String, Value>) -> Vec<String> {
    let names = map.get("required").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

fn property(
    name: &str,
    raw: &Value,
    required: &[String],
    owner: &Map<String, Value>,
    pointer: &str,
) -> Property {
    let schema = lower(raw, &format!("{pointer}/properties/{}", escape(name)));
    let own = of_schema(Rc::new(schema), required.iter().any(|it| it == name));
    Property {
        required_on_replace: raw.get(REQUIRED_ON_REPLACE) == Some(&Value::Bool(true)),
        provenance: own.provenance.or(Provenance::of(owner.get("x-provenance"))),
        ..own
    }
}

fn of_schema(schema: Rc<Schema>, required: bool) -> Property {
    Property {
        required,
        required_on_replace: false,
        description: schema.description.clone(),
        read_only: schema.read_only,
        write_only: schema.write_only,
        provenance: schema.provenance,
        schema,
    }
}

/// Several schemas in one, with what stands beside them; a single one is that one.
pub(super) fn all_of(map: &Map<String, Value>, pointer: &str) -> Type {
    let mut parts = parts(map, pointer);
    parts.extend(beside(map, pointer));
    match parts.as_slice() {
        [only] if only.beyond.is_none() => only.ty.clone(),
        _ => Type::AllOf(parts),
    }
}

/// The branches of an `allOf`.
pub(super) fn parts(map: &Map<String, Value>, pointer: &str) -> Vec<Rc<Schema>> {
    let branches = map.get("allOf").and_then(Value::as_array);
    let branches = branches.into_iter().flatten().enumerate();
    let parts = branches.map(|(index, raw)| {
        let pointer = format!("{pointer}/allOf/{index}");
        Rc::new(refinement(raw, &pointer).unwrap_or_else(|| lower(raw, &pointer)))
    });
    parts.collect()
}

/// A branch that only says which properties of the others must be there, or describes them.
pub(super) fn refinement(raw: &Value, pointer: &str) -> Option<Schema> {
    let map = raw.as_object()?;
    let says_more =
        |key: &String| !matches!(key.as_str(), "required" | "description" | "type" | "title");
    let is_object = map.get("type").is_some_and(|it| it == "object");
    let is_required = map.get("required").is_some_and(Value::is_array);
    if map.keys().any(says_more) || !(is_object || is_required && !map.contains_key("type")) {
        return None;
    }
    Some(only(
        Object {
            required: required(map),
            ..Object::default()
        },
        pointer,
    ))
}

/// What stands beside combinators, as one part more.
pub(super) fn beside(map: &Map<String, Value>, pointer: &str) -> Option<Rc<Schema>> {
    const ASIDE: [&str; 6] = [
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "discriminator",
        "nullable",
    ];
    let mut own = map.clone();
    own.retain(|key, _| !ASIDE.contains(&key.as_str()) && !is_annotation(key));
    if own.is_empty() {
        return None;
    }
    let own = Value::Object(own);
    let part = refinement(&own, pointer).unwrap_or_else(|| lower(&own, pointer));
    let is_silent = matches!(part.ty, Type::Json) && part.beyond.is_none();
    (!is_silent).then(|| Rc::new(part))
}

/// Keywords that describe a value, and limit none.
fn is_annotation(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "default"
                | "deprecated"
                | "description"
                | "example"
                | "examples"
                | "externalDocs"
                | "readOnly"
                | "title"
                | "writeOnly"
                | "xml"
                | "$comment"
                | "$defs"
        )
}

fn only(object: Object, pointer: &str) -> Schema {
    Schema {
        pointer: pointer.to_owned(),
        ty: Type::Object(object),
        ..Schema::default()
    }
}
