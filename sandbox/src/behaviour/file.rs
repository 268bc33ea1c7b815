//! `file`: bytes that a record keeps, that are made of what it says, or that every record has.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::Value;

use super::{Behaviour, File, Parent, Success, Turn, absent, broken};
use crate::exchange::Refusal;
use crate::path::{self, Record};
use crate::seed::clock;
use crate::seed::template::Soil;
use crate::vendor::World;

/// The options of `file`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Get {
    collection: String,
    #[serde(default)]
    parameter: Option<String>,
    #[serde(default)]
    parent: Option<Parent>,
    bytes: Bytes,
    /// The name that goes with them, as a template.
    #[serde(default)]
    name: Option<String>,
}

/// Where the bytes come from.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Bytes {
    /// A property of the record, as base64 text; without it, there is no file.
    Kept(String),
    /// A template, as the seed has them.
    Text(String),
    /// The same for every record, as base64 text.
    Same(String),
}

impl Behaviour for Get {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let record = turn.named(
            &self.collection,
            self.parameter.as_ref(),
            self.parent.as_ref(),
        )?;
        let bytes = match &self.bytes {
            Bytes::Kept(property) => {
                let id = turn.id(self.parameter.as_ref());
                let kept = path::read(&record, property).as_str();
                decoded(kept.ok_or_else(|| absent("files", &id))?)?
            }
            Bytes::Text(template) => expand(turn, template, &record)?.into_bytes(),
            Bytes::Same(text) => decoded(text)?,
        };
        let name = self.name.as_ref();
        let name = name
            .map(|template| expand(turn, template, &record))
            .transpose()?;
        Ok(Success {
            file: Some(File { bytes, name }),
            ..Success::default()
        })
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, Refusal> {
    STANDARD
        .decode(text)
        .map_err(|error| broken(error.to_string()))
}

fn expand(turn: &mut Turn<'_>, template: &str, record: &Record) -> Result<String, Refusal> {
    let World { store, draw, .. } = &mut *turn.world;
    let mut soil = Soil {
        draw,
        store,
        now: clock::now(),
        number: 0,
    };
    let text = soil.value(&Value::from(template), record);
    text.map(|it| path::text(&it)).map_err(broken)
}
