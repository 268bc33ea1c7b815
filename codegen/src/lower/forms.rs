//! Lowers what is one of several: `oneOf`, `anyOf`, and several types at once.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{
    composite::{beside, parts, refinement},
    schema::{lower, named, of_type},
};
use crate::api::{Form, OneOf, Schema, Type};

/// Keywords of single values, which each form without a type of its own has, too.
const SCALAR: [&str; 12] = [
    "type",
    "format",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "contentEncoding",
    "contentMediaType",
];

/// The forms of a schema that has some, and whether null is a value of one.
pub(super) fn of(map: &Map<String, Value>, pointer: &str) -> Option<(Type, bool)> {
    let keyword = ["oneOf", "anyOf"]
        .into_iter()
        .find(|it| map.contains_key(*it))?;
    if map.contains_key("oneOf") && map.contains_key("anyOf") {
        return Some((
            Type::Unsupported("both `oneOf` and `anyOf`".to_owned()),
            false,
        ));
    }
    let branches = map.get(keyword)?.as_array()?;
    let mapping = map.get("discriminator").and_then(|it| it.get("mapping"));
    let mut forms = Vec::new();
    let mut takes_null = false;
    for (index, raw) in branches.iter().enumerate() {
        if is_null(raw) {
            takes_null = true;
            continue;
        }
        let form = form(raw, &format!("{pointer}/{keyword}/{index}"), map, mapping);
        takes_null |= form.schema.nullable;
        forms.push(form);
    }
    let mut shared = parts(map, pointer);
    let beside = beside(map, pointer);
    if is_scalar(map) {
        // What is no reference has them already.
        let limits = beside.filter(|_| is_limited(map));
        let limited = forms.into_iter().map(|it| match (&it.schema.ty, &limits) {
            (Type::Named(_), Some(limits)) => it.beside(&[Rc::clone(limits)]),
            _ => it,
        });
        forms = limited.collect();
    } else {
        shared.extend(beside);
    }
    if !shared.is_empty() {
        forms = forms.into_iter().map(|it| it.beside(&shared)).collect();
    }
    let discriminator = map.get("discriminator");
    let discriminator = discriminator.and_then(|it| it.get("propertyName")?.as_str());
    Some((settled(forms, discriminator, takes_null), takes_null))
}

/// Several types at once are several forms, each limited by the keywords of its type.
pub(super) fn of_types(types: &[&str], map: &Map<String, Value>, pointer: &str) -> Type {
    // A whole number is a number.
    let has_number = types.contains(&"number");
    let types = types.iter().filter(|it| !(has_number && **it == "integer"));
    let forms = types.map(|ty| Form {
        schema: Rc::new(Schema {
            pointer: pointer.to_owned(),
            ty: of_type(ty, map, pointer),
            ..Schema::default()
        }),
        name: None,
        values: Vec::new(),
    });
    settled(forms.collect(), None, false)
}

fn form(raw: &Value, pointer: &str, owner: &Map<String, Value>, mapping: Option<&Value>) -> Form {
    let title = raw.get("title").and_then(Value::as_str);
    let target = raw.get("$ref").and_then(Value::as_str).map(named);
    let name = match &target {
        Some(Type::Named(name)) => Some(name.rsplit('/').next().unwrap_or(name).to_owned()),
        _ => title.map(str::to_owned),
    };
    let mapped = mapping.and_then(Value::as_object).into_iter().flatten();
    let values = mapped.filter(|(_, to)| is_of(to, target.as_ref()));
    let schema = match raw.as_object() {
        Some(own) if is_scalar(owner) && target.is_none() => {
            lower(&inheriting(own, owner), pointer)
        }
        _ => refinement(raw, pointer).unwrap_or_else(|| lower(raw, pointer)),
    };
    Form {
        values: values.map(|(value, _)| value.clone()).collect(),
        schema: Rc::new(schema),
        name,
    }
}

/// Whether an entry of a mapping, a reference or a bare name, means this component.
pub(super) fn is_of(entry: &Value, target: Option<&Type>) -> bool {
    let (Some(entry), Some(Type::Named(name))) = (entry.as_str(), target) else {
        return false;
    };
    entry == name || matches!(named(entry), Type::Named(it) if it == *name)
}

/// Whether single values are spoken of beside the forms.
fn is_scalar(map: &Map<String, Value>) -> bool {
    let ty = map.get("type").and_then(Value::as_str);
    ty.is_some_and(|it| matches!(it, "string" | "integer" | "number" | "boolean"))
}

/// Whether more is said of them than their type.
fn is_limited(map: &Map<String, Value>) -> bool {
    SCALAR
        .iter()
        .any(|it| *it != "type" && map.contains_key(*it))
}

/// A form with what the keywords beside all forms say.
fn inheriting(own: &Map<String, Value>, owner: &Map<String, Value>) -> Value {
    let mut whole = own.clone();
    for keyword in SCALAR {
        if let (false, Some(value)) = (own.contains_key(keyword), owner.get(keyword)) {
            whole.insert(keyword.to_owned(), value.clone());
        }
    }
    Value::Object(whole)
}

fn is_null(raw: &Value) -> bool {
    let only_null = |it: &Value| {
        it.as_array()
            .is_some_and(|it| it.iter().all(Value::is_null))
    };
    raw.get("type").is_some_and(|it| it == "null") || raw.get("enum").is_some_and(only_null)
}

/// One form is that form, closed sets are one closed set, and where one form is anything, all is.
fn settled(forms: Vec<Form>, discriminator: Option<&str>, takes_null: bool) -> Type {
    let is_whole = |it: &Form| it.schema.beyond.is_none();
    if forms.is_empty() {
        return Type::Unsupported(match takes_null {
            true => "null is its only value".to_owned(),
            false => "a choice without a form".to_owned(),
        });
    }
    if let [only] = forms.as_slice()
        && is_whole(only)
    {
        return only.schema.ty.clone();
    }
    if forms
        .iter()
        .any(|it| matches!(it.schema.ty, Type::Json) && is_whole(it))
    {
        return Type::Json;
    }
    if let Some(ty) = one_set(&forms) {
        return ty;
    }
    Type::OneOf(OneOf {
        forms,
        discriminator: discriminator.map(str::to_owned),
        base: None,
    })
}

/// The values of forms that are closed sets all of them.
fn one_set(forms: &[Form]) -> Option<Type> {
    let mut values = Vec::new();
    for form in forms {
        match &form.schema.ty {
            Type::Choice(texts) => values.extend(texts.iter().map(|it| Value::from(it.as_str()))),
            Type::NumberChoice(numbers) => values.extend(numbers.iter().map(|it| Value::from(*it))),
            Type::Values(others) => values.extend(others.iter().cloned()),
            _ => return None,
        }
    }
    Some(super::closed::set(&values, &[]).0)
}
