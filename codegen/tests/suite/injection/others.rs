//! Mistakes of vendor.yaml and prompts.yaml, and of what ties them to the other files.

use serde_json::{Value, json};

use super::{
    Edit,
    specs::{Specs, Target},
};
use crate::shipped::File::{Docs, Prompts, Sandbox, Vendor};

pub(super) const EDITS: &[(&str, Edit)] = &[
    ("parameter-rule-unused", |specs| {
        let rule = json!({"name": "zzz", "in": "query", "use": "omit", "reason": "A test."});
        let at = specs.push(Vendor, "/parameters", rule);
        Target::at(Vendor, at)
    }),
    ("prose-unused", |specs| {
        let rule = json!({"pattern": "zzz says nobody", "means": "nothing"});
        specs.put(Vendor, "/prose", json!([rule]));
        Target::at(Vendor, "/prose/0")
    }),
    ("prose-pattern", |specs| {
        let rule = json!({"pattern": "zzz [0-9]+", "means": "max_length"});
        specs.put(Vendor, "/prose", json!([rule]));
        Target::at(Vendor, "/prose/0/pattern")
    }),
    ("tag-unused", |specs| {
        specs.put(Vendor, "/tags/zzz", json!("Z."));
        Target::at(Vendor, "/tags/zzz")
    }),
    ("unknown-credential", |specs| {
        let at = specs.push(Vendor, "/auth", json!({"header": "X-Z", "value": "{zzz}"}));
        Target::at(Vendor, at)
    }),
    ("auth-twice", |specs| {
        let first = specs.value(Vendor).pointer("/auth/0")?.clone();
        let at = specs.push(Vendor, "/auth", first);
        Target::at(Vendor, at)
    }),
    ("server-unused", |specs| {
        let server = json!({"url": "https://zzz.example", "variable": "ZZZ_URL"});
        specs.put(Vendor, "/servers", json!({"zzz": server}));
        Target::at(Vendor, "/servers/zzz/url")
    }),
    ("unknown-url-variable", |specs| {
        specs.put(
            Vendor,
            "/base_url/regions",
            json!({"zzz": "https://{zzz}.example"}),
        );
        Target::at(Vendor, "/base_url/regions/zzz")
    }),
    ("url-variable-unfit", |specs| {
        let variable = json!({"description": "Z.", "default": "z z", "variable": "ZZZ"});
        specs.put(
            Vendor,
            "/base_url/regions",
            json!({"zzz": "https://{zzz}.example"}),
        );
        specs.put(Vendor, "/base_url/variables", json!({"zzz": variable}));
        Target::at(Vendor, "/base_url/variables/zzz")
    }),
    ("unknown-operation", |specs| {
        specs.put(Sandbox, "/operations", json!({"GET /zzz": {}}));
        Target::at(Sandbox, "/operations/GET ~1zzz")
    }),
    ("unknown-tool", |specs| {
        let at = specs.record(|_, _| true)?.at;
        specs.put(Docs, &format!("{at}/before"), json!(["zzz"]));
        Target::at(Docs, format!("{at}/before/0"))
    }),
    ("unknown-tool", |specs| {
        let at = any_prompt(specs)?;
        let label = specs.value(Vendor)["label"].as_str()?.to_owned();
        say(specs, &at, &format!(" `{label}_zzz`"))
    }),
    ("unknown-argument", |specs| {
        let at = any_prompt(specs)?;
        say(specs, &at, " {zzz}")
    }),
    ("argument-unused", |specs| {
        let at = any_prompt(specs)?;
        let argument = json!({"name": "zzz", "description": "Z."});
        let at = specs.push(Prompts, &format!("{at}/arguments"), argument);
        Target::at(Prompts, at)
    }),
    ("prompt-twice", |specs| {
        let at = any_prompt(specs)?;
        let prompt = specs.value(Prompts).pointer(&at)?.clone();
        let at = specs.push(Prompts, "/prompts", prompt);
        Target::at(Prompts, format!("{at}/name"))
    }),
];

fn any_prompt(specs: &mut Specs) -> Option<String> {
    specs.place(Prompts, |at, it| {
        at.split('/').count() == 3 && it["text"].is_string()
    })
}

/// Adds words to a prompt's text.
fn say(specs: &mut Specs, prompt: &str, words: &str) -> Option<Target> {
    let at = format!("{prompt}/text");
    let text = specs.value(Prompts).pointer(&at).and_then(Value::as_str)?;
    let text = format!("{text}{words}");
    specs.put(Prompts, &at, json!(text));
    Target::at(Prompts, at)
}
