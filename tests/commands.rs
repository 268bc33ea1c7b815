//! The commands of the workspace as scripts and people meet them: what is piped is plain, JSON is JSON whatever comes of it, and the
//! exit code says which.

use std::{
    fs,
    process::{Command, Output},
};

use acceptance::{Scratch, build};
use serde_json::Value;

/// Runs a command on the specs of a folder.
fn xtask(at: &Scratch, arguments: &[&str]) -> Output {
    let mut command = Command::new(build(&["xtask"], "xtask"));
    command
        .arg("--root")
        .arg(at.path())
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command.output().expect("it runs")
}

/// What a command said, on both streams; it must end with this code.
#[track_caller]
fn said(output: &Output, code: i32) -> String {
    let words = [output.stdout.as_slice(), &output.stderr].concat();
    let words = String::from_utf8_lossy(&words).into_owned();
    assert_eq!(output.status.code(), Some(code), "{words}");
    words
}

/// What a command answered in JSON; it must end with this code.
#[track_caller]
fn json(output: &Output, code: i32) -> Value {
    let words = said(output, code);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {words}"))
}

/// A folder with the specs of one vendor.
fn specs(name: &str) -> Scratch {
    let copy = Scratch::new(name);
    copy.copy("specs/wiv");
    fs::create_dir_all(copy.path().join("generated")).expect("a folder can be made");
    copy
}

fn edit(at: &Scratch, file: &str, from: &str, to: &str) {
    let path = at.path().join("specs/wiv").join(file);
    let before = fs::read_to_string(&path).expect("the spec is there");
    assert!(before.contains(from), "{from} is not there any more");
    fs::write(path, before.replacen(from, to, 1)).expect("the spec can be written");
}

/// A tool whose description repeats its name.
fn with_a_finding(name: &str) -> Scratch {
    let copy = specs(name);
    edit(
        &copy,
        "openapi.yaml",
        "description: Given name of the person.",
        "description: First name.",
    );
    copy
}

#[test]
fn what_is_piped_is_plain_unless_colour_is_asked_for() {
    let copy = with_a_finding("plain");
    for (arguments, code) in [
        (&["lint"] as &[&str], 1),
        (&["lint", "--rules"], 0),
        (&["diff", "--rules"], 0),
        (&["codegen", "--check"], 1),
        (&["codegen", "no-such-vendor"], 2),
        (&["lint", "--help"], 0),
        (&["no-such-command"], 2),
    ] {
        let plain = said(&xtask(&copy, arguments), code);
        assert!(!plain.contains('\u{1b}'), "{arguments:?}: {plain:?}");
        let painted = [&["--color", "always"], arguments].concat();
        let painted = said(&xtask(&copy, &painted), code);
        let is_painted = painted.contains('\u{1b}');
        // What clap itself says knows nothing of an option behind it.
        let is_ours = !plain.contains("Usage:") && !plain.contains("--help");
        assert!(is_painted || !is_ours, "{arguments:?}: {painted:?}");
    }
}

#[test]
fn codegen_answers_a_script_whatever_comes_of_it() {
    let copy = specs("json");
    let written = json(&xtask(&copy, &["codegen", "--json"]), 0);
    assert_eq!(written["ok"], true);
    assert_eq!(written["vendors"][0]["vendor"], "wiv");
    assert_eq!(written["written"][0]["folder"], "generated/wiv");
    let files = written["written"][0]["files"].as_array().expect("a list");
    assert!(files.contains(&"src/main.rs".into()), "{files:?}");

    let check = ["codegen", "--check", "--json"];
    let same = json(&xtask(&copy, &check), 0);
    assert_eq!(
        (&same["ok"], &same["differences"]),
        (&true.into(), &Value::Array(Vec::new()))
    );

    fs::write(copy.path().join("generated/wiv/TOOLS.md"), "Mine.\n").expect("it can be written");
    fs::write(copy.path().join("generated/stray.txt"), "").expect("it can be written");
    let differs = json(&xtask(&copy, &check), 1);
    assert_eq!(differs["ok"], false);
    let kinds = differs["differences"].as_array().expect("a list").iter();
    let kinds: Vec<_> = kinds
        .map(|it| (it["path"].as_str(), it["kind"].as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            (Some("generated/wiv/TOOLS.md"), Some("changed")),
            (Some("generated/stray.txt"), Some("extra"))
        ]
    );

    edit(&copy, "docs.yaml", "effect: read", "effect: reed");
    let broken = json(&xtask(&copy, &["codegen", "--json"]), 1);
    let mistake = &broken["vendors"][0]["diagnostics"][0];
    assert_eq!(mistake["code"], "wrong-value");
    assert_eq!(mistake["severity"], "error");
    assert_eq!(mistake["file"], "specs/wiv/docs.yaml");
    assert!(mistake["line"].as_u64() > Some(1), "{mistake}");
    assert!(
        mistake["pointer"]
            .as_str()
            .is_some_and(|it| it.ends_with("/effect")),
        "{mistake}"
    );
}

