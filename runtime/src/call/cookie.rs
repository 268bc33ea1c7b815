//! How an input stands in a cookie: as it is, so what a cookie cannot carry is a mistake.

use super::{Call, header};
use crate::{input::Wire, text};

impl Call {
    /// A cookie; what an array or an object holds is joined by commas.
    pub fn cookie(&mut self, name: &'static str, value: impl Wire) {
        let at = self.of_caller(name);
        let Some(value) = value.wire() else { return };
        let is_list = value.is_array() || value.is_object();
        let text = match header::joined(value, false) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(why) => return self.mistake(at, why),
        };
        // The commas of a list are the vendor's own.
        let fits = |it: char| is_octet(it) || is_list && it == ',';
        if !text.chars().all(fits) {
            let came = text::quoted(&text);
            let why = format!(
                "cannot contain what a cookie cannot: spaces, quotes, commas, semicolons, backslashes, control \
                 characters, characters beyond ASCII; got {came}"
            );
            self.mistake(at, why);
        }
        self.cookies.push((name, text));
    }

    /// What the `Cookie` header says, if there is a cookie.
    #[must_use]
    pub fn cookie_header(&self) -> Option<String> {
        let cookies = self.cookies.iter();
        let cookies: Vec<_> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!cookies.is_empty()).then(|| cookies.join("; "))
    }
}

/// RFC 6265, section 4.1.1.
fn is_octet(it: char) -> bool {
    it.is_ascii_graphic() && !matches!(it, '"' | ',' | ';' | '\\')
}
