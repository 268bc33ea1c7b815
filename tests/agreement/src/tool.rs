//! A tool under test: its schema as a validator reads it, and both verdicts on arguments.

use jsonschema::{Draft, Validator};
use runtime::{Entry, Mistake, Value};

use crate::excuse;

/// A tool under test.
pub(crate) struct Tool<'a> {
    entry: &'a Entry,
    /// The schema of its arguments, with the clauses of groups spelled out.
    pub(crate) schema: Value,
    validator: Validator,
    /// The schema as models see it.
    pub(crate) listed: Value,
    /// Of that one, which must allow no less.
    listed_validator: Validator,
}

impl<'a> Tool<'a> {
    /// The tool of a table row.
    pub(crate) fn of(entry: &'a Entry) -> Result<Self, String> {
        let name = entry.about.name;
        let mut listing: Value = serde_json::from_str(entry.about.listing)
            .map_err(|error| format!("{name}: the listing is no JSON: {error}"))?;
        let mut schema = listing["inputSchema"].take();
        let validator = |schema: &Value| {
            validator(schema)
                .map_err(|error| format!("{name}: inputSchema is no JSON Schema: {error}"))
        };
        let listed = schema.clone();
        spell_out(&mut schema);
        Ok(Self {
            entry,
            validator: validator(&schema)?,
            schema,
            listed_validator: validator(&listed)?,
            listed,
        })
    }

    /// What the validator says of arguments.
    pub(crate) fn validate(&self, arguments: &Value) -> Result<(), Vec<String>> {
        let errors = self.validator.iter_errors(arguments);
        let told: Vec<_> = errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        none(told)
    }

    /// What the reader says of arguments.
    pub(crate) fn read(&self, arguments: &Value) -> Result<(), Vec<Mistake>> {
        self.entry.call(arguments).map(|_| ())
    }

    /// Whether reader and validator judge arguments alike, or the reader is stricter with an excuse.
    pub(crate) fn is_of_one_mind(&self, arguments: &Value) -> bool {
        match (self.validator.is_valid(arguments), self.read(arguments)) {
            (allowed, Ok(())) => allowed && self.listed_validator.is_valid(arguments),
            (false, Err(_)) => true,
            (true, Err(mistakes)) => excuse::covers(&mistakes, arguments, self.entry),
        }
    }

    /// A sentence about this tool.
    pub(crate) fn says(&self, what: &str) -> String {
        format!("{}: {what}", self.entry.about.name)
    }

    /// Both verdicts on arguments, for people.
    pub(crate) fn disagreement(&self, arguments: &Value) -> String {
        let mistakes = self.read(arguments).map_err(|mistakes| {
            let told = mistakes.iter().map(ToString::to_string);
            told.collect::<Vec<_>>()
        });
        format!(
            "{}: schema and reader disagree\n  arguments: {arguments}\n  validator: {}\n  reader:    {}",
            self.entry.about.name,
            in_words(&self.validate(arguments)),
            in_words(&mistakes),
        )
    }
}

/// Takes filters at their word: the clauses of a group are of the same form as those beside it.
fn spell_out(schema: &mut Value) {
    let properties = schema["properties"].as_object_mut();
    for (_, property) in properties.into_iter().flatten() {
        let clause = property.pointer("/items/anyOf/0").cloned();
        let group = property.pointer_mut("/items/anyOf/1/properties/any/items");
        if let (Some(clause), Some(group)) = (clause, group) {
            *group = clause;
        }
    }
}

/// Formats that a validator could assert, and the reader does not.
const HINTS: [&str; 16] = [
    "time",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "json-pointer",
    "relative-json-pointer",
    "regex",
];

/// Dates, times and base64 are asserted, since the reader must understand them; every other format is only a hint for the
/// model. Draft 7 reads our keywords as 2020-12 does, but asserts `contentEncoding`.
fn validator(schema: &Value) -> Result<Validator, String> {
    let options = jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true);
    let options = HINTS.into_iter().fold(options, |options, format| {
        options.with_format(format, |_| true)
    });
    options.build(schema).map_err(|error| error.to_string())
}

fn none(told: Vec<String>) -> Result<(), Vec<String>> {
    if told.is_empty() { Ok(()) } else { Err(told) }
}

fn in_words(verdict: &Result<(), Vec<String>>) -> String {
    match verdict {
        Ok(()) => "accepts".to_owned(),
        Err(why) => format!("refuses: {}", why.join("; ")),
    }
}
