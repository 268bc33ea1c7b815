//! Small answers: what lists cost by default, measured over whole tool results, and that nothing asked for is missing.

use std::collections::BTreeSet;

use acceptance::{CONNECTWISE_PSA, Session};
use serde_json::{Value, json};

/// A session with the sandbox, whose requests are noted.
fn sandbox() -> Session {
    Session::start(&CONNECTWISE_PSA, &["--sandbox", "--log-requests"])
}

/// Bytes of each answer of the vendor, as the program noted them.
fn answered(output: &str) -> Vec<usize> {
    let notes = output
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    notes
        .filter_map(|note| note["response"]["bytes"].as_u64())
        .map(|bytes| usize::try_from(bytes).expect("an answer fits into memory"))
        .collect()
}

#[test]
fn a_default_list_costs_a_small_part_of_what_the_vendor_answers() {
    // Percent of the vendor's bytes at most, both copies of the answer counted. The promise is of tickets; what else a
    // service desk lists has fewer properties, and notes that are shown in full.
    for (records, most) in [("tickets", 15), ("companies", 20), ("time_entries", 55)] {
        let tool = format!("list_all_connect_wise_psa_{records}");
        let mut session = sandbox();
        let call = |arguments: Value| json!({"name": tool, "arguments": arguments});
        let shown = session.line("tools/call", call(json!({"limit": 10})));
        let whole = session.line("tools/call", call(json!({"limit": 10, "fields": ["*"]})));
        let vendor = answered(&session.finish());
        let count = |line: &str| {
            let answer: Value = serde_json::from_str(line).expect("the line is JSON");
            answer["result"]["structuredContent"]["result_count"].clone()
        };
        assert_eq!(count(&shown), 10, "{shown}");
        assert_eq!(count(&whole), 10, "{whole}");
        // The second answer of the vendor is that of all that it has.
        let share = 100.0 * shown.len() as f64 / vendor[1] as f64;
        println!(
            "{records}: {} of {} bytes, {share:.1} %",
            shown.len(),
            vendor[1]
        );
        assert!(share <= f64::from(most), "{records}: {share:.1} %");
    }
}

#[test]
fn what_is_named_is_in_every_record_and_is_what_the_vendor_says() {
    for records in ["tickets", "companies", "time_entries", "contacts"] {
        let tool = format!("list_all_connect_wise_psa_{records}");
        let mut session = sandbox();
        let whole = session.call(&tool, json!({"limit": 30, "fields": ["*"]}));
        let whole = whole.result();
        let paths = paths(&tool);
        assert!(paths.len() > 60, "{tool}: {paths:?}");
        for some in paths.chunks(25) {
            let arguments = json!({"limit": 30, "fields": some});
            let found = session.call(&tool, arguments).result();
            for (index, record) in found.as_array().expect("a list").iter().enumerate() {
                for path in some {
                    let said = at(&whole[index], path).unwrap_or(&Value::Null);
                    let shown = at(record, path);
                    let shown = shown.unwrap_or_else(|| panic!("{tool}: no {path} in {record}"));
                    // What was named within an object shows that it is null, which the whole leaves out.
                    let is_same = shown == said || shown.is_object();
                    assert!(is_same, "{tool}: {path} is {shown} and not {said}");
                }
            }
        }
    }
}

/// The value at a path, or the null in which the path ends; `None` if there is nothing.
fn at<'a>(record: &'a Value, path: &str) -> Option<&'a Value> {
    let mut place = record;
    for name in path.split('/') {
        if place.is_null() {
            return Some(place);
        }
        place = place.get(name)?;
    }
    Some(place)
}

/// The paths that a tool's listing offers, as its pattern spells them out.
fn paths(tool: &str) -> Vec<String> {
    let listing = CONNECTWISE_PSA.listing(tool);
    let fields = &listing["inputSchema"]["properties"]["fields"];
    let pattern = fields["items"]["pattern"].as_str().expect("a pattern");
    let inner = pattern
        .strip_prefix("^(\\*|")
        .and_then(|it| it.strip_suffix(")$"));
    let mut paths = BTreeSet::new();
    let mut name = String::new();
    let mut parts: Option<String> = None;
    for character in inner.expect("a choice of paths").chars().chain(['|']) {
        match (character, &mut parts) {
            ('(', None) => parts = Some(String::new()),
            ('?', Some(some)) => {
                let some = some.trim_matches(['(', ')', '/']).replace('(', "");
                paths.insert(name.clone());
                let some = some.split('|').filter(|it| !it.contains('['));
                paths.extend(some.map(|part| format!("{name}/{part}")));
                parts = None;
                name.clear();
            }
            (character, Some(some)) => some.push(character),
            ('|', None) => {
                let is_named = !name.is_empty();
                paths.extend(is_named.then(|| std::mem::take(&mut name)));
            }
            (character, None) => name.push(character),
        }
    }
    paths.into_iter().collect()
}

#[test]
fn an_unknown_field_is_told_with_the_nearest_and_nothing_is_sent() {
    let mut session = sandbox();
    let arguments = json!({"fields": ["sumary", "board/nmae", "_info/lastUpdated"]});
    let outcome = session.call("list_all_connect_wise_psa_tickets", arguments);
    let failure = outcome.failure();
    let mistakes = failure["mistakes"].as_array().expect("mistakes");
    assert_eq!(mistakes.len(), 2, "{failure:#}");
    assert_eq!(mistakes[0]["at"], "fields[0]");
    for (mistake, near) in mistakes.iter().zip(["`summary`", "`board/name`"]) {
        let why = mistake["why"].as_str().expect("a reason");
        assert!(why.contains(near), "{why}");
    }
    assert!(answered(&session.finish()).is_empty());
}
