//! How the text of a parameter becomes the value that its schema describes.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::description::{Parameter, Place};
use crate::exchange::Request;
use crate::form::Part;
use crate::schema::Schemas;

/// The query as an object: known parameters by their types, unknown ones as text for the judge to name.
pub(crate) fn query(request: &Request, parameters: &[Parameter], schemas: &Schemas) -> Value {
    let mut texts: Map<String, Value> = Map::new();
    for (name, text) in form_urlencoded::parse(request.query.as_bytes()) {
        let given = texts
            .entry(name)
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(given) = given {
            given.push(Value::String(text.into_owned()));
        }
    }
    let known = |name: &str| {
        parameters
            .iter()
            .find(|it| it.place == Place::Query && it.name == name)
    };
    let decoded = texts.into_iter().map(|(name, given)| {
        let given: Vec<String> = given
            .as_array()
            .into_iter()
            .flatten()
            .map(crate::path::text)
            .collect();
        let value = match known(&name) {
            Some(parameter) => value(parameter, given, schemas),
            None => Value::Array(given.into_iter().map(Value::String).collect()),
        };
        (name, value)
    });
    Value::Object(decoded.collect())
}

/// The declared headers that were sent.
pub(crate) fn headers(request: &Request, parameters: &[Parameter], schemas: &Schemas) -> Value {
    let declared = parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Header);
    let sent = declared.filter_map(|parameter| {
        let text = request.header(&parameter.name)?;
        Some((
            parameter.name.clone(),
            value(parameter, vec![text.to_owned()], schemas),
        ))
    });
    Value::Object(sent.collect())
}

/// The path's parameters.
pub(crate) fn path(
    found: &[(String, String)],
    parameters: &[Parameter],
    schemas: &Schemas,
) -> Value {
    let decoded = found.iter().map(|(name, text)| {
        let text = percent_decode_str(text).decode_utf8_lossy().into_owned();
        let parameter = parameters
            .iter()
            .find(|it| it.place == Place::Path && &it.name == name);
        let value = match parameter {
            Some(parameter) => value(parameter, vec![text], schemas),
            None => Value::String(text),
        };
        (name.clone(), value)
    });
    Value::Object(decoded.collect())
}

/// The parts of a form as an object: texts by their types, files as a text that says how many bytes they have.
pub(crate) fn form(parts: &[Part], schema: &Value, schemas: &Schemas) -> Value {
    let mut object: Map<String, Value> = Map::new();
    for part in parts {
        let property = schemas.property(schema, &part.name);
        let kind = property.and_then(|it| schemas.kind(it));
        let items = || {
            schemas
                .resolve(property?)
                .get("items")
                .and_then(|it| schemas.kind(it))
        };
        // A file without a name is no file: its schema then refuses it.
        let is_binary = |it: Option<&Value>| {
            it.is_some_and(|it| schemas.resolve(it).get("format") == Some(&"binary".into()))
        };
        let is_list = kind == Some("array");
        let value = match (&part.file_name, &part.media_type) {
            (Some(_), _) => Value::String(format!("{} bytes", part.bytes.len())),
            (None, Some(media_type)) if media_type == "application/json" => {
                serde_json::from_slice(&part.bytes).unwrap_or_default()
            }
            (None, _) if is_binary(property) => Value::Null,
            (None, _) => {
                let text = String::from_utf8_lossy(&part.bytes).into_owned();
                scalar(text, if is_list { items() } else { kind })
            }
        };
        match object.get_mut(&part.name) {
            Some(Value::Array(values)) => values.push(value),
            // Given twice, a scalar becomes an array: its schema then refuses it.
            Some(before) => *before = Value::Array(vec![before.take(), value]),
            None if is_list => drop(object.insert(part.name.clone(), Value::Array(vec![value]))),
            None => drop(object.insert(part.name.clone(), value)),
        }
    }
    Value::Object(object)
}

fn value(parameter: &Parameter, given: Vec<String>, schemas: &Schemas) -> Value {
    if schemas.kind(&parameter.schema) != Some("array") {
        // Given twice, a scalar stays an array: its schema then refuses it.
        return match <[String; 1]>::try_from(given) {
            Ok([text]) => scalar(text, schemas.kind(&parameter.schema)),
            Err(texts) => texts.into_iter().map(Value::String).collect(),
        };
    }
    let schema = schemas.resolve(&parameter.schema);
    let kind = schema.get("items").and_then(|items| schemas.kind(items));
    // A name that ends in brackets is repeated, whatever the style; so is every query array that does not say otherwise.
    let repeated = parameter.name.ends_with("[]")
        || parameter.explode.unwrap_or(parameter.place == Place::Query);
    let texts: Vec<String> = if repeated {
        given
    } else {
        given
            .iter()
            .flat_map(|text| text.split(','))
            .map(str::to_owned)
            .collect()
    };
    texts.into_iter().map(|text| scalar(text, kind)).collect()
}

/// A text by its type. What does not fit stays a text: its schema then refuses it.
fn scalar(text: String, kind: Option<&str>) -> Value {
    let read = match kind {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("number") => text.parse::<f64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    read.unwrap_or(Value::String(text))
}
