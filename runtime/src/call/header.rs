//! How an input stands in a header: as it is, so what a header cannot carry is a mistake.

use std::fmt::Write;

use serde_json::Value;

use super::Call;
use crate::{encode::Parts, input::Wire, text};

impl Call {
    /// A request header; what an array or an object holds is joined by commas.
    pub fn header(&mut self, name: &'static str, value: impl Wire) {
        self.send_header(name, value, false);
    }

    /// A request header; an object exploded: `role=admin,level=2`.
    pub fn header_exploded(&mut self, name: &'static str, value: impl Wire) {
        self.send_header(name, value, true);
    }

    /// A request header that is the JSON of a value.
    pub fn header_json(&mut self, name: &'static str, value: impl Wire) {
        self.of_caller(name);
        let json = value.wire().map(|value| (name, ascii(&value)));
        self.headers.extend(json);
    }

    fn send_header(&mut self, name: &'static str, value: impl Wire, is_exploded: bool) {
        let at = self.of_caller(name);
        let Some(value) = value.wire() else { return };
        let text = match joined(value, is_exploded) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(why) => return self.mistake(at, why),
        };
        let came = text::quoted(&text);
        if text.contains(char::is_control) {
            let why = format!("cannot contain a line break or a control character; got {came}");
            self.mistake(at, why);
        } else if !text.is_ascii() {
            let why = format!("cannot contain a character beyond ASCII; got {came}");
            self.mistake(at, why);
        }
        self.headers.push((name, text));
    }
}

/// A value, or its parts with commas between; nothing in a part may look like what separates.
pub(super) fn joined(value: Value, is_exploded: bool) -> Result<Option<String>, String> {
    let parts = match Parts::of(value) {
        Parts::One(text) => return Ok(Some(text)),
        parts if parts.is_empty() => return Ok(None),
        parts => parts,
    };
    let separators: &[char] = match &parts {
        Parts::Entries(_) if is_exploded => &[',', '='],
        _ => &[','],
    };
    let apart = |text: &String| text.find(separators).map(|at| text[at..].starts_with('='));
    let row = match parts {
        Parts::Entries(entries) if is_exploded => {
            let texts = entries.iter().flat_map(|(key, value)| [key, value]);
            refuse(texts, apart)?;
            let pairs = entries.iter().map(|(key, value)| format!("{key}={value}"));
            pairs.collect()
        }
        parts => {
            let row = parts.row();
            refuse(row.iter(), apart)?;
            row
        }
    };
    Ok(Some(row.join(",")))
}

/// A mistake at the first text that would be more than one.
fn refuse<'a>(
    mut texts: impl Iterator<Item = &'a String>,
    apart: impl Fn(&String) -> Option<bool>,
) -> Result<(), String> {
    let found = texts.find_map(|text| Some((text, apart(text)?)));
    found.map_or(Ok(()), |(text, is_equals_sign)| {
        let came = text::quoted(text);
        let (what, of) = if is_equals_sign {
            ("an equals sign", "names and values")
        } else {
            ("a comma", "items")
        };
        Err(format!(
            "an item cannot contain {what}, which separates {of}; got {came}"
        ))
    })
}

/// JSON whose characters beyond ASCII are escaped.
fn ascii(value: &Value) -> String {
    let mut escaped = String::new();
    for character in value.to_string().chars() {
        if character.is_ascii() && character != '\x7f' {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}
