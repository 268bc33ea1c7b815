//! How long the index over the vendor's whole ConnectWise PSA API takes to make, and each query: `cargo xtask bench discovery`.

mod queries;
mod real;

use std::time::{Duration, Instant};

use acceptance::skipped;
use queries::queries;
use real::{Api, DOCUMENT};

/// Searches per query, of which the median counts.
const RUNS: usize = 20;

fn main() {
    let Some(api) = Api::generate() else {
        return skipped(&format!("{DOCUMENT} is not here, so nothing was measured"));
    };
    let start = Instant::now();
    let index = api.index();
    println!("index over {} tools: {:.0?}", api.count(), start.elapsed());
    let queries = queries("judged");
    let is_found = |query: &&queries::Query| {
        let found = index.search(&query.words, 3);
        let mut names = found.hits.iter().map(|it| api.operation(it.subject));
        names.any(|name| query.right.iter().any(|right| right == name))
    };
    let found = queries.iter().filter(is_found).count();
    println!("{found} of {} among the first three", queries.len());
    let mut medians: Vec<(Duration, String)> = queries
        .into_iter()
        .map(|query| {
            let mut times: Vec<Duration> = (0..RUNS)
                .map(|_| {
                    let start = Instant::now();
                    std::hint::black_box(index.search(&query.words, 5));
                    start.elapsed()
                })
                .collect();
            times.sort();
            (times[RUNS / 2], query.words)
        })
        .collect();
    medians.sort();
    let (slowest, words) = &medians[medians.len() - 1];
    println!(
        "{} queries: median {:.2?}, slowest {slowest:.2?} ({words})",
        medians.len(),
        medians[medians.len() / 2].0
    );
}
