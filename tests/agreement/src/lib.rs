//! What it means that a tool's schema and its reader agree, checked for every tool of a vendor.
//!
//! Whatever the schema allows, the reader takes; whatever is wrong by the one is wrong by the other. Where the reader is
//! stricter, it is for a reason that no schema can state: `excuse` holds them all.

mod tool;
mod excuse;

// Arguments that the schema allows.
mod generate;
mod branch;
mod text;
mod number;

// Arguments with something wrong.
mod vary;
mod mutate;
mod odd;

use std::cell::Cell;

use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner},
};
use runtime::{Entry, Value, Vendor};

use crate::{generate::Values, tool::Tool};

/// Arguments per tool that the schema allows.
const ALLOWED: u32 = 128;

/// How many of those the reader must take at least. Excuses are for the odd case; a tool that lives on them is not tested. Where
/// texts stand in a filter or a header, nearly half of what is drawn holds something that cannot be sent there.
const TAKEN: u32 = 48;

/// Arguments per tool with one or two things wrong somewhere, beside those that are varied place by place.
const MUTATED: u32 = 256;

/// Checks every tool of a vendor.
///
/// # Panics
/// If a tool's schema and its reader disagree: with each such tool, the arguments, and both verdicts.
pub fn check(vendor: &Vendor) {
    let entries: Vec<_> = vendor.entries().collect();
    assert!(!entries.is_empty(), "{} has no tools", vendor.title);
    let disagreements: Vec<_> = entries
        .iter()
        .filter_map(|entry| agree(entry).err())
        .collect();
    assert!(
        disagreements.is_empty(),
        "{} of {} tools disagree with their schemas\n\n{}\n",
        disagreements.len(),
        entries.len(),
        disagreements.join("\n\n")
    );
}

/// Checks one tool.
///
/// # Errors
/// What its schema and its reader disagree about.
pub fn agree(entry: &Entry) -> Result<(), String> {
    let tool = Tool::of(entry)?;
    let allowed = generate::arguments(&tool.schema).map_err(|why| tool.says(&why))?;
    what_is_allowed_is_taken(&tool, &allowed)?;
    verdicts_are_equal_everywhere(&tool)?;
    verdicts_are_equal(&tool, &mutate::mutated(&tool.schema, allowed))
}

fn what_is_allowed_is_taken(tool: &Tool, allowed: &Values) -> Result<(), String> {
    let taken = Cell::new(0);
    run(tool, ALLOWED, allowed, |arguments| {
        tool.validate(arguments).is_ok() && {
            taken.set(taken.get() + u32::from(tool.read(arguments).is_ok()));
            tool.is_of_one_mind(arguments)
        }
    })?;
    if taken.get() < TAKEN {
        let taken = taken.get();
        let why =
            format!("the reader took only {taken} of {ALLOWED} arguments that the schema allows");
        return Err(tool.says(&why));
    }
    Ok(())
}

fn verdicts_are_equal_everywhere(tool: &Tool) -> Result<(), String> {
    // Of groups only as far as they are listed: their clauses are those beside them, whose every place is varied.
    let varied = vary::varied(&tool.listed).map_err(|why| tool.says(&why))?;
    let found = varied
        .iter()
        .find(|arguments| !tool.is_of_one_mind(arguments));
    found.map_or(Ok(()), |arguments| Err(tool.disagreement(arguments)))
}

fn verdicts_are_equal(tool: &Tool, mutated: &Values) -> Result<(), String> {
    run(tool, MUTATED, mutated, |arguments| {
        tool.is_of_one_mind(arguments)
    })
}

/// Runs a property over the same arguments every time; answers the smallest ones for which it does not hold.
fn run(
    tool: &Tool,
    cases: u32,
    arguments: &impl Strategy<Value = Value>,
    holds: impl Fn(&Value) -> bool,
) -> Result<(), String> {
    let outcome = runner(cases).run(arguments, |arguments| {
        if holds(&arguments) {
            Ok(())
        } else {
            Err(TestCaseError::fail("disagreement"))
        }
    });
    outcome.map_err(|error| match error {
        TestError::Fail(_, arguments) => tool.disagreement(&arguments),
        TestError::Abort(why) => tool.says(why.message()),
    })
}

/// Draws the same values every time, and leaves no file behind.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    })
}
