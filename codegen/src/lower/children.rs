//! Finds components that say nothing but what all their children have: where one is meant, any of its children is.

use std::{collections::BTreeMap, rc::Rc};

use serde_json::{Map, Value};

use super::forms::is_of;
use crate::{
    api::{Api, Form, OneOf, Schema, Type},
    load::Document,
    report::escape,
};

/// Makes each such component one of its children. What all have stays at the component's pointer, where the children find it.
pub(super) fn settle(api: &mut Api, document: &Document) {
    let schemas = document.value.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let children = children(api, schemas);
    let bases = schemas.into_iter().flatten().filter(|(name, raw)| {
        let has_forms = raw.get("oneOf").is_some() || raw.get("anyOf").is_some();
        let is_discriminated = raw.pointer("/discriminator/propertyName").is_some();
        is_discriminated && !has_forms && children.contains_key(*name)
    });
    let bases: Vec<_> = bases.collect();
    let pointer = |name: &str| format!("/components/schemas/{}", escape(name));
    for (name, _) in &bases {
        for child in descendants(name, &children) {
            refer(api, &child, name, &pointer(name));
        }
    }
    for (name, raw) in bases {
        let Some(base) = api.schemas.get(name).cloned() else {
            continue;
        };
        let ty = Type::OneOf(one_of(name, raw, &children, &pointer(name)));
        let whole = Schema {
            ty,
            ..Schema::clone(&base)
        };
        api.schemas.insert(pointer(name), base);
        api.schemas.insert(name.clone(), Rc::new(whole));
    }
}

/// The components that say `allOf` of another, by that one.
fn children(api: &Api, raw: Option<&Map<String, Value>>) -> BTreeMap<String, Vec<String>> {
    let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let is_all_of = |name: &String| raw.is_some_and(|it| it[name].get("allOf").is_some());
    for (name, _) in raw
        .into_iter()
        .flatten()
        .filter(|(name, _)| is_all_of(name))
    {
        let Some(schema) = api.schemas.get(name) else {
            continue;
        };
        // A single part is the schema itself.
        for part in all_parts(schema) {
            if let Type::Named(parent) = &part.ty {
                children
                    .entry(parent.clone())
                    .or_default()
                    .push(name.clone());
            }
        }
    }
    children
}

fn all_parts(schema: &Rc<Schema>) -> Vec<Rc<Schema>> {
    match &schema.ty {
        Type::AllOf(parts) => parts.clone(),
        _ => vec![Rc::clone(schema)],
    }
}

/// Children, and theirs, each once.
fn descendants(name: &str, children: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = vec![name];
    while let Some(parent) = open.pop() {
        for child in children.get(parent).into_iter().flatten() {
            if child != name && !found.contains(child) {
                found.push(child.clone());
                open.push(child);
            }
        }
    }
    found.sort();
    found
}

/// Lets a child name what all have, no longer the choice among all.
fn refer(api: &mut Api, child: &str, name: &str, pointer: &str) {
    let Some(schema) = api.schemas.get(child).cloned() else {
        return;
    };
    let parts = all_parts(&schema).into_iter().map(|part| match &part.ty {
        Type::Named(it) if it == name => Rc::new(Schema {
            ty: Type::Named(pointer.to_owned()),
            ..Schema::clone(&part)
        }),
        _ => part,
    });
    let whole = Schema {
        ty: Type::AllOf(parts.collect()),
        ..Schema::clone(&schema)
    };
    api.schemas.insert(child.to_owned(), Rc::new(whole));
}

fn one_of(
    name: &str,
    raw: &Value,
    children: &BTreeMap<String, Vec<String>>,
    pointer: &str,
) -> OneOf {
    let mapping = raw
        .pointer("/discriminator/mapping")
        .and_then(Value::as_object);
    let values = |target: &str| -> Vec<String> {
        let target = Type::Named(target.to_owned());
        let mapped = mapping.into_iter().flatten();
        let mapped = mapped.filter(|(_, to)| is_of(to, Some(&target)));
        mapped.map(|(value, _)| value.clone()).collect()
    };
    let form = |of: &str, target: String| Form {
        schema: Rc::new(Schema {
            pointer: format!("/components/schemas/{}", escape(of)),
            ty: Type::Named(target),
            ..Schema::default()
        }),
        name: Some(of.to_owned()),
        values: values(of),
    };
    let of_children = descendants(name, children).into_iter();
    let mut forms: Vec<_> = of_children.map(|it| form(&it, it.clone())).collect();
    // What all have is a form of its own only where a value says so.
    if !values(name).is_empty() {
        forms.insert(0, form(name, pointer.to_owned()));
    }
    let property = raw
        .pointer("/discriminator/propertyName")
        .and_then(Value::as_str);
    OneOf {
        forms,
        discriminator: property.map(str::to_owned),
        base: Some(Rc::new(Schema {
            pointer: pointer.to_owned(),
            ty: Type::Named(pointer.to_owned()),
            ..Schema::default()
        })),
    }
}
