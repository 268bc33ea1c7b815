//! What holds of all sources: who may touch what, how files begin, how long they are, and that invariants have tests.

use std::{fs, path::Path};

use crate::{scan::rust_files, shipped};

/// A hand-written or generated file, by its path from the root, and its text.
type Files = Vec<(String, String)>;

#[test]
fn codegen_touches_nothing_but_its_arguments() {
    const FORBIDDEN: [&str; 8] = [
        "fs",
        "env",
        "net",
        "process::Command",
        "time",
        "io",
        "thread",
        "os",
    ];
    let mut wrong = Vec::new();
    for (path, text) in files("codegen/src") {
        for module in FORBIDDEN {
            if names_std(&text, module) {
                wrong.push(format!("{path} uses std::{module}"));
            }
        }
    }
    assert_none(
        &wrong,
        "codegen takes texts and answers a tree; what touches the system belongs in xtask",
    );
}

#[test]
fn no_hand_written_file_names_a_vendor() {
    let mut vendors: Vec<String> = shipped::vendors();
    vendors.extend(
        [
            "connectwise",
            "connect_wise",
            "ConnectWise",
            "Wiwink",
            "WIV",
        ]
        .map(str::to_owned),
    );
    let may = |path: &str| {
        path.starts_with("sandbox/src/vendors")
            || is_test(path)
            || path.starts_with("xtask/src/demo")
    };
    let mut wrong = Vec::new();
    for (path, text) in hand_written().into_iter().filter(|(path, _)| !may(path)) {
        for (number, line) in text
            .lines()
            .enumerate()
            .take_while(|(_, it)| !it.contains("#[cfg(test)]"))
        {
            for vendor in vendors.iter().filter(|it| has_word(line, it)) {
                wrong.push(format!("{path}:{} names {vendor}", number + 1));
            }
        }
    }
    assert_none(
        &wrong,
        "a vendor's quirk is data: put it into specs/<vendor>",
    );
}

#[test]
fn only_the_runtime_speaks_mcp_and_http() {
    let may = |path: &str| {
        path.starts_with("runtime/")
            || path.starts_with("sandbox/")
            || is_test(path)
            || path.starts_with("xtask/src/demo")
    };
    let mut wrong = Vec::new();
    let all = hand_written().into_iter().chain(generated());
    for (path, text) in all.filter(|(path, _)| !may(path)) {
        for library in ["rmcp", "reqwest", "hyper", "axum"] {
            let names = |it: &str| has_word(it, library) && !it.trim_start().starts_with("//");
            if text.lines().any(names) {
                wrong.push(format!("{path} names {library}"));
            }
        }
    }
    assert_none(&wrong, "call the runtime instead");
}

#[test]
fn each_file_says_first_what_it_decides() {
    let wrong: Vec<_> = hand_written()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    assert_none(
        &wrong,
        "begin the file with `//! `, and one sentence on what it decides",
    );
}

#[test]
fn no_hand_written_file_is_long() {
    let long = |(path, text): (String, String)| {
        let count = text.lines().count();
        (count > 400).then(|| format!("{path} has {count} lines"))
    };
    let wrong: Vec<_> = hand_written().into_iter().filter_map(long).collect();
    assert_none(
        &wrong,
        "a file has at most 400 lines: cut it where a newcomer would look for the parts",
    );
}

#[test]
fn generated_files_have_no_control_flow() {
    const FORBIDDEN: [&str; 12] = [
        "if ",
        "for ",
        "while ",
        "loop ",
        "return ",
        "unsafe ",
        "allow(",
        "unwrap",
        "expect(",
        "panic!",
        "?;",
        "fn main() {}",
    ];
    let mut wrong = Vec::new();
    for (path, text) in generated().into_iter().chain(goldens()) {
        // Starting the sandbox can fail.
        let is_program = path.ends_with("/src/main.rs");
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let code = without_texts(code)
                .replace("impl Inputs for", "")
                .replace("impl Input for", "");
            let code = code
                .replace("impl Choice for", "")
                .replace("impl NumberChoice for", "")
                .replace("impl ValueChoice for", "");
            for word in FORBIDDEN
                .iter()
                .filter(|it| code.contains(**it) && !(is_program && **it == "?;"))
            {
                wrong.push(format!("{path}:{} has `{}`", number + 1, word.trim()));
            }
        }
    }
    assert_none(&wrong, "generated code is straight lines over the runtime");
}

