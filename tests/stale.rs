//! Stale code as people meet it: the check names the files and the command, the command touches only what it must, and
//! nothing stale builds. All on copies of the workspace.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use acceptance::{Scratch, build, cargo, root};

/// An edit of one property, and the resource whose files it may touch.
struct Edit {
    vendor: &'static str,
    /// Where the property's line is looked for: behind this line of openapi.yaml.
    behind: &'static str,
    from: &'static str,
    to: &'static str,
    module: &'static str,
    /// What the names of the resource's tools hold.
    tools: &'static str,
}

const EDITS: [Edit; 3] = [
    Edit {
        vendor: "wiwink",
        behind: "\n    NewWork:\n",
        from: "maxLength: 200",
        to: "maxLength: 150",
        module: "works",
        tools: "_wiwink_work",
    },
    Edit {
        vendor: "connectwise_psa",
        behind: "\n    TimeEntry:\n",
        from: "notes: {type: string,",
        to: "notes: {type: string, maxLength: 4000,",
        module: "time_entries",
        tools: "_time_entr",
    },
    Edit {
        vendor: "wiv",
        behind: "\n  /workflows:\n",
        from: "Only workflows whose name contains this text",
        to: "Only workflows with this text in their name",
        module: "workflows",
        tools: "_workflow",
    },
];

impl Edit {
    fn make(&self, copy: &Scratch) {
        let path = copy
            .path()
            .join("specs")
            .join(self.vendor)
            .join("openapi.yaml");
        let text = fs::read_to_string(&path).expect("the spec is there");
        let (before, after) = text.split_once(self.behind).expect("the line is there");
        let edited = after.replacen(self.from, self.to, 1);
        assert_ne!(edited, after, "{} is not there any more", self.from);
        fs::write(path, format!("{before}{}{edited}", self.behind))
            .expect("the spec can be written");
    }

    /// Whether the edit may touch this file of `generated/`: the page over all vendors says what the tools of each cost.
    fn may_touch(&self, path: &str) -> bool {
        if path == "generated/README.md" {
            return true;
        }
        let Some(inner) = path.strip_prefix(&format!("generated/{}/", self.vendor)) else {
            return false;
        };
        let shared = [
            "DIGEST",
            "LEDGER.md",
            "TOOLS.md",
            "sandbox.json",
            "src/types.rs",
        ];
        let schema = inner.strip_prefix("schemas/");
        shared.contains(&inner)
            || inner == format!("src/{}.rs", self.module)
            || inner.starts_with("catalogue/")
            || schema.is_some_and(|it| it.contains(self.tools))
    }
}

fn copy() -> Scratch {
    let copy = Scratch::new("stale");
    copy.copy("specs");
    copy.copy("generated");
    copy
}

/// A copy that is not stale, even where the workspace is: what fails then is the test that says so.
fn settled() -> Scratch {
    let copy = copy();
    accepted(&codegen(&copy, &[]));
    copy
}

fn codegen(copy: &Scratch, arguments: &[&str]) -> Output {
    let mut command = Command::new(build(&["xtask"], "xtask"));
    command
        .arg("codegen")
        .args(arguments)
        .arg("--root")
        .arg(copy.path());
    command.output().expect("the program starts")
}

/// Both streams of a command that must fail.
fn refused(output: &Output) -> String {
    let words = [output.stdout.as_slice(), &output.stderr].concat();
    let words = String::from_utf8_lossy(&words).into_owned();
    assert_eq!(output.status.code(), Some(1), "{words}");
    words
}

