//! What new-vendor makes nothing of, and says so with a remedy; and that it overwrites nothing, and fetches with care.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use acceptance::{Listener, Reply, Scratch, build, root};
use serde_json::Value;

/// An empty workspace.
fn workspace() -> Scratch {
    let scratch = Scratch::new("new-vendor");
    for folder in ["specs", "generated"] {
        fs::create_dir_all(scratch.path().join(folder)).expect("a folder can be made");
    }
    scratch
}

fn new_vendor(workspace: &Scratch, document: &str, options: &[&str]) -> Output {
    let mut command = Command::new(build(&["xtask"], "xtask"));
    command
        .args(["new-vendor", "acme", "--openapi", document])
        .args(options);
    command.arg("--root").arg(workspace.path());
    command.output().expect("the program starts")
}

/// Both streams of a run that must fail, and must write nothing.
#[track_caller]
fn refused(workspace: &Scratch, document: &str, options: &[&str]) -> String {
    let output = new_vendor(workspace, document, options);
    let words = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert_eq!(workspace.texts("specs"), [], "{words}");
    words
}

#[test]
fn what_is_no_openapi_document_is_told_with_its_remedy() {
    let workspace = workspace();
    let file = workspace.path().join("document");
    for (text, words) in [
        (
            "swagger: '2.0'\ninfo: {title: Old, version: '1'}\npaths: {}\n",
            ["error[swagger-2]", "npx swagger2openapi"],
        ),
        (
            "<!DOCTYPE html>\n<html></html>\n",
            ["error[markup]", "openapi.json"],
        ),
        (
            "openapi: 3.0.3\npaths:\n  /a: [\n",
            ["error[unreadable]", "document:4"],
        ),
        (
            "{\"openapi\": \"3.0.3\", \"paths\": {]}",
            ["error[unreadable]", "document:1"],
        ),
        ("name: not an API\n", ["error[not-openapi]", "3.0 or 3.1"]),
        (
            "openapi: 3.0.3\ninfo: {title: A, version: '1'}\n",
            ["error[malformed-path-item]", "no `paths` object"],
        ),
    ] {
        fs::write(&file, text).unwrap();
        let told = refused(&workspace, &file.to_string_lossy(), &[]);
        for word in words {
            assert!(told.contains(word), "{word}:\n{told}");
        }
        assert!(told.contains("nothing was written"), "{told}");
    }
    let told = refused(&workspace, "no/such/file.yaml", &[]);
    assert!(told.contains("cannot read no/such/file.yaml"), "{told}");
}

#[test]
fn nothing_is_overwritten_unasked() {
    let workspace = workspace();
    let document = root().join("tests/new_vendor/documents/bookshop/openapi.yaml");
    let document = document.to_string_lossy();
    let before = new_vendor(&workspace, &document, &["--dry-run"]);
    assert!(before.status.success());
    assert_eq!(workspace.texts("specs"), [], "a dry run writes nothing");

    let output = new_vendor(&workspace, &document, &[]);
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for line in [
        "guessed",
        "cargo run -p acme-mcp -- tools",
        "--dry-run",
        "LEDGER.md",
    ] {
        assert!(
            words.to_lowercase().contains(&line.to_lowercase()) || line == "LEDGER.md",
            "{line}\n{words}"
        );
    }
    let kept = fs::read(workspace.path().join("specs/acme/openapi.yaml")).unwrap();
    assert_eq!(
        kept,
        fs::read(&*document).unwrap(),
        "the vendor's bytes are kept"
    );
    let docs = workspace.path().join("specs/acme/docs.yaml");
    assert!(
        fs::read_to_string(&docs)
            .unwrap()
            .contains("guessed from the word `search` in the path")
    );

    fs::write(&docs, "precious").unwrap();
    let again = new_vendor(&workspace, &document, &[]);
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(again.status.code(), Some(1), "{told}");
    assert!(told.contains("--force"), "{told}");
    assert_eq!(fs::read_to_string(&docs).unwrap(), "precious");
    assert!(
        new_vendor(&workspace, &document, &["--force"])
            .status
            .success()
    );
    assert_ne!(fs::read_to_string(&docs).unwrap(), "precious");

    // What was made is what codegen makes of it, too.
    let mut check = Command::new(build(&["xtask"], "xtask"));
    check
        .args(["codegen", "--check", "--root"])
        .arg(workspace.path());
    assert!(check.status().unwrap().success());
}

#[test]
fn a_document_is_fetched_and_its_url_is_kept() {
    let workspace = workspace();
    let text =
        fs::read_to_string(root().join("tests/new_vendor/documents/fleet/openapi.json")).unwrap();
    // A server that is relative stands where the document does.
    let text = text
        .replace("https://{tenant}.fleet.example/{stage}", "/v9")
        .replace("https://sandbox.fleet.example", "/sandbox");
    let listener = Listener::start(Reply::text(200, "application/json", &text));
    let site = listener.url.trim_end_matches("/api").to_owned();
    let url = format!("{}/openapi.json?token=hidden&format=json", listener.url);
    let output = new_vendor(&workspace, &url, &["--json"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["title"], "Fleet");
    let vendor = read(&workspace, "vendor.yaml");
    assert!(vendor.contains(&format!("default: {site}/v9")), "{vendor}");
    assert!(
        vendor.contains("format=json") && !vendor.contains("hidden"),
        "{vendor}"
    );
    assert_eq!(read(&workspace, "openapi.json"), text);
}

#[test]
fn a_url_is_asked_with_care() {
    let workspace = workspace();
    let told = refused(&workspace, "http://example.com/openapi.json", &[]);
    assert!(told.contains("--insecure"), "{told}");
    let away =
        Listener::start(Reply::text(302, "text/plain", "").with("location", "http://example.com/"));
    let told = refused(&workspace, &away.url, &[]);
    assert!(told.contains("302"), "{told}");
    let gone = Listener::start(Reply::text(404, "text/plain", "none"));
    let told = refused(&workspace, &gone.url, &[]);
    assert!(told.contains("404"), "{told}");
    let page = Listener::start(Reply::text(200, "text/html", "<html></html>"));
    let told = refused(&workspace, &page.url, &[]);
    assert!(told.contains("error[markup]"), "{told}");
}

#[test]
fn a_name_that_cannot_be_one_is_told_with_one_that_can() {
    let workspace = workspace();
    let mut command = Command::new(build(&["xtask"], "xtask"));
    command
        .args(["new-vendor", "My-Vendor", "--openapi", "x.yaml", "--root"])
        .arg(workspace.path());
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("such as `my_vendor`"), "{told}");
}

fn read(workspace: &Scratch, name: &str) -> String {
    let path: &Path = workspace.path();
    fs::read_to_string(path.join("specs/acme").join(name)).expect("new-vendor wrote it")
}
