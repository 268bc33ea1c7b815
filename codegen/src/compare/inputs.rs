//! The differences of two tools' inputs: how each goes out, what it is called, and what it takes.

use serde_json::Value;

use super::{Changes, ENCODING_CHANGED, INPUT_RENAMED, schema};
use crate::{
    api::{Carrier, Limit, Style},
    plan::{Encoding, InputPlan, ToolPlan, VendorPlan, schema::input_schema, types::RustType},
};

/// Compares the inputs of a tool before and after, which is called `name` now.
pub(super) fn compare(
    name: &str,
    before: (&ToolPlan, &VendorPlan),
    after: (&ToolPlan, &VendorPlan),
    into: &mut Changes,
) {
    let mut was = schema_of(before.0, before.1);
    let is = schema_of(after.0, after.1);
    for (old, new) in renamed(before.0, after.0) {
        into.add(
            INPUT_RENAMED,
            name,
            &new.name,
            (&old.name).into(),
            (&new.name).into(),
        );
        rename(&mut was, &old.name, &new.name);
    }
    schema::compare(name, "", &was, &is, into);
    for new in &after.0.inputs {
        let old = before.0.inputs.iter().find(|it| it.name == new.name);
        let (was, is) = (old.map(way), way(new));
        if let Some(was) = was.filter(|it| *it != is) {
            into.words(ENCODING_CHANGED, name, &new.name, &was, &is);
        }
    }
}

/// The schema of a tool's inputs, and in words of our own what no keyword of it says.
fn schema_of(tool: &ToolPlan, plan: &VendorPlan) -> Value {
    let mut schema = input_schema(tool, &plan.types);
    for input in &tool.inputs {
        let Some(property) = schema["properties"].get_mut(&input.name) else {
            continue;
        };
        for limit in &input.limits {
            match limit {
                Limit::MaxBytes(most) => property["maxBytes"] = (*most).into(),
                Limit::MaxDepth(most) => property["maxDepth"] = (*most).into(),
                Limit::Without(keys) => property["without"] = keys.clone().into(),
                _ => {}
            }
        }
        if input.ty == RustType::Decimal {
            property["decimal"] = true.into();
        }
    }
    schema
}

/// Inputs that go out in the same way, and are called otherwise.
fn renamed<'a>(before: &'a ToolPlan, after: &'a ToolPlan) -> Vec<(&'a InputPlan, &'a InputPlan)> {
    let has = |tool: &ToolPlan, name: &str| tool.inputs.iter().any(|it| it.name == name);
    let gone = before.inputs.iter().filter(|it| !has(after, &it.name));
    let pairs = gone.filter_map(|old| {
        let mut new = after.inputs.iter().filter(|it| !has(before, &it.name));
        let new = new.find(|it| !it.wire.is_empty() && way(it) == way(old))?;
        Some((old, new))
    });
    pairs.collect()
}

/// Gives a property of a schema another name.
fn rename(schema: &mut Value, from: &str, to: &str) {
    if let Some(properties) = schema["properties"].as_object_mut()
        && let Some(value) = properties.shift_remove(from)
    {
        properties.insert(to.to_owned(), value);
    }
    for name in schema["required"].as_array_mut().into_iter().flatten() {
        if name == from {
            *name = to.into();
        }
    }
}

/// How an input goes out, and under which name.
fn way(input: &InputPlan) -> String {
    let way = match &input.encoding {
        // How many paths are usual is no matter of encoding.
        Encoding::Fields(_) => "fields".to_owned(),
        encoding => words(encoding),
    };
    match input.wire.as_str() {
        "" => way,
        wire => format!("{way} `{wire}`"),
    }
}

fn words(encoding: &Encoding) -> String {
    let word = match encoding {
        Encoding::Path => "in the path, as",
        Encoding::Query => "in the query, repeated, as",
        Encoding::QueryComma => "in the query, joined by commas, as",
        Encoding::Header => "in the header",
        Encoding::Body => "in the JSON body, as",
        Encoding::WholeBody => "as the whole JSON body",
        Encoding::Replace => "in a JSON Patch, as",
        Encoding::Styled(carrier, style) => return styled(*carrier, *style),
        Encoding::Text(media_type) => return format!("as a body of `{media_type}`,"),
        Encoding::Field(style) => return format!("in the form{}, as", manner(*style)),
        Encoding::FormPart => "in the form, as",
        Encoding::FormPartAs(media_type) => return format!("in the form, as `{media_type}`, as"),
        other => return format!("{other:?}"),
    };
    word.to_owned()
}

fn styled(carrier: Carrier, style: Style) -> String {
    let place = match carrier {
        Carrier::Path => "in the path",
        Carrier::Query => "in the query",
        Carrier::Header => "in the header",
        Carrier::Cookie => "in the cookie",
    };
    format!("{place}{}, as", manner(style))
}

/// In which style, in words.
fn manner(style: Style) -> String {
    let exploded = if style.explode { ", exploded" } else { "" };
    let reserved = if style.allow_reserved {
        ", reserved characters as they are"
    } else {
        ""
    };
    format!(", in the style {}{exploded}{reserved}", style.name.as_str())
}
