//! `upload`: a new record out of a form, which keeps the bytes of its file.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Behaviour, Create, Success, Turn};
use crate::exchange::Refusal;

/// The options of `upload`.
#[derive(Deserialize)]
pub(crate) struct Upload {
    /// The part that is the file.
    part: String,
    /// Where it is kept.
    kept: Kept,
    #[serde(flatten)]
    create: Create,
}

/// The properties that hold what is known of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// Its bytes, as base64 text.
    bytes: String,
    name: String,
    size: String,
    media_type: String,
}

impl Upload {
    /// The same with its rules looked up.
    pub(crate) fn checked(mut self) -> Result<Self, String> {
        self.create = self.create.checked()?;
        Ok(self)
    }
}

impl Behaviour for Upload {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let mut files = std::mem::take(&mut turn.inputs.files).into_iter();
        if let Value::Object(body) = &mut turn.inputs.body {
            body.shift_remove(&self.part);
            if let Some(file) = files.find(|it| it.name == self.part) {
                let kept = &self.kept;
                body.insert(kept.name.clone(), json!(file.file_name));
                body.insert(kept.size.clone(), json!(file.bytes.len()));
                body.insert(kept.media_type.clone(), json!(file.media_type));
                body.insert(kept.bytes.clone(), STANDARD.encode(file.bytes).into());
            }
        }
        self.create.act(turn)
    }
}
