//! The commands for people: tools, call, doctor, and what is refused at start.

use serde_json::{Value, json};

use crate::{
    api::{Api, KEY},
    client::{program, run},
};

async fn printed(arguments: &[&str]) -> (String, String, i32) {
    run(program(arguments)).await
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[tokio::test]
async fn tools_are_listed_and_shown() {
    let (table, _, code) = printed(&["tools", "--methods", "write"]).await;
    assert_eq!(code, 0);
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[1],
        ["delete_a_acme_work_by_id", "destroy", "Delete", "a", "work"]
    );
    let (rows, _, _) = printed(&["tools", "--json"]).await;
    assert_eq!(parsed(&rows)[4]["method"], "search");
    let (shown, _, _) = printed(&["tools", "list_all_acme_works"]).await;
    assert_eq!(parsed(&shown)["title"], "List works");
    let (_, error, code) = printed(&["tools", "list_all_acme_work"]).await;
    assert!(
        code == 2 && error.contains("did you mean `list_all_acme_works`?"),
        "{error}"
    );
}

#[tokio::test]
async fn a_call_prints_its_answer_and_logs_its_request() {
    let (_api, url) = Api::start().await;
    let (answer, log, code) = printed(&[
        "call",
        "create_a_acme_work",
        "name=5",
        "customer_id=9",
        "--base-url",
        &url,
        "--log-requests",
    ])
    .await;
    assert_eq!(
        (parsed(&answer), code),
        (json!({"result": {"id": 31, "name": "5"}}), 0)
    );
    let lines: Vec<Value> = log.lines().map(parsed).collect();
    let body = json!({"name": "5", "customer_id": 9});
    assert_eq!(
        lines[0],
        json!({"request": {"method": "POST", "url": format!("{url}/works"), "body": body}})
    );
    assert_eq!(lines[1], json!({"response": {"status": 201, "bytes": 29}}));
    assert!(!log.contains(KEY));
    let (answer, _, code) = printed(&[
        "call",
        "get_single_acme_work_by_id",
        "id=none",
        "--base-url",
        &url,
    ])
    .await;
    assert_eq!((&parsed(&answer)["statusCode"], code), (&json!(404), 1));
}

#[tokio::test]
async fn a_file_is_saved_where_it_is_wanted() {
    let (_api, url) = Api::start().await;
    let path = std::env::temp_dir().join(format!("acme-file-{}.pdf", std::process::id()));
    let output = ["--output", path.to_str().unwrap(), "--base-url", &url];
    let download = ["call", "download_a_acme_work", "id=7"];
    let (answer, _, code) = printed(&[&download[..], &output].concat()).await;
    let bytes = std::fs::read(&path);
    let _ = std::fs::remove_file(&path);
    assert_eq!(
        (parsed(&answer)["result"]["bytes"].as_u64(), code),
        (Some(11), 0)
    );
    assert_eq!(bytes.unwrap(), b"%PDF-1.7 \xff\x00");
    let list = ["call", "list_all_acme_works"];
    let (_, error, code) = printed(&[&list[..], &output].concat()).await;
    assert!(code == 2 && error.contains("answers no file"), "{error}");
    assert!(!path.exists());
}

#[tokio::test]
async fn a_secret_that_is_set_but_blank_is_not_taken_for_unset() {
    for (variable, arguments) in [
        (
            "ACME_MCP_HTTP_TOKEN",
            &["serve", "--http", "0.0.0.0:0", "--listen-publicly"][..],
        ),
        ("ACME_API_KEY", &["serve"]),
        ("ACME_API_KEY", &["doctor"]),
    ] {
        let mut command = program(arguments);
        command.env(variable, " ");
        let (_, error, code) = run(command).await;
        let words = format!("{variable} is set, but blank");
        assert!(code == 2 && error.contains(&words), "{error}");
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;

            let mut command = program(arguments);
            command.env(variable, std::ffi::OsStr::from_bytes(b"key-\xff"));
            let (_, error, code) = run(command).await;
            let words = format!("{variable} is set, but not to Unicode text");
            assert!(code == 2 && error.contains(&words), "{error}");
        }
    }
}

#[tokio::test]
async fn without_certificates_no_https_call_is_made_and_the_remedy_is_told() {
    let path = std::env::temp_dir().join(format!("acme-no-certificates-{}", std::process::id()));
    std::fs::write(&path, "").unwrap();
    let base = ["--base-url", "https://127.0.0.1:9"];
    let mut command = program(&[&["call", "list_all_acme_works"][..], &base].concat());
    command.env("SSL_CERT_FILE", &path);
    let (answer, _, code) = run(command).await;
    std::fs::remove_file(&path).unwrap();
    let answer = parsed(&answer);
    assert_eq!((&answer["error"], code), (&json!("wrong_settings"), 1));
    let message = answer["message"].as_str().unwrap();
    assert!(message.contains("SSL_CERT_FILE"), "{message}");
}

