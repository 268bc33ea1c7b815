//! Prints the generated types: enums, objects and field tables, with their readers and writers.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::{format::docs, forms};
use crate::{
    api::Limit,
    plan::{
        FieldPlan, Kind,
        types::{Content, PropertyPlan, RestPlan, RustType, TypePlan},
    },
    reference::Keys,
    words::{camel, field, unique},
};

/// The items of a generated type.
pub(super) fn items(
    plan: &TypePlan,
    types: &[TypePlan],
    spec: &str,
    visibility: &TokenStream,
) -> Vec<TokenStream> {
    let name = ident(&plan.name);
    let heading = heading(plan, spec);
    let is_choice = matches!(
        plan.content,
        Content::Choice(_) | Content::NumberChoice(_) | Content::Values(_)
    );
    let derive = is_choice.then(|| quote! { #[derive(Clone, Copy, PartialEq)] });
    let head = quote! { #heading #derive #visibility };
    match &plan.content {
        Content::Choice(values) => choice(&name, values, &head),
        Content::NumberChoice(values) => number_choice(&name, values, &head),
        Content::Values(values) => value_choice(&name, values, &head),
        Content::Object(properties) => object(&name, properties, None, types, &head),
        Content::Open(properties, rest) => object(&name, properties, Some(rest), types, &head),
        Content::OneOf(forms) => forms::one_of(&name, forms, types, &head),
        Content::Reference(keys) => reference(&name, keys, &head),
        Content::Fields(fields) => vec![table(&name, fields, &head)],
        Content::Paths(paths) => vec![path_table(&name, paths, &head)],
    }
}

/// The type's own description, and where it came from.
fn heading(plan: &TypePlan, spec: &str) -> TokenStream {
    let description = described(&plan.description);
    // A reference is of many places.
    let pointer = (!plan.pointer.is_empty()).then(|| docs(&format!("{spec}#{}", plan.pointer)));
    quote! { #description #pointer }
}

/// What is said of a type or an input, if anything is.
pub(super) fn described(description: &str) -> Option<TokenStream> {
    (!description.is_empty()).then(|| docs(description))
}

fn choice(name: &Ident, values: &[String], head: &TokenStream) -> Vec<TokenStream> {
    let variants: Vec<_> = unique(values.iter().map(|it| camel(it)))
        .into_iter()
        .map(ident)
        .collect();
    vec![
        quote! {
            #head enum #name { #(#variants,)* }
        },
        quote! {
            impl Choice for #name {
                const ALL: &'static [(&'static str, Self)] = &[#((#values, Self::#variants),)*];
            }
        },
    ]
}

fn number_choice(name: &Ident, values: &[i64], head: &TokenStream) -> Vec<TokenStream> {
    let variants: Vec<_> = unique(values.iter().map(|it| number_name(*it)))
        .into_iter()
        .map(ident)
        .collect();
    let values = values.iter().map(|it| Literal::i64_unsuffixed(*it));
    vec![
        quote! {
            #head enum #name { #(#variants,)* }
        },
        quote! {
            impl NumberChoice for #name {
                const ALL: &'static [(i64, Self)] = &[#((#values, Self::#variants),)*];
            }
        },
        input(
            name,
            quote! { args.number_choice() },
            quote! { self.wire() },
        ),
    ]
}

/// `N1`, `Minus1`
fn number_name(it: i64) -> String {
    let sign = if it < 0 { "Minus" } else { "N" };
    format!("{sign}{}", it.unsigned_abs())
}

fn value_choice(name: &Ident, values: &[Value], head: &TokenStream) -> Vec<TokenStream> {
    let variants: Vec<_> = unique(values.iter().map(value_name))
        .into_iter()
        .map(ident)
        .collect();
    let values = values.iter().map(Value::to_string);
    vec![
        quote! {
            #head enum #name { #(#variants,)* }
        },
        quote! {
            impl ValueChoice for #name {
                const ALL: &'static [(&'static str, Self)] = &[#((#values, Self::#variants),)*];
            }
        },
        input(name, quote! { args.value_choice() }, quote! { self.wire() }),
    ]
}

/// `N1_5`, `Minus0_5`, `True`, `Red`
fn value_name(value: &Value) -> String {
    let Value::Number(number) = value else {
        return match value {
            Value::String(text) => camel(text),
            other => camel(&other.to_string()),
        };
    };
    let text = number.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("Minus", digits),
        None => ("N", text.as_str()),
    };
    let digits = digits.replace(['.', '-'], "_").replace('+', "");
    format!("{sign}{digits}")
}

