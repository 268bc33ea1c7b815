//! Binary inputs: base64 text in, bytes in memory.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::{args::Args, input::Input};

/// Bytes, given as base64 text: standard alphabet, padded, no whitespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Input for Bytes {
    fn read(args: &mut Args) -> Self {
        let expected = "base64 text (standard alphabet, padded, no line breaks)";
        let bytes = args.take(expected, |value| {
            value.as_str().and_then(|text| STANDARD.decode(text).ok())
        });
        Self(bytes.unwrap_or_default())
    }

    fn json(self) -> Value {
        STANDARD.encode(self.0).into()
    }
}
