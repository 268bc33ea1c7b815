//! What `cargo xtask bench compile` is made of.

mod change;
mod compile;
mod cost;

pub(crate) use compile::compile;
