//! The four tools by which a model finds, reads up and calls all others: what is listed where thousands would be too many.

use rmcp::model::Tool;
use serde_json::{Map, Value, json};

use crate::{
    args::Args,
    catalogue::Catalogue,
    entry::Entry,
    failure::Failure,
    input::{Json, Map as Entries},
    limit::Limit,
    mistake::Mistake,
    server::Outcome,
    suggest::nearest,
    table::{Effect, Vendor},
    text::ticked,
};

/// One of the four tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// Finds tools by words.
    Search,
    /// Shows tools in full.
    Schema,
    /// Calls a tool that reads.
    CallRead,
    /// Calls any tool.
    Call,
}

/// What comes of one of the four.
pub(crate) enum Step {
    /// An answer.
    Answer(Outcome),
    /// A tool to be called, as if it had been called directly.
    Call(&'static Entry, Value),
}

/// Tools that a search answers unless told otherwise.
const FEW: usize = 5;
/// Longest description in a search's answer, in characters.
const LINE: usize = 240;
const QUERY: &[Limit] = &[Limit::MinLength(1), Limit::MaxLength(500)];
const LIMIT: &[Limit] = &[Limit::Minimum(1.0), Limit::Maximum(20.0)];
const NAMES: &[Limit] = &[Limit::MinItems(1), Limit::MaxItems(5), Limit::UniqueItems];

impl Door {
    const ALL: [Self; 4] = [Self::Search, Self::Schema, Self::CallRead, Self::Call];

    fn name(self) -> &'static str {
        match self {
            Self::Search => "search_tools",
            Self::Schema => "get_tool_schema",
            Self::CallRead => "call_read_tool",
            Self::Call => "call_tool",
        }
    }

    /// The tool as `tools/list` shows it, as JSON text.
    pub(crate) fn listing(self, vendor: &Vendor) -> String {
        let text = match self {
            Self::Search => include_str!("discovery/search_tools.json"),
            Self::Schema => include_str!("discovery/get_tool_schema.json"),
            Self::CallRead => include_str!("discovery/call_read_tool.json"),
            Self::Call => include_str!("discovery/call_tool.json"),
        };
        text.replace("{vendor}", vendor.title)
    }

    /// Reads the arguments, and answers or says what is to be called.
    pub(crate) fn step(self, catalogue: &Catalogue, arguments: &Value, most: usize) -> Step {
        let step = match self {
            Self::Search => search(catalogue, arguments).map(answer),
            Self::Schema => schemas(catalogue, arguments, most).map(answer),
            Self::CallRead | Self::Call => call(self, catalogue, arguments),
        };
        step.unwrap_or_else(|mistakes| Step::Answer(Failure::Arguments(mistakes).into()))
    }
}

/// The four as `tools/list` answers them.
///
/// # Errors
/// A sentence, if a listing is none.
pub(crate) fn list(vendor: &Vendor) -> Result<Vec<Tool>, String> {
    let tool = |door: Door| {
        serde_json::from_str(&door.listing(vendor))
            .map_err(|error| format!("{}: {error}", door.name()))
    };
    Door::ALL.into_iter().map(tool).collect()
}

/// The four as `tools --json` prints them.
///
/// # Errors
/// A sentence, if a listing is none.
pub(crate) fn rows(vendor: &Vendor) -> Result<Vec<Value>, String> {
    let effect = |door| {
        if door == Door::Call {
            Effect::Destroy
        } else {
            Effect::Read
        }
    };
    let row = |(door, tool): (Door, Tool)| json!({"name": tool.name, "title": tool.title, "effect": effect(door).word()});
    Ok(Door::ALL.into_iter().zip(list(vendor)?).map(row).collect())
}

/// The one of the four that has this name.
///
/// # Errors
/// A sentence that says how a tool of another name is called.
pub(crate) fn door(catalogue: &Catalogue, name: &str) -> Result<Door, String> {
    if let Some(door) = Door::ALL.into_iter().find(|it| it.name() == name) {
        return Ok(door);
    }
    if let Ok(entry) = catalogue.find(name) {
        let way = if entry.about.effect == Effect::Read {
            Door::CallRead
        } else {
            Door::Call
        };
        return Err(format!(
            "{} is not listed here: call it through `{}`, with its name and its arguments",
            ticked(name),
            way.name()
        ));
    }
    let near = nearest(name, &Door::ALL.map(Door::name));
    let hint = near
        .first()
        .map_or_else(String::new, |it| format!("; did you mean `{it}`?"));
    Err(format!("there is no tool {}{hint}", ticked(name)))
}

/// What a model should know before its first call.
pub(crate) fn instructions(catalogue: &Catalogue) -> String {
    format!(
        "{}\n\nThe {} tools of this server are not listed one by one. Find one with `search_tools`, look at its arguments with \
         `get_tool_schema`, then call it: through `call_read_tool` if its effect is read, else through `call_tool`. Tools that \
         are named elsewhere are called so too.",
        catalogue.vendor.instructions,
        catalogue.enabled().count()
    )
}

/// Says whose failure it is: the caller named the tool among the arguments.
pub(crate) fn name_tool(outcome: &mut Outcome, tool: &str) {
    if let (true, Value::Object(failure)) = (outcome.failed, &mut outcome.json) {
        failure.insert("tool".to_owned(), tool.into());
    }
}

