//! The files of one vendor as text, and how they are read before any stage looks at them.

use std::{cell::RefCell, collections::HashMap};

use serde_json::Value;

use crate::{
    api::Api,
    decode::decode,
    digest::digest,
    docs,
    document::Documentation,
    load::{Document, Source, load, load_openapi, lower_version},
    marks::Marks,
    nearest::did_you_mean,
    overlay::{Origins, overlay},
    procedure::{self, Procedure},
    prompts::{Prompt, PromptDocs},
    report::{Diagnostic, Located, Place, Report},
    shape::{self, Shape},
    vendor::VendorDocs,
};

/// The files of one vendor, as text.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Folder below `specs/`.
    pub vendor: String,
    /// The vendor's document, or one that we authored.
    pub openapi: Source,
    /// Corrections.
    pub overlay: Option<Source>,
    /// Documentation records; without them an operation's own summary counts, and names are derived from paths.
    pub docs: Option<Source>,
    /// How the API behaves.
    pub behaviour: Source,
    /// Prompts.
    pub prompts: Option<Source>,
    /// Seed data and behaviours of the sandbox.
    pub sandbox: Option<Source>,
}

/// The sources, read.
pub(crate) struct Loaded {
    pub(crate) openapi: Document,
    overlay: Option<Document>,
    pub(crate) documentation: Documentation,
    pub(crate) procedures: Vec<Procedure>,
    pub(crate) vendor: VendorDocs,
    pub(crate) prompts: Vec<Prompt>,
    pub(crate) sandbox: Option<Document>,
    pub(crate) places: LoadedPlaces,
}

/// Where files stand that later stages point into.
pub(crate) struct LoadedPlaces {
    pub(crate) vendor: Place,
    pub(crate) prompts: Place,
}

impl Loaded {
    /// Applies the corrections, and sees to it that the document is of OpenAPI 3.0.
    pub(crate) fn overlay(&mut self, report: &mut Report) -> Origins {
        let origins = match &self.overlay {
            Some(corrections) => overlay(&mut self.openapi, corrections, report),
            None => Origins::default(),
        };
        lower_version(&mut self.openapi, report);
        origins
    }
}

impl Sources {
    fn all(&self) -> impl Iterator<Item = &Source> {
        let optional = [&self.overlay, &self.docs, &self.prompts, &self.sandbox]
            .into_iter()
            .flatten();
        [&self.openapi, &self.behaviour].into_iter().chain(optional)
    }

    /// Reads every file; `None` if one that later stages cannot do without is unreadable.
    pub(crate) fn load(&self, report: &mut Report) -> Option<Loaded> {
        let openapi = load_openapi(&self.openapi, report);
        let vendor = shaped(&self.behaviour, Shape::Vendor, report);
        let docs = self.docs.as_ref().map(|it| shaped(it, Shape::Docs, report));
        let prompts = self
            .prompts
            .as_ref()
            .map(|it| shaped(it, Shape::Prompts, report));
        let corrections = self
            .overlay
            .as_ref()
            .map(|it| shaped(it, Shape::Overlay, report));
        let sandbox = self.sandbox.as_ref().map(|it| load(it, report));
        let (openapi, vendor) = (openapi?, vendor?);
        let (documentation, procedures) = match docs {
            Some(docs) => {
                let docs = docs?;
                let records = Documentation::Records(docs::records(&docs));
                (records, procedure::procedures(&docs))
            }
            None => (Documentation::OpenApi, Vec::new()),
        };
        Some(Loaded {
            documentation,
            procedures,
            places: LoadedPlaces {
                vendor: vendor.place(""),
                prompts: Place::new(
                    self.prompts
                        .as_ref()
                        .map(|it| it.path.clone())
                        .unwrap_or_default(),
                    "",
                ),
            },
            // A part that is not of its shape was reported, and counts as absent.
            vendor: decode(&vendor.value),
            prompts: match prompts {
                Some(prompts) => serde_json::from_value(prompts?.value)
                    .map(|it: PromptDocs| it.prompts)
                    .unwrap_or_default(),
                None => Vec::new(),
            },
            overlay: corrections.flatten(),
            sandbox: sandbox.flatten(),
            openapi,
        })
    }

    /// The digest that ties what is generated to these files.
    pub fn digest(&self) -> String {
        digest(self.all().map(|it| {
            (
                it.path.rsplit('/').next().unwrap_or_default(),
                it.text.as_str(),
            )
        }))
    }

    /// Every problem, with its line and column in the file that caused it.
    pub(crate) fn diagnostics(&self, report: Report, origins: Option<&Origins>) -> Vec<Diagnostic> {
        report.into_diagnostics(self.locator(origins))
    }

    /// Finds the line and column of a place, in the file that set the value. A file is read for it once, when it is asked for.
    pub(crate) fn locator<'a>(
        &'a self,
        origins: Option<&'a Origins>,
    ) -> impl Fn(&Place) -> Located + 'a {
        let marks: RefCell<HashMap<String, Marks>> = RefCell::default();
        move |place| {
            let own = origins
                .filter(|_| place.file == self.openapi.path)
                .and_then(|it| it.of(&place.pointer));
            let place = own.unwrap_or_else(|| match origins {
                Some(origins) if place.file == self.openapi.path => {
                    Place::new(place.file.clone(), origins.before(&place.pointer))
                }
                _ => place.clone(),
            });
            let mut marks = marks.borrow_mut();
            let marks = marks.entry(place.file.clone()).or_insert_with(|| {
                Marks::of(
                    self.all()
                        .find(|it| it.path == place.file)
                        .map(|it| it.text.as_str())
                        .unwrap_or_default(),
                )
            });
            let (line, column) = marks.locate(&place.pointer);
            Located {
                place,
                line,
                column,
            }
        }
    }
}

fn shaped(source: &Source, shape: Shape, report: &mut Report) -> Option<Document> {
    let document = load(source, report)?;
    shape::check(&document, shape, report);
    Some(document)
}

/// The operations that sandbox.yaml gives behaviours to must exist.
pub(crate) fn check_sandbox(sandbox: Option<&Document>, api: &Api, report: &mut Report) {
    let Some(sandbox) = sandbox else { return };
    let operations = sandbox.value.get("operations").and_then(Value::as_object);
    for key in operations
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
        .filter(|it| !api.operations.contains_key(*it))
    {
        report.error(
            "unknown-operation",
            sandbox.place("/operations").child(key),
            format!(
                "`{key}` is not in {}{}",
                api.path,
                did_you_mean(key, api.operations.keys().map(String::as_str))
            ),
            "correct the operation, or remove its behaviour",
        );
    }
}
