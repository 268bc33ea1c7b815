//! What codegen answers: files by path, in memory.

use std::collections::BTreeMap;

/// Files by path; paths are relative and use `/` on every system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
}

impl FileTree {
    /// Adds a file. Two files of one path are a bug of the emitters.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        let earlier = self.files.insert(path.clone(), text.into());
        assert!(earlier.is_none(), "codegen bug: two files are named {path}");
    }

    /// The files in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }
}
