//! Prints sandbox.json: the vendor's document as the sandbox judges by it, and sandbox.yaml as it stands.
//!
//! It is made from the document alone, never from docs.yaml, so that the sandbox does not repeat our mistakes.

use serde_json::{Map, Value, json};

use crate::{api::Verb, load::Document};

/// The sandbox's description.
pub(super) fn description(document: &Document, sandbox: &Value) -> Value {
    let root = &document.value;
    let mut endpoints = Vec::new();
    for (path, item) in sorted(root.get("paths").and_then(Value::as_object)) {
        for (verb, key) in Verb::ALL {
            if let Some(operation) = item.get(key) {
                endpoints.push(endpoint(verb, path, item, operation, root));
            }
        }
    }
    let schemas = root
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let schemas: Map<String, Value> = sorted(schemas)
        .into_iter()
        .map(|(name, it)| (name.clone(), schema(it)))
        .collect();
    json!({
        "api": {"server_path": server_paths(root, root).first(), "endpoints": endpoints, "$defs": schemas},
        "sandbox": sandbox,
    })
}

fn endpoint(verb: Verb, path: &str, item: &Value, operation: &Value, root: &Value) -> Value {
    let own = operation.get("parameters").and_then(Value::as_array);
    let shared = item.get("parameters").and_then(Value::as_array);
    let parameters = own
        .into_iter()
        .chain(shared)
        .flatten()
        .map(|it| parameter(follow(it, root)));
    let body = operation.get("requestBody").map(|it| follow(it, root));
    let body = body.and_then(|it| {
        let (media_type, content) = it.get("content")?.as_object()?.iter().next()?;
        Some(json!({
            "required": it.get("required").and_then(Value::as_bool).unwrap_or(false),
            "media_type": media_type,
            "schema": schema(content.get("schema").unwrap_or(&Value::Null)),
        }))
    });
    let answers = operation.get("responses").and_then(Value::as_object);
    let answers: Map<String, Value> = sorted(answers)
        .into_iter()
        .map(|(status, it)| (status.clone(), answer(follow(it, root))))
        .collect();
    let mut endpoint = json!({
        "operation": format!("{} {path}", verb.as_str()),
        "method": verb.as_str(),
        "path": path,
        "parameters": parameters.collect::<Vec<_>>(),
        "body": body,
        "answers": answers,
    });
    let own = [operation, item].map(|it| server_paths(it, root));
    if let Some(paths) = own.into_iter().find(|it| !it.is_empty()) {
        endpoint["server_paths"] = paths.into();
    }
    if operation.get("security") == Some(&json!([])) {
        endpoint["open"] = true.into();
    }
    endpoint
}

/// The paths of the servers that are stated here, each once; variables that none of them explains are those of the API's first server.
fn server_paths(holder: &Value, root: &Value) -> Vec<String> {
    let usual = root.pointer("/servers/0/variables");
    let servers = holder.get("servers").and_then(Value::as_array);
    let servers = servers.into_iter().flatten();
    let mut paths: Vec<String> = servers.map(|it| server_path(it, usual)).collect();
    paths.dedup();
    paths
}

/// The path of a server's URL, its variables as they are by default, without a slash at its end.
fn server_path(server: &Value, usual: Option<&Value>) -> String {
    let url = server.get("url").and_then(Value::as_str);
    let mut url = url.unwrap_or_default().to_owned();
    let variables = server.get("variables").into_iter().chain(usual);
    for (name, variable) in variables.filter_map(Value::as_object).flatten() {
        let default = variable.get("default").and_then(Value::as_str);
        url = url.replace(&format!("{{{name}}}"), default.unwrap_or_default());
    }
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let path = rest.find('/').map_or("", |start| &rest[start..]);
    path.trim_end_matches('/').to_owned()
}

