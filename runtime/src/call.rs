//! One HTTP request as data: what a typed request writes itself to.

mod form;
mod update;

use serde_json::{Map, Value};

use crate::{
    conditions::{Clause, Condition, Dialect, Field, Operator},
    encode,
    input::Wire,
    mistake::Mistake,
    page::Page,
    table::Verb,
    text,
    upload::{FormPart, Upload},
};

/// One HTTP request as data: no host, no credentials.
///
/// The methods are for generated writers, which call them in the spec's order; the fields are for whoever sends it.
#[derive(Debug)]
pub struct Call {
    /// HTTP method.
    pub verb: Verb,
    /// Path below the base URL, percent-encoded.
    pub path: String,
    /// Query parameters, decoded; [`Call::query_string`] encodes them.
    pub query: Vec<(&'static str, String)>,
    /// Headers that are inputs.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
    /// Which part of the list is asked for; not yet part of query or body.
    pub page: Page,
    /// The parameter that holds the order of a list, and its input, if a caller chose one.
    pub ordered_by: Option<(&'static str, &'static str)>,
    /// Paths of the record that the caller named, which are in the answer whatever they hold.
    pub named: Vec<String>,
    /// The last value in the path: what a delete answers.
    pub last: Option<Value>,
    /// Where an answered file goes, in the directory that the operator allowed.
    pub save_as: Option<String>,
    /// The input that the next part comes from, where its name is not the vendor's.
    input: Option<&'static str>,
    /// The vendor's names, each with that of its input, where the two differ.
    renamed: Vec<(&'static str, &'static str)>,
    mistakes: Vec<Mistake>,
}

/// The body of a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Body {
    /// No body at all.
    #[default]
    None,
    /// JSON.
    Json(Value),
    /// The operations of a JSON Patch, sent as a JSON array.
    Patch(Vec<Value>),
    /// Bytes.
    Raw {
        /// What the vendor takes.
        media_type: &'static str,
        /// The file.
        upload: Upload,
    },
    /// The parts of `multipart/form-data`.
    Form(Vec<FormPart>),
}

