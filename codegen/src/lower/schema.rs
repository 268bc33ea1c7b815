//! Lowers one schema: what the vendor's types are in ours.

use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerType, NumberType, ObjectType, ReferenceOr,
    SchemaKind, StringType, Type as TypedType, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::{
    api::{Format, Limit, Object, Property, Provenance, Schema, Type},
    load::Document,
    report::{Report, escape},
};

/// Lowers a component; one that is no schema is reported.
pub(super) fn component(
    raw: &Value,
    pointer: String,
    document: &Document,
    report: &mut Report,
) -> Schema {
    match serde_json::from_value::<ReferenceOr<openapiv3::Schema>>(raw.clone()) {
        Ok(typed) => lower(typed.as_item(), raw, &pointer),
        Err(mistake) => {
            report.error(
                "malformed-schema",
                document.place(pointer.clone()),
                format!("this is no OpenAPI 3.0 schema: {mistake}"),
                "correct it, or replace it with an overlay action",
            );
            Schema {
                pointer,
                ..Schema::default()
            }
        }
    }
}

/// Lowers a schema; `typed` is absent where `raw` is a reference.
pub(super) fn lower(typed: Option<&openapiv3::Schema>, raw: &Value, pointer: &str) -> Schema {
    let description = raw
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let flag = |key: &str| raw.get(key) == Some(&Value::Bool(true));
    Schema {
        pointer: pointer.to_owned(),
        description: description.split_whitespace().collect::<Vec<_>>().join(" "),
        provenance: Provenance::of(raw.get("x-provenance")),
        nullable: flag("nullable"),
        read_only: flag("readOnly"),
        ty: match (typed, raw.get("$ref").and_then(Value::as_str)) {
            (_, Some(target)) => named(target),
            (Some(schema), None) => ty(schema, raw, pointer),
            (None, None) => Type::Json,
        },
    }
}

fn named(target: &str) -> Type {
    match target.strip_prefix("#/components/schemas/") {
        Some(name) if !name.contains('/') => {
            Type::Named(name.replace("~1", "/").replace("~0", "~"))
        }
        _ => Type::Unsupported(format!(
            "the reference `{target}` does not lead to a component schema"
        )),
    }
}

fn ty(schema: &openapiv3::Schema, raw: &Value, pointer: &str) -> Type {
    match &schema.schema_kind {
        SchemaKind::Type(TypedType::String(it)) => text(it),
        SchemaKind::Type(TypedType::Integer(it)) => integer(it),
        SchemaKind::Type(TypedType::Number(it)) => number(it),
        SchemaKind::Type(TypedType::Boolean(it)) if it.enumeration.len() == 1 => {
            Type::Unsupported("a boolean that has one value only".to_owned())
        }
        SchemaKind::Type(TypedType::Boolean(_)) => Type::Boolean,
        SchemaKind::Type(TypedType::Array(it)) => array(it, raw, pointer),
        SchemaKind::Type(TypedType::Object(it)) => object(it, raw, pointer),
        SchemaKind::AllOf { all_of } => all_of_type(all_of, raw, pointer),
        SchemaKind::OneOf { one_of } => one_of_type("oneOf", one_of, raw, pointer),
        SchemaKind::AnyOf { any_of } => one_of_type("anyOf", any_of, raw, pointer),
        SchemaKind::Not { .. } => {
            Type::Unsupported("`not` excludes, and does not say what is meant".to_owned())
        }
        SchemaKind::Any(it) => untyped(it, raw, pointer),
    }
}

fn text(it: &StringType) -> Type {
    let choices: Vec<String> = it.enumeration.iter().flatten().cloned().collect();
    if !choices.is_empty() {
        return choice(choices);
    }
    let mut limits = Vec::new();
    limits.extend(it.min_length.map(Limit::MinLength));
    limits.extend(it.max_length.map(Limit::MaxLength));
    limits.extend(it.pattern.clone().map(Limit::Pattern));
    let format = match &it.format {
        VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Date) => Format::Date,
        VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::DateTime) => Format::DateTime,
        VariantOrUnknownOrEmpty::Item(
            openapiv3::StringFormat::Byte | openapiv3::StringFormat::Binary,
        ) => Format::Bytes,
        VariantOrUnknownOrEmpty::Unknown(other) => Format::Shown(other.clone()),
        VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Password)
        | VariantOrUnknownOrEmpty::Empty => Format::Any,
    };
    Type::Text(format, limits)
}

