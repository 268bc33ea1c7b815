//! Says why a value cannot be written in the style of its parameter or field: what the specification leaves undefined is not guessed.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    api::{Api, Carrier, Flaw, Schema, Style, StyleName, Type},
    document::{Chosen, Documented, Role},
};

/// What a value is made of, as far as styles tell it apart.
enum Shape {
    /// A single value.
    One,
    /// An array of single values.
    Items,
    /// An object of single values.
    Entries,
    /// An object that has objects of single values.
    Nested,
    /// Anything else, in words.
    Other(&'static str),
}

/// Why an input cannot be written where it goes, if so.
pub(super) fn misplaced(role: Role, schema: &Schema, api: &Api) -> Option<String> {
    match role {
        Role::Parameter(carrier, style) => unwritten(carrier, style, schema, api),
        Role::Field(style) => unwritten(Carrier::Query, style, schema, api),
        Role::Property
        | Role::Patch
        | Role::WholeBody
        | Role::Raw
        | Role::Text
        | Role::Part
        | Role::File => None,
    }
}

fn unwritten(carrier: Carrier, style: Style, schema: &Schema, api: &Api) -> Option<String> {
    if style.name == StyleName::Json {
        return None;
    }
    let (name, explode) = (style.name.as_str(), style.explode);
    let is_delimited = matches!(
        style.name,
        StyleName::SpaceDelimited | StyleName::PipeDelimited
    );
    let is_deep = style.name == StyleName::DeepObject;
    let undefined = |what: &str| Some(format!("{what}, which OpenAPI leaves undefined"));
    match shape(schema, api) {
        Shape::Other(what) => Some(what.to_owned()),
        Shape::One if is_deep => undefined("a single value in the style `deepObject`"),
        Shape::Items if is_deep => undefined("an array in the style `deepObject`"),
        Shape::Nested if !is_deep => undefined("an object within an object, outside the body"),
        Shape::Items | Shape::Entries if explode && carrier == Carrier::Cookie => {
            undefined("an exploded array or object in a cookie")
        }
        Shape::Entries if explode && is_delimited => {
            undefined(&format!("an exploded object in the style `{name}`"))
        }
        Shape::One | Shape::Items | Shape::Entries | Shape::Nested => None,
    }
}

fn shape(schema: &Schema, api: &Api) -> Shape {
    let is_single = |it: &Schema| api.is_single(&api.whole(it));
    match &*api.whole(schema) {
        ty if api.is_single(ty) => Shape::One,
        Type::Json => Shape::Other("free JSON outside the body"),
        Type::List(items, _) if is_single(items) => Shape::Items,
        Type::List(..) => Shape::Other("an array of more than single values, outside the body"),
        Type::Map(values) if is_single(values) => Shape::Entries,
        Type::Map(_) => Shape::Other("an object of more than single values, outside the body"),
        Type::OneOf(_) => Shape::Other("one of several forms outside the body"),
        _ => match properties(schema, api) {
            Some(values) => object(&values, api),
            None => Shape::Other("a value of several types outside the body"),
        },
    }
}

fn object(values: &[Rc<Schema>], api: &Api) -> Shape {
    let is_single = |it: &Schema| api.is_single(&api.whole(it));
    let mut shape = Shape::Entries;
    for value in values.iter().filter(|it| !is_single(it)) {
        let inner = properties(value, api);
        shape = match (&*api.whole(value), inner) {
            (Type::OneOf(_), _) => return Shape::Other("one of several forms outside the body"),
            (Type::Map(values), _) if is_single(values) => Shape::Nested,
            (_, Some(inner)) if inner.iter().all(|it| is_single(it)) => Shape::Nested,
            (_, Some(_)) => {
                return Shape::Other("an object of more than two levels, outside the body");
            }
            _ => {
                return Shape::Other("an array, or free JSON, within an object, outside the body");
            }
        };
    }
    shape
}

/// The types of the properties that a caller gives, free ones among them.
fn properties(schema: &Schema, api: &Api) -> Option<Vec<Rc<Schema>>> {
    let object = api.object(schema)?;
    let given = object.properties.values().filter(|it| !it.read_only);
    let given = given.map(|it| &it.schema);
    Some(given.chain(&object.rest).cloned().collect())
}

/// Properties that would go out under the name of another parameter, or field, of the operation.
pub(super) fn taken_names(it: &Documented<'_>, api: &Api) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for of_body in [false, true] {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let inputs = || it.inputs.iter().filter(|it| is_pair(it.role, of_body));
        for input in inputs() {
            for name in names_of(input, api).unwrap_or_else(|| vec![input.wire.clone()]) {
                *names.entry(name).or_default() += 1;
            }
        }
        for input in inputs() {
            let own = names_of(input, api).into_iter().flatten();
            let twice = own.filter(|name| names.get(name).is_some_and(|it| *it > 1));
            flaws.extend(twice.map(|name| Flaw {
                code: "input-unsupported",
                reason: format!(
                    "the input `{}` cannot be said: its property `{name}` would take the place of another input",
                    input.wire
                ),
                remedy: "leave it out in docs.yaml, or give it a type that can be said with an overlay action",
                pointer: input.schema.pointer.clone(),
            }));
        }
    }
    flaws
}

fn is_pair(role: Role, of_body: bool) -> bool {
    match role {
        Role::Parameter(carrier, _) => carrier == Carrier::Query && !of_body,
        Role::Field(_) => of_body,
        _ => false,
    }
}

/// The names under which an exploded object goes out.
fn names_of(input: &Chosen, api: &Api) -> Option<Vec<String>> {
    let (Role::Parameter(_, style) | Role::Field(style)) = input.role else {
        return None;
    };
    let object = api.object(&input.schema)?;
    (style.name == StyleName::Form && style.explode).then(|| {
        let given = object.properties.iter().filter(|(_, it)| !it.read_only);
        given.map(|(name, _)| name.clone()).collect()
    })
}
