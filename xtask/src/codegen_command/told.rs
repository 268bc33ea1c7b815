//! What came of `cargo xtask codegen`, for people and for a script.

use codegen::{Diagnostic, Generated, Severity};
use serde_json::{Value, json};

use crate::{
    drift, index,
    settle::{Difference, Kind},
    terminal::{self, BAD, GOOD, paint},
};

/// What came of a run.
pub(super) enum Done {
    /// Nothing was written: the specs have mistakes.
    Nothing,
    /// It was written.
    Written {
        /// A folder each.
        folders: Vec<Written>,
        /// Whether the page over all vendors was not as it is now.
        is_indexed: bool,
        /// Folders of vendors that are gone, which were removed.
        removed: Vec<String>,
        /// What belongs to no vendor, and was left for a person.
        strays: Vec<String>,
    },
    /// It was compared with what is there.
    Checked(Vec<Difference>),
}

/// A folder that was written.
pub(super) struct Written {
    /// Its path.
    pub(super) folder: String,
    /// The files of it that were not as they are now.
    pub(super) files: Vec<String>,
}

impl Done {
    /// Whether there is nothing to mend.
    pub(super) fn is_well(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Written { strays, .. } => strays.is_empty(),
            Self::Checked(differences) => differences.is_empty(),
        }
    }
}

/// What is wrong with the specs.
pub(super) fn problems(generated: &Generated) {
    let diagnostics = &generated.diagnostics;
    for it in diagnostics {
        terminal::note(format!("{}\n", terminal::diagnostic(it)));
    }
    let count = |severity| {
        let of_it = |it: &&Diagnostic| it.severity == severity;
        diagnostics.iter().filter(of_it).count()
    };
    if !diagnostics.is_empty() {
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        terminal::note(format!("{errors} errors, {warnings} warnings"));
    }
}

/// For people.
pub(super) fn text(generated: &[(&String, Generated)], done: &Done) {
    match done {
        Done::Nothing => terminal::note(paint(BAD, "nothing was written")),
        Done::Checked(differences) if differences.is_empty() => {
            terminal::say(paint(GOOD, "generated/ is what specs/ says"));
        }
        Done::Checked(differences) => terminal::note(drift::told(differences)),
        Done::Written {
            folders,
            is_indexed,
            removed,
            strays,
        } => {
            for ((_, it), Written { folder, files }) in generated.iter().zip(folders) {
                let count = files.len();
                terminal::say(format!("{folder}: {}, {count} files written", summary(it)));
            }
            if *is_indexed {
                terminal::say(format!(
                    "generated/{}: the page over all vendors, written",
                    index::PATH
                ));
            }
            for it in removed {
                let line = format!("generated/{it}: removed, since specs/{it} is gone");
                terminal::say(line);
            }
            for it in strays {
                terminal::note(format!(
                    "generated/{it} belongs to no vendor, and codegen did not write it: delete it"
                ));
            }
        }
    }
}

fn summary(generated: &Generated) -> String {
    let (tools, left_out, refused) = counts(generated);
    format!(
        "{} operations = {tools} tools + {left_out} left out + {refused} refused",
        tools + left_out + refused
    )
}

fn counts(generated: &Generated) -> (usize, usize, usize) {
    let plan = generated.plan.as_ref();
    plan.map(|it| it.ledger.counts()).unwrap_or_default()
}

/// For a script.
pub(super) fn json(
    generated: &[(&String, Generated)],
    done: &Done,
) -> Result<String, serde_json::Error> {
    let vendors = generated.iter().map(|(vendor, it)| {
        let (tools, left_out, refused) = counts(it);
        json!({
            "vendor": vendor,
            "tools": tools,
            "left_out": left_out,
            "refused": refused,
            "diagnostics": it.diagnostics,
        })
    });
    let mut whole = json!({"ok": done.is_well(), "vendors": vendors.collect::<Vec<_>>()});
    match done {
        Done::Nothing => {}
        Done::Checked(differences) => {
            whole["differences"] = differences.iter().map(difference).collect();
        }
        Done::Written {
            folders,
            is_indexed,
            removed,
            strays,
        } => {
            let written = folders.iter();
            let written = written.map(|it| json!({"folder": it.folder, "files": it.files}));
            whole["written"] = written.collect();
            whole["index_written"] = json!(is_indexed);
            whole["removed"] = json!(removed);
            whole["strays"] = json!(strays);
        }
    }
    serde_json::to_string_pretty(&whole)
}

fn difference(it: &Difference) -> Value {
    let path = format!("generated/{}", it.path);
    match &it.kind {
        Kind::Missing => json!({"path": path, "kind": "missing"}),
        Kind::Extra => json!({"path": path, "kind": "extra"}),
        Kind::Changed(diff) => json!({"path": path, "kind": "changed", "diff": diff}),
    }
}
