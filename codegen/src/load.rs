//! Reads the text of a source into a document: YAML or JSON, no key twice, OpenAPI 3.0 (3.1 is lowered to it).

mod openapi_31;
mod value;

use serde_json::Value;

use crate::{
    marks::Marks,
    report::{Place, Report},
};

/// On a schema: the keywords of JSON Schema 2020-12 that stood there, and that OpenAPI 3.0 cannot say.
pub(crate) const BEYOND: &str = "x-beyond-openapi-3.0";

/// One source: its path as a person would name it, and its text.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Path, for messages and provenance.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A source that was read.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Path, for messages and provenance.
    pub path: String,
    /// Its content.
    pub value: Value,
}

impl Document {
    /// A place in this document.
    pub(crate) fn place(&self, pointer: impl Into<String>) -> Place {
        Place::new(self.path.clone(), pointer)
    }
}

/// Reads a source; `None` if it cannot be read at all.
pub(crate) fn load(source: &Source, report: &mut Report) -> Option<Document> {
    match value::read(&source.text) {
        Ok(read) => {
            if read.has_duplicates {
                note_duplicates(source, report);
            }
            Some(Document {
                path: source.path.clone(),
                value: read.value,
            })
        }
        Err(mistake) => {
            report.error_at(
                "unreadable",
                Place::new(source.path.clone(), ""),
                mistake.at,
                format!("the file is neither YAML nor JSON: {}", mistake.reason),
                "correct the syntax at this place",
            );
            None
        }
    }
}

/// Reads the OpenAPI document; another version than 3.0 and 3.1 is refused.
pub(crate) fn load_openapi(source: &Source, report: &mut Report) -> Option<Document> {
    if source
        .text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
    {
        refuse_page(source, report);
        return None;
    }
    let document = load(source, report)?;
    if version(&document).starts_with("3.0.") || version(&document).starts_with("3.1.") {
        return Some(document);
    }
    refuse_version(&document, report);
    None
}

/// Lowers a document of OpenAPI 3.1 to 3.0; an overlay was applied before, so it can repair what would be lost.
pub(crate) fn lower_version(document: &mut Document, report: &mut Report) {
    if version(document).starts_with("3.1.") {
        openapi_31::lower(document, report);
    }
}

fn version(document: &Document) -> &str {
    document
        .value
        .get("openapi")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// What a browser shows is not what it is made from.
fn refuse_page(source: &Source, report: &mut Report) {
    report.error_at(
        "markup",
        Place::new(source.path.clone(), ""),
        (1, 1),
        "the file is HTML or XML, not an OpenAPI document",
        "give the document itself: the page that shows an API usually links to its `openapi.json` or `openapi.yaml`",
    );
}

fn refuse_version(document: &Document, report: &mut Report) {
    if document.value.get("swagger").is_some() {
        report.error(
            "swagger-2",
            document.place("/swagger"),
            "the document is Swagger 2.0",
            "convert it: `npx swagger2openapi --yaml --outfile openapi.yaml <file>`, then use the result",
        );
    } else {
        report.error(
            "not-openapi",
            document.place("/openapi"),
            "the document does not say `openapi: 3.0.x` or `3.1.x`",
            "give an OpenAPI 3.0 or 3.1 document",
        );
    }
}

fn note_duplicates(source: &Source, report: &mut Report) {
    for pointer in Marks::of(&source.text).duplicates() {
        let key = pointer
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .replace("~1", "/")
            .replace("~0", "~");
        report.error(
            "duplicate-key",
            Place::new(source.path.clone(), pointer.clone()),
            format!(
                "the key `{key}` stands twice in one mapping; readers disagree on which one counts"
            ),
            "keep one of the two",
        );
    }
}
