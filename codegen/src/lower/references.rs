//! Sees to it that every name among the schemas leads to one: to a component, to what stands elsewhere in the document, or to
//! the word that there is nothing.

use std::rc::Rc;

use super::schema::lower;
use crate::{
    api::{Answer, Api, Operation, Schema, Type},
    load::Document,
    resolve::broken,
};

/// Lowers what schemas refer to and is no component, until nothing more is referred to.
pub(super) fn settle(api: &mut Api, document: &Document) {
    let mut open: Vec<Rc<Schema>> = api.schemas.values().cloned().collect();
    open.extend(api.operations.values().flat_map(schemas));
    while let Some(schema) = open.pop() {
        if let Type::Named(name) = &schema.ty
            && !api.schemas.contains_key(name)
        {
            let target = Rc::new(elsewhere(name, document));
            api.schemas.insert(name.clone(), Rc::clone(&target));
            open.push(target);
        }
        open.extend(schema.parts().into_iter().cloned());
    }
    break_circles(api, document);
}

/// The schemas that an operation begins with.
pub(super) fn schemas(operation: &Operation) -> Vec<Rc<Schema>> {
    let parameters = operation.parameters.iter().map(|it| &it.schema);
    let body = operation.body.iter().map(|it| &it.schema);
    let answer = match &operation.answer {
        Answer::Json(schema) => Some(schema),
        Answer::Nothing | Answer::File(_) => None,
    };
    parameters.chain(body).chain(answer).cloned().collect()
}

/// What stands at a pointer of the document, or why nothing does.
fn elsewhere(name: &str, document: &Document) -> Schema {
    let is_pointer = name.starts_with('/');
    let target = match document.value.pointer(name) {
        Some(raw) if is_pointer => return lower(raw, name),
        _ if is_pointer => format!("#{name}"),
        _ if name.contains(['/', '#', '.']) && !is_component(name, document) => name.to_owned(),
        _ => format!("#/components/schemas/{name}"),
    };
    let ty = match broken(&target, document) {
        Some(why) => Type::Broken(why),
        None => Type::Unsupported(format!("`{target}` is no schema")),
    };
    Schema {
        pointer: format!("/components/schemas/{name}"),
        ty,
        ..Schema::default()
    }
}

fn is_component(name: &str, document: &Document) -> bool {
    let schemas = document.value.pointer("/components/schemas");
    schemas.is_some_and(|it| it.get(name).is_some())
}

/// A name that leads to itself through names alone is nothing.
fn break_circles(api: &mut Api, document: &Document) {
    let names: Vec<_> = api
        .schemas
        .iter()
        .filter_map(|(name, it)| {
            let is_circle = matches!(api.resolve(it).ty, Type::Named(_));
            is_circle.then(|| name.clone())
        })
        .collect();
    for name in names {
        let target = match name.starts_with('/') {
            true => format!("#{name}"),
            false => format!("#/components/schemas/{name}"),
        };
        if let (Some(why), Some(schema)) = (broken(&target, document), api.schemas.get(&name)) {
            let schema = Schema {
                ty: Type::Broken(why),
                ..Schema::clone(schema)
            };
            api.schemas.insert(name, Rc::new(schema));
        }
    }
}
