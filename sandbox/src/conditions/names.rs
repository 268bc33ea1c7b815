//! Which names a condition may use, and what they may be compared with.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Condition, Literal, Operator, Test};
use crate::exchange::{Kind, Refusal};
use crate::schema::Schemas;

/// The names of a record's properties.
pub(crate) struct Names<'a> {
    pub(crate) schemas: &'a Schemas,
    /// The record's schema.
    pub(crate) schema: &'a Value,
    /// Names beyond the schema → the path that they stand for.
    pub(crate) aliases: &'a BTreeMap<String, String>,
    /// Whether names lead into lists: so in conditions on children, and only there.
    pub(crate) into_lists: bool,
}

/// What a property holds.
enum Content<'a> {
    Text,
    /// A text that holds a time, as far as its name tells: many such properties have no format in the spec.
    Moment,
    Choice(&'a [Value]),
    Number,
    Boolean,
    Anything,
}

impl<'a> Names<'a> {
    /// The same condition with aliases resolved, or what is wrong with it.
    pub(super) fn check(&self, condition: Condition) -> Result<Condition, Refusal> {
        let all = |parts: Vec<Condition>| {
            parts
                .into_iter()
                .map(|part| self.check(part))
                .collect::<Result<Vec<Condition>, Refusal>>()
        };
        match condition {
            Condition::All(parts) => all(parts).map(Condition::All),
            Condition::Any(parts) => all(parts).map(Condition::Any),
            Condition::Test(test) => self.test(test).map(Condition::Test),
        }
    }

    fn test(&self, test: Test) -> Result<Test, Refusal> {
        let name = self.path(&test.name)?;
        let content = self.content(&test.name, &name)?;
        for value in &test.values {
            fits(&test, &content, value)
                .map_err(|reason| Refusal::of(Kind::Condition, &test.name, reason))?;
        }
        Ok(Test { name, ..test })
    }

    /// The path that a name stands for.
    pub(super) fn path(&self, name: &str) -> Result<String, Refusal> {
        let unknown = || {
            Refusal::of(
                Kind::Condition,
                name,
                format!("{name} is not a recognized name."),
            )
        };
        if let Some(path) = self.aliases.get(name) {
            return Ok(path.clone());
        }
        self.schema_of(name).ok_or_else(unknown)?;
        Ok(name.to_owned())
    }

    fn schema_of(&self, path: &str) -> Option<&'a Value> {
        let mut schema = self.schema;
        for step in path.split('/') {
            let items = self.schemas.resolve(schema).get("items");
            schema = items.filter(|_| self.into_lists).unwrap_or(schema);
            schema = match self.schemas.property(schema, step) {
                Some(property) => property,
                // An object whose keys are free, such as `_info`.
                None => self
                    .schemas
                    .resolve(schema)
                    .get("additionalProperties")
                    .filter(|it| it.is_object())?,
            };
        }
        Some(schema)
    }

    fn content(&self, name: &str, path: &str) -> Result<Content<'a>, Refusal> {
        let refuse = |reason: &str| Refusal::of(Kind::Condition, name, format!("{name} {reason}."));
        let Some(schema) = self.schema_of(path) else {
            return Ok(Content::Moment);
        };
        let resolved = self.schemas.resolve(schema);
        if let Some(Value::Array(choices)) = resolved.get("enum") {
            return Ok(Content::Choice(choices));
        }
        match self.schemas.kind(schema) {
            Some("integer" | "number") => Ok(Content::Number),
            Some("boolean") => Ok(Content::Boolean),
            Some("array") => Err(refuse("is a list: it can only be used in childConditions")),
            Some("object") => Err(refuse(
                "is a record: one of its properties must be named, as in company/id",
            )),
            Some("string")
                if resolved
                    .get("format")
                    .is_some_and(|format| format == "date-time") =>
            {
                Ok(Content::Moment)
            }
            Some("string") if path.to_ascii_lowercase().contains("date") => Ok(Content::Moment),
            Some("string") => Ok(Content::Text),
            _ => Ok(Content::Anything),
        }
    }
}

fn fits(test: &Test, content: &Content<'_>, value: &Literal) -> Result<(), String> {
    let name = &test.name;
    let textual = matches!(test.operator, Operator::Contains | Operator::Like);
    match (content, value) {
        (Content::Anything, _) => Ok(()),
        (_, Literal::Null) if matches!(test.operator, Operator::Equal | Operator::NotEqual) => {
            Ok(())
        }
        (_, Literal::Null) => Err(format!("{name}: null can only be compared by = and !=.")),
        (Content::Choice(choices), Literal::Text(text)) if !textual => {
            let known = choices
                .iter()
                .filter_map(Value::as_str)
                .any(|choice| choice == text);
            if known {
                Ok(())
            } else {
                Err(format!("{name}: Enum value supplied was invalid."))
            }
        }
        (Content::Text | Content::Moment | Content::Choice(_), Literal::Text(_)) => Ok(()),
        (Content::Moment, Literal::Time(_)) => Ok(()),
        (Content::Number, Literal::Number(_)) => Ok(()),
        (Content::Boolean, Literal::Boolean(_)) if !ordered(test.operator) => Ok(()),
        (content, _) => Err(format!(
            "{name} can only be compared with {}.",
            wanted(content)
        )),
    }
}

fn ordered(operator: Operator) -> bool {
    use Operator::{Greater, GreaterOrEqual, Less, LessOrEqual};
    matches!(operator, Less | LessOrEqual | Greater | GreaterOrEqual)
}

fn wanted(content: &Content<'_>) -> &'static str {
    match content {
        Content::Text | Content::Choice(_) => "a text in quotes",
        Content::Moment => "a time in square brackets",
        Content::Number => "a number",
        Content::Boolean => "True or False, by = and !=",
        Content::Anything => "a value",
    }
}
