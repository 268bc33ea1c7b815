//! `--verify` builds again in a clone, and tells other bytes from the same. A script stands in cargo's place, so that nothing is
//! compiled; it fails where a build takes its caller's flags, or names folders to the compiler.

use std::{fs, path::PathBuf, process::Command};

use acceptance::{Scratch, root};
use serde_json::Value;

use crate::made::{dist, errors, files};

/// A workspace of one vendor, committed.
fn workspace(name: &str) -> (Scratch, PathBuf) {
    let work = Scratch::new(name);
    for part in ["specs/wiv", "LICENSE-MIT", "LICENSE-APACHE"] {
        work.copy(part);
    }
    fs::write(work.path().join(".gitignore"), "/target\n").expect("the file is written");
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "."],
        &["commit", "--quiet", "-m", "Specs"],
    ] {
        let nobody = [
            "-c",
            "user.name=Nobody",
            "-c",
            "user.email=nobody@example.com",
        ];
        let mut git = Command::new("git");
        git.current_dir(work.path()).args(nobody).args(arguments);
        assert!(git.status().is_ok_and(|it| it.success()), "git runs");
    }
    let path = fs::canonicalize(work.path()).expect("it is there");
    (work, path)
}

/// Makes a release there, and verifies it.
fn verify(at: &PathBuf, out: &Scratch) -> Command {
    let mut command = dist(&["wiv", "--verify", "--json"], out.path());
    command.arg("--root").arg(at);
    command.env("CARGO", root().join("tests/dist/cargo.sh"));
    for leak in ["RUSTFLAGS", "CARGO_PROFILE_RELEASE_LTO"] {
        command.env(leak, "of whoever calls");
    }
    command
}

#[test]
fn the_same_commit_gives_the_same_bytes_in_a_clone() {
    let ((_work, at), out) = (workspace("verified"), Scratch::new("verified-out"));
    let output = verify(&at, &out).output().expect("it runs");
    assert!(output.status.success(), "{}", errors(&output));
    assert!(errors(&output).contains("the same bytes, file by file"));
    let again = files(&at.join("target/dist/clone/target/dist/again"));
    assert!(again == files(out.path()), "{:?}", again.keys());
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let kinds = told["artefacts"].as_array().expect("a list").iter();
    let kinds: Vec<&Value> = kinds.map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["program", "archive", "bundle", "checksums"]);
    // Once more: the clone of the first time is no hindrance.
    let output = verify(&at, &out).output().expect("it runs");
    assert!(output.status.success(), "{}", errors(&output));
}

#[test]
fn a_program_that_names_its_folder_is_found_out() {
    let ((_work, at), out) = (workspace("leaky"), Scratch::new("leaky-out"));
    let output = verify(&at, &out).env("LEAK", "yes").output();
    let output = output.expect("it runs");
    let told = errors(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    for file in ["wiv-mcp-0.1.0.mcpb", ".tar.gz", "SHA256SUMS"] {
        assert!(told.contains(file), "{told}");
    }
}
