//! Renders the templates; what comes from a spec cannot break out of its place in a page.

use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};

/// Renders a template; a name that the context lacks is a bug.
pub(super) fn render(template: &str, context: &serde_json::Value) -> String {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    let mut environment = Environment::new();
    environment.set_syntax(syntax.expect("codegen bug: the template syntax is contradictory"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("text", markdown_text);
    environment.add_filter("cell", |it: String| markdown_text(it).replace('|', "\\|"));
    environment.add_filter("code", |it: String| {
        one_line(&it).replace('`', "'").replace('|', "\\|")
    });
    environment.add_filter("label", |it: String| {
        // Within quotes, Mermaid reads all but these as they are.
        one_line(&it)
            .replace('"', "'")
            .replace(['<', '>', '`', '#'], "")
    });
    let text = environment.render_str(template, Serde(context));
    text.unwrap_or_else(|it| panic!("codegen bug: {it:#}"))
}

/// Text between other text: on one line, and no HTML.
#[expect(clippy::needless_pass_by_value, reason = "a filter takes its value")]
fn markdown_text(text: String) -> String {
    one_line(&text).replace('<', "&lt;")
}

fn one_line(text: &str) -> String {
    text.split(|it: char| it.is_whitespace() || it.is_control())
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
