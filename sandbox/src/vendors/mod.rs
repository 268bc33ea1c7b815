//! What only one vendor does. Vendors are named here and nowhere else.

mod connectwise_psa;
mod wiv;
mod wiwink;

use serde_json::Value;

use crate::behaviour::{Behaviour, Make, Rule};

/// A vendor's behaviour of this name, read from its options; none when there is none.
pub(crate) fn behaviour(name: &str, options: Value) -> Option<Result<Box<dyn Behaviour>, String>> {
    wiwink::behaviour(name, &options)
        .or_else(|| connectwise_psa::behaviour(name))
        .or_else(|| wiv::behaviour(name, options))
}

/// A vendor's rule of this name.
pub(crate) fn rule(name: &str) -> Option<Rule> {
    wiwink::rule(name).or_else(|| connectwise_psa::rule(name))
}

/// A vendor's view of this name.
pub(crate) fn view(name: &str) -> Option<Make> {
    connectwise_psa::view(name).or_else(|| wiv::view(name))
}
