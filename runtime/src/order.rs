//! In which order a list comes: properties of its records, each upwards or downwards.

use serde_json::Value;

use crate::{args::Args, call::Call, choice::Choice, suggest, text};

/// A property that a list is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Path such as `contact/name`.
    pub field: &'static str,
    /// Which way.
    pub direction: Direction,
}

/// Which way a list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The smallest, or the earliest, first.
    Ascending,
    /// The largest, or the latest, first.
    Descending,
}

impl Choice for Direction {
    const ALL: &'static [(&'static str, Self)] =
        &[("asc", Self::Ascending), ("desc", Self::Descending)];
}

impl Args<'_> {
    /// The order of a list: an array of `{field, direction}`, the direction upwards if left out.
    pub fn order(&mut self, key: &'static str, fields: &'static [&'static str]) -> Vec<Order> {
        let order = self.optional_by(key, &[], |args| args.items(false, |args| one(args, fields)));
        order.into_iter().flatten().flatten().collect()
    }
}

fn one(args: &mut Args, fields: &'static [&'static str]) -> Option<Order> {
    let field = args.required_by("field", &[], |args| field(args, fields));
    let direction = args.optional_by("direction", &[], |args| args.choice());
    Some(Order {
        field: field?,
        direction: direction.unwrap_or(Direction::Ascending),
    })
}

fn field(args: &mut Args, fields: &'static [&'static str]) -> Option<&'static str> {
    let came = args.take("the name of a field", Value::as_str)?;
    let field = fields.iter().find(|it| **it == came).copied();
    if field.is_none() {
        let instead = suggest::instead(came, fields, "fields to order by");
        args.wrong(format!("unknown field {}{instead}", text::ticked(came)));
    }
    field
}

impl Call {
    /// In which order the list comes: `contact/name asc,id desc`. A field that comes again decides nothing more.
    pub fn order(&mut self, name: &'static str, order: Vec<Order>) {
        let input = self.of_caller(name);
        let mut texts: Vec<String> = Vec::new();
        let mut seen = Vec::new();
        for Order { field, direction } in order {
            if !seen.contains(&field) {
                seen.push(field);
                let direction = direction.wire();
                texts.push(format!(
                    "{field} {}",
                    direction.as_str().unwrap_or_default()
                ));
            }
        }
        if !texts.is_empty() {
            self.ordered_by = Some((name, input));
            self.query.push((name.into(), texts.join(",")));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde_json::json;

    use super::*;
    use crate::table::Verb;

    const FIELDS: &[&str] = &["id", "contact/name"];

    fn written(order: Value) -> Result<Vec<(Cow<'static, str>, String)>, String> {
        let arguments = json!({ "order_by": order });
        let mut args = Args::new(&arguments);
        let order = args.order("order_by", FIELDS);
        if let Some(mistake) = args.finish().first() {
            return Err(mistake.to_string());
        }
        let mut call = Call::new(Verb::Get, "/things");
        call.order("orderBy", order);
        Ok(call.query)
    }

    #[test]
    fn an_order_is_written_in_the_order_given() {
        let order = json!([
            {"field": "contact/name"}, {"field": "id", "direction": "desc"}, {"field": "id", "direction": "asc"},
        ]);
        let expected = vec![("orderBy".into(), "contact/name asc,id desc".to_owned())];
        assert_eq!(written(order), Ok(expected));
        assert_eq!(written(json!([])), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_order_is_refused() {
        let cases = [
            (
                json!([{"field": "contact/nmae"}]),
                "did you mean `contact/name`?",
            ),
            (json!([{"field": "id", "direction": "down"}]), "\"asc\""),
            (json!([{"direction": "asc"}]), "required input is missing"),
            (json!(["id"]), "expected an object"),
            (json!([{"field": "id", "dir": "asc"}]), "unknown input"),
        ];
        for (order, why) in cases {
            let told = written(order.clone()).unwrap_err();
            assert!(told.contains(why), "{order}: {told}");
        }
    }
}
