//! One HTTP request as data: what a typed request writes itself to.

mod cookie;
mod form;
mod header;
mod pairs;
mod path;
mod query;
mod update;
mod urlencoded;

pub(crate) use self::urlencoded::encoded as urlencoded;

use std::borrow::Cow;

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
    pub query: Vec<(Cow<'static, str>, String)>,
    /// Headers that are inputs.
    pub headers: Vec<(&'static str, String)>,
    /// Cookies that are inputs; they go out in one header.
    pub cookies: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
    /// What a JSON body goes out as, where that is not `application/json`.
    pub body_type: Option<&'static str>,
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
    /// Whether the next query parameter leaves reserved characters as they are.
    reserved: bool,
    /// Query parameters in whose values these characters are not encoded.
    kept: Vec<(Cow<'static, str>, &'static str)>,
    /// Parameters and fields that are named by the keys of an input.
    free: Vec<Free>,
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
    /// Text.
    Text {
        /// What the vendor takes.
        media_type: &'static str,
        /// The text.
        text: String,
    },
    /// The parts of `multipart/form-data`.
    Form(Vec<FormPart>),
    /// The fields of `application/x-www-form-urlencoded`, decoded.
    Urlencoded(Vec<(Cow<'static, str>, String)>),
}

/// A parameter or a field that is named by a key of an input.
#[derive(Debug)]
struct Free {
    at: &'static str,
    key: String,
    is_of_body: bool,
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
            cookies: Vec::new(),
            body: Body::None,
            body_type: None,
            page: Page::default(),
            ordered_by: None,
            named: Vec::new(),
            last: None,
            save_as: None,
            input: None,
            renamed: Vec::new(),
            reserved: false,
            kept: Vec::new(),
            free: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    /// Names the input that the next part comes from, where a caller knows it by another name than the vendor.
    pub fn input(&mut self, name: &'static str) -> &mut Self {
        self.input = Some(name);
        self
    }

    /// A property of the JSON body.
    pub fn body(&mut self, name: &'static str, value: impl Wire) {
        self.of_caller(name);
        if let Some(value) = value.wire() {
            self.property(name, value);
        }
    }

    /// What a JSON body goes out as, where that is not `application/json`.
    pub fn body_type(&mut self, media_type: &'static str) {
        self.body_type = Some(media_type);
    }

    /// A body of text.
    pub fn text(&mut self, media_type: &'static str, value: impl Wire) {
        self.of_caller("body");
        if let Some(value) = value.wire() {
            let text = encode::text(value);
            self.body = Body::Text { media_type, text };
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
        self.refuse_taken_names();
        std::mem::take(&mut self.mistakes)
    }

    fn and(&mut self, name: &'static str, text: &str) {
        match self.query.iter_mut().find(|(it, _)| it == name) {
            Some((_, before)) => *before += &format!(" and {text}"),
            None => self.query.push((name.into(), text.to_owned())),
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

    /// Notes the keys of an object, each of which is a parameter or a field of its own.
    fn note_keys(&mut self, at: &'static str, value: Option<&Value>, is_of_body: bool) {
        let keys = value.and_then(Value::as_object).into_iter().flatten();
        self.free.extend(keys.map(|(key, _)| Free {
            at,
            key: key.clone(),
            is_of_body,
        }));
    }

    /// A key must not take the place of another parameter or field.
    fn refuse_taken_names(&mut self) {
        for Free {
            at,
            key,
            is_of_body,
        } in std::mem::take(&mut self.free)
        {
            let pairs = match &self.body {
                Body::Urlencoded(fields) if is_of_body => fields,
                _ => &self.query,
            };
            if pairs.iter().filter(|(name, _)| *name == key).count() > 1 {
                let key = text::ticked(&key);
                let why = format!("{key} is another input of this call; give it there");
                self.mistake(at, why);
            }
        }
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
