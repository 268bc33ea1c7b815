//! Decides everything about every tool: inputs, encodings, types, schemas, answers. After its barrier nothing fails.

mod check;
pub mod composite;
mod conditions;
mod encoding;
mod files;
mod filter;
pub mod groups;
mod inputs;
mod me;
mod paths;
pub mod procedures;
pub mod schema;
pub mod types;
mod writes;

use serde_json::Value;

use self::{
    composite::Composite,
    groups::{GroupId, GroupPlan},
    procedures::CheckPlan,
    types::{Module, RustType, TypePlan, TypeTable},
};
use crate::{
    api::{Api, Limit, Provenance, Verb},
    docs::{Effect, Example, GuidanceDocs},
    document::Resource,
    gate::{self, Ledger},
    name::{Named, rank},
    procedure::Procedure,
    prompts::Prompt,
    report::{Place, Report},
    vendor::VendorDocs,
};

/// A vendor's server, decided.
#[derive(Debug)]
pub struct VendorPlan {
    /// What vendor.yaml says.
    pub docs: VendorDocs,
    /// Version of the vendor's document.
    pub spec_version: String,
    /// Path of the vendor's document, for provenance.
    pub spec_path: String,
    /// Tag and meaning.
    pub tags: Vec<(String, String)>,
    /// The tools, in the order in which they are listed.
    pub tools: Vec<ToolPlan>,
    /// Enums, objects and field tables that inputs use.
    pub types: Vec<TypePlan>,
    /// What the tools' inputs are read as.
    pub groups: Vec<GroupPlan>,
    /// The prompts.
    pub prompts: Vec<Prompt>,
    /// The procedures.
    pub procedures: Vec<Procedure>,
    /// What became of every operation.
    pub ledger: Ledger,
}

/// A tool, decided.
#[derive(Debug)]
pub struct ToolPlan {
    /// Name.
    pub name: String,
    /// Names that it had before.
    pub aliases: Vec<String>,
    /// Title for people.
    pub title: String,
    /// What a model reads first, steps included.
    pub description: String,
    /// Its resource.
    pub resource: Resource,
    /// `list`, `get`, …, or a word of its own.
    pub method: String,
    /// What it does to the world.
    pub effect: Effect,
    /// Whether a second call changes nothing more.
    pub idempotent: bool,
    /// Sorted.
    pub tags: Vec<String>,
    /// `GET /works`
    pub operation: String,
    /// HTTP method.
    pub verb: Verb,
    /// Path template; empty where it reads through other tools.
    pub path: String,
    /// The server besides the vendor's own that it is called at, by its name in vendor.yaml.
    pub server: Option<String>,
    /// Whether it goes without credentials.
    pub is_open: bool,
    /// File that it comes from.
    pub file: String,
    /// JSON pointer to the operation, or to the record that reads through other tools.
    pub pointer: String,
    /// Where the operation comes from.
    pub provenance: Provenance,
    /// Its inputs, in the order in which a model sees them.
    pub inputs: Vec<InputPlan>,
    /// Values that are always sent.
    pub fixed: Vec<Fixed>,
    /// What is sent where none of several inputs says yes.
    pub otherwise: Option<Otherwise>,
    /// The Rust types that its inputs are read as.
    pub groups: Vec<GroupId>,
    /// How its answer is read.
    pub answer: AnswerPlan,
    /// Path of the operation that takes the query in its body, should it be too long for a URL.
    pub search: Option<String>,
    /// What ends the writing of an update.
    pub update: bool,
    /// The body that is there even when no input is given.
    pub empty_body: EmptyBody,
    /// What a JSON body goes out as, where that is not `application/json`.
    pub body_type: Option<String>,
    /// Names of the inputs that understand `me`.
    pub me: Vec<String>,
    /// Names of the inputs whose values are never shown.
    pub secret: Vec<String>,
    /// What to say when the vendor refuses.
    pub guidance: Vec<GuidanceDocs>,
    /// Example calls.
    pub examples: Vec<Example>,
    /// What it looks for before it is sent.
    pub check: Option<CheckPlan>,
}

impl ToolPlan {
    /// Whether it reads through other tools, and has no operation of its own.
    pub fn is_composite(&self) -> bool {
        matches!(self.answer, AnswerPlan::Parts(_))
    }

    /// Where its code goes.
    fn module(&self) -> Module {
        Module {
            domain: self.resource.domain.clone(),
            file: self.resource.module.clone(),
        }
    }
}

/// An input, decided.
#[derive(Clone, Debug, PartialEq)]
pub struct InputPlan {
    /// Name that the model sees.
    pub name: String,
    /// Name in the spec.
    pub wire: String,
    /// What it is.
    pub description: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// How it goes out.
    pub encoding: Encoding,
    /// Whether a caller must give it.
    pub required: bool,
    /// Whether `clear` may name it.
    pub clearable: bool,
    /// Its type.
    pub ty: RustType,
    /// Checked before the call.
    pub limits: Vec<Limit>,
}

/// A value that is always sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixed {
    /// How it goes out.
    pub encoding: Encoding,
    /// Name in the spec.
    pub wire: String,
    /// The value.
    pub value: Value,
}

