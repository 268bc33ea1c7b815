//! The differences between two sets of specs, printed for a terminal, for a pull request, and for a script.

mod excerpt;
mod markdown;

use std::fmt::Write as _;

use codegen::compare::{Change, Class, Cost};
use serde_json::json;

use self::excerpt::excerpts;
pub(crate) use self::markdown::markdown;
use crate::terminal::{BAD, FAINT, GOOD, STRONG, paint};

/// The differences of all vendors.
pub(crate) struct Report {
    /// What was compared with.
    pub(crate) base: String,
    /// What else there is to know.
    pub(crate) note: Option<String>,
    /// A vendor each.
    pub(crate) differences: Vec<Difference>,
}

/// The differences of one vendor.
pub(crate) struct Difference {
    /// Its folder.
    pub(crate) vendor: String,
    /// What its tools cost before; none if it is new.
    pub(crate) before: Option<Cost>,
    /// What they cost now; none if it is gone.
    pub(crate) after: Option<Cost>,
    /// The changes.
    pub(crate) changes: Vec<Change>,
}

impl Report {
    /// The changes of all vendors.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.differences.iter().flat_map(|it| &it.changes)
    }

    /// The vendors of which there is something to tell.
    fn changed(&self) -> impl Iterator<Item = &Difference> {
        let is_changed = |it: &&Difference| !it.changes.is_empty() || it.before != it.after;
        self.differences.iter().filter(is_changed)
    }
}

impl Difference {
    /// The changes of a class.
    fn of(&self, class: Class) -> Vec<&Change> {
        self.changes.iter().filter(|it| it.class == class).collect()
    }

    /// `2 breaking, 1 additive`
    fn summary(&self) -> String {
        match (&self.before, &self.after) {
            (None, _) => return "a new vendor".to_owned(),
            (_, None) => return "the vendor is gone".to_owned(),
            _ => {}
        }
        let counts = Class::ALL.map(|class| (self.of(class).len(), class.as_str()));
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        counts
            .map(|(count, class)| format!("{count} {class}"))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// What the tools cost, before and after.
    fn cost(&self) -> String {
        let [before, after] = [self.before, self.after].map(Option::unwrap_or_default);
        let pair = |before: usize, after: usize| match before == after {
            true => format!("{after}"),
            false => format!("{before} → {after}"),
        };
        format!(
            "{} tools, {} bytes, about {} tokens",
            pair(before.tools, after.tools),
            pair(before.bytes, after.bytes),
            pair(before.tokens, after.tokens)
        )
    }
}

/// What a change is about: the subject, and what of it.
fn place(change: &Change) -> String {
    match change.at.as_str() {
        "" => change.subject.clone(),
        at => format!("{} {at}", change.subject),
    }
}

/// The class of a change, painted, and as wide as the widest.
pub(crate) fn label(class: Class) -> String {
    let style = match class {
        Class::Breaking => BAD,
        Class::Additive => GOOD,
        Class::Wording => FAINT,
    };
    paint(style, format!("{:9}", class.as_str()))
}

/// For a terminal.
pub(crate) fn text(report: &Report) -> String {
    let mut text = String::new();
    for it in report.changed() {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{}: {}\n  tools/list: {}",
            paint(STRONG, &it.vendor),
            it.summary(),
            it.cost()
        );
        for class in Class::ALL {
            for change in it.of(class) {
                let (before, after) = excerpts(change, 160);
                let _ = writeln!(
                    text,
                    "  {} {}: {}",
                    label(class),
                    change.rule,
                    place(change)
                );
                for (sign, said) in [("-", before), ("+", after)] {
                    if let Some(said) = said {
                        let _ = writeln!(text, "              {sign} {said}");
                    }
                }
            }
        }
    }
    if text.is_empty() {
        text = format!("No tool changes against {}.\n", report.base);
    }
    if let Some(note) = &report.note {
        let _ = writeln!(text, "{note}");
    }
    text
}

/// For a script.
///
/// # Errors
/// None that can happen.
pub(crate) fn json(report: &Report) -> anyhow::Result<String> {
    let vendors = report.differences.iter().map(|it| {
        json!({"vendor": it.vendor, "before": it.before, "after": it.after, "changes": it.changes})
    });
    let counts = Class::ALL.map(|class| {
        let count = report.changes().filter(|it| it.class == class).count();
        (class.as_str().to_owned(), json!(count))
    });
    let whole = json!({
        "base": report.base,
        "note": report.note,
        "counts": serde_json::Map::from_iter(counts),
        "vendors": vendors.collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}