fn answer(raw: &Value) -> Value {
    let content = raw
        .get("content")
        .and_then(Value::as_object)
        .and_then(|it| it.iter().next());
    content.map_or(Value::Null, |(media_type, content)| {
        json!({"media_type": media_type, "schema": schema(content.get("schema").unwrap_or(&Value::Null))})
    })
}

fn parameter(raw: &Value) -> Value {
    let text = |key: &str| raw.get(key).cloned().unwrap_or_default();
    let style =
        raw.get("style")
            .cloned()
            .unwrap_or_else(|| match raw.get("in").and_then(Value::as_str) {
                Some("query" | "cookie") => "form".into(),
                _ => "simple".into(),
            });
    let explode = raw
        .get("explode")
        .cloned()
        .unwrap_or_else(|| Value::Bool(style == "form"));
    json!({
        "name": text("name"),
        "in": text("in"),
        "required": raw.get("required") == Some(&Value::Bool(true)),
        "style": style,
        "explode": explode,
        "schema": schema(raw.get("schema").unwrap_or(&Value::Null)),
    })
}

fn follow<'a>(raw: &'a Value, root: &'a Value) -> &'a Value {
    let target = raw
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|it| it.strip_prefix('#'));
    target.and_then(|it| root.pointer(it)).unwrap_or(raw)
}

/// OpenAPI 3.0's schema in JSON Schema 2020-12, closed: what is not declared is refused.
fn schema(raw: &Value) -> Value {
    let Value::Object(map) = raw else {
        return json!({});
    };
    if let Some(target) = map.get("$ref").and_then(Value::as_str) {
        return json!({"$ref": target.replace("#/components/schemas/", "#/$defs/")});
    }
    let mut out = Map::new();
    // The order of keywords says nothing, so it must not matter: the type first, for readers. That of properties is kept.
    let mut keywords = sorted(Some(map));
    keywords.sort_by_key(|(key, _)| *key != "type");
    for (key, value) in keywords {
        let value = match key.as_str() {
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                Value::Object(
                    properties
                        .map(|(name, it)| (name.clone(), schema(it)))
                        .collect(),
                )
            }
            "items" | "not" => schema(value),
            "additionalProperties" if value.is_object() => schema(value),
            "allOf" | "anyOf" | "oneOf" => {
                value.as_array().into_iter().flatten().map(schema).collect()
            }
            "nullable" | "description" | "example" | "discriminator" | "xml" | "externalDocs"
            | "title" | "default" => {
                continue;
            }
            key if key.starts_with("x-") => continue,
            _ => value.clone(),
        };
        out.insert(key.clone(), value);
    }
    exclusive(&mut out);
    close(&mut out);
    if map.get("nullable") == Some(&Value::Bool(true)) {
        allow_null(&mut out);
    }
    Value::Object(out)
}

/// The entries of a map whose order says nothing.
fn sorted(map: Option<&Map<String, Value>>) -> Vec<(&String, &Value)> {
    let mut entries: Vec<_> = map.into_iter().flatten().collect();
    entries.sort_by_key(|(key, _)| *key);
    entries
}

/// OpenAPI 3.0 has `exclusiveMinimum: true` beside `minimum`.
fn exclusive(out: &mut Map<String, Value>) {
    for (flag, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match out.get(flag) {
            Some(Value::Bool(true)) => {
                if let Some(limit) = out.shift_remove(bound) {
                    out.insert(flag.to_owned(), limit);
                }
            }
            Some(Value::Bool(false)) => drop(out.shift_remove(flag)),
            _ => {}
        }
    }
}

fn close(out: &mut Map<String, Value>) {
    let is_open = out.contains_key("additionalProperties") || out.contains_key("allOf");
    if out.contains_key("properties") && !is_open {
        out.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}

fn allow_null(out: &mut Map<String, Value>) {
    if let Some(ty) = out.get("type").filter(|it| it.is_string()).cloned() {
        out.insert("type".to_owned(), json!([ty, "null"]));
    }
    if let Some(Value::Array(values)) = out.get_mut("enum") {
        values.push(Value::Null);
    }
}
