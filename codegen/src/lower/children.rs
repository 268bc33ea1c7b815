//! Finds components that say nothing but what all their children have: where one is meant, any of its children is. And
//! components whose forms are their children: a child means what all have, not the choice in which it stands.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde_json::{Map, Value};

use super::{forms::is_of, schema::lower};
use crate::{
    api::{Api, Form, OneOf, Schema, Type},
    load::Document,
    report::escape,
};

/// What makes a component one of several.
const FORMS: [&str; 3] = ["oneOf", "anyOf", "discriminator"];

/// Parts what stands beside the forms of a component from the forms, for the children that are among them: else each of
/// the two would be within the other, without end.
pub(super) fn part(api: &mut Api, document: &Document) {
    let schemas = document.value.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let children = children(api, schemas);
    for (name, raw) in schemas.into_iter().flatten().filter(|it| has_forms(it.1)) {
        let Some(children) = children.get(name) else {
            continue;
        };
        let forms = made_of(api, name);
        let pointer = format!("/components/schemas/{}", escape(name));
        for child in children.iter().filter(|it| forms.contains(*it)) {
            refer(api, child, name, &pointer);
        }
        let mut own = raw.as_object().cloned().unwrap_or_default();
        own.retain(|key, _| !FORMS.contains(&key.as_str()));
        let own = lower(&Value::Object(own), &pointer);
        api.schemas.insert(pointer, Rc::new(own));
    }
}

fn has_forms(raw: &Value) -> bool {
    raw.get("oneOf").is_some() || raw.get("anyOf").is_some()
}

/// The components that a component is, or may be: its forms and parts, and theirs.
fn made_of(api: &Api, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Rc<Schema>> = api.schemas.get(name).cloned().into_iter().collect();
    while let Some(schema) = open.pop() {
        match &schema.ty {
            Type::Named(name) if found.insert(name.clone()) => {
                open.extend(api.schemas.get(name).cloned());
            }
            Type::OneOf(_) | Type::AllOf(_) => open.extend(schema.parts().into_iter().cloned()),
            _ => {}
        }
    }
    found
}

/// Makes each such component one of its children. What all have stays at the component's pointer, where the children find it.
pub(super) fn settle(api: &mut Api, document: &Document) {
    let schemas = document.value.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let children = children(api, schemas);
    let bases = schemas.into_iter().flatten().filter(|(name, raw)| {
        let is_discriminated = raw.pointer("/discriminator/propertyName").is_some();
        is_discriminated && !has_forms(raw) && children.contains_key(*name)
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
