//! Holds the project's own files (docs, vendor, prompts, overlay) to their JSON Schemas, and says in words what does not fit.
//!
//! The schemas stand beside this file, so that an editor can use them too.

use std::sync::OnceLock;

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;

use crate::{load::Document, nearest::nearest, report::Report};

/// A kind of file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// docs.yaml
    Docs,
    /// vendor.yaml
    Vendor,
    /// prompts.yaml
    Prompts,
    /// overlay.yaml
    Overlay,
}

impl Shape {
    fn schema(self) -> &'static str {
        match self {
            Self::Docs => include_str!("shape/docs.schema.json"),
            Self::Vendor => include_str!("shape/vendor.schema.json"),
            Self::Prompts => include_str!("shape/prompts.schema.json"),
            Self::Overlay => include_str!("shape/overlay.schema.json"),
        }
    }

    fn validator(self) -> &'static Validator {
        static VALIDATORS: [OnceLock<Validator>; 4] = [const { OnceLock::new() }; 4];
        VALIDATORS[self as usize].get_or_init(|| {
            let schema: Value =
                serde_json::from_str(self.schema()).expect("codegen bug: a shape is no JSON");
            jsonschema::validator_for(&schema).expect("codegen bug: a shape is no JSON Schema")
        })
    }

    /// The keys known beside the keyword at `keyword`, a JSON pointer into the schema.
    fn keys_beside(self, keyword: &str) -> Vec<String> {
        let schema: Value = serde_json::from_str(self.schema()).unwrap_or_default();
        let parent = keyword.rsplit_once('/').map_or("", |(parent, _)| parent);
        let properties = schema
            .pointer(parent)
            .and_then(|it| it.get("properties"))
            .and_then(Value::as_object);
        properties
            .into_iter()
            .flat_map(|it| it.keys().cloned())
            .collect()
    }
}

/// Reports everything in `document` that is not of the shape.
pub(crate) fn check(document: &Document, shape: Shape, report: &mut Report) {
    for error in shape.validator().iter_errors(&document.value) {
        note(document, shape, &error, report);
    }
}

fn note(document: &Document, shape: Shape, error: &ValidationError<'_>, report: &mut Report) {
    let place = document.place(error.instance_path().as_str());
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = shape.keys_beside(error.schema_path().as_str());
            for key in unexpected {
                let remedy = match nearest(key, known.iter().map(String::as_str)) {
                    Some(known) => format!("write `{known}`, or remove it"),
                    None => format!("remove it; known here: {}", known.join(", ")),
                };
                report.error(
                    "unknown-key",
                    place.child(key),
                    format!("the key `{key}` means nothing here"),
                    remedy,
                );
            }
        }
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            report.error(
                "missing-key",
                place,
                format!("the key `{key}` is missing"),
                format!("add `{key}: …`"),
            );
        }
        _ => report.error(
            "wrong-value",
            place,
            error.to_string(),
            "give a value as the reason says",
        ),
    }
}
