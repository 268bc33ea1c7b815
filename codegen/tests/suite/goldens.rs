//! Goldens: what codegen prints for `golden/<feature>.yaml` is `golden/<feature>.rs`, which the target `goldens` compiles.

use std::{collections::BTreeMap, fs, path::Path};

use codegen::{FileTree, generate};

use crate::{case, update};

#[test]
fn each_feature_prints_its_golden() {
    let mut differences = Vec::new();
    for feature in case::names("golden", "yaml") {
        let generated = generate(&case::read("golden", &feature), None);
        if generated.has_errors() {
            let told: Vec<_> = generated
                .diagnostics
                .iter()
                .map(ToString::to_string)
                .collect();
            differences.push(format!("golden/{feature}.yaml\n{}", told.join("\n")));
            continue;
        }
        let files = files(&feature, &generated.tree);
        remove_strays(&feature, &files, &mut differences);
        for (path, text) in files {
            differences.extend(update::settle(&case::folder("golden").join(path), &text));
        }
    }
    update::assert_settled(&differences);
}

#[test]
fn every_golden_is_compiled() {
    let main = include_str!("../goldens/main.rs");
    let sources = case::names("golden", "yaml");
    assert_eq!(
        sources,
        case::names("golden", "rs"),
        "a golden is a pair of .yaml and .rs"
    );
    for feature in sources {
        let declared = format!("#[path = \"../golden/{feature}.rs\"]\npub mod {feature};");
        assert!(
            main.contains(&declared),
            "add to tests/goldens/main.rs:\n#[rustfmt::skip]\n{declared}"
        );
    }
}

/// The files of a golden: all Rust in one, the listings beside it, and the other pages where the case has a sandbox.
fn files(feature: &str, tree: &FileTree) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let is_whole = tree.get("sandbox.json").is_some();
    let mut rust = format!(
        "//! What codegen prints for golden/{feature}.yaml; written by `{}`.\n",
        update::UPDATE
    );
    for (path, text) in tree.files() {
        let module = path
            .strip_prefix("src/")
            .and_then(|it| it.strip_suffix(".rs"));
        match module {
            Some("lib" | "main") => {}
            Some("vendor") if !is_whole => {}
            Some(module) => rust.push_str(&block(module, text, feature)),
            None if path.starts_with("schemas/") => {
                files.insert(path.replacen("schemas", feature, 1), text.to_owned());
            }
            // Its digest changes with every word of the case, and the test of its form is build.rs.
            None if path == "DIGEST" || path.ends_with(".rs") => {}
            None if is_whole => {
                files.insert(format!("{feature}/{path}"), text.to_owned());
            }
            None => {}
        }
    }
    rust.push('\n');
    rust.push_str(table(tree.get("src/lib.rs").unwrap()));
    files.insert(format!("{feature}.rs"), rust);
    files
}

/// One emitted file as a module within the golden.
fn block(module: &str, text: &str, feature: &str) -> String {
    let text = text
        .replace("crate::", "super::")
        .replace("tool!(\"", &format!("tool!(\"{feature}/\", \""));
    let mut block = format!("\npub mod {module} {{\n");
    for line in text.lines() {
        let indent = if line.is_empty() { "" } else { "    " };
        block.push_str(&format!("{indent}{line}\n"));
    }
    block + "}\n"
}

/// The tool table of lib.rs; what stands before it declares modules.
fn table(lib: &str) -> &str {
    let start = lib.find("use runtime::Entry;").unwrap();
    &lib[start..]
}

fn remove_strays(feature: &str, files: &BTreeMap<String, String>, differences: &mut Vec<String>) {
    let folder = case::folder("golden").join(feature);
    for stray in listing(&folder) {
        let inner = format!("{feature}/{stray}");
        if files.contains_key(&inner) {
            continue;
        }
        if update::is_wanted() {
            fs::remove_file(folder.join(&stray)).unwrap();
        } else {
            differences.push(format!("golden/{inner} is not printed any more"));
        }
    }
}

fn listing(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|it| it.unwrap())
        .filter(|it| it.path().is_file())
        .map(|it| it.file_name().into_string().unwrap())
        .collect()
}
