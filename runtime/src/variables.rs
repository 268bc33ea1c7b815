//! How a URL with variables becomes one without: a value stays in the part of the URL that its variable stands in.

use std::collections::BTreeMap;

use crate::{
    encode,
    table::{BaseUrl, UrlVariable},
};

/// What the variables of a vendor's URLs stand for.
pub(crate) struct Variables {
    declared: &'static [UrlVariable],
    set: BTreeMap<&'static str, String>,
}

/// The part of a URL in which a variable stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Scheme,
    Host,
    Port,
    Path,
}

impl Variables {
    /// Those of a vendor, as `look_up` finds them; what it does not find is the vendor's default.
    pub(crate) fn new(
        base_url: &BaseUrl,
        look_up: impl Fn(&UrlVariable) -> Option<String>,
    ) -> Self {
        let declared = base_url.variables;
        let value = |it: &'static UrlVariable| {
            let set = look_up(it).map(|it| it.trim().to_owned());
            let set = set.filter(|it| !it.is_empty());
            Some((it.name, set.or_else(|| it.default.map(str::to_owned))?))
        };
        Self {
            declared,
            set: declared.iter().filter_map(value).collect(),
        }
    }

    /// A URL in which nothing is left to set.
    ///
    /// # Errors
    /// Each variable that is not set, or whose value cannot stand where it does, and how to set it.
    pub(crate) fn fill(&self, template: &str) -> Result<String, String> {
        let (mut filled, mut wrong) = (String::new(), Vec::new());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            match self.value(name, position(template, &filled)) {
                Ok(value) => filled.push_str(&value),
                // What stands in its place keeps the rest of the URL where it is.
                Err(why) => {
                    filled.push('x');
                    wrong.push(why);
                }
            }
            rest = behind;
        }
        filled.push_str(rest);
        if wrong.is_empty() {
            return Ok(filled);
        }
        wrong.dedup();
        Err(wrong.join("; "))
    }

    fn value(&self, name: &str, position: Position) -> Result<String, String> {
        let Some(declared) = self.declared.iter().find(|it| it.name == name) else {
            return Err(format!("the URL has an unknown part `{{{name}}}`"));
        };
        let variable = declared.variable;
        let Some(value) = self.set.get(declared.name) else {
            let what = declared.description.trim().trim_end_matches('.');
            return Err(format!(
                "the URL of the vendor's API needs {name}, which is not set; the operator of this server must set {variable} ({what})"
            ));
        };
        if !declared.values.is_empty() && !declared.values.contains(&value.as_str()) {
            let known = declared.values.join(", ");
            return Err(format!("{variable} is set to none of {known}"));
        }
        // The value is not repeated: with a password in the wrong place it is a secret.
        position
            .fit(value)
            .map_err(|why| format!("{variable} is set to what cannot stand there: {why}"))
    }
}

/// Where the next variable of a template stands, of which so much is filled in.
fn position(template: &str, filled: &str) -> Position {
    if template.starts_with('/') {
        return Position::Path;
    }
    match filled.split_once("://") {
        None => Position::Scheme,
        Some((_, rest)) if rest.contains('/') => Position::Path,
        Some((_, rest)) if rest.contains(':') => Position::Port,
        Some(_) => Position::Host,
    }
}

impl Position {
    /// A value as it can stand here.
    fn fit(self, value: &str) -> Result<String, &'static str> {
        let fits = match self {
            Self::Scheme => matches!(value, "https" | "http"),
            Self::Port => value.parse::<u16>().is_ok(),
            Self::Host => {
                let is_label =
                    |it: &str| !it.is_empty() && !it.starts_with('-') && !it.ends_with('-');
                let stands = |it: char| it.is_ascii_alphanumeric() || ".-".contains(it);
                value.chars().all(stands) && value.split('.').all(is_label)
            }
            Self::Path => {
                let segments: Vec<&str> = value.trim_matches('/').split('/').collect();
                if segments.iter().all(|it| !matches!(*it, "" | "." | "..")) {
                    let encoded: Vec<String> = segments.into_iter().map(encode::percent).collect();
                    return Ok(encoded.join("/"));
                }
                false
            }
        };
        let why = match self {
            Self::Scheme => "it is where https or http stands",
            Self::Port => "it is the number of a port",
            Self::Host => {
                "it is part of a host's name: letters, digits, hyphens and dots between them"
            }
            Self::Path => "it is part of a path, which it would leave",
        };
        fits.then(|| value.to_owned()).ok_or(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn variable(name: &'static str, values: &'static [&'static str]) -> UrlVariable {
        UrlVariable {
            name,
            variable: "ACME_PART",
            description: "The part.",
            default: None,
            values,
        }
    }

    static BASE_URL: BaseUrl = BaseUrl {
        default: None,
        variable: "ACME_BASE_URL",
        variables: &[
            variable("scheme", &[]),
            variable("tenant", &[]),
            variable("port", &[]),
            variable("version", &[]),
            variable("region", &["eu", "us"]),
            variable("unset", &[]),
        ],
        regions: &[],
        discovery: None,
    };

    fn fill(template: &str, value: &str) -> Result<String, String> {
        let set = |it: &UrlVariable| (it.name != "unset").then(|| value.to_owned());
        Variables::new(&BASE_URL, set).fill(template)
    }

    #[test]
    fn a_value_stays_in_its_part() {
        for (template, value, filled) in [
            (
                "https://{tenant}.acme.example/v1",
                "north-1",
                "https://north-1.acme.example/v1",
            ),
            (
                "https://{tenant}/v1",
                "psa.north.example",
                "https://psa.north.example/v1",
            ),
            (
                "https://acme.example:{port}/v1",
                "8443",
                "https://acme.example:8443/v1",
            ),
            ("{scheme}://acme.example", "https", "https://acme.example"),
            (
                "https://acme.example/{version}/x",
                "v 2",
                "https://acme.example/v%202/x",
            ),
            (
                "https://acme.example/{version}",
                "/api/v3/",
                "https://acme.example/api/v3",
            ),
            ("/{version}", "v2", "/v2"),
            (
                "https://{region}.acme.example",
                "eu",
                "https://eu.acme.example",
            ),
        ] {
            assert_eq!(fill(template, value).as_deref(), Ok(filled), "{template}");
        }
    }

    #[test]
    fn nothing_breaks_out() {
        const HOST: &str = "https://{tenant}.acme.example/v1";
        for value in [
            "evil.example/",
            "evil.example?",
            "evil.example#",
            "me@evil.example",
            "a:80",
            "a\\b",
            "a b",
            ".",
            "..",
            "-a",
            "a..b",
            "a%2f",
            "ä",
            "{version}",
        ] {
            let told = fill(HOST, value).unwrap_err();
            assert!(
                told.contains("ACME_PART") && told.contains("host"),
                "{value}: {told}"
            );
        }
        for value in ["..", "a/../b", ".", "a//b", "/"] {
            let told = fill("https://acme.example/{version}", value).unwrap_err();
            assert!(told.contains("part of a path"), "{value}: {told}");
        }
        assert!(fill("https://acme.example:{port}", "80/x").is_err());
        assert!(fill("{scheme}://acme.example", "ftp").is_err());
    }

    #[test]
    fn what_is_missing_and_what_is_no_value_is_told_by_name() {
        let told = fill("https://{unset}.acme.example/{version}/{region}", "uk").unwrap_err();
        assert!(told.contains("must set ACME_PART (The part)"), "{told}");
        assert!(
            told.contains("ACME_PART is set to none of eu, us"),
            "{told}"
        );
    }
}
