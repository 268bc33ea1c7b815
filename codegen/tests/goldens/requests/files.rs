//! The requests around files: forms, raw bodies, and where an answered file goes.

use runtime::{FormPart, FormValue, Upload, UploadContent};
use serde_json::json;

use super::Row;

/// A part of a form, as a line.
pub(super) fn part(part: &FormPart) -> String {
    let FormPart {
        name,
        media_type,
        value,
    } = part;
    let own = media_type.map(|it| format!(" as {it}")).unwrap_or_default();
    match value {
        FormValue::Text(text) => format!("{name}{own}: {text}"),
        FormValue::Json(value) => format!("{name}{own} as JSON: {value}"),
        FormValue::File { types, upload } => format!("{name} of {types:?}: {}", file(upload)),
    }
}

/// A file: where its bytes are, what it is called, and which input it came from.
pub(super) fn file(upload: &Upload) -> String {
    let content = match &upload.content {
        UploadContent::Bytes(bytes) => bytes.escape_ascii().to_string(),
        UploadContent::Named(name) => format!("the file {name}"),
        UploadContent::Opened(_) => "a file that is open".to_owned(),
    };
    let name = upload.name.as_ref();
    let name = name.map(|it| format!(" named {it}")).unwrap_or_default();
    format!("{content}{name} from {}", upload.at)
}

/// The requests.
pub(super) fn rows() -> Vec<Row> {
    vec![
        (
            "file_answer",
            "get_single_acme_thing_by_id",
            json!({"id": 7}),
            &["GET /things/7/picture"],
        ),
        (
            "file_answer",
            "get_single_acme_thing_by_id",
            json!({"id": 7, "save_as": "a/b.png"}),
            &["GET /things/7/picture", "save as a/b.png"],
        ),
        (
            "raw_binary",
            "replace_a_acme_thing_by_id",
            json!({"id": 7, "content": "JVBERi0A/w=="}),
            &[
                "PUT /things/7/picture",
                r"application/pdf %PDF-\x00\xff from content",
            ],
        ),
        (
            "raw_binary",
            "replace_a_acme_thing_by_id",
            json!({"id": 7, "content": "file:a/b.pdf"}),
            &[
                "PUT /things/7/picture",
                "application/pdf the file a/b.pdf from content",
            ],
        ),
        (
            "multipart",
            "create_a_acme_thing",
            json!({
                "thumbnail_name": "T", "thumbnail": "file:t.png", "owner": {"id": 3}, "labels": ["a", "b"],
                "is_new": false, "title": "Ä b", "thing_id": 7, "file_name": "a.png", "file": "data:image/png,%89PNG"
            }),
            &[
                "POST /things",
                "kind: picture",
                r#"file of ["image/png", "image/jpeg"]: \x89PNG named a.png from file"#,
                "thingId: 7",
                "title: Ä b",
                "isNew: false",
                "labels: a",
                "labels: b",
                r#"owner as JSON: {"id":3}"#,
                "thumbnail of []: the file t.png from thumbnail",
                "thumbnailName: T",
            ],
        ),
        (
            "multipart",
            "create_a_acme_thing",
            json!({"file": "AA==", "thing_id": 1}),
            &[
                "POST /things",
                "kind: picture",
                r#"file of ["image/png", "image/jpeg"]: \x00 from file"#,
                "thingId: 1",
            ],
        ),
        (
            "multipart",
            "create_a_acme_thing",
            json!({"file": "AA=", "thing_id": 1, "file_name": "a/b"}),
            &[
                "file: is no base64 text (standard alphabet, padded, no line breaks), `data:` URI or `file:` with the name \
                 of a file that the operator of this server put into its directory",
                r#"file_name: must match the pattern `^[^\x00-\x1f\x7f/\\:*?"<>|]+$`, got "a/b""#,
            ],
        ),
        (
            "multipart",
            "replace_a_acme_thing_by_id",
            json!({"id": 7, "document": "AA==", "document_name": "a.pdf"}),
            &[
                "PUT /things/7",
                r"file of []: \x00 named a.pdf from document",
            ],
        ),
        (
            "multipart",
            "replace_a_acme_thing_by_id",
            json!({"id": 7}),
            &["PUT /things/7"],
        ),
    ]
}