impl Call {
    /// A call of this method and path template.
    #[must_use]
    pub fn new(verb: Verb, path: &'static str) -> Self {
        Self {
            verb,
            path: path.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Body::None,
            page: Page::default(),
            ordered_by: None,
            named: Vec::new(),
            last: None,
            save_as: None,
            input: None,
            renamed: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    /// Names the input that the next part comes from, where a caller knows it by another name than the vendor.
    pub fn input(&mut self, name: &'static str) -> &mut Self {
        self.input = Some(name);
        self
    }

    /// Fills `{name}` of the path; percent-encoded; `.`/`..`/empty are mistakes.
    pub fn path(&mut self, name: &'static str, value: impl Wire) {
        let at = self.of_caller(name);
        let Some(value) = value.wire() else { return };
        let texts = encode::texts(value.clone());
        let segment = texts.join(",");
        // These climb in the path: a dot is a dot even when it is encoded, and so is a slash to many a server.
        let climbs = |text: &str| {
            text.split(['/', '\\'])
                .any(|piece| matches!(piece, "." | ".."))
        };
        if segment.is_empty() || climbs(&segment) {
            let came = text::quoted(&segment);
            let why = format!("{came} cannot stand in a path; give the identifier of a record");
            self.mistake(at, why);
        }
        let encoded: Vec<_> = texts.iter().map(|text| encode::percent(text)).collect();
        // What was filled in before cannot be taken for a name: its braces are encoded.
        let placeholder = format!("{{{name}}}");
        self.path = self.path.replace(&placeholder, &encoded.join(","));
        self.last = Some(value);
    }

    /// A query parameter; an array repeats the name (`a=1&a=2`; for `with[]` too).
    pub fn query(&mut self, name: &'static str, value: impl Wire) {
        self.of_caller(name);
        let texts = value.wire().map(encode::texts).unwrap_or_default();
        self.query
            .extend(texts.into_iter().map(|text| (name, text)));
    }

    /// A query parameter; an array is joined by commas.
    pub fn query_comma(&mut self, name: &'static str, value: impl Wire) {
        let at = self.of_caller(name);
        let texts = value.wire().map(encode::texts).unwrap_or_default();
        if let Some(text) = texts.iter().find(|text| text.contains(',')) {
            let came = text::quoted(text);
            let why = format!("an item cannot contain a comma, which separates items; got {came}");
            self.mistake(at, why);
        }
        if !texts.is_empty() {
            self.query.push((name, texts.join(",")));
        }
    }

    /// A request header (control characters are mistakes).
    pub fn header(&mut self, name: &'static str, value: impl Wire) {
        let at = self.of_caller(name);
        let Some(value) = value.wire() else { return };
        let text = encode::texts(value).join(",");
        if text.contains(char::is_control) {
            let came = text::quoted(&text);
            let why = format!("cannot contain a line break or a control character; got {came}");
            self.mistake(at, why);
        }
        self.headers.push((name, text));
    }

    /// A property of the JSON body.
    pub fn body(&mut self, name: &'static str, value: impl Wire) {
        self.of_caller(name);
        if let Some(value) = value.wire() {
            self.property(name, value);
        }
    }

    /// States that there is a JSON object body even if no property is set.
    pub fn body_object(&mut self) {
        if !matches!(self.body, Body::Json(Value::Object(_))) {
            self.body = Body::Json(Map::new().into());
        }
    }

    /// The whole JSON body.
    pub fn whole_body(&mut self, value: impl Wire) {
        if let Some(value) = value.wire() {
            self.body = Body::Json(value);
        }
    }

    /// Items of a filter, and-ed.
    pub fn clauses<C: Dialect>(&mut self, name: &'static str, items: Vec<Condition<C>>) {
        for item in items {
            match item.text() {
                Ok(text) => self.and(name, &text),
                Err((at, why)) => self.mistake(at, why),
            }
        }
    }

    /// One clause of a filter, if there is a value. Of `is_null`, the value says whether it must hold.
    pub fn clause(
        &mut self,
        name: &'static str,
        field: Field,
        operator: Operator,
        value: impl Wire,
    ) {
        let at = self.of_caller(field.path);
        let (operator, values) = match value.wire() {
            None => return,
            Some(Value::Bool(wanted)) if operator.takes_none() => {
                (operator.when(wanted), Vec::new())
            }
            Some(Value::Array(values)) => (operator, values),
            Some(value) => (operator, vec![value]),
        };
        let clause = Clause {
            field,
            operator,
            values,
        };
        match clause.text() {
            Ok(text) => self.and(name, &text),
            Err(why) => self.mistake(at, why),
        }
    }

    /// An input of a composite read: it goes into no request of its own, and the parts' own tools take it from the arguments.
    pub fn part(&mut self, _: impl Wire) {}

    /// Which page is asked for.
    pub fn page(&mut self, page: Page) {
        self.page = page;
    }

    /// Mistakes found while writing.
    pub fn take_mistakes(&mut self) -> Vec<Mistake> {
        std::mem::take(&mut self.mistakes)
    }

    /// The query, percent-encoded, without `?`; empty when there is none. Brackets are encoded, a space is `%20`.
    #[must_use]
    pub fn query_string(&self) -> String {
        let encoded = self.query.iter().map(|(name, value)| {
            let (name, value) = (encode::percent(name), encode::percent(value));
            format!("{name}={value}")
        });
        encoded.collect::<Vec<_>>().join("&")
    }

    fn and(&mut self, name: &'static str, text: &str) {
        match self.query.iter_mut().find(|(it, _)| *it == name) {
            Some((_, before)) => *before += &format!(" and {text}"),
            None => self.query.push((name, text.to_owned())),
        }
    }

    /// The name by which a caller knows what is about to be written.
    pub(crate) fn of_caller(&mut self, name: &'static str) -> &'static str {
        let Some(input) = self.input.take() else {
            return name;
        };
        self.renamed.push((name, input));
        input
    }

    fn property(&mut self, name: &str, value: Value) {
        self.body_object();
        if let Body::Json(Value::Object(object)) = &mut self.body {
            object.insert(name.to_owned(), value);
        }
    }

    fn mistake(&mut self, at: &str, why: impl Into<String>) {
        self.mistakes.push(Mistake::new(at, why));
    }
}
