//! The sandbox, its records as they are, and a program that serves them.

use acceptance::{Session, Vendor};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};
use ureq::Agent;

/// Lists of one tool that are looked at, one per parent: enough for seeds of a handful of records each.
const MOST_LISTS: usize = 60;

/// A list that the path of its tool does not name alone. Inputs stand behind the vendor's name for each.
struct BesideThePath {
    tool: &'static str,
    /// The kind of its parent.
    kind: (&'static str, &'static str),
    /// The id of its parent.
    id: (&'static str, &'static str),
}

const BESIDE_THE_PATH: [BesideThePath; 2] = [
    BesideThePath {
        tool: "list_all_connect_wise_psa_audit_trail_entries",
        kind: ("type", "type"),
        id: ("id", "id"),
    },
    BesideThePath {
        tool: "list_all_connect_wise_psa_documents",
        kind: ("recordType", "record_type"),
        id: ("recordId", "record_id"),
    },
];

/// A sandbox, and what is needed to talk to it.
pub(crate) struct World {
    vendor: &'static Vendor,
    running: sandbox::Running,
    agent: Agent,
    ledger: String,
}

/// The records of a list, unfiltered, and the arguments that name it.
pub(crate) struct List {
    /// The parent's ids.
    pub(crate) arguments: Value,
    /// All its records, whole.
    pub(crate) records: Vec<Value>,
    /// Whether its tool answers their number only.
    is_count: bool,
    /// Whether its tool can be asked for some fields only.
    has_fields: bool,
}

/// What a list, or a count, answered.
#[derive(Debug)]
pub(crate) enum Answered {
    /// The ids of the records.
    Ids(Vec<Value>),
    /// Their number.
    Count(usize),
}

