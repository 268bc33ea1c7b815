//! The order of a signature's steps, in all its permutations: exactly the legal ones succeed, and each other one is told what it
//! lacks and which tool supplies that. The tools look before they act; without that, the vendor refuses the same ones.

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

impl Step {
    fn tool(self) -> &'static str {
        match self {
            Document => "create_a_wiwink_signature_document",
            Signer => "create_a_wiwink_signer",
            Send => "create_a_wiwink_signature_send",
            Cancel => "create_a_wiwink_signature_cancel",
        }
    }

    fn arguments(self, id: &Value) -> Value {
        match self {
            Document => json!({"signature_id": id, "content": "JVBERi0xLjQKJSVFT0YK"}),
            Signer => json!({"signature_id": id, "email": "jane@example.com"}),
            Send | Cancel => json!({"signature_id": id}),
        }
    }
}

/// How far a signature is, by the vendor's rules.
#[derive(Debug, Default)]
struct Signature {
    taken: Vec<Step>,
}

/// Why a step cannot be taken.
#[derive(Debug, PartialEq, Eq)]
enum Refused {
    /// These are missing, in this order.
    Missing(Vec<Step>),
    /// It is too late.
    State,
}

impl Signature {
    fn has(&self, step: Step) -> bool {
        self.taken.contains(&step)
    }

    /// Takes a step, or says why not.
    fn take(&mut self, step: Step) -> Result<(), Refused> {
        let is_over = match step {
            Document | Signer | Send => self.has(Send) || self.has(Cancel),
            Cancel => self.has(Cancel),
        };
        if is_over {
            return Err(Refused::State);
        }
        let needs: &[Step] = match step {
            Document | Signer => &[],
            Send => &[Document, Signer],
            Cancel => &[Document, Signer, Send],
        };
        let missing: Vec<Step> = needs.iter().copied().filter(|it| !self.has(*it)).collect();
        if !missing.is_empty() {
            return Err(Refused::Missing(missing));
        }
        self.taken.push(step);
        Ok(())
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

/// Takes the steps of every order; how many orders were legal. `refused` judges what an illegal step was told.
fn take_all(options: &[&str], refused: impl Fn(&Refused, &Value, &str)) -> usize {
    let mut session = Session::start(&WIWINK, options);
    let mut legal = 0;
    for order in orders(&[Document, Signer, Send, Cancel]) {
        let created = session.call("create_a_wiwink_signature", json!({"name": "Contract"}));
        let id = created.result()["id"].take();
        let mut signature = Signature::default();
        let mut is_legal = true;
        for step in &order {
            let came = session.call(step.tool(), step.arguments(&id));
            match signature.take(*step) {
                Ok(()) => assert!(!came.failed, "{order:?}, {step:?}: {}", came.json),
                Err(why) => {
                    is_legal = false;
                    let at = format!("{order:?}, {step:?}: {}", came.json);
                    assert!(came.failed, "{at}");
                    refused(&why, &came.json, &at);
                }
            }
        }
        legal += usize::from(is_legal);
    }
    legal
}

#[test]
fn a_step_that_comes_too_early_names_exactly_what_is_missing_and_is_not_sent() {
    let legal = take_all(&["--sandbox"], |why, told, at| {
        // The vendor's own answer would be here: nothing was sent.
        assert!(told.get("vendor").is_none(), "{at}");
        match why {
            Refused::State => assert_eq!(told["error"], "wrong_state", "{at}"),
            Refused::Missing(steps) => {
                let named = told["missing"].as_array().into_iter().flatten();
                let named: Vec<&Value> = named.map(|it| &it["tool"]).collect();
                let tools: Vec<&str> = steps.iter().map(|it| it.tool()).collect();
                assert_eq!(named, tools, "{at}");
                assert_eq!(told["error"], "missing_steps", "{at}");
            }
        }
    });
    assert_eq!(
        legal, 2,
        "documents and signers come in either order, then it is sent, then cancelled"
    );
}

#[test]
fn without_the_look_the_vendor_refuses_the_same_steps_and_guidance_names_the_tools() {
    let legal = take_all(&["--sandbox", "--skip-checks"], |why, told, at| {
        assert!(told.get("vendor").is_some(), "{at}");
        let guidance = told["guidance"].to_string();
        let Refused::Missing(missing) = why else {
            assert!(guidance.contains("signature"), "{at}");
            return;
        };
        // The vendor's refusal is about the steps directly before: of a cancel, the sending.
        let steps = match missing.contains(&Send) {
            true => &[Send][..],
            false => missing,
        };
        for step in [Document, Signer, Send] {
            let is_named = guidance.contains(&format!("call {} first", step.tool()));
            assert_eq!(is_named, steps.contains(&step), "{step:?} of {at}");
        }
    });
    assert_eq!(legal, 2);
}

#[test]
fn a_look_that_fails_holds_nothing_up() {
    let mut session = Session::start(&WIWINK, &["--sandbox"]);
    let told = session.call(
        "create_a_wiwink_signature_send",
        json!({"signature_id": 999_999_999}),
    );
    assert!(told.failed);
    assert_eq!(
        told.json["statusCode"], 404,
        "the vendor's own answer: {}",
        told.json
    );
    assert!(told.json.get("vendor").is_some(), "{}", told.json);
}

#[test]
fn the_prompt_walks_through_the_steps_in_their_order() {
    let mut session = Session::start(&WIWINK, &["--sandbox"]);
    let arguments = json!({"subject": "proposal 332", "signer_email": "jane@example.com"});
    let prompt = session.ask(
        "prompts/get",
        json!({"name": "signature", "arguments": arguments}),
    );
    let text = prompt["messages"][0]["content"]["text"].as_str().unwrap();
    let steps = [
        "create_a_wiwink_signature`",
        Document.tool(),
        Signer.tool(),
        Send.tool(),
        Cancel.tool(),
    ];
    let places: Vec<_> = steps.iter().map(|it| text.find(it)).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{text}"
    );
    for part in [
        "proposal 332",
        "jane@example.com",
        "Only if I ask for it, after step 4",
        "ask whether to send",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

#[test]
fn the_catalogue_draws_the_steps_as_they_depend_on_each_other() {
    let catalogue = include_str!("../generated/wiwink/TOOLS.md");
    let diagram = catalogue.split("```mermaid\n").nth(1).expect("a diagram");
    let diagram = diagram.split("```").next().expect("its end");
    let number = |tool: &str| {
        let line = diagram
            .lines()
            .find(|it| it.ends_with(&format!("{tool}\"]")));
        let line = line.unwrap_or_else(|| panic!("no {tool} in {diagram}"));
        line.trim().split('[').next().expect("a number").to_owned()
    };
    let create = "create_a_wiwink_signature";
    for (from, to) in [
        (create, Document.tool()),
        (create, Signer.tool()),
        (Document.tool(), Send.tool()),
        (Signer.tool(), Send.tool()),
        (Send.tool(), Cancel.tool()),
    ] {
        let (from, to) = (number(from), number(to));
        let has_arrow = diagram
            .lines()
            .map(str::trim)
            .any(|it| it.starts_with(&format!("{from} -")) && it.ends_with(&format!("| {to}")));
        assert!(has_arrow, "{from} to {to} in {diagram}");
    }
}
