//! Where calls go: URLs with variables, servers besides, and the sandbox, which plays them all.

use serde_json::{Value, json};

use super::{Guarded, answered, program};
use crate::client::run;

#[tokio::test]
async fn a_tool_is_called_at_its_server_and_an_open_one_without_credentials() {
    let ((api, url), (other, other_url)) = (Guarded::start().await, Guarded::start().await);
    let mut sent = program(&url, &["call", "send_a_bolt_thing"]);
    sent.env("BOLT_UPLOADS_URL", &other_url);
    assert_eq!(answered(sent).await.2, 0);
    assert_eq!(api.came().len(), 1, "the token");
    let came = other.came();
    assert!(
        came[0].starts_with("POST /things/send?api_key=key%2B5f2e"),
        "{came:?}"
    );

    let mut open = program(&url, &["call", "get_bolt_status"]);
    open.env_remove("BOLT_CLIENT_SECRET")
        .env_remove("BOLT_API_KEY");
    assert_eq!(answered(open).await.2, 0);
    assert_eq!(api.came(), ["GET /v1/status | theme=dark | "]);

    let mut guarded = program(&url, &["call", "list_all_bolt_things"]);
    guarded.env_remove("BOLT_CLIENT_SECRET");
    let (json, ..) = answered(guarded).await;
    assert_eq!(json["error"], "missing_credentials");
    assert!(
        json["message"]
            .as_str()
            .unwrap()
            .contains("BOLT_CLIENT_SECRET")
    );
    assert_eq!(api.came().len(), 0);
}

/// The URL that a dry run of a tool says, or why there is none.
async fn place(tool: &str, set: &[(&str, &str)], options: &[&str]) -> String {
    let arguments = [&["call", tool, "--dry-run"], options].concat();
    let mut command = program("http://127.0.0.1:9", &arguments);
    command
        .env_remove("BOLT_BASE_URL")
        .envs(set.iter().copied());
    let (json, ..) = answered(command).await;
    let place = json.pointer("/request/url").unwrap_or(&json["message"]);
    place.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_url_with_variables_is_set_part_by_part() {
    let (list, send) = ("list_all_bolt_things", "send_a_bolt_thing");
    let north = [("BOLT_TENANT", "north")];
    assert_eq!(
        place(list, &north, &[]).await,
        "https://north.bolt.example/v1/things"
    );
    let second = [("BOLT_TENANT", "north"), ("BOLT_VERSION", "v2")];
    assert_eq!(
        place(list, &second, &["--base-url", "eu"]).await,
        "https://north.eu.bolt.example/v2/things"
    );
    assert_eq!(
        place(send, &north, &["--base-url", "https://own.example"]).await,
        "https://uploads.north.bolt.example/up/v1/things/send",
        "the base URL says nothing of the server besides"
    );
    let missing = place(list, &[], &[]).await;
    assert!(
        missing.contains("BOLT_TENANT (The part of the address that is yours)"),
        "{missing}"
    );
    let wrong = place(
        list,
        &[("BOLT_TENANT", "evil.example/x"), ("BOLT_VERSION", "v3")],
        &[],
    )
    .await;
    assert!(
        wrong.contains("BOLT_TENANT is set to what cannot stand there"),
        "{wrong}"
    );
    assert!(
        wrong.contains("BOLT_VERSION is set to none of v1, v2"),
        "{wrong}"
    );
    assert!(!wrong.contains("evil"), "{wrong}");

    let mut doctor = program("", &["doctor"]);
    doctor.env_remove("BOLT_BASE_URL").env("BOLT_VERSION", "v3");
    let (told, _, code) = answered(doctor).await;
    let told = told.as_str().unwrap();
    assert!(
        code == 1 && told.contains("WRONG    the URL of the vendor's API needs tenant"),
        "{told}"
    );
}

#[tokio::test]
async fn the_credentials_file_holds_parts_of_urls_too() {
    let folder = std::env::temp_dir().join(format!("bolt-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("credentials.toml");
    std::fs::write(
        &file,
        "tenant = \"south\"\ntoken_url = \"http://login.example/token\"\n",
    )
    .unwrap();
    let path = file.to_str().unwrap();
    let http = run_place(path).await;
    assert!(
        http.contains("BOLT_MCP_TOKEN_URL") && http.contains("in the clear"),
        "{http}"
    );
    std::fs::write(
        &file,
        "tenant = \"south\"\ntoken_url = \"https://login.example/token\"\n",
    )
    .unwrap();
    let place = run_place(path).await;
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(
        place.contains("https://south.bolt.example/v1/things"),
        "{place}"
    );
    assert!(place.contains("https://login.example/token"), "{place}");
}

async fn run_place(file: &str) -> String {
    let arguments = [
        "call",
        "list_all_bolt_things",
        "--dry-run",
        "--credentials",
        file,
    ];
    let mut command = program("", &arguments);
    command.env_remove("BOLT_BASE_URL");
    let (stdout, stderr, _) = run(command).await;
    stdout + &stderr
}

#[tokio::test]
async fn in_a_sandbox_all_of_it_stands_at_one_address() {
    let (api, url) = Guarded::start().await;
    let mut command = program(
        "https://real.bolt.example",
        &["call", "send_a_bolt_thing", "--sandbox"],
    );
    command.env("BOLT_SANDBOX", format!("{url}/v1"));
    command.env("BOLT_UPLOADS_URL", "https://real.bolt.example");
    assert_eq!(answered(command).await.2, 0);
    let came = api.came();
    assert!(came[0].starts_with("POST /oauth/token/ |"), "{came:?}");
    assert!(
        came[1].starts_with("POST /up/v1/things/send?api_key=made-up-api_key |"),
        "{came:?}"
    );
}

#[tokio::test]
async fn the_sandbox_opens_to_its_own_credentials() {
    for (tool, answer) in [
        ("list_all_bolt_things", json!(2)),
        ("get_bolt_status", json!(2)),
        ("send_a_bolt_thing", Value::Null),
    ] {
        let command = program("http://127.0.0.1:9", &["call", tool, "--sandbox"]);
        let (json, _, code) = answered(command).await;
        assert_eq!(
            (&json["result_count"], code),
            (&answer, 0),
            "{tool}: {json}"
        );
    }
    let command = program("http://127.0.0.1:9", &["doctor", "--sandbox"]);
    let (told, _, code) = answered(command).await;
    let told = told.as_str().unwrap();
    assert!(
        code == 0 && told.contains("/oauth/token/ gave a token"),
        "{told}"
    );
}
