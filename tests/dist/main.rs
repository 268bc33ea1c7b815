//! What `cargo xtask dist` makes: manifests and the registry's entries say what the servers are, the same programs give the same
//! bytes, and the bundle of a real build is started as a client starts it, and serves.

mod described;
mod made;
mod packed;
mod released;
#[cfg(unix)]
mod verified;