#[test]
fn the_sandbox_judges_for_itself() {
    let mut wrong = Vec::new();
    for (path, text) in files("sandbox/src") {
        if text.replace("tokio::runtime", "").contains("runtime::") {
            wrong.push(format!("{path} names the runtime"));
        }
    }
    let (path, description) = (
        "codegen/src/emit/sandbox.rs",
        include_str!("../../src/emit/sandbox.rs"),
    );
    for stage in ["docs::", "document::", "plan::", "document,", "plan,"] {
        if description.contains(stage) {
            wrong.push(format!("{path} uses {stage}, which knows docs.yaml"));
        }
    }
    assert_none(
        &wrong,
        "what the sandbox shares with the runtime, or takes from docs.yaml, it cannot judge",
    );
}

#[test]
fn each_invariant_names_a_test_that_exists() {
    let Ok(text) = fs::read_to_string(shipped::root().join("ARCHITECTURE.md")) else {
        eprintln!("NOTE: there is no ARCHITECTURE.md, so no invariant was checked");
        assert!(
            std::env::var_os("CI").is_none(),
            "ARCHITECTURE.md is missing"
        );
        return;
    };
    let section = text.split("\n## Invariants\n").nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let lines: Vec<&str> = section
        .lines()
        .filter(|it| it.starts_with("- **"))
        .collect();
    assert!(!lines.is_empty(), "ARCHITECTURE.md has no invariants");
    let all: Files = hand_written().into_iter().chain(generated()).collect();
    let mut wrong = Vec::new();
    for line in lines {
        let (claim, rest) = line[4..].split_once("**").unwrap_or((line, ""));
        let tests: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        if tests.is_empty() {
            wrong.push(format!("no test is named: {claim}"));
        }
        let missing = tests.into_iter().filter(|it| !exists(it, &all));
        wrong.extend(missing.map(|it| format!("there is no test `{it}`: {claim}")));
    }
    assert_none(&wrong, "end the line with (`path`) or (`path::name`)");
}

/// Whether `path` is a file with tests, and `path::name` a test in it; `*` stands for a part of the path.
fn exists(test: &str, files: &Files) -> bool {
    let (path, name) = test.split_once("::").unwrap_or((test, ""));
    let (start, end) = path.split_once('*').unwrap_or((path, ""));
    files.iter().any(|(it, text)| {
        let is_file =
            it.starts_with(start) && it.ends_with(end) && (path.contains('*') || it == path);
        is_file
            && text.contains("#[test]") | text.contains("::test]")
            && text.contains(&format!("fn {name}"))
    })
}

/// Whether a text uses a module of std, on one line or within braces.
fn names_std(text: &str, module: &str) -> bool {
    let lines: Vec<_> = text
        .lines()
        .filter(|it| !it.trim_start().starts_with("//"))
        .collect();
    let code = lines.join(" ");
    let in_braces = code.split("use std::{").skip(1).any(|it| {
        let list = it.split(';').next().unwrap_or_default();
        list.split([',', '{', '}', ' ', ':']).any(|it| it == module)
    });
    in_braces
        || code
            .split(&format!("std::{module}"))
            .skip(1)
            .any(|it| !it.starts_with(is_word))
}

/// Whether a line has a word, with nothing of a word before and after it.
fn has_word(line: &str, word: &str) -> bool {
    let mut parts = line.split(word).peekable();
    while let Some(before) = parts.next() {
        let Some(after) = parts.peek() else { break };
        if !before.ends_with(is_word) && !after.starts_with(is_word) {
            return true;
        }
    }
    false
}

fn is_word(it: char) -> bool {
    it.is_alphanumeric()
}

/// A line of Rust with its texts emptied.
fn without_texts(line: &str) -> String {
    let line = line.replace("\\\\", "").replace("\\\"", "");
    line.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("tests.rs")
}

fn hand_written() -> Files {
    let mut all = Files::new();
    for folder in ["codegen", "runtime", "sandbox", "xtask", "tests", "src"] {
        all.extend(files(folder));
    }
    let build = fs::read_to_string(shipped::root().join("build.rs")).unwrap();
    all.push(("build.rs".to_owned(), build));
    all.retain(|(path, _)| !path.starts_with("codegen/tests/golden/"));
    all
}

fn generated() -> Files {
    files("generated")
}

fn goldens() -> Files {
    files("codegen/tests/golden")
}

/// The `.rs` files of a folder, by their paths from the root.
fn files(folder: &str) -> Files {
    let root = shipped::root();
    let folder = root.join(folder);
    if !Path::new(&folder).is_dir() {
        return Files::new();
    }
    let lead = format!("{}/", root.to_string_lossy().replace('\\', "/"));
    let found = rust_files(&folder).into_iter();
    found
        .map(|(path, text)| (path.replacen(&lead, "", 1), text))
        .collect()
}

fn assert_none(wrong: &[String], remedy: &str) {
    assert!(wrong.is_empty(), "{}\n{remedy}", wrong.join("\n"));
}
