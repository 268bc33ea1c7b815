//! What the values of `sandbox.yaml` stand for.
//!
//! | written | means |
//! |---|---|
//! | `$works.2`, `$works.leak` | a reference to that record: what the collection's `reference` lists of it, or its id |
//! | `$works.2/address/city` | a property of that record |
//! | `$like: leak` in a record | what that record of the collection says, but for what this one says; `$none`: not that property |
//! | `@now-2h`, `@date-3d`, `@day-1d 14:30` | a time (see `clock`) |
//! | `{company}` in a text | the next of that pool |
//! | `{@name}` in a text | a property made earlier in the same record |
//! | `{@name:slug}`, `{@name:word}`, `{@name:lower}` | its letters and digits: `acme-corp`, `AcmeCorp`, `acmecorp` |
//! | `{$works.2/id}` in a text | a property of another record |
//! | `{digits:5}`, `{hex:8}`, `{uuid}`, `{n}` in a text | drawn; `n` is the record's number in its collection |
//! | `{$one_of: […]}`, `{$cycle: […]}` | one of the values: drawn, or by the record's number |
//! | `{$pick: works}` | a reference to any record of a collection |
//! | `{$via: contact, in: contacts, get: company}` | `get` of the record of `contacts` that the property `contact` refers to |
//! | `{$int: [1, 9]}`, `{$money: [10, 99]}` | a number, drawn; with two decimals |
//! | `{$ago: [1d, 30d]}` | a time that lies so long back, drawn |

use serde_json::{Map, Value};

use super::clock;
use super::draw::Draw;
use crate::path::{self, Record};
use crate::store::Store;

/// What a value is expanded with.
pub(crate) struct Soil<'a> {
    pub(crate) draw: &'a mut Draw,
    pub(crate) store: &'a Store,
    pub(crate) now: i64,
    /// The record's number in its collection.
    pub(crate) number: usize,
}

impl Soil<'_> {
    /// Expands each property of a record, in order.
    pub(crate) fn record(
        &mut self,
        template: &Map<String, Value>,
        made: &mut Record,
    ) -> Result<(), String> {
        for (name, template) in template {
            let value = self
                .value(template, made)
                .map_err(|error| format!("{name}: {error}"))?;
            path::write(made, name, value);
        }
        Ok(())
    }

    /// Expands one value. `made` is what the record has so far.
    pub(crate) fn value(&mut self, template: &Value, made: &Record) -> Result<Value, String> {
        match template {
            Value::String(text) if text.starts_with('$') => {
                self.store.refer(text.trim_start_matches('$'))
            }
            Value::String(text) if text.starts_with('@') => {
                clock::read(text, self.now).map(Value::String)
            }
            Value::String(text) => self.text(text, made).map(Value::String),
            Value::Array(items) => items.iter().map(|item| self.value(item, made)).collect(),
            Value::Object(object) => match object.keys().find(|key| key.starts_with('$')) {
                Some(_) => self.command(object, made),
                None => {
                    let pairs = object
                        .iter()
                        .map(|(name, item)| Ok((name.clone(), self.value(item, made)?)));
                    pairs
                        .collect::<Result<Map<String, Value>, String>>()
                        .map(Value::Object)
                }
            },
            scalar => Ok(scalar.clone()),
        }
    }

    fn command(&mut self, object: &Map<String, Value>, made: &Record) -> Result<Value, String> {
        let unknown = || {
            format!(
                "`{}` is not a value that can be expanded",
                Value::Object(object.clone())
            )
        };
        let (command, argument) = object.iter().next().ok_or_else(unknown)?;
        match (command.as_str(), argument) {
            ("$one_of", Value::Array(choices)) => {
                let choice = choices
                    .get(self.draw.index(choices.len()))
                    .ok_or_else(unknown)?;
                self.value(choice, made)
            }
            ("$cycle", Value::Array(choices)) => {
                let choice = choices
                    .get(self.number % choices.len().max(1))
                    .ok_or_else(unknown)?;
                self.value(choice, made)
            }
            ("$pick", Value::String(collection)) => {
                let count = self.store.collection(collection)?.len();
                let index = self.draw.index(count);
                self.store.refer(&format!("{collection}.{index}"))
            }
            ("$via", Value::String(property)) => {
                let text = |key: &str| object.get(key).and_then(Value::as_str).ok_or_else(unknown);
                self.store
                    .follow(text("in")?, path::read(made, property), text("get")?)
            }
            ("$int", Value::Array(bounds)) => Ok(self.drawn(bounds).ok_or_else(unknown)?.into()),
            ("$money", Value::Array(bounds)) => {
                let whole = self.drawn(bounds).ok_or_else(unknown)?;
                let cents = self.draw.between(0, 19) * 5;
                // A price has far fewer digits than a float holds.
                format!("{whole}.{cents:02}")
                    .parse::<f64>()
                    .map(Value::from)
                    .map_err(|_| unknown())
            }
            ("$ago", Value::Array(bounds)) => {
                let mut bounds = bounds.iter().filter_map(Value::as_str).map(clock::span);
                let (Some(Some(least)), Some(Some(most))) = (bounds.next(), bounds.next()) else {
                    return Err(unknown());
                };
                Ok(Value::String(clock::zulu(
                    self.now - self.draw.between(least, most),
                )))
            }
            _ => Err(unknown()),
        }
    }

    fn drawn(&mut self, bounds: &[Value]) -> Option<i64> {
        let (low, high) = (bounds.first()?.as_i64()?, bounds.get(1)?.as_i64()?);
        Some(self.draw.between(low, high))
    }

    fn text(&mut self, text: &str, made: &Record) -> Result<String, String> {
        let mut expanded = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            expanded.push_str(before);
            expanded.push_str(&self.word(name, made)?);
            rest = after;
        }
        expanded.push_str(rest);
        Ok(expanded)
    }

    /// What stands for `{name}`.
    fn word(&mut self, name: &str, made: &Record) -> Result<String, String> {
        if let Some(property) = name.strip_prefix('@') {
            let (property, form) = property.split_once(':').unwrap_or((property, ""));
            let text = path::text(path::read(made, property));
            return Ok(match form {
                "slug" => letters(&text, "-").to_ascii_lowercase(),
                "word" => letters(&text, ""),
                "lower" => letters(&text, "").to_ascii_lowercase(),
                _ => text,
            });
        }
        if let Some(reference) = name.strip_prefix('$') {
            return self.store.refer(reference).map(|value| path::text(&value));
        }
        let (kind, count) = name.split_once(':').unwrap_or((name, ""));
        match (kind, count.parse::<usize>()) {
            ("n", _) => Ok((self.number + 1).to_string()),
            ("uuid", _) => Ok(self.draw.uuid()),
            ("hex", Ok(count)) => Ok(self.draw.hex(count)),
            ("digits", Ok(count)) => Ok(self.draw.digits(count)),
            _ => self
                .draw
                .pooled(name)
                .ok_or_else(|| format!("there is no pool `{name}`")),
        }
    }
}

/// The letters and digits of a text, something else between its words.
fn letters(text: &str, between: &str) -> String {
    let words = text
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<&str>>().join(between)
}
