//! A document of 20 MB goes out in each of the three forms, byte for byte and in bounded memory; a client that wants to know is
//! told how far it is; and what is too long gets an answer over every transport.

use std::{fs, sync::LazyLock};

use acceptance::{
    Endpoint, Listener, Memory, Reply, Scratch, Session, WIWINK, program, reports, skipped,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

const TOOL: &str = "create_a_wiwink_signature_document";
const SIZE: usize = 20_000_000;
const MAX_UPLOAD: &str = "20971520";

/// A PDF, as far as its first bytes say, of bytes that differ everywhere.
static PDF: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let noise = (0_u32..).map(|it| it.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    b"%PDF-1.7\n"
        .iter()
        .copied()
        .chain(noise)
        .take(SIZE)
        .collect()
});

/// A vendor whose signature is a draft, whatever is asked.
fn vendor() -> Listener {
    Listener::start(Reply::json(
        201,
        &json!({"data": {"id": 7, "status": "draft"}}),
    ))
}

/// The options of a server of that vendor that may send files of a directory.
fn options<'a>(listener: &'a Listener, files: &'a str) -> [&'a str; 6] {
    [
        "--base-url",
        &listener.url,
        "--files",
        files,
        "--max-upload",
        MAX_UPLOAD,
    ]
}

/// A directory that holds the document.
fn directory(name: &str) -> (Scratch, String) {
    let scratch = Scratch::new(name);
    fs::write(scratch.path().join("contract.pdf"), &*PDF).expect("the folder can be written");
    let path = scratch
        .path()
        .to_str()
        .expect("a name of letters")
        .to_owned();
    (scratch, path)
}

/// The document in each of the forms, and how many bytes it may cost at most.
fn forms() -> [(&'static str, String, u64); 3] {
    let text = BASE64_STANDARD.encode(&*PDF);
    let data = format!("data:application/pdf;name=contract.pdf;base64,{text}");
    let size = SIZE as u64;
    [
        ("file", "file:contract.pdf".to_owned(), size),
        ("base64", text, 5 * size),
        ("data:", data, 5 * size),
    ]
}

/// The document as it came to the vendor is the one that was sent, and nothing else of it was.
fn assert_came(listener: &Listener, form: &str) {
    let came = listener.came();
    let uploads: Vec<_> = came
        .iter()
        .filter(|it| it.line.starts_with("POST"))
        .collect();
    let [upload] = uploads.as_slice() else {
        panic!("{form}: {} uploads came", uploads.len());
    };
    assert_eq!(upload.line, "POST /api/signatures/7/document");
    assert_eq!(
        upload.header("content-type"),
        Some("application/pdf"),
        "{form}"
    );
    let length = SIZE.to_string();
    assert_eq!(
        upload.header("content-length"),
        Some(length.as_str()),
        "{form}"
    );
    assert_eq!(upload.header("transfer-encoding"), None, "{form}");
    assert!(upload.body == *PDF, "{form}: other bytes came");
}

/// From `start` on, the program took no more than this.
fn assert_bounded(memory: Option<(Memory, u64)>, most: u64, form: &str) {
    let Some((memory, start)) = memory else {
        return skipped("this system does not tell how much memory a process takes");
    };
    let cost = memory.peak() - start;
    assert!(
        cost < most,
        "{form} cost {cost} bytes, and {most} are allowed"
    );
}

#[test]
fn a_large_document_goes_out_byte_for_byte_in_bounded_memory() {
    let (_scratch, files) = directory("uploads-stdio");
    for (form, content, most) in forms() {
        let listener = vendor();
        let mut session = Session::start(&WIWINK, &options(&listener, &files));
        // What every call costs is paid before it is counted.
        let _ = session.ask("tools/list", Value::Null);
        let warm = session.call("get_single_wiwink_signature_by_id", json!({"id": 7}));
        assert!(!warm.failed, "{}", warm.json);
        let memory = Memory::of(session.id());
        let start = memory.as_ref().map(Memory::start);
        let done = session.call(TOOL, json!({"signature_id": 7, "content": content}));
        assert!(!done.failed, "{form}: {}", done.json);
        assert_bounded(memory.zip(start), most, form);
        assert_came(&listener, form);
    }
}

#[test]
fn it_goes_out_the_same_over_http() {
    let (_scratch, files) = directory("uploads-http");
    for (form, content, most) in forms() {
        let listener = vendor();
        let endpoint = Endpoint::start(&WIWINK, &options(&listener, &files));
        let call = |tool: &str, arguments: Value| {
            let params = json!({"name": tool, "arguments": arguments});
            endpoint.post(
                &[],
                &json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}),
            )
        };
        let _ = call("get_single_wiwink_signature_by_id", json!({"id": 7}));
        let memory = Memory::of(endpoint.id());
        let start = memory.as_ref().map(Memory::start);
        let answer = call(TOOL, json!({"signature_id": 7, "content": content}));
        assert_eq!(
            answer.body["result"]["isError"],
            json!(false),
            "{form}: {:#}",
            answer.body
        );
        assert_bounded(memory.zip(start), most, form);
        assert_came(&listener, form);
    }
}

