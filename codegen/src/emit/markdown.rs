//! Prints the pages that people read: the catalogue of tools, the ledger of operations, and the page over all vendors.

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    Layout,
    escape::Links,
    template::{render, render_page},
};
use crate::{
    catalogue::{self, Catalogue, FRONT},
    gate::Outcome,
    plan::VendorPlan,
    procedure::Procedure,
    tree::FileTree,
    vendor::ParameterUse,
};

#[derive(Serialize)]
struct Row<'a> {
    operation: &'a str,
    outcome: &'static str,
    detail: String,
    pointer: &'a str,
}

/// TOOLS.md with the pages that it leads to, and LEDGER.md.
pub(super) fn pages(plan: &VendorPlan, layout: &Layout, has_sandbox: bool, tree: &mut FileTree) {
    let catalogue = Catalogue::of(plan, layout.runtime.is_none());
    let links = |page: &str| Links {
        page: page.to_owned(),
        places: catalogue.places.clone(),
    };
    let front = front(plan, &catalogue, layout, has_sandbox, &links(FRONT));
    tree.add(FRONT, front);
    for (section, page) in catalogue.pages() {
        let context = json!({
            "notice": layout.notice(),
            "title": plan.docs.title,
            "section": Section::of(section),
            "page": page,
            "level": "##",
        });
        let template = include_str!("../../templates/page.md.jinja");
        tree.add(
            page.path.as_str(),
            render_page(template, &context, &links(&page.path)),
        );
    }
    tree.add("LEDGER.md", ledger(plan, layout, &links("LEDGER.md")));
}

/// The page over all vendors.
pub(super) fn index(vendors: &[(&str, &VendorPlan)]) -> String {
    render(
        include_str!("../../templates/index.md.jinja"),
        &json!({"rows": catalogue::index(vendors)}),
    )
}

/// What a page says of the section that it belongs to.
#[derive(Serialize)]
struct Section<'a> {
    tag: &'a str,
    meaning: &'a str,
    place: &'a catalogue::Place,
    elsewhere: &'a [String],
}

impl<'a> Section<'a> {
    fn of(section: &'a catalogue::Section) -> Self {
        Self {
            tag: &section.tag,
            meaning: &section.meaning,
            place: &section.place,
            elsewhere: &section.elsewhere,
        }
    }
}

fn front(
    plan: &VendorPlan,
    catalogue: &Catalogue,
    layout: &Layout,
    has_sandbox: bool,
    links: &Links,
) -> String {
    let (_, left_out, refused) = plan.ledger.counts();
    let docs = &plan.docs;
    let prompts = plan.prompts.iter();
    let prompts = prompts.map(|it| json!({"name": it.name, "about": it.description.trim()}));
    let context = json!({
        "notice": layout.notice(),
        "title": docs.title,
        "summary": docs.summary.trim(),
        "binary": docs.binary,
        "totals": catalogue.totals,
        "composites": plan.tools.iter().filter(|it| it.is_composite()).count(),
        "operations": plan.ledger.rows.len(),
        "left_out": left_out,
        "refused": refused,
        "has_specs": layout.runtime.is_none(),
        "has_sandbox": has_sandbox,
        "spec": plan.spec_path,
        "spec_version": plan.spec_version,
        "base_url": docs.base_url.default,
        "base_provenance": docs.base_url.provenance,
        "base_variable": docs.base_url.variable,
        "omitted": omitted(plan),
        "prompts": prompts.collect::<Vec<_>>(),
        "procedures": plan.procedures.iter().map(procedure).collect::<Vec<_>>(),
        "sections": catalogue.sections,
        "is_one_page": catalogue.is_one_page,
        "level": "###",
    });
    render_page(
        include_str!("../../templates/tools.md.jinja"),
        &context,
        links,
    )
}

/// A procedure as a diagram: an arrow from each step to those that need it.
fn procedure(it: &Procedure) -> Value {
    let docs = &it.docs;
    let steps = docs.steps.iter().enumerate();
    let nodes = steps.clone().map(|(index, step)| {
        let (number, _) = docs.number(index);
        let lead = if step.optional {
            String::new()
        } else {
            format!("{number}. ")
        };
        json!({"id": format!("step{}", index + 1), "label": format!("{lead}{}", step.tool)})
    });
    let arrows = steps.flat_map(|(index, step)| {
        let arrow = if step.optional { "-.->" } else { "-->" };
        let before = docs.before(index).into_iter();
        before.map(move |it| {
            json!({
                "from": format!("step{}", it + 1),
                "arrow": arrow,
                "what": docs.steps[it].supplies,
                "to": format!("step{}", index + 1),
            })
        })
    });
    json!({
        "name": it.name,
        "about": docs.about,
        "tools": docs.steps.iter().map(|it| &it.tool).collect::<Vec<_>>(),
        "nodes": nodes.collect::<Vec<_>>(),
        "arrows": arrows.collect::<Vec<_>>(),
    })
}

/// The rules that leave a parameter out, with their reasons.
fn omitted(plan: &VendorPlan) -> Vec<Value> {
    let rules = plan
        .docs
        .parameters
        .iter()
        .filter(|it| it.r#use == ParameterUse::Omit);
    rules
        .map(|it| {
            let methods = it.methods.as_ref().map(|it| it.join(", "));
            json!({"name": it.name, "place": it.r#in, "methods": methods, "reason": it.reason})
        })
        .collect()
}

fn ledger(plan: &VendorPlan, layout: &Layout, links: &Links) -> String {
    let (tools, left_out, refused) = plan.ledger.counts();
    let rows: Vec<_> = plan
        .ledger
        .rows
        .iter()
        .map(|(operation, row)| {
            let (outcome, detail) = match &row.outcome {
                Outcome::Tool(name) => ("tool", format!("`{name}`")),
                Outcome::LeftOut => ("left out", "no documentation record".to_owned()),
                Outcome::Used(by) => {
                    let by: Vec<_> = by.iter().map(|it| format!("`{it}`")).collect();
                    let detail = format!(
                        "no tool of its own; used by {} for a query too long for a URL",
                        by.join(", ")
                    );
                    ("left out", detail)
                }
                Outcome::Refused(flaws) => {
                    let flaws = flaws.iter().map(|it| format!("{}: {}", it.code, it.reason));
                    ("refused", flaws.collect::<Vec<_>>().join("; "))
                }
            };
            Row {
                operation,
                outcome,
                detail,
                pointer: &row.pointer,
            }
        })
        .collect();
    render_page(
        include_str!("../../templates/ledger.md.jinja"),
        &json!({
            "notice": layout.notice(),
            "title": plan.docs.title,
            "spec": plan.spec_path,
            "total": plan.ledger.rows.len(),
            "tools": tools,
            "left_out": left_out,
            "refused": refused,
            "rows": rows,
        }),
        links,
    )
}
