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

impl Api {
    /// Whether a value of this type is a single one, which goes out as a text wherever it stands.
    pub fn is_single(&self, ty: &Type) -> bool {
        self.is_single_within(ty, DEEPEST)
    }

    fn is_single_within(&self, ty: &Type, depth: usize) -> bool {
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
                forms.all(|it| self.is_single_within(&self.whole(&it.schema), depth))
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
