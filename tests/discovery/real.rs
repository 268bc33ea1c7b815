//! The index over the vendor's whole ConnectWise PSA API, made from what codegen prints, without compiling it.

use std::fs;

use acceptance::root;
use codegen::{Source, Sources};
use runtime::{Effect, Index, Method, Subject, Synonym};

/// The vendor's document, where it is at hand.
pub(crate) const DOCUMENT: &str = "../shared/real/connectwise-psa-2025.8.openapi.json";

/// Tools of the whole API, and the vendor's words.
pub(crate) struct Api {
    tools: Vec<Tool>,
    vocabulary: Vec<Synonym>,
}

struct Tool {
    name: String,
    listing: String,
    resource: String,
    path: String,
    tags: Vec<&'static str>,
    method: Method,
    effect: Effect,
    operation: String,
}

impl Api {
    /// Generates the whole API; `None` where the document is not at hand.
    pub(crate) fn generate() -> Option<Self> {
        let text = fs::read_to_string(root().join(DOCUMENT)).ok()?;
        let behaviour = fs::read_to_string(root().join("specs/connectwise_psa/vendor.yaml"))
            .expect("the spec is there");
        let source = |path: &str, text| Source {
            path: path.to_owned(),
            text,
        };
        let sources = Sources {
            vendor: "connectwise_psa".to_owned(),
            openapi: source("api.json", text),
            behaviour: source("vendor.yaml", behaviour),
            ..Sources::default()
        };
        let generated = codegen::generate(&sources, Some("runtime"));
        let plan = generated.plan.expect("the whole API generates");
        let listings: std::collections::HashMap<&str, &str> = generated
            .tree
            .files()
            .filter_map(|(path, text)| {
                Some((path.rsplit_once("schemas/")?.1.strip_suffix(".json")?, text))
            })
            .collect();
        let tools = plan.tools.iter().map(|tool| Tool {
            name: tool.name.clone(),
            listing: listings[tool.name.as_str()].to_owned(),
            resource: tool.resource.plural.clone(),
            path: tool.path.clone(),
            tags: tool.tags.iter().map(|it| lasting(it)).collect(),
            method: method(&tool.method),
            effect: match tool.effect {
                codegen::docs::Effect::Read => Effect::Read,
                codegen::docs::Effect::Write => Effect::Write,
                codegen::docs::Effect::Destroy => Effect::Destroy,
            },
            operation: tool.operation.clone(),
        });
        let vocabulary = plan.docs.vocabulary.iter().map(|(term, said)| Synonym {
            term: lasting(term),
            said: Box::leak(said.iter().map(|it| lasting(it)).collect()),
        });
        Some(Self {
            tools: tools.collect(),
            vocabulary: vocabulary.collect(),
        })
    }

    /// Number of tools.
    pub(crate) fn count(&self) -> usize {
        self.tools.len()
    }

    /// The index over all of them.
    pub(crate) fn index(&self) -> Index {
        let subjects = self.tools.iter().map(|it| Subject {
            name: &it.name,
            listing: &it.listing,
            resource: &it.resource,
            path: &it.path,
            tags: &it.tags,
            method: it.method,
            effect: it.effect,
        });
        Index::new(&self.vocabulary, subjects)
    }

    /// The operation of a tool.
    pub(crate) fn operation(&self, subject: usize) -> &str {
        &self.tools[subject].operation
    }
}

/// The index takes what stands in a generated table, which is there for good.
fn lasting(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn method(word: &str) -> Method {
    let known = [
        Method::List,
        Method::Get,
        Method::Create,
        Method::Update,
        Method::Replace,
        Method::Delete,
    ];
    known
        .into_iter()
        .find(|it| it.word() == word)
        .unwrap_or_else(|| Method::Custom(lasting(word)))
}
