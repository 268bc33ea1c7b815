//! The differences of two schemas of inputs: what is taken, and what is no longer.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    Changes, DESCRIPTION_CHANGED, ENUM_GAINED, ENUM_LOST, FORM_GAINED, FORM_LOST, INPUT_ADDED,
    INPUT_ADDED_REQUIRED, INPUT_OPTIONAL, INPUT_REMOVED, INPUT_REQUIRED, INPUT_RETYPED,
    INPUT_WIDENED, LIMIT_LOOSENED, LIMIT_TIGHTENED, NOTHING, Rule, shown,
};

/// Limits that refuse more the greater they are.
const LOWER: [&str; 4] = ["minimum", "exclusiveMinimum", "minLength", "minItems"];
/// Limits that refuse more the smaller they are.
const UPPER: [&str; 6] = [
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxBytes",
    "maxDepth",
];
/// Keywords that refuse more where they stand, and otherwise where they are others.
const FORMS: [&str; 5] = [
    "pattern",
    "format",
    "multipleOf",
    "uniqueItems",
    "contentEncoding",
];
/// Keywords that are looked at by name.
const KNOWN: [&str; 8] = [
    "anyOf",
    "type",
    "enum",
    "description",
    "properties",
    "required",
    "items",
    "additionalProperties",
];

/// Compares two schemas of one value; `at` is where it stands among a tool's inputs.
pub(super) fn compare(tool: &str, at: &str, before: &Value, after: &Value, into: &mut Changes) {
    if before == after {
        return;
    }
    let text = |it: &Value| it["description"].as_str().unwrap_or_default().to_owned();
    into.words(DESCRIPTION_CHANGED, tool, at, &text(before), &text(after));
    if let (Some(was), Some(is)) = (before["anyOf"].as_array(), after["anyOf"].as_array()) {
        forms(tool, at, was, is, into);
        return limits(tool, at, before, after, into);
    }
    if let Some(rule) = retyped(before, after) {
        let types = (kind(before), kind(after));
        into.add(rule, tool, at, (&types.0).into(), (&types.1).into());
        return;
    }
    values(tool, at, before, after, into);
    limits(tool, at, before, after, into);
    properties(tool, at, before, after, into);
    for (keyword, sign) in [("items", "[]"), ("additionalProperties", "{}")] {
        let (before, after) = (&before[keyword], &after[keyword]);
        let opens = keyword == "additionalProperties" && *before == false && after.is_object();
        if opens {
            let at = format!("{at}{sign}");
            into.add(
                LIMIT_LOOSENED,
                tool,
                &at,
                (&shown(before)).into(),
                (&shown(after)).into(),
            );
        } else if before.is_object() && after.is_object() {
            compare(tool, &format!("{at}{sign}"), before, after, into);
        } else if before != after {
            let closes = before.is_null() || *after == false;
            let rule = if closes {
                LIMIT_TIGHTENED
            } else {
                LIMIT_LOOSENED
            };
            into.add(
                rule,
                tool,
                &format!("{at}{sign}"),
                (&shown(before)).into(),
                (&shown(after)).into(),
            );
        }
    }
}

/// Compares the forms of a value: those that are told apart alike are compared with each other, the rest came or went.
fn forms(tool: &str, at: &str, before: &[Value], after: &[Value], into: &mut Changes) {
    let mut left: Vec<&Value> = after.iter().collect();
    let mut lost = Vec::new();
    for was in before {
        let same = left.iter().position(|is| *is == was);
        let same = same.or_else(|| left.iter().position(|is| form(is) == form(was)));
        match same {
            Some(index) => {
                let place = format!("{at}({})", form(was));
                compare(tool, &place, was, left.remove(index), into);
            }
            None => lost.push(was),
        }
    }
    for was in lost {
        into.add(FORM_LOST, tool, at, (&form(was)).into(), NOTHING);
    }
    for is in left {
        into.add(FORM_GAINED, tool, at, NOTHING, (&form(is)).into());
    }
}

