//! Mistakes of docs.yaml, and of what its records are about.

use serde_json::{Value, json};

use super::{
    Edit,
    openapi::offers_all,
    specs::{Record, Specs, Target},
};
use crate::shipped::File::{Docs, Openapi, Vendor};

pub(super) const EDITS: &[(&str, Edit)] = &[
    ("unknown-key", |specs| {
        let at = specs.record(|_, _| true)?.at;
        specs.put(Docs, &format!("{at}/efect"), json!("read"));
        Target::at(Docs, format!("{at}/efect"))
    }),
    ("missing-key", |specs| {
        let at = specs.record(|_, _| true)?.at;
        specs.take(Docs, &format!("{at}/effect"));
        Target::at(Docs, at)
    }),
    ("wrong-value", |specs| {
        let at = specs.place(Docs, |at, _| at.ends_with("/effect"))?;
        specs.put(Docs, &at, json!("destruction"));
        Target::at(Docs, at)
    }),
    ("unknown-operation", |specs| {
        let at = specs.place(Docs, |at, _| at.ends_with("/operation"))?;
        specs.put(Docs, &at, json!("GET /zzz"));
        Target::at(Docs, at)
    }),
    ("operation-documented-twice", |specs| {
        let one = specs.record(|_, _| true)?;
        let other = specs.record(|_, it| it.at != one.at)?;
        specs.put(
            Docs,
            &format!("{}/operation", one.at),
            other.value["operation"].clone(),
        );
        let places = [one.at, other.at].map(|at| format!("{at}/operation"));
        Target::either(Docs, places.into())
    }),
    ("unknown-input", |specs| {
        let record = specs.record(|_, it| it.value["inputs"].is_object())?;
        let at = format!("{}/inputs/zzz", record.at);
        specs.put(Docs, &at, json!({}));
        Target::at(Docs, at)
    }),
    ("procedure-unfit", |specs| {
        let at = specs.place(Docs, |at, _| at.ends_with("/needs/0"))?;
        specs.put(Docs, &at, json!("zzz"));
        Target::at(Docs, at)
    }),
    ("me-unfit", |specs| {
        let record = specs.record(|_, it| it.value["inputs"]["id"].is_object())?;
        specs.put(Docs, &format!("{}/inputs/id/me", record.at), json!(true));
        Target::at(Docs, record.at)
    }),
    ("required-input-left-out", |specs| {
        let record =
            specs.record(|specs, it| offers_all(specs, it) && it.operation.contains('{'))?;
        specs.put(Docs, &format!("{}/inputs", record.at), json!({}));
        Target::at(Docs, format!("{}/inputs", record.at))
    }),
    ("name-too-long", |specs| {
        let at = specs.record(|_, _| true)?.at;
        specs.put(Docs, &format!("{at}/tool"), json!("z".repeat(65)));
        Target::at(Docs, at)
    }),
    ("name-twice", |specs| {
        let one = specs.record(|_, _| true)?.at;
        let other = specs.record(|_, it| it.at != one)?.at;
        specs.put(Docs, &format!("{one}/tool"), json!("zzz_tool"));
        specs.put(Docs, &format!("{other}/tool"), json!("ZZZ_tool"));
        Target::either(Docs, vec![one, other])
    }),
    ("list-without-array", |specs| {
        let at = specs.record(|_, it| it.method == "list")?.at;
        specs.put(Docs, &format!("{at}/answer"), json!("/zzz"));
        Target::at(Docs, at)
    }),
    ("answer-pointer-unknown", |specs| {
        let at = specs.record(|_, it| it.method == "get")?.at;
        specs.put(Docs, &format!("{at}/answer"), json!("/zzz"));
        Target::at(Docs, format!("{at}/answer"))
    }),
    ("unknown-paging", |specs| {
        let at = specs.record(|_, it| it.method == "list")?.at;
        specs.put(Docs, &format!("{at}/paging"), json!("zzz"));
        Target::at(Docs, format!("{at}/paging"))
    }),
    ("paging-parameter-missing", |specs| {
        let size = specs.value(Vendor)["paging"]["default"]["size"].clone();
        let has_size = |specs: &Specs, it: &Record| {
            it.method == "list" && parameter(specs, it, |it| it["name"] == size).is_some()
        };
        let record =
            specs.record(|specs, it| it.value["paging"].is_null() && has_size(specs, it))?;
        let at = parameter(specs, &record, |it| it["name"] == size)?;
        specs.take(Openapi, &at);
        Target::at(Docs, record.at)
    }),
    ("conditions-without-parameter", |specs| {
        let at = specs.record(|_, it| it.method == "get")?.at;
        specs.put(Docs, &format!("{at}/conditions"), json!({"fields": ["id"]}));
        Target::at(Docs, format!("{at}/conditions"))
    }),
    ("use-without-parameter", |specs| {
        let at = specs.record(|_, it| it.method == "get")?.at;
        specs.put(Docs, &format!("{at}/order_by"), json!(["id"]));
        Target::at(Docs, format!("{at}/order_by"))
    }),
    ("unknown-filter", |specs| {
        let record = specs.record(|_, it| it.value["conditions"]["like"].is_string())?;
        let at = format!("{}/conditions/like", record.at);
        specs.put(Docs, &at, json!("zzz"));
        Target::at(Docs, at)
    }),
    ("search-unfit", |specs| {
        let record = specs.record(|_, it| it.method == "list")?;
        let operation = specs.record(|_, it| it.method == "create")?.value["operation"].clone();
        specs.put(Docs, &format!("{}/search", record.at), operation);
        Target::at(Docs, format!("{}/search", record.at))
    }),
    ("unknown-field", |specs| {
        let record = specs.record(|_, it| it.value["conditions"]["fields"].is_array())?;
        let at = specs.push(
            Docs,
            &format!("{}/conditions/fields", record.at),
            json!("zzz/zzz"),
        );
        Target::at(Docs, at)
    }),
    ("operator-unfit", |specs| {
        // Text contains, and is not less.
        let at = specs.place(Docs, |at, it| {
            at.contains("/shortcuts/") && it == "contains"
        })?;
        specs.put(Docs, &at, json!("less"));
        Target::at(Docs, at)
    }),
    ("constant-unfit", |specs| {
        let is_whole = |it: &Value| it["schema"]["type"] == "integer" && it["in"] == "path";
        let record = specs.record(|specs, it| parameter(specs, it, is_whole).is_some())?;
        let parameters = specs.parameters(&record);
        let (_, found) = parameters.iter().find(|(_, it)| is_whole(it))?;
        let at = format!("{}/fixed", record.at);
        let name = found["name"].as_str()?.to_owned();
        specs.put(Docs, &at, json!({ name.as_str(): "zzz" }));
        Target::at(Docs, format!("{at}/{name}"))
    }),
    ("part-unfit", |specs| {
        let reads = specs.place(Docs, |at, _| at.ends_with("/reads"))?;
        let at = reads.replace("/reads", "/effect");
        specs.put(Docs, &at, json!("write"));
        Target::at(Docs, at)
    }),
    ("part-arguments", |specs| {
        let is_part = |at: &str| at.contains("/reads/") && at.ends_with("/arguments");
        let at = specs.place(Docs, |at, _| is_part(at))?;
        specs.put(Docs, &format!("{at}/zzz"), json!(1));
        Target::at(Docs, at)
    }),
    ("otherwise-unfit", |specs| {
        let at = specs.record(|_, it| it.method == "update")?.at;
        let otherwise = json!({"any_of": ["zzz", "zzy"], "send": {"zzz": true}});
        specs.put(Docs, &format!("{at}/otherwise"), otherwise);
        Target::at(Docs, format!("{at}/otherwise"))
    }),
    ("replace-not-destroy", |specs| {
        let at = specs.record(|_, it| it.method == "replace")?.at;
        specs.put(Docs, &format!("{at}/effect"), json!("write"));
        Target::at(Docs, format!("{at}/effect"))
    }),
    ("description-missing", |specs| {
        let record =
            specs.record(|specs, it| offers_all(specs, it) && own_path(specs, it).is_some())?;
        let at = own_path(specs, &record)?;
        specs.take(Openapi, &format!("{at}/description"));
        Target::at(Docs, record.at)
    }),
    ("unknown-tag", |specs| {
        let at = specs.record(|_, _| true)?.at;
        let at = specs.push(Docs, &format!("{at}/tags"), json!("zzz"));
        Target::at(Docs, at)
    }),
    ("example-refused", |specs| {
        let at = specs.place(Docs, |at, _| {
            at.contains("/examples/") && at.ends_with("/arguments")
        })?;
        specs.put(Docs, &format!("{at}/zzz"), json!(1));
        Target::at(Docs, at)
    }),
];

/// The pointer of a record's parameter.
fn parameter(specs: &Specs, record: &Record, test: impl Fn(&Value) -> bool) -> Option<String> {
    let mut parameters = specs.parameters(record).into_iter();
    parameters.find(|(_, it)| test(it)).map(|(at, _)| at)
}

/// A path parameter that the operation, or its path, declares itself.
fn own_path(specs: &Specs, record: &Record) -> Option<String> {
    let at = parameter(specs, record, |it| it["in"] == "path")?;
    specs.openapi(&at)["name"].is_string().then_some(at)
}
