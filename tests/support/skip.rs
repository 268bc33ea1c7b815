//! What a test does that lacks something: it says so, loudly; with CI=true it fails.

/// Says that a test cannot run, and what would let it run; the test then returns.
///
/// # Panics
/// With `CI=true` in the environment: there nothing may be lacking.
pub fn missing(what: &str, remedy: &str) {
    let words = format!("SKIPPED: {what}. To mend it: {remedy}");
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{words}");
    eprintln!("\n*** {words} ***\n");
}
