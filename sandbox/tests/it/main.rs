//! The sandbox, driven over HTTP with the descriptions that codegen wrote. Every success is checked against the spec's schema.

mod client;
mod conditions;
mod conformance;
mod connectwise_psa;
mod connectwise_work;
mod documents;
mod faults;
mod guarded;
mod wiv;
mod wiwink;
