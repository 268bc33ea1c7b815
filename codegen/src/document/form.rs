//! Decides how each part of a form goes out: what `encoding` says of it, else what is usual for its type.

use std::rc::Rc;

use super::{Chosen, Role};
use crate::api::{Api, Format, PartEncoding, Schema, Style, StyleName, Type, is_json};

/// Decides it; what cannot be said, or is left undefined, gets a type that the gate refuses.
pub(super) fn settle(part: &mut Chosen, encoding: Option<&PartEncoding>, api: &Api) {
    let unstated = PartEncoding::default();
    let encoding = encoding.unwrap_or(&unstated);
    let decided = match part.role {
        Role::Field(_) => field(part, encoding, api).map(Role::Field),
        _ => multipart(part, encoding, api),
    };
    match decided {
        Ok(role) => part.role = role,
        Err(reason) => {
            let ty = Type::Unsupported(reason);
            part.schema = Rc::new(Schema {
                ty,
                ..Schema::clone(&part.schema)
            });
        }
    }
}

/// A field goes out by its style; without one, objects are JSON, and arrays are repeated.
fn field(part: &Chosen, encoding: &PartEncoding, api: &Api) -> Result<Style, String> {
    if let Some(style) = encoding.style {
        return Ok(style);
    }
    let style = Style::new(StyleName::Form, None);
    let json = Style {
        name: StyleName::Json,
        ..style
    };
    let stated = encoding.types.first();
    match (&*api.whole(&part.schema), stated) {
        (ty, None) if api.is_single(ty) => Ok(style),
        (ty, Some(stated)) if api.is_single(ty) && !is_json(stated) => Ok(style),
        (Type::List(items, _), None) if api.is_single(&api.whole(items)) => Ok(style),
        (Type::List(..), _) => Err(
            "an array of more than single values in a form, which OpenAPI leaves undefined"
                .to_owned(),
        ),
        (_, Some(stated)) if !is_json(stated) => Err(format!("a field of `{stated}`")),
        _ => Ok(json),
    }
}

/// A part is a file where it is bytes, or of a media type that is neither JSON nor text.
fn multipart(part: &Chosen, encoding: &PartEncoding, api: &Api) -> Result<Role, String> {
    let ty = api.whole(&part.schema);
    let item = match &*ty {
        Type::List(items, _) => &*api.whole(items),
        ty => ty,
    };
    let types = &encoding.types;
    let is_bytes = matches!(item, Type::Text(Format::Bytes, _));
    let takes_text = types
        .iter()
        .all(|it| is_json(it) || it.starts_with("text/"));
    let may_be_file = matches!(item, Type::Json | Type::Text(..));
    if is_bytes || may_be_file && !takes_text {
        return Ok(Role::File);
    }
    match types.first() {
        Some(stated) if !takes_text => Err(format!("a part of `{stated}`")),
        Some(stated) if !api.is_single(item) && !is_json(stated) => {
            Err(format!("a part of `{stated}`"))
        }
        _ => Ok(Role::Part),
    }
}
