//! Mistakes of openapi.yaml, and of the overlay that corrects it.

use serde_json::{Value, json};

use super::{
    Edit,
    specs::{Record, Specs, Target},
};
use crate::shipped::File::{self, Openapi, Overlay};

pub(super) const EDITS: &[(&str, Edit)] = &[
    ("unreadable", |specs| {
        let file = specs.any(vec![File::Openapi, File::Docs, File::Vendor])?;
        let text = specs.text(file).clone();
        let line = specs.any((1..text.lines().count()).collect())?;
        let mut lines: Vec<&str> = text.lines().collect();
        lines.insert(line, "]");
        *specs.text(file) = lines.join("\n");
        Target::at(file, "")
    }),
    ("duplicate-key", |specs| {
        let at = specs.record(|_, it| it.value["title"].is_string())?.at;
        let title = format!(
            "title: {}",
            specs.value(File::Docs).pointer(&at)?["title"].as_str()?
        );
        let text = specs.text(File::Docs);
        (text.matches(&format!("{title}\n")).count() == 1).then_some(())?;
        *text = text.replace(&title, &format!("{title}\n        {title}"));
        Target::at(File::Docs, format!("{at}/title"))
    }),
    ("swagger-2", |specs| {
        specs.put(Openapi, "/swagger", json!("2.0"));
        specs.take(Openapi, "/openapi");
        Target::at(Openapi, "/swagger")
    }),
    ("markup", |specs| {
        *specs.text(Openapi) = "<!DOCTYPE html><html><body></body></html>".to_owned();
        Target::at(Openapi, "")
    }),
    ("get-with-body", |specs| {
        let at = specs
            .record(|_, it| it.operation.ends_with("/get"))?
            .operation;
        let body = json!({"content": {"application/json": {"schema": {"type": "object"}}}});
        specs.put(Openapi, &format!("{at}/requestBody"), body);
        Target::at(Openapi, format!("{at}/requestBody"))
    }),
    ("not-openapi", |specs| {
        specs.put(Openapi, "/openapi", json!("4.0.0"));
        Target::at(Openapi, "/openapi")
    }),
    ("webhooks", |specs| {
        specs.put(Openapi, "/openapi", json!("3.1.0"));
        specs.put(Openapi, "/webhooks", json!({}));
        Target::at(Openapi, "/webhooks")
    }),
    ("unknown-keyword", |specs| {
        let at = specs.place(Openapi, |at, it| is_property(at) && it["type"].is_string())?;
        specs.put(Openapi, &format!("{at}/maxLenght"), json!(5));
        Target::at(Openapi, format!("{at}/maxLenght"))
    }),
    ("reference-broken", |specs| {
        let at = specs.place(Openapi, |at, _| at.ends_with("/$ref"))?;
        specs.put(Openapi, &at, json!("#/components/schemas/Zzz"));
        Target::at(Openapi, at)
    }),
    ("reference-outside", |specs| {
        let at = specs.place(Openapi, |at, _| at.ends_with("/$ref"))?;
        specs.put(Openapi, &at, json!("other.yaml#/Zzz"));
        Target::at(Openapi, at)
    }),
    ("reference-circular", |specs| {
        let at = specs.place(Openapi, |at, _| at.ends_with("/$ref"))?;
        for (one, other) in [("Zzz", "Yyy"), ("Yyy", "Zzz")] {
            let target = format!("#/components/schemas/{other}");
            specs.put(
                Openapi,
                &format!("/components/schemas/{one}"),
                json!({"$ref": target}),
            );
        }
        specs.put(Openapi, &at, json!("#/components/schemas/Zzz"));
        Target::at(Openapi, at)
    }),
    ("malformed-schema", |specs| {
        let at = specs.place(Openapi, |at, it| {
            is_component(at) && it["properties"].is_object()
        })?;
        specs.put(Openapi, &format!("{at}/properties"), json!(["zzz"]));
        Target::at(Openapi, format!("{at}/properties"))
    }),
    ("malformed-operation", |specs| {
        let record = specs.record(|_, _| true)?;
        let at = push(
            specs,
            &record,
            json!({"name": "zzz", "in": "qeury", "schema": {}}),
        );
        Target::at(Openapi, at)
    }),
    ("malformed-path-item", |specs| {
        let at = specs.place(Openapi, |at, _| {
            at.starts_with("/paths/") && at.split('/').count() == 3
        })?;
        specs.put(Openapi, &at, json!(5));
        Target::at(Openapi, at)
    }),
    ("required-parameter-omitted", |specs| {
        let record = specs.record(|_, _| true)?;
        let rule = json!({"name": "zzz", "in": "query", "use": "omit", "reason": "A test."});
        specs.push(File::Vendor, "/parameters", rule);
        let parameter =
            json!({"name": "zzz", "in": "query", "required": true, "schema": {"type": "string"}});
        let at = specs.push(
            Openapi,
            &format!("{}/parameters", record.operation),
            parameter,
        );
        Target::at(Openapi, at)
    }),
    ("server-of-its-own", |specs| {
        let at = specs.record(|_, _| true)?.operation;
        let servers = json!([{"url": "https://other.example"}]);
        specs.put(Openapi, &format!("{at}/servers"), servers);
        Target::at(Openapi, at)
    }),
    ("input-too-large", |specs| {
        let record = specs.record(offers_all)?;
        let deep = (0..60).fold(json!({}), |it, _| json!({"type": "array", "items": it}));
        let at = push(
            specs,
            &record,
            json!({"name": "zzz", "in": "query", "description": "Z.", "schema": deep}),
        );
        Target::at(Openapi, format!("{at}/schema"))
    }),
    ("verb-without-tool", |specs| {
        let at = specs.place(Openapi, |at, _| {
            at.starts_with("/paths/") && at.split('/').count() == 3
        })?;
        specs.put(
            Openapi,
            &format!("{at}/head"),
            json!({"responses": {"204": {"description": "Done."}}}),
        );
        Target::at(Openapi, format!("{at}/head"))
    }),
    ("path-malformed", |specs| {
        let record = specs.record(|_, _| true)?;
        let operation = specs.operation(&record).clone();
        let (path, verb) = record.operation.rsplit_once('/')?;
        specs.take(Openapi, &record.operation);
        specs.put(Openapi, &format!("{path}?zzz"), json!({verb: operation}));
        let key = format!("{}?zzz", record.value["operation"].as_str()?);
        specs.put(File::Docs, &format!("{}/operation", record.at), json!(key));
        Target::at(Openapi, format!("{path}?zzz/{verb}"))
    }),
    ("path-parameter-undeclared", |specs| {
        let is_path = |specs: &Specs, it: &Record| path_parameter(specs, it).is_some();
        let record = specs.record(is_path)?;
        let at = path_parameter(specs, &record)?;
        specs.take(Openapi, &at);
        Target::at(Openapi, record.operation)
    }),
    ("path-parameter-not-in-path", |specs| {
        let record = specs.record(|_, _| true)?;
        push(
            specs,
            &record,
            json!({"name": "zzz", "in": "path", "required": true, "schema": {"type": "string"}}),
        );
        Target::at(Openapi, record.operation)
    }),
    ("body-missing", |specs| {
        let is_change = |specs: &Specs, it: &Record| {
            specs.operation(it)["requestBody"].is_object()
                && it.operation.ends_with(['t', 'h'])
                && !it.operation.ends_with("post")
        };
        let record = specs.record(is_change)?;
        specs.take(Openapi, &format!("{}/requestBody", record.operation));
        Target::at(Openapi, record.operation)
    }),
    ("body-without-schema", |specs| {
        let record =
            specs.record(|specs, it| specs.operation(it)["requestBody"]["content"].is_object())?;
        let at = format!("{}/requestBody", record.operation);
        specs.put(Openapi, &format!("{at}/content"), json!({}));
        Target::at(Openapi, at)
    }),
    ("answer-missing", |specs| {
        let record = specs.record(|_, _| true)?;
        let at = format!("{}/responses", record.operation);
        specs.put(Openapi, &at, json!({"404": {"description": "Gone."}}));
        Target::at(Openapi, at)
    }),
    ("answer-without-schema", |specs| {
        // What only reads and answers nothing is a mistake; a write may.
        let record = specs.record(|specs, it| {
            let answer = &specs.operation(it)["responses"]["200"];
            it.operation.ends_with("/get") && answer["content"].is_object()
        })?;
        let at = format!("{}/responses/200", record.operation);
        specs.take(Openapi, &format!("{at}/content"));
        Target::at(Openapi, at)
    }),
    ("input-unsupported", |specs| {
        let record = specs.record(offers_all)?;
        let not = json!({"not": {"type": "string"}});
        let at = push(
            specs,
            &record,
            json!({"name": "zzz", "in": "query", "description": "Z.", "schema": not}),
        );
        Target::at(Openapi, format!("{at}/schema"))
    }),
    ("input-name-invalid", |specs| {
        let record = specs.record(offers_all)?;
        push(specs, &record, query("größe"));
        Target::at(Openapi, record.operation)
    }),
    ("input-name-twice", |specs| {
        let record = specs.record(offers_all)?;
        for name in ["zzZz", "zz_zz", "zz-zz"] {
            push(specs, &record, query(name));
        }
        Target::at(Openapi, record.operation)
    }),
    ("input-renamed", |specs| {
        let record =
            specs.record(|specs, it| offers_all(specs, it) && body_name(specs, it).is_some())?;
        let name = body_name(specs, &record)?;
        push(specs, &record, query(&name));
        Target::at(File::Docs, record.at)
    }),
    ("overlay-target", |specs| {
        let at = correct(specs, "$.paths[", json!({"remove": true}));
        Target::at(Overlay, format!("{at}/target"))
    }),
    ("overlay-matches-nothing", |specs| {
        let target = specs.place(Openapi, |_, it| it.is_object())?;
        let at = correct(
            specs,
            &format!("{}['zzz']", path(&target)),
            json!({"remove": true}),
        );
        Target::at(Overlay, format!("{at}/target"))
    }),
    ("overlay-changes-nothing", |specs| {
        let target = specs.place(Openapi, |at, it| is_property(at) && it["type"].is_string())?;
        let same = specs.openapi(&target)["type"].clone();
        let at = correct(specs, &path(&target), json!({"update": {"type": same}}));
        Target::at(Overlay, at)
    }),
    ("overlay-update", |specs| {
        let target = specs.place(Openapi, |_, it| it.is_string())?;
        let at = correct(specs, &path(&target), json!({"update": "zzz"}));
        Target::at(Overlay, format!("{at}/update"))
    }),
];

