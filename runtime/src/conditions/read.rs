//! Reads the clauses of a filter from the arguments.

use serde_json::Value;

use super::{Clause, Field, Operator, literal};
use crate::{args::Args, choice, suggest, text};

impl Args<'_> {
    /// The clauses of a filter: an array of `{field, op, value}`.
    pub fn clauses(&mut self, key: &'static str, fields: &'static [Field]) -> Vec<Clause> {
        let clauses = self.optional_by(key, &[], |args| {
            args.items(false, |args| clause(args, fields))
        });
        clauses.into_iter().flatten().flatten().collect()
    }
}

fn clause(args: &mut Args, fields: &'static [Field]) -> Option<Clause> {
    let field = args.required_by("field", &[], |args| field(args, fields));
    let operator = args.required_by("op", &[], |args| operator(args, field));
    let values = args.required_by("value", &[], |args| values(args, field?, operator?));
    Some(Clause {
        field: field?,
        operator: operator?,
        values: values?,
    })
}

fn field(args: &mut Args, fields: &'static [Field]) -> Option<Field> {
    let path = args.take("the name of a field", Value::as_str)?;
    let field = fields.iter().find(|field| field.path == path).copied();
    if field.is_none() {
        let known: Vec<_> = fields.iter().map(|field| field.path).collect();
        let instead = suggest::instead(path, &known, "fields");
        args.wrong(format!("unknown field {}{instead}", text::ticked(path)));
    }
    field
}

/// The operator, if the field (where it is known) can be compared so.
fn operator(args: &mut Args, field: Option<Field>) -> Option<Operator> {
    let value = args.value()?;
    let Some(Field { path, kind }) = field else {
        return Some(args.choice());
    };
    let allowed = kind.operators();
    let word = value.as_str().unwrap_or_default();
    let operator = allowed.iter().find(|operator| operator.word() == word);
    if operator.is_none() {
        let words: Vec<_> = allowed.iter().map(|operator| operator.word()).collect();
        let (kind, refusal) = (kind.name(), choice::refusal(value, &words));
        args.wrong(format!("`{path}` is a {kind} field: {refusal}"));
    }
    operator.copied()
}

fn values(args: &mut Args, field: Field, operator: Operator) -> Option<Vec<Value>> {
    if !operator.takes_many() {
        return one(args, field).map(|value| vec![value]);
    }
    let came = args.take("an array of values", Value::as_array)?;
    if came.is_empty() {
        args.wrong("must have at least 1 item, has 0");
    }
    let values = args.items(false, |args| one(args, field));
    Some(values.into_iter().flatten().collect())
}

fn one(args: &mut Args, field: Field) -> Option<Value> {
    let value = args.value()?;
    match literal::of(field.kind, value) {
        Ok(_) => Some(value.clone()),
        Err(why) => {
            args.wrong(why);
            None
        }
    }
}
