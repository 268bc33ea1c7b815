//! How the commands behave towards people and scripts: help that teaches, exit codes, colour, JSON, and what to do next.

use serde_json::Value;
use tokio::process::Command;

use crate::{
    api::Api,
    client::{program, run},
};

const COMMANDS: [&str; 7] = [
    "serve",
    "tools",
    "call",
    "doctor",
    "client-config",
    "sandbox",
    "completions",
];

/// How a terminal is told to change colour.
const ESCAPE: char = '\u{1b}';

async fn printed(arguments: &[&str]) -> (String, String, i32) {
    run(program(arguments)).await
}

/// The lines of a command's help that can be typed.
async fn examples(command: &str) -> Vec<String> {
    let (help, _, code) = printed(&[command, "--help"]).await;
    assert_eq!(code, 0, "{command}");
    let begin = format!("acme-mcp {command}");
    let lines = help
        .lines()
        .map(str::trim)
        .filter(|it| it.starts_with(&begin));
    lines.map(str::to_owned).collect()
}

#[tokio::test]
async fn the_help_of_every_command_teaches_by_example_and_says_what_exit_codes_mean() {
    for command in COMMANDS {
        let (help, _, code) = printed(&[command, "--help"]).await;
        assert_eq!(code, 0, "{command}");
        assert!(help.contains("Examples:"), "{help}");
        assert!(
            help.contains("Exit codes: 0 done, 1 ") && help.contains(", 2 the command line"),
            "{help}"
        );
        assert!(examples(command).await.len() >= 3, "{help}");
    }
}

/// A line of the help as a shell runs it.
#[cfg(unix)]
async fn typed(line: &str, url: &str) -> (String, String, i32) {
    let own = program(&[]);
    let path = own.as_std().get_program().to_str().unwrap().to_owned();
    let script = line.replacen("acme-mcp", &format!("'{path}'"), 1);
    let mut shell = Command::new("/bin/sh");
    shell.args(["-eu", "-c", &script]).env_clear();
    let variables = own
        .as_std()
        .get_envs()
        .filter_map(|(name, value)| Some((name, value?)));
    shell.envs(variables).env("ACME_BASE_URL", url);
    run(shell).await
}

#[cfg(unix)]
#[tokio::test]
async fn what_the_help_shows_works_as_it_stands() {
    let (_api, url) = Api::start().await;
    // This program is built without its sandbox.
    let lines = [
        examples("tools").await,
        examples("call").await,
        examples("doctor").await,
    ]
    .concat();
    for line in lines.iter().map(|it| it.replace(" --sandbox", "")) {
        let (out, error, code) = typed(&line, &url).await;
        assert!(code == 0 && !out.is_empty(), "{line}\n{out}{error}");
        if line.contains("--json") {
            serde_json::from_str::<Value>(&out)
                .unwrap_or_else(|why| panic!("{line}: {why}\n{out}"));
        }
    }
}

#[tokio::test]
async fn colour_is_for_terminals_and_never_against_the_will_of_who_looks() {
    for arguments in [
        &["tools"][..],
        &["tools", "--search", "delete a work"],
        &["doctor"],
        &["--help"],
    ] {
        let (plain, _, _) = printed(arguments).await;
        assert!(!plain.contains(ESCAPE), "{arguments:?} {plain:?}");
        let with = |name: &str| {
            let mut command = program(arguments);
            command.env("CLICOLOR_FORCE", "1").env(name, "1");
            command
        };
        let (painted, _, _) = run(with("CLICOLOR_FORCE")).await;
        assert!(painted.contains(ESCAPE), "{arguments:?} {painted:?}");
        let (unwanted, _, _) = run(with("NO_COLOR")).await;
        assert_eq!(unwanted, plain, "{arguments:?}");
    }
    // What a script reads is never painted.
    for arguments in [
        &["tools", "--json"][..],
        &["doctor", "--json"],
        &["tools", "list_all_acme_works"],
    ] {
        let mut command = program(arguments);
        command.env("CLICOLOR_FORCE", "1");
        let (json, _, _) = run(command).await;
        assert!(
            serde_json::from_str::<Value>(&json).is_ok(),
            "{arguments:?} {json}"
        );
    }
}

#[tokio::test]
async fn exit_codes_tell_a_failure_from_a_wrong_command_line() {
    let (_api, url) = Api::start().await;
    for (arguments, expected) in [
        (&["tools"][..], 0),
        (&["--version"], 0),
        (&["call", "list_all_acme_works"], 0),
        (&["call", "get_single_acme_work_by_id", "id=none"], 1),
        (&["call", "get_single_acme_work_by_id"], 1),
        (&["doctor"], 0),
        (&["doctor", "--base-url", "http://127.0.0.1:9"], 1),
        (&["call", "nothing"], 2),
        (&["call"], 2),
        (&["tools", "--tags", "nothing"], 2),
        (&["client-config", "chatgpt"], 2),
        (&["frobnicate"], 2),
    ] {
        let mut command = program(arguments);
        command.env("ACME_BASE_URL", &url);
        let (out, error, code) = run(command).await;
        assert_eq!(code, expected, "{arguments:?}\n{out}{error}");
        // What went wrong with the command line is no output.
        assert!(code != 2 || out.is_empty(), "{arguments:?}\n{out}");
    }
}

#[tokio::test]
async fn doctor_tells_a_script_what_it_tells_people() {
    let (_api, url) = Api::start().await;
    let found = |json: &str| -> Value { serde_json::from_str(json).unwrap() };
    let (json, _, code) = printed(&["doctor", "--json", "--base-url", &url]).await;
    let well = found(&json);
    assert_eq!((&well["is_well"], code), (&Value::Bool(true), 0), "{json}");
    let (json, _, code) = printed(&["doctor", "--json"]).await;
    let ill = found(&json);
    assert_eq!((&ill["is_well"], code), (&Value::Bool(false), 1), "{json}");
    let (words, _, _) = printed(&["doctor"]).await;
    let findings = ill["findings"].as_array().unwrap();
    assert_eq!(findings.len(), words.lines().count());
    for (finding, line) in findings.iter().zip(words.lines()) {
        let (health, said) = (
            finding["health"].as_str().unwrap(),
            finding["words"].as_str().unwrap(),
        );
        assert!(
            line.to_lowercase().starts_with(health) && line.ends_with(said),
            "{finding} {line}"
        );
    }
}

#[tokio::test]
async fn an_error_says_what_to_type_next() {
    let (_api, url) = Api::start().await;
    for (arguments, parts) in [
        (
            &["call", "list_all_acme_work"][..],
            &["did you mean `list_all_acme_works`?", "acme-mcp tools"][..],
        ),
        (
            &["call", "zebra"],
            &["there is no tool `zebra`", "acme-mcp tools --search"],
        ),
        (&["tools", "zebra"], &["acme-mcp tools --search"]),
        (
            &["call", "get_single_acme_work_by_id"],
            &["acme-mcp tools get_single_acme_work_by_id"],
        ),
        (
            &[
                "call",
                "list_all_acme_works",
                "--base-url",
                "http://127.0.0.1:9",
            ],
            &["acme-mcp doctor"],
        ),
        (&["tols"], &["'tools'"]),
        (
            &["call", "list_all_acme_works", "--dry-rum"],
            &["'--dry-run'"],
        ),
    ] {
        let mut command = program(arguments);
        command.env("ACME_BASE_URL", &url);
        let (out, error, code) = run(command).await;
        assert_ne!(code, 0, "{arguments:?}\n{out}");
        for part in parts {
            assert!(error.contains(part), "{arguments:?}: no {part} in\n{error}");
        }
    }
}
