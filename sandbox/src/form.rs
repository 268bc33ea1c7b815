//! What the parts of a `multipart/form-data` body are (RFC 7578). Strict: what a lax server would guess is refused here.

/// A part of a form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// Set where the part is a file.
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// The parts of a body, in their order.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = parameter(content_type, "boundary").ok_or("its content type has no boundary")?;
    let delimiter = format!("--{boundary}").into_bytes();
    let mut rest = body
        .strip_prefix(delimiter.as_slice())
        .ok_or("it does not begin with its boundary")?;
    let between = [b"\r\n".as_slice(), &delimiter].concat();
    let mut parts = Vec::new();
    loop {
        if rest == b"--" || rest == b"--\r\n" {
            return Ok(parts);
        }
        let inner = rest
            .strip_prefix(b"\r\n")
            .ok_or("a line break must follow each boundary")?;
        let end = find(inner, &between).ok_or("its last part has no end")?;
        parts.push(part(&inner[..end])?);
        rest = &inner[end + between.len()..];
    }
}

fn part(bytes: &[u8]) -> Result<Part, String> {
    let end = find(bytes, b"\r\n\r\n").ok_or("a part has no empty line after its headers")?;
    let head =
        std::str::from_utf8(&bytes[..end]).map_err(|_| "the headers of a part are no text")?;
    let (mut disposition, mut media_type) = (None, None);
    for line in head.split("\r\n") {
        let (name, value) = line
            .split_once(':')
            .ok_or("a header of a part has no colon")?;
        match name.trim().to_ascii_lowercase().as_str() {
            "content-disposition" if disposition.is_none() => disposition = Some(value.trim()),
            "content-type" if media_type.is_none() => media_type = Some(value.trim().to_owned()),
            name => {
                return Err(format!(
                    "a part has the header `{name}` twice, or for no reason"
                ));
            }
        }
    }
    let disposition = disposition.ok_or("a part has no Content-Disposition")?;
    if disposition.split(';').next().map(str::trim) != Some("form-data") {
        return Err("the Content-Disposition of a part is not `form-data`".to_owned());
    }
    Ok(Part {
        name: parameter(disposition, "name").ok_or("a part has no name")?,
        file_name: parameter(disposition, "filename"),
        media_type,
        bytes: bytes[end + 4..].to_vec(),
    })
}

/// A parameter of a header: a token, or a text in quotes with `\` before a quote.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let (value, behind) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = behind.split_once(';')?.1;
    }
}

/// The text up to its closing quote, and what is behind it.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((text, &quoted[at + 1..])),
            '\\' => text.push(letters.next()?.1),
            letter => text.push(letter),
        }
    }
    None
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=\"a b\"";

    #[test]
    fn parts_are_byte_for_byte() {
        let body = b"--a b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n\r\n--a\r\n--a b\r\n\
            content-type: image/png\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\xc3\xa4 \\\"1;2\\\".png\"\r\n\r\n\x00\r\n\xff\r\n--a b--\r\n";
        let expected = [
            Part {
                name: "n".to_owned(),
                file_name: None,
                media_type: None,
                bytes: b"\r\n--a".to_vec(),
            },
            Part {
                name: "f".to_owned(),
                file_name: Some("ä \"1;2\".png".to_owned()),
                media_type: Some("image/png".to_owned()),
                bytes: b"\x00\r\n\xff".to_vec(),
            },
        ];
        assert_eq!(parts(TYPE, body).unwrap(), expected);
        assert_eq!(parts(TYPE, b"--a b--").unwrap(), []);
    }

    #[test]
    fn what_is_no_form_is_refused() {
        let whole = |middle: &str| format!("--a b\r\n{middle}\r\n--a b--");
        for (body, why) in [
            ("--b\r\n".to_owned(), "begin with its boundary"),
            ("--a b\n\n".to_owned(), "line break"),
            (
                "--a b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nx".to_owned(),
                "no end",
            ),
            (
                whole("Content-Disposition: form-data; name=\"n\""),
                "no empty line",
            ),
            (whole("Content-Disposition: form-data\r\n\r\nx"), "no name"),
            (
                whole("Content-Disposition: attachment; name=\"n\"\r\n\r\nx"),
                "not `form-data`",
            ),
            (
                whole("Content-Type: text/plain\r\n\r\nx"),
                "no Content-Disposition",
            ),
            (whole("X: y\r\n\r\nx"), "for no reason"),
        ] {
            let told = parts(TYPE, body.as_bytes()).unwrap_err();
            assert!(told.contains(why), "{body:?}: {told}");
        }
        assert!(parts("multipart/form-data", b"--a b--").is_err());
    }
}
