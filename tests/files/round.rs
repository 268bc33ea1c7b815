//! A file that is uploaded comes back byte for byte, over stdio and over HTTP.

use std::fs;

use acceptance::{CONNECTWISE_PSA, Endpoint, Session};
use serde_json::{Value, json};

use crate::{DOWNLOAD, Place, UPLOAD};

/// Every byte, and what could be taken for a boundary.
fn every_byte() -> Vec<u8> {
    let bytes = (0..=255).chain(*b"\r\n--\r\n").chain((0..=255).rev());
    bytes.collect()
}

/// Uploads, finds, downloads, saves and deletes a file; `ask` calls a tool and answers the whole result.
fn round_trip(place: &Place, mut ask: impl FnMut(&str, Value) -> Value) {
    let bytes = every_byte();
    fs::write(place.path("in.bin"), &bytes).expect("the folder can be written");
    let ticket = ask("list_all_connect_wise_psa_tickets", json!({"limit": 1}));
    let ticket = ticket["structuredContent"]["result"][0]["id"].clone();
    let record = json!({"record_type": "Ticket", "record_id": ticket});
    let mut arguments = record.clone();
    arguments["title"] = "Every byte".into();
    arguments["file"] = "file:in.bin".into();
    let made = ask(UPLOAD, arguments)["structuredContent"]["result"].clone();
    assert_eq!(
        (&made["fileName"], &made["size"]),
        (&json!("in.bin"), &json!(bytes.len())),
        "{made:#}"
    );
    let found = ask("list_all_connect_wise_psa_documents", record);
    let found = found["structuredContent"]["result"]
        .as_array()
        .expect("a list");
    assert!(found.iter().any(|it| it["id"] == made["id"]), "{found:#?}");

    let answer = ask(DOWNLOAD, json!({"id": made["id"]}));
    let about =
        json!({"media_type": "application/octet-stream", "bytes": bytes.len(), "name": "in.bin"});
    assert_eq!(answer["structuredContent"]["result"], about);
    let resource = &answer["content"][1]["resource"];
    assert_eq!(resource["mimeType"], "application/octet-stream");
    assert!(
        resource["uri"].as_str().expect("a text").contains("://"),
        "{resource:#}"
    );
    // Sent again as it came: the same bytes are stored.
    let again = json!({"record_type": "Ticket", "record_id": ticket, "title": "Again", "file": resource["blob"]});
    let again = ask(UPLOAD, again)["structuredContent"]["result"].clone();
    assert_eq!(
        (&again["fileName"], &again["size"]),
        (&json!("file.bin"), &json!(bytes.len()))
    );

    let saved = ask(DOWNLOAD, json!({"id": again["id"], "save_as": "out.bin"}));
    assert_eq!(
        saved["structuredContent"]["result"]["saved_as"], "out.bin",
        "{saved:#}"
    );
    assert_eq!(saved["content"].as_array().expect("a list").len(), 1);
    assert_eq!(
        fs::read(place.path("out.bin")).expect("the file can be read"),
        bytes
    );
    let twice = ask(DOWNLOAD, json!({"id": made["id"], "save_as": "out.bin"}));
    assert_eq!(twice["isError"], true);
    assert_eq!(
        twice["structuredContent"]["mistakes"][0]["at"], "save_as",
        "{twice:#}"
    );

    ask(
        "delete_a_connect_wise_psa_document_by_id",
        json!({"id": made["id"]}),
    );
    let gone = ask(DOWNLOAD, json!({"id": made["id"]}));
    assert_eq!(gone["structuredContent"]["statusCode"], 404, "{gone:#}");
    let image = ask("list_all_connect_wise_psa_members", json!({"limit": 1}));
    let id = &image["structuredContent"]["result"][0]["id"];
    let image = ask(
        "get_single_connect_wise_psa_member_image_by_id",
        json!({"id": id}),
    );
    assert_eq!(
        image["content"][1]["resource"]["mimeType"], "image/png",
        "{image:#}"
    );
}

#[test]
fn a_file_comes_back_byte_for_byte_over_stdio() {
    let place = Place::new("files-stdio");
    let mut session = Session::start(&CONNECTWISE_PSA, &["--sandbox", "--files", &place.option()]);
    round_trip(&place, |tool, arguments| {
        session.ask("tools/call", json!({"name": tool, "arguments": arguments}))
    });
    let _ = session.finish();
}

#[test]
fn a_file_comes_back_byte_for_byte_over_http() {
    let place = Place::new("files-http");
    let endpoint = Endpoint::start(&CONNECTWISE_PSA, &["--sandbox", "--files", &place.option()]);
    round_trip(&place, |tool, arguments| {
        let params = json!({"name": tool, "arguments": arguments});
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
        let answer = endpoint.post(&[], &message);
        let text = match answer.body {
            Value::String(events) => {
                let data = events.lines().find_map(|it| it.strip_prefix("data: {"));
                format!(
                    "{{{}",
                    data.unwrap_or_else(|| panic!("no answer in {events}"))
                )
            }
            body => body.to_string(),
        };
        let mut answer: Value = serde_json::from_str(&text).expect("JSON");
        answer["result"].take()
    });
}
