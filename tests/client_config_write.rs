//! `client-config --write` puts an entry into each client's own file: what stood there stays byte for byte, what the file was is kept
//! beside it, and what the client then reads starts a server.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use acceptance::{Scratch, Session, WIWINK, command};
use serde_json::{Value, json};

/// A client, its file below the home or the working folder, and a file that its user might have.
const CLIENTS: [(&str, &str, &str); 5] = [
    (
        "claude-code",
        ".mcp.json",
        "{\"mcpServers\":{\"other\":{\"command\":\"x\",\"args\":[ ]}}}",
    ),
    (
        "cursor",
        ".cursor/mcp.json",
        "{\n\t\"unknown\" : [1,  2.50],\r\n\t\"mcpServers\": {\n\t\t\"other\": {\"url\": \"https://x\"}\n\t}\n}\n",
    ),
    (
        "windsurf",
        ".codeium/windsurf/mcp_config.json",
        "{\n    \"mcpServers\": {}\n}",
    ),
    (
        "gemini-cli",
        ".gemini/settings.json",
        "// settings of mine\n{\n  \"theme\": \"Dracula\", /* dark */\n  \"mcpServers\": {\n    \"other\": {\"command\": \"y\"}, // keep\n  },\n}\n",
    ),
    (
        "vscode",
        ".vscode/mcp.json",
        "\u{feff}{\n  // servers of the team\n  \"servers\": {\n    \"other\": {\"type\": \"stdio\", \"command\": \"z\"}\n  },\n  \"inputs\": [{\"id\": \"own\", \"type\": \"promptString\"}]\n}\n",
    ),
];

/// Runs the command at home.
fn write(home: &Scratch, client: &str, options: &[&str]) -> (bool, String) {
    let mut command = command(&WIWINK, &["client-config", client, "--write"]);
    command
        .args(options)
        .current_dir(home.path())
        .env("HOME", home.path())
        .env("USERPROFILE", home.path());
    let output = command.output().expect("it runs");
    let words = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8(words).expect("it is text"),
    )
}

/// The file of a client, with this content.
fn file(home: &Scratch, inner: &str, text: &str) -> PathBuf {
    let path = home.path().join(inner);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
    fs::write(&path, text).expect("it can be written");
    path
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it can be read")
}

