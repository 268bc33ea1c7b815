//! Prints a type that is one of several: an enum with a form for each, its reader and its writer.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::types::{described, ident, input, rows, rust_type};
use crate::plan::types::{Content, FormPlan, RustType, TypePlan};

/// The items of such a type. What is chosen is chosen by the runtime.
pub(super) fn one_of(
    name: &Ident,
    forms: &[FormPlan],
    types: &[TypePlan],
    head: &TokenStream,
) -> Vec<TokenStream> {
    let names: Vec<_> = forms.iter().map(|it| ident(&it.name)).collect();
    let heads = forms.iter().map(|it| described(&it.description));
    let tys = forms.iter().map(|it| rust_type(&it.ty, types));
    let rows = forms.iter().map(|it| row(it, types));
    vec![
        quote! {
            #head enum #name { #(#heads #names(#tys),)* }
        },
        input(
            name,
            quote! { args.one_of(&[#(#rows,)*]) },
            quote! { json_of!(self, #(#names),*) },
        ),
    ]
}

/// `OneOf::object("Card", &["number"], |args| Self::Card(Input::read(args))).tagged("kind", &["card"])`
fn row(form: &FormPlan, types: &[TypePlan]) -> TokenStream {
    let (label, name) = (&form.label, ident(&form.name));
    let read = quote! { |args| Self::#name(Input::read(args)) };
    let head = match (properties(&form.ty, types), constructor(&form.ty, types)) {
        (Some(properties), _) => {
            let needs = properties
                .iter()
                .filter(|it| it.required)
                .map(|it| &it.wire);
            quote! { OneOf::object(#label, &[#(#needs),*], #read) }
        }
        (None, constructor) => {
            let constructor = ident(constructor);
            quote! { OneOf::#constructor(#label, #read) }
        }
    };
    let tag = form.tag.as_ref().map(|(property, values)| {
        quote! { .tagged(#property, &[#(#values),*]) }
    });
    let limits = (!form.limits.is_empty()).then(|| {
        let rows = rows(&form.limits);
        quote! { .within(&[#rows]) }
    });
    quote! { #head #tag #limits }
}

/// The known properties of an object.
fn properties<'a>(
    ty: &RustType,
    types: &'a [TypePlan],
) -> Option<&'a [crate::plan::types::PropertyPlan]> {
    let RustType::Named(id) = ty else { return None };
    match &types[*id].content {
        Content::Object(properties) | Content::Open(properties, _) => Some(properties),
        _ => None,
    }
}

/// What kind of JSON a form is.
fn constructor(ty: &RustType, types: &[TypePlan]) -> &'static str {
    match ty {
        RustType::Bool => "boolean",
        RustType::Integer | RustType::Unsigned | RustType::Number | RustType::Decimal => "number",
        RustType::Text(_) | RustType::Date | RustType::DateTime | RustType::Bytes => "text",
        RustType::List(_) => "list",
        RustType::Map(_) => "map",
        RustType::Named(id) => match &types[*id].content {
            Content::Choice(_) => "text",
            Content::NumberChoice(_) => "number",
            _ => "any",
        },
        _ => "any",
    }
}
