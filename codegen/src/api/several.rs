//! Finds what is said of one value in several places: the forms that it may have, and the type that all parts say together.

use std::{borrow::Cow, collections::BTreeSet, mem::discriminant, rc::Rc};

use super::{Api, Format, Limit, Schema, Type};

/// One of several schemas.
#[derive(Clone, Debug, Default)]
pub struct OneOf {
    /// The schemas, in the spec's order.
    pub forms: Vec<Form>,
    /// The property whose value says which of them it is.
    pub discriminator: Option<String>,
    /// What all of them are, where they are the children of a component.
    pub base: Option<Rc<Schema>>,
}

/// One of several schemas.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its schema.
    pub schema: Rc<Schema>,
    /// What it is called: its component, or its title.
    pub name: Option<String>,
    /// Values of the discriminator that stand for it.
    pub values: Vec<String>,
}

/// Why a reference leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Name of the problem.
    pub code: &'static str,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: &'static str,
}

/// Schemas that were looked at; what comes again leads in a circle.
type Seen = BTreeSet<*const Schema>;

impl Api {
    /// The forms that a value may have, if there are several; what stands beside them is part of each.
    pub fn one_of(&self, schema: &Schema) -> Option<OneOf> {
        self.one_of_within(schema, &mut Seen::new())
    }

    fn one_of_within(&self, schema: &Schema, seen: &mut Seen) -> Option<OneOf> {
        if !seen.insert(schema) {
            return None;
        }
        match &schema.ty {
            Type::OneOf(one_of) => Some(one_of.clone()),
            Type::Named(name) => self.one_of_within(self.schemas.get(name)?, seen),
            Type::AllOf(parts) => {
                let found = parts.iter().map(|it| self.one_of_within(it, seen));
                let found: Vec<_> = found.collect();
                let at = found.iter().position(Option::is_some)?;
                let others: Vec<_> = (0..parts.len()).filter(|it| *it != at).collect();
                let is_object = |it: &usize| {
                    found[*it].is_none()
                        && (self.object(&parts[*it]).is_some()
                            || matches!(self.resolve(&parts[*it]).ty, Type::Json))
                };
                if !others.iter().all(is_object) {
                    return None;
                }
                let others = others.into_iter().map(|it| Rc::clone(&parts[it]));
                let others: Vec<_> = others.collect();
                Some(found.into_iter().flatten().next()?.beside(&others))
            }
            _ => None,
        }
    }

    /// What a schema is: behind names, and of several parts that say something of one value that is no object, all of it.
    pub fn whole<'a>(&'a self, schema: &'a Schema) -> Cow<'a, Type> {
        let schema = self.resolve(schema);
        match &schema.ty {
            Type::AllOf(parts) => match self.merged(parts, &mut Seen::new()) {
                Some(ty) => Cow::Owned(ty),
                None => Cow::Borrowed(&schema.ty),
            },
            ty => Cow::Borrowed(ty),
        }
    }

    /// What two places say of one value, where all of that can be said; else what the later one says.
    pub(super) fn both(&self, earlier: &Schema, later: &Rc<Schema>) -> Rc<Schema> {
        let (one, other) = (self.whole(earlier), self.whole(later));
        let Some(all) = one.clone().into_owned().and(other.clone().into_owned()) else {
            return Rc::clone(later);
        };
        let is_of = |ty: &Type| discriminant(ty) == discriminant(&all);
        // A component keeps its name where the other place says nothing new.
        let ty = if one.is_bare() && is_of(&other) {
            later.ty.clone()
        } else if other.is_bare() && is_of(&one) {
            earlier.ty.clone()
        } else {
            all
        };
        let mut told = earlier.told.clone();
        told.extend(
            later
                .told
                .iter()
                .filter(|it| !earlier.told.contains(it))
                .cloned(),
        );
        Rc::new(Schema {
            told,
            default: later.default.clone().or_else(|| earlier.default.clone()),
            beyond: later.beyond.clone().or_else(|| earlier.beyond.clone()),
            ty,
            ..Schema::clone(later)
        })
    }