/// A form in a word: its type, and of objects the values that tell it apart, else the properties that it must have.
fn form(schema: &Value) -> String {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let tags = properties.filter(|(name, it)| it["enum"].is_array() && is_required(schema, name));
    let tags: Vec<_> = tags
        .map(|(name, it)| format!("{name} {}", shown(&it["enum"])))
        .collect();
    let needs = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .map(shown);
    let words = match tags.is_empty() {
        true => needs.collect::<Vec<_>>(),
        false => tags,
    };
    let kind = kind(schema);
    if words.is_empty() {
        kind
    } else {
        format!("{kind} with {}", words.join(", "))
    }
}

/// Whether values of the type before are refused, or others taken too.
fn retyped(before: &Value, after: &Value) -> Option<&'static Rule> {
    let (was, is) = (kind(before), kind(after));
    if was == is {
        return None;
    }
    let forms = after["anyOf"].as_array().into_iter().flatten();
    let is_a_form = forms.into_iter().any(|it| {
        let without_words = |it: &Value| {
            let mut it = it.clone();
            it.as_object_mut().map(|it| it.shift_remove("description"));
            it
        };
        without_words(it) == without_words(before)
    });
    let is_wider = is == "anything" || (was == "integer" && is == "number") || is_a_form;
    Some(if is_wider {
        INPUT_WIDENED
    } else {
        INPUT_RETYPED
    })
}

/// The type in a word; of a schema without one, what its branches are.
fn kind(schema: &Value) -> String {
    if let Some(word) = schema["type"].as_str() {
        return word.to_owned();
    }
    let own = schema.as_object().into_iter().flatten();
    let own = own.filter(|(key, _)| !["description", "enum"].contains(&key.as_str()));
    let own: Map<String, Value> = own.map(|(key, it)| (key.clone(), it.clone())).collect();
    match own.is_empty() {
        true => "anything".to_owned(),
        false => Value::Object(own).to_string(),
    }
}

fn values(tool: &str, at: &str, before: &Value, after: &Value, into: &mut Changes) {
    let set = |it: &Value| -> Option<BTreeSet<String>> {
        let values = it["enum"].as_array()?.iter();
        Some(values.map(shown).collect())
    };
    match (set(before), set(after)) {
        (Some(was), Some(is)) => {
            for lost in was.difference(&is) {
                into.add(ENUM_LOST, tool, at, lost.into(), NOTHING);
            }
            for gained in is.difference(&was) {
                into.add(ENUM_GAINED, tool, at, NOTHING, gained.into());
            }
        }
        (None, Some(_)) => into.add(
            LIMIT_TIGHTENED,
            tool,
            at,
            NOTHING,
            (&shown(&after["enum"])).into(),
        ),
        (Some(_), None) => into.add(
            LIMIT_LOOSENED,
            tool,
            at,
            (&shown(&before["enum"])).into(),
            NOTHING,
        ),
        (None, None) => {}
    }
}

fn limits(tool: &str, at: &str, before: &Value, after: &Value, into: &mut Changes) {
    let keywords: BTreeSet<&String> = [before, after]
        .into_iter()
        .filter_map(Value::as_object)
        .flat_map(Map::keys)
        .filter(|it| !KNOWN.contains(&it.as_str()))
        .collect();
    for keyword in keywords {
        let (was, is) = (&before[keyword], &after[keyword]);
        if was == is {
            continue;
        }
        let word = |it: &Value| format!("{keyword} {}", shown(it));
        let said = |it: &Value| {
            if it.is_null() {
                NOTHING
            } else {
                (&word(it)).into()
            }
        };
        let rule = match is_tighter(keyword, was, is) {
            true => LIMIT_TIGHTENED,
            false => LIMIT_LOOSENED,
        };
        into.add(rule, tool, at, said(was), said(is));
    }
}

/// Whether a keyword refuses what it let through. One that is not known here, or cannot be measured, does.
fn is_tighter(keyword: &str, was: &Value, is: &Value) -> bool {
    if is.is_null() {
        return false;
    }
    if was.is_null() || FORMS.contains(&keyword) {
        return true;
    }
    let numbers = was.as_f64().zip(is.as_f64());
    match numbers {
        Some((was, is)) if LOWER.contains(&keyword) => is > was,
        Some((was, is)) if UPPER.contains(&keyword) => is < was,
        _ => true,
    }
}

