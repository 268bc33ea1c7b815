//! The fields of an `application/x-www-form-urlencoded` body, by their styles.

use super::{
    Body, Call,
    pairs::{self, Pair, Separator},
};
use crate::{encode, input::Wire};

impl Call {
    /// States that there is a body of fields even if no field is set.
    pub fn urlencoded(&mut self) {
        if !matches!(self.body, Body::Urlencoded(_)) {
            self.body = Body::Urlencoded(Vec::new());
        }
    }

    /// A field; an array repeats it, an object is a field for each property.
    pub fn field(&mut self, name: &'static str, value: impl Wire) {
        let at = self.of_caller(name);
        let value = value.wire();
        self.note_keys(at, value.as_ref(), true);
        let pairs = value.map(|value| pairs::exploded(name, value));
        self.fields_of(pairs.unwrap_or_default());
    }

    /// A field; what an array or an object holds is joined by commas.
    pub fn field_comma(&mut self, name: &'static str, value: impl Wire) {
        self.field_of_several(name, value, Separator::Comma);
    }

    /// A field of the style `spaceDelimited`.
    pub fn field_space_delimited(&mut self, name: &'static str, value: impl Wire) {
        self.field_of_several(name, value, Separator::Space);
    }

    /// A field of the style `pipeDelimited`.
    pub fn field_pipe_delimited(&mut self, name: &'static str, value: impl Wire) {
        self.field_of_several(name, value, Separator::Pipe);
    }

    /// A field of the style `deepObject`: `name[key]=value`.
    pub fn field_deep_object(&mut self, name: &'static str, value: impl Wire) {
        let at = self.of_caller(name);
        let pairs = value.wire().map(|value| pairs::deep(name, value));
        match pairs.transpose() {
            Ok(pairs) => self.fields_of(pairs.unwrap_or_default()),
            Err(why) => self.mistake(at, why),
        }
    }

    /// A field that is the JSON of a value.
    pub fn field_json(&mut self, name: &'static str, value: impl Wire) {
        self.of_caller(name);
        let pairs = value.wire().map(|value| (name.into(), value.to_string()));
        self.fields_of(pairs.into_iter().collect());
    }

    /// The fields as they go out, if the body is one of fields: everything but letters, digits and `-._~` percent-encoded.
    #[must_use]
    pub fn fields_string(&self) -> Option<String> {
        match &self.body {
            Body::Urlencoded(fields) => Some(encoded(fields)),
            _ => None,
        }
    }

    fn field_of_several(&mut self, name: &'static str, value: impl Wire, separator: Separator) {
        let at = self.of_caller(name);
        let value = value.wire();
        let pair = value.map(|value| pairs::delimited(name, value, separator));
        match pair.transpose() {
            Ok(pair) => self.fields_of(pair.flatten().into_iter().collect()),
            Err(why) => self.mistake(at, why),
        }
    }

    /// Nothing given is no body, unless one was stated.
    fn fields_of(&mut self, pairs: Vec<Pair>) {
        match &mut self.body {
            Body::Urlencoded(fields) => fields.extend(pairs),
            body if !pairs.is_empty() => *body = Body::Urlencoded(pairs),
            _ => {}
        }
    }
}

/// The fields as they go out: everything but letters, digits and `-._~` percent-encoded.
pub(crate) fn encoded(fields: &[Pair]) -> String {
    let fields = fields.iter().map(|(name, value)| {
        let (name, value) = (encode::percent(name), encode::percent(value));
        format!("{name}={value}")
    });
    fields.collect::<Vec<_>>().join("&")
}
