//! Parses YAML or JSON into a JSON value, keys in order, and notices a key that stands twice.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// A text that was parsed.
pub(super) struct Read {
    /// Its content; of a key that stands twice, the last.
    pub(super) value: Value,
    /// Whether a key stands twice somewhere.
    pub(super) has_duplicates: bool,
}

/// A text that could not be parsed.
pub(super) struct Mistake {
    /// The parser's reason.
    pub(super) reason: String,
    /// Line and column, both from 1.
    pub(super) at: (usize, usize),
}

/// Parses JSON if the text begins with a brace, else YAML.
pub(super) fn read(text: &str) -> Result<Read, Mistake> {
    let text = text.trim_start_matches('\u{feff}');
    let twice = Cell::new(false);
    let seed = Seed(&twice);
    let value = if text.trim_start().starts_with('{') {
        let mut parser = serde_json::Deserializer::from_str(text);
        seed.deserialize(&mut parser)
            .and_then(|value| parser.end().map(|()| value))
            .map_err(|it| Mistake {
                reason: it.to_string(),
                // serde_json counts the columns of a line feed from 0.
                at: (it.line().max(1), it.column().max(1)),
            })?
    } else {
        seed.deserialize(serde_yaml::Deserializer::from_str(text))
            .map_err(|it| {
                let at = it.location().map_or((1, 1), |at| (at.line(), at.column()));
                Mistake {
                    reason: it.to_string(),
                    at,
                }
            })?
    };
    Ok(Read {
        value,
        has_duplicates: twice.get(),
    })
}

/// Reads any value; the cell is set when a key stands twice.
#[derive(Clone, Copy)]
struct Seed<'a>(&'a Cell<bool>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Bool(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(Value::from(it))
    }

    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(Value::from(it))
    }

    // Beyond 64 bits only YAML's parser tells them as whole; as in JSON, the nearest double is meant.
    fn visit_i128<E: Error>(self, it: i128) -> Result<Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "the nearest is meant")]
        self.visit_f64(it as f64)
    }

    fn visit_u128<E: Error>(self, it: u128) -> Result<Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "the nearest is meant")]
        self.visit_f64(it as f64)
    }

    fn visit_f64<E: Error>(self, it: f64) -> Result<Value, E> {
        Number::from_f64(it)
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number must be finite"))
    }

    fn visit_str<E>(self, it: &str) -> Result<Value, E> {
        Ok(Value::String(it.to_owned()))
    }

    fn visit_string<E>(self, it: String) -> Result<Value, E> {
        Ok(Value::String(it))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key_seed(self)? {
            let value = entries.next_value_seed(self)?;
            if map
                .insert(
                    key_text(key).ok_or_else(|| A::Error::custom("a key must be a plain value"))?,
                    value,
                )
                .is_some()
            {
                self.0.set(true);
            }
        }
        Ok(Value::Object(map))
    }
}

/// YAML has keys that are no strings, such as the status `200`.
fn key_text(key: Value) -> Option<String> {
    match key {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(it) => Some(it.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
