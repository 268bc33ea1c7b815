//! Where records come from: what `sandbox.yaml` says, with every name and id drawn by the seed.

pub(crate) mod clock;
pub(crate) mod draw;
pub(crate) mod plant;
pub(crate) mod template;
