//! The wire is the API: what `tools/list` and `prompts/list` say is what was committed and reviewed, in bytes.

use std::{collections::BTreeSet, fs, process::Stdio};

use acceptance::{Session, VENDORS, Vendor, command, root};
use codegen::docs::Effect;
use serde_json::{Value, json};

/// A key or a name that every model host accepts.
fn is_accepted(name: &str) -> bool {
    let fits = |it: char| it.is_ascii_alphanumeric() || "_.-".contains(it);
    (1..=64).contains(&name.len()) && name.chars().all(fits)
}

fn listed(vendor: &Vendor, options: &[&str]) -> Vec<String> {
    let mut session = Session::start(vendor, options);
    let answer = session.ask("tools/list", Value::Null);
    let tools = answer["tools"].as_array().expect("a list of tools");
    let names = tools.iter().map(|it| it["name"].as_str().expect("a name"));
    names.map(str::to_owned).collect()
}

/// Name, effect and tags of every tool, as codegen decided them, in the order of the table.
fn planned(vendor: &Vendor) -> Vec<(String, Effect, BTreeSet<String>)> {
    let tools = vendor.plan().tools.into_iter();
    let rows = tools.map(|it| (it.name, it.effect, it.tags.into_iter().collect()));
    rows.collect()
}

#[test]
fn the_list_is_the_committed_listings_in_bytes_and_in_table_order() {
    for vendor in &VENDORS {
        let names: Vec<String> = planned(vendor).into_iter().map(|it| it.0).collect();
        assert!(!names.is_empty(), "{}", vendor.folder);
        let texts: Vec<String> = names
            .iter()
            .map(|name| vendor.listing(name).to_string())
            .collect();
        let expected = format!(
            "{{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{{\"tools\":[{}]}}}}",
            texts.join(",")
        );
        // One page: nothing follows the tools, a cursor neither.
        let line = Session::start(vendor, &[]).line("tools/list", Value::Null);
        assert!(
            line == expected,
            "{} lists otherwise:\n{line}",
            vendor.folder
        );
        let files = fs::read_dir(vendor.generated().join("schemas")).unwrap();
        assert_eq!(files.count(), names.len(), "{}", vendor.folder);
    }
}

#[test]
fn a_cursor_that_was_never_given_is_refused() {
    let line = Session::start(&VENDORS[0], &[]).line("tools/list", json!({"cursor": "x"}));
    assert!(
        line.contains("-32602") && line.contains("one page"),
        "{line}"
    );
}

#[test]
fn every_tool_has_what_model_hosts_want() {
    for vendor in &VENDORS {
        for name in vendor.tools() {
            let tool = vendor.listing(&name);
            assert_eq!(tool["name"], *name);
            assert!(is_accepted(&name), "{name}");
            for key in ["title", "description"] {
                let text = tool[key].as_str().unwrap_or_default();
                assert!(!text.trim().is_empty(), "{name} has no {key}");
            }
            let hints = tool["annotations"].as_object().unwrap();
            for hint in ["readOnly", "destructive", "idempotent", "openWorld"] {
                let hint = hints.get(&format!("{hint}Hint"));
                assert!(hint.is_some_and(Value::is_boolean), "{name}: {hints:?}");
            }
            let schema = tool["inputSchema"].as_object().unwrap();
            assert_eq!(schema["type"], "object", "{name}");
            assert_eq!(schema["additionalProperties"], false, "{name}");
            for key in ["anyOf", "oneOf", "allOf", "not", "enum", "if"] {
                assert!(!schema.contains_key(key), "{name} has {key} at the top");
            }
            walk(&name, &tool["inputSchema"]);
        }
    }
}

/// Looks at every property key, and for references, at any depth.
fn walk(tool: &str, schema: &Value) {
    if let Some(properties) = schema["properties"].as_object() {
        for key in properties.keys() {
            assert!(is_accepted(key), "{tool}: the key {key:?}");
        }
    }
    match schema {
        Value::Object(object) => {
            for (key, child) in object {
                assert!(!key.starts_with('$'), "{tool} has {key}");
                walk(tool, child);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| walk(tool, it)),
        _ => {}
    }
}

#[test]
fn a_filter_lists_the_subset_in_the_same_order_and_nothing_else_can_be_called() {
    for vendor in &VENDORS {
        let rows = planned(vendor);
        assert_eq!(rows.len(), vendor.tools().len(), "{}", vendor.folder);
        let tag = rows[0].2.first().unwrap().clone();
        let names = |keep: &dyn Fn(Effect, &BTreeSet<String>) -> bool| -> Vec<String> {
            let kept = rows.iter().filter(|(_, effect, tags)| keep(*effect, tags));
            kept.map(|(name, _, _)| name.clone()).collect()
        };
        let reads = names(&|effect, _| effect == Effect::Read);
        let tagged = names(&|_, tags| tags.contains(&tag));
        let both = names(&|effect, tags| effect == Effect::Read && tags.contains(&tag));
        let writes = names(&|effect, _| effect != Effect::Read);
        assert_eq!(listed(vendor, &["--methods", "read"]), reads);
        assert_eq!(listed(vendor, &["--methods", "write"]), writes);
        assert_eq!(listed(vendor, &["--tags", &tag]), tagged);
        assert_eq!(listed(vendor, &["--methods", "read", "--tags", &tag]), both);

        let mut session = Session::start(vendor, &["--methods", "read"]);
        let line = session.line("tools/call", json!({"name": writes[0], "arguments": {}}));
        assert!(
            line.contains("-32602") && line.contains("not enabled"),
            "{line}"
        );
    }
}

#[test]
fn a_filter_that_leaves_no_tool_is_refused_at_start() {
    let mut command = command(&VENDORS[2], &["serve", "--methods", "replace"]);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{words}");
    assert!(words.contains("no tool"), "{words}");
}

#[test]
fn the_prompts_are_those_of_the_specs_and_one_for_each_procedure() {
    for vendor in &VENDORS {
        let spec = |file: &str| -> Value {
            let path = root().join("specs").join(vendor.folder).join(file);
            serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
        };
        let own = spec("prompts.yaml")["prompts"].as_array().unwrap().clone();
        let procedures = spec("docs.yaml")["procedures"].take();
        let walks = procedures.as_object().into_iter().flatten();
        let walks = walks.map(|(name, it)| {
            json!({"name": name, "title": it["title"], "description": it["about"], "arguments": it["arguments"]})
        });
        let expected: Vec<Value> = own.into_iter().chain(walks).map(|it| prompt(&it)).collect();
        let answer = Session::start(vendor, &[]).ask("prompts/list", Value::Null);
        assert_eq!(answer, json!({"prompts": expected}), "{}", vendor.folder);
    }
}

/// A prompt of the spec, as it is to be listed.
fn prompt(spec: &Value) -> Value {
    let arguments = spec["arguments"].as_array().into_iter().flatten();
    let arguments: Vec<Value> = arguments
        .map(|it| {
            let required = it["required"] == true;
            json!({"name": it["name"], "description": it["description"], "required": required})
        })
        .collect();
    json!({
        "name": spec["name"],
        "title": spec["title"],
        "description": spec["description"],
        "arguments": arguments,
    })
}
