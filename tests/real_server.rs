//! The vendor's whole ConnectWise PSA API as a server: it is written, compiles, lists its tools, and sends the expected request.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use acceptance::{Listener, Reply, build as build_program, cargo, root, skipped};
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
