//! What of each record is asked for, and what of it a caller named: that is in the answer even where it is null.

use serde_json::{Map, Value};

use crate::{args::Args, call::Call, limit::Limit, strip::strip, suggest, table::Strip, text};

/// The path that stands for the whole record.
const WHOLE: &str = "*";

/// What of each record a caller asks for, besides what is asked for anyway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The paths that the caller named.
    pub named: Vec<String>,
    /// Whether the caller wants whole records.
    pub whole: bool,
}

impl Args<'_> {
    /// Paths of a record, or `*`. What `known` lists is known: `id board(id,name) _info(*)`.
    pub fn paths(&mut self, key: &'static str, known: &'static str) -> Fields {
        let paths = self.optional_by(key, &[Limit::MinItems(1)], |args| {
            args.items(false, |args| path(args, known))
        });
        let mut fields = Fields::default();
        for path in paths.into_iter().flatten().flatten() {
            if path == WHOLE {
                fields.whole = true;
            } else if !fields.named.contains(&path) {
                fields.named.push(path);
            }
        }
        fields
    }
}

fn path(args: &mut Args, known: &'static str) -> Option<String> {
    let path = args.take("the path of a field", Value::as_str)?;
    if path == WHOLE || is_known(path, known) {
        return Some(path.to_owned());
    }
    let paths = paths(known);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let instead = suggest::instead(path, &paths, "fields");
    args.wrong(format!("unknown field {}{instead}", text::ticked(path)));
    None
}

/// Each property with the parts behind it.
fn properties(known: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    known.split(' ').map(|property| {
        let (name, parts) = property.split_once('(').unwrap_or((property, ""));
        (name, parts.trim_end_matches(')'))
    })
}

fn is_known(path: &str, known: &'static str) -> bool {
    let (head, part) = path
        .split_once('/')
        .map_or((path, None), |(head, part)| (head, Some(part)));
    let is_key = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'_')
    };
    properties(known)
        .filter(|(name, _)| *name == head)
        .any(|(_, parts)| match part {
            None => true,
            Some(part) => parts
                .split(',')
                .any(|it| (it == part && it != WHOLE) || (it == WHOLE && is_key(part))),
        })
}

/// Every known path, for whoever mistook one.
fn paths(known: &'static str) -> Vec<String> {
    let all = properties(known).flat_map(|(name, parts)| {
        let parts = parts.split(',').filter(|it| !it.is_empty() && *it != WHOLE);
        std::iter::once(name.to_owned()).chain(parts.map(move |part| format!("{name}/{part}")))
    });
    all.collect()
}

impl Call {
    /// What of each record is asked for: `usual`, as it is sent, and what the caller named besides. Whole records are
    /// not asked for by name.
    pub fn fields(&mut self, name: &'static str, fields: Fields, usual: &'static str) {
        if !fields.whole {
            let sent = sent(&fields.named, usual);
            self.query
                .extend((!sent.is_empty()).then_some((name.into(), sent)));
        }
        self.named = fields.named;
    }
}

