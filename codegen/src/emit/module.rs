//! Prints the modules of a crate: one per resource, the shared types, the paging styles.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::{Layout, Own, format, group, tool, types};
use crate::{
    plan::{AnswerPlan, ToolPlan, VendorPlan, types::RESERVED},
    vendor::Paging,
    words::snake,
};

/// The module of a resource, or of the resources whose paths begin alike.
pub(super) fn resource(
    tools: &[&ToolPlan],
    own: &Own<'_>,
    plan: &VendorPlan,
    layout: &Layout,
) -> String {
    let table = tool::table(tools, &plan.groups);
    let items = items(own, plan, &TokenStream::new());
    let texts = std::iter::once(format::table(&table)).chain(items.iter().map(format::item));
    let texts: Vec<_> = texts.collect();
    let items: Vec<_> = std::iter::once(table).chain(items).collect();
    format::module(
        &about(tools),
        &layout.notice(),
        &uses(&items, own, plan),
        &texts,
    )
}

/// What the one resource is; of several, where their paths begin.
fn about(tools: &[&ToolPlan]) -> String {
    let resources: BTreeSet<&str> = tools.iter().map(|it| it.resource.about.as_str()).collect();
    if let [about] = resources.iter().collect::<Vec<_>>().as_slice() {
        return (**about).to_owned();
    }
    let paths: Vec<Vec<&str>> = tools
        .iter()
        .map(|it| it.path.split('/').collect())
        .collect();
    let first = paths.first().cloned().unwrap_or_default();
    let shared = (0..first.len()).take_while(|index| {
        let has = |it: &Vec<&str>| it.get(*index) == first.get(*index);
        paths.iter().all(has)
    });
    format!("Operations under `{}`.", first[..shared.count()].join("/"))
}

fn items(own: &Own<'_>, plan: &VendorPlan, visibility: &TokenStream) -> Vec<TokenStream> {
    let groups = own.groups.iter();
    let groups = groups.flat_map(|it| group::items(it, &plan.types, visibility));
    let types = own.types.iter();
    let types = types.flat_map(|it| types::items(it, &plan.types, &plan.spec_path, visibility));
    groups.chain(types).collect()
}

/// The types that several files use.
pub(super) fn types(shared: &Own<'_>, plan: &VendorPlan, layout: &Layout) -> String {
    let items = items(shared, plan, &quote! { pub(crate) });
    format::module(
        "Types that several resources share.",
        &layout.notice(),
        &uses(&items, shared, plan),
        &items.iter().map(format::item).collect::<Vec<_>>(),
    )
}

/// The paging styles that the tools name, if any.
pub(super) fn paging(plan: &VendorPlan, tools: &[&ToolPlan], layout: &Layout) -> Option<String> {
    let named: BTreeSet<&str> = tools
        .iter()
        .filter_map(|it| match &it.answer {
            AnswerPlan::List { paging, .. } if paging != "none" => Some(paging.as_str()),
            _ => None,
        })
        .collect();
    let styles = named
        .into_iter()
        .filter_map(|name| plan.docs.paging.get_key_value(name));
    let items: Vec<_> = styles
        .map(|(name, style)| style_item(name, style))
        .collect();
    if items.is_empty() {
        return None;
    }
    Some(format::module(
        "How lists are paged.",
        &layout.notice(),
        &uses(&items, &Own::default(), plan),
        &items.iter().map(format::item).collect::<Vec<_>>(),
    ))
}

/// Name of a paging style's constant.
pub(super) fn style_name(name: &str) -> Ident {
    format_ident!("{}", snake(name).to_uppercase())
}

