//! Programs that were built elsewhere are joined: the same ones give the same bytes, and what cannot be joined is told. The
//! programs here are none, so nothing is compiled.

use std::{fs, path::Path, process::Command};

use acceptance::{Mcpb, Scratch, missing};
use serde_json::{Value, json};

use crate::made::{dist, errors, files, made};

/// What is built of the smallest vendor for every system: names and how the files begin.
const BUILT: [(&str, &[u8]); 4] = [
    ("wiv-mcp-0.1.0-x86_64-unknown-linux-gnu", b"\x7fELF"),
    (
        "wiv-mcp-0.1.0-aarch64-apple-darwin",
        &[0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1, 0, 0, 0, 0],
    ),
    (
        "wiv-mcp-0.1.0-x86_64-apple-darwin",
        &[0xcf, 0xfa, 0xed, 0xfe, 0x07, 0, 0, 1, 3, 0, 0, 0],
    ),
    ("wiv-mcp-0.1.0-x86_64-pc-windows-msvc.exe", b"MZ"),
];

/// A folder with these of the programs, and what else is there.
fn folder(names: &[&str]) -> Scratch {
    let scratch = Scratch::new("built");
    for (name, bytes) in BUILT.iter().filter(|(name, _)| names.contains(name)) {
        fs::write(scratch.path().join(name), bytes).expect("the program is written");
    }
    for other in ["wiv-mcp-0.1.0.mcpb", "SHA256SUMS", "notes.txt"] {
        fs::write(scratch.path().join(other), "of one system").expect("the file is written");
    }
    scratch
}

/// Joins what is in these folders.
fn join(folders: &[&Scratch], options: &[&str], out: &Path) -> Command {
    let mut command = dist(&["wiv"], out);
    for it in folders {
        command.arg("--from").arg(it.path());
    }
    command.args(options);
    command
}

#[test]
fn the_same_programs_give_the_same_bytes() {
    let (one, two, out) = (
        folder(&[BUILT[0].0, BUILT[1].0]),
        folder(&[BUILT[2].0, BUILT[3].0]),
        [Scratch::new("out"), Scratch::new("out-again")],
    );
    let told = made(join(&[&one, &two], &[], out[0].path()));
    made(join(&[&two, &one], &[], out[1].path()));
    let (first, second) = (files(out[0].path()), files(out[1].path()));
    assert_eq!(first.keys().collect::<Vec<_>>().len(), 6, "{told:#}");
    assert!(
        first == second,
        "two runs made other bytes: {:?}",
        first.keys()
    );
    for it in told["artefacts"].as_array().expect("a list") {
        let name = it["file"].as_str().expect("a name");
        assert_eq!(it["bytes"], first[name].len(), "{name}");
    }
}

#[test]
fn the_checksums_are_those_of_all_files() {
    let (built, out) = (folder(&[BUILT[0].0]), Scratch::new("sums"));
    made(join(&[&built], &[], out.path()));
    let sums = String::from_utf8(files(out.path())["SHA256SUMS"].clone()).expect("text");
    let named: Vec<&str> = sums.lines().filter_map(|it| it.get(66..)).collect();
    assert_eq!(named, [BUILT[0].0, "wiv-mcp-0.1.0.mcpb"]);
    let mut check = Command::new("sha256sum");
    check.args(["--check", "--strict", "SHA256SUMS"]);
    let Ok(output) = check.current_dir(out.path()).output() else {
        missing(
            "checksums cannot be checked without sha256sum",
            "install coreutils",
        );
        return;
    };
    assert!(output.status.success(), "{}", errors(&output));
}

