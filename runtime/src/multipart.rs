//! How the parts of a form become bytes: names of parts and files as they are, quotes and line breaks excluded before.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{
    attach::UNKNOWN,
    outgoing::Meter,
    upload::{FormPart, FormValue, Upload},
};

/// The form of these parts; `meter` counts the bytes of the files as they go out.
///
/// # Errors
/// A sentence, if a media type is none, or a file cannot be read.
pub(crate) fn form(parts: Vec<FormPart>, meter: &Meter) -> Result<Form, String> {
    // Names go out as UTF-8, as browsers send them; what `filename*` says, many a server does not read.
    let mut form = Form::new().percent_encode_noop();
    for FormPart {
        name,
        media_type: own,
        value,
    } in parts
    {
        let part = match (value, own) {
            (FormValue::Text(text), None) => Part::text(text),
            (FormValue::Text(text), Some(own)) => typed(Part::text(text), own)?,
            (FormValue::Json(value), own) => typed(
                Part::text(value.to_string()),
                own.unwrap_or("application/json"),
            )?,
            (FormValue::File { mut upload, .. }, _) => {
                let (length, content) = (upload.length(), std::mem::take(&mut upload.content));
                let part = Part::stream_with_length(meter.body(content)?, length);
                let file_name = upload.name.clone().unwrap_or_default();
                typed(part.file_name(file_name), media_type(&upload))?
            }
        };
        form = form.part(name, part);
    }
    Ok(form)
}

fn typed(part: Part, media_type: &str) -> Result<Part, String> {
    part.mime_str(media_type)
        .map_err(|_| format!("`{media_type}` is no media type"))
}

/// What its bytes are.
pub(crate) fn media_type(upload: &Upload) -> &str {
    upload.media_type.as_deref().unwrap_or(UNKNOWN)
}

/// The parts as people and logs see them: of a file its size, and not its bytes.
pub(crate) fn shown(parts: &[FormPart]) -> Value {
    let shown = parts.iter().map(|FormPart { name, value, .. }| match value {
        FormValue::Text(text) => json!({"name": name, "value": text}),
        FormValue::Json(value) => json!({"name": name, "value": value}),
        FormValue::File { upload, .. } => {
            json!({"name": name, "file_name": upload.name, "value": size(upload, media_type(upload))})
        }
    });
    shown.collect()
}

/// What stands for the bytes of a file.
pub(crate) fn size(upload: &Upload, media_type: &str) -> String {
    format!("<{} bytes of {media_type}>", upload.length())
}
