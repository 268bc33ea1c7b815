//! Lowers one schema: what the vendor's types are in ours. Every keyword counts as JSON Schema says, and one that cannot be said is named.

use serde_json::{Map, Value};

use super::{closed, composite, forms, scalar};
use crate::{
    api::{Provenance, Schema, Type},
    keywords::misfit,
    load::BEYOND,
    resolve,
};

/// Lowers a schema.
pub(super) fn lower(raw: &Value, pointer: &str) -> Schema {
    let empty = Schema {
        pointer: pointer.to_owned(),
        ..Schema::default()
    };
    match raw {
        Value::Object(map) => schema(map, pointer),
        Value::Bool(true) | Value::Null => empty,
        Value::Bool(false) => Schema {
            ty: Type::Unsupported("`false` allows no value".to_owned()),
            ..empty
        },
        _ => Schema {
            ty: Type::Unsupported("this is no schema".to_owned()),
            ..empty
        },
    }
}

fn schema(map: &Map<String, Value>, pointer: &str) -> Schema {
    let (ty, takes_null) = ty(map, pointer);
    let flag = |key: &str| map.get(key) == Some(&Value::Bool(true));
    Schema {
        pointer: pointer.to_owned(),
        description: description(map),
        provenance: Provenance::of(map.get("x-provenance")),
        nullable: takes_null || flag("nullable"),
        read_only: flag("readOnly"),
        write_only: flag("writeOnly"),
        default: map.get("default").filter(|it| !it.is_null()).cloned(),
        told: told(map),
        beyond: beyond(map),
        ty,
    }
}

/// What a schema is said to be, on one line.
pub(super) fn description(map: &Map<String, Value>) -> String {
    let words = map.get("description").and_then(Value::as_str);
    let words = words.unwrap_or_default().split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

/// The type, and whether null is a value of it.
fn ty(map: &Map<String, Value>, pointer: &str) -> (Type, bool) {
    if let Some(target) = map.get("$ref").and_then(Value::as_str) {
        return (named(target), false);
    }
    let (types, takes_null) = types(map);
    if let Some(values) = map.get("enum").and_then(Value::as_array) {
        let (ty, has_null) = closed::set(values, &types);
        // Null must be of the type, too, where one is said.
        return (ty, has_null && (takes_null || types.is_empty()));
    }
    if let Some(found) = forms::of(map, pointer) {
        return found;
    }
    if map.get("allOf").is_some_and(Value::is_array) {
        return (composite::all_of(map, pointer), takes_null);
    }
    let ty = match types.as_slice() {
        [] if takes_null => Type::Unsupported("null is its only value".to_owned()),
        [] => untyped(map, pointer),
        [only] => of_type(only, map, pointer),
        several => forms::of_types(several, map, pointer),
    };
    (ty, takes_null)
}

/// The types that are said, null aside, and whether null is one of them.
fn types(map: &Map<String, Value>) -> (Vec<&str>, bool) {
    let said: Vec<&str> = match map.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let takes_null = said.contains(&"null");
    (
        said.into_iter().filter(|it| *it != "null").collect(),
        takes_null,
    )
}

/// What a schema is by one type: keywords that limit other types say nothing.
pub(super) fn of_type(ty: &str, map: &Map<String, Value>, pointer: &str) -> Type {
    match ty {
        "string" => scalar::text(map),
        "integer" => scalar::integer(map),
        "number" => scalar::number(map),
        "boolean" => Type::Boolean,
        "array" => composite::array(map, pointer),
        "object" => composite::object(map, pointer),
        other => Type::Unsupported(format!("`{other}` is no type of JSON")),
    }
}

/// What the keywords say where no type is said.
fn untyped(map: &Map<String, Value>, pointer: &str) -> Type {
    if map.contains_key("properties") || map.contains_key("additionalProperties") {
        return composite::object(map, pointer);
    }
    if map.contains_key("items") {
        return composite::array(map, pointer);
    }
    let limits = [
        scalar::text(map),
        scalar::number(map),
        composite::array(map, pointer),
    ];
    let limits = limits.into_iter().flat_map(|ty| match ty {
        Type::Text(_, limits) | Type::Number(limits) | Type::List(_, limits) => limits,
        _ => Vec::new(),
    });
    let limits: Vec<_> = limits.collect();
    if limits.is_empty() {
        Type::Json
    } else {
        Type::Limits(limits)
    }
}

/// A component by its name; of what stands elsewhere the pointer is its name.
pub(super) fn named(target: &str) -> Type {
    let Some(pointer) = target.strip_prefix('#').map(resolve::decoded) else {
        return Type::Named(target.to_owned());
    };
    let name = pointer.strip_prefix("/components/schemas/");
    Type::Named(match name {
        Some(name) if !name.contains('/') => name.replace("~1", "/").replace("~0", "~"),
        _ => pointer,
    })
}

/// What is said of a value that nobody checks.
fn told(map: &Map<String, Value>) -> Vec<String> {
    let text = |key: &str| map.get(key).and_then(Value::as_str);
    let count = |key: &str| map.get(key).and_then(scalar::count);
    let mut told = Vec::new();
    let pattern = text("pattern").filter(|it| !scalar::is_checkable(it));
    told.extend(pattern.map(|it| format!("It must match the regular expression `{it}`.")));
    told.extend(text("contentMediaType").map(|it| format!("It holds `{it}`.")));
    let encoding = text("contentEncoding").filter(|it| !it.eq_ignore_ascii_case("base64"));
    told.extend(encoding.map(|it| format!("It is encoded as {it}.")));
    let plural = |number: usize| {
        if number == 1 {
            "property"
        } else {
            "properties"
        }
    };
    let least = count("minProperties").filter(|it| *it > 0);
    told.extend(least.map(|it| format!("It has at least {it} {}.", plural(it))));
    told.extend(count("maxProperties").map(|it| format!("It has at most {it} {}.", plural(it))));
    told
}

/// What a schema demands that cannot be said: a keyword of JSON Schema beyond OpenAPI 3.0, or one whose value is none.
fn beyond(map: &Map<String, Value>) -> Option<String> {
    if map.get("$ref").is_some_and(Value::is_string) {
        return None;
    }
    let keywords = map.get(BEYOND).and_then(Value::as_array);
    if let Some(keyword) = keywords.and_then(|it| it.first()?.as_str()) {
        return Some(format!("`{keyword}` cannot be said of an input"));
    }
    if map.contains_key("not") {
        return Some("`not` excludes, and does not say what is meant".to_owned());
    }
    map.iter().find_map(|(key, value)| {
        let expected = misfit(key, value)?;
        Some(format!("`{key}` is not {expected}"))
    })
}
