//! Every example of a documentation record works against the sandbox, once its ids are ones that are there.
//!
//! The sandbox draws its ids and the names of people and companies, so an example cannot name them. What an example refers to is
//! replaced by the first record of the list that knows it: `company: 123` by a company's id, `owner: jdoe` by a member's identifier.

use acceptance::{CONNECTWISE_PSA, Scratch, Session, root};
use serde_json::{Map, Value, json};

/// What an input refers to: the resource with the input (empty: any), the input, and the resource whose list knows it.
const REFERENCES: &[(&str, &str, &str)] = &[
    ("agreement_additions", "product", "catalog_items"),
    ("audit_trail_entries", "id", "tickets"),
    ("contact_images", "id", "contacts"),
    ("invoice_pdfs", "id", "invoices"),
    ("member_images", "id", "members"),
    ("configurations", "type", "configuration_types"),
    (
        "configuration_type_questions",
        "type",
        "configuration_types",
    ),
    (
        "project_ticket_discussion_notes",
        "ticket",
        "project_tickets",
    ),
    ("project_ticket_notes", "ticket", "project_tickets"),
    ("project_ticket_tasks", "ticket", "project_tickets"),
    ("", "agreement", "agreements"),
    ("", "assign_to", "members"),
    ("", "board", "boards"),
    ("", "catalog_item", "catalog_items"),
    ("", "category", "knowledge_base_categories"),
    ("", "child_tickets", "tickets"),
    ("", "company", "companies"),
    ("", "configuration", "configurations"),
    ("", "contact", "contacts"),
    ("", "default_contact", "contacts"),
    ("", "holiday_list", "holiday_lists"),
    ("", "invoice", "invoices"),
    ("", "manager", "members"),
    ("", "member", "members"),
    ("", "merge_tickets", "tickets"),
    ("", "object", "tickets"),
    ("", "opportunity", "sales_opportunities"),
    ("", "owner", "members"),
    ("", "phase", "project_phases"),
    ("", "primary_sales_rep", "members"),
    ("", "project", "projects"),
    ("", "purchase_order", "purchase_orders"),
    ("", "sales_rep", "members"),
    ("", "ticket", "tickets"),
    ("", "vendor_company", "companies"),
];

/// What `charge_to_id` refers to, by `charge_to_type`, and `record_id` by `record_type`.
const KINDS: &[(&str, &str)] = &[
    ("ChargeCode", "charge_codes"),
    ("Company", "companies"),
    ("ServiceTicket", "tickets"),
    ("Ticket", "tickets"),
];

/// The order in which a resource's methods are tried: what is deleted is what was created.
const ORDER: [&str; 5] = ["list", "get", "create", "update", "delete"];

/// The documentation records, and a session with a sandbox.
struct Trial {
    docs: Value,
    session: Session,
    /// The directory whose files may be sent and saved.
    _files: Scratch,
}

