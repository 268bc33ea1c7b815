//! A change of one operation, such as a vendor's next version brings: what must then be generated and built anew?

use codegen::{Source, Sources, plan::VendorPlan};

/// The sources, with one read operation changed: of a document it takes one more parameter, of documented specs its record says something else.
pub(crate) fn one_operation(sources: &Sources, plan: &VendorPlan) -> Option<Sources> {
    let mut changed = sources.clone();
    let tool = plan
        .tools
        .iter()
        .find(|it| it.operation == format!("GET {}", it.path))?;
    match &mut changed.docs {
        Some(docs) => {
            let told = format!("title: {}\n", tool.title);
            if !docs.text.contains(&told) {
                return None;
            }
            let anew = format!("title: {}, anew\n", tool.title.trim_end_matches('.'));
            docs.text = docs.text.replacen(&told, &anew, 1);
        }
        None if changed.overlay.is_none() => {
            changed.overlay = Some(Source {
                path: "overlay.yaml".to_owned(),
                text: overlay(&tool.path),
            });
        }
        None => return None,
    }
    Some(changed)
}

/// An overlay that gives the GET of a path one more parameter.
fn overlay(path: &str) -> String {
    let path = path.replace('\'', "''");
    format!(
        r#"overlay: 1.0.0
info: {{title: A change, version: "1"}}
actions:
  - target: "$.paths['{path}'].get"
    description: Measures what a change costs.
    update:
      parameters: [{{name: anew, in: query, description: Whether it is changed., schema: {{type: boolean}}}}]
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{settle, specs, workspace};

    #[test]
    fn one_operation_changes_few_files_and_those_alone_are_written() {
        let folder = std::env::temp_dir().join(format!("xtask-change-{}", std::process::id()));
        for vendor in workspace::vendors().unwrap() {
            let sources = specs::read(&vendor).unwrap();
            let document = Sources {
                docs: None,
                overlay: None,
                prompts: None,
                sandbox: None,
                ..sources.clone()
            };
            for sources in [sources, document] {
                let before = codegen::generate(&sources, Some("runtime"));
                settle::write(&before.tree, &folder).unwrap();
                let changed = one_operation(&sources, before.plan.as_ref().unwrap()).unwrap();
                let after = codegen::generate(&changed, Some("runtime"));
                assert!(!after.has_errors(), "{vendor}: {:?}", after.diagnostics);
                let written = settle::write(&after.tree, &folder).unwrap();
                let is_listing = |it: &&String| it.contains("schemas/");
                let is_rust = |it: &&String| it.ends_with(".rs");
                assert_eq!(
                    written.iter().filter(is_listing).count(),
                    1,
                    "{vendor}: {written:?}"
                );
                assert!(
                    written.iter().filter(is_rust).count() <= 3,
                    "{vendor}: {written:?}"
                );
                assert!(written.len() <= 6, "{vendor}: {written:?}");
            }
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