/// What is sent where none of several body properties says yes.
#[derive(Clone, Debug, PartialEq)]
pub struct Otherwise {
    /// The properties.
    pub any_of: Vec<String>,
    /// The one that is then sent.
    pub wire: String,
    /// Its value.
    pub value: Value,
}

pub(crate) use self::conditions::{LISTS, NULLS};
pub use self::{
    conditions::{FieldPlan, Kind},
    encoding::{EmptyBody, Encoding},
};
pub use crate::document::AnswerPlan;

/// What the last checks know besides the plan.
pub struct Context<'a> {
    /// Where vendor.yaml stands.
    pub vendor: &'a Place,
    /// Where prompts.yaml stands.
    pub prompts: &'a Place,
    /// Whether documentation was derived, and vendor.yaml's tags are not the tools'.
    pub is_derived: bool,
    /// The records that read through other tools.
    pub composites: &'a [Composite],
    /// The procedures of docs.yaml.
    pub procedures: &'a [Procedure],
    /// What would be tools if their operations were not refused.
    pub refused: &'a [Named<'a>],
}

/// Decides everything.
pub fn plan(
    api: &Api,
    vendor: &VendorDocs,
    named: &[Named<'_>],
    prompts: Vec<Prompt>,
    ledger: Ledger,
    context: &Context<'_>,
    report: &mut Report,
) -> VendorPlan {
    let mut types = TypeTable::new(api, vendor);
    let mut tools = Vec::new();
    for it in named {
        tools.push(tool(it, api, vendor, &mut types, report));
    }
    for it in context.composites {
        tools.push(composite::tool(it, &tools, &mut types));
    }
    tools.sort_by(|a, b| order(a).cmp(&order(b)));
    procedures::apply(context.procedures, &mut tools);
    let tags = tags(vendor, &tools, context.is_derived);
    let types = types.finish();
    for tool in &mut tools {
        tool.inputs
            .iter_mut()
            .for_each(|input| types.name(&mut input.ty));
    }
    let types = types.into_plans();
    let groups = groups::groups(&mut tools, &types);
    let mut docs = vendor.clone();
    // No input of a derived tool understands it, and the list that knows the person has another name.
    docs.me = docs.me.filter(|_| !context.is_derived);
    let mut plan = VendorPlan {
        spec_version: api.version.clone(),
        spec_path: api.path.clone(),
        docs,
        tags,
        tools,
        types,
        groups,
        prompts,
        procedures: context.procedures.to_vec(),
        ledger,
    };
    check::check(&plan, named, context, api, report);
    // Theirs are checked where they stand.
    let walks = procedures::prompts(&plan);
    plan.prompts.extend(walks);
    plan
}

fn order(tool: &ToolPlan) -> (&str, &str, usize, &str) {
    rank(&tool.resource, &tool.method, &tool.name)
}

fn tool(
    named: &Named<'_>,
    api: &Api,
    vendor: &VendorDocs,
    types: &mut TypeTable<'_>,
    report: &mut Report,
) -> ToolPlan {
    let it = &named.documented;
    let (operation, record) = (it.operation, &it.record);
    let answer = it.answer.clone();
    let (inputs, fixed) = inputs::inputs(named, api, vendor, types, report);
    let otherwise = writes::otherwise(record);
    let description = inputs::sentences(&[
        &record.description,
        writes::replaces(it),
        &writes::default(otherwise.as_ref(), &inputs),
        &procedures::steps(&record.before, &record.after),
    ]);
    let me = me::names(it, &inputs);
    let secret = it.inputs.iter().filter(|it| it.secret);
    let secret = secret.map(|it| it.name.clone()).collect();
    ToolPlan {
        name: named.name.clone(),
        aliases: record.aliases.clone(),
        title: record.title.clone(),
        description,
        resource: it.resource.clone(),
        method: it.method.clone(),
        effect: record.effect,
        idempotent: record
            .idempotent
            .unwrap_or(!matches!(operation.verb, Verb::Post | Verb::Patch)),
        tags: record.tags.clone(),
        operation: operation.key.clone(),
        verb: operation.verb,
        path: operation.path.clone(),
        server: gate::server(operation, api, vendor)
            .ok()
            .flatten()
            .map(str::to_owned),
        is_open: operation.is_open,
        file: api.path.clone(),
        pointer: operation.pointer.clone(),
        provenance: operation.provenance,
        search: it.search.clone(),
        update: it.method == "update",
        empty_body: encoding::empty_body(operation.body.as_ref(), api),
        body_type: encoding::body_type(operation.body.as_ref()),
        inputs,
        fixed,
        otherwise,
        groups: Vec::new(),
        answer,
        me,
        secret,
        guidance: record.on_error.clone(),
        examples: record.examples.clone(),
        check: None,
    }
}

/// The vocabulary; in a derived catalogue it is the domains.
fn tags(vendor: &VendorDocs, tools: &[ToolPlan], is_derived: bool) -> Vec<(String, String)> {
    if !is_derived {
        return vendor
            .tags
            .iter()
            .map(|(tag, meaning)| (tag.clone(), meaning.trim().to_owned()))
            .collect();
    }
    let domains: std::collections::BTreeSet<_> =
        tools.iter().flat_map(|it| &it.tags).cloned().collect();
    domains
        .into_iter()
        .map(|it| (it.clone(), format!("Operations under `/{it}`.")))
        .collect()
}