#[test]
fn every_example_works() {
    let path = root().join("specs/connectwise_psa/docs.yaml");
    let text = std::fs::read_to_string(path).expect("the docs are there");
    let docs: Value = serde_yaml::from_str(&text).expect("YAML");
    let mut failures = Vec::new();
    let mut count = 0;
    // What only reads leaves the sandbox as it is; each other resource has one of its own.
    let mut readers = Trial::new(&docs);
    for (plural, resource) in object(&docs["resources"]) {
        let mut methods: Vec<&String> = object(&resource["methods"]).keys().collect();
        // Merging and the like come before the deletion.
        methods.sort_by_key(|method| ORDER.iter().position(|it| it == method).unwrap_or(3));
        let mut effects = methods.iter().map(|it| &resource["methods"][it]["effect"]);
        let mut writer = effects.any(|it| it != "read").then(|| Trial::new(&docs));
        let trial = writer.as_mut().unwrap_or(&mut readers);
        for method in methods {
            let examples = resource["methods"][method]["examples"].as_array();
            for example in examples.into_iter().flatten() {
                count += 1;
                failures.extend(trial.fails(plural, method, &example["arguments"]));
            }
        }
    }
    assert!(count > 200, "only {count} examples were tried");
    assert!(
        failures.is_empty(),
        "{} of {count}:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

impl Trial {
    /// A sandbox as it is at first.
    fn new(docs: &Value) -> Self {
        let files = Scratch::new("examples");
        std::fs::write(files.path().join("contract.pdf"), "%PDF-1.7").expect("the file is written");
        let directory = files.path().to_str().expect("a name");
        let options = ["--sandbox", "--seed", "1", "--files", directory];
        Self {
            docs: docs.clone(),
            session: Session::start(&CONNECTWISE_PSA, &options),
            _files: files,
        }
    }

    /// What is wrong with an example, if so.
    fn fails(&mut self, plural: &str, method: &str, arguments: &Value) -> Option<String> {
        let tool = tool(plural, &self.docs["resources"][plural], method);
        let arguments = self.real(plural, method, arguments);
        let outcome = self.session.call(&tool, arguments.clone());
        let says = || format!("{tool} {arguments}: {}", outcome.json["message"]);
        outcome.failed.then(says)
    }

    /// The arguments with what they refer to replaced by what is there.
    fn real(&mut self, plural: &str, method: &str, arguments: &Value) -> Value {
        let mut real = object(arguments).clone();
        let kind = &arguments["charge_to_type"];
        let kind = kind.as_str().or(arguments["record_type"].as_str());
        let kind = kind.unwrap_or_default();
        for (name, value) in &mut real {
            self.replace(plural, kind, name, value);
        }
        if plural == "ticket_configurations" && method == "delete" {
            // What is detached is what is attached, not the first configuration that there is.
            let parents = Map::from_iter([("ticket_id".to_owned(), real["ticket_id"].clone())]);
            real.insert(
                "configuration_id".to_owned(),
                self.known(plural, parents)[0]["id"].clone(),
            );
        }
        let record = &self.docs["resources"][plural]["methods"];
        if plural == "documents" && real.contains_key("id") {
            real.insert("id".to_owned(), self.document());
            return Value::Object(real);
        }
        let is_own = real.contains_key("id") && list_of(plural, kind, "id").is_none();
        if is_own && record["list"].is_object() {
            let parents = self.parents(plural);
            let parents = parents.iter().filter_map(|name| {
                let value = real.get(name)?;
                Some((name.clone(), value.clone()))
            });
            let known = self.known(plural, parents.collect());
            let chosen = if method == "delete" {
                known.last()
            } else {
                known.first()
            };
            real.insert(
                "id".to_owned(),
                chosen.map_or(Value::Null, |it| it["id"].clone()),
            );
        } else if is_own && record["get"]["reads"].is_array() {
            real.insert("id".to_owned(), self.first("boards")["id"].clone());
        }
        Value::Object(real)
    }

    /// Puts ids, and the short names of people and companies, in the place of those of the example.
    fn replace(&mut self, plural: &str, kind: &str, name: &str, value: &mut Value) {
        let Some(list) = list_of(plural, kind, name) else {
            return;
        };
        match value {
            Value::Number(_) => *value = self.first(list)["id"].clone(),
            Value::Array(ids) if ids.iter().all(Value::is_number) => {
                let known = self.known(list, Map::new());
                let others = known.iter().skip(1).map(|record| record["id"].clone());
                *ids = others.take(ids.len()).collect();
            }
            Value::String(_) if ["companies", "members", "catalog_items"].contains(&list) => {
                *value = self.first(list)["identifier"].clone();
            }
            _ => {}
        }
    }

    /// The id of a document of some ticket.
    fn document(&mut self) -> Value {
        let tickets = self.known("tickets", Map::new());
        let of_ticket = |ticket: &Value| {
            let arguments = json!({"record_type": "Ticket", "record_id": ticket["id"]});
            let tool = "list_all_connect_wise_psa_documents";
            let documents = self.session.call(tool, arguments).result();
            documents.get(0).map(|it| it["id"].clone())
        };
        let mut found = tickets.iter().filter_map(of_ticket);
        found.next().expect("a ticket has documents")
    }

    /// The first record of a list; of the first parent, where it has one.
    fn first(&mut self, plural: &str) -> Value {
        let mut parents = Map::new();
        for name in self.parents(plural) {
            let mut value = json!(0);
            self.replace(plural, "", &name, &mut value);
            parents.insert(name, value);
        }
        self.known(plural, parents).swap_remove(0)
    }

    /// The records that a list answers.
    fn known(&mut self, plural: &str, mut arguments: Map<String, Value>) -> Vec<Value> {
        arguments.insert("limit".to_owned(), json!(100));
        let tool = tool(plural, &self.docs["resources"][plural], "list");
        let outcome = self.session.call(&tool, Value::Object(arguments));
        let records = outcome.result().as_array().cloned().unwrap_or_default();
        assert!(!records.is_empty(), "{tool} answers nothing");
        records
    }

    /// The names of the path inputs of a list.
    fn parents(&self, plural: &str) -> Vec<String> {
        let record = &self.docs["resources"][plural]["methods"]["list"];
        let operation = record["operation"].as_str().unwrap_or_default();
        let steps = operation
            .split('/')
            .filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
        let name = |wire: &str| {
            let renamed = record["inputs"][wire]["rename"].as_str();
            renamed.unwrap_or(wire).to_owned()
        };
        steps.map(name).collect()
    }
}

/// The resource whose list knows what an input refers to; none where it refers to nothing that we draw.
fn list_of(plural: &str, kind: &str, name: &str) -> Option<&'static str> {
    let base = match name.strip_suffix("_ids") {
        Some(base) => format!("{base}s"),
        None => name.strip_suffix("_id").unwrap_or(name).to_owned(),
    };
    if ["charge_to", "record"].contains(&base.as_str()) {
        return KINDS
            .iter()
            .find(|(it, _)| *it == kind)
            .map(|(_, list)| *list);
    }
    let of = |resource: &str| {
        REFERENCES
            .iter()
            .find(|(it, input, _)| *it == resource && *input == base)
    };
    let (_, _, list) = of(plural).or_else(|| of(""))?;
    Some(list)
}

/// The name of a method's tool.
fn tool(plural: &str, resource: &Value, method: &str) -> String {
    if let Some(name) = resource["methods"][method]["tool"].as_str() {
        return name.to_owned();
    }
    let singular = resource["singular"].as_str().unwrap_or_default();
    match method {
        "list" => format!("list_all_connect_wise_psa_{plural}"),
        "get" => format!("get_single_connect_wise_psa_{singular}_by_id"),
        "update" | "replace" | "delete" => {
            format!("{method}_a_connect_wise_psa_{singular}_by_id")
        }
        method => format!("{method}_a_connect_wise_psa_{singular}"),
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}
