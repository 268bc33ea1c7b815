//! Makes an example call out of the examples that the document has for an operation's inputs.

use serde_json::{Map, Value};

use super::reading::Reading;
use crate::{
    api::Carrier,
    plan::{Encoding, InputPlan, ToolPlan},
};

/// The arguments of an example; none if a required input has no example, or no input has one.
pub(super) fn example(tool: &ToolPlan, reading: &Reading) -> Option<Map<String, Value>> {
    let raw = reading.raw(&tool.pointer);
    let body = body(raw, reading);
    let mut arguments = Map::new();
    for input in &tool.inputs {
        match value(input, &tool.pointer, raw, body.as_ref(), reading) {
            Some(value) if !value.is_null() => drop(arguments.insert(input.name.clone(), value)),
            _ if input.required => return None,
            _ => {}
        }
    }
    (!arguments.is_empty()).then_some(arguments)
}

fn value(
    input: &InputPlan,
    pointer: &str,
    raw: &Value,
    body: Option<&Value>,
    reading: &Reading,
) -> Option<Value> {
    match &input.encoding {
        Encoding::Path => parameter(input, "path", pointer, raw, reading),
        Encoding::Header => parameter(input, "header", pointer, raw, reading),
        Encoding::Query | Encoding::QueryComma => parameter(input, "query", pointer, raw, reading),
        Encoding::Styled(carrier, _) => {
            let place = match carrier {
                Carrier::Path => "path",
                Carrier::Query => "query",
                Carrier::Header => "header",
                Carrier::Cookie => "cookie",
            };
            parameter(input, place, pointer, raw, reading)
        }
        Encoding::Body | Encoding::Field(_) | Encoding::FormPart | Encoding::FormPartAs(_) => {
            body?.get(&input.wire).cloned()
        }
        Encoding::WholeBody => body.cloned(),
        // What a person must choose, or what the runtime fills.
        _ => None,
    }
}

fn parameter(
    input: &InputPlan,
    place: &str,
    pointer: &str,
    raw: &Value,
    reading: &Reading,
) -> Option<Value> {
    let item = pointer.rsplit_once('/').map_or("", |(item, _)| item);
    let lists = [&raw["parameters"], &reading.raw(item)["parameters"]];
    let mut all = lists
        .into_iter()
        .filter_map(Value::as_array)
        .flatten()
        .map(|it| reading.follow(it));
    let found = all.find(|it| it["in"] == place && it["name"] == input.wire.as_str())?;
    stated(found).or_else(|| stated(reading.follow(&found["schema"])))
}

/// The example of a body, or of its schema, or of each of its properties.
fn body(raw: &Value, reading: &Reading) -> Option<Value> {
    let body = reading.follow(raw.get("requestBody")?);
    let content = body["content"].as_object()?;
    let (_, media) = content
        .iter()
        .find(|(name, _)| name.contains("json"))
        .or_else(|| content.iter().next())?;
    let schema = reading.follow(&media["schema"]);
    stated(media).or_else(|| stated(schema)).or_else(|| {
        let properties = schema["properties"].as_object()?.iter();
        let stated =
            properties.filter_map(|(name, it)| Some((name.clone(), stated(reading.follow(it))?)));
        Some(Value::Object(stated.collect()))
    })
}

/// `example`, or the first of `examples`.
fn stated(value: &Value) -> Option<Value> {
    let first = || match value.get("examples")? {
        Value::Object(named) => named.values().next()?.get("value").cloned(),
        Value::Array(items) => items.first().cloned(),
        _ => None,
    };
    value.get("example").cloned().or_else(first)
}
