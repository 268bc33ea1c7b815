//! The spec's schemas: how `$ref`s are followed, and what a value does wrong.

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};

use crate::exchange::{Complaint, Kind};

/// The component schemas, as the spec has them.
pub(crate) struct Schemas {
    defs: Map<String, Value>,
    /// The same for requests: what is read-only is not required.
    requests: Map<String, Value>,
}

impl Schemas {
    pub(crate) fn new(defs: Map<String, Value>) -> Self {
        let mut requests = Value::Object(defs.clone());
        relax(&mut requests, &defs);
        let requests = if let Value::Object(requests) = requests {
            requests
        } else {
            Map::new()
        };
        Self { defs, requests }
    }

    /// The schema behind a `$ref`.
    pub(crate) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        resolve(schema, &self.defs)
    }

    /// A property's schema, `$ref` not followed.
    pub(crate) fn property<'a>(&'a self, schema: &'a Value, name: &str) -> Option<&'a Value> {
        let schema = self.resolve(schema);
        let own = schema
            .get("properties")
            .and_then(|properties| properties.get(name));
        own.or_else(|| {
            let parts = schema.get("allOf").and_then(Value::as_array);
            parts?.iter().find_map(|part| self.property(part, name))
        })
    }

    /// A schema's type, `null` aside.
    pub(crate) fn kind<'a>(&'a self, schema: &'a Value) -> Option<&'a str> {
        let schema = self.resolve(schema);
        let named = match schema.get("type") {
            Some(Value::Array(types)) => types
                .iter()
                .filter_map(Value::as_str)
                .find(|kind| *kind != "null"),
            kind => kind.and_then(Value::as_str),
        };
        named.or_else(|| schema.get("properties").map(|_| "object"))
    }

    /// What checks a request's values against a schema.
    pub(crate) fn validator(&self, schema: &Value) -> Result<Validator, String> {
        let mut schema = schema.clone();
        relax(&mut schema, &self.defs);
        if let Value::Object(schema) = &mut schema {
            schema.insert("$defs".to_owned(), Value::Object(self.requests.clone()));
        }
        build(&schema)
    }

    /// The paths of what a body sets although only the server may.
    pub(crate) fn read_only(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let Value::Object(object) = value else {
            let items = self.resolve(schema).get("items");
            let (Some(items), Value::Array(values)) = (items, value) else {
                return Vec::new();
            };
            return values
                .iter()
                .flat_map(|value| self.read_only(items, value, at))
                .collect();
        };
        let mut found = Vec::new();
        for (name, value) in object {
            let Some(property) = self.property(schema, name) else {
                continue;
            };
            let path = if at.is_empty() {
                name.clone()
            } else {
                format!("{at}/{name}")
            };
            if is_read_only(property, &self.defs) {
                found.push(path);
            } else {
                found.extend(self.read_only(property, value, &path));
            }
        }
        found
    }
}

/// A validator of a schema that is complete in itself.
pub(crate) fn build(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .map_err(|error| format!("a schema of the spec is not usable: {error}"))
}

fn resolve<'a>(schema: &'a Value, defs: &'a Map<String, Value>) -> &'a Value {
    let mut schema = schema;
    // A chain longer than there are schemas would be a circle.
    for _ in 0..=defs.len() {
        let target = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|target| target.strip_prefix("#/$defs/"));
        match target.and_then(|name| defs.get(name)) {
            Some(next) => schema = next,
            None => break,
        }
    }
    schema
}

fn is_read_only(property: &Value, defs: &Map<String, Value>) -> bool {
    let says = |schema: &Value| schema.get("readOnly") == Some(&json!(true));
    says(property) || says(resolve(property, defs))
}

/// Drops from every `required` list what is read-only.
fn relax(schema: &mut Value, defs: &Map<String, Value>) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|item| relax(item, defs)),
        Value::Object(object) => {
            let properties = object.get("properties").cloned().unwrap_or_default();
            if let Some(Value::Array(required)) = object.get_mut("required") {
                required.retain(|name| {
                    let property = name.as_str().and_then(|name| properties.get(name));
                    !property.is_some_and(|property| is_read_only(property, defs))
                });
            }
            object.values_mut().for_each(|value| relax(value, defs));
        }
        _ => {}
    }
}

/// Everything that is wrong with a value.
pub(crate) fn complaints(validator: &Validator, value: &Value) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for error in validator.iter_errors(value) {
        let at = error.instance_path().to_string();
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                complaints.push(complaint(
                    Kind::Missing,
                    &format!("{at}/{name}"),
                    "is required",
                ));
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                complaints.extend(unexpected.iter().map(|name| {
                    complaint(Kind::Unknown, &format!("{at}/{name}"), "is not known here")
                }));
            }
            _ => complaints.push(complaint(
                Kind::Invalid,
                &at,
                &format!("is refused: {error}"),
            )),
        }
    }
    complaints
}

fn complaint(kind: Kind, at: &str, what: &str) -> Complaint {
    let at = at.trim_start_matches('/');
    let (place, field) = at.split_once('/').unwrap_or((at, ""));
    let noun = match place {
        "path" => "path parameter",
        "query" => "query parameter",
        "header" => "header",
        _ => "body property",
    };
    // The steps of a pointer escape `/` and `~`; people read the name itself.
    let field = field.replace("~1", "/").replace("~0", "~");
    let subject = if field.is_empty() {
        format!("The {place}")
    } else {
        format!("The {noun} `{field}`")
    };
    Complaint {
        kind,
        message: format!("{subject} {what}."),
        field,
    }
}
