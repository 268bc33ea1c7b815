//! `cargo xtask diff` as a reviewer meets it: against a revision and against a folder, for people, for a pull request, and for a
//! script, with the exit code that was asked for.

use std::{
    fs,
    process::{Command, Output},
};

use acceptance::{Scratch, build};
use serde_json::{Value, json};

/// Runs the command on the specs of a folder.
fn diff(at: &Scratch, options: &[&str]) -> Output {
    let mut command = Command::new(build(&["xtask"], "xtask"));
    command
        .args(["diff", "--root"])
        .arg(at.path())
        .args(options);
    command.output().expect("it runs")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs git in a folder, as nobody in particular.
fn git(at: &Scratch, arguments: &[&str]) {
    let nobody = [
        "-c",
        "user.name=Nobody",
        "-c",
        "user.email=nobody@example.com",
    ];
    let output = Command::new("git")
        .current_dir(at.path())
        .args(nobody)
        .args(arguments)
        .output();
    let output = output.expect("git runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Replaces a text of a file of the specs.
fn edit(at: &Scratch, file: &str, from: &str, to: &str) {
    let path = at.path().join("specs/wiwink").join(file);
    let before = fs::read_to_string(&path).expect("the spec is there");
    assert!(before.contains(from), "{from} is not there any more");
    fs::write(path, before.replacen(from, to, 1)).expect("the spec can be written");
}

#[test]
fn a_change_is_told_against_a_revision_and_against_a_folder() {
    let (work, folder) = (Scratch::new("diff"), Scratch::new("diff-base"));
    for copy in [&work, &folder] {
        copy.copy("specs/wiwink");
    }
    git(&work, &["init", "--quiet"]);
    git(&work, &["add", "."]);
    git(&work, &["commit", "--quiet", "-m", "Specs"]);

    let nothing = diff(&work, &["--fail-on", "wording"]);
    assert_eq!(nothing.status.code(), Some(0), "{}", text(&nothing));
    assert_eq!(text(&nothing), "No tool changes against HEAD.\n");

    edit(
        &work,
        "openapi.yaml",
        "enum: [draft, sent, accepted, rejected]",
        "enum: [draft, sent, accepted]",
    );
    edit(
        &work,
        "docs.yaml",
        "title: List work orders",
        "title: List the work orders",
    );
    let base = folder.path().to_str().expect("a name of letters");
    for base in ["HEAD", base] {
        let told = diff(
            &work,
            &["--base", base, "--format", "json", "--fail-on", "breaking"],
        );
        assert_eq!(told.status.code(), Some(1), "{}", text(&told));
        let told: Value = serde_json::from_str(&text(&told)).expect("it is JSON");
        // A list, a creation and an update take the value.
        assert_eq!(
            told["counts"],
            json!({"breaking": 3, "additive": 0, "wording": 1}),
            "{told:#}"
        );
        let changes = told["vendors"][0]["changes"].as_array().expect("a list");
        assert_eq!(changes[0]["rule"], "enum-lost");
        assert_eq!(changes[0]["before"], "rejected");
        assert_eq!(changes[3]["after"], "List the work orders");
        let bytes = |side: &str| {
            told["vendors"][0][side]["bytes"]
                .as_u64()
                .expect("a number")
        };
        assert!(bytes("after") < bytes("before"));
    }
    let told = text(&diff(&work, &[]));
    assert!(
        told.starts_with("wiwink: 3 breaking, 1 wording\n  tools/list: 59 tools"),
        "{told}"
    );
    let told = text(&diff(&work, &["--format", "markdown"]));
    for part in [
        "| vendor | breaking | additive | wording | `tools/list` |",
        "| wiwink | **3** | 0 | 1 | 59 tools",
        "<details open><summary>wiwink: 3 breaking</summary>",
        "| enum-lost | `create_a_wiwink_proposal` `status` | `rejected` |  |",
        "<details><summary>wiwink: 1 wording</summary>",
    ] {
        assert!(told.contains(part), "no {part} in {told}");
    }
    let broken = diff(&work, &["--base", "no-such-revision"]);
    assert_eq!(broken.status.code(), Some(1));
    let why = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert!(why.contains("no-such-revision"), "{why}");
}

#[test]
fn a_vendor_that_is_gone_breaks_its_callers_and_another_generator_is_told() {
    let work = Scratch::new("diff-gone");
    work.copy("specs/wiwink");
    work.copy("specs/wiv");
    let generator = work.path().join("codegen/src/lib.rs");
    fs::create_dir_all(generator.parent().expect("a folder")).expect("the folder is made");
    fs::write(&generator, "//! Before.\n").expect("the file is written");
    git(&work, &["init", "--quiet"]);
    git(&work, &["add", "."]);
    git(&work, &["commit", "--quiet", "-m", "Specs"]);

    fs::write(&generator, "//! After.\n").expect("the file is written");
    let told = diff(&work, &["--fail-on", "wording"]);
    assert_eq!(told.status.code(), Some(0), "{}", text(&told));
    assert!(
        text(&told).contains("The generator changed since HEAD"),
        "{}",
        text(&told)
    );

    fs::remove_dir_all(work.path().join("specs/wiv")).expect("the specs are taken away");
    let told = diff(&work, &["--fail-on", "breaking"]);
    assert_eq!(told.status.code(), Some(1), "{}", text(&told));
    assert!(
        text(&told).starts_with("wiv: the vendor is gone"),
        "{}",
        text(&told)
    );
}
