//! The order of a signature's steps, in all its permutations: exactly the legal ones succeed, and each other one is told what it
//! lacks and which tool supplies that.

use acceptance::{Session, WIWINK};
use serde_json::{Value, json};

/// A step after the signature is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Document,
    Signer,
    Send,
    Cancel,
}

use Step::{Cancel, Document, Send, Signer};

/// How far a signature is, by the vendor's rules.
#[derive(Debug, Default)]
struct Signature {
    document: bool,
    signer: bool,
    sent: bool,
    cancelled: bool,
}

impl Signature {
    /// Takes a step, or says by which words the refusal is known.
    fn take(&mut self, step: Step) -> Result<(), Vec<&'static str>> {
        let is_draft = !self.sent && !self.cancelled;
        match step {
            Document | Signer if !is_draft => return Err(vec!["create_a_wiwink_signature"]),
            Document => self.document = true,
            Signer => self.signer = true,
            Send if !is_draft => return Err(vec!["get_single_wiwink_signature_by_id"]),
            Send => {
                let lacks = [
                    (!self.document).then_some("create_a_wiwink_signature_document"),
                    (!self.signer).then_some("create_a_wiwink_signer"),
                ];
                let lacks: Vec<_> = lacks.into_iter().flatten().collect();
                if !lacks.is_empty() {
                    return Err(lacks);
                }
                self.sent = true;
            }
            Cancel if !self.sent => return Err(vec!["Only a signature whose status is sent"]),
            Cancel => self.cancelled = true,
        }
        Ok(())
    }
}

/// Takes a step with the tool for it.
fn take(session: &mut Session, id: &Value, step: Step) -> Result<(), String> {
    let (tool, more) = match step {
        Document => (
            "create_a_wiwink_signature_document",
            json!({"content": "JVBERi0xLjQKJSVFT0YK"}),
        ),
        Signer => (
            "create_a_wiwink_signer",
            json!({"email": "jane@example.com"}),
        ),
        Send => ("create_a_wiwink_signature_send", json!({})),
        Cancel => ("create_a_wiwink_signature_cancel", json!({})),
    };
    let mut arguments = more;
    arguments["signature_id"] = id.clone();
    let outcome = session.call(tool, arguments);
    match outcome.failed {
        true => Err(outcome.json.to_string()),
        false => Ok(()),
    }
}

/// All orders of some steps.
fn orders(steps: &[Step]) -> Vec<Vec<Step>> {
    if steps.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in steps {
        let rest: Vec<Step> = steps.iter().copied().filter(|it| it != first).collect();
        all.extend(
            orders(&rest)
                .into_iter()
                .map(|rest| [vec![*first], rest].concat()),
        );
    }
    all
}

#[test]
fn exactly_the_legal_orders_succeed_and_each_other_is_told_what_it_lacks() {
    let mut session = Session::start(&WIWINK, &["--sandbox"]);
    let mut legal = 0;
    for order in orders(&[Document, Signer, Send, Cancel]) {
        let created = session.call("create_a_wiwink_signature", json!({"name": "Contract"}));
        let id = created.result()["id"].take();
        let mut signature = Signature::default();
        let mut is_legal = true;
        for step in &order {
            let expected = signature.take(*step);
            let came = take(&mut session, &id, *step);
            match (expected, came) {
                (Ok(()), Ok(())) => {}
                (Err(words), Err(told)) => {
                    is_legal = false;
                    for word in words {
                        assert!(
                            told.contains(word),
                            "{order:?}, {step:?}: no {word} in {told}"
                        );
                    }
                    let others = [
                        "create_a_wiwink_signature_document",
                        "create_a_wiwink_signer",
                    ];
                    let has = [signature.document, signature.signer];
                    for (tool, _) in others
                        .iter()
                        .zip(has)
                        .filter(|(_, has)| *has && *step == Send)
                    {
                        assert!(
                            !told.contains(tool),
                            "{order:?}: {tool} is not missing: {told}"
                        );
                    }
                }
                (expected, came) => panic!("{order:?}, {step:?}: {expected:?}, but {came:?}"),
            }
        }
        legal += usize::from(is_legal);
    }
    assert_eq!(
        legal, 2,
        "documents and signers come in either order, then it is sent, then cancelled"
    );
}