    fn merged(&self, parts: &[Rc<Schema>], seen: &mut Seen) -> Option<Type> {
        let mut whole: Option<Type> = None;
        let mut limits = Vec::new();
        for part in parts {
            let part = self.resolve(part);
            let ty = match &part.ty {
                Type::Json => continue,
                Type::Limits(more) => {
                    limits.extend(more.iter().cloned());
                    continue;
                }
                Type::AllOf(_) if !seen.insert(part) => return None,
                Type::AllOf(parts) => self.merged(parts, seen)?,
                ty => ty.clone(),
            };
            whole = Some(match whole {
                Some(earlier) => earlier.and(ty)?,
                None => ty,
            });
        }
        whole?.within(limits)
    }
}

impl OneOf {
    /// The same forms, each with what stands beside them.
    fn beside(self, others: &[Rc<Schema>]) -> Self {
        let forms = self.forms.into_iter().map(|it| it.beside(others));
        Self {
            forms: forms.collect(),
            discriminator: self.discriminator,
            base: None,
        }
    }
}

impl Form {
    /// The name of the component that it is, beside which something may stand.
    pub(crate) fn component(&self) -> Option<&str> {
        let named = match &self.schema.ty {
            Type::AllOf(parts) => &parts.last()?.ty,
            ty => ty,
        };
        let name = self.name.as_deref()?;
        matches!(named, Type::Named(it) if it.rsplit('/').next() == Some(name)).then_some(name)
    }

    /// The same form, with what stands beside it.
    pub(crate) fn beside(self, others: &[Rc<Schema>]) -> Self {
        let parts = others.iter().chain([&self.schema]).cloned().collect();
        let schema = Schema {
            pointer: self.schema.pointer.clone(),
            description: self.schema.description.clone(),
            ty: Type::AllOf(parts),
            ..Schema::default()
        };
        Self {
            schema: Rc::new(schema),
            ..self
        }
    }
}

impl Type {
    /// Whether nothing is said of a single value but its type.
    fn is_bare(&self) -> bool {
        match self {
            Self::Boolean => true,
            Self::Integer(limits) | Self::Number(limits) | Self::Text(Format::Any, limits) => {
                limits.is_empty()
            }
            _ => false,
        }
    }

    /// What is of both types, where that can be said.
    fn and(self, other: Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Boolean, Self::Boolean) => Self::Boolean,
            (Self::Integer(a), Self::Integer(b) | Self::Number(b))
            | (Self::Number(a), Self::Integer(b)) => Self::Integer([a, b].concat()),
            (Self::Number(a), Self::Number(b)) => Self::Number([a, b].concat()),
            (Self::Text(Format::Any, a), Self::Text(format, b))
            | (Self::Text(format, a), Self::Text(Format::Any, b)) => {
                Self::Text(format, [a, b].concat())
            }
            (Self::Text(one, a), Self::Text(other, b)) if one == other => {
                Self::Text(one, [a, b].concat())
            }
            (Self::Choice(a), Self::Choice(b)) => {
                let both: Vec<_> = a.into_iter().filter(|it| b.contains(it)).collect();
                (!both.is_empty()).then_some(Self::Choice(both))?
            }
            (Self::Choice(values), Self::Text(_, limits))
            | (Self::Text(_, limits), Self::Choice(values))
                if limits.is_empty() =>
            {
                Self::Choice(values)
            }
            (Self::NumberChoice(values), Self::Integer(limits) | Self::Number(limits))
            | (Self::Integer(limits) | Self::Number(limits), Self::NumberChoice(values))
                if limits.is_empty() =>
            {
                Self::NumberChoice(values)
            }
            _ => return None,
        })
    }

    /// The same type within further limits, if they can be limits of it.
    fn within(self, more: Vec<Limit>) -> Option<Self> {
        Some(match self {
            Self::Integer(limits) => Self::Integer([limits, more].concat()),
            Self::Unsigned(limits) => Self::Unsigned([limits, more].concat()),
            Self::Number(limits) => Self::Number([limits, more].concat()),
            Self::Decimal(limits) => Self::Decimal([limits, more].concat()),
            Self::Text(format, limits) => Self::Text(format, [limits, more].concat()),
            Self::List(items, limits) => Self::List(items, [limits, more].concat()),
            ty if more.is_empty() => match ty {
                Self::Boolean | Self::Choice(_) | Self::NumberChoice(_) | Self::Values(_) => ty,
                _ => return None,
            },
            _ => return None,
        })
    }
}
