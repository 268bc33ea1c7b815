//! Decides what an operator supplies, and how it goes along with a call, out of the document's security schemes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{
    Guess,
    names::word,
    reading::Reading,
    text,
    yaml::{Lines, flow},
};

/// What vendor.yaml says of credentials.
#[derive(Default)]
pub(super) struct Security {
    credentials: Vec<Value>,
    auth: Vec<Value>,
    /// Headers that carry credentials, and may be declared as parameters too.
    headers: Vec<(&'static str, String)>,
    /// What it was chosen from.
    from: String,
    /// What a person must know.
    pub(super) told: Vec<String>,
}

/// One way to be let in: names of schemes that go together, with the scopes of each.
type Requirement = Map<String, Value>;

impl Security {
    /// Reads the schemes.
    pub(super) fn of(reading: &Reading, prefix: &str) -> Self {
        let schemes = reading.raw("/components/securitySchemes").as_object();
        let schemes: BTreeMap<&str, &Value> = schemes
            .into_iter()
            .flatten()
            .map(|(name, it)| (name.as_str(), reading.follow(it)))
            .collect();
        let (wanted, from) = requirements(reading, &schemes);
        let mut security = Self {
            from,
            ..Self::default()
        };
        let usable = wanted.iter().position(|it| {
            it.iter()
                .all(|(name, _)| is_usable(schemes.get(name.as_str())))
        });
        let Some(index) = usable else {
            security.unusable(&wanted, prefix);
            return security;
        };
        for (name, scopes) in &wanted[index] {
            let Some(scheme) = schemes.get(name.as_str()) else {
                continue;
            };
            let sole = wanted[index].len() == 1;
            security.scheme(name, scheme, scopes, sole, prefix);
        }
        security.tell_of_others(&wanted[index], reading);
        let others: Vec<String> = wanted
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != index)
            .map(|(_, it)| named(it))
            .collect();
        if !others.is_empty() {
            security.told.push(format!(
                "The vendor can also be called with {}; {} was chosen, the first that a server can use.",
                others.join(", or with "),
                named(&wanted[index])
            ));
        }
        security
    }

    /// Operations that the chosen way does not open.
    fn tell_of_others(&mut self, chosen: &Requirement, reading: &Reading) {
        let is_met = |way: &Value| {
            let mut names = way.as_object().into_iter().flatten();
            names.all(|(name, _)| chosen.contains_key(name))
        };
        let operations = reading.api.operations.values();
        let ways = operations.map(|it| &reading.raw(&it.pointer)["security"]);
        let ways = ways.filter_map(Value::as_array);
        let shut: Vec<_> = ways
            .filter(|it| !it.is_empty() && !it.iter().any(is_met))
            .collect();
        if shut.is_empty() {
            return;
        }
        let wanted = shut.iter().copied().flatten().filter_map(Value::as_object);
        let wanted: BTreeSet<String> = wanted.map(named).collect();
        let wanted: Vec<String> = wanted.into_iter().collect();
        self.told.push(format!(
            "{} of the operations want another way in: {}. They are called with {} too, which the vendor may refuse: leave them out of docs.yaml, or change `auth`.",
            shut.len(),
            wanted.join(", or "),
            named(chosen)
        ));
    }

    /// None, since what the document says of it cannot be used.
    pub(super) fn unfit(reason: &str) -> Self {
        Self {
            told: vec![format!(
                "The document's security schemes cannot be used ({reason}): calls go out without credentials until you say more."
            )],
            ..Self::default()
        }
    }

    /// Nothing that the generator can carry out itself.
    fn unusable(&mut self, wanted: &[Requirement], prefix: &str) {
        if wanted.is_empty() {
            self.told
                .push("The document names no credentials: calls go out without any.".to_owned());
            return;
        }
        let ways: Vec<String> = wanted.iter().map(named).collect();
        self.told.push(format!(
            "The document wants {}, which a server cannot obtain by itself: an operator brings an access token ({prefix}_ACCESS_TOKEN).",
            ways.join(", or ")
        ));
        self.credential(
            "access_token",
            prefix,
            "Access token that the vendor gave out.",
        );
        self.auth
            .push(json!({"header": "Authorization", "value": "Bearer {access_token}"}));
    }

