//! Same inputs, same bytes: whatever the order of maps, of vendors, and of line ends.

use codegen::{FileTree, Sources, generate};

use crate::{
    shipped::{self, File},
    tree,
};

#[test]
fn twice_and_in_another_order_of_vendors_is_the_same() {
    let vendors = shipped::vendors();
    let there: Vec<_> = vendors
        .iter()
        .map(|it| files(&shipped::sources(it)))
        .collect();
    let back: Vec<_> = vendors
        .iter()
        .rev()
        .map(|it| files(&shipped::sources(it)))
        .collect();
    assert!(there.iter().eq(back.iter().rev()));
}

#[test]
fn maps_in_reverse_order_change_no_byte() {
    for vendor in shipped::vendors() {
        let sources = shipped::sources(&vendor);
        let mut other = sources.clone();
        // Their order is the order of inputs, and of what a composite read answers.
        let ordered = ["properties", "shortcuts", "reads", "show"];
        for file in [File::Openapi, File::Docs] {
            let value = tree::reversed(&file.value(&sources), &ordered);
            assert_ne!(value.to_string(), file.value(&sources).to_string());
            file.set(&mut other, &value);
        }
        assert_same(&vendor, &files(&sources), &files(&other));
    }
}

#[test]
fn line_ends_change_nothing_at_all() {
    for vendor in shipped::vendors() {
        let sources = shipped::sources(&vendor);
        let mut other = sources.clone();
        for file in File::ALL {
            let text = &mut file.of(&mut other).text;
            *text = text.replace('\n', "\r\n");
        }
        // A vendor without an overlay has none with other line ends either.
        other.overlay = other.overlay.filter(|_| sources.overlay.is_some());
        assert_eq!(sources.digest(), other.digest(), "{vendor}");
        assert_same(&vendor, &files(&sources), &files(&other));
    }
}

fn files(sources: &Sources) -> FileTree {
    let generated = generate(sources, None);
    assert!(
        !generated.has_errors(),
        "{}: {:#?}",
        sources.vendor,
        generated.diagnostics
    );
    generated.tree
}

fn assert_same(vendor: &str, expected: &FileTree, found: &FileTree) {
    let expected: Vec<_> = expected
        .files()
        .filter(|(path, _)| *path != "DIGEST")
        .collect();
    let found: Vec<_> = found
        .files()
        .filter(|(path, _)| *path != "DIGEST")
        .collect();
    for ((path, text), (other_path, other)) in expected.iter().zip(&found) {
        assert_eq!(path, other_path, "{vendor}");
        let line = text.lines().zip(other.lines()).position(|(a, b)| a != b);
        assert!(
            text == other,
            "{vendor}/{path} differs at line {}",
            line.unwrap_or_default() + 1
        );
    }
    assert_eq!(expected.len(), found.len(), "{vendor}");
}
