//! Prints one tool: its typed request, its reader and its writer.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::{
    format::docs,
    types::{field_row, ident, optional, or_named, read, rust_type, unique},
};
use crate::{
    api::Verb,
    docs::{Effect, GuidanceDocs, ReadDocs},
    plan::{
        AnswerPlan, Encoding, Fixed, InputPlan, Otherwise, ToolPlan,
        types::{RustType, TypePlan},
    },
    words::{camel, field},
};

/// The items of a tool. `listings` leads from the module's file to the listings.
pub(super) fn items(tool: &ToolPlan, types: &[TypePlan], listings: &str) -> Vec<TokenStream> {
    let name = format_ident!("{}", tool.rust_name);
    let heading = docs(&format!(
        "{}: `{}`.\n\n{}#{}",
        tool.title.trim_end_matches('.'),
        tool.operation,
        tool.file,
        tool.pointer
    ));
    let fields: Vec<_> = unique(tool.inputs.iter().map(|it| field(&it.name)))
        .into_iter()
        .map(ident)
        .collect();
    let heads = tool
        .inputs
        .iter()
        .map(|it| docs(or_named(&it.description, &it.wire).as_ref()));
    let tys = tool.inputs.iter().map(|it| field_type(it, types));
    let about = about(tool, listings);
    let reads = tool.inputs.iter().map(|it| reader(it, types));
    let args = if tool.inputs.is_empty() {
        quote! { _args }
    } else {
        quote! { args }
    };
    let writes = writes(tool, &fields);
    let call = if writes.is_empty() {
        quote! { _call }
    } else {
        quote! { call }
    };
    let shape = if fields.is_empty() {
        quote! { ; }
    } else {
        quote! { { #(#heads pub #fields: #tys,)* } }
    };
    let value = if fields.is_empty() {
        quote! { Self }
    } else {
        quote! { Self { #(#fields: #reads,)* } }
    };
    vec![
        quote! {
            #heading
            pub struct #name #shape
        },
        quote! {
            impl Tool for #name {
                const ABOUT: About = #about;
                fn read(#args: &mut Args) -> Self { #value }
                fn write(self, #call: &mut Call) { #(#writes)* }
            }
        },
    ]
}

fn field_type(input: &InputPlan, types: &[TypePlan]) -> TokenStream {
    let ty = rust_type(&input.ty, types);
    let is_always_there = matches!(input.ty, RustType::Page { .. } | RustType::Clauses(_));
    optional(ty, input.required || is_always_there)
}

fn reader(input: &InputPlan, types: &[TypePlan]) -> TokenStream {
    match input.ty {
        RustType::Page { max, .. } => {
            let max = proc_macro2::Literal::u32_unsuffixed(max);
            quote! { args.page(#max) }
        }
        RustType::Clauses(id) => {
            let (name, table) = (&input.name, ident(&types[id].name));
            quote! { args.clauses(#name, #table) }
        }
        _ => read(&input.name, input.required, &input.limits),
    }
}

fn writes(tool: &ToolPlan, fields: &[proc_macro2::Ident]) -> Vec<TokenStream> {
    let mut writes = Vec::new();
    if tool.has_object_body {
        writes.push(quote! { call.body_object(); });
    }
    writes.extend(tool.fixed.iter().map(fixed));
    writes.extend(tool.inputs.iter().zip(fields).map(|(input, field)| {
        let value = quote! { self.#field };
        write(&told(input, tool), &input.encoding, &input.wire, &value)
    }));
    writes.retain(|it| !it.is_empty());
    writes.extend(tool.otherwise.as_ref().map(otherwise));
    if tool.update {
        writes.push(quote! { call.some_change(); });
    }
    writes
}

/// The call, told of the input where a mistake could be told under the vendor's name that the caller does not know.
fn told(input: &InputPlan, tool: &ToolPlan) -> TokenStream {
    let name = &input.name;
    let vendors = match &input.encoding {
        Encoding::Path | Encoding::QueryComma | Encoding::Header | Encoding::Replace => &input.wire,
        Encoding::Body if is_spoken_of(input, tool) => &input.wire,
        Encoding::Clause { field, .. } => &field.path,
        Encoding::Query
        | Encoding::Body
        | Encoding::WholeBody
        | Encoding::Remove
        | Encoding::Null
        | Encoding::Raw(_)
        | Encoding::Clauses
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
fn is_spoken_of(input: &InputPlan, tool: &ToolPlan) -> bool {
    let clears = tool.inputs.iter().any(|it| it.encoding == Encoding::Null);
    let otherwise = tool.otherwise.as_ref();
    clears || otherwise.is_some_and(|it| it.any_of.contains(&input.wire))
}

fn otherwise(it: &Otherwise) -> TokenStream {
    let (any_of, wire, value) = (&it.any_of, &it.wire, constant(&it.value));
    quote! { call.otherwise(&[#(#any_of),*], #wire, #value); }
}

/// A part of the call; `call` is the call, or the call told of the input.
fn write(call: &TokenStream, encoding: &Encoding, wire: &str, value: &TokenStream) -> TokenStream {
    match encoding {
        Encoding::Path => quote! { #call.path(#wire, #value); },
        Encoding::Query => quote! { #call.query(#wire, #value); },
        Encoding::QueryComma => quote! { #call.query_comma(#wire, #value); },
        Encoding::Header => quote! { #call.header(#wire, #value); },
        Encoding::Body => quote! { #call.body(#wire, #value); },
        Encoding::WholeBody => quote! { #call.whole_body(#value); },
        Encoding::Replace => quote! { #call.replace(#wire, #value); },
        Encoding::Remove => quote! { #call.remove(#value); },
        Encoding::Null => quote! { #call.null(#value); },
        Encoding::Raw(media_type) => quote! { #call.raw(#media_type, #value); },
        Encoding::Clauses => quote! { #call.clauses(#wire, #value); },
        Encoding::Clause { field, operator } => {
            let (field, operator) = (field_row(field), ident(camel(operator)));
            quote! { #call.clause(#wire, #field, Operator::#operator, #value); }
        }
        Encoding::Page => quote! { #call.page(#value); },
        // The runtime hands the arguments on to the parts' own tools.
        Encoding::Part => quote! {},
    }
}

fn fixed(fixed: &Fixed) -> TokenStream {
    let value = constant(&fixed.value);
    write(&quote! { call }, &fixed.encoding, &fixed.wire, &value)
}

/// A constant, as an owned value of the runtime's.
fn constant(value: &Value) -> TokenStream {
    match value {
        Value::Bool(it) => quote! { #it },
        Value::Number(it) if it.is_i64() => {
            let it = proc_macro2::Literal::i64_suffixed(it.as_i64().unwrap_or_default());
            quote! { #it }
        }
        Value::Number(it) => {
            let it = proc_macro2::Literal::f64_suffixed(it.as_f64().unwrap_or_default());
            quote! { #it }
        }
        other => {
            let text = other.as_str().unwrap_or_default();
            quote! { String::from(#text) }
        }
    }
}

fn about(tool: &ToolPlan, listings: &str) -> TokenStream {
    let ToolPlan {
        name, tags, path, ..
    } = tool;
    let listing = format!("{listings}{name}.json");
    let resource = &tool.resource.plural;
    let method = method(&tool.method);
    let effect = format_ident!(
        "{}",
        match tool.effect {
            Effect::Read => "Read",
            Effect::Write => "Write",
            Effect::Destroy => "Destroy",
        }
    );
    let verb = format_ident!(
        "{}",
        match tool.verb {
            Verb::Get => "Get",
            Verb::Post => "Post",
            Verb::Put => "Put",
            Verb::Patch => "Patch",
            Verb::Delete => "Delete",
        }
    );
    let answer = answer(&tool.answer);
    let guidance = tool.guidance.iter().map(guidance);
    quote! {
        About {
            name: #name,
            listing: include_str!(#listing),
            resource: #resource,
            method: #method,
            effect: Effect::#effect,
            tags: &[#(#tags),*],
            verb: Verb::#verb,
            path: #path,
            answer: #answer,
            guidance: &[#(#guidance),*],
        }
    }
}

fn method(method: &str) -> TokenStream {
    match method {
        "list" => quote! { Method::List },
        "get" => quote! { Method::Get },
        "create" => quote! { Method::Create },
        "update" => quote! { Method::Update },
        "replace" => quote! { Method::Replace },
        "delete" => quote! { Method::Delete },
        custom => quote! { Method::Custom(#custom) },
    }
}

fn answer(answer: &AnswerPlan) -> TokenStream {
    match answer {
        AnswerPlan::List { records, paging } if paging == "none" => {
            quote! { Answer::List { records: #records, paging: Paging::None } }
        }
        AnswerPlan::List { records, paging } => {
            let style = super::module::style_name(paging);
            quote! { Answer::List { records: #records, paging: paging::#style } }
        }
        AnswerPlan::Single { record } => quote! { Answer::Single { record: #record } },
        AnswerPlan::Deleted => quote! { Answer::Deleted },
        AnswerPlan::Nothing => quote! { Answer::Nothing },
        AnswerPlan::File { media_type } => quote! { Answer::File { media_type: #media_type } },
        AnswerPlan::Parts(parts) => {
            let parts = parts.iter().map(|(key, read)| part(key, read));
            quote! { Answer::Parts { parts: &[#(#parts),*] } }
        }
    }
}

fn part(key: &str, read: &ReadDocs) -> TokenStream {
    let ReadDocs { tool, required, .. } = read;
    let (names, inputs) = (read.inputs.keys(), read.inputs.values());
    let (shown, paths) = (read.show.keys(), read.show.values());
    let arguments = raw(&Value::Object(read.arguments.clone()).to_string());
    quote! {
        Part {
            key: #key,
            tool: #tool,
            inputs: &[#((#names, #inputs)),*],
            arguments: #arguments,
            show: &[#((#shown, #paths)),*],
            required: #required,
        }
    }
}

/// JSON as a text that a reader can read.
fn raw(json: &str) -> Literal {
    let mut fence = "#".to_owned();
    while json.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    let literal = format!("r{fence}\"{json}\"{fence}").parse();
    literal.unwrap_or_else(|_| Literal::string(json))
}

fn guidance(it: &GuidanceDocs) -> TokenStream {
    let statuses = it
        .status
        .iter()
        .map(|it| proc_macro2::Literal::u16_unsuffixed(*it));
    let (mentions, say) = (&it.mentions, it.say.trim());
    quote! { Guidance { statuses: &[#(#statuses),*], mentions: #mentions, say: #say } }
}
