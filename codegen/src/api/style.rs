//! How a parameter, or a field of a form, is written: the styles of the OpenAPI specification.

use super::{Api, Type};

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Style {
    /// Its name in the specification.
    pub name: StyleName,
    /// Whether each item of an array, and each property of an object, is a value of its own.
    pub explode: bool,
    /// Whether reserved characters go out as they are.
    pub allow_reserved: bool,
}

/// A style by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StyleName {
    /// `3,4,5`
    Simple,
    /// `.3.4.5`
    Label,
    /// `;id=3;id=4`
    Matrix,
    /// `id=3&id=4`
    Form,
    /// `id=3%204`
    SpaceDelimited,
    /// `id=3%7C4`
    PipeDelimited,
    /// `id[key]=3`
    DeepObject,
    /// No style: the JSON of the value, as `content` says.
    Json,
}

impl StyleName {
    /// As the specification writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Json => "JSON",
        }
    }
}

impl Style {
    /// A style, exploded as stated, else as is usual for it.
    pub fn new(name: StyleName, explode: Option<bool>) -> Self {
        Self {
            name,
            explode: explode.unwrap_or(name == StyleName::Form),
            allow_reserved: false,
        }
    }
}

/// Forms within each other that are followed; more lead in a circle.
const DEEPEST: usize = 16;
/// Forms that are looked at for one value, those within each other among them.
const MOST: usize = 10_000;

impl Api {
    /// Whether a value of this type is a single one, which goes out as a text wherever it stands.
    pub fn is_single(&self, ty: &Type) -> bool {
        let mut left = MOST;
        self.is_single_within(ty, DEEPEST, &mut left)
    }

    /// `left`: forms that may still be looked at; with none left it is no.
    fn is_single_within(&self, ty: &Type, depth: usize, left: &mut usize) -> bool {
        match ty {
            Type::Boolean
            | Type::Integer(_)
            | Type::Unsigned(_)
            | Type::Number(_)
            | Type::Decimal(_)
            | Type::Text(..)
            | Type::Choice(_)
            | Type::NumberChoice(_) => true,
            Type::Values(values) => values
                .iter()
                .all(|it| it.is_string() || it.is_number() || it.is_boolean()),
            Type::OneOf(one_of) => depth.checked_sub(1).is_some_and(|depth| {
                let mut forms = one_of.forms.iter();
                forms.all(|it| {
                    left.checked_sub(1).is_some_and(|rest| {
                        *left = rest;
                        self.is_single_within(&self.whole(&it.schema), depth, left)
                    })
                })
            }),
            Type::Json
            | Type::List(..)
            | Type::Object(_)
            | Type::Map(_)
            | Type::AllOf(_)
            | Type::Limits(_)
            | Type::Named(_)
            | Type::Broken(_)
            | Type::Unsupported(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::api::{Form, Format, OneOf, Schema};

    /// Fifteen choices, each between ten times the next, and a text at the end: 10^15 ways.
    #[test]
    fn choices_that_multiply_are_given_up() {
        let choice = |of: Type, times: usize| {
            let schema = Rc::new(Schema {
                ty: of,
                ..Schema::default()
            });
            let form = Form {
                schema,
                name: None,
                values: Vec::new(),
            };
            Type::OneOf(OneOf {
                forms: vec![form; times],
                ..OneOf::default()
            })
        };
        let mut api = Api::default();
        for step in 1..=15 {
            let ty = choice(Type::Named((step + 1).to_string()), 10);
            let schema = Schema {
                ty,
                ..Schema::default()
            };
            api.schemas.insert(step.to_string(), Rc::new(schema));
        }
        let text = Schema {
            ty: Type::Text(Format::Any, Vec::new()),
            ..Schema::default()
        };
        api.schemas.insert("16".to_owned(), Rc::new(text));
        assert!(!api.is_single(&choice(Type::Named("1".to_owned()), 1)));
        assert!(api.is_single(&choice(Type::Named("14".to_owned()), 10)));
    }
}
