//! Where `generated/` is not what `specs/` says: a file that is missing, changed or extra, and how to mend it.

use std::fmt::Write as _;

use codegen::Generated;

use crate::{
    index,
    settle::{self, Difference, Kind},
    terminal::{BAD, GOOD, PLACE, paint},
    workspace,
};

/// Said wherever the written files and the specs do not agree.
const REGENERATE: &str = "cargo xtask codegen";

/// Every difference, by its path below `generated/`; with `is_whole`, what belongs to no vendor is one too. The page over all
/// vendors is compared if there is one.
pub(crate) fn differences(
    generated: &[(&String, Generated)],
    index: Option<&str>,
    is_whole: bool,
) -> anyhow::Result<Vec<Difference>> {
    let folder = workspace::root().join("generated");
    let mut differences = Vec::new();
    if let Some(index) = index {
        differences.extend(settle::check_file(&folder, index::PATH, index)?);
    }
    for (vendor, it) in generated {
        let found = settle::check(&it.tree, &folder.join(vendor))?;
        differences.extend(found.into_iter().map(|it| Difference {
            path: format!("{vendor}/{}", it.path),
            ..it
        }));
    }
    if is_whole {
        differences.extend(strays(generated)?);
    }
    Ok(differences)
}

/// The differences for people: which files, what is wrong with each, and the command that mends it.
pub(crate) fn told(differences: &[Difference]) -> String {
    let mut words = String::new();
    for it in differences {
        let (kind, diff) = match &it.kind {
            Kind::Missing => ("missing:", String::new()),
            Kind::Extra => ("extra:  ", String::new()),
            Kind::Changed(diff) => ("changed:", painted(diff) + "\n"),
        };
        // Writing to a string does not fail.
        let _ = write!(words, "{} generated/{}\n{diff}", paint(BAD, kind), it.path);
    }
    let count = differences.len();
    let (files, are) = if count == 1 {
        ("file", "is")
    } else {
        ("files", "are")
    };
    words
        + &format!(
            "{count} {files} under generated/ {are} not what specs/ says. To mend it: {REGENERATE}"
        )
}

/// A unified diff, with what comes and what goes told apart by colour.
fn painted(diff: &str) -> String {
    let lines = diff.lines().map(|line| match line.as_bytes().first() {
        Some(b'+') => paint(GOOD, line),
        Some(b'-') => paint(BAD, line),
        Some(b'@') => paint(PLACE, line),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Folders and files of `generated/` that belong to no vendor.
pub(crate) fn strays(generated: &[(&String, Generated)]) -> anyhow::Result<Vec<Difference>> {
    let mut strays = Vec::new();
    for entry in std::fs::read_dir(workspace::root().join("generated"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != index::PATH && !generated.iter().any(|(vendor, _)| **vendor == name) {
            strays.push(Difference {
                path: name,
                kind: Kind::Extra,
            });
        }
    }
    strays.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(strays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specs;

    #[test]
    fn generated_is_what_the_specs_say() {
        let vendors = workspace::vendors().unwrap();
        let generated: Vec<_> = vendors
            .iter()
            .map(|it| (it, codegen::generate(&specs::read(it).unwrap(), None)))
            .collect();
        for (vendor, it) in &generated {
            assert!(!it.has_errors(), "specs/{vendor}: {:#?}", it.diagnostics);
        }
        let named: Vec<_> = generated.iter().map(|(vendor, it)| (*vendor, it)).collect();
        let index = index::index(&vendors, &named);
        assert!(index.is_some(), "there is no page over all vendors");
        let differences = differences(&generated, index.as_deref(), true).unwrap();
        assert!(differences.is_empty(), "{}", told(&differences));
    }
}
