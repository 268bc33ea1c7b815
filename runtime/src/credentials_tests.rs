//! Templates, sources, and that no value is shown.

use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::*;

const fn credential(name: &'static str, secret: bool) -> Credential {
    Credential {
        name,
        variable: name,
        secret,
        description: "",
    }
}

const DECLARED: &[Credential] = &[
    credential("company", false),
    credential("key", true),
    credential("unused", true),
];
const AUTH: &[Auth] = &[
    Auth::Basic {
        username: "{company}+{key}",
        password: "{key}",
    },
    Auth::Header {
        header: "X-Key",
        value: "Key {key} {other}",
    },
];

fn credentials(values: &'static [(&str, &str)]) -> Credentials {
    let none = Credentials {
        vendor: DECLARED,
        auth: AUTH,
        values: BTreeMap::new(),
    };
    none.or(Source::Environment, |credential| {
        let found = values.iter().find(|(name, _)| *name == credential.name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

#[test]
fn templates_are_filled_once() {
    let carried = credentials(&[("company", "acme"), ("key", " {company} ")]).carried(None);
    let headers = carried.unwrap().headers(HeaderMap::new()).unwrap();
    let basic = headers[AUTHORIZATION]
        .to_str()
        .unwrap()
        .strip_prefix("Basic ")
        .unwrap();
    assert_eq!(
        BASE64_STANDARD.decode(basic).unwrap(),
        b"acme+{company}:{company}"
    );
    assert_eq!(headers["x-key"], "Key {company} {other}");
    assert!(headers["x-key"].is_sensitive());
}

#[test]
fn only_what_a_header_carries_can_be_missing() {
    let missing = |values| {
        credentials(values)
            .missing()
            .iter()
            .map(|it| it.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(missing(&[]), ["company", "key"]);
    assert_eq!(missing(&[("company", "acme"), ("key", "  ")]), ["key"]);
}

#[test]
fn the_first_source_holds_until_a_caller_brings_its_own() {
    let both = credentials(&[("key", "first")]).or(Source::File, |_| Some("second".to_owned()));
    assert_eq!(
        (both.source("key"), both.source("company")),
        (Some(Source::Environment), Some(Source::File))
    );
    let callers = both.with_callers("key", Secret::new("third").unwrap());
    assert_eq!(callers.source("key"), Some(Source::Caller));
}

#[test]
fn values_are_never_shown() {
    let all = credentials(&[("company", "the company"), ("key", "s3cret-value\u{7}")]);
    let told = all.carried(None).err().unwrap();
    assert!(told.contains("x-key") && !told.contains("s3cret"), "{told}");
    assert_eq!(format!("{:?}", all.values["key"].0), "<redacted>");
    let secrets = all.secrets();
    let pair = BASE64_STANDARD.encode("the company+s3cret-value\u{7}:s3cret-value\u{7}");
    for echoed in ["s3cret-value\u{7}", &pair] {
        let echoed = format!("the company has {echoed}");
        assert_eq!(secrets.hide(&echoed), "the company has <redacted>");
    }
}
