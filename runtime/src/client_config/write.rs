//! Writes a configuration into a client's own file: whole or not at all, and with what was there kept beside it.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::merge::{Merged, merge};

/// Most backups that are kept beside a file.
const MOST: u32 = 1000;

/// What was done.
#[derive(Debug)]
pub(crate) enum Written {
    /// All of it was there already.
    Nothing(PathBuf),
    /// The file was made.
    Made(PathBuf),
    /// The file was changed.
    Changed {
        /// The file; of a link, what it leads to.
        file: PathBuf,
        /// What it was.
        backup: PathBuf,
        /// Whether an entry of our name stood there.
        replaced: bool,
    },
}

/// Merges a configuration into a file.
///
/// # Errors
/// Why it was left as it is.
pub(super) fn write(
    file: &Path,
    is_lenient: bool,
    configuration: &Value,
) -> Result<Written, String> {
    // A link stays one: what it leads to is changed.
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let shown = file.display();
    let before = match fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(format!("{shown} cannot be read: {error}")),
    };
    let told = |why: String| format!("{shown} was left as it is: {why}");
    let merged = merge(
        before.as_deref().unwrap_or_default(),
        is_lenient,
        configuration,
    )
    .map_err(told)?;
    let Some(Merged { mut text, replaced }) = merged else {
        return Ok(Written::Nothing(file));
    };
    if before.is_none() {
        text.push('\n');
        replace(&file, &text, None)?;
        return Ok(Written::Made(file));
    }
    let backup = back_up(&file)?;
    replace(&file, &text, Some(&file))?;
    Ok(Written::Changed {
        file,
        backup,
        replaced,
    })
}

/// Copies a file beside itself, under a name that is free.
fn back_up(file: &Path) -> Result<PathBuf, String> {
    for number in 0..MOST {
        let mut name = file.as_os_str().to_owned();
        name.push(if number == 0 {
            ".bak".to_owned()
        } else {
            format!(".bak{number}")
        });
        let backup = PathBuf::from(name);
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&backup)
        {
            Ok(_) => {
                // With the permissions of what it is a copy of.
                let copied = fs::copy(file, &backup);
                return copied
                    .map(|_| backup)
                    .map_err(|error| format!("{} cannot be kept: {error}", file.display()));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("{} cannot be written: {error}", backup.display())),
        }
    }
    Err(format!(
        "{} has {MOST} backups already: remove some",
        file.display()
    ))
}

/// Puts a text in a file's place at once, with the permissions of `like`.
fn replace(file: &Path, text: &str, like: Option<&Path>) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{} cannot be written: {error}", file.display());
    if let Some(folder) = file.parent().filter(|it| !it.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(told)?;
    }
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = PathBuf::from(name);
    let written = || -> std::io::Result<()> {
        let mut opened = OpenOptions::new().write(true).create_new(true).open(&new)?;
        if let Some(like) = like {
            opened.set_permissions(fs::metadata(like)?.permissions())?;
        }
        opened.write_all(text.as_bytes())?;
        opened.sync_all()?;
        fs::rename(&new, file)
    };
    written().map_err(|error| {
        // Nothing half-done is left.
        let _ = fs::remove_file(&new);
        told(error)
    })
}
