//! The build script of every generated package: stops the build when `specs/<vendor>` changed after `generated/<vendor>` was written.
//!
//! It generates nothing, and has no dependency but std: it must answer before anything else builds.

use std::{env, fs, path::Path, process::exit};

/// The files that `cargo xtask codegen` reads, in order of their names.
const FILES: [&str; 7] = [
    "docs.yaml",
    "openapi.json",
    "openapi.yaml",
    "overlay.yaml",
    "prompts.yaml",
    "sandbox.yaml",
    "vendor.yaml",
];

fn main() {
    let package = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let package = Path::new(&package);
    let vendor = package
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let specs = package.join("../../specs").join(&vendor);
    println!("cargo::rerun-if-changed={}", specs.display());
    println!("cargo::rerun-if-changed=DIGEST");

    let digest = fs::read_to_string(package.join("DIGEST")).unwrap_or_default();
    if digest.lines().next() != Some(&digest_of(&specs)) {
        println!(
            "cargo::error=specs/{vendor} changed after generated/{vendor} was written; run: cargo xtask codegen {vendor}"
        );
        exit(1);
    }
}

/// FNV-1a, 128 bits, over names and texts without carriage returns; codegen/src/digest.rs computes the same.
fn digest_of(specs: &Path) -> String {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for name in FILES {
        // A file that is not there must not be named: cargo would build anew each time. The folder's own line sees it come.
        let path = specs.join(name);
        let Ok(text) = fs::read(&path) else { continue };
        println!("cargo::rerun-if-changed={}", path.display());
        let text = text.into_iter().filter(|it| *it != b'\r');
        for byte in name.bytes().chain([0]).chain(text).chain([0]) {
            hash =
                (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    format!("{hash:032x}")
}
