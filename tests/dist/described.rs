//! Manifests and registry entries of every vendor, judged by the official tool and the published schema.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::OnceLock,
};

use acceptance::{CONNECTWISE_PSA, Mcpb, Scratch, VENDORS, Vendor, WIV, WIWINK, root};
use codegen::{
    plan::VendorPlan,
    release::{Platform, Published, Release, manifest, server_json},
};
use serde_json::{Value, json};

/// What is decided of a vendor, decided once.
fn plan(vendor: &Vendor) -> &'static VendorPlan {
    static PLANS: OnceLock<BTreeMap<&'static str, VendorPlan>> = OnceLock::new();
    let plans = PLANS.get_or_init(|| {
        let plan = |it: Vendor| {
            let plan = codegen::generate(&it.sources(), None).plan;
            (it.folder, plan.expect("the specs have no mistake"))
        };
        VENDORS.into_iter().map(plan).collect()
    });
    &plans[vendor.folder]
}

fn release() -> Release {
    Release {
        version: "1.2.3".to_owned(),
        license: "MIT".to_owned(),
        author: "Somebody".to_owned(),
        repository: Some("https://github.com/somebody/servers".to_owned()),
    }
}

fn entry(vendor: &Vendor) -> Value {
    let published = Published {
        namespace: "io.github.somebody",
        repository: "https://github.com/somebody/servers",
        bundle: "https://github.com/somebody/servers/releases/download/v1.2.3/server.mcpb",
        sha256: &"0a".repeat(32),
    };
    server_json(plan(vendor), &release(), &published).expect("the registry takes it")
}

#[test]
fn a_manifest_lists_the_tools_as_a_model_sees_them() {
    for vendor in VENDORS {
        let manifest = manifest(plan(&vendor), &release(), &[Platform::Linux]);
        let tools = manifest["tools"].as_array().expect("tools");
        let names: Vec<&str> = tools.iter().filter_map(|it| it["name"].as_str()).collect();
        assert_eq!(names, vendor.tools());
        for tool in tools {
            let listing = vendor.listing(tool["name"].as_str().expect("a name"));
            assert_eq!(tool["description"], listing["description"]);
        }
    }
}

#[test]
fn a_manifest_asks_for_every_setting_and_hands_it_over() {
    for vendor in VENDORS {
        let manifest = manifest(plan(&vendor), &release(), &[Platform::Linux]);
        let handed = manifest["server"]["mcp_config"]["env"].as_object();
        let handed = handed.expect("an environment");
        let known = vendor.credentials.iter().map(|(name, _)| *name);
        let known: BTreeSet<&str> = known.chain([vendor.base_url]).collect();
        let variables: BTreeSet<&str> = handed.keys().map(String::as_str).collect();
        assert_eq!(variables, known);
        for (variable, value) in handed {
            let slot = value.as_str().expect("a text");
            let name = slot.strip_prefix("${user_config.").expect("a slot");
            let option = &manifest["user_config"][name.trim_end_matches('}')];
            assert_eq!(option["type"], "string", "{variable}: {option}");
            let set = vendor.credentials.iter().find(|(name, _)| name == variable);
            let is_secret = set.is_some_and(|(_, value)| value.contains("secret"));
            assert_eq!(option["sensitive"], is_secret, "{variable}");
            // What is not set and has no default would reach the program as the slot itself.
            assert!(option["required"] == true || option["default"].is_string());
        }
    }
}

#[test]
fn what_must_be_set_is_required_and_nothing_else() {
    let asked = |vendor: &Vendor, name: &str| {
        let manifest = manifest(plan(vendor), &release(), &[Platform::Linux]);
        let option = &manifest["user_config"][name];
        (option["required"] == true, option["default"].clone())
    };
    assert_eq!(asked(&WIWINK, "base_url"), (true, Value::Null));
    assert_eq!(asked(&WIWINK, "api_token"), (true, Value::Null));
    assert_eq!(
        asked(&WIV, "base_url"),
        (false, json!("https://api.wiv.ai"))
    );
    assert_eq!(asked(&CONNECTWISE_PSA, "member"), (false, json!("")));
    assert_eq!(asked(&CONNECTWISE_PSA, "client_id"), (true, Value::Null));
    let words = manifest(plan(&CONNECTWISE_PSA), &release(), &[Platform::Linux]);
    let words = words["user_config"]["base_url"]["description"].to_string();
    assert!(words.contains("One of na, eu, "), "{words}");
}

