//! The JSON Schema of a tool's inputs, out of the same plan as its Rust: inlined, no `$ref`, no null, no combinator at the top.

mod clauses;

use serde_json::{Map, Value, json};

pub(super) use self::clauses::spell_out;
use super::{
    InputPlan, ToolPlan,
    types::{Content, PropertyPlan, RustType, TypePlan},
};
use crate::{api::Limit, docs::Effect, reference::Keys};

/// The three forms of a file; that base64 is padded and a URI well formed is checked when it is read.
const UPLOAD: &str = r"^(data:[^,\n]*,[^\n]*|file:[^\n]+|([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$";

/// The tool as `tools/list` shows it, keys in the order in which rmcp writes them.
pub fn listing(tool: &ToolPlan, types: &[TypePlan]) -> Value {
    json!({
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "inputSchema": input_schema(tool, types),
        "annotations": {
            "readOnlyHint": tool.effect == Effect::Read,
            "destructiveHint": tool.effect == Effect::Destroy,
            "idempotentHint": tool.idempotent,
            "openWorldHint": true,
        },
    })
}

/// The schema of a tool's arguments.
pub fn input_schema(tool: &ToolPlan, types: &[TypePlan]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for input in &tool.inputs {
        if let RustType::Page { max, default } = input.ty {
            page(max, default, &mut properties);
            continue;
        }
        properties.insert(
            input.name.clone(),
            described(schema(&input.ty, types), input),
        );
        required.extend(input.required.then(|| Value::from(input.name.as_str())));
    }
    object(properties, required)
}

fn object(properties: Map<String, Value>, required: Vec<Value>) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), Value::Array(required));
    }
    schema.insert("additionalProperties".to_owned(), Value::Bool(false));
    Value::Object(schema)
}

fn page(max: u32, default: u32, properties: &mut Map<String, Value>) {
    let limit = json!({
        "type": "integer",
        "description": format!("How many records to answer, at most {max}; {default} if left out."),
        "minimum": 1,
        "maximum": max,
    });
    let cursor = json!({
        "type": "string",
        "description": "The next_cursor of the previous answer, exactly as received, with the same other inputs. \
                        Leave it out for the first page.",
        "minLength": 1,
    });
    properties.insert("limit".to_owned(), limit);
    properties.insert("next_cursor".to_owned(), cursor);
}

fn described(schema: Value, input: &InputPlan) -> Value {
    finish(schema, &input.description, &input.limits)
}

fn property(property: &PropertyPlan, types: &[TypePlan]) -> Value {
    finish(
        schema(&property.ty, types),
        &property.description,
        &property.limits,
    )
}

/// Puts the description behind the type, and the limits at the end.
fn finish(schema: Value, description: &str, limits: &[Limit]) -> Value {
    let Value::Object(mut rest) = schema else {
        return schema;
    };
    let mut whole = Map::new();
    whole.extend(rest.shift_remove("type").map(|ty| ("type".to_owned(), ty)));
    if !description.is_empty() {
        whole.insert("description".to_owned(), description.into());
    }
    whole.extend(rest);
    limit(&mut whole, limits);
    Value::Object(whole)
}

fn limit(schema: &mut Map<String, Value>, limits: &[Limit]) {
    for it in limits {
        let (keyword, value) = match it {
            Limit::MinLength(it) => ("minLength", json!(it)),
            Limit::MaxLength(it) => ("maxLength", json!(it)),
            Limit::Pattern(it) => ("pattern", json!(it)),
            Limit::Minimum(it) => ("minimum", number(*it)),
            Limit::Maximum(it) => ("maximum", number(*it)),
            Limit::ExclusiveMinimum(it) => ("exclusiveMinimum", number(*it)),
            Limit::ExclusiveMaximum(it) => ("exclusiveMaximum", number(*it)),
            Limit::MultipleOf(it) => ("multipleOf", number(*it)),
            Limit::MinItems(it) => ("minItems", json!(it)),
            Limit::MaxItems(it) => ("maxItems", json!(it)),
            Limit::UniqueItems => ("uniqueItems", json!(true)),
            // No keyword of JSON Schema says these; the description does.
            Limit::MaxBytes(_) | Limit::MaxDepth(_) | Limit::Without(_) => continue,
            Limit::Each(each) => {
                for keyword in ["items", "additionalProperties"] {
                    if let Some(Value::Object(values)) = schema.get_mut(keyword) {
                        limit(values, each);
                    }
                }
                continue;
            }
        };
        schema.insert(keyword.to_owned(), value);
    }
}

