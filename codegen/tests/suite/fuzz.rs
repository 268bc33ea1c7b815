//! Whatever becomes of a document, nothing panics from load to plan; and what is scaffolded of it is accepted by codegen.
//!
//! A bounded number of cases in each run; `FUZZ_SECONDS=600 cargo test -p codegen --test suite -- fuzz --nocapture` goes on
//! for ten minutes, from a seed of its own (`FUZZ_SEED` repeats one). The document of the case under way stands in
//! target/fuzz/, so that even one that ends the process is known.

mod document;
mod mutate;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use codegen::{
    Source, Sources, generate,
    scaffold::{Request, scaffold},
};

use self::{document::Corpus, mutate::Random};
use crate::shipped;

/// Cases of a usual run.
const CASES: u64 = 250;
/// The seed of a usual run: the same cases for everybody.
const SEED: u64 = 2026;

#[test]
fn mutated_documents_never_panic() {
    let number = |name: &str| env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let seconds = number("FUZZ_SECONDS");
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let seed = number("FUZZ_SEED").unwrap_or(if seconds.is_some() {
        now.as_secs()
    } else {
        SEED
    });
    println!("FUZZ_SEED={seed}");
    let end = seconds.map(|it| Instant::now() + Duration::from_secs(it));
    let corpus = Corpus::read(seconds.is_some());
    let folder = shipped::root().join("target/fuzz");
    fs::create_dir_all(&folder).unwrap();
    let (mut cases, mut scaffolded) = (0, 0);
    while end.map_or(cases < CASES, |end| Instant::now() < end) {
        // Each case has a seed of its own, so that one can be repeated without those before it.
        let mut random = Random::of(seed.wrapping_add(cases));
        let text = corpus.mutated(&mut random);
        let under_way = folder.join(format!("{seed}.txt"));
        if seconds.is_some() {
            fs::write(&under_way, &text).unwrap();
        }
        match catch_unwind(AssertUnwindSafe(|| run(&text))) {
            Ok(Ok(was_scaffolded)) => scaffolded += u64::from(was_scaffolded),
            Ok(Err(why)) => panic!(
                "case {cases}: {why}\n{}",
                kept(&folder, seed, cases, &text).display()
            ),
            Err(_) => panic!(
                "case {cases} of seed {seed} panics; its document: {}",
                kept(&folder, seed, cases, &text).display()
            ),
        }
        cases += 1;
    }
    println!("{cases} documents, {scaffolded} of which became vendors");
    assert!(
        scaffolded * 10 > cases,
        "most documents are refused before anything is tried: {scaffolded} of {cases}"
    );
}

fn kept(folder: &std::path::Path, seed: u64, case: u64, text: &str) -> PathBuf {
    let path = folder.join(format!("{seed}-{case}.txt"));
    fs::write(&path, text).unwrap();
    path
}

/// Runs everything that reads a document; whether a vendor could be made of it.
fn run(text: &str) -> Result<bool, String> {
    let source = |name: &str, text: &str| Source {
        path: format!("specs/acme/{name}"),
        text: text.to_owned(),
    };
    let mut sources = Sources {
        vendor: "acme".to_owned(),
        openapi: source("openapi.yaml", text),
        behaviour: source("vendor.yaml", include_str!("../defaults/vendor.yaml")),
        ..Sources::default()
    };
    let derived = generate(&sources, None);
    assert_eq!(derived.has_errors(), derived.tree.files().next().is_none());
    let request = Request {
        vendor: "acme".to_owned(),
        openapi: sources.openapi.clone(),
        file: "openapi.yaml".to_owned(),
        origin: None,
    };
    let made = match scaffold(&request) {
        Ok(made) => made,
        // What is scaffolded is ours: a mistake in it is none of the document's.
        Err(told) => {
            let ours = told.iter().find(|it| !it.place.file.contains("openapi"));
            let nothing = told
                .is_empty()
                .then(|| "refused without a reason".to_owned());
            return nothing
                .or(ours.map(|it| format!("the specs that were made have a mistake:\n{it}")))
                .map_or(Ok(false), Err);
        }
    };
    sources.behaviour = source("vendor.yaml", &made.behaviour);
    sources.docs = Some(source("docs.yaml", &made.docs));
    let generated = generate(&sources, None);
    if generated.has_errors() {
        let told: Vec<String> = generated
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect();
        return Err(format!(
            "codegen refuses what was made:\n{}",
            told.join("\n")
        ));
    }
    Ok(true)
}
