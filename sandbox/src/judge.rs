//! Whether a request is what the spec allows. It decides this alone; behaviours see only what passed.

use std::cell::OnceCell;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::decode;
use crate::description::{Body, Endpoint, Place};
use crate::exchange::{Complaint, Kind, Refusal, Request};
use crate::form::{self, Part};
use crate::path::Record;
use crate::schema::{self, Schemas};

/// The judge of one operation's requests.
#[derive(Default)]
pub(crate) struct Judge {
    /// Built at the first request: most operations of a large API are never called.
    validator: OnceCell<Result<Validator, String>>,
}

/// What a request says, by place and type.
pub(crate) struct Inputs {
    pub(crate) path: Record,
    pub(crate) query: Record,
    pub(crate) headers: Record,
    /// The JSON body; null when there is none.
    pub(crate) body: Value,
    /// The body's bytes.
    pub(crate) content: Vec<u8>,
    /// The files of a form.
    pub(crate) files: Vec<Part>,
}

impl Judge {
    /// The request's inputs, or everything that is wrong with it.
    pub(crate) fn judge(
        &self,
        endpoint: &Endpoint,
        schemas: &Schemas,
        read_only: &[String],
        request: &Request,
        found: &[(String, String)],
    ) -> Result<Inputs, Refusal> {
        let validator = self
            .validator
            .get_or_init(|| schemas.validator(&whole(endpoint)));
        let validator = validator
            .as_ref()
            .map_err(|error| Refusal::new(Kind::Absent, error.clone()))?;
        let (body, files) = body(endpoint.body.as_ref(), request, schemas)?;
        let mut all = Map::new();
        all.insert(
            "path".to_owned(),
            decode::path(found, &endpoint.parameters, schemas),
        );
        all.insert(
            "query".to_owned(),
            decode::query(request, &endpoint.parameters, schemas),
        );
        all.insert(
            "header".to_owned(),
            decode::headers(request, &endpoint.parameters, schemas),
        );
        all.extend(body.map(|body| ("body".to_owned(), body)));
        let all = Value::Object(all);
        let mut complaints = schema::complaints(validator, &all);
        if let Some(body) = endpoint.body.as_ref() {
            complaints.extend(forbidden(body, &all["body"], schemas, read_only));
        }
        if !complaints.is_empty() {
            return Err(complaints.into());
        }
        let place = |name: &str| all[name].as_object().cloned().unwrap_or_default();
        Ok(Inputs {
            path: place("path"),
            query: place("query"),
            headers: place("header"),
            body: all["body"].clone(),
            content: request.body.clone(),
            files,
        })
    }
}

/// The schema of a whole request: `{path, query, header, body}`.
fn whole(endpoint: &Endpoint) -> Value {
    let mut properties = Map::new();
    for (name, place) in [
        ("path", Place::Path),
        ("query", Place::Query),
        ("header", Place::Header),
    ] {
        let parameters: Vec<_> = endpoint
            .parameters
            .iter()
            .filter(|it| it.place == place)
            .collect();
        let schemas: Map<String, Value> = parameters
            .iter()
            .map(|it| (it.name.clone(), it.schema.clone()))
            .collect();
        let required: Vec<&str> = parameters
            .iter()
            .filter(|it| it.required)
            .map(|it| it.name.as_str())
            .collect();
        properties.insert(name.to_owned(), json!({
            "type": "object", "properties": schemas, "required": required, "additionalProperties": false,
        }));
    }
    let mut required = Vec::new();
    if let Some(body) = &endpoint.body {
        if is_json(&body.media_type) || is_form(&body.media_type) {
            properties.insert("body".to_owned(), body.schema.clone());
        } else {
            properties.insert("body".to_owned(), json!({"type": "string", "minLength": 1}));
        }
        if body.required {
            required.push("body");
        }
    }
    json!({"type": "object", "properties": properties, "required": required})
}

/// The body as a value, and the files of a form: JSON, or, where the spec takes bytes, a text that says how many there are.
fn body(
    declared: Option<&Body>,
    request: &Request,
    schemas: &Schemas,
) -> Result<(Option<Value>, Vec<Part>), Refusal> {
    if request.body.is_empty() {
        return Ok((None, Vec::new()));
    }
    let Some(declared) = declared else {
        return Err(Refusal::new(Kind::Unknown, "This operation takes no body."));
    };
    let given = request.header("content-type").unwrap_or_default();
    if !same_media_type(given, &declared.media_type) {
        let given = if given.is_empty() {
            "no content type"
        } else {
            given
        };
        let message = format!(
            "The content type must be `{}`; the request has `{given}`.",
            declared.media_type
        );
        return Err(Refusal::of(Kind::MediaType, "Content-Type", message));
    }
    if is_form(&declared.media_type) {
        let parts = form::parts(given, &request.body)
            .map_err(|why| Refusal::new(Kind::Invalid, format!("The body is no form: {why}.")))?;
        let value = decode::form(&parts, &declared.schema, schemas);
        let is_file = |part: &Part| part.file_name.is_some();
        return Ok((Some(value), parts.into_iter().filter(is_file).collect()));
    }
    if !is_json(&declared.media_type) {
        let bytes = format!("{} bytes", request.body.len());
        return Ok((Some(Value::String(bytes)), Vec::new()));
    }
    let read = serde_json::from_slice(&request.body);
    read.map(|body| (Some(body), Vec::new()))
        .map_err(|error| Refusal::new(Kind::Invalid, format!("The body is not JSON: {error}.")))
}

fn same_media_type(given: &str, declared: &str) -> bool {
    let essence = |text: &str| {
        text.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    essence(given) == essence(declared)
}

fn is_form(media_type: &str) -> bool {
    same_media_type(media_type, "multipart/form-data")
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

/// What a body sets although only the server may.
fn forbidden(body: &Body, value: &Value, schemas: &Schemas, names: &[String]) -> Vec<Complaint> {
    let by_name = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name);
    let mut paths: Vec<String> = by_name
        .filter(|name| names.contains(name))
        .cloned()
        .collect();
    for path in schemas.read_only(&body.schema, value, "") {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let complaint = |field: String| Complaint {
        kind: Kind::ReadOnly,
        message: format!("The body property `{field}` is read-only: it must not be sent."),
        field,
    };
    paths.into_iter().map(complaint).collect()
}
