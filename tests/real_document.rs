//! Against the vendor's own document of the ConnectWise PSA API, which is not ours to keep: what we took over from it is
//! as it says, and all of it generates.

use std::{collections::BTreeSet, fs, path::PathBuf};

use acceptance::{root, skipped};
use codegen::{Source, Sources};
use serde_json::{Map, Value};

const DOCUMENT: &str = "../shared/real/connectwise-psa-2025.8.openapi.json";

/// What we add to schemas of our own.
const ADDED: [&str; 5] = [
    "description",
    "maxLength",
    "readOnly",
    "writeOnly",
    "x-provenance",
];

/// Most operations of the document that may be refused.
const MOST_REFUSED: usize = 60;

/// The text of the vendor's document, where it is at hand.
fn document() -> Option<String> {
    let path: PathBuf = root().join(DOCUMENT);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        // Nobody is expected to have it, CI neither.
        skipped(&format!(
            "{DOCUMENT} is not here, so nothing was compared with it"
        ));
    }
    text
}

fn spec(name: &str) -> String {
    let path = root().join("specs/connectwise_psa").join(name);
    fs::read_to_string(path).expect("the spec is there")
}

/// Every way in which ours differs from the vendor's, corrections that we mean aside.
struct Comparison {
    ours: Value,
    real: Value,
    compared: usize,
    differences: Vec<String>,
}

impl Comparison {
    fn expect(&mut self, at: &str, holds: bool, why: impl Into<String>) {
        self.compared += 1;
        if !holds {
            self.differences.push(format!("{at}: {}", why.into()));
        }
    }