fn style_item(name: &str, style: &Paging) -> TokenStream {
    let constant = style_name(name);
    let heading = format::docs(&format!("The style `{name}` of vendor.yaml."));
    let (default, max, first) = (style.default_size, style.max_size, style.first);
    let [default, max, first] = [default, max, first].map(proc_macro2::Literal::u32_unsuffixed);
    let sizes = quote! { Sizes { default: #default, max: #max } };
    let Paging {
        page,
        offset,
        cursor,
        size,
        next,
        ..
    } = style;
    let value = match style.style.as_str() {
        "page" => {
            let last_page = option(style.last_page.as_ref());
            quote! { Paging::Page { page: #page, size: #size, first: #first, sizes: #sizes, last_page: #last_page } }
        }
        "offset" => {
            let total = option(style.total.as_ref());
            quote! { Paging::Offset { offset: #offset, size: #size, sizes: #sizes, total: #total } }
        }
        "cursor" => {
            let in_body = style.r#in == "body";
            quote! { Paging::Cursor { cursor: #cursor, size: #size, in_body: #in_body, sizes: #sizes, next: #next } }
        }
        "link" => {
            quote! { Paging::Link { page: #page, size: #size, first: #first, sizes: #sizes } }
        }
        "forward" => {
            let Paging {
                after,
                key,
                header,
                value,
                ..
            } = style;
            quote! {
                Paging::Forward {
                    page: #page, size: #size, first: #first, sizes: #sizes,
                    after: #after, key: #key, header: (#header, #value),
                }
            }
        }
        _ => quote! { Paging::None },
    };
    quote! {
        #heading
        pub(crate) const #constant: Paging = #value;
    }
}

fn option(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}

/// What the items name: of the runtime, of the paging styles, and of the types that stand elsewhere.
pub(super) fn uses(items: &[TokenStream], here: &Own<'_>, plan: &VendorPlan) -> Vec<TokenStream> {
    let mut named = BTreeSet::new();
    items
        .iter()
        .for_each(|it| identifiers(it.clone(), &mut named));
    let mut uses = Vec::new();
    let runtime: Vec<_> = RESERVED
        .iter()
        .filter(|it| named.contains(**it))
        .map(types::ident)
        .collect();
    let is_elsewhere = |name: &&String| {
        let is_type = plan.types.binary_search_by(|it| it.name.cmp(name)).is_ok();
        (is_type || plan.groups.iter().any(|it| it.name == **name)) && !here.has(name)
    };
    let elsewhere: Vec<_> = named
        .iter()
        .filter(is_elsewhere)
        .map(types::ident)
        .collect();
    uses.push(quote! { use runtime::{#(#runtime),*}; });
    if !elsewhere.is_empty() {
        uses.push(quote! { use crate::types::{#(#elsewhere),*}; });
    }
    if named.contains("paging") {
        uses.push(quote! { use crate::paging; });
    }
    uses
}

/// Names at the head of a path: not what follows `::` or `.`, no key of a struct, no variant of an enum.
fn identifiers(tokens: TokenStream, named: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(it)
                if is_word(index.checked_sub(2).and_then(|it| tokens.get(it)), "enum") =>
            {
                held(it.stream(), named);
            }
            // What `json_of!` is given are variants.
            TokenTree::Group(_)
                if is_word(
                    index.checked_sub(2).and_then(|it| tokens.get(it)),
                    "json_of",
                ) => {}
            TokenTree::Group(it) => identifiers(it.stream(), named),
            TokenTree::Ident(it) => {
                let before = |back: usize| index.checked_sub(back).and_then(|it| tokens.get(it));
                let is_tail = is_punct(before(1), '.')
                    || (is_punct(before(1), ':') && is_punct(before(2), ':'));
                let is_key =
                    is_punct(tokens.get(index + 1), ':') && !is_punct(tokens.get(index + 2), ':');
                if !is_tail && !is_key {
                    named.insert(it.to_string());
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// What the variants of an enum hold.
fn held(variants: TokenStream, named: &mut BTreeSet<String>) {
    for token in variants {
        if let TokenTree::Group(it) = token
            && it.delimiter() == Delimiter::Parenthesis
        {
            identifiers(it.stream(), named);
        }
    }
}

fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == mark)
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(it)) if it == word)
}