#[track_caller]
fn accepted(output: &Output) {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn what_is_committed_is_not_stale() {
    accepted(&codegen(&copy(), &["--check"]));
}

#[test]
fn an_edit_of_one_property_is_found_and_regenerating_touches_only_its_resource() {
    for edit in &EDITS {
        let copy = settled();
        edit.make(&copy);
        let words = refused(&codegen(&copy, &["--check"]));
        let module = format!("generated/{}/src/{}.rs", edit.vendor, edit.module);
        assert!(words.contains(&format!("changed: {module}")), "{words}");
        assert!(words.contains("To mend it: cargo xtask codegen"), "{words}");

        let before = copy.texts("generated");
        accepted(&codegen(&copy, &[]));
        let after = copy.texts("generated");
        let changed: Vec<&String> = after
            .iter()
            .filter(|it| !before.contains(it))
            .map(|(path, _)| path)
            .collect();
        assert_eq!(before.len(), after.len(), "files came or went");
        assert!(changed.contains(&&module), "{changed:#?}");
        let digest = format!("generated/{}/DIGEST", edit.vendor);
        assert!(changed.contains(&&digest), "{changed:#?}");
        for path in changed {
            assert!(
                edit.may_touch(path),
                "an edit of {} touches {path}",
                edit.module
            );
        }
        accepted(&codegen(&copy, &["--check"]));
    }
}

#[test]
fn a_stray_and_a_missing_file_are_found_and_mended() {
    let copy = settled();
    let generated = copy.path().join("generated");
    fs::write(generated.join("wiwink/src/stray.rs"), "//! Stray.\n").unwrap();
    fs::write(generated.join("stray.txt"), "").unwrap();
    fs::remove_file(generated.join("wiv/TOOLS.md")).unwrap();
    let words = refused(&codegen(&copy, &["--check"]));
    for line in [
        "extra:   generated/wiwink/src/stray.rs",
        "extra:   generated/stray.txt",
        "missing: generated/wiv/TOOLS.md",
        "3 files under generated/ are not what specs/ says. To mend it: cargo xtask codegen",
    ] {
        assert!(words.contains(line), "{line}\n{words}");
    }
    // What stands beside the vendors, and is none that was written, is a person's to remove.
    let words = refused(&codegen(&copy, &[]));
    assert!(
        words.contains("generated/stray.txt belongs to no vendor"),
        "{words}"
    );
    fs::remove_file(generated.join("stray.txt")).unwrap();
    accepted(&codegen(&copy, &["--check"]));
}

/// Codegen removes what it does not know from the folder it writes to, so that folder must be its own.
#[test]
fn a_folder_of_somebody_elses_is_left_alone() {
    let folder = Scratch::new("theirs");
    let precious = folder.path().join("precious.txt");
    fs::write(&precious, "mine").unwrap();
    let document = Scratch::new("document");
    let openapi = document.path().join("api.yaml");
    fs::write(
        &openapi,
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n",
    )
    .unwrap();
    let mut command = Command::new(build(&["xtask"], "xtask"));
    command.current_dir(root()).arg("codegen").args([
        "--vendor",
        "wiv",
        "--documentation",
        "openapi",
        "--runtime",
        "runtime",
    ]);
    command
        .arg("--openapi")
        .arg(&openapi)
        .arg("--out")
        .arg(folder.path());
    let words = refused(&command.output().expect("the program starts"));
    assert!(
        words.contains("holds files that codegen did not write"),
        "{words}"
    );
    assert_eq!(fs::read_to_string(precious).unwrap(), "mine");
}

#[test]
fn a_vendor_that_is_gone_leaves_nothing_behind() {
    let copy = settled();
    fs::remove_dir_all(copy.path().join("specs/wiv")).unwrap();
    let words = refused(&codegen(&copy, &["--check"]));
    assert!(words.contains("extra:   generated/wiv"), "{words}");
    accepted(&codegen(&copy, &[]));
    assert!(!copy.path().join("generated/wiv").exists());
    accepted(&codegen(&copy, &["--check"]));
}

#[test]
fn codegen_loads_when_generated_does_not() {
    let copy = Scratch::new("broken");
    for inner in ["Cargo.toml", "xtask", "codegen", "generated"] {
        copy.copy(inner);
    }
    fs::remove_file(copy.path().join("generated/wiv/Cargo.toml")).unwrap();
    fs::create_dir(copy.path().join("generated/stray")).unwrap();
    let mut command = cargo();
    command.current_dir(copy.path());
    // What it is made of on this platform: that of others need not be here.
    command.args([
        "tree",
        "--offline",
        "--locked",
        "--manifest-path",
        "xtask/Cargo.toml",
    ]);
    accepted(&command.output().expect("the program starts"));
}

#[test]
fn running_it_twice_changes_nothing() {
    let copy = settled();
    let before = copy.texts("generated");
    accepted(&codegen(&copy, &[]));
    assert!(copy.texts("generated") == before, "a file changed");
}

#[test]
fn nothing_stale_builds() {
    let copy = Scratch::new("build");
    copy.copy("build.rs");
    let mut members = Vec::new();
    for edit in &EDITS {
        copy.copy(&format!("specs/{}", edit.vendor));
        let package = format!("generated/{}", edit.vendor);
        copy.copy(&format!("{package}/DIGEST"));
        copy.copy(&format!("{package}/Cargo.toml"));
        slim(&copy.path().join(&package), edit.vendor);
        members.push(package);
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(copy.path().join("Cargo.toml"), manifest).unwrap();
    accepted(&check(&copy));
    for edit in &EDITS {
        edit.make(&copy);
        let output = check(&copy);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        let remedy = format!(
            "specs/{0} changed after generated/{0} was written; run: cargo xtask codegen {0}",
            edit.vendor
        );
        assert!(
            !output.status.success() && words.contains(&remedy),
            "{words}"
        );
    }
}

/// Leaves of a generated package only what its build script decides.
fn slim(package: &Path, vendor: &str) {
    let path = package.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).expect("the manifest is there");
    let build = "build = \"../../build.rs\"";
    assert!(manifest.contains(build), "{manifest}");
    let slim = format!("[package]\nname = \"{vendor}\"\nedition = \"2024\"\n{build}\n");
    fs::write(path, slim).expect("it can be written");
    fs::create_dir(package.join("src")).expect("it can be made");
    fs::write(package.join("src/lib.rs"), "").expect("it can be written");
}

fn check(copy: &Scratch) -> Output {
    let mut command = cargo();
    command.args(["check", "--offline", "--keep-going"]);
    command
        .current_dir(copy.path())
        .env_remove("CARGO_TARGET_DIR");
    command.output().expect("the program starts")
}

#[test]
fn a_run_for_one_vendor_keeps_the_page_over_all_of_them_right() {
    let copy = settled();
    let index = copy.path().join("generated/README.md");
    let whole = fs::read_to_string(&index).unwrap();
    fs::write(&index, "Old.\n").unwrap();
    let words = refused(&codegen(&copy, &["--check", "wiv"]));
    assert!(words.contains("changed: generated/README.md"), "{words}");
    accepted(&codegen(&copy, &["wiv"]));
    assert_eq!(fs::read_to_string(&index).unwrap(), whole);

    // What is wrong with one vendor keeps no other from being written.
    fs::write(&index, "Old.\n").unwrap();
    fs::write(copy.path().join("specs/wiwink/docs.yaml"), "{}\n").unwrap();
    let output = codegen(&copy, &["wiv"]);
    accepted(&output);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("is left as it is"), "{words}");
    assert_eq!(fs::read_to_string(&index).unwrap(), "Old.\n");
}