#[test]
fn lint_answers_a_script_and_its_exit_code_says_whether_what_is_denied_was_found() {
    let clean = specs("lint-clean");
    let none = json(&xtask(&clean, &["lint", "--deny", "all", "--json"]), 0);
    assert_eq!(
        (&none["warnings"], &none["notes"], &none["denied"]),
        (&0.into(), &0.into(), &0.into())
    );
    assert_eq!(none["vendors"][0]["tools_list"]["tools"], 34);

    let copy = with_a_finding("lint");
    let found = json(&xtask(&copy, &["lint", "wiv", "--format", "json"]), 1);
    assert_eq!(
        (&found["warnings"], &found["denied"]),
        (&1.into(), &1.into())
    );
    let finding = &found["vendors"][0]["findings"][0];
    let line = finding["line"].as_u64().expect("a number");
    assert!(line > 1000, "{finding}");
    assert_eq!(finding["code"], "input-description-repeats");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["file"], "specs/wiv/openapi.yaml");
    assert_eq!(
        finding["pointer"],
        "/components/schemas/NewUser/properties/first_name"
    );
    assert_eq!(
        finding["tools"],
        serde_json::json!(["wiv_add_customer_users"])
    );
    assert_eq!(finding["at"], "users/first_name");
    assert!(
        finding["remedy"]
            .as_str()
            .is_some_and(|it| it.starts_with("say what")),
        "{finding}"
    );

    let told = said(&xtask(&copy, &["lint"]), 1);
    let place = format!("--> specs/wiv/openapi.yaml:{line}:9 /components/schemas/NewUser");
    assert!(told.contains(&place), "{told}");
    for (denied, code) in [
        ("none", 0),
        ("name-numbered", 0),
        ("name-numbered,input-description-repeats", 1),
        ("warnings", 1),
        ("all", 1),
        ("name-numberd", 2),
    ] {
        said(&xtask(&copy, &["lint", "--deny", denied]), code);
    }
    said(&xtask(&copy, &["lint", "no-such-vendor"]), 2);

    edit(&copy, "docs.yaml", "effect: read", "effect: reed");
    let broken = json(&xtask(&copy, &["lint", "--json", "--deny", "none"]), 1);
    assert_eq!(broken["vendors"][0]["mistakes"][0]["code"], "wrong-value");
}

#[test]
fn the_rules_of_lint_say_what_why_and_what_to_do() {
    let copy = specs("rules");
    let told = said(&xtask(&copy, &["lint", "--rules"]), 0);
    let parts: Vec<Vec<&str>> = told
        .trim()
        .split("\n\n")
        .map(|it| it.lines().collect())
        .collect();
    assert!(parts.len() >= 15, "{told}");
    for part in parts {
        assert_eq!(part.len(), 4, "{part:?}");
        assert!(
            part[0].ends_with(']') && part[3].starts_with("  fix: "),
            "{part:?}"
        );
    }
}

#[test]
fn bench_answers_figures_in_json() {
    let copy = specs("bench");
    let told = json(
        &xtask(&copy, &["bench", "generate", "--runs", "1", "--json"]),
        0,
    );
    let figures = &told["vendors"][0];
    assert_eq!(
        (&figures["name"], &figures["tools"]),
        (&"wiv".into(), &34.into())
    );
    assert!(figures["fastest"].as_f64() > Some(0.0), "{told}");
    said(&xtask(&copy, &["bench", "discovery", "--json"]), 2);
    said(&xtask(&copy, &["bench", "generate", "--runs", "0"]), 2);
}
