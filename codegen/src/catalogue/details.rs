//! What an input takes that is too long for a table: the fields of a filter, of an order, of an answer.

use serde::Serialize;

use super::words::Words;
use crate::plan::{
    FieldPlan, Kind, ToolPlan, VendorPlan,
    types::{Content, RustType},
};

/// What an input takes, as a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Detail {
    /// The input.
    pub(super) input: String,
    /// What it takes.
    pub(super) about: String,
    /// The list.
    pub(super) lines: Vec<Words>,
}

/// The details of a tool's inputs.
pub(super) fn details(tool: &ToolPlan, plan: &VendorPlan) -> Vec<Detail> {
    let details = tool.inputs.iter().filter_map(|it| {
        let (about, lines) = detail(&it.ty, plan)?;
        Some(Detail {
            input: it.name.clone(),
            about,
            lines,
        })
    });
    details.collect()
}

fn detail(ty: &RustType, plan: &VendorPlan) -> Option<(String, Vec<Words>)> {
    match ty {
        RustType::Clauses(id) | RustType::ChildClauses(id) => {
            let Content::Fields(fields) = &plan.types[*id].content else {
                return None;
            };
            let has_lists = matches!(ty, RustType::Clauses(_));
            let about = format!("{} to filter by", counted(fields.len()));
            Some((about, clauses(fields, has_lists)))
        }
        RustType::CustomFieldClauses => {
            let form = Words::text("Each clause is ")
                .and_code(r#"{"caption": …, "op": …, "value": …}"#)
                .and(", or ")
                .and_code(r#"{"any": [clauses]}"#)
                .and(", of which one must hold.");
            Some(("its form".to_owned(), vec![form]))
        }
        RustType::Order(paths) => {
            let form = Words::text("Each is ")
                .and_code(r#"{"field": …, "direction": "asc" or "desc"}"#)
                .and(".");
            let about = format!("{} to order by", counted(paths.len()));
            Some((about, vec![form, Words::codes(paths)]))
        }
        RustType::Fields(id) => {
            let Content::Paths(known) = &plan.types[*id].content else {
                return None;
            };
            let about = format!("{} to ask for", counted(known.len()));
            Some((about, vec![paths(known)]))
        }
        _ => None,
    }
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 field".to_owned(),
        count => format!("{count} fields"),
    }
}

/// The form of a clause, and the fields of each type.
fn clauses(fields: &[FieldPlan], has_lists: bool) -> Vec<Words> {
    let form = Words::text("Each clause is ")
        .and_code(r#"{"field": …, "op": …, "value": …}"#)
        .and(", or ")
        .and_code(r#"{"any": [clauses]}"#)
        .and(", of which one must hold.");
    let mut kinds: Vec<(&Kind, Vec<&FieldPlan>)> = Vec::new();
    for field in fields {
        match kinds.iter_mut().find(|(kind, _)| *kind == &field.kind) {
            Some((_, same)) => same.push(field),
            None => kinds.push((&field.kind, vec![field])),
        }
    }
    kinds.sort_by_key(|(kind, _)| *kind);
    let mut lines = vec![form];
    lines.extend(
        kinds
            .iter()
            .map(|(kind, fields)| of_kind(kind, fields, has_lists)),
    );
    let nullable = fields.iter().filter(|it| it.nullable).map(|it| &it.path);
    let nullable = Words::codes(nullable);
    if !nullable.is_empty() {
        lines.push(
            Words::codes(crate::plan::NULLS)
                .and(", without a value: ")
                .with(nullable),
        );
    }
    lines
}

fn of_kind(kind: &Kind, fields: &[&FieldPlan], has_lists: bool) -> Words {
    let lists: &[&str] = match has_lists && kind.has_lists() {
        true => &crate::plan::LISTS,
        false => &[],
    };
    let operators = Words::codes(kind.operators().iter().chain(lists).copied());
    let what = match kind {
        Kind::Choice(values) => Words::text("one of ").with(Words::codes(values)),
        kind => Words::text(kind.word()),
    };
    let fields = Words::codes(fields.iter().map(|it| &it.path));
    what.and(" (").with(operators).and("): ").with(fields)
}

/// Properties, each with its parts.
fn paths(known: &[(String, Vec<String>)]) -> Words {
    let paths = known.iter().map(|(name, parts)| {
        let name = Words::code(name);
        match parts.is_empty() {
            true => name,
            false => {
                let parts = parts.iter().map(|it| format!("/{it}"));
                name.and(" (").with(Words::codes(parts)).and(")")
            }
        }
    });
    Words::joined(paths, ", ")
}
