//! The schemas of the goldens' tools, and the readers that are printed beside them, agree, where no shipped vendor has the like.

/// The goldens of what no vendor's own test has.
const STYLED: [&str; 4] = [
    "header_and_cookie",
    "path_styles",
    "query_styles",
    "urlencoded",
];

#[test]
fn every_style_reads_what_its_schema_allows() {
    let styled = crate::ALL
        .iter()
        .filter(|(feature, _)| STYLED.contains(feature));
    let entries = styled.flat_map(|(feature, tools)| {
        let entries = tools.iter().copied().flatten();
        entries.map(move |entry| (feature, entry))
    });
    let wrong: Vec<_> = entries
        .filter_map(|(feature, entry)| {
            let why = agreement::agree(entry).err()?;
            Some(format!("{feature}: {why}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
