//! A vendor's program, as a generated `main.rs` has it, over the hand-made vendor of the tests.

#[path = "../tests/program/acme.rs"]
mod acme;

fn main() -> std::process::ExitCode {
    runtime::main(&acme::VENDOR, None)
}