    /// Follows a reference within our document.
    fn resolved(&self, value: &Value) -> Value {
        let pointer = value["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
        let found = pointer.map(|it| self.ours.pointer(it).cloned().unwrap_or_default());
        found.unwrap_or_else(|| value.clone())
    }

    fn operations(&mut self) {
        let paths = object(&self.ours["paths"]).clone();
        for (path, item) in &paths {
            for (verb, ours) in object(item) {
                let at = format!("{} {path}", verb.to_uppercase());
                let real = self.real["paths"][path][verb].clone();
                self.expect(&at, real.is_object(), "the vendor has no such operation");
                self.operation(&at, ours, &real);
            }
        }
    }

    fn operation(&mut self, at: &str, ours: &Value, real: &Value) {
        let same = ours["operationId"] == real["operationId"];
        self.expect(at, same, "another operationId");
        self.expect(at, ours["x-provenance"].is_string(), "no provenance");
        self.parameters(at, ours, real);
        self.bodies(
            &format!("{at} body"),
            &ours["requestBody"],
            &real["requestBody"],
        );
        let (ours, real) = (&ours["responses"], &real["responses"]);
        // The error body is ours: the vendor declares none.
        let codes = |it: &Value| keys(it, &["default"]);
        self.expect(at, codes(ours) == codes(real), "other response codes");
        for code in codes(real) {
            self.bodies(&format!("{at} {code}"), &ours[&code], &real[&code]);
        }
    }

    fn parameters(&mut self, at: &str, ours: &Value, real: &Value) {
        let ours: Vec<Value> = items(ours, "parameters")
            .iter()
            .map(|it| self.resolved(it))
            .collect();
        let real = items(real, "parameters");
        let names = |all: &[Value]| {
            all.iter()
                .map(|it| it["name"].to_string())
                .collect::<BTreeSet<_>>()
        };
        self.expect(at, names(&ours) == names(&real), "other parameters");
        for real in &real {
            let at = format!("{at}?{}", real["name"]);
            let Some(ours) = ours.iter().find(|it| it["name"] == real["name"]) else {
                continue;
            };
            self.expect(&at, ours["in"] == real["in"], "stands elsewhere");
            let required = |it: &Value| it["required"] == true;
            self.expect(&at, required(ours) == required(real), "required otherwise");
            self.schema(&at, &ours["schema"], &real["schema"]);
        }
    }

    fn bodies(&mut self, at: &str, ours: &Value, real: &Value) {
        self.expect(at, ours.is_object() == real.is_object(), "only one has it");
        self.expect(
            at,
            ours["required"] == real["required"],
            "required otherwise",
        );
        let media_types = |it: &Value| keys(&it["content"], &[]);
        self.expect(
            at,
            media_types(ours) == media_types(real),
            "other media types",
        );
        for media_type in media_types(real) {
            let of = |it: &Value| it["content"][&media_type]["schema"].clone();
            self.schema(at, &of(ours), &of(real));
        }
    }

    /// References are compared by name: the schemas that they lead to are compared on their own.
    fn schema(&mut self, at: &str, ours: &Value, real: &Value) {
        let (found, wanted) = (keys(ours, &ADDED), keys(real, &["description", "title"]));
        self.expect(
            at,
            found == wanted,
            format!("has {found:?}, not {wanted:?}"),
        );
        self.length(at, ours, real);
        for key in wanted.intersection(&found) {
            let (ours, real) = (&ours[key], &real[key]);
            match key.as_str() {
                "properties" => self.properties(at, object(ours), object(real)),
                "items" | "additionalProperties" => self.schema(&format!("{at}[]"), ours, real),
                _ => self.expect(at, ours == real, format!("{key} is {ours}, not {real}")),
            }
        }
    }

    fn properties(&mut self, at: &str, ours: &Map<String, Value>, real: &Map<String, Value>) {
        let same = ours.keys().eq(real.keys());
        self.expect(at, same, "other properties, or another order");
        for (name, real) in real {
            if let Some(ours) = ours.get(name) {
                self.schema(&format!("{at}.{name}"), ours, real);
            }
        }
    }

    /// The vendor tells lengths in prose: ours must be that number.
    fn length(&mut self, at: &str, ours: &Value, real: &Value) {
        let prose = real["description"].as_str().unwrap_or_default();
        let told = prose
            .split_once("Max length: ")
            .and_then(|(_, it)| it.split_once(';'));
        let told = told.and_then(|(number, _)| number.trim().parse::<u64>().ok());
        let stated = ours["maxLength"].as_u64();
        let fits = stated.is_none() || stated == told;
        self.expect(
            at,
            fits,
            format!("maxLength is {stated:?}, the vendor says {told:?}"),
        );
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}

fn items(value: &Value, key: &str) -> Vec<Value> {
    value[key].as_array().cloned().unwrap_or_default()
}

/// The keys of an object but for some.
fn keys(value: &Value, without: &[&str]) -> BTreeSet<String> {
    let keys = value.as_object().into_iter().flat_map(Map::keys);
    keys.filter(|it| !without.contains(&it.as_str()))
        .cloned()
        .collect()
}

#[test]
fn every_path_type_and_requirement_is_the_vendors() {
    let Some(text) = document() else { return };
    let mut comparison = Comparison {
        ours: serde_yaml::from_str(&spec("openapi.yaml")).unwrap(),
        real: serde_json::from_str(&text).unwrap(),
        compared: 0,
        differences: Vec::new(),
    };
    comparison.operations();
    let schemas = object(&comparison.ours["components"]["schemas"]).clone();
    for (name, ours) in &schemas {
        let real = comparison.real["components"]["schemas"][name].clone();
        comparison.expect(name, ours["x-provenance"].is_string(), "no provenance");
        comparison.schema(name, ours, &real);
    }
    let Comparison {
        compared,
        differences,
        ..
    } = comparison;
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
    assert!(compared > 5_000, "only {compared} things were compared");
}

#[test]
fn no_sentence_is_the_vendors() {
    let Some(text) = document() else { return };
    let ours: Value = serde_yaml::from_str(&spec("openapi.yaml")).unwrap();
    let real: Value = serde_json::from_str(&text).unwrap();
    let (mut said, mut known) = (BTreeSet::new(), BTreeSet::new());
    sentences(&ours, &mut said);
    sentences(&real, &mut known);
    let taken: Vec<&String> = said.intersection(&known).collect();
    assert!(taken.is_empty(), "{taken:#?}");
}

/// Every summary and description, whatever its case and spacing.
fn sentences(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, child) in object {
                match child.as_str() {
                    Some(text) if key == "summary" || key == "description" => {
                        let words = text.to_lowercase().replace('.', " ");
                        found.insert(words.split_whitespace().collect::<Vec<_>>().join(" "));
                    }
                    _ => sentences(child, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| sentences(it, found)),
        _ => {}
    }
}

/// The vendor's document, with no record of ours.
fn whole(text: String) -> Sources {
    Sources {
        vendor: "connectwise_psa".to_owned(),
        openapi: Source {
            path: "api.json".to_owned(),
            text,
        },
        behaviour: Source {
            path: "vendor.yaml".to_owned(),
            text: spec("vendor.yaml"),
        },
        ..Sources::default()
    }
}

#[test]
fn all_of_it_is_judged() {
    let Some(text) = document() else { return };
    let sources = whole(text);
    let generated = codegen::generate(&sources, Some("runtime"));
    let tools = generated.plan.map_or(0, |it| it.tools.len());

    let linted = codegen::lint(&sources);
    assert!(linted.mistakes.is_empty(), "{:#?}", linted.mistakes);

    let of = |code: &str| {
        let findings = linted.findings.iter();
        let found = findings.filter(|it| it.diagnostic.code == code);
        found.collect::<Vec<_>>()
    };
    assert_eq!(of("example-missing").len(), tools);
    assert!(of("allow-unused").is_empty());
    // Of both the document says the same, and no more.
    let twins = ["project", "service"]
        .map(|it| format!("list_all_connect_wise_psa_{it}_documents_of_ticket"));
    let alike = of("descriptions-alike");
    let has_twins = |it: &&codegen::lint::Finding| twins.iter().all(|twin| it.tools.contains(twin));
    assert!(alike.iter().any(has_twins), "{alike:#?}");
}

#[test]
fn all_of_it_generates_and_the_ledger_adds_up() {
    let Some(text) = document() else { return };
    let real: Value = serde_json::from_str(&text).unwrap();
    let verbs = [
        "get", "put", "post", "delete", "patch", "head", "options", "trace",
    ];
    let items = object(&real["paths"]).values();
    let operations: usize = items
        .map(|item| {
            object(item)
                .keys()
                .filter(|it| verbs.contains(&it.as_str()))
                .count()
        })
        .sum();

    let sources = whole(text);
    let generated = codegen::generate(&sources, Some("runtime"));
    assert!(!generated.has_errors(), "{:#?}", generated.diagnostics);
    let plan = generated.plan.expect("without errors there is a plan");
    let (tools, left_out, refused) = plan.ledger.counts();
    assert_eq!(tools + left_out + refused, operations);
    assert_eq!(
        left_out, 0,
        "without a docs.yaml nothing is left out on purpose"
    );
    assert!(refused <= MOST_REFUSED, "{refused} operations are refused");
    let files = generated.tree.files();
    let listings = files.filter(|(path, _)| path.contains("schemas/")).count();
    assert_eq!(listings, tools, "each tool has one listing");
}
