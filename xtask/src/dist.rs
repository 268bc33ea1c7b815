//! What `cargo xtask dist` is made of: building, packing, and what tells of both.

mod archive;
mod artefacts;
mod build;
mod contents;
mod project;
mod target;
mod universal;
mod verify;

pub(crate) use self::{
    artefacts::Artefacts,
    build::{Builder, EARLIEST},
    contents::{Program, bundle, package},
    project::{Named, Project},
    target::Target,
    verify::{fresh_clone, is_committed},
};
