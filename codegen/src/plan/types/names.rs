//! Decides the Rust names of tools and generated types; none is a name that generated code already has.

use std::collections::{BTreeMap, BTreeSet};

use super::{Content, RustType, TypeId, TypePlan, TypeTable};
use crate::words::{camel, snake};

/// Names of the runtime that generated code imports; no generated type may have one of them.
pub const RESERVED: [&str; 60] = [
    "Answer",
    "Args",
    "Auth",
    "BaseUrl",
    "Bytes",
    "Call",
    "CallerKey",
    "Change",
    "Check",
    "Choice",
    "ClientAuthentication",
    "Complete",
    "Condition",
    "Credential",
    "CustomFieldClause",
    "Date",
    "DateTime",
    "Decimal",
    "Discovery",
    "Effect",
    "Entry",
    "ErrorShape",
    "Field",
    "Fields",
    "Guidance",
    "Input",
    "Inputs",
    "Json",
    "Limit",
    "LongQueries",
    "Map",
    "Me",
    "Method",
    "Need",
    "NumberChoice",
    "OAuth2",
    "Object",
    "OneOf",
    "Only",
    "Operator",
    "Order",
    "OtherServer",
    "Page",
    "Paging",
    "Part",
    "Prompt",
    "PromptArgument",
    "RateLimit",
    "Reference",
    "Sizes",
    "Strip",
    "Synonym",
    "Upload",
    "UrlVariable",
    "Value",
    "ValueChoice",
    "Vendor",
    "Verb",
    "json_of",
    "tool",
];

/// Names that mean something in every Rust file.
const PRELUDE: [&str; 13] = [
    "Box", "Default", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Self", "Some",
    "String", "Vec",
];

/// Name of a tool's Rust type.
pub fn tool_type(tool: &str) -> String {
    let name = camel(tool);
    if is_taken(&name) {
        return format!("{name}Tool");
    }
    name
}

/// Name of the type of a component; of what stands elsewhere in the document, by the names on the way there.
pub(super) fn of_component(name: &str) -> String {
    const PLACES: [&str; 16] = [
        "additionalProperties",
        "allOf",
        "anyOf",
        "application~1json",
        "components",
        "content",
        "items",
        "oneOf",
        "parameters",
        "paths",
        "properties",
        "requestBodies",
        "requestBody",
        "responses",
        "schema",
        "schemas",
    ];
    let is_name = |it: &&str| !it.is_empty() && !PLACES.contains(it) && it.parse::<u16>().is_err();
    if !name.starts_with('/') {
        return camel(name);
    }
    let names = name.split('/').filter(is_name);
    let names = names.map(|it| camel(&it.replace("~1", " ").replace("~0", " ")));
    match names.collect::<String>() {
        empty if empty.is_empty() => camel(name),
        name => name,
    }
}

/// Whether generated code has a name already.
pub fn is_taken(name: &str) -> bool {
    RESERVED.contains(&name) || PRELUDE.contains(&name)
}

impl TypeTable<'_> {
    /// Names every type: the short name where no other content wants it, else the long one.
    pub fn finish(mut self) -> NamedTypes {
        let mut wanting: BTreeMap<String, usize> = BTreeMap::new();
        for draft in &self.drafts {
            *wanting.entry(draft.wanted.short.clone()).or_default() += 1;
        }
        let reserved = RESERVED.into_iter().chain(PRELUDE);
        let mut taken: BTreeSet<String> = reserved.map(str::to_owned).collect();
        for draft in &mut self.drafts {
            let is_alone =
                wanting[&draft.wanted.short] == 1 && !taken.contains(&draft.wanted.short);
            let mut name = if is_alone {
                &draft.wanted.short
            } else {
                &draft.wanted.long
            }
            .clone();
            while !taken.insert(name.clone()) {
                name.push('X');
            }
            draft.plan.name = match draft.plan.content {
                Content::Fields(_) | Content::Paths(_) => snake(&name).to_uppercase(),
                _ => name,
            };
        }
        let mut order: Vec<usize> = (0..self.drafts.len()).collect();
        order.sort_by(|a, b| self.drafts[*a].plan.name.cmp(&self.drafts[*b].plan.name));
        let mut moved = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            moved[*old] = new;
        }
        let mut named = NamedTypes {
            moved,
            plans: Vec::new(),
        };
        for old in order {
            let mut plan = self.drafts[old].plan.clone();
            let types = plan.content.types_mut();
            types.into_iter().for_each(|it| named.name(it));
            named.plans.push(plan);
        }
        named
    }
}

/// The types with their names, sorted by them.
pub struct NamedTypes {
    moved: Vec<TypeId>,
    plans: Vec<TypePlan>,
}

impl NamedTypes {
    /// Renumbers the generated types that `ty` mentions, once.
    pub fn name(&self, ty: &mut RustType) {
        match ty {
            RustType::List(inner) | RustType::Map(inner) => self.name(inner),
            RustType::Named(id)
            | RustType::Clauses(id)
            | RustType::ChildClauses(id)
            | RustType::Fields(id) => {
                *id = self.moved[*id];
            }
            _ => {}
        }
    }

    /// The types.
    pub fn into_plans(self) -> Vec<TypePlan> {
        self.plans
    }
}
