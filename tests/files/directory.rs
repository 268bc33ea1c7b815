//! No name leads out of the directory that the operator allowed.

use std::{fs, process::Stdio};

use acceptance::{CONNECTWISE_PSA, Listener, Session, command};
use serde_json::json;

use crate::{DOWNLOAD, Place, UPLOAD, call, mistakes, stored};

#[test]
fn no_name_leads_out_of_the_directory_and_nothing_is_sent() {
    let place = Place::new("files-hostile");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.txt", place.path("link"))
            .expect("a link can be made");
        std::os::unix::fs::symlink("..", place.path("up")).expect("a link can be made");
    }
    let hostile = [
        "../secret.txt",
        "sub/../../secret.txt",
        "/etc/passwd",
        "//etc/passwd",
        "./a",
        "a/",
        ".",
        "..",
        "...",
        "/",
        "\\secret.txt",
        "..\\secret.txt",
        "C:\\secret.txt",
        "C:secret.txt",
        "\\\\host\\share\\a",
        "a.txt::$DATA",
        "~/secret.txt/..",
        ".hidden",
        "CON",
        "nul.txt",
        "LPT1",
        "com1.log",
        "a\0b",
        "a\tb",
        "a\u{7f}",
        "a ",
        "a.",
        " a",
        "a//b",
        "link",
        "up/secret.txt",
        "up/new.txt",
        "nowhere/a.txt",
        "gpj.\u{202e}exe",
    ];
    assert!(hostile.len() >= 30);
    let listener = Listener::start(stored());
    let option = place.option();
    let mut session = Session::start(
        &CONNECTWISE_PSA,
        &["--base-url", &listener.url, "--files", &option],
    );
    for name in hostile {
        let upload = json!({"record_type": "Ticket", "record_id": 1, "title": "A", "file": format!("file:{name}")});
        for (tool, arguments, at) in [
            (UPLOAD, upload, "file"),
            (DOWNLOAD, json!({"id": 1, "save_as": name}), "save_as"),
        ] {
            let failure = session.call(tool, arguments).failure();
            assert_eq!(failure["mistakes"][0]["at"], at, "{name:?}: {failure:#}");
            let told = failure.to_string();
            assert!(
                !told.contains(place.scratch.path().to_str().expect("a name of letters")),
                "{told}"
            );
        }
    }
    let _ = session.finish();
    assert_eq!(listener.came().len(), 0);
    let entries = fs::read_dir(place.scratch.path())
        .expect("the file can be read")
        .count();
    assert_eq!(
        (
            entries,
            fs::read_to_string(place.scratch.path().join("secret.txt"))
                .expect("the file can be read")
        ),
        (2, "secret".to_owned())
    );
}

#[test]
fn without_a_directory_there_are_no_files_and_the_remedy_is_told() {
    let told = mistakes(call(
        stored(),
        &[],
        DOWNLOAD,
        json!({"id": 1, "save_as": "a.pdf"}),
    ));
    assert!(told[0].1.contains("--files"), "{told:?}");
    let output = command(&CONNECTWISE_PSA, &["tools", "--files", "/nowhere/at/all"])
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "a list of tools needs no directory"
    );
    let output = command(&CONNECTWISE_PSA, &["serve", "--files", "/nowhere/at/all"])
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("--files: /nowhere/at/all is no directory")
    );
}
