//! What `client-config` prints works: the program of each configuration is started as its client would, and serves; the URL
//! of each is connected to. Forms and files are those that the clients document.

use std::{collections::BTreeMap, process::Command};

use acceptance::{CONNECTWISE_PSA, Endpoint, Scratch, Session, WIWINK, command};
use serde_json::{Value, json};

/// The clients that start programs.
const STARTING: [&str; 6] = [
    "claude-desktop",
    "claude-code",
    "cursor",
    "vscode",
    "windsurf",
    "gemini-cli",
];

/// What is printed, and what is said beside.
fn printed(arguments: &[&str]) -> (String, String) {
    let mut config = command(&CONNECTWISE_PSA, &["client-config"]);
    let output = config.args(arguments).output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    let (out, note) = (text(output.stdout), text(output.stderr));
    assert!(
        !out.contains("secret") && !note.contains("secret"),
        "{out}{note}"
    );
    (out, note)
}

/// The server's entry in a client's file.
fn entry(client: &str, arguments: &[&str]) -> Value {
    let (out, note) = printed(&[&[client], arguments].concat());
    let file: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{note}"));
    let key = if client == "vscode" {
        "servers"
    } else {
        "mcpServers"
    };
    file[key]["connect_wise_psa"].clone()
}

/// The program of an entry, with values for what the client would fill in.
fn program(client: &str, entry: &Value) -> Command {
    let mut program = Command::new(entry["command"].as_str().expect("a command"));
    let arguments = entry["args"].as_array().expect("arguments").iter();
    program
        .args(arguments.map(|it| it.as_str().expect("a text")))
        .env_clear();
    let known: BTreeMap<&str, &str> = CONNECTWISE_PSA.credentials.iter().copied().collect();
    for (name, value) in entry["env"].as_object().into_iter().flatten() {
        let form = match client {
            "claude-code" => format!("${{{name}}}"),
            "gemini-cli" => format!("${name}"),
            "cursor" | "windsurf" => format!("${{env:{name}}}"),
            "vscode" => format!("${{input:{name}}}"),
            _ => format!("<{name}>"),
        };
        assert_eq!(*value, form, "{client}");
        program.env(name, known[name.as_str()]);
    }
    program
}

#[test]
fn each_client_starts_a_server_that_serves() {
    for client in STARTING {
        let entry = entry(
            client,
            &["--sandbox", "--tags", "tickets", "--methods", "read"],
        );
        assert_eq!(entry.get("env"), None, "a sandbox needs no credentials");
        let mut session = Session::over(program(client, &entry));
        let tools = session.ask("tools/list", json!({}));
        let tools = tools["tools"].as_array().expect("tools").len();
        assert!(tools > 3 && tools < 60, "{client}: {tools}");
        let tool = "list_all_connect_wise_psa_tickets";
        session.call(tool, json!({"limit": 1})).result();
    }
}

#[test]
fn each_client_hands_over_every_credential_and_knows_none() {
    for client in STARTING {
        let entry = entry(client, &["--base-url", "http://127.0.0.1:9"]);
        let mut session = Session::over(program(client, &entry));
        let told = session
            .call("list_all_connect_wise_psa_tickets", json!({}))
            .failure();
        assert_eq!(told["error"], "unreachable", "{client}: {told:#}");
    }
    let handed = entry("cursor", &[])["env"].clone();
    assert!(handed.get("CONNECTWISE_PSA_MEMBER").is_some(), "it is set");
    let mut bare = command(&CONNECTWISE_PSA, &["client-config", "cursor"]);
    let output = bare.env_clear().output().expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(
        !text.contains("CONNECTWISE_PSA_MEMBER"),
        "no call needs it: {text}"
    );
    assert!(text.contains("CONNECTWISE_PSA_CLIENT_ID"), "{text}");
    let (out, _) = printed(&["vscode"]);
    let file: Value = serde_json::from_str(&out).expect("JSON");
    let inputs = file["inputs"].as_array().expect("inputs").iter();
    let secret: Vec<&Value> = inputs
        .filter(|it| it["password"] == true)
        .map(|it| &it["id"])
        .collect();
    assert_eq!(secret, ["CONNECTWISE_PSA_PRIVATE_KEY"]);
}

