//! The fields that records can be filtered by: what their schema shows, and how each is compared.

use crate::api::{Api, Format, Object, Property, Schema, Type};

/// A field that a list can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPlan {
    /// Path, such as `board/name`.
    pub path: String,
    /// Type of its values.
    pub kind: Kind,
    /// Whether a record may have none.
    pub nullable: bool,
    /// Whether its numbers are whole.
    pub is_whole: bool,
}

/// Type of a field's values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Text
    Text,
    /// A number
    Number,
    /// True or false
    Boolean,
    /// RFC 3339
    Time,
    /// Text out of a closed set
    Choice(Vec<String>),
}

impl Kind {
    /// The kind of a word in docs.yaml.
    pub fn of(word: &str) -> Self {
        match word {
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "time" => Self::Time,
            _ => Self::Text,
        }
    }

    /// Its word in docs.yaml, which is its constructor in the runtime too.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Time => "time",
            Self::Choice(_) => "choice",
        }
    }

    /// Operators that take one value.
    pub fn operators(&self) -> &'static [&'static str] {
        match self {
            Self::Text => &["equals", "not_equals", "contains", "not_contains"],
            Self::Number => &[
                "equals",
                "not_equals",
                "less",
                "at_most",
                "greater",
                "at_least",
            ],
            Self::Boolean | Self::Choice(_) => &["equals", "not_equals"],
            Self::Time => &["less", "at_most", "greater", "at_least"],
        }
    }

    /// Whether `in` and `not_in` are allowed.
    pub fn has_lists(&self) -> bool {
        matches!(self, Self::Text | Self::Number | Self::Choice(_))
    }
}

/// Operators that take several values.
pub(crate) const LISTS: [&str; 2] = ["in", "not_in"];
/// Operators that take none.
pub(crate) const NULLS: [&str; 2] = ["is_null", "is_not_null"];

impl FieldPlan {
    /// All operators that compare it; not all records' arrays have those that take several values.
    pub fn operators(&self, has_lists: bool) -> Vec<&'static str> {
        let mut operators = self.kind.operators().to_vec();
        if has_lists && self.kind.has_lists() {
            operators.extend(LISTS);
        }
        if self.nullable {
            operators.extend(NULLS);
        }
        operators
    }
}

/// Looks for fields in schemas.
pub(super) struct Finder<'a> {
    pub(super) api: &'a Api,
    /// Properties that the vendor fills in: every record has them.
    pub(super) computed: &'a [String],
    /// Whether a closed set is one; a whole API would be too long with all its values.
    pub(super) has_choices: bool,
}

impl Finder<'_> {
    /// Scalars of the record, and the scalars of the objects that it refers to.
    pub(super) fn own(&self, record: &Schema) -> Vec<FieldPlan> {
        self.fields("", &self.api.object(record).unwrap_or_default())
    }

    /// The same of the items of its arrays: `communicationItems/value`.
    pub(super) fn of_children(&self, record: &Schema) -> Vec<FieldPlan> {
        let record = self.api.object(record).unwrap_or_default();
        let arrays = record.properties.iter().filter_map(|(name, property)| {
            let items = self.api.items(&property.schema)?;
            Some((name, self.api.object(&items)?))
        });
        let fields = arrays.flat_map(|(name, items)| {
            let mut fields = self.fields(&format!("{name}/"), &items);
            // What an entry lacks is nothing to look for, unless the document says that it may be null.
            for field in &mut fields {
                let part = field.path.split('/').nth(1).unwrap_or_default();
                let property = items.properties.get(part);
                field.nullable &= property.is_some_and(|it| self.says_nullable(&it.schema));
            }
            fields
        });
        fields.collect()
    }

    /// `prefix` is empty, or leads to the object and ends in a slash.
    fn fields(&self, prefix: &str, object: &Object) -> Vec<FieldPlan> {
        let mut fields = Vec::new();
        for (name, property) in &object.properties {
            let is_computed = self.computed.contains(name);
            let nullable = !is_computed && self.is_nullable(property);
            let path = format!("{prefix}{name}");
            if let Some(kind) = self.kind(&property.schema) {
                let nullable = nullable
                    && match kind {
                        Kind::Time => true,
                        // An empty text may be null or not, unless the document says so.
                        Kind::Text => self.says_nullable(&property.schema),
                        // These are asked for by their value.
                        Kind::Number | Kind::Boolean | Kind::Choice(_) => false,
                    };
                fields.push(FieldPlan {
                    path,
                    kind,
                    nullable,
                    is_whole: self.is_whole(&property.schema),
                });
            } else if let Some(object) = self.api.object(&property.schema) {
                let parts = object.properties.iter().filter_map(|(part, it)| {
                    Some(FieldPlan {
                        path: format!("{path}/{part}"),
                        kind: self.kind(&it.schema)?,
                        nullable: nullable || self.is_nullable(it),
                        is_whole: self.is_whole(&it.schema),
                    })
                });
                fields.extend(parts);
            }
        }
        fields
    }

    fn is_nullable(&self, property: &Property) -> bool {
        !property.required || self.says_nullable(&property.schema)
    }

    fn is_whole(&self, schema: &Schema) -> bool {
        let ty = &self.api.resolve(schema).ty;
        matches!(ty, Type::Integer(_) | Type::NumberChoice(_))
    }

    fn says_nullable(&self, schema: &Schema) -> bool {
        schema.nullable || self.api.resolve(schema).nullable
    }

    fn kind(&self, schema: &Schema) -> Option<Kind> {
        match &self.api.resolve(schema).ty {
            Type::Boolean => Some(Kind::Boolean),
            Type::Integer(_) | Type::Number(_) | Type::Decimal(_) | Type::NumberChoice(_) => {
                Some(Kind::Number)
            }
            Type::Text(Format::Date | Format::DateTime, _) => Some(Kind::Time),
            Type::Text(Format::Bytes, _) => None,
            Type::Choice(values) if self.has_choices => Some(Kind::Choice(values.clone())),
            Type::Text(..) | Type::Choice(_) => Some(Kind::Text),
            _ => None,
        }
    }
}
