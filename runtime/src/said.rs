//! What a vendor said, as it may be shown: its body as JSON or as text, without the secrets that it may echo.

use std::borrow::Cow;

use serde_json::{Error, Map, Value};

/// What stands in place of a secret.
const HIDDEN: &str = "<redacted>";

/// What must not be shown.
#[derive(Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// These texts.
    pub(crate) fn new(mut secrets: Vec<String>) -> Self {
        // Longest first: of a secret that contains another, nothing must be left.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Self(secrets)
    }

    /// These too.
    pub(crate) fn with(self, more: &[String]) -> Self {
        Self::new([self.0, more.to_vec()].concat())
    }

    /// A text without them.
    pub(crate) fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut shown = Cow::Borrowed(text);
        for secret in &self.0 {
            if shown.contains(secret.as_str()) {
                shown = Cow::Owned(shown.replace(secret, HIDDEN));
            }
        }
        shown
    }

    /// Takes them out of every text, key and number of a value.
    pub(crate) fn clean(&self, value: &mut Value) {
        match value {
            Value::Number(number) if self.0.iter().any(|secret| is_numeric(secret)) => {
                if let Cow::Owned(shown) = self.hide(&number.to_string()) {
                    *value = shown.into();
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
            Value::String(text) => {
                if let Cow::Owned(shown) = self.hide(text) {
                    *text = shown;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.clean(item)),
            Value::Object(object) => {
                object.values_mut().for_each(|child| self.clean(child));
                if object
                    .keys()
                    .any(|key| matches!(self.hide(key), Cow::Owned(_)))
                {
                    let entries = std::mem::take(object).into_iter();
                    let shown = entries.map(|(key, child)| (self.hide(&key).into_owned(), child));
                    *object = shown.collect::<Map<_, _>>();
                }
            }
        }
    }
}

/// Whether a number may contain a secret.
fn is_numeric(secret: &str) -> bool {
    secret
        .bytes()
        .all(|it| it.is_ascii_digit() || b"+-.eE".contains(&it))
}

/// A vendor's body, without secrets.
///
/// It is parsed first and searched then: in the bytes as they came, an escape (`\/`, `\u0041`) would hide a secret.
#[derive(Debug)]
pub(crate) enum Said {
    /// JSON.
    Json(Value),
    /// Nothing, or white space.
    Nothing,
    /// Anything else, and why it is not JSON.
    Text(String, Error),
}

impl Said {
    /// Reads a body.
    pub(crate) fn read(body: &[u8], secrets: &Secrets) -> Self {
        let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
        if body.trim_ascii().is_empty() {
            return Self::Nothing;
        }
        match serde_json::from_slice(body) {
            Ok(mut value) => {
                secrets.clean(&mut value);
                Self::Json(value)
            }
            Err(why) => {
                let text = String::from_utf8_lossy(body);
                Self::Text(secrets.hide(&text).into_owned(), why)
            }
        }
    }

    /// The body as JSON, if it is.
    pub(crate) fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(value) => Some(value),
            Self::Nothing | Self::Text(..) => None,
        }
    }

    /// The body as text.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Json(value) => value.to_string().into(),
            Self::Nothing => "".into(),
            Self::Text(text, _) => text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(body: &str) -> Said {
        let secrets = ["abc/def", "abc/def-longer", "12345678"].map(str::to_owned);
        Said::read(body.as_bytes(), &Secrets::new(secrets.to_vec()))
    }

    #[test]
    fn no_escape_hides_a_secret() {
        let body = r#"{"a": ["x abc\/def y", 912345678], "\u0061bc\/def-longer": null, "c": 1.5}"#;
        let shown = json!({"a": ["x <redacted> y", "9<redacted>"], "<redacted>": null, "c": 1.5});
        assert_eq!(said(body).json(), Some(&shown));
        let twice = said(r#"{"a": "abc/def", "a": 1}"#);
        assert_eq!(twice.text(), r#"{"a":1}"#);
    }

    #[test]
    fn what_is_not_json_is_searched_as_text() {
        assert_eq!(said("<p>abc/def-longer</p>").text(), "<p><redacted></p>");
        assert!(matches!(said(" \r\n"), Said::Nothing));
        assert_eq!(said("\u{feff}[1]").json(), Some(&json!([1])));
    }
}
