//! What an answered file is, how large it may be, and what is no file.

use std::fs;

use acceptance::Reply;
use serde_json::json;

use crate::{DOWNLOAD, PDF, Place, call};

#[test]
fn a_large_file_is_not_handed_on_but_saved() {
    let place = Place::new("files-large");
    let bytes = vec![7; 10 * 1024 * 1024 + 1];
    let reply = Reply::bytes(200, "application/octet-stream", &bytes);
    let (_, outcome) = call(reply.clone(), &[], DOWNLOAD, json!({"id": 1}));
    let failure = outcome.failure();
    assert_eq!(failure["error"], "answer_too_large");
    assert!(
        failure["message"]
            .as_str()
            .expect("a text")
            .contains("save_as"),
        "{failure:#}"
    );
    let option = place.option();
    let (_, outcome) = call(
        reply,
        &["--files", &option],
        DOWNLOAD,
        json!({"id": 1, "save_as": "large"}),
    );
    assert_eq!(outcome.result()["bytes"], bytes.len());
    assert_eq!(
        fs::read(place.path("large"))
            .expect("the file can be read")
            .len(),
        bytes.len()
    );
}

#[test]
fn what_comes_in_place_of_a_file_is_no_file() {
    let place = Place::new("files-none");
    let option = place.option();
    let error = json!({"code": "NotFound", "message": "Invoice is gone."});
    for (reply, word) in [
        (Reply::json(200, &error), "JSON"),
        (Reply::text(200, "text/html", "<html>Log in</html>"), "HTML"),
        (Reply::empty(204), "no file"),
    ] {
        let arguments = json!({"id": 1, "save_as": "a.pdf"});
        let (_, outcome) = call(reply, &["--files", &option], PDF, arguments);
        let failure = outcome.failure();
        assert_eq!(failure["error"], "unreadable_answer", "{failure:#}");
        assert!(
            failure["message"].as_str().expect("a text").contains(word),
            "{failure:#}"
        );
        assert!(!place.path("a.pdf").exists());
    }
    let (came, outcome) = call(Reply::json(404, &error), &[], PDF, json!({"id": 1}));
    assert_eq!(outcome.failure()["message"], "Invoice is gone.");
    let accept = "application/pdf, application/vnd.connectwise.com+json; version=2025.8";
    assert_eq!(came[0].header("accept"), Some(accept));
}

#[test]
fn a_file_has_the_name_and_the_type_that_its_answer_shows() {
    const BYTES: &str = "application/octet-stream";
    for (media_type, disposition, body, expected) in [
        (
            BYTES,
            "attachment; filename=\"a b.csv\"",
            &b"x"[..],
            json!({"media_type": "text/csv", "bytes": 1, "name": "a b.csv"}),
        ),
        (
            BYTES,
            "attachment; filename=x; filename*=UTF-8''%C3%A4.txt",
            b"x",
            json!({"media_type": "text/plain", "bytes": 1, "name": "ä.txt"}),
        ),
        (
            BYTES,
            "attachment; filename=\"../../evil.sh\"",
            b"x",
            json!({"media_type": "application/x-sh", "bytes": 1, "name": "evil.sh"}),
        ),
        (
            BYTES,
            "attachment; filename=\"..\"",
            b"\x89PNG\r\n\x1a\n",
            json!({"media_type": "image/png", "bytes": 8}),
        ),
        (
            "image/webp",
            "inline",
            b"x",
            json!({"media_type": "image/webp", "bytes": 1}),
        ),
    ] {
        let reply = Reply::bytes(200, media_type, body).with("content-disposition", disposition);
        let (_, outcome) = call(reply, &[], DOWNLOAD, json!({"id": 1}));
        assert_eq!(outcome.result(), expected);
    }
}
