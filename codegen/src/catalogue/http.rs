//! What is said of the HTTP request of a tool: where each input goes and in which form, what is sent of itself, how the answer
//! is read.

use super::words::Words;
use crate::{
    api::{Carrier, Style, StyleName},
    docs::ReadDocs,
    plan::{
        AnswerPlan, EmptyBody, Encoding, Fixed, InputPlan, ToolPlan, VendorPlan, types::RustType,
    },
    vendor::Paging,
};

/// Where an input goes.
pub(super) fn sent(input: &InputPlan, tool: &ToolPlan) -> Words {
    let wire = input.wire.as_str();
    let is_list = matches!(input.ty, RustType::List(_));
    match &input.encoding {
        Encoding::Path => Words::text("path ").and_code(format!("{{{wire}}}")),
        Encoding::Query if is_list => Words::text("query ").and_code(wire).and(", once per item"),
        Encoding::Query => Words::text("query ").and_code(wire),
        Encoding::QueryComma => Words::text("query ")
            .and_code(wire)
            .and(", joined by commas"),
        Encoding::Header => Words::text("header ").and_code(wire),
        Encoding::Styled(carrier, it) => Words::text(format!("{} ", place(*carrier)))
            .and_code(wire)
            .and(style(*it)),
        Encoding::Body => Words::text("body ").and_code(wire),
        Encoding::WholeBody => Words::text("the whole body"),
        Encoding::Replace => {
            Words::text("patch ").and_code(format!("/{}", wire.trim_start_matches('/')))
        }
        Encoding::Clear => clear(tool),
        Encoding::Raw(media_type) | Encoding::Text(media_type) => {
            Words::text("the body, as ").and_code(media_type)
        }
        Encoding::Field(it) => Words::text("form field ").and_code(wire).and(style(*it)),
        Encoding::FormPart => Words::text("form part ").and_code(wire),
        Encoding::FormPartAs(media_type) => Words::text("form part ")
            .and_code(wire)
            .and(", as ")
            .and_code(media_type),
        Encoding::File(_) => Words::text("form part ").and_code(wire).and(", as a file"),
        Encoding::FileName => Words::text("file name of form part ").and_code(wire),
        Encoding::SaveAs => Words::text("not sent"),
        Encoding::Clauses => Words::text("query ").and_code(wire).and(", as its text"),
        Encoding::Clause { field, operator } => Words::text("query ")
            .and_code(wire)
            .and(": ")
            .and_code(&field.path)
            .and(format!(" {}", operator.replace('_', " "))),
        Encoding::Order => Words::text("query ").and_code(wire),
        Encoding::Fields(_) => Words::text("query ")
            .and_code(wire)
            .and(", behind the usual ones"),
        Encoding::Page => Words::default(),
        Encoding::Part => of_parts(&input.name, tool),
    }
}

fn place(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Path => "path",
        Carrier::Query => "query",
        Carrier::Header => "header",
        Carrier::Cookie => "cookie",
    }
}

/// The style's name, where a value is not written as everybody expects.
fn style(it: Style) -> String {
    match (it.name, it.explode) {
        (StyleName::Form, _) => String::new(),
        (StyleName::Json, _) => ", as JSON".to_owned(),
        (name, true) => format!(", in the style {}, exploded", name.as_str()),
        (name, false) => format!(", in the style {}", name.as_str()),
    }
}

/// How what is named in `clear` goes out.
fn clear(tool: &ToolPlan) -> Words {
    let is_patch = tool
        .inputs
        .iter()
        .any(|it| it.encoding == Encoding::Replace);
    match is_patch {
        true => Words::text("patch ").and_code("remove").and(" of each"),
        false => Words::text("body: ").and_code("null").and(" for each"),
    }
}

/// The parts of a composite read that take an input.
fn of_parts(name: &str, tool: &ToolPlan) -> Words {
    let AnswerPlan::Parts(parts) = &tool.answer else {
        return Words::default();
    };
    let takes = |it: &ReadDocs| it.inputs.values().any(|it| it == name);
    let taking = parts.iter().filter(|(_, it)| takes(it));
    Words::text("to ").with(Words::codes(taking.map(|(key, _)| key)))
}

/// Where `limit` and `next_cursor` go.
pub(super) fn page(tool: &ToolPlan, plan: &VendorPlan) -> (Words, Words) {
    let Some(style) = tool.answer.style(&plan.docs) else {
        return Default::default();
    };
    let place = match style.r#in.as_str() {
        "body" => "body ",
        _ => "query ",
    };
    let named = |name: &str| match name.trim_start_matches('/') {
        "" => Words::default(),
        name => Words::text(place).and_code(name),
    };
    let cursor = match style.style.as_str() {
        "page" => named(&style.page),
        "offset" => named(&style.offset),
        "cursor" => named(&style.cursor),
        "forward" => named(&style.after),
        "link" => Words::text("the URL of the vendor's ")
            .and_code("Link")
            .and(" header"),
        _ => Words::default(),
    };
    (named(&style.size), cursor)
}

