//! A published client of the vendor, `pyconnectwise`, unmodified, works against the sandbox over TLS.

use std::io::Write as _;

use acceptance::{CONNECTWISE_PSA, Running, Sandbox, Scratch, program};
use serde_json::{Value, json};

#[test]
fn pyconnectwise_lists_makes_changes_and_deletes_records() {
    let Some(mut command) = program("tests/python/connectwise.py") else {
        return;
    };
    let folder = Scratch::new("certificate");
    let certificate = folder.path().join("sandbox.pem");
    let path = certificate.to_str().expect("the path is text");
    let sandbox = Sandbox::start(&CONNECTWISE_PSA, &["--tls", path]);
    let host = sandbox.base_url.strip_prefix("https://");
    let (host, _) = host
        .and_then(|it| it.split_once('/'))
        .expect("it serves TLS");

    command.env("REQUESTS_CA_BUNDLE", &certificate);
    let mut client = Running::start(command);
    let order = json!({"host": host, "credentials": sandbox.credentials, "part": "e"});
    let mut stdin = client.stdin.take().expect("stdin is piped");
    write!(stdin, "{order}").expect("the client reads");
    drop(stdin);
    let report: Value = serde_json::from_str(&client.line()).expect("the client prints JSON");
    let _ = client.finish();

    for (name, before, after) in [
        ("tickets", "Scanner does not scan", "Scanner scans again"),
        ("companies", "Tampa", "St. Petersburg"),
        (
            "time_entries",
            "Looked at the scanner",
            "Cleaned the scanner",
        ),
    ] {
        let of = &report[name];
        assert!(of["pages"].as_u64() >= Some(2), "{name}: {of:#}");
        for promise in ["complete", "some", "same", "gone"] {
            assert_eq!(of[promise], true, "{name}: {promise}: {of:#}");
        }
        assert_eq!(of["before"], before, "{name}");
        assert_eq!(of["after"], after, "{name}");
    }
}
