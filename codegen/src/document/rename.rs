//! Decides the name of each input that a model sees; two inputs never share one.

use super::{AnswerPlan, Chosen, Documented, Role};
use crate::{
    api::{Carrier, Flaw},
    report::Report,
    vendor::VendorDocs,
    words::snake,
};

/// Names every input that docs.yaml did not name.
pub(super) fn rename(it: &mut Documented<'_>, vendor: &VendorDocs, report: &mut Report) {
    let id = item_parameter(it);
    let mut taken: Vec<String> = reserved(it, vendor).map(str::to_owned).collect();
    shortcuts(it, &mut taken);
    let mut inputs = std::mem::take(&mut it.inputs);
    for (index, input) in inputs
        .iter_mut()
        .enumerate()
        .filter(|(_, input)| input.fixed.is_none())
    {
        if input.name.is_empty() {
            input.name = if Some(index) == id {
                "id".to_owned()
            } else {
                snake(&input.wire)
            };
        }
        if taken.contains(&input.name) {
            clash(it, input, &taken, report);
        }
        if !is_property_key(&input.name) {
            it.flaws.push(Flaw {
                code: "input-name-invalid",
                reason: format!("model hosts refuse the input name `{}`", input.name),
                remedy: "give it another with `rename` in docs.yaml (letters, digits, `_`, `.` and `-`, at most 64)",
                pointer: it.operation.pointer.clone(),
            });
        }
        taken.push(input.name.clone());
    }
    it.inputs = inputs;
}

/// The keys that Anthropic's API takes: `^[a-zA-Z0-9_.-]{1,64}$`.
pub(crate) fn is_property_key(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"_.-".contains(&it))
}

/// The last path parameter of a method on one item is shown as `id`, unless another input has that name.
fn item_parameter(it: &Documented<'_>) -> Option<usize> {
    let is_item = matches!(it.method.as_str(), "get" | "update" | "replace" | "delete");
    let last = it
        .operation
        .path
        .rsplit('/')
        .next()?
        .strip_prefix('{')?
        .strip_suffix('}')?;
    let is_path = |input: &Chosen| matches!(input.role, Role::Parameter(Carrier::Path, _));
    let is_taken = it
        .inputs
        .iter()
        .any(|input| input.wire != last && snake(&input.wire) == "id" && is_path(input));
    it.inputs
        .iter()
        .position(|input| is_item && !is_taken && is_path(input) && input.wire == last)
}

/// Names that the runtime fills itself.
fn reserved(it: &Documented<'_>, vendor: &VendorDocs) -> impl Iterator<Item = &'static str> {
    let is_paged = it.answer.style(vendor).is_some();
    let list = ["limit", "next_cursor"]
        .into_iter()
        .filter(move |_| is_paged);
    let filters = [
        ("conditions", &it.filter.conditions),
        ("child_conditions", &it.filter.child_conditions),
        (
            "custom_field_conditions",
            &it.filter.custom_field_conditions,
        ),
    ];
    let filters = filters
        .into_iter()
        .filter_map(|(name, wire)| wire.as_ref().map(|_| name));
    let file = matches!(it.answer, AnswerPlan::File { .. }).then_some("save_as");
    list.chain(filters)
        .chain(file)
        .chain((it.method == "update").then_some("clear"))
}

/// The short cuts of a filter are inputs too; they keep the names that docs.yaml gives them.
fn shortcuts(it: &mut Documented<'_>, taken: &mut Vec<String>) {
    let own = it.record.conditions.iter();
    let own = own.filter(|_| it.filter.conditions.is_some());
    let of_children = it.record.child_conditions.iter();
    let of_children = of_children.filter(|_| it.filter.child_conditions.is_some());
    let names: Vec<String> = own
        .chain(of_children)
        .flat_map(|it| it.shortcuts.keys().cloned())
        .collect();
    for name in names {
        if taken.contains(&name) {
            it.flaws.push(twice(it, &name));
        }
        taken.push(name);
    }
}

fn twice(it: &Documented<'_>, name: &str) -> Flaw {
    Flaw {
        code: "input-name-twice",
        reason: format!("two inputs are named `{name}`"),
        remedy: "give one of them another name in docs.yaml: an input with `rename`, a short cut by its key",
        pointer: it.operation.pointer.clone(),
    }
}

/// Where an input goes, in one word.
fn place(role: Role) -> &'static str {
    match role {
        Role::Parameter(Carrier::Path, _) => "path",
        Role::Parameter(Carrier::Query, _) => "query",
        Role::Parameter(Carrier::Header, _) => "header",
        Role::Parameter(Carrier::Cookie, _) => "cookie",
        Role::Property
        | Role::Patch
        | Role::WholeBody
        | Role::Raw
        | Role::Text
        | Role::Field(_)
        | Role::Part
        | Role::File => "body",
    }
}

/// The later input gives way: `name` of the body becomes `name_in_body`. Any other clash cannot be told apart.
fn clash(it: &mut Documented<'_>, input: &mut Chosen, taken: &[String], report: &mut Report) {
    let place = place(input.role);
    let other = format!("{}_in_{place}", input.name);
    if !taken.contains(&other) {
        if !it.is_derived {
            report.warn(
                "input-renamed",
                it.place.clone(),
                format!(
                    "`{}` has two inputs named `{}`; that of the {place} is shown as `{other}`",
                    it.operation.key, input.name
                ),
                "choose a name with `rename` in docs.yaml",
            );
        }
        input.name = other;
        return;
    }
    it.flaws.push(twice(it, &input.name));
}
