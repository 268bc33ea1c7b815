//! Makes the files of a call ready to be sent: opens those of the operator's directory, and checks each one's name,
//! type and size before anything leaves.

use crate::{
    call::Body,
    files::{self, Files},
    mistake::Mistake,
    upload::{FormValue, Upload, UploadContent},
};

/// What nobody knows better of a file.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// Makes the files of a body ready.
///
/// # Errors
/// What is wrong with each of them.
pub(crate) fn attach(body: &mut Body, files: &Files) -> Result<(), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut ready = |upload: &mut Upload, types: &[&str]| {
        if let Err(why) = settle(upload, types, files) {
            mistakes.push(Mistake::new(upload.at, why));
        }
    };
    match body {
        Body::Raw { media_type, upload } => ready(upload, &[media_type]),
        Body::Form(parts) => {
            for part in parts {
                if let FormValue::File { types, upload } = &mut part.value {
                    ready(upload, types);
                }
            }
        }
        Body::None | Body::Json(_) | Body::Patch(_) | Body::Text { .. } | Body::Urlencoded(_) => {}
    }
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(mistakes)
    }
}

fn settle(upload: &mut Upload, types: &[&str], files: &Files) -> Result<(), String> {
    if let UploadContent::Named(path) = &upload.content {
        let file = files.open(path)?;
        let own = path.rsplit('/').next().unwrap_or(path).to_owned();
        upload.name.get_or_insert(own);
        upload.content = UploadContent::Opened(file);
    }
    size(upload.length(), files.max_upload)?;
    let head: &[u8] = match &upload.content {
        UploadContent::Bytes(bytes) => bytes,
        UploadContent::Opened(file) => &file.head,
        UploadContent::Named(_) => &[],
    };
    if let Some(why) = upload.name.as_deref().and_then(files::wrong) {
        return Err(format!("its file name cannot be used: {why}"));
    }
    let found = infer::get(head);
    let stated = upload.media_type.clone().or_else(|| {
        let name = upload.name.as_deref()?;
        mime_guess::from_path(name).first_raw().map(str::to_owned)
    });
    let sniffed = found.map(|it| it.mime_type());
    fits(stated.as_deref(), sniffed, types)?;
    let media_type = stated.or_else(|| sniffed.map(str::to_owned));
    // Vendors tell a file's kind by its extension.
    let extension = match found {
        Some(found) => found.extension(),
        None => extension(media_type.as_deref().unwrap_or_default()),
    };
    upload
        .name
        .get_or_insert_with(|| format!("file.{extension}"));
    upload.media_type = Some(media_type.unwrap_or_else(|| UNKNOWN.to_owned()));
    Ok(())
}

/// `csv` of `text/csv`: the subtype, where it is the extension too.
fn extension(media_type: &str) -> &str {
    let (kind, subtype) = media_type.split_once('/').unwrap_or_default();
    let is_extension = mime_guess::from_ext(subtype).first_raw() == Some(media_type);
    match kind {
        _ if is_extension => subtype,
        "text" => "txt",
        _ => "bin",
    }
}

fn size(bytes: u64, most: u64) -> Result<(), String> {
    if bytes == 0 {
        return Err("the file is empty".to_owned());
    }
    if bytes > most {
        return Err(format!(
            "the file has more than {most} bytes, the most that this server sends (its operator may raise it with \
             --max-upload)"
        ));
    }
    Ok(())
}

/// What a file is said to be, and what its first bytes say, must both be what the vendor takes.
fn fits(stated: Option<&str>, sniffed: Option<&str>, types: &[&str]) -> Result<(), String> {
    // A container may be anything that is kept in one, and text of any kind looks alike.
    let sniffed = sniffed.filter(|it| !CONTAINERS.contains(it) && !it.starts_with("text/"));
    let takes = |media_type: &str| types.iter().any(|it| covers(it, media_type));
    let wrong = stated.into_iter().chain(sniffed).find(|it| !takes(it));
    match wrong {
        Some(wrong) if !types.is_empty() => Err(format!(
            "the file is {wrong}, and the vendor takes {} here",
            types.join(" or ")
        )),
        _ => Ok(()),
    }
}

const CONTAINERS: [&str; 4] = [
    "application/zip",
    "application/x-ole-storage",
    "application/gzip",
    "application/xml",
];

/// Whether `image/*` covers `image/png`. Bytes are bytes: `application/octet-stream` covers everything.
fn covers(wanted: &str, media_type: &str) -> bool {
    let wanted = wanted.split(';').next().unwrap_or_default().trim();
    match wanted.strip_suffix("/*") {
        Some(kind) => kind == "*" || media_type.split('/').next() == Some(kind),
        None => wanted == UNKNOWN || wanted.eq_ignore_ascii_case(media_type),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(upload: Upload, types: &[&str]) -> Result<(String, String), String> {
        let mut upload = upload;
        settle(&mut upload, types, &Files::none(20))?;
        Ok((
            upload.name.unwrap_or_default(),
            upload.media_type.unwrap_or_default(),
        ))
    }

    fn bytes(bytes: &[u8], name: Option<&str>, media_type: Option<&str>) -> Upload {
        Upload {
            content: UploadContent::Bytes(bytes.to_vec()),
            media_type: media_type.map(str::to_owned),
            name: name.map(str::to_owned),
            at: "file",
        }
    }

    #[test]
    fn a_file_without_a_name_gets_one_of_its_kind() {
        let pair = |name: &str, media_type: &str| Ok((name.to_owned(), media_type.to_owned()));
        for (upload, expected) in [
            (
                bytes(b"%PDF-1.7", None, None),
                pair("file.pdf", "application/pdf"),
            ),
            (bytes(b"\x01\x02", None, None), pair("file.bin", UNKNOWN)),
            (
                bytes(b"a,b", Some("a.csv"), None),
                pair("a.csv", "text/csv"),
            ),
            (
                bytes(b"hi", None, Some("text/plain")),
                pair("file.txt", "text/plain"),
            ),
            (
                bytes(b"PK\x03\x04", Some("a.docx"), Some("x/y")),
                pair("a.docx", "x/y"),
            ),
        ] {
            assert_eq!(settled(upload, &[]), expected);
        }
    }

    #[test]
    fn type_size_and_name_are_checked_before_anything_is_sent() {
        const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
        for (upload, types, told) in [
            (
                bytes(PNG, Some("a.pdf"), None),
                &["application/pdf"][..],
                "the file is image/png, and the vendor takes application/pdf here",
            ),
            (
                bytes(b"x", Some("a.png"), None),
                &["application/pdf", "text/*"],
                "the file is image/png, and the vendor takes application/pdf or text/* here",
            ),
            (
                bytes(b"x", None, Some("text/html")),
                &["image/*"],
                "the file is text/html, and the vendor takes image/* here",
            ),
            (bytes(b"", None, None), &[], "the file is empty"),
            (
                bytes(&[0; 21], None, None),
                &[],
                "the file has more than 20 bytes",
            ),
            (
                bytes(b"x", Some("../a"), None),
                &[],
                "its file name cannot be used",
            ),
            (
                bytes(b"x", Some("a\"\r\nb: c"), None),
                &[],
                "its file name cannot be used",
            ),
        ] {
            let why = settled(upload, types).unwrap_err();
            assert!(why.starts_with(told), "{why}");
        }
        for types in [&["image/*"][..], &["*/*"], &["image/png"], &[UNKNOWN], &[]] {
            assert!(settled(bytes(PNG, None, None), types).is_ok());
        }
        let unknown = bytes(b"??", None, None);
        assert!(settled(unknown, &["application/pdf"]).is_ok());
    }
}
