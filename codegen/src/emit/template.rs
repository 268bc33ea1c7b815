//! Renders the templates; what comes from a spec cannot break out of its place in a page.

use minijinja::{
    Environment, UndefinedBehavior, Value,
    syntax::SyntaxConfig,
    value::{Serde, ValueKind},
};

use super::escape::{Links, Spot, block, code, label, text};
use crate::catalogue::Place;

/// The parts that several pages have.
const PARTS: [(&str, &str); 3] = [
    (
        "contents.md",
        include_str!("../../templates/contents.md.jinja"),
    ),
    ("group.md", include_str!("../../templates/group.md.jinja")),
    ("tool.md", include_str!("../../templates/tool.md.jinja")),
];

/// Renders a template; a name that the context lacks is a bug.
pub(super) fn render(template: &str, context: &serde_json::Value) -> String {
    render_page(template, context, &Links::default())
}

/// Renders a page that leads to others.
pub(super) fn render_page(template: &str, context: &serde_json::Value, links: &Links) -> String {
    let environment = environment(links);
    let text = environment.render_str(template, Serde(context));
    text.unwrap_or_else(|it| panic!("codegen bug: {it:#}"))
}

fn environment(links: &Links) -> Environment<'static> {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    let mut environment = Environment::new();
    environment.set_syntax(syntax.expect("codegen bug: the template syntax is contradictory"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, part) in PARTS {
        let added = environment.add_template(name, part);
        added.unwrap_or_else(|it| panic!("codegen bug: {it:#}"));
    }
    let own = links.clone();
    environment.add_filter("text", move |it: Value| words(&it, Spot::Line, &own));
    let own = links.clone();
    environment.add_filter("cell", move |it: Value| words(&it, Spot::Cell, &own));
    environment.add_filter("code", |it: String| code(&it, Spot::Line));
    environment.add_filter("code_cell", |it: String| code(&it, Spot::Cell));
    environment.add_filter("heading", |it: String| {
        text(&it, Spot::Line, &Links::default())
    });
    environment.add_filter("count", |it: u64| grouped(it));
    let own = links.clone();
    environment.add_filter("tool", move |it: String| own.tool(&it, Spot::Line));
    let own = links.clone();
    environment.add_filter("href", move |it: Value| href(&it, &own));
    environment.add_filter("block", |it: String, language: String| {
        block(&it, &language)
    });
    environment.add_filter("label", |it: String| label(&it));
    let up = links.up();
    environment.add_global("up", up);
    environment
}

/// A number with its thousands told apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A text, or a sentence of which some parts are code.
fn words(value: &Value, spot: Spot, links: &Links) -> String {
    if value.kind() != ValueKind::Seq {
        return text(value.as_str().unwrap_or_default(), spot, links);
    }
    let pieces = value.try_iter().into_iter().flatten();
    let pieces = pieces.map(|it| match it.get_attr("code") {
        Ok(code) if code.as_str().is_some() => links.tool(code.as_str().unwrap_or_default(), spot),
        _ => spaced(it.as_str().unwrap_or_default(), spot, links),
    });
    pieces.collect()
}

/// A text with the spaces around it that set it off from the code beside it.
fn spaced(piece: &str, spot: Spot, links: &Links) -> String {
    let lead = if piece.starts_with(' ') { " " } else { "" };
    let end = if piece.len() > 1 && piece.ends_with(' ') {
        " "
    } else {
        ""
    };
    format!("{lead}{}{end}", text(piece, spot, links))
}

/// From the page to where something stands.
fn href(value: &Value, links: &Links) -> String {
    let part = |name: &str| {
        let part = value.get_attr(name).unwrap_or_default();
        part.as_str().unwrap_or_default().to_owned()
    };
    links.to(&Place {
        page: part("page"),
        anchor: part("anchor"),
    })
}
