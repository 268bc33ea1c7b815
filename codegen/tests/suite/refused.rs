//! A pair per diagnostic and per refusal: what codegen says of `refused/<code>.yaml` is `refused/<code>.txt`.

use std::collections::BTreeSet;

use codegen::{Generated, generate};

use crate::{case, scan, update};

#[test]
fn each_code_is_told_as_its_pair_says() {
    let mut differences = Vec::new();
    for code in case::names("refused", "yaml") {
        let generated = generate(&case::read("refused", &code), None);
        let told = told(&generated);
        if !told.contains(&format!("[{code}]")) && !told.contains(&format!(" {code}: ")) {
            differences.push(format!(
                "refused/{code}.yaml does not lead to {code}:\n{told}"
            ));
        }
        assert_eq!(
            generated.has_errors(),
            generated.tree.files().next().is_none(),
            "{code}: a run with errors writes nothing, one without writes files"
        );
        for it in &generated.diagnostics {
            assert!(it.line > 0 && it.column > 0, "{code}: no line:\n{it}");
            assert!(!it.reason.is_empty() && !it.remedy.is_empty(), "{it}");
        }
        differences.extend(update::settle(
            &case::folder("refused").join(format!("{code}.txt")),
            &told,
        ));
    }
    update::assert_settled(&differences);
}

#[test]
fn every_code_of_the_source_has_a_pair() {
    let inputs: BTreeSet<String> = case::names("refused", "yaml").into_iter().collect();
    let texts: BTreeSet<String> = case::names("refused", "txt").into_iter().collect();
    let codes = scan::codes();
    let without: Vec<_> = codes.difference(&inputs).collect();
    let unknown: Vec<_> = inputs.difference(&codes).collect();
    assert!(
        without.is_empty() && unknown.is_empty(),
        "codes without tests/refused/<code>.yaml: {without:?}; pairs of no code in codegen/src: {unknown:?}"
    );
    assert_eq!(inputs, texts, "a pair is <code>.yaml and <code>.txt");
}

/// The diagnostics as a person sees them; then, where the run went on, the operations that were refused.
fn told(generated: &Generated) -> String {
    let mut told: Vec<String> = generated
        .diagnostics
        .iter()
        .map(|it| format!("{it}\n"))
        .collect();
    let ledger = generated.tree.get("LEDGER.md").unwrap_or_default();
    let refused = ledger.lines().filter(|it| it.contains("| refused |"));
    told.extend(refused.map(|it| format!("{it}\n")));
    told.join("\n")
}
