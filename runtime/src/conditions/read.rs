//! Reads the filters from the arguments.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Clause, Condition, CustomFieldClause, Field, Operator, literal};
use crate::{
    args::Args,
    choice::{self, Choice as _},
    limit::Limit,
    suggest, text,
};

impl Args<'_> {
    /// The items of a filter: `{field, op, value}`, or `{any: […]}` of such.
    pub fn clauses(&mut self, key: &'static str, fields: &'static [Field]) -> Vec<Condition> {
        conditions(self, key, |args| clause(args, fields, |_| true))
    }

    /// The same for items of a record's arrays, which are compared with one value at a time.
    pub fn child_clauses(&mut self, key: &'static str, fields: &'static [Field]) -> Vec<Condition> {
        conditions(self, key, |args| {
            clause(args, fields, |operator| !operator.takes_many())
        })
    }

    /// The same for custom fields: `{caption, op, value}`. One custom field must be able to meet all items.
    pub fn custom_field_clauses(&mut self, key: &'static str) -> Vec<Condition<CustomFieldClause>> {
        let mut captions: Option<BTreeSet<String>> = None;
        let items = self.optional_by(key, &[], |args| {
            args.items(false, |args| {
                let item = item(args, &CustomFieldClause::read)?;
                let named = named(&item);
                let left = captions.take().map_or(named.clone(), |it| &it & &named);
                if left.is_empty() {
                    args.wrong(
                        "one custom field must meet all items, and the items before name another caption; \
                         filter by one of them, or give both as `any`",
                    );
                }
                captions = Some(left);
                Some(item)
            })
        });
        items.into_iter().flatten().flatten().collect()
    }
}

/// The custom fields that could meet an item.
fn named(item: &Condition<CustomFieldClause>) -> BTreeSet<String> {
    match item {
        Condition::One(clause) => BTreeSet::from([clause.caption.clone()]),
        Condition::Any(clauses) => clauses.iter().map(|it| it.caption.clone()).collect(),
    }
}

fn conditions<C>(
    args: &mut Args,
    key: &'static str,
    clause: impl Fn(&mut Args) -> Option<C>,
) -> Vec<Condition<C>> {
    let items = args.optional_by(key, &[], |args| {
        args.items(false, |args| item(args, &clause))
    });
    items.into_iter().flatten().flatten().collect()
}

fn item<C>(args: &mut Args, clause: &impl Fn(&mut Args) -> Option<C>) -> Option<Condition<C>> {
    let is_group = args.value().is_some_and(|it| it.get("any").is_some());
    if !is_group {
        return clause(args).map(Condition::One);
    }
    let clauses = args.required_by("any", &[Limit::MinItems(1)], |args| {
        args.items(false, clause)
    });
    clauses
        .into_iter()
        .collect::<Option<_>>()
        .map(Condition::Any)
}

fn clause(
    args: &mut Args,
    fields: &'static [Field],
    is_allowed: fn(Operator) -> bool,
) -> Option<Clause> {
    let field = args.required_by("field", &[], |args| field(args, fields));
    let operator = args.required_by("op", &[], |args| match field {
        Some(field) => operator(args, field, is_allowed),
        None => Some(args.choice()),
    });
    let values = operand(args, operator, |args, operator| {
        values(args, field?, operator)
    });
    Some(Clause {
        field: field?,
        operator: operator?,
        values: values?,
    })
}

/// The value of a clause, unless its operator takes none.
pub(super) fn operand<T>(
    args: &mut Args,
    operator: Option<Operator>,
    read: impl FnOnce(&mut Args, Operator) -> Option<Vec<T>>,
) -> Option<Vec<T>> {
    // Where the field cannot be compared so, that was told; a value is not missed.
    let said = args.value().and_then(|it| it["op"].as_str());
    let takes_none = |it: &&(&str, Operator)| it.1.takes_none() && Some(it.0) == said;
    if let Some((word, _)) = Operator::ALL.iter().find(takes_none) {
        args.optional_by("value", &[], |args| {
            args.wrong(format!("`{word}` takes no value; leave it out"));
        });
        return Some(Vec::new());
    }
    args.required_by("value", &[], |args| read(args, operator?))
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

/// The operator, if the field can be compared so.
fn operator(args: &mut Args, field: Field, is_allowed: fn(Operator) -> bool) -> Option<Operator> {
    let value = args.value()?;
    let word = value.as_str().unwrap_or_default();
    let mut allowed = field.operators().filter(|it| is_allowed(*it));
    let operator = allowed.find(|operator| operator.word() == word);
    if operator.is_none() {
        let allowed = field.operators().filter(|it| is_allowed(*it));
        let words: Vec<_> = allowed.map(Operator::word).collect();
        let (path, kind) = (field.path, field.kind.name());
        let refusal = choice::refusal(value, &words);
        args.wrong(format!("`{path}` is a {kind} field: {refusal}"));
    }
    operator
}

fn values(args: &mut Args, field: Field, operator: Operator) -> Option<Vec<Value>> {
    let one = |args: &mut Args| literal_of(args, |value| literal::of(field.kind, operator, value));
    if !operator.takes_many() {
        return one(args).map(|value| vec![value]);
    }
    let came = args.take("an array of values", Value::as_array)?;
    if came.is_empty() {
        args.wrong("must have at least 1 item, has 0");
    }
    let values = args.items(false, one);
    Some(values.into_iter().flatten().collect())
}

/// This value, if it has a literal.
pub(super) fn literal_of(
    args: &mut Args,
    literal: impl FnOnce(&Value) -> Result<String, String>,
) -> Option<Value> {
    let value = args.value()?;
    match literal(value) {
        Ok(_) => Some(value.clone()),
        Err(why) => {
            args.wrong(why);
            None
        }
    }
}
