//! Each diagnostic is also made to happen at random places of the shipped specs, and must be found there.

mod docs;
mod openapi;
mod others;
mod specs;

use std::collections::BTreeSet;

use codegen::generate;

use self::specs::{Specs, Target};
use crate::{scan, shipped};

/// Makes one mistake somewhere; answers where it must be told, or `None` if this vendor has no place for it.
type Edit = fn(&mut Specs) -> Option<Target>;

/// How often each mistake is made.
const CASES: u64 = 2;

/// Codes that no small edit of a shipped spec leads to, and why.
const ELSEWHERE: [(&str, &str); 1] = [(
    "name-collision",
    "names are derived where there is no docs.yaml, and the refusal is a row of the ledger",
)];

#[test]
fn mistakes_of_openapi_are_found_where_they_were_made() {
    assert_found(openapi::EDITS);
}

#[test]
fn mistakes_of_docs_are_found_where_they_were_made() {
    assert_found(docs::EDITS);
}

#[test]
fn other_mistakes_are_found_where_they_were_made() {
    assert_found(others::EDITS);
}

fn assert_found(edits: &[(&str, Edit)]) {
    let mut wrong = Vec::new();
    for (code, edit) in edits {
        for case in 0..CASES {
            let seed = seed(code, case);
            wrong.extend(inject(code, *edit, seed).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_code_is_injected() {
    let injected = [openapi::EDITS, docs::EDITS, others::EDITS].concat();
    let injected = injected.iter().map(|(code, _)| *code);
    let known: BTreeSet<String> = injected
        .chain(ELSEWHERE.map(|(code, _)| code))
        .map(str::to_owned)
        .collect();
    let codes = scan::codes();
    let without: Vec<_> = codes.difference(&known).collect();
    let gone: Vec<_> = known.difference(&codes).collect();
    assert!(
        without.is_empty() && gone.is_empty(),
        "codes that tests/suite/injection does not make happen: {without:?}; edits for no code: {gone:?}"
    );
}

/// Makes the mistake in the first vendor, from a random one on, that has a place for it.
fn inject(code: &str, edit: Edit, seed: u64) -> Result<(), String> {
    let vendors = shipped::vendors();
    for turn in 0..vendors.len() {
        let start = usize::try_from(seed % 1024).unwrap();
        let vendor = &vendors[(start + turn) % vendors.len()];
        let mut specs = Specs::of(vendor, seed);
        let Some(target) = edit(&mut specs) else {
            continue;
        };
        let sources = specs.into_sources();
        let generated = generate(&sources, None);
        let found = generated.diagnostics.iter().any(|it| {
            it.code == code && it.line > 0 && it.column > 0 && target.is(&it.place, vendor)
        });
        let told: Vec<_> = generated
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect();
        return if found {
            Ok(())
        } else {
            let told = told.into_iter().take(6).collect::<Vec<_>>().join("\n");
            Err(format!(
                "{code} (seed {seed}) was made at {target:?} of {vendor}, and is not told there. Told:\n{told}"
            ))
        };
    }
    Err(format!("{code}: no vendor has a place for it"))
}

/// Another number for each code and case, the same in each run.
fn seed(code: &str, case: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ case;
    code.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
