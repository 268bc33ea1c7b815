//! What the rules look at: the tools of a vendor with what is written of them, and their inputs down to the innermost, each once.

use std::collections::{BTreeSet, HashMap};

use super::{allow::Allows, settings::Budgets, written::Written};
use crate::{
    compare::{Cost, tokens},
    plan::{
        InputPlan, ToolPlan, VendorPlan,
        schema::listing,
        types::{Content, PropertyPlan, RustType, TypeId},
    },
    report::Place,
};

/// What the rules look at.
pub(super) struct Subject<'a> {
    pub(super) plan: &'a VendorPlan,
    /// Where vendor.yaml stands.
    pub(super) vendor: Place,
    pub(super) budgets: &'a Budgets,
    pub(super) allows: Allows<'a>,
    pub(super) tools: Vec<Tool<'a>>,
    pub(super) inputs: Vec<Input<'a>>,
    /// What `tools/list` costs.
    pub(super) cost: Cost,
    /// Where the record of a tool stands.
    places: HashMap<&'a str, &'a Place>,
}

/// A tool, and what is written of it.
pub(super) struct Tool<'a> {
    pub(super) plan: &'a ToolPlan,
    /// Its record.
    pub(super) place: &'a Place,
    /// What its record says.
    pub(super) description: &'a str,
    /// Whether nobody wrote a record.
    pub(super) is_derived: bool,
    /// What it costs in `tools/list`.
    pub(super) bytes: usize,
}

/// An input, or a property of one, that somebody described or should have.
pub(super) struct Input<'a> {
    /// `place/city`: as the first tool knows it.
    pub(super) at: String,
    /// `city`
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) required: bool,
    pub(super) place: Place,
    /// Values that it chooses from; 0: any.
    pub(super) values: usize,
    /// The tools that have it.
    pub(super) tools: Vec<&'a str>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(plan: &'a VendorPlan, written: &'a [Written], vendor: Place) -> Self {
        let written: HashMap<&str, &Written> =
            written.iter().map(|it| (it.tool.as_str(), it)).collect();
        let mut tools = Vec::new();
        let mut inputs = Inputs {
            plan,
            all: Vec::new(),
            known: HashMap::new(),
        };
        for tool in &plan.tools {
            let Some(written) = written.get(tool.name.as_str()) else {
                continue;
            };
            inputs.of(tool, written);
            tools.push(Tool {
                plan: tool,
                place: &written.place,
                description: &written.description,
                is_derived: written.is_derived,
                bytes: listing(tool, &plan.types).to_string().len(),
            });
        }
        let bytes = tools.iter().map(|it| it.bytes).sum();
        Self {
            cost: Cost {
                tools: tools.len(),
                bytes,
                tokens: tokens(bytes),
            },
            places: written
                .iter()
                .map(|(tool, it)| (*tool, &it.place))
                .collect(),
            plan,
            budgets: &plan.docs.lint.budgets,
            allows: Allows::new(&plan.docs.lint.allow, &vendor),
            vendor,
            tools,
            inputs: inputs.all,
        }
    }

    /// Where a tool's record stands.
    pub(super) fn place(&self, tool: &str) -> Option<&'a Place> {
        self.places.get(tool).copied()
    }
}

/// The inputs so far. A property of a type that several tools use is one.
struct Inputs<'a> {
    plan: &'a VendorPlan,
    all: Vec<Input<'a>>,
    /// Where the properties of a type stand in `all`.
    known: HashMap<(TypeId, usize), usize>,
}

impl<'a> Inputs<'a> {
    fn of(&mut self, tool: &'a ToolPlan, written: &'a Written) {
        let mut seen = BTreeSet::new();
        for input in &tool.inputs {
            if let Some(place) = written.inputs.get(&input.name) {
                self.own(tool, input, place);
            }
            self.within(tool, &input.name, &input.ty, &mut seen);
        }
    }

    fn own(&mut self, tool: &'a ToolPlan, input: &'a InputPlan, place: &Place) {
        self.all.push(Input {
            at: input.name.clone(),
            name: &input.name,
            description: &input.description,
            required: input.required,
            place: place.clone(),
            values: self.values(&input.ty),
            tools: vec![&tool.name],
        });
    }

    /// The properties of the types that an input is made of.
    fn within(
        &mut self,
        tool: &'a ToolPlan,
        at: &str,
        ty: &'a RustType,
        seen: &mut BTreeSet<TypeId>,
    ) {
        let id = match ty {
            RustType::List(items) | RustType::Map(items) => {
                return self.within(tool, at, items, seen);
            }
            RustType::Named(id) if seen.insert(*id) => *id,
            _ => return,
        };
        match &self.plan.types[id].content {
            Content::Object(properties) => self.properties(tool, at, (id, properties), seen),
            Content::Open(properties, rest) => {
                self.properties(tool, at, (id, properties), seen);
                self.within(tool, at, &rest.ty, seen);
            }
            Content::OneOf(forms) => {
                for form in forms {
                    self.within(tool, at, &form.ty, seen);
                }
            }
            _ => {}
        }
    }

    /// The properties of one of the plan's types.
    fn properties(
        &mut self,
        tool: &'a ToolPlan,
        at: &str,
        (id, properties): (TypeId, &'a [PropertyPlan]),
        seen: &mut BTreeSet<TypeId>,
    ) {
        let ty = &self.plan.types[id];
        let place = Place::new(self.plan.spec_path.clone(), ty.pointer.clone());
        for (index, property) in properties.iter().enumerate() {
            let at = format!("{at}/{}", property.wire);
            let next = self.all.len();
            let known = *self.known.entry((id, index)).or_insert(next);
            if known < next {
                self.all[known].tools.push(&tool.name);
            } else {
                let values = self.values(&property.ty);
                self.all.push(Input {
                    at: at.clone(),
                    name: &property.wire,
                    description: &property.description,
                    required: property.required,
                    place: place.child("properties").child(&property.wire),
                    values,
                    tools: vec![&tool.name],
                });
            }
            self.within(tool, &at, &property.ty, seen);
        }
    }

    /// How many values a type chooses from.
    fn values(&self, ty: &RustType) -> usize {
        match ty {
            RustType::List(items) | RustType::Map(items) => self.values(items),
            RustType::Named(id) => match &self.plan.types[*id].content {
                Content::Choice(values) => values.len(),
                Content::NumberChoice(values) => values.len(),
                Content::Values(values) => values.len(),
                _ => 0,
            },
            _ => 0,
        }
    }
}