#[test]
fn a_bundle_of_several_systems_holds_a_program_for_each() {
    let (built, out) = (folder(&BUILT.map(|(name, _)| name)), Scratch::new("joined"));
    made(join(&[&built], &[], out.path()));
    let Some(mcpb) = Mcpb::new() else { return };
    let unpacked = Scratch::new("unpacked");
    mcpb.unpack(&out.path().join("wiv-mcp-0.1.0.mcpb"), unpacked.path());
    Mcpb::new().expect("it was there").validate(unpacked.path());
    let read = |path: &str| fs::read(unpacked.path().join(path)).expect("it is in the bundle");
    assert_eq!(read("server/linux/wiv-mcp"), BUILT[0].1);
    assert_eq!(read("server/win32/wiv-mcp.exe"), BUILT[3].1);
    // Both of macOS in one: a table of two, then each as it was built.
    let both = read("server/darwin/wiv-mcp");
    assert_eq!(both[..8], [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2]);
    assert!(both.ends_with(BUILT[1].1), "the second is not there");
    let manifest: Value = serde_json::from_slice(&read("manifest.json")).expect("JSON");
    let platforms = json!(["darwin", "linux", "win32"]);
    assert_eq!(manifest["compatibility"]["platforms"], platforms);
    assert!(!read("LICENSE-MIT").is_empty() && !read("LICENSE-APACHE").is_empty());
}

#[test]
fn the_registry_is_told_only_what_is_known() {
    let (built, out) = (folder(&[BUILT[0].0]), Scratch::new("registry"));
    let told = made(join(&[&built], &[], out.path()));
    let why = told["left_out"][0]["why"].as_str().expect("a reason");
    for option in ["--namespace", "--repository", "--download"] {
        assert!(why.contains(option), "{why}");
    }
    let repository = "https://gitlab.com/somebody/servers";
    let known = ["--repository", repository, "--namespace", "com.example"];
    let told = made(join(&[&built], &known, out.path()));
    let why = told["left_out"][0]["why"].as_str().expect("a reason");
    assert!(
        why.contains("--download") && !why.contains("--namespace"),
        "{why}"
    );

    let repository = "https://github.com/somebody/servers";
    let known = ["--repository", repository, "--namespace", "com.example"];
    let told = made(join(&[&built], &known, out.path()));
    assert_eq!(told["left_out"], json!([]));
    let all = files(out.path());
    let entry: Value = serde_json::from_slice(&all["wiv-mcp-0.1.0.server.json"]).expect("JSON");
    let package = &entry["packages"][0];
    let url = format!("{repository}/releases/download/v0.1.0/wiv-mcp-0.1.0.mcpb");
    assert_eq!(package["identifier"], url);
    let made = told["artefacts"].as_array().expect("a list");
    let bundle = made.iter().find(|it| it["kind"] == "bundle");
    assert_eq!(package["fileSha256"], bundle.expect("a bundle")["sha256"]);
}

#[test]
fn what_cannot_be_made_is_told() {
    let built = folder(&[BUILT[0].0]);
    let musl = built.path().join("wiv-mcp-0.1.0-x86_64-unknown-linux-musl");
    fs::write(musl, "ELF").expect("the program is written");
    let (empty, out) = (folder(&[]), Scratch::new("refused"));
    let refused = |mut command: Command, why: &str| {
        let output = command.output().expect("it runs");
        let told = errors(&output);
        assert!(!output.status.success() && told.contains(why), "{told}");
    };
    let to = out.path();
    refused(
        join(&[&built], &[], to),
        "one program for a system other than macOS",
    );
    refused(
        join(&[&empty], &[], to),
        "no folder of --from has a program",
    );
    refused(
        dist(&["wif"], to),
        "there is no vendor `wif`; specs/ has connectwise_psa, wiv",
    );
    refused(
        dist(&["wiv", "--target", "wasm32-wasip1"], to),
        "none of the systems",
    );
    let plain = ["--repository", "http://example.com"];
    refused(join(&[&built], &plain, to), "begins with https://");
    let both = ["--target", "x86_64-unknown-linux-gnu"];
    refused(join(&[&built], &both, to), "cannot be used with");
}

#[test]
fn only_what_is_committed_is_built_again() {
    let (work, out) = (Scratch::new("uncommitted"), Scratch::new("never-made"));
    let git = Command::new("git")
        .current_dir(work.path())
        .args(["init", "--quiet"])
        .status();
    assert!(git.is_ok_and(|it| it.success()), "git runs");
    fs::write(work.path().join("edited.rs"), "").expect("the file is written");
    let mut command = dist(&["--verify"], out.path());
    let output = command.arg("--root").arg(work.path()).output();
    let told = errors(&output.expect("it runs"));
    assert!(
        told.contains("commit first") && told.contains("edited.rs"),
        "{told}"
    );
    assert_eq!(files(out.path()).len(), 0);
}
