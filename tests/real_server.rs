//! The vendor's whole ConnectWise PSA API as a server: it is written, compiles, lists its tools, and sends the expected request.

#[path = "discovery/queries.rs"]
mod queries;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use acceptance::{Listener, Reply, Session, build as build_program, cargo, root, skipped};
use queries::queries;
use serde_json::{Value, json};

const DOCUMENT: &str = "../shared/real/connectwise-psa-2025.8.openapi.json";

#[test]
fn the_whole_api_is_a_server() {
    let document = root().join(DOCUMENT);
    if !document.exists() {
        // Nobody is expected to have it, CI neither.
        return skipped(&format!(
            "{DOCUMENT} is not here, so no server was made of it"
        ));
    }
    // Kept between runs, so that a second one compiles what changed.
    let out = root().join("target/real-document");
    generate(&document, &out);
    let program = build(&out);
    assert_eq!(
        listed(&program),
        in_the_ledger(&out),
        "the server lists what the ledger says"
    );
    asks_for_tickets(&program);
    stands_behind_four_tools(&program, &out);
}

fn generate(document: &Path, out: &Path) {
    let status = Command::new(build_program(&["xtask"], "xtask"))
        .current_dir(root())
        .args([
            "codegen",
            "--vendor",
            "connectwise_psa",
            "--documentation",
            "openapi",
        ])
        .args(["--runtime", "runtime", "--openapi"])
        .arg(document)
        .arg("--out")
        .arg(out)
        .status();
    assert!(
        status.expect("the program starts").success(),
        "the packages are written"
    );
}

/// Builds the packages with the very dependencies of this workspace.
fn build(out: &Path) -> PathBuf {
    fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock"))
        .expect("the lock file can be copied");
    let target = out.join("target");
    let status = cargo()
        .current_dir(out)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "-D warnings")
        .args(["build", "--quiet"])
        .status();
    assert!(
        status.expect("cargo starts").success(),
        "the packages compile without a warning"
    );
    target.join("debug/connectwise-psa-mcp")
}

/// The server's program, with credentials.
fn server(program: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env_clear();
    for (name, value) in [
        ("COMPANY_ID", "acme"),
        ("PUBLIC_KEY", "public"),
        ("PRIVATE_KEY", "private"),
        ("CLIENT_ID", "client"),
    ] {
        command.env(format!("CONNECTWISE_PSA_{name}"), value);
    }
    command
}

fn listed(program: &Path) -> usize {
    let output = server(program, &["tools", "--json"])
        .output()
        .expect("the program starts");
    let tools: Value = serde_json::from_slice(&output.stdout).expect("the tools are JSON");
    tools.as_array().map(Vec::len).unwrap_or_default()
}

fn in_the_ledger(out: &Path) -> usize {
    let ledger = fs::read_to_string(out.join("LEDGER.md")).expect("there is a ledger");
    ledger.lines().filter(|it| it.contains("| tool |")).count()
}

fn asks_for_tickets(program: &Path) {
    let listener = Listener::start(Reply::json(200, &json!([{"id": 5}])));
    let arguments = json!({
        "conditions": [
            {"field": "board/name", "op": "equals", "value": "Network & Infrastructure"},
            {"field": "closedFlag", "op": "equals", "value": false},
        ],
        "limit": 5,
    });
    let arguments = arguments.to_string();
    let call = [
        "call",
        "list_all_connect_wise_psa_service_tickets",
        "--base-url",
        &listener.url,
        "--arguments",
        &arguments,
    ];
    let output = server(program, &call).output().expect("the program starts");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("the answer is JSON");
    assert_eq!(answer["result"], json!([{"id": 5}]));

    let came = listener.only();
    let conditions =
        "board%2Fname%3D%22Network%20%26%20Infrastructure%22%20and%20closedFlag%3DFalse";
    assert_eq!(
        came.line,
        format!("GET /api/service/tickets?conditions={conditions}&pageSize=5")
    );
    assert_eq!(came.header("clientid"), Some("client"));
    // acme+public:private
    assert_eq!(
        came.header("authorization"),
        Some("Basic YWNtZStwdWJsaWM6cHJpdmF0ZQ==")
    );
    assert_eq!(
        came.header("accept"),
        Some("application/vnd.connectwise.com+json; version=2025.8")
    );
}

/// `--expose discovery`: found by words, called through one tool, with the request that a direct call sends.
fn stands_behind_four_tools(program: &Path, out: &Path) {
    let listener = Listener::start(Reply::json(200, &json!([{"id": 5}])));
    let options = [
        "serve",
        "--expose",
        "discovery",
        "--base-url",
        &listener.url,
    ];
    let mut session = Session::over(server(program, &options));
    let listed = session.line("tools/list", Value::Null);
    assert!(listed.len() < 4096, "{} bytes", listed.len());

    let ledger = fs::read_to_string(out.join("LEDGER.md")).expect("there is a ledger");
    let queries = queries("judged");
    let found = queries.iter().filter(|query| {
        let hits = session
            .call("search_tools", json!({"query": query.words, "limit": 3}))
            .result();
        let names: Vec<&str> = hits
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["name"].as_str())
            .collect();
        let rights = query.right.iter().filter_map(|it| tool_of(&ledger, it));
        rights
            .into_iter()
            .any(|right| names.contains(&right.as_str()))
    });
    let found = found.count();
    println!(
        "{found} of {} queries have the right tool among the first three",
        queries.len()
    );
    assert!(found >= 36, "only {found}");

    let invoices = json!({"names": ["list_all_connect_wise_psa_finance_invoices"]});
    let shown = session.call("get_tool_schema", invoices).result();
    let schema = &shown[0]["inputSchema"]["properties"];
    assert!(schema["conditions"].is_object(), "{shown}");

    let arguments = json!({
        "conditions": [{"field": "company/identifier", "op": "equals", "value": "Contoso"}],
        "limit": 5,
    });
    let call =
        json!({"name": "list_all_connect_wise_psa_finance_invoices", "arguments": arguments});
    assert_eq!(
        session.call("call_tool", call.clone()).result(),
        json!([{"id": 5}])
    );
    assert_eq!(
        session.call("call_read_tool", call).result(),
        json!([{"id": 5}])
    );
    for came in listener.came() {
        assert_eq!(
            came.line,
            "GET /api/finance/invoices?conditions=company%2Fidentifier%3D%22Contoso%22&pageSize=5"
        );
    }
}

/// The tool of an operation, if it has one.
fn tool_of(ledger: &str, operation: &str) -> Option<String> {
    let row = ledger
        .lines()
        .find(|it| it.starts_with(&format!("| `{operation}` | tool | ")))?;
    row.split('`').nth(3).map(str::to_owned)
}
