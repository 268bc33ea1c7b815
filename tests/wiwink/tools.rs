//! Arguments with which each tool works in any sandbox, and some with which it must fail.

use acceptance::Session;
use serde_json::{Value, json};

/// A PDF, in base64.
const PDF: &str = "JVBERi0xLjQKJSVFT0YK";

/// Plural names of the resources.
const PLURALS: [(&str, &str); 14] = [
    ("work", "works"),
    ("installer", "installers"),
    ("work_installer", "work_installers"),
    ("proposal", "proposals"),
    ("product", "products"),
    ("signature", "signatures"),
    ("signature_document", "signature_documents"),
    ("signer", "signers"),
    ("signature_send", "signature_sends"),
    ("signature_cancel", "signature_cancels"),
    ("customer", "customers"),
    ("contact", "contacts"),
    ("status", "statuses"),
    ("form", "forms"),
];

/// The method and the resource, in the singular, that the name of a tool says.
pub(crate) fn parts(tool: &str) -> (&str, &'static str) {
    if let Some(plural) = tool.strip_prefix("list_all_wiwink_") {
        let found = PLURALS.iter().find(|(_, it)| *it == plural);
        return ("list", found.expect("a resource").0);
    }
    let (method, rest) = tool.split_once('_').expect("a method");
    let rest = rest.trim_start_matches("single_").trim_start_matches("a_");
    let name = rest
        .trim_start_matches("wiwink_")
        .trim_end_matches("_by_id");
    let found = PLURALS.iter().find(|(it, _)| *it == name);
    (
        method,
        found.unwrap_or_else(|| panic!("{name} of {tool}")).0,
    )
}

fn plural(singular: &str) -> &'static str {
    let found = PLURALS.iter().find(|(it, _)| *it == singular);
    found.expect("a resource").1
}

/// The id of the first record of a resource.
fn id(session: &mut Session, singular: &str) -> Value {
    let list = format!("list_all_wiwink_{}", plural(singular));
    session.call(&list, json!({})).result()[0]["id"].take()
}

/// A new record.
fn made(session: &mut Session, singular: &str) -> Value {
    let tool = format!("create_a_wiwink_{singular}");
    let arguments = new(session, singular);
    session.call(&tool, arguments).result()["id"].take()
}

/// What a new record is made of.
fn new(session: &mut Session, singular: &str) -> Value {
    match singular {
        "work" => json!({"customer_id": id(session, "customer"), "title": "Boiler does not heat"}),
        "installer" => json!({"name": "Robin Hale", "city": "Seattle"}),
        "work_installer" => {
            json!({"work_id": id(session, "work"), "installer_id": id(session, "installer")})
        }
        "proposal" => json!({"customer_id": id(session, "customer"), "sub_amount": 99.9}),
        "product" => json!({"name": "Gauge", "price_retail": 24.9, "tax_percentage": 21}),
        "signature" => json!({"name": "Contract"}),
        "customer" => json!({"name": "Harbor Clinic"}),
        "contact" => json!({"customer_id": id(session, "customer"), "name": "Jane Doe"}),
        "status" => json!({"code": "waiting", "name": "Waiting", "applies_to": "works"}),
        _ => json!({"name": "Report", "fields": [{"label": "What was done", "type": "text"}]}),
    }
}

/// A draft with a document and a signer: their ids.
fn draft(session: &mut Session) -> (Value, Value) {
    let signature = made(session, "signature");
    let document = json!({"signature_id": signature, "content": PDF});
    session
        .call("create_a_wiwink_signature_document", document)
        .result();
    let signer = json!({"signature_id": signature, "email": "jane@example.com"});
    let signer = session.call("create_a_wiwink_signer", signer).result();
    (signature, signer["id"].clone())
}

