//! The `next_cursor` that a model hands back: opaque text that is bound to the query it came from.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// Longest cursor that is looked at.
const LONGEST: usize = 1024 * 1024;
/// Most bytes of a position, as JSON text: whatever stands around it, the cursor is one that opens again.
pub(crate) const POSITION: usize = LONGEST / 2;

/// What a cursor says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cursor {
    /// Fingerprint of the query without its paging.
    pub(crate) query: String,
    /// The `limit` of the query, if it named one.
    pub(crate) limit: Option<u32>,
    /// Records per page.
    pub(crate) size: u32,
    /// Where the page starts: a number, or the vendor's token.
    pub(crate) position: Value,
    /// Records of the page that were shown already.
    pub(crate) skip: usize,
}

impl Cursor {
    /// The text that a model hands back.
    pub(crate) fn seal(&self) -> String {
        let Self {
            query,
            limit,
            size,
            position,
            skip,
        } = self;
        BASE64_URL_SAFE_NO_PAD.encode(json!([query, limit, size, position, skip]).to_string())
    }

    /// Reads a cursor; `None` if the text is none of ours.
    pub(crate) fn open(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        let Ok(Value::Array(parts)) = serde_json::from_slice(&bytes) else {
            return None;
        };
        let [Value::String(query), limit, size, position, skip] =
            <[Value; 5]>::try_from(parts).ok()?
        else {
            return None;
        };
        let number = |value: &Value| u32::try_from(value.as_u64()?).ok();
        Some(Self {
            query,
            limit: if limit.is_null() {
                None
            } else {
                Some(number(&limit)?)
            },
            size: number(&size)?,
            position,
            skip: number(&skip)? as usize,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_again() {
        for position in [
            json!(3),
            json!("token"),
            json!({"scroll_id": "a/b+c"}),
            Value::Null,
        ] {
            let cursor = Cursor {
                query: "f00d".into(),
                limit: Some(5),
                size: 5,
                position,
                skip: 2,
            };
            assert_eq!(Cursor::open(&cursor.seal()), Some(cursor));
        }
    }

    #[test]
    fn garbage_is_none_of_ours() {
        for text in [
            "",
            "2",
            "eyJhIjoxfQ",
            "W10",
            "not base64 at all!",
            &"A".repeat(LONGEST + 1),
        ] {
            assert_eq!(Cursor::open(text), None, "{text}");
        }
    }
}
