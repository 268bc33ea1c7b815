//! A file that a caller sends along: its bytes as text, or the name of one in the directory that the operator allowed.

use base64::{
    Engine as _,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::{args::Args, files::Opened, input::Input};

/// Base64 as encoders write it, and with bits that the padding cuts off, as some of them leave there.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// A file that a caller sends along, given as base64 text, as a `data:` URI, or as `file:` and a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// Its bytes, or where they are.
    pub content: UploadContent,
    /// What its bytes are, if the caller said so.
    pub media_type: Option<String>,
    /// Its name, if there is one.
    pub name: Option<String>,
    /// The input that it came from.
    pub at: &'static str,
}

/// Where the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadContent {
    /// Here.
    Bytes(Vec<u8>),
    /// In the file of this name, in the directory that the operator allowed. Not looked for yet.
    Named(String),
    /// In that file, which was found.
    Opened(Opened),
}

impl Default for UploadContent {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPart {
    /// Its name.
    pub name: &'static str,
    /// What a text or JSON goes out as, where that is not what is usual.
    pub media_type: Option<&'static str>,
    /// What it holds.
    pub value: FormValue,
}

/// What a part of a form holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FormValue {
    /// A text.
    Text(String),
    /// JSON.
    Json(Value),
    /// A file.
    File {
        /// The media types that the vendor takes, such as `image/*`; empty: any.
        types: &'static [&'static str],
        /// The file.
        upload: Upload,
    },
}

impl Input for Upload {
    fn read(args: &mut Args) -> Self {
        let Some(text) = args.take("a string", Value::as_str) else {
            return Self::default();
        };
        match upload(text) {
            Ok(upload) => upload,
            Err(why) => {
                args.wrong(why);
                Self::default()
            }
        }
    }

    fn json(self) -> Value {
        match self.content {
            UploadContent::Bytes(bytes) => BASE64.encode(bytes).into(),
            UploadContent::Named(name) => format!("file:{name}").into(),
            // What is read from arguments is never open yet.
            UploadContent::Opened(_) => Value::Null,
        }
    }
}

impl Upload {
    /// How many bytes it has; of a file that was not found yet, none.
    pub(crate) fn length(&self) -> u64 {
        match &self.content {
            UploadContent::Bytes(bytes) => bytes.len() as u64,
            UploadContent::Opened(file) => file.length,
            UploadContent::Named(_) => 0,
        }
    }
}

/// The file that a text stands for.
fn upload(text: &str) -> Result<Upload, String> {
    let refused = || {
        Err(
            "is no base64 text (standard alphabet, padded, no line breaks), `data:` URI or `file:` with the name of a \
             file that the operator of this server put into its directory"
                .to_owned(),
        )
    };
    if text.contains('\n') || matches!(text, "" | "file:" | "data:") {
        return refused();
    }
    if let Some(name) = text.strip_prefix("file:") {
        return Ok(Upload {
            content: UploadContent::Named(name.to_owned()),
            ..Upload::default()
        });
    }
    if let Some(data) = text.strip_prefix("data:") {
        return data_uri(data);
    }
    match BASE64.decode(text) {
        Ok(bytes) => Ok(Upload {
            content: UploadContent::Bytes(bytes),
            ..Upload::default()
        }),
        Err(_) => refused(),
    }
}

/// RFC 2397, and the parameter `name`, which browsers write.
fn data_uri(data: &str) -> Result<Upload, String> {
    let Some((head, body)) = data.split_once(',') else {
        return Err("is a `data:` URI without a comma, which ends its media type".to_owned());
    };
    let mut parameters = head.split(';');
    let media_type = parameters.next().unwrap_or_default().trim();
    let (mut is_base64, mut name) = (false, None);
    for parameter in parameters {
        match parameter.split_once('=') {
            Some(("name", value)) => {
                name = percent_decode_str(value).decode_utf8().ok().map(Into::into)
            }
            Some(_) => {}
            None => is_base64 |= parameter.eq_ignore_ascii_case("base64"),
        }
    }
    let is_type = |text: &str| {
        text.split_once('/').is_some_and(|(kind, rest)| {
            [kind, rest].iter().all(|part| {
                let is_token = |it: u8| it.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&it);
                !part.is_empty() && part.bytes().all(is_token)
            })
        })
    };
    if !media_type.is_empty() && !is_type(media_type) {
        return Err("is a `data:` URI with a media type that is none".to_owned());
    }
    let bytes = if is_base64 {
        BASE64.decode(body).ok()
    } else {
        Some(percent_decode_str(body).collect())
    };
    let Some(bytes) = bytes else {
        return Err("is a `data:` URI whose data cannot be decoded".to_owned());
    };
    Ok(Upload {
        content: UploadContent::Bytes(bytes),
        media_type: (!media_type.is_empty()).then(|| media_type.to_ascii_lowercase()),
        name,
        at: "",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Upload, String> {
        upload(text)
    }

    #[test]
    fn three_forms_are_understood() {
        let bytes = |text: &str| read(text).map(|it| it.content);
        assert_eq!(
            bytes("JVBERg=="),
            Ok(UploadContent::Bytes(b"%PDF".to_vec()))
        );
        assert_eq!(
            bytes("JVBERh=="),
            Ok(UploadContent::Bytes(b"%PDF".to_vec()))
        );
        assert_eq!(
            bytes("file:a/b.pdf"),
            Ok(UploadContent::Named("a/b.pdf".to_owned()))
        );
        let data = read("data:Image/PNG;name=a%20b.png;base64,JVBERg==").unwrap();
        assert_eq!(data.media_type.as_deref(), Some("image/png"));
        assert_eq!(data.name.as_deref(), Some("a b.png"));
        assert_eq!(
            bytes("data:,a%20b%FF"),
            Ok(UploadContent::Bytes(b"a b\xff".to_vec()))
        );
    }

    #[test]
    fn what_is_none_of_them_is_refused() {
        for (text, why) in [
            ("report.pdf", "is no base64"),
            ("JVBERg", "is no base64"),
            ("JVBE\nRg==", "is no base64"),
            ("", "is no base64"),
            ("file:", "is no base64"),
            ("file:a\nb", "is no base64"),
            ("data:text/plain", "without a comma"),
            ("data:text,abc", "media type"),
            ("data:text/pla in,abc", "media type"),
            ("data:text/plain;base64,%%%", "cannot be decoded"),
        ] {
            let told = read(text).unwrap_err();
            assert!(told.contains(why), "{text}: {told}");
        }
    }
}
