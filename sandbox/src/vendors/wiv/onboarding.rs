//! New customers: created, given a link, connected by what the link says, and peopled.

use serde_json::{Value, json};

use crate::behaviour::{Behaviour, Success, Turn, absent};
use crate::exchange::{Complaint, Kind, Refusal};
use crate::path::{self, Record};

/// The header that names the customer.
const IMPERSONATED: &str = "X-Wiv-Impersonated-Tenant-Id";

/// A customer that must be there.
fn customer(turn: &Turn<'_>, id: &Value) -> Result<Record, Refusal> {
    let found = turn.world.store.find("customers", id).cloned();
    found.ok_or_else(|| absent("customers", id))
}

/// Makes a record; answers it.
fn keep(turn: &mut Turn<'_>, collection: &str, record: &Value) -> Result<Record, Refusal> {
    turn.keep_new(collection, record.as_object().cloned().unwrap_or_default())
}

/// Creates a customer; two of one name are not wanted.
pub(super) struct Customer;

impl Behaviour for Customer {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let name = turn.inputs.body["name"].clone();
        let customers = turn.world.store.records("customers").iter();
        if customers
            .into_iter()
            .any(|it| path::same(path::read(it, "name"), &name))
        {
            let message = format!("There is a customer named {name} already.");
            return Err(Refusal::of(Kind::State, "name", message));
        }
        let made = keep(turn, "customers", &json!({"name": name}))?;
        Ok(turn.around(Value::Object(made), None))
    }
}

/// Makes a link for the customer that the header names.
pub(super) struct Link;

impl Behaviour for Link {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let id = path::read(&turn.inputs.headers, IMPERSONATED).clone();
        customer(turn, &id)?;
        let external = format!("ext-{}", turn.world.draw.hex(16));
        keep(
            turn,
            "links",
            &json!({"customer_id": id, "external_id": external}),
        )?;
        let template = format!("https://templates.example/{external}.yaml");
        let mut answer = turn.around(
            json!({
                "cloudformation_url": format!("https://console.aws.example/cloudformation?templateURL={template}"),
                "pre_signed_url": template, "external_id": external,
            }),
            None,
        );
        if let Some(body) = &mut answer.body {
            body["message"] =
                "Open the link in the customer's AWS account, and create the stack.".into();
        }
        Ok(answer)
    }
}

/// Connects a cloud, if what opens it fits its kind.
pub(super) struct Integration;

impl Behaviour for Integration {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let id = turn.id(None);
        customer(turn, &id)?;
        let body = turn.inputs.body.clone();
        let secret = &body["integration_secret"];
        let wanted: &[&str] = match body["type"].as_str() {
            Some("AWS") => &["role_arn", "external_id"],
            _ => &["service_account_key"],
        };
        let missing = wanted.iter().filter(|it| secret[**it].is_null());
        let missing = missing.map(|it| Complaint {
            kind: Kind::Missing,
            field: format!("integration_secret/{it}"),
            message: format!(
                "An integration of {} needs {it}.",
                path::text(&body["type"])
            ),
        });
        let missing: Vec<Complaint> = missing.collect();
        if !missing.is_empty() {
            return Err(missing.into());
        }
        if body["type"] == "AWS" {
            linked(turn, &id, &secret["external_id"])?;
        }
        let integration = json!({"customer_id": id, "type": body["type"], "name": body["name"], "status": "connecting"});
        let made = keep(turn, "integrations", &integration)?;
        Ok(turn.around(Value::Object(made), None))
    }
}

/// The external id must be that of a link of this customer.
fn linked(turn: &Turn<'_>, customer: &Value, external: &Value) -> Result<(), Refusal> {
    let links = turn.world.store.records("links").iter();
    let links = links.filter(|it| path::read(it, "customer_id") == customer);
    let links: Vec<&Value> = links.map(|it| path::read(it, "external_id")).collect();
    let message = match links.contains(&external) {
        true => return Ok(()),
        false if links.is_empty() => "This customer has no onboarding link yet.",
        false => "The external id is not that of this customer's onboarding link.",
    };
    Err(Refusal::of(
        Kind::Unprocessable,
        "integration_secret/external_id",
        message,
    ))
}

/// Invites users: all, or none.
pub(super) struct Users;

impl Behaviour for Users {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let id = turn.id(None);
        customer(turn, &id)?;
        let users = turn.inputs.body["users"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let is_known = |email: &Value| {
            let known = turn.world.store.records("users").iter();
            known.into_iter().any(|it| {
                path::read(it, "customer_id") == &id && path::same(path::read(it, "email"), email)
            })
        };
        let known: Vec<String> = users
            .iter()
            .filter(|it| is_known(&it["email"]))
            .map(|it| path::text(&it["email"]))
            .collect();
        if !known.is_empty() {
            let message = format!("Invited already: {}.", known.join(", "));
            return Err(Refusal::of(Kind::State, "users", message));
        }
        let mut invited = Vec::new();
        for user in users {
            let role = user.get("role").cloned().unwrap_or_else(|| "member".into());
            let record = json!({"customer_id": id, "email": user["email"], "role": role, "status": "invited"});
            let mut made = keep(turn, "users", &record)?;
            made.shift_remove("customer_id");
            invited.push(Value::Object(made));
        }
        Ok(turn.around(invited.into(), None))
    }
}