    fn scheme(&mut self, name: &str, scheme: &Value, scopes: &Value, sole: bool, prefix: &str) {
        let kind = |key: &str| scheme[key].as_str().unwrap_or_default();
        let own = |usual: &str| if sole { usual.to_owned() } else { word(name) };
        let about = |usual: &str| {
            let said = text::flat(kind("description"));
            let first = text::sentence(text::first_sentence(&said));
            if (1..=160).contains(&first.len()) {
                first
            } else {
                usual.to_owned()
            }
        };
        match (kind("type"), kind("scheme").to_lowercase().as_str()) {
            ("apiKey", _) => {
                let credential = own("api_key");
                self.credential(&credential, prefix, &about("API key."));
                let place = match kind("in") {
                    "query" => "query",
                    "cookie" => "cookie",
                    _ => "header",
                };
                self.auth
                    .push(json!({place: kind("name"), "value": format!("{{{credential}}}")}));
                self.headers
                    .extend((place != "cookie").then(|| (place, kind("name").to_owned())));
                if place == "header" && kind("name").eq_ignore_ascii_case("authorization") {
                    self.told.push("The key goes out as the whole `Authorization` header: if the vendor wants a word before it, such as `Bearer`, write it into `value`.".to_owned());
                }
            }
            ("http", "basic") => {
                let (user, password) = if sole {
                    ("username".to_owned(), "password".to_owned())
                } else {
                    (
                        format!("{}_username", word(name)),
                        format!("{}_password", word(name)),
                    )
                };
                self.credentials
                    .push(credential(&user, prefix, false, "User name."));
                self.credential(&password, prefix, &about("Password."));
                self.auth.push(json!({"header": "Authorization", "basic": {"username": format!("{{{user}}}"), "password": format!("{{{password}}}")}}));
            }
            ("http", _) => {
                let credential = own("access_token");
                self.credential(&credential, prefix, &about("Access token."));
                self.auth.push(
                    json!({"header": "Authorization", "value": format!("Bearer {{{credential}}}")}),
                );
            }
            _ => self.client_credentials(&scheme["flows"]["clientCredentials"], scopes, prefix),
        }
    }

    fn client_credentials(&mut self, flow: &Value, scopes: &Value, prefix: &str) {
        self.credentials
            .push(credential("client_id", prefix, false, "Id of the client."));
        self.credential("client_secret", prefix, "Secret of the client.");
        let mut oauth2 = json!({
            "token_url": flow["tokenUrl"],
            "client_id": "{client_id}",
            "client_secret": "{client_secret}",
        });
        let asked: Vec<&Value> = scopes
            .as_array()
            .into_iter()
            .flatten()
            .filter(|it| it.is_string())
            .collect();
        if !asked.is_empty() {
            oauth2["scopes"] = json!(asked);
        }
        self.auth.push(json!({"oauth2": oauth2}));
        let known: Vec<&str> = flow["scopes"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str())
            .collect();
        if asked.is_empty() && !known.is_empty() {
            self.told.push(format!(
                "No scopes are asked for, so the vendor's usual ones count; there are {}. Add some with `scopes` if calls are refused.",
                known.join(", ")
            ));
        }
    }

    fn credential(&mut self, name: &str, prefix: &str, description: &str) {
        self.credentials
            .push(credential(name, prefix, true, description));
    }