fn properties(tool: &str, at: &str, before: &Value, after: &Value, into: &mut Changes) {
    let none = Map::new();
    let of = |it: &'_ Value| {
        it["properties"]
            .as_object()
            .cloned()
            .unwrap_or_else(|| none.clone())
    };
    let (was, is) = (of(before), of(after));
    for (name, schema) in &was {
        let at = below(at, name);
        let other = is.get(name).cloned();
        match other.or_else(|| unnamed(after, schema)) {
            None => into.add(INPUT_REMOVED, tool, &at, (&kind(schema)).into(), NOTHING),
            Some(new) => {
                required(tool, &at, (before, after), name, into);
                compare(tool, &at, schema, &new, into);
            }
        }
    }
    for (name, schema) in is.iter().filter(|(name, _)| !was.contains_key(*name)) {
        if let Some(old) = unnamed(before, schema) {
            let at = below(at, name);
            required(tool, &at, (before, after), name, into);
            compare(tool, &at, &old, schema, into);
            continue;
        }
        let rule = match is_required(after, name) {
            true => INPUT_ADDED_REQUIRED,
            false => INPUT_ADDED,
        };
        into.add(
            rule,
            tool,
            &below(at, name),
            NOTHING,
            (&kind(schema)).into(),
        );
    }
}

/// What an object takes under a name that it does not declare, if anything, in the words of its declaration elsewhere.
fn unnamed(object: &Value, declared: &Value) -> Option<Value> {
    let mut rest = object["additionalProperties"].as_object()?.clone();
    rest.shift_remove("description");
    if let Some(words) = declared.get("description") {
        rest.insert("description".to_owned(), words.clone());
    }
    Some(Value::Object(rest))
}

fn required(tool: &str, at: &str, schemas: (&Value, &Value), name: &str, into: &mut Changes) {
    match (is_required(schemas.0, name), is_required(schemas.1, name)) {
        (false, true) => into.add(
            INPUT_REQUIRED,
            tool,
            at,
            "optional".into(),
            "required".into(),
        ),
        (true, false) => into.add(
            INPUT_OPTIONAL,
            tool,
            at,
            "required".into(),
            "optional".into(),
        ),
        _ => {}
    }
}

fn is_required(schema: &Value, name: &str) -> bool {
    let required = schema["required"].as_array().into_iter().flatten();
    required.into_iter().any(|it| it == name)
}

fn below(at: &str, name: &str) -> String {
    match at {
        "" => name.to_owned(),
        at => format!("{at}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Changes, compare};

    fn told(before: &Value, after: &Value) -> Vec<&'static str> {
        let mut changes = Changes::default();
        compare("tool", "at", before, after, &mut changes);
        changes.0.iter().map(|it| it.rule).collect()
    }

    #[test]
    fn limits_beside_forms_are_compared() {
        let forms = json!([{"type": "string"}, {"type": "integer"}]);
        let before = json!({"anyOf": forms, "maxBytes": 20});
        let after = json!({"anyOf": forms, "maxBytes": 10});
        assert_eq!(told(&before, &after), ["limit-tightened"]);
        assert_eq!(told(&after, &before), ["limit-loosened"]);
    }

    #[test]
    fn a_name_of_an_open_object_was_free_before_it_was_declared() {
        let open = |properties: Value, rest: Value| json!({"type": "object", "properties": properties, "additionalProperties": rest});
        let text = json!({"type": "string"});
        let free = open(json!({}), text.clone());
        let same = open(
            json!({"zip": {"type": "string", "description": "Code."}}),
            text.clone(),
        );
        assert!(told(&free, &same).is_empty() && told(&same, &free).is_empty());
        let short = open(
            json!({"zip": {"type": "string", "maxLength": 5}}),
            text.clone(),
        );
        assert_eq!(told(&free, &short), ["limit-tightened"]);
        assert_eq!(told(&short, &free), ["limit-loosened"]);
        let number = open(json!({"zip": {"type": "integer"}}), text);
        assert_eq!(told(&free, &number), ["input-retyped"]);
        let mut wanted = same.clone();
        wanted["required"] = json!(["zip"]);
        assert_eq!(told(&free, &wanted), ["input-required"]);
    }
}
