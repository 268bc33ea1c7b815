//! Prints what a tool's inputs are read as: a typed struct, its reader and its writer.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::{
    format::docs,
    types::{compared, described, ident, optional, read, rust_type},
};
use crate::{
    api::{Carrier, Style, StyleName},
    plan::{
        EmptyBody, Encoding, Fixed, InputPlan, Otherwise,
        groups::{Content, GroupPlan},
        types::{RustType, TypePlan},
    },
    words::{camel, field, unique},
};

/// The items of a group; `visibility` is empty where only its own file names it.
pub(super) fn items(
    plan: &GroupPlan,
    types: &[TypePlan],
    visibility: &TokenStream,
) -> Vec<TokenStream> {
    match plan.content.path_input() {
        Some(input) => path(plan, input, types, visibility),
        None => several(plan, types, visibility),
    }
}

/// One input that fills a placeholder of the path.
fn path(
    plan: &GroupPlan,
    input: &InputPlan,
    types: &[TypePlan],
    visibility: &TokenStream,
) -> Vec<TokenStream> {
    let name = ident(&plan.name);
    let heading = docs(&format!(
        "The input `{}`, which fills `{{{}}}` of a path.",
        input.name, input.wire
    ));
    let (ty, read) = (field_type(input, types), reader(input, types));
    let write = write(input, &plan.content, &quote! { self.0 });
    vec![
        quote! {
            #heading
            #visibility struct #name(#ty);
        },
        quote! {
            impl Inputs for #name {
                fn read(args: &mut Args) -> Self { Self(#read) }
                fn write(self, call: &mut Call) { #write }
            }
        },
    ]
}

fn several(plan: &GroupPlan, types: &[TypePlan], visibility: &TokenStream) -> Vec<TokenStream> {
    let name = format_ident!("{}", plan.name);
    let Content { inputs, .. } = &plan.content;
    let heading = docs(&heading(&plan.tools));
    let fields: Vec<_> = unique(inputs.iter().map(|it| field(&it.name)))
        .into_iter()
        .map(ident)
        .collect();
    let heads = inputs.iter().map(head);
    let tys = inputs.iter().map(|it| field_type(it, types));
    let reads = inputs.iter().map(|it| reader(it, types));
    let writes = writes(&plan.content, &fields);
    let (args, shape, value) = if fields.is_empty() {
        (quote! { _ }, quote! { ; }, quote! { Self })
    } else {
        (
            quote! { args },
            quote! { { #(#heads #fields: #tys,)* } },
            quote! { Self { #(#fields: #reads,)* } },
        )
    };
    vec![
        quote! {
            #heading
            #visibility struct #name #shape
        },
        quote! {
            impl Inputs for #name {
                fn read(#args: &mut Args) -> Self { #value }
                fn write(self, call: &mut Call) { #(#writes)* }
            }
        },
    ]
}

/// Which tools take it.
fn heading(tools: &[String]) -> String {
    match tools {
        [] => String::new(),
        [tool] => format!("Inputs of `{tool}`."),
        [first, second] => format!("Inputs of `{first}` and `{second}`."),
        [first, rest @ ..] => format!("Inputs of `{first}` and {} more.", rest.len()),
    }
}

/// What is said of an input, unless codegen says it of every list.
fn head(input: &InputPlan) -> Option<TokenStream> {
    match input.encoding {
        Encoding::Clauses | Encoding::Order | Encoding::Fields(_) | Encoding::Page => None,
        _ => described(&input.description),
    }
}

fn field_type(input: &InputPlan, types: &[TypePlan]) -> TokenStream {
    let ty = rust_type(&input.ty, types);
    let is_always_there = matches!(
        input.ty,
        RustType::Page { .. }
            | RustType::Clauses(_)
            | RustType::ChildClauses(_)
            | RustType::CustomFieldClauses
            | RustType::Order(_)
            | RustType::Fields(_)
    );
    if input.clearable {
        return quote! { Change<#ty> };
    }
    optional(ty, input.required || is_always_there)
}

fn reader(input: &InputPlan, types: &[TypePlan]) -> TokenStream {
    match &input.ty {
        RustType::Page { max, .. } => {
            let max = Literal::u32_unsuffixed(*max);
            quote! { args.page(#max) }
        }
        RustType::Clauses(id) => {
            let (name, table) = (&input.name, ident(&types[*id].name));
            quote! { args.clauses(#name, #table) }
        }
        RustType::ChildClauses(id) => {
            let (name, table) = (&input.name, ident(&types[*id].name));
            quote! { args.child_clauses(#name, #table) }
        }
        RustType::CustomFieldClauses => {
            let name = &input.name;
            quote! { args.custom_field_clauses(#name) }
        }
        RustType::Order(paths) => {
            let name = &input.name;
            quote! { args.order(#name, &[#(#paths),*]) }
        }
        RustType::Fields(id) => {
            let (name, table) = (&input.name, ident(&types[*id].name));
            quote! { args.paths(#name, #table) }
        }
        _ if input.clearable => read("change", &input.name, &input.limits),
        _ if input.required => read("required", &input.name, &input.limits),
        _ => read("optional", &input.name, &input.limits),
    }
}

fn writes(content: &Content, fields: &[proc_macro2::Ident]) -> Vec<TokenStream> {
    let mut writes = Vec::new();
    match content.empty_body {
        EmptyBody::None => {}
        EmptyBody::Object => writes.push(quote! { call.body_object(); }),
        EmptyBody::Fields => writes.push(quote! { call.urlencoded(); }),
        EmptyBody::Parts => writes.push(quote! { call.form(); }),
    }
    let body_type = content.body_type.iter();
    writes.extend(body_type.map(|it| quote! { call.body_type(#it); }));
    writes.extend(content.fixed.iter().map(fixed));
    let inputs = content.inputs.iter().zip(fields);
    writes.extend(inputs.map(|(input, field)| write(input, content, &quote! { self.#field })));
    writes.extend(content.otherwise.as_ref().map(otherwise));
    if content.update {
        writes.push(quote! { call.some_change(); });
    }
    writes
}

fn otherwise(it: &Otherwise) -> TokenStream {
    let (any_of, wire, value) = (&it.any_of, &it.wire, constant(&it.value));
    quote! { call.otherwise(&[#(#any_of),*], #wire, #value); }
}

fn write(input: &InputPlan, content: &Content, value: &TokenStream) -> TokenStream {
    let call = told(input, content);
    match &input.encoding {
        Encoding::File(types) if matches!(input.ty, RustType::List(_)) => {
            let wire = &input.wire;
            quote! { #call.files(#wire, &[#(#types),*], #value); }
        }
        encoding => encode(&call, encoding, &input.wire, value),
    }
}

/// The call, told of the input where a mistake could be told under the vendor's name that the caller does not know.
fn told(input: &InputPlan, content: &Content) -> TokenStream {
    let name = &input.name;
    let vendors = match &input.encoding {
        Encoding::Path
        | Encoding::QueryComma
        | Encoding::Header
        | Encoding::Styled(..)
        | Encoding::Field(_)
        | Encoding::Order
        | Encoding::Raw(_)
        | Encoding::File(_) => &input.wire,
        Encoding::Body if is_spoken_of(input, content) => &input.wire,
        // The keys of a map are parameters of their own, and may be another's.
        Encoding::Query if matches!(input.ty, RustType::Map(_)) => &input.wire,
        Encoding::Clause { field, .. } => &field.path,
        Encoding::Query
        | Encoding::Body
        | Encoding::WholeBody
        | Encoding::Replace
        | Encoding::Clear
        | Encoding::Text(_)
        | Encoding::FormPart
        | Encoding::FormPartAs(_)
        | Encoding::FileName
        | Encoding::SaveAs
        | Encoding::Clauses
        | Encoding::Fields(_)
        | Encoding::Page
        | Encoding::Part => name,
    };
    if vendors == name {
        quote! { call }
    } else {
        quote! { call.input(#name) }
    }
}

/// Whether a mistake could name a property of the body.
fn is_spoken_of(input: &InputPlan, content: &Content) -> bool {
    let otherwise = content.otherwise.as_ref();
    otherwise.is_some_and(|it| it.any_of.contains(&input.wire))
}

/// A part of the call; `call` is the call, or the call told of the input.
fn encode(call: &TokenStream, encoding: &Encoding, wire: &str, value: &TokenStream) -> TokenStream {
    match encoding {
        Encoding::Path => quote! { #call.path(#wire, #value); },
        Encoding::Query => quote! { #call.query(#wire, #value); },
        Encoding::QueryComma => quote! { #call.query_comma(#wire, #value); },
        Encoding::Header => quote! { #call.header(#wire, #value); },
        Encoding::Styled(carrier, style) => {
            let reserved = style.allow_reserved.then(|| quote! { .allow_reserved() });
            let method = ident(parameter_method(*carrier, *style));
            quote! { #call #reserved.#method(#wire, #value); }
        }
        Encoding::Field(style) => {
            let method = ident(field_method(*style));
            quote! { #call.#method(#wire, #value); }
        }
        Encoding::Body => quote! { #call.body(#wire, #value); },
        Encoding::WholeBody => quote! { #call.whole_body(#value); },
        Encoding::Replace => quote! { #call.replace(#wire, #value); },
        Encoding::Raw(media_type) => quote! { #call.raw(#media_type, #value); },
        Encoding::Text(media_type) => quote! { #call.text(#media_type, #value); },
        Encoding::FormPart => quote! { #call.form_part(#wire, #value); },
        Encoding::FormPartAs(media_type) => {
            quote! { #call.form_part_as(#wire, #media_type, #value); }
        }
        Encoding::File(types) => quote! { #call.file(#wire, &[#(#types),*], #value); },
        Encoding::FileName => quote! { #call.file_name(#wire, #value); },
        Encoding::SaveAs => quote! { #call.save_as(#value); },
        Encoding::Clauses => quote! { #call.clauses(#wire, #value); },
        Encoding::Clause { field, operator } => {
            let (field, operator) = (compared(field), ident(camel(operator)));
            quote! { #call.clause(#wire, #field, Operator::#operator, #value); }
        }
        Encoding::Order => quote! { #call.order(#wire, #value); },
        Encoding::Fields(usual) => quote! { #call.fields(#wire, #value, #usual); },
        Encoding::Page => quote! { #call.page(#value); },
        Encoding::Part => quote! { #call.part(#value); },
        Encoding::Clear => TokenStream::new(),
    }
}

/// The method of the runtime that writes a parameter in a style.
fn parameter_method(carrier: Carrier, style: Style) -> String {
    let place = match carrier {
        Carrier::Path => "path",
        Carrier::Query => "query",
        Carrier::Header => "header",
        Carrier::Cookie => "cookie",
    };
    let manner = match style.name {
        StyleName::Simple => "",
        StyleName::Label => "_label",
        StyleName::Matrix => "_matrix",
        StyleName::Json => "_json",
        _ if carrier == Carrier::Query => return format!("query{}", pair_manner(style)),
        _ => "",
    };
    let exploded = if style.explode { "_exploded" } else { "" };
    format!("{place}{manner}{exploded}")
}

/// The method of the runtime that writes a field of a form in a style.
fn field_method(style: Style) -> String {
    format!("field{}", pair_manner(style))
}

fn pair_manner(style: Style) -> &'static str {
    match style.name {
        StyleName::Form if style.explode => "",
        StyleName::SpaceDelimited => "_space_delimited",
        StyleName::PipeDelimited => "_pipe_delimited",
        StyleName::DeepObject => "_deep_object",
        StyleName::Json => "_json",
        StyleName::Form | StyleName::Simple | StyleName::Label | StyleName::Matrix => "_comma",
    }
}

fn fixed(fixed: &Fixed) -> TokenStream {
    let value = constant(&fixed.value);
    encode(&quote! { call }, &fixed.encoding, &fixed.wire, &value)
}

/// A constant, as an owned value of the runtime's.
fn constant(value: &Value) -> TokenStream {
    match value {
        Value::Bool(it) => quote! { #it },
        Value::Number(it) if it.is_i64() => {
            let it = Literal::i64_suffixed(it.as_i64().unwrap_or_default());
            quote! { #it }
        }
        Value::Number(it) => {
            let it = Literal::f64_suffixed(it.as_f64().unwrap_or_default());
            quote! { #it }
        }
        other => {
            let text = other.as_str().unwrap_or_default();
            quote! { String::from(#text) }
        }
    }
}
