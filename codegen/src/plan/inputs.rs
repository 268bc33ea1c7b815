//! Plans the inputs of one tool: what each is called, how it goes out, and its type.

use serde_json::Value;

use super::{
    Encoding, Fixed, InputPlan, encoding, files,
    filter::Filters,
    me::ME,
    paths,
    types::{Content, Module, RustType, TypeTable, Wanted},
};
use crate::{
    api::{Api, Format, Limit, Provenance, Schema, Type},
    docs::WithinDocs,
    document::{Chosen, Documented, Role},
    name::Named,
    report::Report,
    vendor::VendorDocs,
    words::camel,
};

/// The inputs of a tool, in the order in which a model sees them, and the values that are always sent.
pub(super) fn inputs(
    named: &Named<'_>,
    api: &Api,
    vendor: &VendorDocs,
    types: &mut TypeTable<'_>,
    report: &mut Report,
) -> (Vec<InputPlan>, Vec<Fixed>) {
    let it = &named.documented;
    let planner = Planner {
        named,
        module: module(it),
        api,
    };
    let mut inputs = Vec::new();
    let mut fixed = Vec::new();
    for chosen in &it.inputs {
        let encoding = encoding::of(it, chosen, api);
        match &chosen.fixed {
            Some(value) => fixed.push(Fixed {
                encoding,
                wire: chosen.wire.clone(),
                value: value.clone(),
            }),
            None => inputs.push(planner.input(chosen, encoding, types)),
        }
    }
    files::with_names(&mut inputs);
    inputs.extend(files::save_as(&it.answer));
    let filters = Filters {
        named,
        module: &planner.module,
        api,
        vendor,
    };
    inputs.extend(filters.inputs(types, report));
    inputs.extend(paths::order_input(it, api, report));
    let fields = paths::fields_input(named, api, vendor, report);
    inputs.extend(fields.map(|it| planner.fields(it, types)));
    inputs.extend(page(it, vendor));
    let clear = planner.clear(&mut inputs);
    inputs.extend(clear);
    (inputs, fixed)
}

/// Where the code of a tool goes.
fn module(it: &Documented<'_>) -> Module {
    Module {
        domain: it.resource.domain.clone(),
        file: it.resource.module.clone(),
    }
}

struct Planner<'a> {
    named: &'a Named<'a>,
    module: Module,
    api: &'a Api,
}

impl Planner<'_> {
    fn input(&self, chosen: &Chosen, encoding: Encoding, types: &mut TypeTable<'_>) -> InputPlan {
        if let Encoding::Raw(_) | Encoding::File(_) = encoding {
            return files::upload(chosen, encoding, self.api);
        }
        let (ty, mut limits) = types.of(&chosen.schema, &self.wanted(chosen), &self.module);
        // An empty segment would make it another path.
        let has_least = |it: &Limit| matches!(it, Limit::MinLength(_) | Limit::MinItems(_));
        if encoding.is_path() && !limits.iter().any(has_least) {
            match ty {
                RustType::Text(_) => limits.insert(0, Limit::MinLength(1)),
                RustType::List(_) => limits.insert(0, Limit::MinItems(1)),
                _ => {}
            }
        }
        encoding::bound(&encoding, &ty, &mut limits);
        let within = chosen.within.as_ref().map(within).unwrap_or_default();
        // What an update leaves out stays, whatever the vendor takes elsewhere.
        let takes_default = !chosen.required && self.named.documented.method != "update";
        let described = types.described(&chosen.description, &chosen.schema, &ty);
        InputPlan {
            name: chosen.name.clone(),
            wire: chosen.wire.clone(),
            description: sentences(&[
                &types.told(&described, &chosen.schema, takes_default),
                whole_list(&encoding, &ty),
                &bounds(&within),
                &from(&chosen.from),
                if chosen.me { ME } else { "" },
            ]),
            provenance: chosen.provenance,
            encoding,
            required: chosen.required,
            clearable: false,
            ty,
            limits: [limits, within].concat(),
        }
    }

    /// Names for an inline type: after the component it stands in, or after the resource; else after the tool.
    fn wanted(&self, chosen: &Chosen) -> Wanted {
        let part = camel(&chosen.wire);
        let component = chosen
            .schema
            .pointer
            .strip_prefix("/components/schemas/")
            .and_then(|it| it.split('/').next());
        let owner =
            component.map_or_else(|| camel(&self.named.documented.resource.singular), camel);
        Wanted {
            short: format!("{owner}{part}"),
            long: format!("{}{part}", camel(&self.named.name)),
        }
    }

    /// The paths of what is answered of each record: their table is a type.
    fn fields(&self, fields: paths::FieldsInput, types: &mut TypeTable<'_>) -> InputPlan {
        let it = &self.named.documented;
        let about = format!(
            "What can be asked for of {}.",
            it.resource.plural.replace('_', " ")
        );
        let (pointer, content) = (&it.operation.pointer, Content::Paths(fields.known));
        let id = types.add(fields.wanted, about, pointer, content, &self.module);
        InputPlan {
            ty: RustType::Fields(id),
            ..fields.plan
        }
    }

    /// The `clear` input of an update: the names of what may be emptied.
    fn clear(&self, inputs: &mut [InputPlan]) -> Option<InputPlan> {
        if self.named.documented.method != "update" {
            return None;
        }
        for input in inputs.iter_mut() {
            input.clearable = self.is_clearable(input);
        }
        let clearable = inputs.iter().filter(|it| it.clearable);
        let names: Vec<_> = clearable.map(|it| it.name.clone()).collect();
        (!names.is_empty()).then(|| InputPlan {
            name: "clear".to_owned(),
            wire: "clear".to_owned(),
            description:
                "Inputs to empty. Null is not accepted as a value; name the input here instead."
                    .to_owned(),
            provenance: Provenance::Unmarked,
            encoding: Encoding::Clear,
            required: false,
            clearable: false,
            ty: RustType::Clear(names),
            limits: vec![Limit::UniqueItems],
        })
    }

    /// A patched path that the record does not require; a body property that may be null.
    fn is_clearable(&self, input: &InputPlan) -> bool {
        let chosen = self
            .named
            .documented
            .inputs
            .iter()
            .find(|it| it.name == input.name);
        chosen.is_some_and(|it| match it.role {
            Role::Patch => it.clearable,
            Role::Property => {
                it.clearable && (it.schema.nullable || self.api.resolve(&it.schema).nullable)
            }
            Role::Parameter(..)
            | Role::WholeBody
            | Role::Raw
            | Role::Text
            | Role::Field(_)
            | Role::Part
            | Role::File => false,
        })
    }
}