#[test]
fn options_are_handed_on_with_whole_paths() {
    let scratch = Scratch::new("client-config");
    let file = scratch.path().join("credentials.toml");
    std::fs::write(&file, "company_id = \"acme\"\n").expect("the file is written");
    let mut config = command(
        &CONNECTWISE_PSA,
        &[
            "client-config",
            "cursor",
            "--credentials",
            "credentials.toml",
        ],
    );
    config.args([
        "--files",
        ".",
        "--expose",
        "discovery",
        "--max-answer",
        "5000",
        "--skip-checks",
    ]);
    let output = config
        .current_dir(scratch.path())
        .output()
        .expect("the program runs");
    let file_text: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let entry = &file_text["mcpServers"]["connect_wise_psa"];
    let whole = file.canonicalize().expect("it is there");
    let folder = scratch.path().canonicalize().expect("it is there");
    let expected = json!([
        "serve",
        "--skip-checks",
        "--credentials",
        whole,
        "--expose",
        "discovery",
        "--max-answer",
        "5000",
        "--files",
        folder,
    ]);
    assert_eq!(entry["args"], expected);
    assert_eq!(entry.get("env"), None, "the file holds them");
}

#[test]
fn a_server_that_listens_is_told_by_its_url() {
    let endpoint = Endpoint::start(&CONNECTWISE_PSA, &["--sandbox"]);
    let url = endpoint.url.clone();
    for (client, key, kind) in [
        ("claude-code", "url", Some("http")),
        ("cursor", "url", None),
        ("vscode", "url", Some("http")),
        ("windsurf", "serverUrl", None),
        ("gemini-cli", "httpUrl", None),
    ] {
        let plain = entry(client, &["--url", &url]);
        assert_eq!(plain[key], url, "{client}: {plain}");
        assert_eq!(plain["type"].as_str(), kind, "{client}: {plain}");
        assert_eq!(plain.get("headers"), None);
        let guarded = entry(client, &["--url", &url, "--token"]);
        let header = guarded["headers"]["Authorization"]
            .as_str()
            .expect("a header");
        assert!(
            header.starts_with("Bearer $") && header.contains("CONNECTWISE_PSA_MCP_HTTP_TOKEN"),
            "{header}"
        );
    }
    let bridge = entry("claude-desktop", &["--url", &url, "--token"]);
    assert_eq!(bridge["command"], "npx");
    let expected = json!([
        "-y",
        "mcp-remote@latest",
        url,
        "--allow-http",
        "--header",
        "Authorization:${AUTHORIZATION}"
    ]);
    assert_eq!(bridge["args"], expected);
    assert_eq!(
        bridge["env"]["AUTHORIZATION"],
        "Bearer <CONNECTWISE_PSA_MCP_HTTP_TOKEN>"
    );
    let (out, place) = printed(&["chatgpt", "--url", "https://mcp.example.com/mcp"]);
    assert!(
        out.contains("MCP Server URL: https://mcp.example.com/mcp"),
        "{out}"
    );
    assert!(place.contains("Connectors"), "{place}");
}

#[test]
fn what_cannot_work_is_refused() {
    for (arguments, why) in [
        (&["chatgpt"][..], "starts no programs"),
        (
            &["chatgpt", "--url", "http://127.0.0.1:1/mcp"],
            "https only",
        ),
        (&["cursor", "--tags", "tickts"], "did you mean"),
        (&["emacs"], "possible values: claude-desktop"),
    ] {
        let (out, note) = printed(arguments);
        assert_eq!(out, "", "{arguments:?}");
        assert!(note.contains(why), "{arguments:?}: {note}");
    }
    let output = command(&WIWINK, &["client-config", "cursor"]).output();
    let output = output.expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("text");
    // Its vendor has no default base URL, so the client must bring it.
    assert!(
        text.contains("\"WIWINK_BASE_URL\": \"${env:WIWINK_BASE_URL}\""),
        "{text}"
    );
}