/// A closed set, each value once.
fn choice(values: Vec<String>) -> Type {
    let mut unique: Vec<String> = Vec::with_capacity(values.len());
    for value in values {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    Type::Choice(unique)
}

fn integer(it: &IntegerType) -> Type {
    let choices: Vec<i64> = it.enumeration.iter().flatten().copied().collect();
    if !choices.is_empty() {
        return Type::NumberChoice(choices);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "limits of a specification are far below 2^53"
    )]
    let float = |it: i64| it as f64;
    Type::Integer(bounds(
        (it.minimum.map(float), it.exclusive_minimum),
        (it.maximum.map(float), it.exclusive_maximum),
        it.multiple_of.map(float),
    ))
}

fn number(it: &NumberType) -> Type {
    if !it.enumeration.is_empty() {
        return Type::Unsupported("a closed set of fractions".to_owned());
    }
    Type::Number(bounds(
        (it.minimum, it.exclusive_minimum),
        (it.maximum, it.exclusive_maximum),
        it.multiple_of,
    ))
}

fn bounds(
    minimum: (Option<f64>, bool),
    maximum: (Option<f64>, bool),
    multiple_of: Option<f64>,
) -> Vec<Limit> {
    let mut limits = Vec::new();
    limits.extend(minimum.0.map(if minimum.1 {
        Limit::ExclusiveMinimum
    } else {
        Limit::Minimum
    }));
    limits.extend(maximum.0.map(if maximum.1 {
        Limit::ExclusiveMaximum
    } else {
        Limit::Maximum
    }));
    limits.extend(multiple_of.map(Limit::MultipleOf));
    limits
}

fn array(it: &ArrayType, raw: &Value, pointer: &str) -> Type {
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

fn object(it: &ObjectType, raw: &Value, pointer: &str) -> Type {
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
        Some(AdditionalProperties::Any(_)) | None => Schema::default(),
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
    let schema = lower(
        typed.as_item().map(|it| &**it),
        &raw["properties"][name],
        &pointer,
    );
    Property {
        required: required.iter().any(|it| it == name),
        description: schema.description.clone(),
        read_only: schema.read_only,
        provenance: schema
            .provenance
            .or(Provenance::of(raw.get("x-provenance"))),
        schema: Rc::new(schema),
    }
}

/// Several objects in one; a single branch is that branch.
fn all_of_type(branches: &[ReferenceOr<openapiv3::Schema>], raw: &Value, pointer: &str) -> Type {
    let mut lowered = branches.iter().enumerate().map(|(index, branch)| {
        lower(
            branch.as_item(),
            &raw["allOf"][index],
            &format!("{pointer}/allOf/{index}"),
        )
    });
    match (branches.len(), lowered.next()) {
        (1, Some(only)) => only.ty,
        (_, first) => Type::AllOf(first.into_iter().chain(lowered).map(Rc::new).collect()),
    }
}

fn one_of_type(
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
fn untyped(it: &AnySchema, raw: &Value, pointer: &str) -> Type {
    let choices: Vec<_> = it
        .enumeration
        .iter()
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect();
    if !choices.is_empty() && choices.len() == it.enumeration.len() {
        return choice(choices);
    }
    if let Some(other) = &it.typ {
        return Type::Unsupported(format!("`type: {other}` beside keywords of another type"));
    }
    if !(it.one_of.is_empty() && it.any_of.is_empty() && it.all_of.is_empty() && it.not.is_none()) {
        return Type::Unsupported("several combinators at once".to_owned());
    }
    if it.properties.is_empty() && it.items.is_none() && it.enumeration.is_empty() {
        return Type::Json;
    }
    shaped(
        &it.properties,
        &it.required,
        it.additional_properties.as_ref(),
        raw,
        pointer,
    )
}