#[test]
fn who_asks_is_told_how_far_an_upload_is_and_nobody_else() {
    let (_scratch, files) = directory("uploads-progress");
    let listener = vendor();
    let mut session = Session::start(&WIWINK, &options(&listener, &files));
    let arguments = json!({"signature_id": 7, "content": "file:contract.pdf"});
    // The next line is the answer itself.
    assert!(!session.call(TOOL, arguments.clone()).failed);
    let params =
        json!({"name": TOOL, "arguments": arguments, "_meta": {"progressToken": "upload"}});
    session.send(&json!({"jsonrpc": "2.0", "id": "p", "method": "tools/call", "params": params}));
    let mut told = Vec::new();
    let answer = loop {
        let message = session.message();
        if message["id"] == "p" {
            break message;
        }
        assert_eq!(message["method"], "notifications/progress", "{message}");
        assert_eq!(message["params"]["progressToken"], "upload");
        assert_eq!(
            message["params"]["total"].as_f64(),
            Some(20_000_000.0),
            "{message}"
        );
        told.push(message["params"]["progress"].as_f64().expect("a number"));
    };
    assert_eq!(answer["result"]["isError"], json!(false), "{answer}");
    assert!(
        told.len() > 3 && told.is_sorted_by(|a, b| a < b),
        "{told:?}"
    );
}

#[test]
fn official_clients_see_the_progress() {
    let (_scratch, files) = directory("uploads-clients");
    for path in ["tests/python/progress.py", "tests/typescript/progress.mjs"] {
        let Some(client) = program(path) else {
            continue;
        };
        let listener = vendor();
        let options = options(&listener, &files);
        let endpoint = Endpoint::start(&WIWINK, &options);
        let args: Vec<&str> = ["serve"].into_iter().chain(options).collect();
        let (variable, token) = WIWINK.credentials[0];
        let stdio = json!({"command": WIWINK.program(), "args": args, "env": {variable: token}});
        let call =
            json!({"name": TOOL, "arguments": {"signature_id": 7, "content": "file:contract.pdf"}});
        let jobs = [stdio, json!({"url": endpoint.url})]
            .map(|transport| json!({"transport": transport, "call": call}));
        for told in reports(client, &json!(jobs))
            .as_array()
            .expect("a list of reports")
        {
            assert_eq!(told["failed"], false, "{path}: {told:#}");
            let progress = told["progress"].as_array().expect("a list");
            let progress: Vec<f64> = progress.iter().filter_map(Value::as_f64).collect();
            assert!(
                progress.len() > 3 && progress.is_sorted_by(|a, b| a < b),
                "{path}: {told:#}"
            );
        }
    }
}

#[test]
fn what_is_larger_than_allowed_is_told_and_not_sent() {
    let (_scratch, files) = directory("uploads-large");
    let listener = vendor();
    let mut options = options(&listener, &files);
    options[5] = "1000000";
    let mut session = Session::start(&WIWINK, &options);
    let text = BASE64_STANDARD.encode(&PDF[..1_000_001]);
    for content in ["file:contract.pdf".to_owned(), text] {
        let told = session
            .call(TOOL, json!({"signature_id": 7, "content": content}))
            .failure();
        let why = told["mistakes"][0]["why"].as_str().expect("a reason");
        assert!(why.contains("--max-upload"), "{why}");
    }
    assert!(listener.came().is_empty());
}

#[test]
fn a_message_over_the_limit_is_answered_over_every_transport() {
    let (_scratch, files) = directory("uploads-over");
    let listener = vendor();
    let content = "A".repeat(30_000_000);
    let params = json!({"name": TOOL, "arguments": {"signature_id": 7, "content": content}});
    let call = json!({"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": params});

    let mut session = Session::start(&WIWINK, &options(&listener, &files));
    session.send(&call);
    let told = session.message();
    assert_eq!(
        (&told["id"], &told["error"]["code"]),
        (&json!(5), &json!(-32600)),
        "{told}"
    );
    assert!(
        told["error"]["message"]
            .as_str()
            .expect("a reason")
            .contains("--max-upload")
    );
    // The connection goes on.
    assert!(
        !session
            .call("get_single_wiwink_signature_by_id", json!({"id": 7}))
            .failed
    );

    let endpoint = Endpoint::start(
        &WIWINK,
        &[&options(&listener, &files)[..], &["--sse"]].concat(),
    );
    let told = endpoint.post(&[], &call);
    assert_eq!(told.status, 413, "{told:?}");
    assert!(
        told.body["error"]["message"]
            .as_str()
            .expect("a reason")
            .contains("--max-upload")
    );
    // The size is judged before the session is looked for.
    let place = endpoint.url.replace("/mcp", "/messages?session=none");
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None);
    let agent = ureq::Agent::new_with_config(agent.build());
    let told = agent
        .post(&place)
        .header("content-type", "application/json")
        .send(call.to_string());
    assert_eq!(told.expect("an answer comes").status().as_u16(), 413);
    assert!(listener.came().iter().all(|it| it.line.starts_with("GET")));
}
