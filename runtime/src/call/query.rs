//! How an input stands in the query: by its style, with reserved characters encoded unless the vendor says otherwise.

use super::{
    Call,
    pairs::{self, Pair, Separator},
};
use crate::{encode, input::Wire};

/// What `allowReserved` leaves as it is: what is reserved, and neither ends a value nor is changed by those who build URLs.
/// Encoded or not, servers that decode read the same.
const RESERVED: &str = ":/?@!$()*,=";

impl Call {
    /// Leaves reserved characters of the next query parameter as they are.
    pub fn allow_reserved(&mut self) -> &mut Self {
        self.reserved = true;
        self
    }

    /// A query parameter; an array repeats the name (`a=1&a=2`; for `with[]` too), an object is a parameter for each property.
    pub fn query(&mut self, name: &'static str, value: impl Wire) {
        let at = self.of_caller(name);
        let value = value.wire();
        self.note_keys(at, value.as_ref(), false);
        let pairs = value.map(|value| pairs::exploded(name, value));
        self.ask(pairs.unwrap_or_default(), "");
    }

    /// A query parameter; what an array or an object holds is joined by commas.
    pub fn query_comma(&mut self, name: &'static str, value: impl Wire) {
        self.delimited(name, value, Separator::Comma);
    }

    /// The style `spaceDelimited`.
    pub fn query_space_delimited(&mut self, name: &'static str, value: impl Wire) {
        self.delimited(name, value, Separator::Space);
    }

    /// The style `pipeDelimited`.
    pub fn query_pipe_delimited(&mut self, name: &'static str, value: impl Wire) {
        self.delimited(name, value, Separator::Pipe);
    }

    /// The style `deepObject`: `name[key]=value`.
    pub fn query_deep_object(&mut self, name: &'static str, value: impl Wire) {
        let at = self.of_caller(name);
        let pairs = value.wire().map(|value| pairs::deep(name, value));
        match pairs.transpose() {
            Ok(pairs) => self.ask(pairs.unwrap_or_default(), ""),
            Err(why) => self.mistake(at, why),
        }
    }

    /// A query parameter that is the JSON of a value.
    pub fn query_json(&mut self, name: &'static str, value: impl Wire) {
        self.of_caller(name);
        let pairs = value.wire().map(|value| (name.into(), value.to_string()));
        self.ask(pairs.into_iter().collect(), "");
    }

    /// The query, percent-encoded, without `?`; empty when there is none. Brackets are encoded, a space is `%20`.
    #[must_use]
    pub fn query_string(&self) -> String {
        let encoded = self.query.iter().map(|(name, value)| {
            let mut kept = self.kept.iter();
            let kept = kept.find(|(it, _)| it == name).map_or("", |(_, kept)| kept);
            let (name, value) = (encode::percent(name), encode::percent_but(value, kept));
            format!("{name}={value}")
        });
        encoded.collect::<Vec<_>>().join("&")
    }

    fn delimited(&mut self, name: &'static str, value: impl Wire, separator: Separator) {
        let at = self.of_caller(name);
        let value = value.wire();
        let pair = value.map(|value| pairs::delimited(name, value, separator));
        // A comma may stand in a query, and strict servers take the list apart before they decode it.
        let kept = if separator == Separator::Comma {
            ","
        } else {
            ""
        };
        match pair.transpose() {
            Ok(pair) => self.ask(pair.flatten().into_iter().collect(), kept),
            Err(why) => self.mistake(at, why),
        }
    }

    fn ask(&mut self, pairs: Vec<Pair>, kept: &'static str) {
        let reserved = std::mem::take(&mut self.reserved);
        let kept = if reserved { RESERVED } else { kept };
        if !kept.is_empty() {
            let names = pairs.iter().map(|(name, _)| (name.clone(), kept));
            self.kept.extend(names);
        }
        self.query.extend(pairs);
    }
}
