//! The JSON Schema of filters: which fields, operators and values go together, each field listed once.
//!
//! A clause is one object whose `anyOf` tells the types of fields apart. There are no references, so a group would repeat
//! all of it: there, fields and operators are listed, and words say that the form is the same. [`spell_out`] takes them at
//! their word.

use serde_json::{Value, json};

use crate::plan::conditions::{FieldPlan, Kind, LISTS, NULLS};

/// A filter over fields; `has_lists` says whether a field can be compared with several values.
pub(super) fn filter(fields: &[FieldPlan], has_lists: bool) -> Value {
    let mut kinds: Vec<(&Kind, Vec<&str>)> = Vec::new();
    for field in fields {
        match kinds.iter_mut().find(|(kind, _)| *kind == &field.kind) {
            Some((_, paths)) => paths.push(&field.path),
            None => kinds.push((&field.kind, vec![&field.path])),
        }
    }
    kinds.sort_by_key(|(kind, _)| *kind);
    let mut branches: Vec<_> = kinds
        .into_iter()
        .map(|(kind, paths)| branch(kind, &paths, has_lists))
        .collect();
    let nullable = fields.iter().filter(|it| it.nullable);
    let nullable: Vec<_> = nullable.map(|it| it.path.as_str()).collect();
    if !nullable.is_empty() {
        branches.push(json!({
            "properties": {"field": {"enum": nullable}, "op": {"enum": NULLS}},
            "maxProperties": 2,
        }));
    }
    let paths: Vec<_> = fields.iter().map(|it| it.path.as_str()).collect();
    let mut operators: Vec<_> = fields
        .iter()
        .flat_map(|it| it.operators(has_lists))
        .collect();
    operators.sort_by_key(|it| WORDS.iter().position(|word| word == it));
    operators.dedup();
    let listed = json!({"type": "string", "enum": paths});
    items(
        "field",
        &json!({"type": "string"}),
        &branches,
        &listed,
        &operators,
    )
}

/// Takes the groups of a tool's filters at their word: their clauses are of the form of those beside them.
pub(crate) fn spell_out(schema: &mut Value) {
    let properties = schema["properties"].as_object_mut();
    for (_, property) in properties.into_iter().flatten() {
        let Some(clause) = property.pointer("/items/anyOf/0").cloned() else {
            continue;
        };
        if let Some(items) = property.pointer_mut("/items/anyOf/1/properties/any/items") {
            *items = clause;
        }
    }
}

/// A filter over custom fields, whose types nobody knows: each value is what its JSON says.
pub(super) fn custom_fields() -> Value {
    let (text, number) = (json!({"type": "string"}), json!({"type": "number"}));
    let any = json!({"anyOf": [text, number, {"type": "boolean"}]});
    let ordered = json!({"anyOf": [number, {"type": "string", "format": "date-time"}]});
    let branches = [
        (&["equals", "not_equals"][..], any),
        (&["contains", "not_contains"], text),
        (&["less", "at_most", "greater", "at_least"], ordered),
    ];
    let mut branches: Vec<_> = branches
        .into_iter()
        .map(|(operators, value)| {
            json!({"properties": {"op": {"enum": operators}, "value": value}, "required": ["value"]})
        })
        .collect();
    branches.push(json!({"properties": {"op": {"enum": NULLS}}, "maxProperties": 2}));
    let caption = json!({"type": "string", "minLength": 1});
    let operators: Vec<_> = WORDS.into_iter().filter(|it| !LISTS.contains(it)).collect();
    items("caption", &caption, &branches, &caption, &operators)
}

/// Every operator, in the order in which they are listed.
const WORDS: [&str; 12] = [
    "equals",
    "not_equals",
    "contains",
    "not_contains",
    "less",
    "at_most",
    "greater",
    "at_least",
    "in",
    "not_in",
    "is_null",
    "is_not_null",
];

/// Clauses on `subject`, whose schema is told apart by branches, or in groups is `listed`.
fn items(
    subject: &str,
    schema: &Value,
    branches: &[Value],
    listed: &Value,
    operators: &[&str],
) -> Value {
    let clause = json!({
        "type": "object",
        "properties": {subject: schema, "op": {"type": "string"}, "value": {}},
        "required": [subject, "op"],
        "additionalProperties": false,
        "anyOf": branches,
    });
    let listed = json!({
        "type": "object",
        "properties": {subject: listed, "op": {"type": "string", "enum": operators}, "value": {}},
        "required": [subject, "op"],
        "additionalProperties": false,
    });
    let any = json!({
        "type": "array",
        "description": "Clauses of the same form; one of them must hold.",
        "items": listed,
        "minItems": 1,
    });
    let group = json!({
        "type": "object",
        "properties": {"any": any},
        "required": ["any"],
        "additionalProperties": false,
    });
    json!({"type": "array", "items": {"anyOf": [clause, group]}})
}

/// The fields of one type.
fn branch(kind: &Kind, paths: &[&str], has_lists: bool) -> Value {
    let value = match kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Number => json!({"type": "number"}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Time => json!({"type": "string", "format": "date-time"}),
        Kind::Choice(values) => json!({"type": "string", "enum": values}),
    };
    let (field, operators) = (json!({"enum": paths}), kind.operators());
    if !has_lists || !kind.has_lists() {
        return json!({
            "properties": {"field": field, "op": {"enum": operators}, "value": value},
            "required": ["value"],
        });
    }
    let list = json!({"type": "array", "items": value, "minItems": 1});
    json!({
        "properties": {"field": field},
        "required": ["value"],
        "anyOf": [
            {"properties": {"op": {"enum": operators}, "value": value}},
            {"properties": {"op": {"enum": LISTS}, "value": list}},
        ],
    })
}
