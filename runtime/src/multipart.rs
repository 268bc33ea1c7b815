//! How the parts of a form become bytes: names of parts and files as they are, quotes and line breaks excluded before.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{
    attach::UNKNOWN,
    upload::{FormPart, FormValue, Upload, UploadContent},
};

/// The form of these parts.
///
/// # Errors
/// A sentence, if a media type is none.
pub(crate) fn form(parts: &[FormPart]) -> Result<Form, String> {
    // Names go out as UTF-8, as browsers send them; what `filename*` says, many a server does not read.
    let mut form = Form::new().percent_encode_noop();
    for FormPart { name, value } in parts {
        let part = match value {
            FormValue::Text(text) => Part::text(text.clone()),
            FormValue::Json(value) => typed(Part::text(value.to_string()), "application/json")?,
            FormValue::File { upload, .. } => {
                let part = Part::bytes(bytes(upload).to_vec());
                let file_name = upload.name.clone().unwrap_or_default();
                typed(part.file_name(file_name), media_type(upload))?
            }
        };
        form = form.part(*name, part);
    }
    Ok(form)
}

fn typed(part: Part, media_type: &str) -> Result<Part, String> {
    part.mime_str(media_type)
        .map_err(|_| format!("`{media_type}` is no media type"))
}

/// The bytes of a file that was made ready.
pub(crate) fn bytes(upload: &Upload) -> &[u8] {
    match &upload.content {
        UploadContent::Bytes(bytes) => bytes,
        UploadContent::Named(_) => &[],
    }
}

/// What its bytes are.
pub(crate) fn media_type(upload: &Upload) -> &str {
    upload.media_type.as_deref().unwrap_or(UNKNOWN)
}

/// The parts as people and logs see them: of a file its size, and not its bytes.
pub(crate) fn shown(parts: &[FormPart]) -> Value {
    let shown = parts.iter().map(|FormPart { name, value }| match value {
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
    format!("<{} bytes of {media_type}>", bytes(upload).len())
}