/// What else is to be known of the request and its answer.
pub(super) fn notes(tool: &ToolPlan, plan: &VendorPlan) -> Vec<Words> {
    let mut notes: Vec<Words> = body(tool).into_iter().collect();
    let fixed = tool.fixed.iter().map(fixed);
    let fixed = Words::joined(fixed, ", ");
    if !fixed.is_empty() {
        notes.push(Words::text("Always sent: ").with(fixed).and("."));
    }
    if let Some(it) = &tool.otherwise {
        let sent = format!("{}: {}", it.wire, it.value);
        let any_of = Words::codes(&it.any_of);
        let note = Words::text("Where none of ")
            .with(any_of)
            .and(" says yes, ");
        notes.push(note.and_code(sent).and(" is sent."));
    }
    if let Some(path) = &tool.search {
        let note = Words::text("A query too long for a URL goes out as the body of ");
        notes.push(note.and_code(format!("POST {path}")).and("."));
    }
    notes.push(answer(tool, plan));
    if let Some(check) = &tool.check {
        let note = Words::text("Looks first, through ").and_code(&check.tool);
        notes.push(note.and(", whether this step can be taken."));
    }
    notes
}

/// What the body is.
fn body(tool: &ToolPlan) -> Option<Words> {
    let is = |test: fn(&Encoding) -> bool| {
        let inputs = tool.inputs.iter().map(|it| &it.encoding);
        inputs
            .chain(tool.fixed.iter().map(|it| &it.encoding))
            .any(test)
    };
    if is(|it| matches!(it, Encoding::Replace)) {
        let note = Words::text("The body is a JSON Patch: ").and_code("replace");
        return Some(note.and(" for each input that is given."));
    }
    let form = |media_type: &str| Some(Words::text("The body is ").and_code(media_type).and("."));
    if tool.empty_body == EmptyBody::Parts || is(is_part) {
        return form("multipart/form-data");
    }
    if tool.empty_body == EmptyBody::Fields || is(|it| matches!(it, Encoding::Field(_))) {
        return form("application/x-www-form-urlencoded");
    }
    let is_json = tool.empty_body == EmptyBody::Object || is(|it| matches!(it, Encoding::Body));
    is_json.then(|| {
        let note = Words::text("The body is a JSON object");
        match &tool.body_type {
            Some(media_type) => note.and(", sent as ").and_code(media_type).and("."),
            None => note.and("."),
        }
    })
}

fn is_part(it: &Encoding) -> bool {
    matches!(
        it,
        Encoding::FormPart | Encoding::FormPartAs(_) | Encoding::File(_)
    )
}

fn fixed(it: &Fixed) -> Words {
    let place = match it.encoding {
        Encoding::Path => "path",
        Encoding::Header => "header",
        Encoding::Query | Encoding::QueryComma => "query",
        Encoding::Styled(carrier, _) => place(carrier),
        Encoding::Replace => "patch",
        Encoding::Field(_) => "form field",
        Encoding::FormPart | Encoding::FormPartAs(_) => "form part",
        _ => "body",
    };
    Words::text(format!("{place} ")).and_code(format!("{}={}", it.wire, it.value))
}

/// How the answer is read.
fn answer(tool: &ToolPlan, plan: &VendorPlan) -> Words {
    let at = |lead: &str, pointer: &str| match pointer {
        "" => Words::text(lead),
        pointer => Words::text(format!("{lead}, which the vendor puts at ")).and_code(pointer),
    };
    match &tool.answer {
        AnswerPlan::List { records, .. } => {
            let list = at("Answers a list", records);
            match tool.answer.style(&plan.docs) {
                Some(style) => list.and(format!("; pages {}.", paging(style))),
                None => list.and("; it comes whole."),
            }
        }
        AnswerPlan::Single { record } => at("Answers one record", record).and("."),
        AnswerPlan::Deleted => Words::text("Answers the id of what was deleted."),
        AnswerPlan::Nothing => Words::text("Answers that it was done."),
        AnswerPlan::File { media_type } => Words::text("Answers a file, ")
            .and_code(media_type)
            .and("."),
        AnswerPlan::Parts(_) => {
            Words::text("Answers the parts below, each under its key; they are read at once.")
        }
    }
}

fn paging(style: &Paging) -> String {
    let how = match style.style.as_str() {
        "page" => "by number",
        "offset" => "by how many records to skip",
        "cursor" => "by a token",
        "link" => "by links",
        "forward" => "by the key of the last record",
        _ => "on",
    };
    format!(
        "{how}, {} records each unless told otherwise, at most {}",
        style.default_size, style.max_size
    )
}
