//! Reads what the sources of codegen say about themselves: the codes of its diagnostics and refusals.

use std::{collections::BTreeSet, fs, path::Path};

/// The codes that stand in codegen/src: the first text after `error(`, `error_at(`, `warn(`, `code:` and `flaw(`.
///
/// A code that is put together in another way is not found, and so has no pair; do not do that.
pub(crate) fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (_, text) in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        for lead in [".error(", ".error_at(", ".warn(", "code: ", "flaw("] {
            codes.extend(text.split(lead).skip(1).filter_map(code));
        }
    }
    codes
}

/// The code that a text begins with.
fn code(text: &str) -> Option<String> {
    let quoted = text.trim_start().strip_prefix('"')?;
    let (code, _) = quoted.split_once('"')?;
    let is_code = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "-.".contains(it);
    code.chars().all(is_code).then(|| code.to_owned())
}

/// Every `.rs` file below a folder, `target` excepted, and its text.
pub(crate) fn rust_files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                open.push(path);
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(&path).unwrap().replace('\r', "");
                files.push((path.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    files.sort();
    files
}
