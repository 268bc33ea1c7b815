//! Settles a file tree with the disk: writes it, or says where the disk differs. Nothing else writes `generated/`.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;
use codegen::FileTree;
use similar::TextDiff;

/// A file that is not as the tree says.
pub(crate) struct Difference {
    /// Path within the folder.
    pub(crate) path: String,
    /// What is wrong with it.
    pub(crate) kind: Kind,
}

/// What is wrong with a file.
pub(crate) enum Kind {
    /// The tree has it, the disk does not.
    Missing,
    /// The disk has it, the tree does not.
    Extra,
    /// Both have it; the unified diff from disk to tree.
    Changed(String),
}

/// Makes the folder equal to the tree; answers the paths that were written or removed.
pub(crate) fn write(tree: &FileTree, folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut touched = Vec::new();
    for (path, text) in tree.files() {
        if write_file(folder, path, text)? {
            touched.push(path.to_owned());
        }
    }
    for path in extra(tree, folder)? {
        fs::remove_file(folder.join(&path)).with_context(|| format!("cannot remove {path}"))?;
        remove_empty_parents(folder, &path);
        touched.push(path);
    }
    Ok(touched)
}

/// Makes one file of a folder be this text; answers whether it was not.
pub(crate) fn write_file(folder: &Path, path: &str, text: &str) -> anyhow::Result<bool> {
    let file = folder.join(path);
    if fs::read_to_string(&file).is_ok_and(|it| it == text) {
        return Ok(false);
    }
    let parent = file.parent().unwrap_or(folder);
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(true)
}

/// Every difference between the folder and the tree, in order of paths.
pub(crate) fn check(tree: &FileTree, folder: &Path) -> anyhow::Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for (path, text) in tree.files() {
        differences.extend(check_file(folder, path, text)?);
    }
    differences.extend(extra(tree, folder)?.into_iter().map(|path| Difference {
        path,
        kind: Kind::Extra,
    }));
    differences.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(differences)
}

/// How one file of a folder differs from this text, if it does.
pub(crate) fn check_file(
    folder: &Path,
    path: &str,
    text: &str,
) -> anyhow::Result<Option<Difference>> {
    let kind = match fs::read_to_string(folder.join(path)) {
        Ok(disk) if disk == text => return Ok(None),
        Ok(disk) => Kind::Changed(diff(&disk, text, path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Kind::Missing,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Kind::Changed("the file is no text".to_owned())
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
    };
    let path = path.to_owned();
    Ok(Some(Difference { path, kind }))
}

fn diff(disk: &str, tree: &str, path: &str) -> String {
    TextDiff::from_lines(disk, tree)
        .unified_diff()
        .context_radius(2)
        .header(
            &format!("{path} (on disk)"),
            &format!("{path} (as generated)"),
        )
        .to_string()
}

/// Files of the folder that the tree does not have; what cargo builds there is not ours.
fn extra(tree: &FileTree, folder: &Path) -> anyhow::Result<Vec<String>> {
    let known: BTreeSet<&str> = tree.files().map(|(path, _)| path).collect();
    let mut found = Vec::new();
    walk(folder, folder, &mut found)?;
    found.retain(|it| !known.contains(it.as_str()));
    found.sort();
    Ok(found)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) -> anyhow::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", folder.display()));
        }
    };
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        // A link is a file of its own: what it leads to is never touched.
        if entry.file_type()?.is_dir() {
            let is_built = folder == root && path.file_name().is_some_and(|it| it == "target");
            if !is_built {
                walk(root, &path, found)?;
            }
        } else if let Ok(inner) = path.strip_prefix(root)
            && !(folder == root && inner == Path::new("Cargo.lock"))
        {
            let parts: Vec<_> = inner.iter().map(|it| it.to_string_lossy()).collect();
            found.push(parts.join("/"));
        }
    }
    Ok(())
}

fn remove_empty_parents(folder: &Path, path: &str) {
    let mut parent: Option<PathBuf> = folder.join(path).parent().map(Path::to_path_buf);
    while let Some(it) = parent.filter(|it| it != folder) {
        // A folder that still holds something stays; that is no failure.
        if fs::remove_dir(&it).is_err() {
            return;
        }
        parent = it.parent().map(Path::to_path_buf);
    }
}