#[test]
fn a_bundle_names_the_platforms_that_it_holds() {
    let one = manifest(plan(&WIV), &release(), &[Platform::Linux]);
    assert_eq!(one["compatibility"]["platforms"], json!(["linux"]));
    let start = &one["server"]["mcp_config"];
    assert_eq!(start["command"], "${__dirname}/server/linux/wiv-mcp");
    assert_eq!(start.get("platform_overrides"), None);

    let all = manifest(plan(&WIV), &release(), &Platform::ALL);
    let words = json!(["darwin", "linux", "win32"]);
    assert_eq!(all["compatibility"]["platforms"], words);
    assert_eq!(all["server"]["entry_point"], "server/darwin/wiv-mcp");
    let others = json!({
        "linux": {"command": "${__dirname}/server/linux/wiv-mcp"},
        "win32": {"command": "${__dirname}/server/win32/wiv-mcp.exe"},
    });
    assert_eq!(all["server"]["mcp_config"]["platform_overrides"], others);
}

#[test]
fn prompts_are_stated_where_a_manifest_can_say_them() {
    let manifest = manifest(plan(&WIV), &release(), &[Platform::Linux]);
    let prompts = manifest["prompts"].as_array().expect("prompts");
    let find = |name: &str| prompts.iter().find(|it| it["name"] == name);
    let stated = find("run_workflow").expect("all that it takes is required");
    assert_eq!(stated["arguments"], json!(["workflow_name_or_id"]));
    let text = stated["text"].as_str().expect("a text");
    assert!(text.contains("${arguments.workflow_name_or_id}"), "{text}");
    // It has a default for what is left out, of which a manifest knows nothing.
    assert_eq!(find("check_recent_executions"), None);
    assert_eq!(manifest["prompts_generated"], true);
}

#[test]
fn the_official_tool_accepts_every_manifest() {
    for vendor in VENDORS {
        for platforms in [&Platform::ALL[..], &[Platform::Win32]] {
            let manifest = manifest(plan(&vendor), &release(), platforms);
            let scratch = Scratch::new("manifest");
            let file = scratch.path().join("manifest.json");
            fs::write(file, manifest.to_string()).expect("the manifest is written");
            let Some(mcpb) = Mcpb::new() else { return };
            mcpb.validate(scratch.path());
        }
    }
}

#[test]
fn the_published_schema_accepts_every_entry_of_the_registry() {
    let schema = fs::read_to_string(root().join("tests/registry/server.schema.json"));
    let schema: Value = serde_json::from_str(&schema.expect("it is there")).expect("it is JSON");
    let registry = jsonschema::validator_for(&schema).expect("it is a schema");
    let known = |definition: &str| {
        let properties = schema["definitions"][definition]["properties"].as_object();
        properties.expect("properties").clone()
    };
    for vendor in VENDORS {
        let mut entry = entry(&vendor);
        assert_eq!(entry["$schema"], schema["$id"]);
        let mistakes: Vec<_> = registry.iter_errors(&entry).collect();
        assert!(mistakes.is_empty(), "{}: {mistakes:?}", vendor.binary);
        // The schema lets further keys pass, so a wrong one would be nobody's mistake.
        let package = &entry["packages"][0];
        for (object, definition) in [(&entry, "ServerDetail"), (package, "Package")] {
            let known = known(definition);
            let mut keys = object.as_object().expect("an object").keys();
            assert!(keys.all(|it| known.contains_key(it)), "{object:#}");
        }
        entry["description"] = "long ".repeat(30).into();
        assert!(!registry.is_valid(&entry), "the schema judges nothing");
    }
}

#[test]
fn an_entry_says_what_the_environment_must_hold() {
    let entry = entry(&CONNECTWISE_PSA);
    assert_eq!(entry["name"], "io.github.somebody/connectwise-psa-mcp");
    let source = json!({"url": "https://github.com/somebody/servers", "source": "github"});
    assert_eq!(entry["repository"], source);
    let package = &entry["packages"][0];
    assert_eq!(package["registryType"], "mcpb");
    assert_eq!(package["fileSha256"], "0a".repeat(32));
    let variables = package["environmentVariables"].as_array();
    let told: Vec<(&str, bool, bool)> = variables
        .expect("variables")
        .iter()
        .map(|it| {
            let name = it["name"].as_str().expect("a name");
            let name = name.trim_start_matches("CONNECTWISE_PSA_");
            (name, it["isRequired"] == true, it["isSecret"] == true)
        })
        .collect();
    let expected = [
        ("COMPANY_ID", true, false),
        ("PUBLIC_KEY", true, false),
        ("PRIVATE_KEY", true, true),
        ("CLIENT_ID", true, false),
        ("MEMBER", false, false),
        ("BASE_URL", false, false),
    ];
    assert_eq!(told, expected);
}