fn object(
    name: &Ident,
    properties: &[PropertyPlan],
    rest: Option<&RestPlan>,
    types: &[TypePlan],
    head: &TokenStream,
) -> Vec<TokenStream> {
    let names = properties.iter().map(|it| field(&it.wire));
    let names = names.chain(rest.map(|_| "rest".to_owned()));
    let mut fields: Vec<_> = unique(names).into_iter().map(ident).collect();
    let last = rest.and_then(|rest| {
        let (field, ty) = (fields.pop()?, rust_type(&rest.ty, types));
        let read = others(&rest.limits);
        Some((
            quote! { #field: Map<#ty>, },
            quote! { #field: #read, },
            quote! { .rest(self.#field) },
        ))
    });
    let (last_field, last_read, last_write) = last.unwrap_or_default();
    let heads = properties.iter().map(|it| described(&it.description));
    let tys = properties
        .iter()
        .map(|it| optional(rust_type(&it.ty, types), it.required));
    let reads = properties.iter().map(|it| {
        let method = if it.required { "required" } else { "optional" };
        read(method, &it.wire, &it.limits)
    });
    let wires = properties.iter().map(|it| &it.wire);
    let reader = if properties.is_empty() && rest.is_none() {
        quote! { args.object(); Self {} }
    } else {
        quote! { Self { #(#fields: #reads,)* #last_read } }
    };
    vec![
        quote! {
            #head struct #name { #(#heads #fields: #tys,)* #last_field }
        },
        input(
            name,
            reader,
            quote! { Object::new() #(.set(#wires, self.#fields))* #last_write .json() },
        ),
    ]
}

fn reference(name: &Ident, keys: &Keys, head: &TokenStream) -> Vec<TokenStream> {
    let (inner, reader, json) = match (&keys.number, &keys.text) {
        (Some(number), Some(text)) => (
            quote! { Reference },
            quote! { Self(args.reference(#text)) },
            quote! { self.0.json(#number, #text) },
        ),
        (Some(number), None) => (
            quote! { i64 },
            quote! { Self(Input::read(args)) },
            quote! { Object::new().set(#number, self.0).json() },
        ),
        (None, text) => (
            quote! { String },
            quote! { Self(args.name()) },
            quote! { Object::new().set(#text, self.0).json() },
        ),
    };
    vec![
        quote! {
            #head struct #name(#inner);
        },
        input(name, reader, json),
    ]
}

pub(super) fn input(name: &Ident, read: TokenStream, json: TokenStream) -> TokenStream {
    quote! {
        impl Input for #name {
            fn read(args: &mut Args) -> Self { #read }
            fn json(self) -> Value { #json }
        }
    }
}

fn table(name: &Ident, fields: &[FieldPlan], head: &TokenStream) -> TokenStream {
    let rows = fields.iter().map(field_row);
    quote! {
        #head static #name: &[Field] = &[#(#rows,)*];
    }
}

/// One line, since there are many of them: `id board(id,name)`.
fn path_table(name: &Ident, paths: &[(String, Vec<String>)], head: &TokenStream) -> TokenStream {
    let paths: Vec<String> = paths
        .iter()
        .map(|(property, parts)| match parts.as_slice() {
            [] => property.clone(),
            parts => format!("{property}({})", parts.join(",")),
        })
        .collect();
    let paths = paths.join(" ");
    quote! {
        #head static #name: &str = #paths;
    }
}

/// `Field::text_or_null("board/name")`
fn field_row(field: &FieldPlan) -> TokenStream {
    let null = if field.nullable { "_or_null" } else { "" };
    constructed(field, &format!("{}{null}", field.kind.word()))
}

/// `Field::text("board/name")`: what is compared, where it does not matter whether it may be null.
pub(super) fn compared(field: &FieldPlan) -> TokenStream {
    constructed(field, field.kind.word())
}

fn constructed(field: &FieldPlan, constructor: &str) -> TokenStream {
    let (path, constructor) = (&field.path, ident(constructor));
    let values = match &field.kind {
        Kind::Choice(values) => quote! { , &[#(#values),*] },
        Kind::Text | Kind::Number | Kind::Boolean | Kind::Time => quote! {},
    };
    quote! { Field::#constructor(#path #values) }
}

/// `args.required("id")`, `args.optional_within("name", &[…])`
pub(super) fn read(method: &str, key: &str, limits: &[Limit]) -> TokenStream {
    if limits.is_empty() {
        let method = ident(method);
        return quote! { args.#method(#key) };
    }
    let method = format_ident!("{method}_within");
    let rows = rows(limits);
    quote! { args.#method(#key, &[#rows]) }
}

/// `args.rest()`, `args.rest_within(&[…])`
fn others(limits: &[Limit]) -> TokenStream {
    match limits {
        [] => quote! { args.rest() },
        limits => {
            let rows = rows(limits);
            quote! { args.rest_within(&[#rows]) }
        }
    }
}

/// Limits, one after the other.
pub(super) fn rows(limits: &[Limit]) -> TokenStream {
    let rows = limits.iter().map(limit);
    quote! { #(#rows),* }
}

fn limit(limit: &Limit) -> TokenStream {
    match limit {
        Limit::MinLength(it) => length("MinLength", *it),
        Limit::MaxLength(it) => length("MaxLength", *it),
        Limit::MinItems(it) => length("MinItems", *it),
        Limit::MaxItems(it) => length("MaxItems", *it),
        Limit::MaxBytes(it) => length("MaxBytes", *it),
        Limit::MaxDepth(it) => length("MaxDepth", *it),
        Limit::Without(keys) => quote! { Limit::Without(&[#(#keys),*]) },
        Limit::Pattern(it) => quote! { Limit::Pattern(#it) },
        Limit::Minimum(it) => number("Minimum", *it),
        Limit::Maximum(it) => number("Maximum", *it),
        Limit::ExclusiveMinimum(it) => number("ExclusiveMinimum", *it),
        Limit::ExclusiveMaximum(it) => number("ExclusiveMaximum", *it),
        Limit::MultipleOf(it) => number("MultipleOf", *it),
        Limit::UniqueItems => quote! { Limit::UniqueItems },
        Limit::Each(each) => {
            let each = each.iter().map(self::limit);
            quote! { Limit::Each(&[#(#each),*]) }
        }
    }
}

fn length(variant: &str, it: usize) -> TokenStream {
    let variant = format_ident!("{variant}");
    let it = Literal::usize_unsuffixed(it);
    quote! { Limit::#variant(#it) }
}

fn number(variant: &str, it: f64) -> TokenStream {
    let variant = format_ident!("{variant}");
    // What `Debug` prints is short, `1e300`, and always a fraction, `1.0`.
    let text = format!("{:?}", it.abs());
    let literal: Result<Literal, _> = text.parse();
    let (sign, it) = (
        it.is_sign_negative(),
        literal.unwrap_or_else(|_| Literal::f64_unsuffixed(it.abs())),
    );
    if sign {
        quote! { Limit::#variant(-#it) }
    } else {
        quote! { Limit::#variant(#it) }
    }
}

/// The type of a field.
pub(super) fn rust_type(ty: &RustType, types: &[TypePlan]) -> TokenStream {
    match ty {
        RustType::Bool => quote! { bool },
        RustType::Integer => quote! { i64 },
        RustType::Unsigned => quote! { u64 },
        RustType::Number => quote! { f64 },
        RustType::Decimal => quote! { Decimal },
        RustType::Text(_) => quote! { String },
        RustType::Date => quote! { Date },
        RustType::DateTime => quote! { DateTime },
        RustType::Bytes => quote! { Bytes },
        RustType::Upload => quote! { Upload },
        RustType::Json => quote! { Json },
        RustType::List(items) => {
            let items = rust_type(items, types);
            quote! { Vec<#items> }
        }
        RustType::Map(values) => {
            let values = rust_type(values, types);
            quote! { Map<#values> }
        }
        RustType::Named(id) => {
            let name = format_ident!("{}", types[*id].name);
            quote! { #name }
        }
        RustType::Page { .. } => quote! { Page },
        RustType::Clauses(_) | RustType::ChildClauses(_) => quote! { Vec<Condition> },
        RustType::CustomFieldClauses => quote! { Vec<Condition<CustomFieldClause>> },
        // Each input that it may name says itself whether it is emptied.
        RustType::Clear(_) => quote! { () },
        RustType::Order(_) => quote! { Vec<Order> },
        RustType::Fields(_) => quote! { Fields },
    }
}

/// `Option<T>` unless required.
pub(super) fn optional(ty: TokenStream, required: bool) -> TokenStream {
    if required {
        ty
    } else {
        quote! { Option<#ty> }
    }
}

/// An identifier out of a finished name.
pub(super) fn ident(name: impl AsRef<str>) -> Ident {
    format_ident!("{}", name.as_ref())
}
