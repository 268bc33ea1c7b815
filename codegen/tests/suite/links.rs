//! Links that work: every relative link and anchor, of the pages that are written and of those by hand, leads somewhere, by the
//! rules by which GitHub makes anchors.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use codegen::{FileTree, generate};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

use crate::{
    case,
    shipped::{self, File},
};

/// A page: where its links lead, and what of it can be led to.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

fn parse(text: &str) -> Page {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    let mut page = Page::default();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.links.push(dest_url.to_string())
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let slug = slug(&heading.take().unwrap_or_default());
                let count = counts.entry(slug.clone()).or_default();
                page.anchors.insert(match *count {
                    0 => slug,
                    count => format!("{slug}-{count}"),
                });
                *count += 1;
            }
            _ => {}
        }
    }
    page
}

/// As GitHub makes it: lower case, without punctuation, hyphens for spaces.
fn slug(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let kept = lower
        .chars()
        .filter(|it| it.is_alphanumeric() || matches!(it, '-' | '_' | ' '));
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}

/// Every link that leads nowhere, and how many there are; `is_file` knows the files beside the pages.
fn dead(pages: &BTreeMap<String, String>, is_file: &dyn Fn(&str) -> bool) -> (Vec<String>, usize) {
    let parsed: BTreeMap<&str, Page> = pages
        .iter()
        .map(|(path, text)| (path.as_str(), parse(text)))
        .collect();
    let (mut dead, mut count) = (Vec::new(), 0);
    for (path, page) in &parsed {
        for link in page
            .links
            .iter()
            .filter(|it| !it.contains("://") && !it.starts_with("mailto:"))
        {
            count += 1;
            let (file, anchor) = link
                .split_once('#')
                .map_or((link.as_str(), None), |(file, it)| (file, Some(it)));
            let target = match file {
                "" => (*path).to_owned(),
                file => resolved(path, file),
            };
            let leads = match (parsed.get(target.as_str()), anchor) {
                (Some(page), Some(anchor)) => page.anchors.contains(anchor),
                (Some(_), None) => true,
                (None, None) => is_file(&target),
                // Of a file that is no page, an anchor is a line.
                (None, Some(_)) => false,
            };
            if !leads {
                dead.push(format!("{path}: {link}"));
            }
        }
    }
    (dead, count)
}

/// A path beside a page, from the folder that paths begin in.
fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.last().is_some_and(|it| *it != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_of_this_repository_leads_somewhere() {
    let root = shipped::root();
    let mut pages = BTreeMap::new();
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        pages.insert(
            name.to_owned(),
            fs::read_to_string(root.join(name)).unwrap(),
        );
    }
    gather(&root, "generated", &mut pages);
    let (dead, count) = dead(&pages, &|path| root.join(path).exists());
    assert!(
        dead.is_empty(),
        "{} of {count} links lead nowhere:\n{}",
        dead.len(),
        dead.join("\n")
    );
    assert!(count > 1000, "only {count} links were followed");
}

fn gather(root: &Path, folder: &str, pages: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            gather(root, &path, pages);
        } else if path.ends_with(".md") {
            pages.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn the_links_of_a_catalogue_of_several_pages_lead_somewhere() {
    let tree = many(130);
    let pages = pages(&tree);
    assert!(
        pages.contains_key("catalogue/shop/shop_aisles.md"),
        "{:?}",
        pages.keys()
    );
    assert!(
        pages.contains_key("catalogue/yard.md"),
        "{:?}",
        pages.keys()
    );
    let (dead, count) = dead(&pages, &|path| tree.get(path).is_some());
    assert!(
        dead.is_empty(),
        "{} of {count} links lead nowhere:\n{}",
        dead.len(),
        dead.join("\n")
    );
    assert!(count > 500, "only {count} links were followed");
}

#[test]
fn a_dead_link_is_found() {
    let page = |text: &str| BTreeMap::from([("a/b.md".to_owned(), text.to_owned())]);
    let is_file = |path: &str| path == "a/c.json";
    for (text, is_dead) in [
        ("# One\n[x](#one)", false),
        ("# One\n# One\n[x](#one-1)", false),
        ("# One\n[x](#two)", true),
        ("[x](c.json)", false),
        ("[x](../c.json)", true),
        ("[x](../a/b.md)", false),
        ("[x](https://example.com/#y)", false),
    ] {
        assert_eq!(!dead(&page(text), &is_file).0.is_empty(), is_dead, "{text}");
    }
}

fn pages(tree: &FileTree) -> BTreeMap<String, String> {
    let pages = tree.files().filter(|(path, _)| path.ends_with(".md"));
    pages
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

/// A vendor of two domains, of which one has that many tools in a few files.
fn many(count: usize) -> FileTree {
    let mut sources = case::sources("documentation: openapi\n");
    let mut openapi = File::Openapi.value(&sources);
    let get = json!({
        "summary": "Get | a thing",
        "responses": {"200": {"description": "A thing.", "content": {"application/json": {"schema": {"type": "object"}}}}},
    });
    let mut paths: BTreeMap<String, Value> = BTreeMap::new();
    for number in 0..count {
        let shelf = ["aisles", "tills"][number % 2];
        paths.insert(format!("/shop/{shelf}/part{number}"), json!({"get": get}));
    }
    paths.insert("/yard/heaps".to_owned(), json!({"get": get}));
    openapi["paths"] = json!(paths);
    File::Openapi.set(&mut sources, &openapi);
    let generated = generate(&sources, Some("runtime"));
    assert!(!generated.has_errors(), "{:#?}", generated.diagnostics);
    generated.tree
}
