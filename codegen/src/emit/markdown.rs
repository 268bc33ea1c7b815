//! Prints the pages that people read: the catalogue of tools, and the ledger of operations.

use serde::Serialize;
use serde_json::json;

use super::{Layout, template::render};
use crate::{
    docs::Effect,
    gate::Outcome,
    plan::{InputPlan, ToolPlan, VendorPlan, types::RustType},
    procedure::Procedure,
    tree::FileTree,
    vendor::ParameterUse,
};

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
    operation: &'a str,
    provenance: &'a str,
    effect: &'static str,
    tags: String,
    inputs: Vec<Input<'a>>,
    examples: Vec<Example<'a>>,
}

#[derive(Serialize)]
struct Input<'a> {
    name: &'a str,
    ty: String,
    required: bool,
    wire: &'a str,
    provenance: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
struct Example<'a> {
    summary: &'a str,
    arguments: String,
}

#[derive(Serialize)]
struct Resource<'a> {
    name: String,
    about: &'a str,
    tools: Vec<Tool<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    operation: &'a str,
    outcome: &'static str,
    detail: String,
    pointer: &'a str,
}

/// TOOLS.md and LEDGER.md.
pub(super) fn pages(plan: &VendorPlan, layout: &Layout, tree: &mut FileTree) {
    tree.add("TOOLS.md", catalogue(plan, layout));
    tree.add("LEDGER.md", ledger(plan, layout));
}

fn catalogue(plan: &VendorPlan, layout: &Layout) -> String {
    let mut resources: Vec<Resource<'_>> = Vec::new();
    for tool in &plan.tools {
        let name = tool.resource.plural.replace('_', " ");
        if resources.last().is_none_or(|it| it.name != name) {
            resources.push(Resource {
                name,
                about: &tool.resource.about,
                tools: Vec::new(),
            });
        }
        if let Some(last) = resources.last_mut() {
            last.tools.push(self::tool(tool, plan));
        }
    }
    render(
        include_str!("../../templates/tools.md.jinja"),
        &json!({
            "notice": layout.notice(),
            "title": plan.docs.title,
            "summary": plan.docs.summary.trim(),
            "count": plan.tools.len(),
            "base_url": plan.docs.base_url.default,
            "base_provenance": plan.docs.base_url.provenance,
            "base_variable": plan.docs.base_url.variable,
            "omitted": omitted(plan),
            "tags": plan.tags,
            "prompts": plan.prompts.iter().map(|it| (&it.name, it.description.trim())).collect::<Vec<_>>(),
            "procedures": plan.procedures.iter().map(procedure).collect::<Vec<_>>(),
            "resources": resources,
        }),
    )
}

/// A procedure as a diagram: an arrow from each step to those that need it.
fn procedure(it: &Procedure) -> serde_json::Value {
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
        "nodes": nodes.collect::<Vec<_>>(),
        "arrows": arrows.collect::<Vec<_>>(),
    })
}

/// The rules that leave a parameter out, with their reasons.
fn omitted(plan: &VendorPlan) -> Vec<serde_json::Value> {
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

fn tool<'a>(plan: &'a ToolPlan, vendor: &'a VendorPlan) -> Tool<'a> {
    Tool {
        name: &plan.name,
        title: &plan.title,
        description: &plan.description,
        operation: &plan.operation,
        provenance: plan.provenance.as_str(),
        effect: match plan.effect {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destroy => "destroy",
        },
        tags: plan.tags.join(", "),
        inputs: plan.inputs.iter().map(|it| input(it, vendor)).collect(),
        examples: plan
            .examples
            .iter()
            .map(|it| Example {
                summary: it.summary.trim(),
                arguments: it.arguments.to_string(),
            })
            .collect(),
    }
}

fn input<'a>(plan: &'a InputPlan, vendor: &VendorPlan) -> Input<'a> {
    Input {
        name: if plan.wire.is_empty() {
            "limit, next_cursor"
        } else {
            &plan.name
        },
        ty: type_word(&plan.ty, vendor),
        required: plan.required,
        wire: &plan.wire,
        provenance: plan.provenance.as_str(),
        description: &plan.description,
    }
}

fn type_word(ty: &RustType, plan: &VendorPlan) -> String {
    match ty {
        RustType::Bool => "boolean".to_owned(),
        RustType::Integer | RustType::Unsigned => "integer".to_owned(),
        RustType::Number => "number".to_owned(),
        RustType::Decimal => "decimal".to_owned(),
        RustType::Text(_) => "text".to_owned(),
        RustType::Date => "date".to_owned(),
        RustType::DateTime => "time".to_owned(),
        RustType::Bytes => "base64".to_owned(),
        RustType::Upload => "file".to_owned(),
        RustType::Json => "any JSON".to_owned(),
        RustType::List(items) => format!("list of {}", type_word(items, plan)),
        RustType::Map(values) => format!("map of {}", type_word(values, plan)),
        RustType::Named(id) => format!("`{}`", plan.types[*id].name),
        RustType::Page { .. } => "page".to_owned(),
        RustType::Clear(_) => "list of input names".to_owned(),
        RustType::Clauses(id) | RustType::ChildClauses(id) => {
            format!("clauses over `{}`", plan.types[*id].name)
        }
        RustType::CustomFieldClauses => "clauses over custom fields".to_owned(),
        RustType::Order(_) => "order".to_owned(),
        RustType::Fields(id) => format!("paths of `{}`", plan.types[*id].name),
    }
}

fn ledger(plan: &VendorPlan, layout: &Layout) -> String {
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
    render(
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
    )
}
