//! The parts of a multipart body, a raw body, and where an answered file goes.

use serde_json::Value;

use super::{Body, Call};
use crate::{
    encode,
    input::Wire,
    upload::{FormPart, FormValue, Upload},
};

impl Call {
    /// A raw body of this media type (`image/*`: what the file is).
    pub fn raw(&mut self, media_type: &'static str, content: Upload) {
        let at = self.of_caller("content");
        let upload = Upload { at, ..content };
        self.body = Body::Raw { media_type, upload };
    }

    /// States that there is a multipart body even if no part is set.
    pub fn form(&mut self) {
        if !matches!(self.body, Body::Form(_)) {
            self.body = Body::Form(Vec::new());
        }
    }

    /// A part of a multipart body: a text, JSON for an object; an array repeats it.
    pub fn form_part(&mut self, name: &'static str, value: impl Wire) {
        self.parts(name, None, value);
    }

    /// A part of a multipart body that goes out as this media type: JSON, or a text; an array repeats it.
    pub fn form_part_as(&mut self, name: &'static str, media_type: &'static str, value: impl Wire) {
        self.parts(name, Some(media_type), value);
    }

    fn parts(&mut self, name: &'static str, media_type: Option<&'static str>, value: impl Wire) {
        self.of_caller(name);
        let values = match value.wire() {
            None => return,
            Some(Value::Array(values)) => values,
            Some(value) => vec![value],
        };
        let is_json = media_type.is_some_and(|it| it.contains("json"));
        for value in values {
            let value = match value {
                Value::Object(_) | Value::Array(_) => FormValue::Json(value),
                value if is_json => FormValue::Json(value),
                value => FormValue::Text(encode::text(value)),
            };
            self.push(FormPart {
                name,
                media_type,
                value,
            });
        }
    }

    /// A part of a multipart body that is a file of one of these media types (none: of any).
    pub fn file(
        &mut self,
        name: &'static str,
        types: &'static [&'static str],
        upload: impl Into<Option<Upload>>,
    ) {
        let at = self.of_caller(name);
        if let Some(upload) = upload.into() {
            let upload = Upload { at, ..upload };
            self.push_file(name, types, upload);
        }
    }

    /// Files in a part of a multipart body, which is repeated for each.
    pub fn files(
        &mut self,
        name: &'static str,
        types: &'static [&'static str],
        uploads: impl Into<Option<Vec<Upload>>>,
    ) {
        let at = self.of_caller(name);
        for upload in uploads.into().into_iter().flatten() {
            self.push_file(name, types, Upload { at, ..upload });
        }
    }

    fn push_file(&mut self, name: &'static str, types: &'static [&'static str], upload: Upload) {
        let value = FormValue::File { types, upload };
        self.push(FormPart {
            name,
            media_type: None,
            value,
        });
    }

    /// The name of the file in a part that is there already.
    pub fn file_name(&mut self, part: &'static str, name: Option<String>) {
        let (Some(name), Body::Form(parts)) = (name, &mut self.body) else {
            return;
        };
        for it in parts.iter_mut().filter(|it| it.name == part) {
            if let FormValue::File { upload, .. } = &mut it.value {
                upload.name = Some(name.clone());
            }
        }
    }

    /// Where an answered file goes: a name in the directory that the operator allowed.
    pub fn save_as(&mut self, name: Option<String>) {
        self.save_as = name;
    }

    fn push(&mut self, part: FormPart) {
        match &mut self.body {
            Body::Form(parts) => parts.push(part),
            body => *body = Body::Form(vec![part]),
        }
    }
}
