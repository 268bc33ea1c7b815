//! What `cargo xtask new-vendor` says of its work: what was written, guessed and refused, and what comes next.

use std::{collections::BTreeMap, fmt::Write as _};

use codegen::{Generated, Source, scaffold::Summary};
use serde_json::{Value, json};

/// Most lines of one kind; the rest stands in the files.
const MOST: usize = 8;

/// The summary for people.
pub(crate) fn told(
    vendor: &str,
    what: &str,
    files: &[&Source],
    summary: &Summary,
    generated: &Generated,
) -> String {
    let mut words = format!("{}: {}\n", summary.title, counted(generated));
    let names: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
    // Writing to a string does not fail.
    let _ = writeln!(words, "{what} {} and generated/{vendor}", names.join(", "));
    let guesses = summary
        .guesses
        .iter()
        .map(|it| format!("{}: {}, from {}", it.place, it.what, it.from));
    section(&mut words, "Guessed (each is marked in its file):", guesses);
    section(&mut words, "Look at:", summary.told.iter().cloned());
    let renamed = summary
        .renamed
        .iter()
        .map(|(tool, why)| format!("{tool}: {why}"));
    section(&mut words, "Named otherwise than by the rule:", renamed);
    let dropped = summary
        .dropped
        .iter()
        .map(|it| format!("{}: {}", it.operation, it.reason));
    section(&mut words, "Left without a record:", dropped);
    let refused = reasons(summary)
        .into_iter()
        .map(|(reason, count)| format!("{count} x {reason}"));
    section(
        &mut words,
        &format!("Refused, operation by operation in generated/{vendor}/LEDGER.md:"),
        refused,
    );
    let warnings = generated.diagnostics.iter().map(|it| {
        let place = &it.place;
        format!(
            "{} {}: {}; {}",
            place.file, place.pointer, it.reason, it.remedy
        )
    });
    section(&mut words, "Warned of by the generator:", warnings);
    next(&mut words, vendor, generated);
    words
}

/// What became of the operations.
fn counted(generated: &Generated) -> String {
    let (tools, left_out, refused) = counts(generated);
    let all = tools + left_out + refused;
    format!("{all} operations = {tools} tools + {left_out} left out + {refused} refused")
}

fn counts(generated: &Generated) -> (usize, usize, usize) {
    let plan = generated.plan.as_ref();
    plan.map(|it| it.ledger.counts()).unwrap_or_default()
}

fn section(words: &mut String, heading: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(words, "\n{heading}");
    for line in lines.iter().take(MOST) {
        let _ = writeln!(words, "  - {line}");
    }
    if lines.len() > MOST {
        let _ = writeln!(
            words,
            "  … and {} more (--json prints all)",
            lines.len() - MOST
        );
    }
}

/// The reasons of refusals, the most frequent first; what they quote differs, and does not count.
fn reasons(summary: &Summary) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for reason in summary.refused.iter().flat_map(|(_, it)| it) {
        let plain: Vec<&str> = reason.split('`').step_by(2).collect();
        *counts.entry(plain.join("…")).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, left), (b, right)| right.cmp(left).then_with(|| a.cmp(b)));
    counts
}

fn next(words: &mut String, vendor: &str, generated: &Generated) {
    let tools = generated.plan.iter().flat_map(|it| &it.tools);
    let binary = generated
        .plan
        .as_ref()
        .map_or("", |it| it.docs.binary.as_str());
    // One that can be called without knowing an id.
    let least = tools.min_by_key(|it| {
        (
            it.inputs.iter().filter(|it| it.required).count(),
            it.verb,
            &it.name,
        )
    });
    let _ = writeln!(words, "\nNext:");
    let _ = writeln!(
        words,
        "  edit specs/{vendor}/docs.yaml and specs/{vendor}/vendor.yaml, then: cargo xtask codegen {vendor}"
    );
    let _ = writeln!(words, "  cargo run -p {binary} -- tools");
    if let Some(tool) = least {
        let arguments = tool
            .inputs
            .iter()
            .filter(|it| it.required)
            .map(|it| format!(" {}=…", it.name));
        let arguments: String = arguments.collect();
        let _ = writeln!(
            words,
            "  cargo run -p {binary} -- call {}{arguments} --dry-run",
            tool.name
        );
    }
    let _ = writeln!(
        words,
        "  cargo run -p {binary} -- doctor        which credentials it needs"
    );
}

/// The summary for scripts.
pub(crate) fn json(
    vendor: &str,
    files: &[&Source],
    summary: &Summary,
    generated: &Generated,
) -> Value {
    let (tools, left_out, refused) = counts(generated);
    let pairs = |key: &str, it: &[(String, String)]| -> Value {
        it.iter()
            .map(|(name, why)| json!({key: name, "why": why}))
            .collect()
    };
    json!({
        "vendor": vendor,
        "title": summary.title,
        "binary": generated.plan.as_ref().map(|it| it.docs.binary.clone()),
        "files": files.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(),
        "operations": tools + left_out + refused,
        "tools": tools,
        "left_out": left_out,
        "refused": refused,
        "refusals": summary.refused.iter().map(|(key, why)| json!({"operation": key, "why": why})).collect::<Vec<_>>(),
        "without_record": summary.dropped.iter().map(|it| json!({"operation": it.operation, "why": it.reason})).collect::<Vec<_>>(),
        "renamed": pairs("tool", &summary.renamed),
        "guesses": summary.guesses.iter().map(|it| json!({"place": it.place, "what": it.what, "from": it.from})).collect::<Vec<_>>(),
        "told": summary.told,
        "diagnostics": generated.diagnostics,
    })
}