#[tokio::test]
async fn a_dry_run_shows_the_request_and_sends_nothing() {
    let (api, url) = Api::start().await;
    let arguments = [
        "call",
        "list_all_acme_works",
        "with=customer",
        "with=status",
        "--arguments",
        r#"{"limit": 5}"#,
        "--dry-run",
    ];
    let (shown, _, code) = printed(&[&arguments[..], &["--base-url", &url]].concat()).await;
    let expected = format!("{url}/works?with%5B%5D=customer&with%5B%5D=status&per_page=5");
    assert_eq!(
        (&parsed(&shown)["request"]["url"], code),
        (&json!(expected), 0)
    );
    assert!(api.came().is_empty() && !shown.contains(KEY));
}

#[tokio::test]
async fn doctor_says_what_is_wrong() {
    let (_api, url) = Api::start().await;
    let (words, _, code) = printed(&["doctor", "--base-url", &url]).await;
    assert_eq!(code, 0, "{words}");
    assert!(
        words.contains("list_all_acme_works was answered"),
        "{words}"
    );
    let mut command = program(&["doctor"]);
    command.env_remove("ACME_API_KEY");
    let (words, _, code) = run(command).await;
    assert_eq!(code, 1);
    for part in [
        "ACME_BASE_URL",
        "set ACME_API_KEY",
        "the credential client_id is there (from the environment)",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!words.contains(KEY));
}

#[tokio::test]
async fn credentials_come_from_a_file_too() {
    let (api, url) = Api::start().await;
    let path = std::env::temp_dir().join(format!("acme-credentials-{}.toml", std::process::id()));
    std::fs::write(
        &path,
        format!("api_key = \"from-the-file\"\nbase_url = \"{url}\"\n"),
    )
    .unwrap();
    let mut command = program(&[
        "call",
        "list_all_acme_works",
        "--credentials",
        path.to_str().unwrap(),
    ]);
    command.env_remove("ACME_API_KEY");
    let (_, _, code) = run(command).await;
    std::fs::write(&path, "api_kee = \"a-secret\"\n").unwrap();
    let (_, unknown, usage) = printed(&["doctor", "--credentials", path.to_str().unwrap()]).await;
    std::fs::write(&path, "api_key = a-secret\n").unwrap();
    let (_, broken, _) = printed(&["doctor", "--credentials", path.to_str().unwrap()]).await;
    std::fs::remove_file(&path).unwrap();
    assert_eq!((code, usage), (0, 2));
    assert_eq!(api.came()[0].headers["x-api-key"], "from-the-file");
    assert!(
        unknown.contains("did you mean `api_key`?") && !unknown.contains("a-secret"),
        "{unknown}"
    );
    assert!(
        broken.contains("is not TOML") && !broken.contains("a-secret"),
        "{broken}"
    );
}

#[tokio::test]
async fn what_contradicts_itself_is_refused_at_start() {
    for (arguments, words) in [
        (&["serve", "--methods", "lits"][..], "did you mean `list`?"),
        (
            &["serve", "--tags", "billing"],
            "the known tags are `works`, `tickets`, `files`",
        ),
        (
            &["serve", "--methods", "update"],
            "no tool is left: --methods update selects none of the 8 tools",
        ),
        (&["serve", "--sandbox"], "built without its sandbox"),
        (&["serve", "--seed", "3"], "without --sandbox"),
        (
            &["serve", "--base-url", "ftp://x"],
            "neither https nor http",
        ),
        (&["serve", "--http", "0.0.0.0:0"], "--listen-publicly"),
        (
            &["serve", "--http", "0.0.0.0:0", "--listen-publicly"],
            "set ACME_MCP_HTTP_TOKEN",
        ),
        (&["serve", "--allow-caller-key"], "--http"),
        (&["serve", "--max-answer", "1"], "1 is not in"),
        (&["call", "list_all_acme_works", "x"], "is not KEY=VALUE"),
        (&[], "Usage: acme-mcp"),
    ] {
        let (out, error, code) = printed(arguments).await;
        assert!(
            code == 2 && out.is_empty() && error.contains(words),
            "{arguments:?} {code}: {error}"
        );
    }
}

#[tokio::test]
async fn help_names_variables_tags_and_exit_codes() {
    let (help, _, code) = printed(&["--help"]).await;
    assert_eq!(code, 0);
    for part in [
        "ACME_API_KEY",
        "ACME_BASE_URL",
        "ACME_MCP_HTTP_TOKEN",
        "Tickets.",
        "Exit codes:",
        "doctor",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
    assert_eq!(printed(&["--version"]).await.0.trim(), "acme-mcp 0.1.0");
}
