//! The directory that the operator allowed: what is read from it and saved into it, and that no name leads out of it.
//!
//! A name is refused for how it is written before anything is opened, and what is opened is opened below the
//! directory's own handle: a link that leads out, or that takes a folder's place meanwhile, leads nowhere.

use std::{
    fs::File,
    io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _},
    sync::Arc,
};

use cap_fs_ext::OpenOptionsSyncExt as _;
use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions},
};

use crate::text::quoted;

/// As many bytes as tell what a file is.
const HEAD: u64 = 8 * 1024;
/// Most bytes of a name.
const LONGEST: usize = 1024;
/// Most bytes of one of its parts, as file systems have it.
const LONGEST_PART: usize = 255;
/// What Windows takes for a device, whatever the extension.
const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// A file that was opened, to be sent piece by piece. What takes its name meanwhile is another file.
#[derive(Clone, Debug)]
pub struct Opened {
    file: Arc<File>,
    /// How many bytes it had, which is how many are sent.
    pub(crate) length: u64,
    /// Its first bytes.
    pub(crate) head: Arc<[u8]>,
}

impl Opened {
    /// The file, from its start.
    ///
    /// # Errors
    /// The system's.
    pub(crate) fn rewound(&self) -> std::io::Result<File> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}

impl PartialEq for Opened {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.file, &other.file)
    }
}

impl Eq for Opened {}

/// The files that tools may read and write.
#[derive(Debug)]
pub(crate) struct Files {
    directory: Option<Dir>,
    /// Most bytes of a file that is sent.
    pub(crate) max_upload: u64,
}

impl Files {
    /// No directory is allowed; what callers send along themselves may have so many bytes.
    pub(crate) fn none(max_upload: u64) -> Self {
        Self {
            directory: None,
            max_upload,
        }
    }

    /// This directory is allowed.
    ///
    /// # Errors
    /// A sentence, if it is none.
    pub(crate) fn of(path: &std::path::Path, max_upload: u64) -> Result<Self, String> {
        let directory = Dir::open_ambient_dir(path, ambient_authority())
            .map_err(|error| format!("--files: {} is no directory: {error}", path.display()))?;
        Ok(Self {
            directory: Some(directory),
            max_upload,
        })
    }

    /// Opens a file that is to be sent.
    ///
    /// # Errors
    /// What is wrong with its name, or with the file.
    pub(crate) fn open(&self, name: &str) -> Result<Opened, String> {
        let (directory, name) = (self.directory()?, checked(name)?);
        let mut options = OpenOptions::new();
        // A pipe without a writer must not hold up the server.
        options.read(true).nonblock(true);
        let told = |error| failed("read", name, &error);
        let mut file = directory.open_with(name, &options).map_err(told)?;
        let metadata = file.metadata().map_err(told)?;
        if !metadata.is_file() {
            return Err(format!("{} is no plain file", quoted(name)));
        }
        let mut head = Vec::new();
        (&mut file)
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(told)?;
        Ok(Opened {
            file: Arc::new(file.into_std()),
            length: metadata.len(),
            head: head.into(),
        })
    }

    /// Whether a file can be saved under a name: nothing may be there yet.
    ///
    /// # Errors
    /// What is wrong with the name.
    pub(crate) fn check_new(&self, name: &str) -> Result<(), String> {
        let (directory, name) = (self.directory()?, checked(name)?);
        let parent = name.rsplit_once('/').map_or(".", |(parent, _)| parent);
        match directory.metadata(parent) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(format!("{} is no folder", quoted(parent))),
            Err(error) => return Err(failed("find the folder of", name, &error)),
        }
        match directory.symlink_metadata(name) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Ok(_) => Err(taken(name)),
            Err(error) => Err(failed("save", name, &error)),
        }
    }

    /// Saves a new file.
    ///
    /// # Errors
    /// Why it could not be saved; nothing is left of it then.
    pub(crate) fn save(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let (directory, name) = (self.directory()?, checked(name)?);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = directory
            .open_with(name, &options)
            .map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => taken(name),
                _ => failed("save", name, &error),
            })?;
        file.write_all(bytes).map_err(|error| {
            drop(directory.remove_file(name));
            failed("save", name, &error)
        })
    }

    fn directory(&self) -> Result<&Dir, String> {
        self.directory.as_ref().ok_or_else(|| {
            "the operator of this server has allowed no directory for files (option --files)"
                .to_owned()
        })
    }
}

fn taken(name: &str) -> String {
    format!(
        "there is a {} already, and no file is overwritten; choose another name",
        quoted(name)
    )
}

/// The system's reason in words of ours: its own may hold a path of the operator's.
fn failed(what: &str, name: &str, error: &std::io::Error) -> String {
    let why = match error.kind() {
        ErrorKind::NotFound => "there is none".to_owned(),
        ErrorKind::PermissionDenied => {
            "it is not allowed, or leads out of the directory".to_owned()
        }
        kind => kind.to_string(),
    };
    format!("cannot {what} {}: {why}", quoted(name))
}

/// A name that stays below the directory, on every system: parts with slashes between.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn checked(name: &str) -> Result<&str, String> {
    if name.len() > LONGEST {
        return Err(format!("a file's name has at most {LONGEST} bytes"));
    }
    match name.split('/').find_map(wrong) {
        Some(why) => Err(format!(
            "{} is no name of a file in the directory that the operator allowed: {why}",
            quoted(name)
        )),
        None => Ok(name),
    }
}

/// What is wrong with a part of a name.
pub(crate) fn wrong(part: &str) -> Option<&'static str> {
    let stem = part.split('.').next().unwrap_or_default().trim_end();
    if part.is_empty() {
        return Some("a part of it is empty");
    }
    if part.starts_with('.') {
        return Some("a part of it starts with a dot");
    }
    if part.starts_with(' ') || part.ends_with([' ', '.']) {
        return Some("a part of it starts or ends with a space, or ends with a dot");
    }
    if part.contains(|it: char| it.is_control() || is_invisible(it)) {
        return Some("it has a control character");
    }
    if part.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) {
        return Some("it has one of \\ : * ? \" < > |");
    }
    if is_device(&stem.to_lowercase()) {
        return Some("a part of it is the name of a device");
    }
    (part.len() > LONGEST_PART).then_some("a part of it is longer than 255 bytes")
}

fn is_device(stem: &str) -> bool {
    let numbered = ["com", "lpt"]
        .into_iter()
        .find_map(|it| stem.strip_prefix(it));
    let is_port = |rest: &str| {
        let mut rest = rest.chars();
        let port = rest.next().is_some_and(|it| "0123456789¹²³".contains(it));
        port && rest.next().is_none()
    };
    DEVICES.contains(&stem) || numbered.is_some_and(is_port)
}

/// Characters that turn the direction of writing or take no room: `exe.gpj` could be shown as something else.
fn is_invisible(it: char) -> bool {
    matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