/// The bounds of a free JSON value.
fn within(docs: &WithinDocs) -> Vec<Limit> {
    let bytes = docs.bytes.map(Limit::MaxBytes);
    let depth = docs.depth.map(Limit::MaxDepth);
    let without = (!docs.without.is_empty()).then(|| Limit::Without(docs.without.clone()));
    [bytes, depth, without].into_iter().flatten().collect()
}

/// What the description says of them.
fn bounds(limits: &[Limit]) -> String {
    let words = limits.iter().map(|it| match it {
        Limit::MaxBytes(bytes) => format!("At most {bytes} bytes of JSON."),
        Limit::MaxDepth(depth) => format!("At most {depth} levels deep."),
        Limit::Without(keys) => format!("Refused in it, at any depth: {}.", keys.join(", ")),
        _ => String::new(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Texts as sentences of one description.
pub(super) fn sentences(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
        if !text.is_empty() {
            text.push_str(if text.ends_with(['.', '!', '?']) {
                " "
            } else {
                ". "
            });
        }
        text.push_str(part);
    }
    text
}

/// A patch replaces an array by the one that is given.
fn whole_list(encoding: &Encoding, ty: &RustType) -> &'static str {
    match (encoding, ty) {
        (Encoding::Replace, RustType::List(_)) => {
            "Send the whole list: what is left out of it is lost."
        }
        _ => "",
    }
}

/// Where a caller finds the values of an input.
pub(super) fn from(tools: &[String]) -> String {
    let tools: Vec<_> = tools.iter().map(|it| format!("`{it}`")).collect();
    match tools.split_last() {
        None => String::new(),
        Some((only, [])) => format!("From {only}."),
        Some((last, others)) => format!("From {} or {last}.", others.join(", ")),
    }
}

/// `limit` and `next_cursor` of a list that pages.
fn page(it: &Documented<'_>, vendor: &VendorDocs) -> Option<InputPlan> {
    let style = it.answer.style(vendor)?;
    Some(InputPlan {
        name: "page".to_owned(),
        wire: String::new(),
        description: "Which part of the list to answer.".to_owned(),
        provenance: Provenance::Unmarked,
        encoding: Encoding::Page,
        required: false,
        clearable: false,
        ty: RustType::Page {
            max: style.max_size,
            default: style.default_size,
        },
        limits: Vec::new(),
    })
}

/// Whether a constant fits the input that it fills: a single value of its type, within its limits.
pub(super) fn fits(value: &Value, role: Role, schema: &Schema, api: &Api) -> bool {
    let is_single = !matches!(role, Role::Raw | Role::WholeBody | Role::File);
    is_single
        && match &*api.whole(schema) {
            Type::Boolean => value.is_boolean(),
            Type::Integer(limits) => value.is_i64() && limits.iter().all(|it| allows(it, value)),
            Type::Number(limits) | Type::Decimal(limits) => {
                value.is_number() && limits.iter().all(|it| allows(it, value))
            }
            Type::Text(Format::Any | Format::Shown(_), limits) => {
                value.is_string() && limits.iter().all(|it| allows(it, value))
            }
            Type::Choice(values) => value
                .as_str()
                .is_some_and(|it| values.iter().any(|value| value == it)),
            Type::NumberChoice(values) => value.as_i64().is_some_and(|it| values.contains(&it)),
            Type::Values(values) => {
                values.contains(value) && !value.is_object() && !value.is_array()
            }
            _ => false,
        }
}

fn allows(limit: &Limit, value: &Value) -> bool {
    let length = value
        .as_str()
        .map(|it| it.chars().count())
        .unwrap_or_default();
    let number = value.as_f64().unwrap_or_default();
    match limit {
        Limit::MinLength(it) => length >= *it,
        Limit::MaxLength(it) => length <= *it,
        Limit::Minimum(it) => number >= *it,
        Limit::Maximum(it) => number <= *it,
        Limit::ExclusiveMinimum(it) => number > *it,
        Limit::ExclusiveMaximum(it) => number < *it,
        _ => true,
    }
}
