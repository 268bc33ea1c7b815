//! The comment of a pull request: a table to see at a glance, and the details folded.

use std::fmt::Write as _;

use codegen::compare::{Change, Class};

use super::{Difference, Report, excerpts};

/// A comment longer than this is refused by GitHub (65,536 characters); some room is left for what stands around.
const LONGEST: usize = 60_000;

/// For a pull request.
pub(crate) fn markdown(report: &Report) -> String {
    let mut text = "## What this changes for those who call the tools\n\n".to_owned();
    let changed: Vec<&Difference> = report.changed().collect();
    // Writing to a string does not fail.
    if changed.is_empty() {
        let _ = writeln!(text, "Nothing, against `{}`.", report.base);
    } else {
        text +=
            "| vendor | breaking | additive | wording | `tools/list` |\n|---|---|---|---|---|\n";
        for it in &changed {
            let [breaking, additive, wording] = Class::ALL.map(|class| it.of(class).len());
            let breaking = if breaking > 0 {
                format!("**{breaking}**")
            } else {
                "0".to_owned()
            };
            let note = match (&it.before, &it.after) {
                (None, _) => " (new)",
                (_, None) => " (gone)",
                _ => "",
            };
            let _ = writeln!(
                text,
                "| {}{note} | {breaking} | {additive} | {wording} | {} |",
                it.vendor,
                it.cost()
            );
        }
    }
    if let Some(note) = &report.note {
        let _ = writeln!(text, "\n{note}");
    }
    let mut left = 0;
    for it in &changed {
        for class in Class::ALL {
            let details = details(it, class);
            if text.len() + details.len() > LONGEST {
                left += it.of(class).len();
            } else {
                text += &details;
            }
        }
    }
    if left > 0 {
        let _ = writeln!(
            text,
            "\n{left} changes more do not fit here: `cargo xtask diff --base {}`.",
            report.base
        );
    }
    text
}

/// The changes of one class, folded; what breaks is open.
fn details(difference: &Difference, class: Class) -> String {
    let changes = difference.of(class);
    if changes.is_empty() {
        return String::new();
    }
    let open = if class == Class::Breaking {
        " open"
    } else {
        ""
    };
    let mut text = format!(
        "\n<details{open}><summary>{}: {} {}</summary>\n\n| rule | where | before | after |\n|---|---|---|---|\n",
        difference.vendor,
        changes.len(),
        class.as_str()
    );
    for change in changes {
        text += &row(change);
    }
    text + "\n</details>\n"
}

fn row(change: &Change) -> String {
    let (before, after) = excerpts(change, 200);
    let at = match change.at.as_str() {
        "" => String::new(),
        at => format!(" {}", code(at)),
    };
    let cell = |it: Option<String>| it.map(|it| code(&it)).unwrap_or_default();
    format!(
        "| {} | {}{at} | {} | {} |\n",
        change.rule,
        code(&change.subject),
        cell(before),
        cell(after)
    )
}

/// A text that stays within its cell, whatever it holds.
fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    let room = if text.contains('`') { " " } else { "" };
    format!(
        "{fence}{room}{}{room}{fence}",
        text.replace("``", "` `").replace('|', "\\|")
    )
}