    /// `credentials`, `auth` and the rules on parameters of vendor.yaml.
    pub(super) fn write(&self, lines: &mut Lines, guesses: &mut Vec<Guess>) {
        for it in &self.told {
            lines.comment(0, it);
        }
        if self.credentials.is_empty() {
            lines.line(0, "credentials: []");
            lines.line(0, "auth: []");
            return;
        }
        guesses.push(Guess::of("auth", "how credentials go along", &self.from));
        lines.comment(0, &format!("guessed from {}", self.from));
        lines.heading(0, "credentials");
        for it in &self.credentials {
            lines.line(2, &format!("- {}", flow(it)));
        }
        lines.heading(0, "auth");
        for it in &self.auth {
            lines.line(2, &format!("- {}", flow(it)));
        }
        if !self.headers.is_empty() {
            lines.comment(0, "What carries credentials is never an input, should an operation declare it as one.");
            lines.heading(0, "parameters");
            for (place, name) in &self.headers {
                let rule =
                    json!({"name": name, "in": place, "use": "credential", "optional": true});
                lines.line(2, &format!("- {}", flow(&rule)));
            }
        }
    }
}

fn credential(name: &str, prefix: &str, secret: bool, description: &str) -> Value {
    let variable = format!("{prefix}_{}", name.to_uppercase());
    json!({"name": name, "variable": variable, "secret": secret, "description": description})
}

/// The ways to be let in, in the document's order, and where they stand.
fn requirements(reading: &Reading, schemes: &BTreeMap<&str, &Value>) -> (Vec<Requirement>, String) {
    let stated = |value: &Value| -> Vec<Requirement> {
        let all = value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_object);
        all.filter(|it| !it.is_empty()).cloned().collect()
    };
    let of_all = stated(reading.raw("/security"));
    if !of_all.is_empty() {
        return (of_all, "the document's `security`".to_owned());
    }
    let mut counts: BTreeMap<String, (usize, Vec<Requirement>)> = BTreeMap::new();
    for operation in reading.api.operations.values() {
        let ways = stated(&reading.raw(&operation.pointer)["security"]);
        if !ways.is_empty() {
            let entry = counts.entry(json!(ways).to_string()).or_insert((0, ways));
            entry.0 += 1;
        }
    }
    if let Some((count, ways)) = counts.into_values().max_by_key(|(count, _)| *count) {
        let of = reading.api.operations.len();
        return (
            ways,
            format!("the `security` of {count} of {of} operations"),
        );
    }
    let each = schemes
        .keys()
        .map(|name| Map::from_iter([((*name).to_owned(), json!([]))]));
    (
        each.collect(),
        "`securitySchemes`, although no operation asks for them".to_owned(),
    )
}

/// Whether a scheme is one that a server can carry out by itself.
fn is_usable(scheme: Option<&&Value>) -> bool {
    let Some(scheme) = scheme else { return false };
    let text = |key: &str| scheme[key].as_str().unwrap_or_default();
    match text("type") {
        "apiKey" => {
            let name = text("name");
            let is_made_of = |others: &[u8]| {
                !name.is_empty()
                    && name
                        .bytes()
                        .all(|it| it.is_ascii_alphanumeric() || others.contains(&it))
            };
            match text("in") {
                "header" => is_made_of(b"-_"),
                "cookie" => is_made_of(b"!#$%&'*+.^_`|~-"),
                "query" => !name.is_empty(),
                _ => false,
            }
        }
        "http" => matches!(text("scheme").to_lowercase().as_str(), "basic" | "bearer"),
        "oauth2" => {
            let url = scheme["flows"]["clientCredentials"]["tokenUrl"]
                .as_str()
                .unwrap_or_default();
            let is_loopback = ["http://localhost", "http://127.0.0.1", "http://[::1]"]
                .iter()
                .any(|it| url.starts_with(it));
            url.starts_with("https://") || url.starts_with('/') || is_loopback
        }
        _ => false,
    }
}

/// `ApiKey together with AppId`.
fn named(requirement: &Requirement) -> String {
    let names: Vec<String> = requirement.keys().map(|it| format!("`{it}`")).collect();
    names.join(" together with ")
}
