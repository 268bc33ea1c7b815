//! What is said of each input: its type, the values that it takes, how it goes out, what it means. The parts of an object are
//! rows of their own.

use serde::Serialize;
use serde_json::Value;

use super::{http, words::Words};
use crate::{
    api::{Limit, Provenance},
    plan::{
        InputPlan, ToolPlan, VendorPlan,
        types::{Content, PropertyPlan, RustType, TypePlan},
    },
};

/// Levels of objects that are shown part by part.
const DEEPEST: usize = 3;

/// Most parts of one input that have a row of their own.
const MOST_PARTS: usize = 60;

/// Most values of a closed set that are listed.
const MOST_VALUES: usize = 40;

/// A row of the table of inputs.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    /// The input, or the path of a part of it.
    pub(super) name: String,
    /// Whether it must be given.
    pub(super) required: bool,
    /// Its type.
    pub(super) ty: String,
    /// Which values of the type it takes.
    pub(super) values: Words,
    /// Where it goes.
    pub(super) sent: Words,
    /// What it means.
    pub(super) about: String,
}

/// The rows of a tool; `schema` is that of its inputs.
pub(super) fn rows(tool: &ToolPlan, schema: &Value, plan: &VendorPlan) -> Vec<Row> {
    let mut rows = Vec::new();
    for input in &tool.inputs {
        if let RustType::Page { max, default } = input.ty {
            rows.extend(page(tool, schema, plan, max, default));
            continue;
        }
        let mut sent = http::sent(input, tool);
        let differs = !matches!(input.provenance, Provenance::Unmarked)
            && input.provenance != tool.provenance;
        if differs {
            sent = sent.and(format!(" ({})", input.provenance.as_str()));
        }
        rows.push(Row {
            name: input.name.clone(),
            required: input.required,
            ty: ty(&input.ty, &plan.types),
            values: values(&input.ty, &input.limits, &plan.types),
            sent,
            about: input.description.clone(),
        });
        rows.extend(parts(input, &plan.types));
    }
    rows
}

/// `limit` and `next_cursor`.
fn page(tool: &ToolPlan, schema: &Value, plan: &VendorPlan, max: u32, default: u32) -> [Row; 2] {
    let (limit, cursor) = http::page(tool, plan);
    let about = |name: &str| {
        let text = schema["properties"][name]["description"].as_str();
        text.unwrap_or_default().to_owned()
    };
    let row = |name: &str, ty: &str, values: Words, sent: Words| Row {
        name: name.to_owned(),
        required: false,
        ty: ty.to_owned(),
        values,
        sent,
        about: about(name),
    };
    let values = Words::text(format!("1 to {max}; {default} if left out"));
    [
        row("limit", "integer", values, limit),
        row("next_cursor", "text", Words::default(), cursor),
    ]
}

/// The parts of an input that is an object, or has objects in it.
fn parts(input: &InputPlan, types: &[TypePlan]) -> Vec<Row> {
    let mut rows = Vec::new();
    below(&input.name, &input.ty, types, DEEPEST, &mut rows);
    rows.truncate(MOST_PARTS);
    rows
}