/// The paths as they are sent, none of them below another.
fn sent(named: &[String], usual: &'static str) -> String {
    let mut paths: Vec<&str> = usual.split(',').filter(|it| !it.is_empty()).collect();
    paths.extend(named.iter().map(String::as_str));
    let is_whole = |path: &str, of: &str| {
        path.strip_prefix(of)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    let mut sent: Vec<&str> = Vec::new();
    for path in &paths {
        if !sent.contains(path) && !paths.iter().any(|it| is_whole(path, it)) {
            sent.push(path);
        }
    }
    sent.join(",")
}

/// Strips a record of nulls and noise, but not of what the caller named.
pub(crate) fn strip_but(record: &mut Value, rules: &Strip, named: &[String]) {
    let before: Vec<Value> = named.iter().map(|path| found(record, path)).collect();
    strip(record, rules);
    for (path, mut value) in named.iter().zip(before) {
        strip(&mut value, rules);
        restore(record, path, value);
    }
}

/// The value at a path; null where the vendor left it out.
fn found(record: &Value, path: &str) -> Value {
    let mut place = record;
    for name in path.split('/') {
        match place.get(name) {
            Some(value) => place = value,
            None => return Value::Null,
        }
    }
    place.clone()
}

/// Puts back what was stripped. Of what the vendor answered nothing of, null is said once, where the path ends to be.
fn restore(record: &mut Value, path: &str, value: Value) {
    let Value::Object(object) = record else {
        return;
    };
    let (name, rest) = path
        .split_once('/')
        .map_or((path, None), |(name, rest)| (name, Some(rest)));
    match (object.get_mut(name), rest) {
        (Some(place @ Value::Object(_)), Some(rest)) => restore(place, rest, value),
        (Some(_), _) => {}
        (None, Some(_)) if value.is_null() => drop(object.insert(name.to_owned(), Value::Null)),
        (None, Some(rest)) => {
            let mut place = Value::Object(Map::new());
            restore(&mut place, rest, value);
            object.insert(name.to_owned(), place);
        }
        (None, None) => drop(object.insert(name.to_owned(), value)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KNOWN: &str = "id summary board(id,name) closedDate owner(identifier) _info(*)";
    const RULES: Strip = Strip {
        empty_objects: true,
        keys: &["*_href"],
    };

    fn read(fields: Value) -> Result<Fields, String> {
        let arguments = json!({ "fields": fields });
        let mut args = Args::new(&arguments);
        let fields = args.paths("fields", KNOWN);
        match args.finish().first() {
            Some(mistake) => Err(mistake.to_string()),
            None => Ok(fields),
        }
    }

    #[test]
    fn known_paths_are_read_once_each() {
        let fields = read(json!(["id", "board/name", "id", "_info/lastUpdated", "*"])).unwrap();
        assert_eq!(fields.named, ["id", "board/name", "_info/lastUpdated"]);
        assert!(fields.whole);
    }

    #[test]
    fn unknown_paths_are_refused_with_the_nearest() {
        let cases = [
            (json!(["sumary"]), "did you mean `summary`?"),
            (json!(["board/naem"]), "did you mean `board/name`"),
            (json!(["id/x"]), "unknown field"),
            (json!(["_info/a b"]), "unknown field"),
            (json!(["_info/"]), "unknown field"),
            (json!(["board/*"]), "unknown field"),
            (json!(["id,summary"]), "unknown field"),
            (json!([""]), "unknown field"),
            (json!([]), "at least 1 item"),
        ];
        for (fields, why) in cases {
            let told = read(fields.clone()).unwrap_err();
            assert!(told.contains(why), "{fields}: {told}");
        }
    }

    #[test]
    fn what_is_named_is_sent_behind_the_usual_and_never_twice() {
        let cases: [(&[&str], &str); 4] = [
            (&[], "id,board/name"),
            (&["summary", "id"], "id,board/name,summary"),
            (&["board"], "id,board"),
            (&["board/id", "board"], "id,board"),
        ];
        for (named, expected) in cases {
            let named: Vec<String> = named.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(sent(&named, "id,board/name"), expected, "{named:?}");
        }
        assert_eq!(sent(&["x".to_owned()], ""), "x");
    }

    #[test]
    fn what_is_named_stays_though_it_is_null_or_noise() {
        let record = json!({
            "id": 1, "closedDate": null, "owner": null, "board": {"name": null, "_info": {"board_href": "x"}},
            "_info": {"activities_href": "y"}, "empty": {},
        });
        let shown = |named: &[&str]| {
            let (mut record, named): (_, Vec<String>) = (
                record.clone(),
                named.iter().map(|it| (*it).to_owned()).collect(),
            );
            strip_but(&mut record, &RULES, &named);
            record
        };
        assert_eq!(shown(&[]), json!({"id": 1}));
        assert_eq!(shown(&["closedDate"]), json!({"id": 1, "closedDate": null}));
        assert_eq!(shown(&["absent"]), json!({"id": 1, "absent": null}));
        assert_eq!(
            shown(&["owner/identifier"]),
            json!({"id": 1, "owner": null})
        );
        assert_eq!(shown(&["board/name"]), json!({"id": 1, "board": null}));
        assert_eq!(shown(&["board"]), json!({"id": 1, "board": {}}));
        assert_eq!(shown(&["empty"]), json!({"id": 1, "empty": {}}));
        assert_eq!(
            shown(&["_info/activities_href", "_info/lastUpdated"]),
            json!({"id": 1, "_info": {"activities_href": "y", "lastUpdated": null}})
        );
    }
}
