//! Lowers one schema: what the vendor's types are in ours.

use openapiv3::{ReferenceOr, SchemaKind, Type as TypedType};
use serde_json::Value;

use super::{composite, scalar};

use crate::{
    api::{Provenance, Schema, Type},
    load::Document,
    report::Report,
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
        SchemaKind::Type(TypedType::String(it)) => scalar::text(it),
        SchemaKind::Type(TypedType::Integer(it)) => scalar::integer(it),
        SchemaKind::Type(TypedType::Number(it)) => scalar::number(it),
        SchemaKind::Type(TypedType::Boolean(it)) if it.enumeration.len() == 1 => {
            Type::Unsupported("a boolean that has one value only".to_owned())
        }
        SchemaKind::Type(TypedType::Boolean(_)) => Type::Boolean,
        SchemaKind::Type(TypedType::Array(it)) => composite::array(it, raw, pointer),
        SchemaKind::Type(TypedType::Object(it)) => composite::object(it, raw, pointer),
        SchemaKind::AllOf { all_of } => composite::all_of(all_of, raw, pointer),
        SchemaKind::OneOf { one_of } => composite::one_of("oneOf", one_of, raw, pointer),
        SchemaKind::AnyOf { any_of } => composite::one_of("anyOf", any_of, raw, pointer),
        SchemaKind::Not { .. } => {
            Type::Unsupported("`not` excludes, and does not say what is meant".to_owned())
        }
        SchemaKind::Any(it) => composite::untyped(it, raw, pointer),
    }
}
