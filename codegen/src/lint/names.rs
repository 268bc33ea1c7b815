//! Whether names fit, tell what the tool is about, and are told apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    found::Found,
    subject::{Subject, Tool},
    text::list,
};

/// Words of the pattern of names, which no tool has for itself.
const OF_THE_PATTERN: &[&str] = &["id", "single"];

/// A name that a client's prefix pushes over the budget.
pub(super) fn prefixed(subject: &Subject<'_>, found: &mut Found) {
    let most = subject.budgets.name;
    for tool in &subject.tools {
        let name = format!("mcp__{}__{}", subject.plan.docs.label, tool.plan.name);
        let length = name.chars().count();
        if length > most {
            let reason =
                format!("as `{name}` it has {length} characters, and the budget is {most}");
            found.tool(&tool.plan.name, reason);
        }
    }
}

/// A name that ends in a number.
pub(super) fn numbered(subject: &Subject<'_>, found: &mut Found) {
    for tool in &subject.tools {
        let name = tool.plan.name.trim_end_matches("_by_id");
        let last = name.rsplit('_').next().unwrap_or_default();
        // Longer ones are digests of derived names that were cut, or years.
        if last.len() < 4 && last.chars().all(|it| it.is_ascii_digit()) {
            found.tool(
                &tool.plan.name,
                format!("the name ends in the number {last}"),
            );
        }
    }
}

/// A tool of one record, on a path that is not one record's.
pub(super) fn item(subject: &Subject<'_>, found: &mut Found) {
    const OF_ONE: [&str; 4] = ["get", "update", "replace", "delete"];
    for tool in subject.tools.iter().filter(|it| !it.plan.is_composite()) {
        let last = tool.plan.path.rsplit('/').next().unwrap_or_default();
        let is_of_one = OF_ONE.contains(&tool.plan.method.as_str());
        // A derived name says whether it is of one.
        let is_claimed = !tool.is_derived || tool.plan.name.contains("_by_");
        if is_of_one && is_claimed && !last.ends_with('}') {
            let reason = format!(
                "`{}` is the method of one record, and the path ends in `{last}`: `{}`",
                tool.plan.method, tool.plan.operation
            );
            found.tool(&tool.plan.name, reason);
        }
    }
}

/// Names that differ by little.
pub(super) fn alike(subject: &Subject<'_>, found: &mut Found) {
    let label = list(&subject.plan.docs.label);
    let mut same: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for tool in &subject.tools {
        let name = tool.plan.name.as_str();
        same.entry(told(tool, &label)).or_default().push(name);
    }
    for names in same.values().filter(|it| it.len() > 1) {
        let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
        found.tools(
            names,
            "but for plurals and the order of words, the names are the same",
        );
    }
    let told: Vec<(&String, &str)> = same.iter().map(|(told, names)| (told, names[0])).collect();
    for (one, other) in a_letter_apart(&told) {
        let names = vec![one.to_owned(), other.to_owned()];
        found.tools(names, "the names differ by a letter");
    }
}

/// What a name says, in words that are sorted.
fn told(tool: &Tool<'_>, label: &[String]) -> String {
    let mut words = list(&tool.plan.name);
    words.retain(|it| !label.contains(it) && !OF_THE_PATTERN.contains(&it.as_str()));
    words.sort();
    words.join("_")
}

/// The pairs of which one becomes the other when a letter is added, taken away or exchanged. Two that are so near have a rest
/// in common when each loses a letter, or none: it is looked up, so that a list of thousands is not compared pair by pair.
fn a_letter_apart<'a>(told: &[(&String, &'a str)]) -> BTreeSet<(&'a str, &'a str)> {
    let mut rests: HashMap<String, Vec<usize>> = HashMap::new();
    let mut pairs = BTreeSet::new();
    for (index, (text, name)) in told.iter().enumerate() {
        for rest in rests_of(text) {
            let others = rests.entry(rest).or_default();
            let near = others
                .iter()
                .filter(|it| strsim::levenshtein(told[**it].0, text) == 1);
            pairs.extend(near.map(|it| (told[*it].1, *name)));
            if others.last() != Some(&index) {
                others.push(index);
            }
        }
    }
    pairs
}

/// A text, and what is left of it without each of its letters.
fn rests_of(text: &str) -> Vec<String> {
    let letters = text.char_indices();
    let without = letters.map(|(at, it)| format!("{}{}", &text[..at], &text[at + it.len_utf8()..]));
    without.chain([text.to_owned()]).collect()
}
