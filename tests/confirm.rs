//! A person's yes before a tool changes something: asked for through official clients on both forms of the protocol, given,
//! refused, and impossible to ask for.

use std::process::Command;

use acceptance::{Endpoint, Session, WIWINK, command, program, reports};
use serde_json::{Value, json};

const LIST: &str = "list_all_wiwink_contacts";
const DELETE: &str = "delete_a_wiwink_contact_by_id";
const OLD: &str = "2025-11-25";
const NEW: &str = "2026-07-28";

/// What a client is to do, and whether it must come to a question.
struct Job {
    transport: Value,
    revision: &'static str,
    answer: Option<&'static str>,
    can_be_asked: bool,
}

/// Lets a client delete a contact of servers of its own, over each transport, each revision, with each answer.
fn carry_out(client: Command, older: bool) {
    let program = WIWINK.program();
    let options = ["serve", "--sandbox", "--confirm", "destructive"];
    let stdio = json!({"command": program, "args": options});
    let mut jobs = Vec::new();
    let mut endpoints = Vec::new();
    for answer in [Some("accept"), Some("decline"), Some("cancel"), None] {
        let endpoint =
            Endpoint::start(&WIWINK, &["--sandbox", "--sse", "--confirm", "destructive"]);
        let http = json!({"url": endpoint.url});
        let sse = json!({"sse": endpoint.url.replace("/mcp", "/sse")});
        endpoints.push(endpoint);
        // Streamable HTTP keeps no session here, so nothing can be asked in between before the newest revision.
        for (transport, revision, can_ask) in [
            (&stdio, OLD, true),
            (&stdio, NEW, true),
            (&http, OLD, false),
            (&http, NEW, true),
            (&sse, OLD, true),
        ] {
            if older || transport != &sse {
                jobs.push(Job {
                    transport: transport.clone(),
                    revision,
                    answer,
                    can_be_asked: can_ask && answer.is_some(),
                });
            }
        }
    }
    let orders = jobs.iter().map(|it| {
        json!({"transport": it.transport, "revision": it.revision, "answer": it.answer, "list": LIST, "tool": DELETE})
    });
    let told = reports(client, &orders.collect());
    for (job, told) in jobs.iter().zip(told.as_array().expect("a list of reports")) {
        job.check(told);
    }
}

impl Job {
    fn check(&self, told: &Value) {
        assert_eq!(told["revision"], self.revision, "{told:#}");
        assert_eq!(
            told["wrong"], "invalid_arguments",
            "nobody is asked what cannot be sent"
        );
        let asked = told["asked"].as_array().expect("a list");
        assert_eq!(asked.len(), usize::from(self.can_be_asked), "{told:#}");
        if let Some(question) = asked.first() {
            let question = question.as_str().expect("a text");
            assert!(question.contains("Delete a contact"), "{question}");
            assert!(
                question.contains(&format!("id: {}", told["id"])),
                "{question}"
            );
        }
        if self.can_be_asked && self.answer == Some("accept") {
            assert_eq!(told["failed"], false, "{told:#}");
        } else {
            assert_eq!(told["done"]["error"], "not_confirmed", "{told:#}");
            let why = told["done"]["message"].as_str().expect("a reason");
            let expected = if self.can_be_asked {
                "did not agree"
            } else {
                "cannot ask"
            };
            assert!(why.contains(expected), "{why}");
        }
    }
}

#[test]
fn the_python_client_asks_its_person() {
    if let Some(client) = program("tests/python/confirm.py") {
        carry_out(client, true);
    }
}

#[test]
fn the_typescript_client_asks_its_person() {
    if let Some(client) = program("tests/typescript/confirm.mjs") {
        carry_out(client, false);
    }
}

/// Which tools want a yes, and that behind discovery the inner tool is what counts.
#[test]
fn only_what_the_operator_named_is_asked_about() {
    let create = (
        "create_a_wiwink_contact",
        json!({"customer_id": 1, "name": "A"}),
    );
    for (confirm, reads, writes) in [
        ("never", true, true),
        ("destructive", true, true),
        ("writes", true, false),
    ] {
        let mut session = Session::start(&WIWINK, &["--sandbox", "--confirm", confirm]);
        let read = session.call(LIST, json!({"limit": 1}));
        assert_eq!(!read.failed, reads, "{confirm}");
        let write = session.call(create.0, create.1.clone());
        let is_asked = write.json["error"] == "not_confirmed";
        assert_eq!(!is_asked, writes, "{confirm}: {:#}", write.json);
    }
    let mut server = command(&WIWINK, &["serve", "--sandbox", "--confirm", "destructive"]);
    server.args(["--expose", "discovery"]);
    let mut session = Session::over(server);
    let through = |tool: &str, arguments: Value| json!({"name": tool, "arguments": arguments});
    let read = session.call("call_tool", through(LIST, json!({"limit": 1})));
    assert!(!read.failed, "{:#}", read.json);
    let told = session
        .call("call_tool", through(DELETE, json!({"id": 1})))
        .failure();
    assert_eq!(told["error"], "not_confirmed", "{told:#}");
}

/// What a look-up says cannot be done, nobody is asked about.
#[test]
fn a_step_that_comes_too_early_is_refused_before_anybody_is_asked() {
    let mut session = Session::start(&WIWINK, &["--sandbox", "--confirm", "destructive"]);
    let draft = session.call("create_a_wiwink_signature", json!({"name": "Contract"}));
    let cancel = json!({"signature_id": draft.result()["id"]});
    let told = session
        .call("create_a_wiwink_signature_cancel", cancel)
        .failure();
    assert_eq!(told["error"], "missing_steps", "{told:#}");
}
