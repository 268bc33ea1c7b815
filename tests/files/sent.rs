//! What an upload sends, and what is checked before anything leaves.

use std::{fs, process::Stdio};

use acceptance::{CONNECTWISE_PSA, Listener, Session, WIWINK, command};
use serde_json::{Value, json};

use crate::{Place, UPLOAD, call, mistakes, stored};

#[test]
fn a_form_goes_out_part_by_part() {
    let arguments = json!({
        "record_type": "Ticket", "record_id": 40592, "title": "Größe \"neu\"", "is_private": true,
        "file": "data:text/plain;base64,AP8NCi0tYQ==", "file_name": "Übersicht 1.txt"
    });
    let (came, outcome) = call(stored(), &[], UPLOAD, arguments);
    assert_eq!(outcome.result(), json!({"id": 5}));
    assert_eq!(came.len(), 1);
    assert_eq!(came[0].line, "POST /api/system/documents");
    let media_type = came[0].header("content-type").expect("it has a type");
    let boundary = media_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a form");
    let mut expected = Vec::new();
    let mut part = |head: &str, body: &[u8]| {
        expected.extend(
            format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes(),
        );
        expected.extend(body);
        expected.extend(b"\r\n");
    };
    part(
        "name=\"file\"; filename=\"Übersicht 1.txt\"\r\nContent-Type: text/plain",
        b"\x00\xff\r\n--a",
    );
    part("name=\"recordId\"", b"40592");
    part("name=\"recordType\"", b"Ticket");
    part("name=\"title\"", "Größe \"neu\"".as_bytes());
    part("name=\"privateFlag\"", b"true");
    expected.extend(format!("--{boundary}--\r\n").bytes());
    let came_text = String::from_utf8_lossy(&came[0].body);
    assert_eq!(came[0].body, expected, "{came_text}");
    assert_eq!(
        came[0].header("content-length"),
        Some(expected.len().to_string().as_str())
    );
}

#[test]
fn a_dry_run_shows_sizes_and_sends_nothing() {
    let place = Place::new("files-dry-run");
    fs::write(place.path("a.pdf"), b"%PDF-1.7").expect("the folder can be written");
    let listener = Listener::start(stored());
    let option = place.option();
    let arguments = [
        "call",
        UPLOAD,
        "--dry-run",
        "--base-url",
        &listener.url,
        "--files",
        &option,
        "file=file:a.pdf",
        "record_id=1",
        "record_type=Ticket",
        "title=A",
    ];
    let output = command(&CONNECTWISE_PSA, &arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let shown: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let expected = json!([
        {"name": "file", "file_name": "a.pdf", "value": "<8 bytes of application/pdf>"},
        {"name": "recordId", "value": "1"},
        {"name": "recordType", "value": "Ticket"},
        {"name": "title", "value": "A"},
    ]);
    assert_eq!(shown["request"]["body"], expected, "{shown:#}");
    assert_eq!(listener.came().len(), 0);
}

#[test]
fn size_type_and_name_are_checked_before_anything_is_sent() {
    let upload =
        |file: &str| json!({"record_type": "Ticket", "record_id": 1, "title": "A", "file": file});
    let told = mistakes(call(
        stored(),
        &["--max-upload", "3"],
        UPLOAD,
        upload("AAAAAAA="),
    ));
    assert!(
        told[0].1.contains("more than 3 bytes") && told[0].1.contains("--max-upload"),
        "{told:?}"
    );
    let named = call(
        stored(),
        &[],
        UPLOAD,
        upload("data:text/plain;name=..%2fa;base64,AAAA"),
    );
    assert!(mistakes(named)[0].1.contains("file name cannot be used"));
    // A raw body of one type shares the checks.
    let listener = Listener::start(stored());
    let mut session = Session::start(&WIWINK, &["--base-url", &listener.url]);
    let png = json!({"signature_id": 1, "content": "iVBORw0KGgo="});
    let failure = session
        .call("create_a_wiwink_signature_document", png)
        .failure();
    let why = failure["mistakes"][0]["why"].as_str().expect("a text");
    assert_eq!(
        why,
        "the file is image/png, and the vendor takes application/pdf here"
    );
    let _ = session.finish();
    assert_eq!(listener.came().len(), 0);
}