/// A file as a client reads it: without mark, comments and trailing commas.
fn plain(text: &str) -> Value {
    let text = text.trim_start_matches('\u{feff}');
    let lines =
        text.lines().map(
            |line| match line.find("//").filter(|at| !line[..*at].ends_with(':')) {
                Some(at) => &line[..at],
                None => line,
            },
        );
    let text: String = lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace("/* dark */", "");
    let mut text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [(", }", " }"), (", ]", " ]")] {
        text = text.replace(from, to);
    }
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A file without our entry.
fn without_entry(text: &str) -> String {
    let start = text.find("\"wiwink\"").expect("our entry is there");
    let mut depth = 0;
    let end = text[start..].char_indices().find(|(_, it)| {
        depth += i32::from(*it == '{') - i32::from(*it == '}');
        *it == '}' && depth == 0
    });
    let end = start + end.expect("our entry ends").0 + 1;
    format!("{}{}", &text[..start], &text[end..])
}

/// Every character of `before` stands in `after`, in its order; besides our entry, only white space and commas were added.
fn assert_only_added(before: &str, after: &str, client: &str) {
    let rest = without_entry(after);
    let mut wanted = before.chars().peekable();
    for it in rest.chars() {
        if wanted.peek() == Some(&it) {
            wanted.next();
        } else {
            let is_room = it.is_whitespace() || it == ',';
            assert!(
                is_room,
                "{client}: {it:?} is neither theirs nor ours:\n{after}"
            );
        }
    }
    assert_eq!(wanted.next(), None, "{client} lost something:\n{after}");
}

#[test]
fn each_clients_file_keeps_what_is_there_and_starts_a_server() {
    for (client, inner, before) in CLIENTS {
        let home = Scratch::new("client-config");
        let path = file(&home, inner, before);
        let (worked, words) = write(&home, client, &["--sandbox"]);
        assert!(
            worked && words.contains("an entry was added"),
            "{client}: {words}"
        );
        let after = read(&path);
        assert_only_added(before, &after, client);
        assert_eq!(
            read(&PathBuf::from(format!("{}.bak", path.display()))),
            before,
            "{client}"
        );
        let key = if client == "vscode" {
            "servers"
        } else {
            "mcpServers"
        };
        let read_by_client = plain(&after);
        let others = |it: &Value| it[key].get("other").cloned();
        assert_eq!(others(&read_by_client), others(&plain(before)), "{client}");

        let entry = &read_by_client[key]["wiwink"];
        let mut program = Command::new(entry["command"].as_str().expect("a command"));
        let arguments = entry["args"].as_array().expect("arguments").iter();
        program
            .args(arguments.map(|it| it.as_str().expect("a text")))
            .env_clear();
        let tools = Session::over(program).ask("tools/list", Value::Null);
        assert_eq!(
            tools["tools"].as_array().map(Vec::len),
            Some(59),
            "{client}"
        );

        // Once more changes nothing, and other options change the entry alone.
        let (worked, words) = write(&home, client, &["--sandbox"]);
        assert!(
            worked && words.contains("says so already"),
            "{client}: {words}"
        );
        assert_eq!(read(&path), after, "{client}");
        let (worked, words) = write(&home, client, &["--sandbox", "--methods", "read"]);
        assert!(
            worked && words.contains("was replaced") && words.contains(".bak1"),
            "{client}: {words}"
        );
        let entry = &plain(&read(&path))[key]["wiwink"];
        assert!(
            entry["args"].to_string().contains("read"),
            "{client}: {entry}"
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_made_and_holds_no_secret() {
    for (client, inner, _) in CLIENTS {
        let home = Scratch::new("client-config-new");
        let (worked, words) = write(&home, client, &[]);
        assert!(worked && words.contains("was made"), "{client}: {words}");
        let text = read(&home.path().join(inner));
        serde_json::from_str::<Value>(&text).expect("it is JSON");
        assert!(
            !text.contains("secret") && text.contains("WIWINK_API_TOKEN"),
            "{client}: {text}"
        );
    }
    let home = Scratch::new("client-config-named");
    let (worked, words) = write(
        &home,
        "claude-desktop",
        &["--file", "desktop.json", "--sandbox"],
    );
    assert!(worked, "{words}");
    assert!(read(&home.path().join("desktop.json")).contains("wiwink"));
}

#[test]
fn what_cannot_be_changed_is_left_as_it_is() {
    for (client, text, why) in [
        ("cursor", "{\"mcpServers\": {", "line 1"),
        ("cursor", "{} // a comment", "line 1"),
        ("gemini-cli", "{\"mcpServers\": []}", "is no object"),
        (
            "gemini-cli",
            "{\"mcpServers\": {}, \"mcpServers\": {}}",
            "twice",
        ),
    ] {
        let home = Scratch::new("client-config-broken");
        let inner = if client == "cursor" {
            ".cursor/mcp.json"
        } else {
            ".gemini/settings.json"
        };
        let path = file(&home, inner, text);
        let (worked, words) = write(&home, client, &["--sandbox"]);
        assert!(
            !worked && words.contains(why) && words.contains("left as it is"),
            "{text}: {words}"
        );
        assert_eq!(read(&path), text);
        let beside = fs::read_dir(path.parent().expect("a folder"))
            .expect("it can be read")
            .count();
        assert_eq!(beside, 1, "nothing is left beside it");
    }
    let home = Scratch::new("client-config-none");
    let (worked, words) = write(&home, "chatgpt", &["--url", "https://x.example/mcp"]);
    assert!(!worked && words.contains("on the web"), "{words}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let home = Scratch::new("client-config-link");
    let real = file(&home, "dotfiles/mcp.json", "{}\n");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("they can be set");
    fs::create_dir(home.path().join(".cursor")).expect("it can be made");
    let link = home.path().join(".cursor/mcp.json");
    symlink(&real, &link).expect("it can be made");
    let (worked, words) = write(&home, "cursor", &["--sandbox"]);
    assert!(worked, "{words}");
    assert!(
        fs::symlink_metadata(&link)
            .expect("it is there")
            .is_symlink()
    );
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    let backup = home.path().join("dotfiles/mcp.json.bak");
    assert_eq!((mode(&real), mode(&backup)), (0o640, 0o640));
    assert_eq!(
        plain(&read(&real))["mcpServers"]["wiwink"]["args"],
        json!(["serve", "--sandbox"])
    );
}
