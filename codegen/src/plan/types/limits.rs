//! Decides what limits a value before the call, and what its description says that no schema can.

use super::TypeTable;
use crate::{
    api::{Limit, Schema, Type},
    plan::inputs::sentences,
};

/// Arrays and maps within each other whose values' limits are checked; an array of itself has no end.
const DEEPEST: usize = 4;

impl TypeTable<'_> {
    /// The limits of a value.
    pub(super) fn limits(&self, schema: &Schema) -> Vec<Limit> {
        self.limits_within(schema, DEEPEST)
    }

    fn limits_within(&self, schema: &Schema, depth: usize) -> Vec<Limit> {
        let each = |schema: &Schema| {
            let each = depth.checked_sub(1);
            let each = each.map(|depth| self.limits_within(schema, depth));
            each.filter(|it| !it.is_empty()).map(Limit::Each)
        };
        match &*self.api.whole(schema) {
            Type::Integer(limits)
            | Type::Unsigned(limits)
            | Type::Number(limits)
            | Type::Decimal(limits)
            | Type::Text(_, limits) => limits.clone(),
            Type::List(items, limits) => limits.iter().cloned().chain(each(items)).collect(),
            Type::Map(values) => each(values).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// A description with what is said of the value beside its type: what nobody checks, and what the vendor takes where
    /// nothing is sent.
    pub fn told(&self, description: &str, schema: &Schema, may_be_left_out: bool) -> String {
        let behind = self.api.resolve(schema);
        let is_same = std::ptr::eq(behind, schema);
        let of_behind = behind.told.iter().filter(|_| !is_same);
        let told: Vec<&str> = schema
            .told
            .iter()
            .chain(of_behind)
            .map(String::as_str)
            .collect();
        let default = schema.default.as_ref().or(behind.default.as_ref());
        let default = default.filter(|_| may_be_left_out);
        let default =
            default.map(|it| format!("If it is left out, the vendor takes {}.", shown(it)));
        let default = default.unwrap_or_default();
        let all = [&[description], told.as_slice(), &[&default]].concat();
        sentences(&all)
    }
}

/// A value as a caller would give it; a long one in part.
fn shown(value: &serde_json::Value) -> String {
    const LONGEST: usize = 100;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        None => format!("`{text}`"),
        Some((end, _)) => format!("`{}…`", &text[..end]),
    }
}