/// A tool in a line or two, for people and models to choose by.
///
/// # Errors
/// A sentence, if its listing is none.
pub(crate) fn brief(entry: &Entry) -> Result<Map<String, Value>, String> {
    let listing: Value = serde_json::from_str(entry.about.listing)
        .map_err(|error| format!("the listing of `{}`: {error}", entry.about.name))?;
    let text = |key: &str| listing[key].as_str().unwrap_or_default();
    let mut brief = Map::new();
    brief.insert("name".to_owned(), entry.about.name.into());
    brief.insert("title".to_owned(), cut(text("title")).into());
    brief.insert(
        "description".to_owned(),
        cut(first_sentence(text("description"))).into(),
    );
    brief.insert("effect".to_owned(), entry.about.effect.word().into());
    let required = listing["inputSchema"]["required"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    brief.insert("required".to_owned(), required.into());
    Ok(brief)
}

fn answer(json: Value) -> Step {
    Step::Answer(Outcome {
        json,
        failed: false,
        file: None,
    })
}

fn search(catalogue: &Catalogue, arguments: &Value) -> Result<Value, Vec<Mistake>> {
    let mut args = Args::new(arguments);
    let query: String = args.required_within("query", QUERY);
    let limit: Option<i64> = args.optional_within("limit", LIMIT);
    finished(args)?;
    let most = limit.and_then(|it| usize::try_from(it).ok()).unwrap_or(FEW);
    let (hits, unknown) = catalogue.search(&query, most);
    let found: Vec<Value> = hits
        .into_iter()
        .filter_map(|(entry, why)| {
            let mut brief = brief(entry).ok()?;
            brief.insert("why".to_owned(), why.into());
            Some(Value::Object(brief))
        })
        .collect();
    let mut json = json!({"result_count": found.len()});
    if found.is_empty() {
        json["hint"] = none_found(catalogue).into();
    }
    if !unknown.is_empty() {
        json["unknown_words"] = unknown.into();
    }
    let mut all = Map::new();
    all.insert("result".to_owned(), found.into());
    all.extend(json.as_object().cloned().unwrap_or_default());
    Ok(all.into())
}

fn none_found(catalogue: &Catalogue) -> String {
    let words = catalogue.words();
    let filter = if words.is_empty() {
        String::new()
    } else {
        format!(" This server runs with {words}, and finds no other tools.")
    };
    format!(
        "No tool has these words. Name the thing in a word or two, as {} would.{filter}",
        catalogue.vendor.title
    )
}

fn schemas(catalogue: &Catalogue, arguments: &Value, most: usize) -> Result<Value, Vec<Mistake>> {
    let mut args = Args::new(arguments);
    let names: Vec<String> = args.required_within("names", NAMES);
    finished(args)?;
    let (mut found, mut mistakes, mut omitted) = (Vec::new(), Vec::new(), Vec::new());
    let mut size = 0;
    for (number, name) in names.iter().enumerate() {
        match catalogue.find(name) {
            Err(why) => mistakes.push(Mistake::new(format!("names[{number}]"), why)),
            Ok(entry) => {
                let listing: Value = serde_json::from_str(entry.about.listing).unwrap_or_default();
                size += listing.to_string().len();
                if found.is_empty() || size <= most {
                    found.push(listing)
                } else {
                    omitted.push(entry.about.name)
                }
            }
        }
    }
    if found.is_empty() {
        return Err(mistakes);
    }
    let mut json = json!({"result": found});
    if !mistakes.is_empty() {
        json["mistakes"] = mistakes.iter().map(Mistake::json).collect();
    }
    if !omitted.is_empty() {
        json["omitted"] = omitted.into();
        json["hint"] = "Together they would be too large: ask for those that are omitted in a call of their own.".into();
    }
    Ok(json)
}

fn call(door: Door, catalogue: &Catalogue, arguments: &Value) -> Result<Step, Vec<Mistake>> {
    let mut args = Args::new(arguments);
    let name: Option<String> = Some(args.required("name"));
    let inner: Option<Entries<Json>> = args.optional("arguments");
    let mut mistakes = args.finish();
    let name = name.filter(|_| !mistakes.iter().any(|it| it.at == "name"));
    let entry = name.and_then(|name| match catalogue.find(&name) {
        Ok(entry) if door == Door::CallRead && entry.about.effect != Effect::Read => {
            let why = format!(
                "{} writes (its effect is {}): call it through `call_tool`",
                ticked(&name),
                entry.about.effect.word()
            );
            mistakes.push(Mistake::new("name", why));
            None
        }
        Ok(entry) => Some(entry),
        Err(why) => {
            mistakes.push(Mistake::new("name", why));
            None
        }
    });
    match entry.filter(|_| mistakes.is_empty()) {
        Some(entry) => {
            let inner = inner.map_or_else(Map::new, |it| {
                it.0.into_iter()
                    .map(|(key, value)| (key, value.0))
                    .collect()
            });
            Ok(Step::Call(entry, inner.into()))
        }
        None => Err(mistakes),
    }
}

fn finished(args: Args<'_>) -> Result<(), Vec<Mistake>> {
    let mistakes = args.finish();
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(mistakes)
    }
}

/// Up to the first full stop before a space.
fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

/// On one line, of a bounded length.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LINE) {
        None => line,
        Some((end, _)) => format!("{}…", &line[..end]),
    }
}
