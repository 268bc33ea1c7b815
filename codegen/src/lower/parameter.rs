//! Lowers one parameter: where it is carried, and how it is written there.

use std::rc::Rc;

use openapiv3::{Parameter as Typed, ParameterSchemaOrContent, PathStyle, QueryStyle};
use serde_json::Value;

use super::{answer::malformed, schema, typed};
use crate::{
    api::{Carrier, Flaw, Parameter, Provenance, Schema, Style, StyleName, Type, essence, is_json},
    report::escape,
};

/// Lowers a parameter.
pub(super) fn lower(raw: &Value, pointer: &str) -> Result<Parameter, Flaw> {
    let typed: Typed = typed::read(raw).map_err(|it| malformed(pointer, "parameter", &it))?;
    let data = typed.parameter_data_ref();
    let (carrier, style) = style(&typed);
    let (style, mut schema) = match &data.format {
        ParameterSchemaOrContent::Schema(_) => {
            let pointer = format!("{pointer}/schema");
            (style, schema::lower(&raw["schema"], &pointer))
        }
        ParameterSchemaOrContent::Content(_) => content(style, raw, pointer),
    };
    if let Some(reason) = unsayable(carrier, style, &data.name) {
        schema.ty = Type::Unsupported(reason.to_owned());
    }
    let description = data.description.as_deref().unwrap_or(&schema.description);
    Ok(Parameter {
        name: data.name.clone(),
        carrier,
        style,
        required: data.required || carrier == Carrier::Path,
        description: description.split_whitespace().collect::<Vec<_>>().join(" "),
        provenance: Provenance::of(raw.get("x-provenance")).or(schema.provenance),
        schema: Rc::new(schema),
        pointer: pointer.to_owned(),
    })
}

/// Where a parameter goes, and how it is written if it has a schema.
fn style(typed: &Typed) -> (Carrier, Style) {
    let explode = typed.parameter_data_ref().explode;
    let (carrier, name) = match typed {
        Typed::Path { style, .. } => (
            Carrier::Path,
            match style {
                PathStyle::Simple => StyleName::Simple,
                PathStyle::Label => StyleName::Label,
                PathStyle::Matrix => StyleName::Matrix,
            },
        ),
        Typed::Query { style, .. } => (
            Carrier::Query,
            match style {
                QueryStyle::Form => StyleName::Form,
                QueryStyle::SpaceDelimited => StyleName::SpaceDelimited,
                QueryStyle::PipeDelimited => StyleName::PipeDelimited,
                QueryStyle::DeepObject => StyleName::DeepObject,
            },
        ),
        Typed::Header { .. } => (Carrier::Header, StyleName::Simple),
        Typed::Cookie { .. } => (Carrier::Cookie, StyleName::Form),
    };
    let allow_reserved = matches!(
        typed,
        Typed::Query {
            allow_reserved: true,
            ..
        }
    );
    let style = Style {
        allow_reserved,
        ..Style::new(name, explode)
    };
    (carrier, style)
}

/// A parameter with `content`: the JSON of its value, or a plain text.
fn content(style: Style, raw: &Value, pointer: &str) -> (Style, Schema) {
    let pointer = format!("{pointer}/content");
    let unsupported = |reason: String| {
        let ty = Type::Unsupported(reason);
        let pointer = pointer.clone();
        (
            style,
            Schema {
                pointer,
                ty,
                ..Schema::default()
            },
        )
    };
    let mut entries = raw["content"].as_object().into_iter().flatten();
    let (Some((media_type, media)), None) = (entries.next(), entries.next()) else {
        return unsupported("a parameter whose `content` is not exactly one".to_owned());
    };
    let is_text = essence(media_type) == "text/plain";
    if !is_json(media_type) && !is_text {
        return unsupported(format!("a parameter of `{media_type}`"));
    }
    let Some(own) = media.get("schema") else {
        return unsupported("a parameter whose `content` has no schema".to_owned());
    };
    let pointer = format!("{pointer}/{}/schema", escape(media_type));
    let name = if is_text { style.name } else { StyleName::Json };
    (Style { name, ..style }, schema::lower(own, &pointer))
}

/// Why a parameter cannot be carried, whatever its type, if so.
fn unsayable(carrier: Carrier, style: Style, name: &str) -> Option<&'static str> {
    match carrier {
        Carrier::Header if !is_token(name) || is_sent_anyway(name) => {
            Some("a header whose name HTTP does not allow")
        }
        Carrier::Cookie if !is_token(name) => Some("a cookie whose name HTTP does not allow"),
        Carrier::Cookie if style.name == StyleName::Json => {
            Some("JSON in a cookie, which cannot hold quotes and commas")
        }
        _ => None,
    }
}

/// Whether a name can be that of a header or a cookie (RFC 9110 section 5.6.2).
fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
}

/// The headers that whoever sends a request sets itself.
fn is_sent_anyway(name: &str) -> bool {
    let names = [
        "connection",
        "content-length",
        "cookie",
        "host",
        "transfer-encoding",
    ];
    names.contains(&name.to_lowercase().as_str())
}
