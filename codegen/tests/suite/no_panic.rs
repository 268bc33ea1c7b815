//! Whatever the sources hold, codegen answers: with files, or with what is wrong.

use codegen::{Sources, generate};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};

use crate::{
    documents,
    shipped::{self, File},
    tree,
};

/// What is done to one place of one file: where (as a part of all places), and what.
#[derive(Clone, Debug)]
enum Change {
    Take,
    Put(Value),
    /// The value of another place of the same file.
    Copy(u16),
    /// The value again, under another key or as another item.
    Twice,
}

#[test]
fn mutated_specs_never_panic() {
    let change = prop_oneof![
        Just(Change::Take),
        json_value().prop_map(Change::Put),
        any::<u16>().prop_map(Change::Copy),
        Just(Change::Twice),
    ];
    let file = prop::sample::select(vec![File::Openapi, File::Docs, File::Vendor, File::Prompts]);
    let changes = prop::collection::vec((file, any::<u16>(), change), 1..6);
    let vendors = shipped::vendors();
    let vendor = 0..vendors.len();
    let shipped: Vec<Sources> = vendors.iter().map(|it| shipped::sources(it)).collect();
    run(
        120,
        (vendor, changes, any::<bool>()),
        |(vendor, changes, is_derived)| {
            let mut sources = shipped[vendor].clone();
            for (file, place, change) in changes {
                let mut value = file.value(&sources);
                apply(&mut value, place, &change);
                file.set(&mut sources, &value);
            }
            sources.docs = sources.docs.filter(|_| !is_derived);
            assert_answers(&sources);
        },
    );
}

/// Documents of every construct, whose parts come to stand where they do not belong.
#[test]
fn mutated_documents_of_strangers_never_panic() {
    let change = prop_oneof![
        Just(Change::Take),
        json_value().prop_map(Change::Put),
        any::<u16>().prop_map(Change::Copy),
        any::<u16>().prop_map(Change::Copy),
    ];
    let changes = prop::collection::vec((any::<u16>(), change), 1..10);
    let documents = documents::all();
    run(150, (0..documents.len(), changes), |(document, changes)| {
        let mut sources = documents[document].clone();
        let mut value = File::Openapi.value(&sources);
        for (place, change) in changes {
            apply(&mut value, place, &change);
        }
        File::Openapi.set(&mut sources, &value);
        assert_answers(&sources);
    });
}

#[test]
fn random_documents_never_panic() {
    let texts = prop::collection::vec(json_value().prop_map(|it| it.to_string()), 6);
    let raw = prop::collection::vec("[ -~\\n]{0,60}", 6);
    run(100, prop_oneof![texts, raw], |texts| {
        let mut sources = shipped::sources(&shipped::vendors()[0]);
        for (file, text) in File::ALL.into_iter().zip(texts) {
            file.of(&mut sources).text = text;
        }
        assert_answers(&sources);
    });
}

#[test]
fn cut_texts_never_panic() {
    let sources = shipped::sources(&shipped::vendors()[0]);
    run(
        60,
        (prop::sample::select(File::ALL.to_vec()), any::<u16>()),
        |(file, place)| {
            let mut sources = sources.clone();
            let text = &mut file.of(&mut sources).text;
            let end = text.len() * usize::from(place) / usize::from(u16::MAX);
            *text = text.chars().take(end).collect();
            assert_answers(&sources);
        },
    );
}

/// A run answers files or errors, and never both.
fn assert_answers(sources: &Sources) {
    let generated = generate(sources, None);
    assert_eq!(
        generated.has_errors(),
        generated.tree.files().next().is_none()
    );
    assert!(
        generated
            .diagnostics
            .iter()
            .all(|it| it.line > 0 && it.column > 0),
        "{:#?}",
        generated.diagnostics
    );
}

/// The same cases in each run, so that a failure is everybody's.
fn run<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
    let config = Config {
        failure_persistence: None,
        ..Config::with_cases(cases)
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, rng).run(&strategy, |it| {
        test(it);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

fn apply(value: &mut Value, place: u16, change: &Change) {
    let places = tree::pointers(value);
    let at = |place: u16| &places[places.len() * usize::from(place) / (usize::from(u16::MAX) + 1)];
    let pointer = at(place);
    match change {
        Change::Take => tree::take(value, pointer),
        Change::Put(new) => tree::put(value, pointer, new.clone()),
        Change::Copy(from) => {
            let copy = value.pointer(at(*from)).unwrap().clone();
            tree::put(value, pointer, copy);
        }
        Change::Twice if pointer.is_empty() => {}
        Change::Twice => {
            let copy = value.pointer(pointer).unwrap().clone();
            tree::put(value, &format!("{pointer}9"), copy);
        }
    }
}

/// Values, with the words that mean something in our files among their keys and texts.
fn json_value() -> impl Strategy<Value = Value> {
    const WORDS: [&str; 40] = [
        "",
        "/",
        "$ref",
        "#/components/schemas/Zzz",
        "#",
        "type",
        "object",
        "array",
        "string",
        "integer",
        "properties",
        "items",
        "enum",
        "allOf",
        "oneOf",
        "additionalProperties",
        "required",
        "paths",
        "/a/{b}",
        "{",
        "get",
        "post",
        "parameters",
        "name",
        "in",
        "query",
        "path",
        "schema",
        "responses",
        "200",
        "content",
        "application/json",
        "openapi",
        "3.0.3",
        "3.1.0",
        "resources",
        "methods",
        "list",
        "größe 😀",
        "self",
    ];
    let word = prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|it| json!(it)),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..6).prop_map(|entries| entries
                .into_iter()
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}
