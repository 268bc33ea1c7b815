//! One real release, of the smallest vendor: the bundle is unpacked by the official tool and started as its manifest says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use acceptance::{Mcpb, Running, Scratch, Session, missing, root};
use serde_json::{Value, json};

use crate::made::{dist, files, made};

/// A flag that rustc does not know: a build that took the flags of whoever calls would fail.
const LEAK: (&str, &str) = ("RUSTFLAGS", "--no-such-flag");

#[test]
fn the_bundle_of_a_release_serves_what_its_manifest_says() {
    let out = Scratch::new("release");
    let mut command = dist(&["wiv"], out.path());
    command.env(LEAK.0, LEAK.1);
    let told = made(command);
    let find = |kind: &str| {
        let made = told["artefacts"].as_array().expect("a list");
        let found = made
            .iter()
            .find(|it| it["kind"] == kind)
            .expect("it is made");
        out.path().join(found["file"].as_str().expect("a name"))
    };
    names_no_place_of_this_machine(&find("program"));
    is_complete(&find("archive"), &find("program"));

    let Some(mcpb) = Mcpb::new() else { return };
    let unpacked = Scratch::new("installed");
    mcpb.unpack(&find("bundle"), unpacked.path());
    Mcpb::new().expect("it was there").validate(unpacked.path());
    serves(unpacked.path());
}

/// The bundle, installed in a folder, started with what a person would fill in.
fn serves(installed: &Path) {
    let manifest = fs::read(installed.join("manifest.json")).expect("it is in the bundle");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let platform = if cfg!(windows) {
        "win32"
    } else if cfg!(target_os = "macos") {
        "darwin"
    } else {
        "linux"
    };
    assert_eq!(manifest["compatibility"]["platforms"], json!([platform]));

    // In the vendor's place: the sandbox of the same program, which listens on its own.
    let entry = manifest["server"]["entry_point"].as_str().expect("a path");
    let mut vendor = Command::new(installed.join(entry));
    vendor.env_clear().arg("sandbox");
    let vendor = Running::start(vendor);
    let sandbox: Value = serde_json::from_str(&vendor.line()).expect("the line is JSON");
    let fill = |text: &Value| {
        let text = text.as_str().expect("a text");
        let text = text.replace("${__dirname}", &installed.to_string_lossy());
        let asked = manifest["user_config"].as_object().expect("options");
        asked.keys().fold(text, |text, name| {
            let value = match name.as_str() {
                "base_url" => &sandbox["base_url"],
                name => &sandbox["credentials"][name],
            };
            let value = value.as_str().expect("the sandbox says it");
            text.replace(&format!("${{user_config.{name}}}"), value)
        })
    };
    let start = &manifest["server"]["mcp_config"];
    let mut program = Command::new(fill(&start["command"]));
    program.env_clear();
    let arguments = start["args"].as_array().expect("arguments");
    program.args(arguments.iter().map(&fill));
    for (name, value) in start["env"].as_object().expect("an environment") {
        program.env(name, fill(value));
    }
    let mut session = Session::over(program);
    let listed = session.ask("tools/list", Value::Null);
    let listed = listed["tools"].as_array().expect("tools").iter();
    let listed: Value = listed
        .map(|it| json!({"name": it["name"], "description": it["description"]}))
        .collect();
    assert_eq!(listed, manifest["tools"]);
    let prompts = session.ask("prompts/list", Value::Null);
    let prompts: Vec<&Value> = prompts["prompts"]
        .as_array()
        .expect("prompts")
        .iter()
        .map(|it| &it["name"])
        .collect();
    for stated in manifest["prompts"].as_array().expect("prompts") {
        assert!(prompts.contains(&&stated["name"]), "{stated}");
    }
    // The vendor lets nobody in without the key, so what was filled in has reached it.
    session
        .call("wiv_list_workflows", json!({"limit": 1}))
        .result();
}

/// No folder of this machine is in a program.
fn names_no_place_of_this_machine(program: &Path) {
    let bytes = fs::read(program).expect("the program can be read");
    let mut places = vec![
        root(),
        out_of("CARGO_HOME"),
        out_of("HOME"),
        out_of("USERPROFILE"),
    ];
    places.retain(|it| it.components().count() > 1);
    for place in places {
        let place = place.to_string_lossy().into_owned();
        let place = format!(
            "{}{}",
            place.trim_end_matches(['/', '\\']),
            std::path::MAIN_SEPARATOR
        );
        let is_named = bytes.windows(place.len()).any(|it| it == place.as_bytes());
        assert!(!is_named, "the program names {place}");
    }
}

fn out_of(variable: &str) -> PathBuf {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .unwrap_or_default()
}

/// The archive holds the program, what it may be used for, and completions that the shell can read.
fn is_complete(archive: &Path, program: &Path) {
    let unpacked = Scratch::new("archive");
    let mut tar = Command::new("tar");
    tar.arg("-xf").arg(archive).arg("-C").arg(unpacked.path());
    if !tar.status().is_ok_and(|it| it.success()) {
        missing("the archive cannot be unpacked", "install tar");
        return;
    }
    let entries: Vec<PathBuf> = fs::read_dir(unpacked.path())
        .expect("the folder can be read")
        .map(|it| it.expect("the folder can be read").path())
        .collect();
    let [folder] = entries.as_slice() else {
        panic!("an archive is one folder: {entries:?}");
    };
    let inside = files_below(folder);
    let name = format!("wiv-mcp{}", std::env::consts::EXE_SUFFIX);
    let expected = [
        "LICENSE-APACHE".to_owned(),
        "LICENSE-MIT".to_owned(),
        "README.md".to_owned(),
        name.clone(),
    ];
    assert_eq!(inside, expected);
    let same = fs::read(folder.join(name)).ok() == fs::read(program).ok();
    assert!(same, "the archive holds another program");
    let readme = fs::read_to_string(folder.join("README.md")).expect("it is text");
    assert!(readme.contains("`WIV_API_KEY` (required)"), "{readme}");
    let scripts = files(&folder.join("completions"));
    let names: Vec<&String> = scripts.keys().collect();
    assert_eq!(
        names,
        ["_wiv-mcp", "_wiv-mcp.ps1", "wiv-mcp.bash", "wiv-mcp.fish"]
    );
    for (name, script) in &scripts {
        let script = String::from_utf8_lossy(script);
        assert!(script.contains("client-config"), "{name}");
    }
    if cfg!(unix) {
        completes(&folder.join("completions/wiv-mcp.bash"));
    }
}

/// What bash completes after a few letters.
fn completes(script: &Path) {
    let press_tab = "source \"$1\"
        COMP_WORDS=(wiv-mcp cl)
        COMP_CWORD=1
        registered=$(complete -p wiv-mcp)
        function=${registered#*-F }
        ${function%% *} wiv-mcp cl wiv-mcp
        echo \"${COMPREPLY[@]}\"";
    let mut bash = Command::new("bash");
    bash.args(["-c", press_tab, "bash"]).arg(script);
    let Ok(output) = bash.output() else {
        missing("completions cannot be tried without bash", "install bash");
        return;
    };
    let completed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(completed.trim(), "client-config");
}

/// The names of the files of a folder, folders aside.
fn files_below(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|it| it.expect("the folder can be read").path());
    let files = paths.filter(|it| it.is_file());
    let mut names: Vec<String> = files
        .map(|it| {
            it.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
