//! The schema of every golden's tool and its reader agree.

#[test]
fn schemas_and_readers_agree() {
    let mut wrong = Vec::new();
    for (feature, tools) in crate::ALL {
        for entry in tools.iter().copied().flatten() {
            if let Err(why) = agreement::agree(entry) {
                wrong.push(format!("{feature}: {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