/// A property of a component: `/components/schemas/Work/properties/id`.
fn is_property(at: &str) -> bool {
    let tokens: Vec<_> = at.split('/').collect();
    matches!(
        tokens[..],
        ["", "components", "schemas", _, "properties", _]
    )
}

fn is_component(at: &str) -> bool {
    at.starts_with("/components/schemas/") && at.split('/').count() == 4
}

/// Adds a parameter to a record's operation; answers its pointer.
pub(super) fn push(specs: &mut Specs, record: &Record, parameter: Value) -> String {
    specs.push(
        Openapi,
        &format!("{}/parameters", record.operation),
        parameter,
    )
}

fn query(name: &str) -> Value {
    json!({"name": name, "in": "query", "description": "Z.", "schema": {"type": "string"}})
}

/// Whether a record offers every input of its operation.
pub(super) fn offers_all(_: &Specs, record: &Record) -> bool {
    record.value["inputs"].is_null()
}

fn path_parameter(specs: &Specs, record: &Record) -> Option<String> {
    let mut parameters = specs.parameters(record).into_iter();
    parameters
        .find(|(_, it)| it["in"] == "path")
        .map(|(at, _)| at)
}

/// A property that the JSON body of a create must have.
fn body_name(specs: &Specs, record: &Record) -> Option<String> {
    let content = &specs.operation(record)["requestBody"]["content"]["application/json"];
    let schema = specs.follow(&content["schema"]);
    let name = schema["required"].get(0)?.as_str()?;
    let is_taken = specs
        .parameters(record)
        .iter()
        .any(|(_, it)| it["name"] == name);
    let is_offered =
        schema["properties"][name]["readOnly"].is_null() && name == name.to_lowercase();
    (record.method == "create" && is_offered && !is_taken).then(|| name.to_owned())
}

/// Adds an action to the overlay; answers its pointer.
fn correct(specs: &mut Specs, target: &str, change: Value) -> String {
    if specs.value(Overlay)["actions"].is_null() {
        specs.put(
            Overlay,
            "",
            json!({"overlay": "1.0.0", "info": {"title": "Z", "version": "1"}}),
        );
    }
    let mut action = json!({"target": target, "description": "A test."});
    for (key, value) in change.as_object().into_iter().flatten() {
        action[key] = value.clone();
    }
    specs.push(Overlay, "/actions", action)
}

/// A pointer as a JSONPath.
fn path(pointer: &str) -> String {
    let tokens = pointer.split('/').skip(1).map(|token| {
        let is_index = token.parse::<usize>().is_ok();
        let name = token
            .replace("~1", "/")
            .replace("~0", "~")
            .replace('\'', "\\'");
        // A status is a name, though it looks like an index.
        if is_index && token.len() < 3 {
            format!("[{token}]")
        } else {
            format!("['{name}']")
        }
    });
    format!("${}", tokens.collect::<String>())
}
