//! Ten different mistakes in five files are told in one run, and nothing is written.

use std::collections::BTreeSet;

use codegen::generate;

use crate::case;

/// Code, file, and pointer of each mistake.
const MISTAKES: [(&str, &str, &str); 10] = [
    (
        "unknown-input",
        "docs",
        "/resources/things/methods/get/inputs/onwer",
    ),
    (
        "unknown-tool",
        "docs",
        "/resources/things/methods/get/after/0",
    ),
    (
        "example-refused",
        "docs",
        "/resources/things/methods/get/examples/0/arguments/id",
    ),
    (
        "unknown-operation",
        "docs",
        "/resources/things/methods/list/operation",
    ),
    (
        "wrong-value",
        "openapi",
        "/paths/~1things~1{id}/get/summary",
    ),
    (
        "reference-broken",
        "openapi",
        "/paths/~1things/get/parameters/0/schema/$ref",
    ),
    ("overlay-matches-nothing", "overlay", "/actions/0/target"),
    ("unknown-argument", "prompts", "/prompts/0/text"),
    ("unknown-credential", "vendor", "/auth/0"),
    ("tag-unused", "vendor", "/tags/boxes"),
];

#[test]
fn ten_mistakes_are_told_at_once_and_nothing_is_written() {
    let generated = generate(&case::sources(include_str!("ten_mistakes.yaml")), None);
    let found: Vec<_> = generated
        .diagnostics
        .iter()
        .map(|it| (it.code, it.place.file.clone(), it.place.pointer.as_str()))
        .collect();
    let expected: Vec<_> = MISTAKES
        .iter()
        .map(|(code, file, pointer)| (*code, format!("specs/acme/{file}.yaml"), *pointer))
        .collect();
    assert_eq!(found, expected, "sorted by file and line");

    let codes: BTreeSet<_> = MISTAKES.iter().map(|(code, ..)| code).collect();
    assert_eq!(codes.len(), 10, "the mistakes are all different");
    assert_eq!(generated.tree.files().count(), 0);
    assert!(generated.has_errors());
    for it in &generated.diagnostics {
        // The line is that of the case's file, and shows what the mistake is about.
        let line = include_str!("ten_mistakes.yaml").lines().nth(it.line - 1);
        let token = it.place.pointer.rsplit('/').next().unwrap();
        let is_index = token.parse::<usize>().is_ok();
        assert!(is_index || line.unwrap().contains(token), "{it}\n{line:?}");
        assert!(
            it.column > 0 && !it.reason.is_empty() && !it.remedy.is_empty(),
            "{it}"
        );
    }
}
