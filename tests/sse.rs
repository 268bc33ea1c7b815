//! The older transport, off unless asked for: behind the same doors as the other, a session per stream.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
};

use acceptance::{Endpoint, WIWINK};
use serde_json::{Value, json};
use ureq::Agent;

fn agent() -> Agent {
    let agent = Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None);
    agent.build().into()
}

/// The status of a GET with these headers.
fn get(url: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = agent().get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.call().expect("an answer comes").status().as_u16()
}

/// The status of a posted message.
fn post(url: &str, message: &str) -> u16 {
    let request = agent().post(url).header("content-type", "application/json");
    request
        .send(message)
        .expect("an answer comes")
        .status()
        .as_u16()
}

/// Opens a stream; dropped, it is closed at once.
fn open(endpoint: &Endpoint) -> BufReader<TcpStream> {
    let host = endpoint.url.strip_prefix("http://").expect("http");
    let host = host.trim_end_matches("/mcp");
    let mut stream = TcpStream::connect(host).expect("it listens");
    write!(stream, "GET /sse HTTP/1.1\r\nhost: {host}\r\n\r\n").expect("it reads");
    BufReader::new(stream)
}

/// The next event of a stream: its kind and its data. What else stands between, heads of chunks and signs of life, is passed over.
fn event(stream: &mut BufReader<TcpStream>) -> (String, String) {
    let mut next = |name: &str| {
        let lines = stream.by_ref().lines().map(|it| it.expect("text"));
        let mut found = lines.filter_map(|it| it.strip_prefix(name).map(str::to_owned));
        found.next().expect("the stream goes on")
    };
    (next("event: "), next("data: "))
}

fn place(endpoint: &Endpoint, path: &str) -> String {
    endpoint.url.replace("/mcp", path)
}

#[test]
fn it_is_off_unless_asked_for() {
    let endpoint = Endpoint::start(&WIWINK, &["--sandbox"]);
    assert_eq!(get(&place(&endpoint, "/sse"), &[]), 404);
    assert_eq!(post(&place(&endpoint, "/messages?session=x"), "{}"), 404);
}

#[test]
fn a_session_lives_as_long_as_its_stream() {
    let endpoint = Endpoint::start(&WIWINK, &["--sandbox", "--sse"]);
    let open = || {
        let mut stream = open(&endpoint);
        let (kind, path) = event(&mut stream);
        assert_eq!(kind, "endpoint");
        (stream, place(&endpoint, &path))
    };
    let ((mut one, to_one), (mut other, to_other)) = (open(), open());
    assert_ne!(to_one, to_other);
    let client = json!({"name": "acceptance", "version": "1"});
    let params = json!({"protocolVersion": "2024-11-05", "capabilities": {}, "clientInfo": client});
    for (stream, to, id) in [(&mut one, &to_one, 1), (&mut other, &to_other, 2)] {
        // Line breaks between the parts of a message are no end of it.
        let message = json!({"jsonrpc": "2.0", "id": id, "method": "initialize", "params": params});
        assert_eq!(post(to, &format!("{message:#}")), 202);
        let (kind, data) = event(stream);
        assert_eq!(kind, "message");
        let answer: Value = serde_json::from_str(&data).expect("JSON");
        assert_eq!(answer["id"], id, "each session hears its own answers");
        assert_eq!(answer["result"]["protocolVersion"], "2024-11-05");
    }
    assert_eq!(post(&to_one, "no JSON"), 400);
    drop(one);
    // The server notices at its next write: the answer to a message, or a sign of life.
    let ping = json!({"jsonrpc": "2.0", "id": 3, "method": "ping"}).to_string();
    let mut statuses = std::iter::repeat_with(|| post(&to_one, &ping)).take(1000);
    assert!(
        statuses.any(|it| it == 404),
        "the session ends with its stream"
    );
    assert_eq!(post(&to_other, &ping), 202, "the other one goes on");
}

#[test]
fn its_doors_are_those_of_the_other_transport() {
    let endpoint = Endpoint::start(&WIWINK, &["--sandbox", "--sse"]);
    let url = place(&endpoint, "/sse");
    assert_eq!(get(&url, &[("host", "evil.example")]), 403);
    assert_eq!(get(&url, &[("origin", "https://evil.example")]), 403);
    assert_eq!(post(&place(&endpoint, "/messages?session=0"), "{}"), 404);
    let mut guarded = acceptance::command(
        &WIWINK,
        &["serve", "--http", "127.0.0.1:0", "--sandbox", "--sse"],
    );
    guarded.env("WIWINK_MCP_HTTP_TOKEN", "secret-token-of-the-endpoint");
    let guarded = Endpoint::of(acceptance::Running::start(guarded));
    let url = place(&guarded, "/sse");
    assert_eq!(get(&url, &[]), 401);
    assert_eq!(get(&url, &[("authorization", "Bearer wrong")]), 401);
    assert_eq!(
        get(
            &url,
            &[("authorization", "Bearer secret-token-of-the-endpoint")]
        ),
        200
    );
    assert_eq!(post(&place(&guarded, "/messages?session=0"), "{}"), 401);
}
