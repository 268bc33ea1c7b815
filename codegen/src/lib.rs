//! Turns a vendor's specs into the sources of a typed MCP server: text in, file tree out.
//!
//! No file system, environment, clock or network is touched here.

pub mod api;
pub mod catalogue;
pub mod compare;
mod decode;
mod digest;
pub mod docs;
pub mod document;
pub mod emit;
pub mod gate;
mod keywords;
pub mod lint;
mod load;
mod lower;
mod marks;
pub mod name;
mod nearest;
mod overlay;
pub mod plan;
pub mod procedure;
pub mod prompts;
mod prose;
pub mod reference;
pub mod release;
pub mod report;
mod resolve;
pub mod scaffold;
mod shape;
mod sources;
mod tree;
pub mod vendor;
mod words;

pub use crate::{
    digest::digest,
    load::Source,
    report::{Diagnostic, Severity},
    sources::Sources,
    tree::FileTree,
};

use crate::{
    document::{Documentation, document},
    emit::{Layout, emit},
    gate::{Gated, gate},
    lower::lower,
    name::{name, names},
    plan::{Context, VendorPlan, plan},
    prose::prose,
    report::Report,
    resolve::resolve,
    sources::Loaded,
};

/// What codegen answers.
#[derive(Debug)]
pub struct Generated {
    /// The files of `generated/<vendor>`; empty if there is an error.
    pub tree: FileTree,
    /// The decisions; absent if there is an error.
    pub plan: Option<VendorPlan>,
    /// Every problem found, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Generated {
    /// Whether a problem stopped the run.
    pub fn has_errors(&self) -> bool {
        self.plan.is_none()
    }
}

/// Generates the server of one vendor.
///
/// A barrier stands before `emit`: what is wrong is told, and nothing is printed.
pub fn generate(sources: &Sources, runtime: Option<&str>) -> Generated {
    let (decided, report) = match sound(sources) {
        Ok(sound) => sound,
        Err(stopped) => return *stopped,
    };
    let layout = Layout {
        vendor: sources.vendor.clone(),
        runtime: runtime.map(str::to_owned),
        digest: sources.digest(),
    };
    let sandbox = decided.sandbox.as_ref();
    let tree = emit(
        &decided.plan,
        &decided.openapi,
        sandbox.map(|it| &it.value),
        &layout,
    );
    let diagnostics = sources.diagnostics(report, Some(&decided.origins));
    Generated {
        tree,
        plan: Some(decided.plan),
        diagnostics,
    }
}

/// All that was decided of one vendor, and what printing it needs besides.
pub(crate) struct Decided {
    plan: VendorPlan,
    openapi: load::Document,
    sandbox: Option<load::Document>,
    origins: overlay::Origins,
    /// Where what models read is written.
    written: Vec<lint::Written>,
}

/// What was decided of specs without a mistake.
fn sound(sources: &Sources) -> Result<(Decided, Report), Box<Generated>> {
    let mut report = Report::default();
    match decide(sources, &mut report) {
        None => Err(Box::new(stopped(report, sources, None))),
        Some(it) if report.has_errors() => {
            Err(Box::new(stopped(report, sources, Some(&it.origins))))
        }
        Some(it) => Ok((it, report)),
    }
}

/// The stages up to `plan` are total: each works on what the earlier ones understood, so that the problems of all of them
/// are reported at once.
pub(crate) fn decide(sources: &Sources, report: &mut Report) -> Option<Decided> {
    let mut loaded = sources.load(report)?;
    let origins = loaded.overlay(report);
    let Loaded {
        mut openapi,
        documentation,
        procedures,
        vendor,
        prompts,
        sandbox,
        places,
        ..
    } = loaded;
    keywords::check(&openapi, report);
    resolve(&openapi, report);
    prose(&mut openapi, &vendor.prose, &places.vendor, report);
    let api = lower(&openapi, report);

    let documented = document(&api, &documentation, &vendor, &places.vendor, report);
    let Gated {
        admitted,
        refused,
        mut ledger,
    } = gate(&api, &vendor, documented, report);
    let named = name(admitted, &vendor, &mut ledger, report);
    let composites = documentation.composites(&vendor);
    name::composites(&composites, &named, report);
    let context = Context {
        vendor: &places.vendor,
        prompts: &places.prompts,
        is_derived: matches!(documentation, Documentation::OpenApi),
        composites: &composites,
        procedures: &procedures,
        refused: &names(refused, &vendor),
    };
    let plan = plan(&api, &vendor, &named, prompts, ledger, &context, report);
    sources::check_sandbox(sandbox.as_ref(), &api, report);
    let written = lint::written(&named, &composites, &api);
    Some(Decided {
        plan,
        openapi,
        sandbox,
        origins,
        written,
    })
}

/// What could be better in the specs of one vendor whose tools work.
#[must_use]
pub fn lint(sources: &Sources) -> lint::Linted {
    match sound(sources) {
        Ok((it, _)) => {
            let locate = sources.locator(Some(&it.origins));
            lint::lint(&it.plan, &it.written, &sources.behaviour.path, locate)
        }
        Err(stopped) => lint::Linted::stopped(stopped.diagnostics),
    }
}

/// The page over all vendors: what each has, what its tools cost, and where its catalogue stands.
#[must_use]
pub fn index(vendors: &[(&str, &VendorPlan)]) -> String {
    emit::index(vendors)
}

/// The vendor's document as everything is generated from it, with overlay.yaml applied: for tools that judge by OpenAPI.
/// None if a mistake in the specs stops generating; [`generate`] tells it.
#[must_use]
pub fn corrected(sources: &Sources) -> Option<serde_json::Value> {
    let mut report = Report::default();
    let mut loaded = sources.load(&mut report)?;
    loaded.overlay(&mut report);
    (!report.has_errors()).then_some(loaded.openapi.value)
}

fn stopped(report: Report, sources: &Sources, origins: Option<&overlay::Origins>) -> Generated {
    let diagnostics = sources.diagnostics(report, origins);
    Generated {
        tree: FileTree::default(),
        plan: None,
        diagnostics,
    }
}
