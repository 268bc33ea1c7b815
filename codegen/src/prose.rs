//! Reads what the vendor's document says in words only: a rule of vendor.yaml turns each such phrase into a keyword, and takes
//! it out of the description.

use regex_lite::Regex;
use serde_json::{Map, Value};

use crate::{
    load::Document,
    report::{Place, Report},
    vendor::{Meaning, ProseRule},
};

/// On a property: required where the whole record is sent anew.
pub(crate) const REQUIRED_ON_REPLACE: &str = "x-required-on-replace";

struct Rule {
    phrase: Regex,
    means: Meaning,
    is_used: bool,
}

/// Applies every rule to every description of the document.
pub(crate) fn prose(
    document: &mut Document,
    rules: &[ProseRule],
    place: &Place,
    report: &mut Report,
) {
    let mut compiled = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        match compile(rule) {
            Ok(rule) => compiled.push((index, rule)),
            Err(why) => report.error(
                "prose-pattern",
                place.child("prose").child(index).child("pattern"),
                why,
                "correct the regular expression",
            ),
        }
    }
    if compiled.is_empty() {
        return;
    }
    walk(&mut document.value, &mut compiled);
    for (index, _) in compiled
        .iter()
        .filter(|(index, rule)| !rule.is_used && !rules[*index].optional)
    {
        report.error(
            "prose-unused",
            place.child("prose").child(*index),
            format!("no description of {} says this", document.path),
            "remove the rule, correct its pattern, or mark it `optional: true`",
        );
    }
}

fn compile(rule: &ProseRule) -> Result<Rule, String> {
    let phrase =
        Regex::new(&rule.pattern).map_err(|why| format!("the pattern cannot be read: {why}"))?;
    let (has, needs) = (
        phrase.captures_len() - 1,
        usize::from(rule.means == Meaning::MaxLength),
    );
    if has != needs {
        return Err(format!(
            "the pattern captures {has} groups where {needs} are needed"
        ));
    }
    Ok(Rule {
        phrase,
        means: rule.means,
        is_used: false,
    })
}

fn walk(value: &mut Value, rules: &mut [(usize, Rule)]) {
    match value {
        Value::Object(object) => {
            describe(object, rules);
            object.values_mut().for_each(|it| walk(it, rules));
        }
        Value::Array(items) => items.iter_mut().for_each(|it| walk(it, rules)),
        _ => {}
    }
}

fn describe(object: &mut Map<String, Value>, rules: &mut [(usize, Rule)]) {
    let Some(Value::String(description)) = object.get("description") else {
        return;
    };
    let mut description = description.clone();
    let mut is_changed = false;
    for (_, rule) in rules {
        let Some(found) = rule.phrase.captures(&description) else {
            continue;
        };
        let Some((key, meant)) = keyword(object, rule.means, found.get(1).map(|it| it.as_str()))
        else {
            continue;
        };
        rule.is_used = true;
        is_changed = true;
        if let Some(key) = key {
            object.insert(key.to_owned(), meant);
        }
        description = rule.phrase.replace(&description, " ").into_owned();
    }
    if is_changed {
        let words = description.split_whitespace().collect::<Vec<_>>().join(" ");
        object.insert("description".to_owned(), words.into());
    }
}

/// The keyword that a phrase stands for beside this description, if it can; a text of a closed set has no length.
fn keyword(
    object: &Map<String, Value>,
    means: Meaning,
    number: Option<&str>,
) -> Option<(Option<&'static str>, Value)> {
    match means {
        Meaning::MaxLength => {
            let is_text =
                object.get("type") == Some(&"string".into()) && !object.contains_key("enum");
            let stated = number?.parse::<u32>().ok().filter(|_| is_text)?;
            let least = match object.get("maxLength").and_then(Value::as_u64) {
                Some(keyword) => keyword.min(stated.into()),
                None => stated.into(),
            };
            Some((Some("maxLength"), least.into()))
        }
        Meaning::RequiredOnReplace => Some((Some(REQUIRED_ON_REPLACE), true.into())),
        Meaning::Nothing => Some((None, Value::Null)),
    }
}
