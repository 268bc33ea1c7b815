//! What a test does that lacks something: it says so, loudly; with CI=true it fails.

use std::io::{self, Write as _};

/// Says that a test cannot run, and what would let it run; the test then returns.
///
/// # Panics
/// With `CI=true` in the environment: there nothing may be lacking.
pub fn missing(what: &str, remedy: &str) {
    let words = format!("{what}. To mend it: {remedy}");
    let is_ci = std::env::var("CI").as_deref() == Ok("true");
    assert!(!is_ci, "{words}");
    skipped(&words);
}

/// Says why a test does not run, CI or not.
pub fn skipped(why: &str) {
    // Not `eprintln!`: of a test that passes, nobody sees what it prints that way.
    let _ = writeln!(io::stderr(), "\n*** SKIPPED: {why} ***\n");
}
