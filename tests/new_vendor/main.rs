//! `cargo xtask new-vendor`: of every document in `documents/`, and of three that others publish, it makes a server that
//! compiles without a warning, lists its tools, and sends the stated bytes, which Prism accepts by the same document.

mod case;
mod judged;
mod refused;
mod sent;
mod workspace;

use case::{own, published};
use workspace::Workspace;

#[test]
fn each_document_becomes_a_server_that_sends_what_is_stated() {
    let mut cases = own();
    cases.extend(published());
    let workspace = Workspace::of(&cases);
    let programs = workspace.build();
    let mut wrong = Vec::new();
    for case in &cases {
        let server = sent::Server {
            case,
            made: workspace.made(case),
            program: &programs[&case.name],
            ledger: workspace.ledger(case),
        };
        wrong.extend(server.adds_up());
        wrong.extend(server.says_what_it_guessed());
        wrong.extend(server.sends());
        wrong.extend(judged::accepted(&server));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Every construct that new-vendor promises stands in one of the documents: at least twelve, three of them others'.
#[test]
fn there_are_documents_enough() {
    assert!(own().len() >= 4, "{} documents of our own", own().len());
    for case in own() {
        assert!(!case.calls.is_empty(), "{} states no request", case.name);
    }
}
