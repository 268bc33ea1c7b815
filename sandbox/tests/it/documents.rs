//! Documents of ConnectWise PSA: a form written by hand is stored as it came, or refused with every reason.

use serde_json::{Value, json};

use crate::client::{Answer, Client};

const BYTES: &[u8] = b"\x00\r\n--b\xff";

/// Uploads a form of these parts: head and bytes.
fn upload(client: &Client, parts: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (head, bytes) in parts {
        body.extend(format!("--bound\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--bound--\r\n");
    let media_type = "multipart/form-data; boundary=bound";
    client.send(
        "POST",
        "/system/documents",
        &client.credentials(),
        Some((media_type, &body)),
    )
}

fn ticket(client: &Client) -> Value {
    client.get("/service/tickets?pageSize=1").with(200).body[0]["id"].clone()
}

#[test]
fn a_document_is_stored_byte_for_byte_until_it_is_deleted() {
    let client = Client::of("connectwise_psa");
    let id = ticket(&client).to_string();
    let made = upload(
        &client,
        &[
            (
                "name=\"file\"; filename=\"ä.png\"\r\nContent-Type: image/png",
                BYTES,
            ),
            ("name=\"recordType\"", b"Ticket"),
            ("name=\"recordId\"", id.as_bytes()),
            ("name=\"title\"", b"A picture"),
            ("name=\"privateFlag\"", b"true"),
            ("name=\"readOnlyFlay\"", b"true"),
        ],
    );
    let made = made.with(201).body;
    let shown = [
        "title",
        "fileName",
        "size",
        "imageFlag",
        "publicFlag",
        "readOnlyFlag",
    ];
    let shown: Vec<Value> = shown.iter().map(|name| made[name].clone()).collect();
    assert_eq!(
        Value::from(shown),
        json!(["A picture", "ä.png", BYTES.len(), true, false, true])
    );
    assert!(
        made.get("content").is_none() && made.get("recordType").is_none(),
        "{made:#}"
    );
    let path = format!("/system/documents/{}", made["id"]);
    let file = client.get(&format!("{path}/download")).with(200);
    assert_eq!(file.bytes, BYTES);
    let name = file
        .headers
        .iter()
        .find(|(name, _)| name == "content-disposition");
    assert!(
        name.is_some_and(|(_, value)| value.contains("ä.png")),
        "{name:?}"
    );
    let of = |kind: &str| {
        let query = [("recordType", kind), ("recordId", id.as_str())];
        let found = client.list("/system/documents", &query).with(200).body;
        found
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["id"] == made["id"])
    };
    assert!(of("Ticket") && !of("Company"));
    client
        .send("DELETE", &path, &client.credentials(), None)
        .with(204);
    client.get(&format!("{path}/download")).with(404);
}

/// The head of a part of a form, and its body.
type Part<'a> = (&'a str, &'a [u8]);

#[test]
fn a_form_is_judged_as_strictly_as_json() {
    let client = Client::of("connectwise_psa");
    let id = ticket(&client).to_string();
    let file: Part = ("name=\"file\"; filename=\"a\"", b"x");
    let of = |kind: &'static str| ("name=\"recordType\"", kind.as_bytes());
    let number: Part = ("name=\"recordId\"", id.as_bytes());
    let title: Part = ("name=\"title\"", b"T");
    for (parts, status, field) in [
        (vec![file, of("Ticket"), number], 400, "title"),
        (vec![of("Ticket"), number, title], 400, "file"),
        (
            vec![("name=\"file\"", &b"x"[..]), of("Ticket"), number, title],
            400,
            "file",
        ),
        (
            vec![file, of("Ticket"), ("name=\"recordId\"", b"x"), title],
            400,
            "recordId",
        ),
        (vec![file, of("Ticket"), number, title, title], 400, "title"),
        (vec![file, of("Planet"), number, title], 400, "recordType"),
        (
            vec![file, of("Ticket"), ("name=\"recordId\"", b"1"), title],
            404,
            "id",
        ),
        (
            vec![file, of("Ticket"), number, title, ("name=\"other\"", b"x")],
            400,
            "other",
        ),
    ] {
        let answer = upload(&client, &parts);
        assert_eq!(answer.status, status, "{field}: {}", answer.text);
        assert_eq!(answer.body["errors"][0]["field"], field, "{}", answer.text);
    }
    let json = client.post("/system/documents", &json!({"title": "T"}));
    assert_eq!(json.status, 415, "{}", json.text);
}
