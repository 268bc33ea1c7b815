//! The schema and the reader of types that no shipped vendor has agree, as `generated/*/tests/agreement.rs` says it of the others.

/// Goldens of such types.
const FEATURES: [&str; 4] = ["closed_sets", "elsewhere", "one_of", "open_objects"];

#[test]
fn schemas_and_readers_agree() {
    let mut wrong = Vec::new();
    let mut tools = 0;
    for (feature, table) in crate::ALL.iter().filter(|it| FEATURES.contains(&it.0)) {
        for entry in table.iter().copied().flatten() {
            tools += 1;
            wrong.extend(
                agreement::agree(entry)
                    .map_err(|why| format!("{feature}: {why}"))
                    .err(),
            );
        }
    }
    assert!(
        tools > FEATURES.len() && wrong.is_empty(),
        "{}",
        wrong.join("\n\n")
    );
}
