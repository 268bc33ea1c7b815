//! Lowers one parameter: where it is carried, and whether its style can be said.

use std::rc::Rc;

use openapiv3::{
    Parameter as Typed, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle,
};
use serde_json::Value;

use super::{answer::malformed, schema, typed};
use crate::api::{Carrier, Flaw, Parameter, Provenance, Schema, Type};

/// Lowers a parameter.
pub(super) fn lower(raw: &Value, pointer: &str) -> Result<Parameter, Flaw> {
    let typed: Typed = typed::read(raw).map_err(|it| malformed(pointer, "parameter", &it))?;
    let data = typed.parameter_data_ref();
    let mut schema = parameter_schema(data, raw, pointer);
    let (carrier, unsupported) = carrier(&typed, &schema);
    if let Some(reason) = unsupported {
        schema.ty = Type::Unsupported(reason);
    }
    let description = data.description.as_deref().unwrap_or(&schema.description);
    Ok(Parameter {
        name: data.name.clone(),
        carrier,
        required: data.required || carrier == Carrier::Path,
        description: description.split_whitespace().collect::<Vec<_>>().join(" "),
        provenance: Provenance::of(raw.get("x-provenance")).or(schema.provenance),
        schema: Rc::new(schema),
        pointer: pointer.to_owned(),
    })
}

fn parameter_schema(data: &ParameterData, raw: &Value, pointer: &str) -> Schema {
    match &data.format {
        ParameterSchemaOrContent::Schema(_) => {
            schema::lower(&raw["schema"], &format!("{pointer}/schema"))
        }
        ParameterSchemaOrContent::Content(_) => Schema {
            pointer: pointer.to_owned(),
            ty: Type::Unsupported("a parameter with `content`".to_owned()),
            ..Schema::default()
        },
    }
}

/// Where a parameter goes, and the reason if its style cannot be said.
fn carrier(typed: &Typed, schema: &Schema) -> (Carrier, Option<String>) {
    let is_list = matches!(schema.ty, Type::List(..));
    match typed {
        Typed::Path {
            style: PathStyle::Simple,
            ..
        } => (
            Carrier::Path,
            is_list.then(|| "an array in the path".to_owned()),
        ),
        Typed::Path { style, .. } => (Carrier::Path, Some(format!("the path style {style:?}"))),
        Typed::Query {
            style: QueryStyle::Form,
            parameter_data,
            ..
        } => match parameter_data.explode {
            Some(false) => (Carrier::QueryComma, None),
            _ => (Carrier::Query, None),
        },
        Typed::Query { style, .. } => (Carrier::Query, Some(format!("the query style {style:?}"))),
        Typed::Header { parameter_data, .. } if !is_token(&parameter_data.name) => (
            Carrier::Header,
            Some("a header whose name HTTP does not allow".to_owned()),
        ),
        Typed::Header { .. } => (
            Carrier::Header,
            is_list.then(|| "an array in a header".to_owned()),
        ),
        Typed::Cookie { .. } => (Carrier::Header, Some("a cookie".to_owned())),
    }
}

/// Whether a name can be that of a header (RFC 9110 section 5.6.2), and is not one that the sender sets.
fn is_token(name: &str) -> bool {
    let is_sent_anyway = [
        "connection",
        "content-length",
        "cookie",
        "host",
        "transfer-encoding",
    ];
    !name.is_empty()
        && !is_sent_anyway.contains(&name.to_lowercase().as_str())
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
}
