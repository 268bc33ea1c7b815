//! What people read: whatever a text of the specs holds, a page says just that, and no more; and every tool has an example
//! that its own schema allows.

use codegen::{Sources, generate};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use crate::{
    case,
    shipped::{self, File},
};

/// Texts that mean something in Markdown, HTML or Mermaid, wherever they stand.
const HOSTILE: [&str; 27] = [
    "a | b || c",
    "<script>alert(1)</script> & &amp; &lt;",
    "`open",
    "`a` and `b|c` and ``",
    "`a\\|b` and `\\\\|`",
    "``` fence",
    "# heading #",
    "- item",
    "1. one",
    "2) two",
    "> quoted",
    "---",
    "===",
    "*bold* _it_ __x__ **y** ~~z~~",
    "[link](http://x) ![image](y) [ref][] [^1]",
    "a\n\nb\r\n| c |\n|---|",
    "line\\",
    "\\`x\\`",
    "$x$ and $$y$$",
    "</details></summary>",
    "x_y _z a_ _",
    "`list_all_acme_things` and list_all_acme_things",
    "\u{0}\u{7}\u{1b}[31m",
    "<!-- comment -->",
    "<https://x.example>",
    "+ plus\n    code",
    "ends in a bar |",
];

#[test]
fn hostile_texts_say_on_a_page_just_what_they_are() {
    for text in HOSTILE {
        assert_faithful(text);
    }
}

#[test]
fn any_text_says_on_a_page_just_what_it_is() {
    let texts = prop_oneof![
        "[-`|<>&*_\\[\\]#+=.)0-9~$! a-c\\\\]{1,24}",
        any::<String>(),
        prop::collection::vec(prop::sample::select(HOSTILE.to_vec()), 1..4)
            .prop_map(|it| it.concat()),
    ];
    let config = Config {
        cases: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let result = TestRunner::new_with_rng(config, rng).run(&texts, |text| {
        assert_faithful(&text);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// Puts a text wherever prose stands in the specs, and looks for it on the page.
fn assert_faithful(text: &str) {
    // A description that is empty once it is on one line is a mistake of its own.
    let marked = format!("{text} zqz");
    let sources = with(&marked);
    let generated = generate(&sources, None);
    let Some(page) = generated.tree.get("TOOLS.md") else {
        // What YAML cannot hold, or a check refuses, stands on no page.
        assert!(generated.has_errors(), "no page, and no reason why");
        return;
    };
    let (said, wrong) = read(page);
    assert!(
        wrong.is_empty(),
        "{text:?} is more than text on the page: {wrong:?}"
    );
    let expected = letters(&marked);
    let count = said.matches(&expected).count();
    // The title, the description, that of an input, the resource, the summary of the example.
    assert!(
        count >= 5,
        "{text:?} stands {count} times on the page, as {expected:?}:\n{page}"
    );
}

/// The sources of the case `package` with a text at every place of prose.
fn with(text: &str) -> Sources {
    let mut sources = case::read("golden", "package");
    let mut docs = File::Docs.value(&sources);
    let resources = docs["resources"].as_object_mut().unwrap();
    for resource in resources.values_mut() {
        resource["about"] = text.into();
        for record in resource["methods"].as_object_mut().unwrap().values_mut() {
            record["title"] = text.into();
            record["description"] = text.into();
            for example in record["examples"].as_array_mut().into_iter().flatten() {
                example["summary"] = text.into();
            }
        }
    }
    File::Docs.set(&mut sources, &docs);
    let mut openapi = File::Openapi.value(&sources);
    describe(&mut openapi["paths"], text);
    File::Openapi.set(&mut sources, &openapi);
    sources
}

/// Sets every description.
fn describe(value: &mut Value, text: &str) {
    match value {
        Value::Object(object) => {
            for (key, child) in object {
                match child {
                    Value::String(it) if key == "description" => text.clone_into(it),
                    child => describe(child, text),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|it| describe(it, text)),
        _ => {}
    }
}

/// What a page says, and what of it is more than words and our own layout.
fn read(page: &str) -> (String, Vec<String>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
        | Options::ENABLE_TASKLISTS;
    let (mut said, mut wrong) = (String::new(), Vec::new());
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Text(text) | Event::Code(text) => said.push_str(&text),
            Event::Html(html) | Event::InlineHtml(html) if !is_ours(&html) => {
                wrong.push(html.to_string())
            }
            Event::Start(Tag::Link { dest_url, .. }) if !is_of_the_page(&dest_url) => {
                wrong.push(dest_url.to_string())
            }
            Event::Start(
                tag @ (Tag::Image { .. }
                | Tag::Strikethrough
                | Tag::BlockQuote(_)
                | Tag::FootnoteDefinition(_)),
            ) => wrong.push(format!("{tag:?}")),
            Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => {
                wrong.push(format!("{event:?}"));
            }
            _ => {}
        }
    }
    (letters(&said), wrong)
}

/// The notice, and what folds.
fn is_ours(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!-- @generated")
        || html.starts_with("<details><summary>")
        || ["</details>", "<code>", "</code>"].contains(&html)
}

fn is_of_the_page(link: &str) -> bool {
    let ours = ["#", "../", "schemas/", "LEDGER.md"];
    ours.iter().any(|it| link.starts_with(it))
}

/// A text without what a page may leave out of it: spaces, control characters, and the backticks around code.
fn letters(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|it| !it.is_whitespace() && !it.is_control() && *it != '`');
    kept.collect()
}

#[test]
fn every_tool_of_the_shipped_specs_has_an_example() {
    for vendor in shipped::vendors() {
        let mut sources = shipped::sources(&vendor);
        // Without records, examples are made up.
        sources.docs = None;
        sources.prompts = None;
        let generated = generate(&sources, Some("runtime"));
        let told: Vec<_> = generated
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(!generated.has_errors(), "{vendor}: {}", told.join("\n"));
        let pages = generated
            .tree
            .files()
            .filter(|(path, _)| path.ends_with(".md") && *path != "LEDGER.md");
        let pages: String = pages.map(|(_, text)| text).collect();
        let tools = generated.plan.unwrap().tools;
        assert!(!tools.is_empty(), "{vendor}");
        for tool in tools {
            let call = format!(" call {}", tool.name);
            let is_shown = pages
                .lines()
                .any(|it| it.ends_with(&call) || it.contains(&format!("{call} ")));
            assert!(is_shown, "{vendor}: no example of {}", tool.name);
        }
    }
}
