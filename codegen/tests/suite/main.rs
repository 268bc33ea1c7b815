//! The test suite of codegen; the goldens are compiled, and called, in the target `goldens`.
//!
//! `cfg(test)` tells clippy that a module is a test, where `unwrap` is allowed.

#[cfg(test)]
mod case;
#[cfg(test)]
mod compared;
#[cfg(test)]
mod determinism;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod goldens;
#[cfg(test)]
mod injection;
#[cfg(test)]
mod inputs;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod linted;
#[cfg(test)]
mod links;
#[cfg(test)]
mod no_panic;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod scan;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod ten_mistakes;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod tree;
#[cfg(test)]
mod update;