impl World {
    /// Starts the sandbox of a vendor.
    pub(crate) fn start(vendor: &'static Vendor) -> Self {
        let read = |file: &str| {
            std::fs::read_to_string(vendor.generated().join(file)).expect("the vendor is generated")
        };
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None);
        let order = sandbox::Order {
            seed: 1,
            switches: &[],
            tls: false,
        };
        Self {
            vendor,
            running: sandbox::start(&read("sandbox.json"), &order).expect("the sandbox starts"),
            agent: agent.build().into(),
            ledger: read("LEDGER.md"),
        }
    }

    /// The vendor's program, in front of this sandbox.
    pub(crate) fn session(&self) -> Session {
        let variable = |name: &str| format!("{}_{}", self.vendor.folder, name).to_uppercase();
        let credentials = self.running.credentials.iter();
        // A vendor's credentials are static; these live as long as the test.
        let credentials: Vec<(&'static str, &'static str)> = credentials
            .map(|(name, value)| (&*variable(name).leak(), &*value.clone().leak()))
            .collect();
        let vendor = Vendor {
            credentials: credentials.leak(),
            ..*self.vendor
        };
        Session::start(&vendor, &["--base-url", &self.running.base_url])
    }

    /// The lists that a tool can answer which have something to tell apart; the longest first.
    pub(crate) fn lists(&self, tool: &str, listing: &Value) -> Vec<List> {
        let path = self.path(tool);
        let named = match BESIDE_THE_PATH.iter().find(|it| it.tool == tool) {
            Some(beside) => self.beside(&path, beside),
            None => self.below(path.strip_suffix("/count").unwrap_or(&path), listing),
        };
        let lists = named.into_iter().map(|(path, arguments)| List {
            arguments: arguments.into(),
            records: self.records(&path),
            is_count: self.path(tool).ends_with("/count"),
            has_fields: listing["inputSchema"]["properties"].get("fields").is_some(),
        });
        let mut found: Vec<_> = lists.filter(|it| it.records.len() > 1).collect();
        found.sort_by_key(|it| std::cmp::Reverse(it.records.len()));
        found
    }

    /// The lists of a path, one per parent, and the arguments that name each.
    fn below(&self, path: &str, listing: &Value) -> Vec<(String, Map<String, Value>)> {
        let schema = &listing["inputSchema"];
        let required = schema["required"].as_array().into_iter().flatten();
        let required: Vec<&str> = required.filter_map(Value::as_str).collect();
        let names = schema["properties"].as_object().into_iter().flatten();
        let names: Vec<&String> = names
            .map(|(name, _)| name)
            .filter(|name| required.contains(&name.as_str()))
            .collect();
        let parents = self.parents(path).into_iter().take(MOST_LISTS);
        parents
            .map(|(path, ids)| {
                (
                    path,
                    names.iter().map(|it| (*it).clone()).zip(ids).collect(),
                )
            })
            .collect()
    }

    /// The lists of a path whose query names them, one per ticket.
    fn beside(&self, path: &str, beside: &BesideThePath) -> Vec<(String, Map<String, Value>)> {
        let (kind, id) = (beside.kind, beside.id);
        let tickets = self.records("/service/tickets");
        tickets
            .into_iter()
            .map(|ticket| {
                let path = format!("{path}?{}=Ticket&{}={}", kind.0, id.0, ticket["id"]);
                let arguments = [(kind.1, json!("Ticket")), (id.1, ticket["id"].clone())];
                let arguments = arguments.map(|(name, value)| (name.to_owned(), value));
                (path, arguments.into_iter().collect())
            })
            .collect()
    }

    /// The path of a tool's operation.
    fn path(&self, tool: &str) -> String {
        let row = self
            .ledger
            .lines()
            .find(|it| it.contains(&format!("[`{tool}`](")));
        let row = row.unwrap_or_else(|| panic!("{tool} is not in the ledger"));
        let operation = row
            .split('`')
            .nth(1)
            .expect("a row begins with its operation");
        operation
            .split_once(' ')
            .expect("an operation has a path")
            .1
            .to_owned()
    }

    /// Every way to fill the placeholders of a path, with the ids of what stands before each.
    fn parents(&self, path: &str) -> Vec<(String, Vec<Value>)> {
        let Some((before, after)) = path.split_once('{') else {
            return vec![(path.to_owned(), Vec::new())];
        };
        let (_, after) = after.split_once('}').expect("a placeholder ends");
        let mut filled = Vec::new();
        for parent in self.records(before.trim_end_matches('/')) {
            for (path, ids) in self.parents(&format!("{before}{}{after}", parent["id"])) {
                let ids = [vec![parent["id"].clone()], ids].concat();
                filled.push((path, ids));
            }
        }
        filled
    }

    /// All records of a list.
    fn records(&self, path: &str) -> Vec<Value> {
        let credential = |wanted: &str| {
            let found = self
                .running
                .credentials
                .iter()
                .find(|(name, _)| name == wanted);
            found.map_or("", |(_, value)| value.as_str())
        };
        let user = format!("{}+{}", credential("company_id"), credential("public_key"));
        let basic = STANDARD.encode(format!("{user}:{}", credential("private_key")));
        let and = if path.contains('?') { '&' } else { '?' };
        let request = self
            .agent
            .get(format!("{}{path}{and}pageSize=1000", self.running.base_url))
            .header("authorization", format!("Basic {basic}"))
            .header("clientid", credential("client_id"))
            .header(
                "accept",
                "application/json, application/vnd.connectwise.com+json; version=2025.8",
            );
        let mut response = request.call().expect("the sandbox answers");
        let text = response
            .body_mut()
            .read_to_string()
            .expect("an answer is text");
        assert_eq!(response.status(), 200, "{path}: {text}");
        serde_json::from_str(&text).expect("a list is an array")
    }
}

/// What a tool answers, to the list's end.
pub(crate) fn answered(
    tool: &str,
    mut arguments: Value,
    list: &List,
    session: &mut Session,
) -> Result<Answered, String> {
    if list.has_fields {
        arguments["fields"] = json!(["id"]);
    }
    let mut ids = Vec::new();
    loop {
        let outcome = session.call(tool, arguments.clone());
        if outcome.failed {
            return Err(outcome.json.to_string());
        }
        let result = &outcome.json["result"];
        if list.is_count {
            let count = result["count"].as_u64().ok_or("a count has a number")?;
            return Ok(Answered::Count(
                usize::try_from(count).map_err(|it| it.to_string())?,
            ));
        }
        let records = result.as_array().ok_or("a list is an array")?;
        ids.extend(records.iter().map(|it| it["id"].clone()));
        match &outcome.json["next_cursor"] {
            Value::Null => return Ok(Answered::Ids(ids)),
            cursor => arguments["next_cursor"] = cursor.clone(),
        }
    }
}

/// The same ids, in an order of their own.
pub(crate) fn sorted(ids: &[Value]) -> Vec<String> {
    let mut ids: Vec<_> = ids.iter().map(Value::to_string).collect();
    ids.sort();
    ids
}
