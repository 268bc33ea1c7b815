//! The credentials of one call, by where they go: headers, query, cookies. They meet the request where it is sent, and nowhere before.

use reqwest::{
    Url,
    header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue},
};

use crate::encode;

/// What carries the credentials of one call. It is never shown.
#[derive(Default)]
pub(crate) struct Carried {
    headers: HeaderMap,
    /// Name and value, percent-encoded.
    query: Vec<(String, String)>,
    cookies: Vec<(&'static str, String)>,
}

impl Carried {
    /// A header.
    ///
    /// # Errors
    /// A sentence, without the value, if no header can carry it.
    pub(crate) fn header(&mut self, name: &str, text: &str) -> Result<(), String> {
        let header = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| format!("`{name}` is not a header name"))?;
        let value = sensitive(text).ok_or_else(|| {
            format!(
                "a credential in the `{header}` header has characters that a header cannot carry"
            )
        })?;
        self.headers.insert(header, value);
        Ok(())
    }

    /// The `Authorization` header.
    ///
    /// # Errors
    /// See [`Self::header`].
    pub(crate) fn authorization(&mut self, text: &str) -> Result<(), String> {
        self.header(AUTHORIZATION.as_str(), text)
    }

    /// A parameter of the query.
    pub(crate) fn query(&mut self, name: &str, text: &str) {
        self.query
            .push((encode::percent(name), encode::percent(text)));
    }

    /// A cookie.
    ///
    /// # Errors
    /// A sentence, without the value, if no cookie can carry it.
    pub(crate) fn cookie(&mut self, name: &'static str, text: &str) -> Result<(), String> {
        // RFC 6265, section 4.1.1: anything else would end the cookie, or begin another.
        let fits = |it: u8| it.is_ascii_graphic() && !b"\",;\\".contains(&it);
        if !text.bytes().all(fits) {
            return Err(format!(
                "a credential in the cookie `{name}` has characters that a cookie cannot carry"
            ));
        }
        self.cookies.push((name, text.to_owned()));
        Ok(())
    }

    /// The URL with what the query carries. A parameter of its name that is there already gives way: no input takes the place of a
    /// credential.
    pub(crate) fn url(&self, mut url: Url) -> Url {
        if self.query.is_empty() {
            return url;
        }
        let is_free = |pair: &&str| {
            let name = pair.split('=').next().unwrap_or_default();
            self.query.iter().all(|(it, _)| it != name)
        };
        let own = url.query().unwrap_or_default().to_owned();
        let own = own.split('&').filter(|it| !it.is_empty()).filter(is_free);
        let credentials = self
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let pairs: Vec<String> = own.map(str::to_owned).chain(credentials).collect();
        url.set_query(Some(&pairs.join("&")));
        url
    }

    /// These headers and the credentials', which come last: no input and no vendor header takes their place. Cookies of both sides
    /// are one header.
    ///
    /// # Errors
    /// That the cookies cannot be joined.
    pub(crate) fn headers(&self, mut own: HeaderMap) -> Result<HeaderMap, String> {
        if !self.cookies.is_empty() {
            let wrong = || "the cookies cannot be sent as they are".to_owned();
            let before = own.get(COOKIE).map(HeaderValue::to_str).transpose();
            let before = before.map_err(|_| wrong())?.unwrap_or_default();
            let is_free = |pair: &&str| {
                let name = pair.split('=').next().unwrap_or_default();
                self.cookies.iter().all(|(it, _)| *it != name)
            };
            let before = before
                .split("; ")
                .filter(|it| !it.is_empty())
                .filter(is_free);
            let cookies = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            let cookies: Vec<String> = before.map(str::to_owned).chain(cookies).collect();
            let joined = sensitive(&cookies.join("; ")).ok_or_else(wrong)?;
            own.insert(COOKIE, joined);
        }
        for (name, value) in &self.headers {
            own.insert(name, value.clone());
        }
        Ok(own)
    }
}

/// A header's value that no log shows.
fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_input_takes_the_place_of_a_credential() {
        let mut carried = Carried::default();
        carried.query("api key", "s3cret&a=b");
        carried.cookie("session", "c00kie").unwrap();
        let url = Url::parse("https://acme.example/x?a=1&api%20key=mine&b=2").unwrap();
        assert_eq!(
            carried.url(url).as_str(),
            "https://acme.example/x?a=1&b=2&api%20key=s3cret%26a%3Db"
        );
        let own = HeaderMap::from_iter([(
            COOKIE,
            HeaderValue::from_static("theme=dark; session=mine; lang=en"),
        )]);
        let headers = carried.headers(own).unwrap();
        assert_eq!(headers[COOKIE], "theme=dark; lang=en; session=c00kie");
        assert!(headers[COOKIE].is_sensitive());
        assert_eq!(headers.get_all(COOKIE).iter().count(), 1);
    }

    #[test]
    fn what_a_cookie_cannot_carry_is_told_without_it() {
        for text in ["a;b", "a,b", "a b", "a\"b", "a\\b", "é"] {
            let told = Carried::default().cookie("session", text).unwrap_err();
            assert!(told.contains("`session`") && !told.contains(text), "{told}");
        }
        let url = Url::parse("https://acme.example/x").unwrap();
        assert_eq!(Carried::default().url(url.clone()), url);
    }
}
