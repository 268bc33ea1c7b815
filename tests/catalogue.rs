//! The catalogues can be used as they stand: each call that they show is one that the programs take, and each diagram is one
//! that Mermaid draws.

use std::{fs, path::Path};

use acceptance::{VENDORS, Vendor, program, reports};
use serde_json::{Value, json};

/// The text of every page of a vendor's catalogue.
fn pages(vendor: &Vendor) -> Vec<String> {
    let folder = vendor.generated();
    let mut pages = vec![fs::read_to_string(folder.join("TOOLS.md")).expect("a catalogue")];
    gather(&folder.join("catalogue"), &mut pages);
    pages
}

fn gather(folder: &Path, pages: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the folder can be read").path();
        match path.is_dir() {
            true => gather(&path, pages),
            false => pages.push(fs::read_to_string(path).expect("a page")),
        }
    }
}

/// The blocks of a language in a page.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let start = format!("```{language}\n");
    let blocks = page.split(&start).skip(1);
    let blocks = blocks.map(|it| it.split("\n```").next().unwrap_or_default().to_owned());
    blocks.collect()
}

#[test]
fn every_diagram_is_one_that_mermaid_reads() {
    let Some(judge) = program("tests/mermaid/parse.mjs") else {
        return;
    };
    let pages: Vec<String> = VENDORS.iter().flat_map(pages).collect();
    let mut diagrams: Vec<String> = pages.iter().flat_map(|it| blocks(it, "mermaid")).collect();
    assert!(!diagrams.is_empty(), "no catalogue has a diagram");
    // A judge that takes everything is none.
    diagrams.push("flowchart TD\n    a[\"open --> b".to_owned());
    let verdicts = reports(judge, &json!(diagrams));
    let verdicts = verdicts.as_array().expect("a list of verdicts");
    assert_eq!(verdicts.len(), diagrams.len());
    let (broken, ours) = verdicts.split_last().expect("the last one");
    assert!(broken.is_string(), "a broken diagram was read");
    assert!(ours.iter().all(Value::is_null), "{ours:#?}");
}

#[cfg(unix)]
#[test]
fn every_call_that_is_shown_is_taken_as_it_stands() {
    for vendor in &VENDORS {
        let calls: Vec<String> = pages(vendor)
            .iter()
            .flat_map(|it| blocks(it, "sh"))
            .collect();
        let tools = vendor.tools();
        let is_shown = |tool: &&String| {
            let begin = format!("{} call {tool}", vendor.binary);
            let mut rests = calls.iter().filter_map(|it| it.strip_prefix(&begin));
            rests.any(|it| it.is_empty() || it.starts_with(' '))
        };
        let without: Vec<&String> = tools.iter().filter(|it| !is_shown(it)).collect();
        assert!(
            without.is_empty(),
            "{}: no example of {without:?}",
            vendor.folder
        );
        let wrong: Vec<String> = calls.iter().filter_map(|it| refusal(vendor, it)).collect();
        assert!(
            wrong.is_empty(),
            "{} of {}:\n{}",
            wrong.len(),
            calls.len(),
            wrong.join("\n")
        );
    }
}

/// What a shell that is given the call, and the program, say against it.
#[cfg(unix)]
fn refusal(vendor: &Vendor, call: &str) -> Option<String> {
    let program = vendor.program();
    let folder = program.parent().expect("a program stands in a folder");
    // Files of an example are the reader's own: that they are not here is no matter.
    let script = format!("{call} --dry-run");
    let output = std::process::Command::new("/bin/sh")
        .args(["-eu", "-c", &script])
        .env_clear()
        .envs(vendor.credentials.iter().copied())
        .env(vendor.base_url, "http://127.0.0.1:9/api")
        .env("PATH", folder)
        .output()
        .expect("a shell starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_about_files = said.contains("--files");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success() && !is_about_files).then(|| format!("{call}\n{said}{words}"))
}
