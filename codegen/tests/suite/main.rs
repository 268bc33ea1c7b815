//! The test suite of codegen; the goldens are compiled, and called, in the target `goldens`.

mod case;
mod determinism;
mod goldens;
mod injection;
mod ledger;
mod no_panic;
mod refused;
mod scan;
mod shipped;
mod ten_mistakes;
mod tidy;
mod tree;
mod update;