/// A whole number is written without a fraction.
fn number(it: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked: the value is whole and small"
    )]
    if it.fract() == 0.0 && it.abs() < 1e15 {
        json!(it as i64)
    } else {
        json!(it)
    }
}

/// The schema of a type, without description and limits.
fn schema(ty: &RustType, types: &[TypePlan]) -> Value {
    match ty {
        RustType::Bool => json!({"type": "boolean"}),
        RustType::Integer | RustType::Unsigned => json!({"type": "integer"}),
        RustType::Number | RustType::Decimal => json!({"type": "number"}),
        RustType::Text(None) => json!({"type": "string"}),
        RustType::Text(Some(format)) => json!({"type": "string", "format": format}),
        RustType::Date => json!({"type": "string", "format": "date"}),
        RustType::DateTime => json!({"type": "string", "format": "date-time"}),
        RustType::Bytes => json!({"type": "string", "contentEncoding": "base64"}),
        RustType::Upload => json!({"type": "string", "pattern": UPLOAD}),
        RustType::Json => json!({}),
        RustType::List(items) => json!({"type": "array", "items": schema(items, types)}),
        RustType::Map(values) => {
            json!({"type": "object", "additionalProperties": schema(values, types)})
        }
        RustType::Named(id) => generated(&types[*id].content, types),
        RustType::Clear(names) => {
            json!({"type": "array", "items": {"type": "string", "enum": names}})
        }
        RustType::Clauses(id) => filter(&types[*id].content, true),
        RustType::ChildClauses(id) => filter(&types[*id].content, false),
        RustType::CustomFieldClauses => clauses::custom_fields(),
        RustType::Order(paths) => order(paths),
        RustType::Fields(id) => match &types[*id].content {
            Content::Paths(known) => paths(known),
            _ => json!({}),
        },
        RustType::Page { .. } => json!({}),
    }
}

fn generated(content: &Content, types: &[TypePlan]) -> Value {
    match content {
        Content::Choice(values) => {
            json!({"type": "string", "enum": values})
        }
        Content::NumberChoice(values) => json!({"type": "integer", "enum": values}),
        Content::Values(values) => json!({"enum": values}),
        Content::Object(properties) => known(properties, types),
        Content::Open(properties, rest) => {
            let mut schema = known(properties, types);
            let others = self::schema(&rest.ty, types);
            schema["additionalProperties"] = finish(others, &rest.description, &rest.limits);
            schema
        }
        Content::OneOf(forms) => {
            let forms = forms.iter().map(|it| {
                let form = schema(&it.ty, types);
                finish(form, &it.description, &it.limits)
            });
            json!({"anyOf": forms.collect::<Vec<_>>()})
        }
        Content::Reference(keys) => reference(keys),
        Content::Fields(_) => filter(content, true),
        Content::Paths(known) => paths(known),
    }
}

/// An object of these properties alone.
fn known(properties: &[PropertyPlan], types: &[TypePlan]) -> Value {
    let required = properties.iter().filter(|it| it.required);
    object(
        properties
            .iter()
            .map(|it| (it.wire.clone(), property(it, types)))
            .collect(),
        required.map(|it| it.wire.as_str().into()).collect(),
    )
}

/// A bare number or text, and never an object of both: it cannot contradict itself.
fn reference(keys: &Keys) -> Value {
    let number = keys.number.is_some().then(|| json!({"type": "integer"}));
    let text = keys
        .text
        .is_some()
        .then(|| json!({"type": "string", "minLength": 1}));
    match (number, text) {
        (Some(number), Some(text)) => json!({"anyOf": [number, text]}),
        (only, other) => only.or(other).unwrap_or_else(|| json!({})),
    }
}

/// The order of a list.
fn order(paths: &[String]) -> Value {
    json!({"type": "array", "items": {
        "type": "object",
        "properties": {
            "field": {"type": "string", "enum": paths},
            "direction": {"type": "string", "enum": ["asc", "desc"], "description": "`asc` if left out."},
        },
        "required": ["field"],
        "additionalProperties": false,
    }})
}

/// Paths of a record. A pattern says of a property and its parts in one word what an enum says in one each.
fn paths(known: &[super::paths::Property]) -> Value {
    json!({"type": "array", "items": {"type": "string", "pattern": super::paths::pattern(known)}, "minItems": 1})
}

fn filter(content: &Content, has_lists: bool) -> Value {
    match content {
        Content::Fields(fields) => clauses::filter(fields, has_lists),
        Content::Choice(_)
        | Content::NumberChoice(_)
        | Content::Values(_)
        | Content::Object(_)
        | Content::Open(..)
        | Content::OneOf(_)
        | Content::Reference(_)
        | Content::Paths(_) => json!({}),
    }
}