/// Arguments with which a tool works.
pub(crate) fn good(session: &mut Session, tool: &str) -> Value {
    let (method, singular) = parts(tool);
    if let "signature_document" | "signer" | "signature_send" | "signature_cancel" = singular {
        return of_signature(session, method, singular);
    }
    match method {
        "list" => json!({}),
        "get" => json!({"id": id(session, singular)}),
        "create" => new(session, singular),
        // What nothing hangs on can go.
        "delete" => json!({"id": made(session, singular)}),
        _ => {
            let id = made(session, singular);
            let (name, value) = match singular {
                "work" => ("priority", json!("high")),
                "installer" => ("available", json!(false)),
                "proposal" => ("discount_amount", json!(0.9)),
                "product" => ("price_cost", json!(11.35)),
                "signature" => ("message", json!("Please sign.")),
                _ => ("name", json!("Another name")),
            };
            let mut arguments = json!({"id": id});
            arguments[name] = value;
            arguments
        }
    }
}

fn of_signature(session: &mut Session, method: &str, singular: &str) -> Value {
    let (signature, signer) = draft(session);
    match (singular, method) {
        ("signature_document", "create") => json!({"signature_id": signature, "content": PDF}),
        ("signer", "create") => json!({"signature_id": signature, "email": "ben@example.com"}),
        ("signer", "update") => {
            json!({"signature_id": signature, "signer_id": signer, "name": "Jane Doe"})
        }
        ("signer", "get" | "delete") => json!({"signature_id": signature, "signer_id": signer}),
        ("signature_cancel", _) => {
            let arguments = json!({"signature_id": signature});
            session
                .call("create_a_wiwink_signature_send", arguments.clone())
                .result();
            arguments
        }
        _ => json!({"signature_id": signature}),
    }
}

/// Arguments with which a tool must fail, and a word that the failure must say.
pub(crate) fn bad(session: &mut Session, tool: &str) -> (Value, &'static str) {
    let (method, singular) = parts(tool);
    let nobody = 999_999_999;
    match (method, singular) {
        ("list", "signer") => (json!({"signature_id": nobody}), "signatures"),
        ("list", "status") => (json!({"applies_to": "customers"}), "works"),
        ("list", _) => (json!({"with": ["boss"]}), "with[0]"),
        ("get" | "delete", "signature_document") => (json!({"signature_id": nobody}), "signatures"),
        ("get" | "update" | "delete", "signer") => (
            json!({"signature_id": nobody, "signer_id": 1, "name": "x"}),
            "",
        ),
        ("update", _) => (json!({"id": id(session, singular)}), "nothing to change"),
        ("get" | "delete", _) => (json!({"id": nobody}), "no 999999999"),
        (_, "work" | "proposal" | "contact") => {
            let mut arguments = new(session, singular);
            arguments["customer_id"] = nobody.into();
            (arguments, "list_all_wiwink_customers")
        }
        (_, "work_installer") => (
            json!({"work_id": nobody, "installer_id": 1}),
            "list_all_wiwink_works",
        ),
        (_, "product") => (
            json!({"name": "x", "price_retail": 1.005, "tax_percentage": 10}),
            "0.01",
        ),
        (_, "signature") => (json!({}), "proposal_id"),
        (_, "signature_document") => {
            let signature = made(session, "signature");
            (
                json!({"signature_id": signature, "content": "aGVsbG8="}),
                "PDF",
            )
        }
        (_, "signature_send") => {
            let signature = made(session, "signature");
            (
                json!({"signature_id": signature}),
                "create_a_wiwink_signature_document",
            )
        }
        (_, "signature_cancel") => {
            let signature = made(session, "signature");
            (
                json!({"signature_id": signature}),
                "create_a_wiwink_signature_send",
            )
        }
        (_, "status") => (
            json!({"code": "open", "name": "Open", "applies_to": "works"}),
            "list_all_wiwink_statuses",
        ),
        (_, "form") => (json!({"name": "Report", "fields": []}), "fields"),
        _ => (json!({"nme": "x"}), "`name`"),
    }
}
