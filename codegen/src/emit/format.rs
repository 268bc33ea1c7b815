//! Turns tokens into formatted text: item by item, so that a blank line stands between them.

use proc_macro2::TokenStream;
use quote::quote;

use super::fill::fill;

/// Formats an item.
pub(super) fn item(tokens: &TokenStream) -> String {
    let file =
        syn::parse2(tokens.clone()).unwrap_or_else(|it| panic!("codegen bug: {it} in {tokens}"));
    fill(&prettyplease::unparse(&file))
}

/// Formats a table whose rows have documentation, which becomes comments: the compiler takes documentation of items only.
pub(super) fn table(tokens: &TokenStream) -> String {
    let is_of_row = |line: &&str| line.starts_with(' ') && line.trim_start().starts_with("///");
    let mut text = String::new();
    for line in item(tokens).lines() {
        let line = match Some(line).filter(is_of_row) {
            Some(row) => row.replacen("///", "//", 1),
            None => line.to_owned(),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A module: its first line, the notice, its imports in one block, and its formatted items.
pub(super) fn module(
    first_line: &str,
    notice: &str,
    imports: &[TokenStream],
    parts: &[String],
) -> String {
    let mut text = format!("//! {}\n//!\n//! {notice}\n\n", printable(first_line));
    if !imports.is_empty() {
        imports.iter().for_each(|it| text.push_str(&item(it)));
        text.push('\n');
    }
    text + &parts.join("\n")
}

/// Documentation: one attribute per line, a space first.
pub(super) fn docs(text: &str) -> TokenStream {
    let lines = text.split('\n').map(|line| match printable(line) {
        line if line.is_empty() => line,
        line => format!(" {line}"),
    });
    quote! { #(#[doc = #lines])* }
}

/// A line without what a comment must not hold: control characters, and those that turn the direction of writing.
fn printable(line: &str) -> String {
    let is_turning = |it: char| matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line: String = line
        .chars()
        .map(|it| {
            if it.is_control() || is_turning(it) {
                ' '
            } else {
                it
            }
        })
        .collect();
    line.trim_end().to_owned()
}
