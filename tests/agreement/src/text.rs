//! Which texts a schema allows.

use proptest::{
    collection,
    prelude::{BoxedStrategy, Just, Strategy, prop_oneof},
    string::string_regex,
};
use runtime::Value;

use crate::{generate::Values, number::count};

/// Most characters beyond what the schema demands, unless it is the very limit that is tried.
const SOME: usize = 10;

/// Texts that a schema allows.
///
/// # Errors
/// Why no text can be drawn.
pub(crate) fn texts(schema: &Value) -> Result<Values, String> {
    let least = count(schema, "minLength").unwrap_or(0);
    let most = count(schema, "maxLength").unwrap_or(usize::MAX);
    let texts = match (schema["pattern"].as_str(), schema["format"].as_str()) {
        (Some(pattern), _) => matching(pattern)?,
        (_, Some("date")) => matching("(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])")?,
        (_, Some("date-time")) => times()?,
        _ if schema["contentEncoding"] == "base64" => base64()?,
        _ => of_length(least, most),
    };
    let fits = move |text: &String| (least..=most).contains(&text.chars().count());
    Ok(texts
        .prop_filter("the length must fit", fits)
        .prop_map(Value::from)
        .boxed())
}

/// Any text, often an awkward one.
pub(crate) fn any() -> BoxedStrategy<String> {
    of_length(0, usize::MAX)
}

fn of_length(least: usize, most: usize) -> BoxedStrategy<String> {
    let character = || prop_oneof![8 => "[a-zA-Z0-9 ]", 2 => "[-_.:/äß漢😀\"]", 1 => "[',\\\\\n\t\u{7f}%&=?#{}]"];
    let text = |lengths| collection::vec(character(), lengths).prop_map(|it| it.concat());
    let short = text(least..=most.min(least.saturating_add(SOME)));
    if most == usize::MAX {
        return short.boxed();
    }
    // Characters are counted, not bytes.
    let longest = prop_oneof![Just("x"), Just("😀")].prop_map(move |it| it.repeat(most));
    prop_oneof![9 => short, 1 => longest].boxed()
}

fn times() -> Result<BoxedStrategy<String>, String> {
    matching(
        "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?\
         ([Zz]|[+-](0[0-9]|1[0-4]):[03]0)",
    )
}

/// Padded, with no bit set that the padding cuts off.
fn base64() -> Result<BoxedStrategy<String>, String> {
    matching("([A-Za-z0-9+/]{4}){0,6}([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?")
}

/// Texts that match a pattern as a whole; a schema asks only for a part that matches.
fn matching(pattern: &str) -> Result<BoxedStrategy<String>, String> {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    let texts = string_regex(inner).map_err(|error| {
        format!("no text can be drawn for the pattern `{pattern}`: {error}; see tests/agreement/src/text.rs")
    })?;
    Ok(texts.boxed())
}
