//! Decides where the API stands: the first server, the others as regions, and what an operator sets of them.

use serde_json::{Map, Value, json};

use super::{Guess, names::word, reading::Reading, text, yaml::Lines};

/// What the document says of servers, as `base_url` of vendor.yaml.
pub(super) struct Servers {
    /// The URL of the first one.
    default: Option<String>,
    /// Name and URL of each, if there are several.
    regions: Vec<(String, String)>,
    /// Name, and what vendor.yaml says of it.
    variables: Vec<(String, Value)>,
    /// What the default was made from, where it is not as the document has it.
    from: Option<&'static str>,
    /// What a person must know.
    pub(super) told: Vec<String>,
}

impl Servers {
    /// Reads them; `origin` is where the document was fetched from.
    pub(super) fn of(reading: &Reading, prefix: &str, origin: Option<&str>) -> Self {
        let list = reading
            .raw("/servers")
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut servers = Self {
            default: None,
            regions: Vec::new(),
            variables: Vec::new(),
            from: None,
            told: Vec::new(),
        };
        let urls: Vec<(&Value, String)> = list
            .iter()
            .filter_map(|it| Some((it, servers.url(it, origin)?)))
            .collect();
        for (server, _) in &urls {
            servers.variables(server, prefix);
        }
        servers.default = urls.first().map(|(_, url)| url.clone());
        if urls.len() > 1 {
            for (server, url) in &urls {
                servers.region(server, url);
            }
        }
        if servers.default.is_none() {
            let stated = list
                .first()
                .and_then(|it| it["url"].as_str())
                .filter(|it| *it != "/");
            let stated = stated.map_or("names no server".to_owned(), |it| {
                format!("has only the server `{it}`")
            });
            servers.told.push(format!("The document {stated}: an operator must say where the API stands ({prefix}_BASE_URL)."));
        }
        servers
    }

    /// None, since what the document says of them cannot be used.
    pub(super) fn unfit(reason: &str, prefix: &str) -> Self {
        Self {
            default: None,
            regions: Vec::new(),
            variables: Vec::new(),
            from: None,
            told: vec![format!(
                "The document's servers cannot be used ({reason}): an operator must say where the API stands ({prefix}_BASE_URL)."
            )],
        }
    }

    /// The absolute URL of a server, without a slash at its end.
    fn url(&mut self, server: &Value, origin: Option<&str>) -> Option<String> {
        let url = server.get("url")?.as_str()?.trim();
        let is_usable = |it: &str| {
            !it.chars()
                .any(|it| it.is_whitespace() || it.is_control() || it == '?' || it == '#')
        };
        let url = if is_absolute(url) {
            url.to_owned()
        } else {
            // A relative URL is relative to where the document stands (OpenAPI 3.0, server object).
            let joined = join(origin?, url)?;
            self.from = Some("the URL of the document, since its server is relative");
            joined
        };
        let url = url.trim_end_matches('/');
        is_usable(url).then(|| url.to_owned())
    }

    fn region(&mut self, server: &Value, url: &str) {
        let description = server["description"]
            .as_str()
            .map(text::flat)
            .unwrap_or_default();
        let host = url
            .split("://")
            .nth(1)
            .unwrap_or_default()
            .split('/')
            .next()
            .unwrap_or_default();
        let words = if description.is_empty() || description.len() > 30 {
            host
        } else {
            &description
        };
        let mut name = word(words);
        let mut count = 2;
        while self.regions.iter().any(|(it, _)| *it == name) {
            name = format!("{}_{count}", word(words));
            count += 1;
        }
        self.regions.push((name, url.to_owned()));
    }

    fn variables(&mut self, server: &Value, prefix: &str) {
        let url = server["url"].as_str().unwrap_or_default();
        let stated = url.split('{').skip(1).filter_map(|it| it.split_once('}'));
        for name in stated.map(|(name, _)| name) {
            // One that the document does not describe is for the operator to say.
            let raw = &server["variables"][name];
            if self.variables.iter().any(|(it, _)| it == name) {
                continue;
            }
            let description = raw["description"]
                .as_str()
                .map(text::flat)
                .filter(|it| !it.is_empty());
            let description =
                description.unwrap_or_else(|| format!("{} of the URL.", text::spoken(name)));
            let mut variable = Map::new();
            variable.insert("description".to_owned(), json!(description));
            let plain = |it: &Value| match it {
                Value::String(text) if !text.is_empty() => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            };
            if let Some(default) = plain(&raw["default"]) {
                variable.insert("default".to_owned(), json!(default));
            }
            let values: Vec<String> = raw["enum"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(plain)
                .collect();
            if !values.is_empty() {
                variable.insert("enum".to_owned(), json!(values));
            }
            variable.insert(
                "variable".to_owned(),
                json!(format!("{prefix}_{}", word(name).to_uppercase())),
            );
            self.variables
                .push((name.to_owned(), Value::Object(variable)));
        }
    }

    /// `base_url` of vendor.yaml.
    pub(super) fn write(&self, lines: &mut Lines, prefix: &str, guesses: &mut Vec<Guess>) {
        lines.heading(0, "base_url");
        for it in &self.told {
            lines.comment(2, it);
        }
        if let Some(default) = &self.default {
            if let Some(from) = self.from {
                guesses.push(Guess::of("base_url.default", default, from));
            }
            lines.pair(2, "default", default, self.from);
        }
        lines.pair(2, "variable", &format!("{prefix}_BASE_URL"), None);
        if !self.variables.is_empty() {
            lines.heading(2, "variables");
            for (name, variable) in &self.variables {
                lines.flow(4, name, variable);
            }
        }
        if !self.regions.is_empty() {
            lines.heading(2, "regions");
            for (name, url) in &self.regions {
                lines.pair(4, name, url, None);
            }
        }
    }
}

/// Whether a URL says where it leads, its scheme maybe in a variable.
fn is_absolute(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let is_variable = scheme.starts_with('{') && scheme.ends_with('}');
    !rest.is_empty() && (is_variable || scheme == "https" || scheme == "http")
}

/// A server's URL that is relative to the document's.
fn join(origin: &str, url: &str) -> Option<String> {
    let (scheme, rest) = origin.split_once("://")?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if url.contains("://") || url.starts_with("//") || url.contains('{') {
        return None;
    }
    if url.starts_with('/') {
        return Some(format!("{scheme}://{host}{url}"));
    }
    let mut segments: Vec<&str> = path.split('/').collect();
    segments.pop();
    for segment in url.split('/') {
        match segment {
            "." | "" => {}
            ".." => drop(segments.pop()),
            it => segments.push(it),
        }
    }
    Some(format!("{scheme}://{host}/{}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn relative_servers_stand_where_the_document_does() {
        for (url, joined) in [
            ("/v3", Some("https://x.y/v3")),
            ("v3", Some("https://x.y/docs/v3")),
            ("../v3", Some("https://x.y/v3")),
            ("//z/v3", None),
        ] {
            assert_eq!(
                join("https://x.y/docs/openapi.json?a=b", url).as_deref(),
                joined,
                "{url}"
            );
        }
    }
}
