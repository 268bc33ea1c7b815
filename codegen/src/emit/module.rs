//! Prints the modules of a crate: one per resource, the shared types, the paging styles.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::{Layout, format, tool, types};
use crate::{
    plan::{
        AnswerPlan, ToolPlan, VendorPlan,
        types::{RESERVED, TypePlan},
    },
    vendor::Paging,
    words::snake,
};

/// The module of one resource.
pub(super) fn resource(
    tools: &[&ToolPlan],
    own: &[&TypePlan],
    plan: &VendorPlan,
    layout: &Layout,
    listings: &str,
) -> String {
    let mut items = Vec::new();
    for it in tools {
        items.extend(tool::items(it, &plan.types, listings));
    }
    for it in own {
        items.extend(types::items(it, &plan.types, &plan.spec_path));
    }
    let about = tools
        .first()
        .map(|it| it.resource.about.as_str())
        .unwrap_or_default();
    format::module(about, &layout.notice(), &uses(&items, own, plan), &items)
}

/// The types that several resources use.
pub(super) fn types(shared: &[&TypePlan], plan: &VendorPlan, layout: &Layout) -> String {
    let items: Vec<_> = shared
        .iter()
        .flat_map(|it| types::items(it, &plan.types, &plan.spec_path))
        .collect();
    format::module(
        "Types that several resources share.",
        &layout.notice(),
        &uses(&items, shared, plan),
        &items,
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
        &uses(&items, &[], plan),
        &items,
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
        _ => quote! { Paging::None },
    };
    quote! {
        #heading
        pub const #constant: Paging = #value;
    }
}

fn option(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}

/// What the items name: of the runtime, of the paging styles, and of the types that stand elsewhere.
pub(super) fn uses(
    items: &[TokenStream],
    here: &[&TypePlan],
    plan: &VendorPlan,
) -> Vec<TokenStream> {
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
        let found = plan.types.binary_search_by(|it| it.name.cmp(name));
        found.is_ok() && !here.iter().any(|it| it.name == **name)
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
            TokenTree::Group(_)
                if is_word(index.checked_sub(2).and_then(|it| tokens.get(it)), "enum") => {}
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

fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == mark)
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(it)) if it == word)
}
