//! Which query a cursor belongs to: a digest of a call, its page left out.

use crate::{
    call::{Body, Call},
    limit::canonical,
    table::Verb,
    upload::{FormPart, FormValue, Upload, UploadContent},
};

impl Call {
    /// A digest of everything but the page; the same on every machine and in every version.
    ///
    /// It tells honest calls apart, no more: it guards nothing that the caller could not ask for anyway.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut digest = Digest::default();
        digest.part(match self.verb {
            Verb::Get => b"GET",
            Verb::Post => b"POST",
            Verb::Put => b"PUT",
            Verb::Patch => b"PATCH",
            Verb::Delete => b"DELETE",
        });
        digest.part(self.path.as_bytes());
        digest.pairs(&self.query);
        digest.pairs(&self.headers);
        digest.cookies(&self.cookies);
        match &self.body {
            Body::None => digest.part(b"none"),
            // A client that hands the same arguments on may write their keys in another order.
            Body::Json(value) => digest.parts(&[b"json", canonical(value).as_bytes()]),
            Body::Patch(operations) => operations
                .iter()
                .for_each(|it| digest.parts(&[b"patch", canonical(it).as_bytes()])),
            Body::Raw { media_type, upload } => {
                digest.parts(&[b"raw", media_type.as_bytes()]);
                digest.upload(upload);
            }
            Body::Text { media_type, text } => {
                digest.parts(&[b"text", media_type.as_bytes(), text.as_bytes()]);
            }
            Body::Urlencoded(fields) => {
                digest.part(b"urlencoded");
                digest.pairs(fields);
            }
            Body::Form(parts) => {
                digest.part(b"form");
                parts.iter().for_each(|it| digest.form(it));
            }
        }
        format!("{:016x}", digest.0)
    }
}

/// FNV-1a, 64 bits.
struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn pairs(&mut self, pairs: &[(impl AsRef<str>, String)]) {
        self.part(&length(pairs).to_be_bytes());
        for (name, value) in pairs {
            self.parts(&[name.as_ref().as_bytes(), value.as_bytes()]);
        }
    }

    /// Where there are none, nothing is said: cursors of before are still good.
    fn cookies(&mut self, cookies: &[(&'static str, String)]) {
        if !cookies.is_empty() {
            self.part(b"cookies");
            self.pairs(cookies);
        }
    }

    fn parts(&mut self, parts: &[&[u8]]) {
        for part in parts {
            self.part(part);
        }
    }

    fn form(&mut self, part: &FormPart) {
        self.parts(&[b"form", part.name.as_bytes()]);
        match &part.value {
            FormValue::Text(text) => self.parts(&[b"text", text.as_bytes()]),
            FormValue::Json(value) => self.parts(&[b"json", canonical(value).as_bytes()]),
            FormValue::File { upload, .. } => self.upload(upload),
        }
    }

    fn upload(&mut self, upload: &Upload) {
        match &upload.content {
            UploadContent::Bytes(bytes) => self.parts(&[b"bytes", bytes]),
            UploadContent::Named(name) => self.parts(&[b"named", name.as_bytes()]),
            UploadContent::Opened(file) => {
                self.parts(&[b"opened", &file.length.to_be_bytes(), &file.head])
            }
        }
    }

    /// Its length goes first, so that no two lists of parts look alike.
    fn part(&mut self, part: &[u8]) {
        for byte in length(part)
            .to_be_bytes()
            .into_iter()
            .chain(part.iter().copied())
        {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// As wide on every machine.
fn length<T>(items: &[T]) -> u64 {
    items.len() as u64
}
