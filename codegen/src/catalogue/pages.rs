//! Cuts the catalogue into pages that a person, and GitHub, can take in: one page, a page per tag, or several per tag.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Entry, FRONT, Place, Totals, anchor::Anchors, home::Tags};
use crate::plan::{ToolPlan, VendorPlan};

/// Most tools on one page. GitHub shows no page beyond half a megabyte.
const MOST: usize = 100;

/// Headings of the first page that stand above its sections.
const ABOVE: [&str; 4] = ["Contents", "How to read an entry", "Procedures", "Prompts"];

/// Where tools without a tag stand. No tag is called so.
const NO_TAG: &str = "no-tag";

/// The tools that stand under one tag.
#[derive(Debug, Serialize)]
pub struct Section {
    /// The tag.
    pub tag: String,
    /// What it means.
    pub meaning: String,
    /// Where its heading stands, on the first page.
    pub place: Place,
    /// What stands here, counted.
    pub totals: Totals,
    /// What has the tag, here or elsewhere, counted: what a server filtered by it lists.
    pub tagged: Totals,
    /// Its pages; of a catalogue of one page, that one.
    pub pages: Vec<Page>,
    /// Tools that have the tag too, and stand under another.
    pub elsewhere: Vec<String>,
}

/// A page of the catalogue, or what of a section stands on the first.
#[derive(Debug, Serialize)]
pub struct Page {
    /// Its path, below the vendor's folder.
    pub path: String,
    /// What it is called.
    pub name: String,
    /// What stands on it, counted.
    pub totals: Totals,
    /// The resources, in the order of the table.
    pub groups: Vec<Group>,
}

/// The tools of one resource.
#[derive(Debug, Serialize)]
pub struct Group {
    /// The resource, in words.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Where its heading stands.
    pub place: Place,
    /// Its tools.
    pub tools: Vec<Entry>,
    /// Names of its tools, with the anchor of each.
    #[serde(skip)]
    names: Vec<(String, String)>,
    /// Their places in the plan.
    #[serde(skip)]
    pub(super) indices: Vec<usize>,
}

/// The sections, still without what is said of each tool, and whether all stand on the first page.
pub(super) fn cut(plan: &VendorPlan) -> (Vec<Section>, bool) {
    let is_one_page = plan.tools.len() <= MOST;
    let tags = Tags::of(plan);
    let homes: Vec<&str> = plan
        .tools
        .iter()
        .map(|it| tags.home(it).unwrap_or(NO_TAG))
        .collect();
    let mut front = Anchors::default();
    for heading in headings_above(plan) {
        front.next(&heading);
    }
    let has_tag = |tool: usize, tag: &str| plan.tools[tool].tags.iter().any(|it| it == tag);
    let known = plan
        .tags
        .iter()
        .map(|(tag, meaning)| (tag.as_str(), meaning.as_str()));
    let mut sections = Vec::new();
    for (tag, meaning) in known.chain([(NO_TAG, "Tools that have no tag.")]) {
        let here = (0..homes.len()).filter(|it| homes[*it] == tag);
        let here: Vec<usize> = here.collect();
        let elsewhere = (0..homes.len()).filter(|it| homes[*it] != tag && has_tag(*it, tag));
        let elsewhere: Vec<usize> = elsewhere.collect();
        if here.is_empty() && elsewhere.is_empty() {
            continue;
        }
        let place = Place {
            page: FRONT.to_owned(),
            anchor: front.next(tag),
        };
        let count = |tools: &[usize]| Totals::of(tools.iter().map(|it| &plan.tools[*it]), plan);
        sections.push(Section {
            tag: tag.to_owned(),
            meaning: meaning.to_owned(),
            place,
            totals: count(&here),
            tagged: count(&[here.as_slice(), &elsewhere].concat()),
            elsewhere: elsewhere
                .iter()
                .map(|it| plan.tools[*it].name.clone())
                .collect(),
            pages: match is_one_page {
                _ if here.is_empty() => Vec::new(),
                true => vec![page(
                    FRONT.to_owned(),
                    tag.to_owned(),
                    &here,
                    plan,
                    &mut front,
                )],
                false => several(tag, here, plan),
            },
        });
    }
    (sections, is_one_page)
}

/// All headings of the first page above its sections, in order.
fn headings_above(plan: &VendorPlan) -> Vec<String> {
    let title = format!("{}: {} tools", plan.docs.title, plan.tools.len());
    let mut headings = vec![title];
    for heading in ABOVE {
        let is_there = match heading {
            "Procedures" => !plan.procedures.is_empty(),
            "Prompts" => !plan.prompts.is_empty(),
            _ => true,
        };
        headings.extend(is_there.then(|| heading.to_owned()));
        if heading == "Procedures" {
            headings.extend(plan.procedures.iter().map(|it| it.name.clone()));
        }
    }
    headings
}

/// The pages of a tag: one, or one per file of code where that would be too long.
fn several(tag: &str, tools: Vec<usize>, plan: &VendorPlan) -> Vec<Page> {
    if tools.len() <= MOST {
        let path = format!("catalogue/{tag}.md");
        return vec![own_page(path, tag.to_owned(), &tools, plan)];
    }
    let mut modules: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in tools {
        modules
            .entry(&plan.tools[index].resource.module)
            .or_default()
            .push(index);
    }
    let pages = modules.into_iter().map(|(module, tools)| {
        let path = format!("catalogue/{tag}/{module}.md");
        own_page(path, module.replace('_', " "), &tools, plan)
    });
    pages.collect()
}

fn own_page(path: String, name: String, tools: &[usize], plan: &VendorPlan) -> Page {
    let mut anchors = Anchors::default();
    anchors.next(&format!("{}: {name}", plan.docs.title));
    page(path, name, tools, plan, &mut anchors)
}

fn page(
    path: String,
    name: String,
    tools: &[usize],
    plan: &VendorPlan,
    anchors: &mut Anchors,
) -> Page {
    let mut groups: Vec<Group> = Vec::new();
    for index in tools {
        let tool = &plan.tools[*index];
        let name = tool.resource.plural.replace('_', " ");
        if groups.last().is_none_or(|it| it.name != name) {
            groups.push(group(name, tool, &path, anchors));
        }
        if let Some(last) = groups.last_mut() {
            last.names
                .push((tool.name.clone(), anchors.next(&tool.name)));
            last.indices.push(*index);
        }
    }
    Page {
        path,
        name,
        totals: Totals::of(tools.iter().map(|it| &plan.tools[*it]), plan),
        groups,
    }
}

fn group(name: String, tool: &ToolPlan, page: &str, anchors: &mut Anchors) -> Group {
    let place = Place {
        page: page.to_owned(),
        anchor: anchors.next(&name),
    };
    Group {
        about: tool.resource.about.clone(),
        name,
        place,
        tools: Vec::new(),
        names: Vec::new(),
        indices: Vec::new(),
    }
}

/// Where each tool stands.
pub(super) fn places(sections: &[Section]) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    for page in sections.iter().flat_map(|it| &it.pages) {
        for (name, anchor) in page.groups.iter().flat_map(|it| &it.names) {
            let place = Place {
                page: page.path.clone(),
                anchor: anchor.clone(),
            };
            places.insert(name.clone(), place);
        }
    }
    places
}