fn below(at: &str, ty: &RustType, types: &[TypePlan], deeper: usize, rows: &mut Vec<Row>) {
    match ty {
        RustType::List(items) => below(&format!("{at}[]"), items, types, deeper, rows),
        RustType::Map(values) => below(&format!("{at}.*"), values, types, deeper, rows),
        RustType::Named(id) => {
            let Some(deeper) = deeper.checked_sub(1) else {
                return;
            };
            match &types[*id].content {
                Content::Object(properties) => parts_of(at, properties, types, deeper, rows),
                Content::Open(properties, rest) => {
                    parts_of(at, properties, types, deeper, rows);
                    below(&format!("{at}.*"), &rest.ty, types, deeper, rows);
                }
                Content::OneOf(forms) => {
                    for form in forms {
                        let name = format!("{at}({})", form.label);
                        below(&name, &form.ty, types, deeper, rows);
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}

fn parts_of(
    at: &str,
    properties: &[PropertyPlan],
    types: &[TypePlan],
    deeper: usize,
    rows: &mut Vec<Row>,
) {
    for it in properties {
        let name = format!("{at}.{}", it.wire);
        rows.push(part(name.clone(), it, types));
        if rows.len() < MOST_PARTS {
            below(&name, &it.ty, types, deeper, rows);
        }
    }
}

fn part(name: String, it: &PropertyPlan, types: &[TypePlan]) -> Row {
    Row {
        name,
        required: it.required,
        ty: ty(&it.ty, types),
        values: values(&it.ty, &it.limits, types),
        sent: Words::default(),
        about: it.description.clone(),
    }
}

/// A type in a word or two.
fn ty(it: &RustType, types: &[TypePlan]) -> String {
    let word = match it {
        RustType::Bool => "boolean",
        RustType::Integer | RustType::Unsigned => "integer",
        RustType::Number => "number",
        RustType::Decimal => "decimal",
        RustType::Text(_) => "text",
        RustType::Date => "date",
        RustType::DateTime => "time",
        RustType::Bytes => "base64",
        RustType::Upload => "file",
        RustType::Json => "any JSON",
        RustType::List(items) => return format!("list of {}", ty(items, types)),
        RustType::Map(values) => return format!("map of {}", ty(values, types)),
        RustType::Named(id) => match &types[*id].content {
            Content::Choice(_) => "text",
            Content::NumberChoice(_) => "integer",
            Content::Reference(keys) => match (&keys.number, &keys.text) {
                (Some(_), Some(_)) => "integer or text",
                (Some(_), None) => "integer",
                _ => "text",
            },
            Content::Values(values) => return alternatives(values.iter().map(json_type)),
            Content::OneOf(forms) => {
                return alternatives(forms.iter().map(|it| ty(&it.ty, types)));
            }
            Content::Object(_) | Content::Open(..) | Content::Fields(_) | Content::Paths(_) => {
                "object"
            }
        },
        RustType::Page { .. } => "page",
        RustType::Clear(_) => "list of inputs",
        RustType::Clauses(_) | RustType::ChildClauses(_) | RustType::CustomFieldClauses => {
            "list of clauses"
        }
        RustType::Order(_) | RustType::Fields(_) => "list of fields",
    };
    word.to_owned()
}

/// Each type once: `integer or text`.
fn alternatives(types: impl Iterator<Item = String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for it in types {
        if !once.contains(&it) {
            once.push(it);
        }
    }
    once.join(" or ")
}

fn json_type(value: &Value) -> String {
    let word = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    word.to_owned()
}

/// Which values of its type an input takes.
fn values(it: &RustType, limits: &[Limit], types: &[TypePlan]) -> Words {
    let own = match innermost(it) {
        RustType::Named(id) => match &types[*id].content {
            Content::Choice(values) => one_of(values.iter().cloned()),
            Content::NumberChoice(values) => one_of(values.iter().map(ToString::to_string)),
            Content::Values(values) => one_of(values.iter().map(ToString::to_string)),
            _ => Words::default(),
        },
        RustType::Text(Some(format)) => Words::code(format),
        RustType::Date => Words::text("as ").and_code("2026-01-31"),
        RustType::DateTime => Words::text("as ").and_code("2026-01-31T09:00:00Z"),
        RustType::Clear(names) => one_of(names.iter().cloned()),
        RustType::Clauses(_)
        | RustType::ChildClauses(_)
        | RustType::CustomFieldClauses
        | RustType::Order(_)
        | RustType::Fields(_) => Words::text("see below"),
        _ => Words::default(),
    };
    Words::joined([own, self::limits(limits)], "; ")
}

/// What a list or map is of, at last.
fn innermost(it: &RustType) -> &RustType {
    match it {
        RustType::List(inner) | RustType::Map(inner) => innermost(inner),
        it => it,
    }
}

fn one_of(values: impl ExactSizeIterator<Item = String>) -> Words {
    let more = values.len().saturating_sub(MOST_VALUES);
    let listed = Words::codes(values.take(MOST_VALUES));
    match more {
        0 => listed,
        more => listed.and(format!(", and {more} more")),
    }
}

fn limits(limits: &[Limit]) -> Words {
    Words::joined(limits.iter().map(limit), "; ")
}

fn limit(it: &Limit) -> Words {
    let text = match it {
        Limit::MinLength(1) => "not empty".to_owned(),
        Limit::MinLength(it) => format!("at least {it} characters"),
        Limit::MaxLength(it) => format!("at most {it} characters"),
        Limit::Pattern(it) => return Words::text("matches ").and_code(it),
        Limit::Minimum(it) => format!("at least {it}"),
        Limit::Maximum(it) => format!("at most {it}"),
        Limit::ExclusiveMinimum(it) => format!("more than {it}"),
        Limit::ExclusiveMaximum(it) => format!("less than {it}"),
        Limit::MultipleOf(it) => format!("a multiple of {it}"),
        Limit::MinItems(1) => "at least one item".to_owned(),
        Limit::MinItems(it) => format!("at least {it} items"),
        Limit::MaxItems(it) => format!("at most {it} items"),
        Limit::UniqueItems => "no item twice".to_owned(),
        Limit::Each(each) => return Words::text("each ").with(limits(each)),
        Limit::MaxBytes(it) => format!("at most {it} bytes of JSON"),
        Limit::MaxDepth(it) => format!("at most {it} levels deep"),
        Limit::Without(keys) => return Words::text("without ").with(Words::codes(keys)),
    };
    Words::text(text)
}
