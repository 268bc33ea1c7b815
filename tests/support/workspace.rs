//! Where the workspace stands, and folders of a test's own that go when the test ends.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// The workspace's own folder.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of a test's own, removed when it is dropped.
pub struct Scratch(PathBuf);

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Scratch {
    /// An empty folder; `name` only helps a reader.
    ///
    /// # Panics
    /// If the folder cannot be made.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{name}-{}-{count}", process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder for the test can be made");
        Self(path)
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Copies a file or a whole folder of the workspace to the same place in here.
    ///
    /// # Panics
    /// If it cannot be copied.
    pub fn copy(&self, inner: &str) {
        copy(&root().join(inner), &self.0.join(inner));
    }

    /// Every file in here below `inner`, with its text, by its path with slashes.
    ///
    /// # Panics
    /// If one cannot be read.
    #[must_use]
    pub fn texts(&self, inner: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        gather(&self.0, &self.0.join(inner), &mut found);
        found.sort();
        found
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder can be made");
        for entry in fs::read_dir(from).expect("the folder can be read") {
            let entry = entry.expect("the folder can be read");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
        return;
    }
    let parent = to.parent().expect("a file stands in a folder");
    fs::create_dir_all(parent).expect("a folder can be made");
    fs::copy(from, to).unwrap_or_else(|error| panic!("cannot copy {}: {error}", from.display()));
}

fn gather(base: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            gather(base, &path, found);
            continue;
        }
        let inner = path.strip_prefix(base).expect("it stands in there");
        let parts: Vec<_> = inner.iter().map(|it| it.to_string_lossy()).collect();
        let text = fs::read_to_string(&path).expect("the file is text");
        found.push((parts.join("/"), text));
    }
}
