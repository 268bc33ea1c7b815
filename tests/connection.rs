//! How a server finds the vendor's API, what it says of an API that is not there, and who `me` is.

use acceptance::{CONNECTWISE_PSA, Came, Listener, Reply, Sandbox, Session, WIWINK, command};
use serde_json::{Value, json};

const TICKETS: &str = "list_all_connect_wise_psa_tickets";
const PAGE: &str = "/login/companyinfo/";

/// What a command prints, and to where it says what is wrong.
fn run(arguments: &[&str]) -> String {
    let output = command(&CONNECTWISE_PSA, arguments).output();
    let output = output.expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    text(output.stdout) + &text(output.stderr)
}

/// What `doctor` finds, line by line.
fn doctor(base_url: &str) -> String {
    run(&["doctor", "--base-url", base_url])
}

/// The site of an API.
fn site(base_url: &str) -> String {
    let end = base_url.match_indices('/').nth(2).map(|(at, _)| at);
    base_url[..end.unwrap_or(base_url.len())].to_owned()
}

/// A call that a listener answers.
fn call(reply: Reply, arguments: Value) -> (Vec<Came>, Value) {
    let listener = Listener::start(reply);
    let mut session = Session::start(&CONNECTWISE_PSA, &["--base-url", &listener.url]);
    let outcome = session.call(TICKETS, arguments);
    (listener.came(), outcome.json)
}

#[test]
fn a_region_stands_in_place_of_a_url() {
    for (region, host) in [
        ("na", "api-na.myconnectwise.net"),
        ("eu", "api-eu.myconnectwise.net"),
        ("au", "api-au.myconnectwise.net"),
        ("aus", "api-aus.myconnectwise.net"),
        ("za", "api-za.myconnectwise.net"),
        ("staging", "api-staging.connectwisedev.com"),
    ] {
        let shown = run(&["call", TICKETS, "--dry-run", "--base-url", region]);
        let url = format!("\"https://{host}/v4_6_release/apis/3.0/service/tickets?");
        assert!(shown.contains(&url), "{region}: {shown}");
    }
    let told = run(&["call", TICKETS, "--dry-run", "--base-url", "uk"]);
    assert!(told.contains("nor one of the regions na, eu,"), "{told}");
    let output = command(&WIWINK, &["tools", "--base-url", "eu"]).output();
    let output = output.expect("the program runs");
    assert!(output.status.success(), "a list of tools needs no API");
}

#[test]
fn a_site_is_asked_once_where_its_api_stands_and_without_credentials() {
    let sandbox = Sandbox::start(&CONNECTWISE_PSA, &[]);
    let mut server = sandbox.server(&CONNECTWISE_PSA, &site(&sandbox.base_url));
    server.arg("--log-requests");
    let mut session = Session::over(server);
    // What is wrong is told before anything is asked.
    session.call(TICKETS, json!({"limit": 0})).failure();
    for _ in 0..2 {
        session.call(TICKETS, json!({"limit": 1})).result();
    }
    let board = session.call("list_all_connect_wise_psa_boards", json!({"limit": 1}));
    let board = board.result()[0]["id"].take();
    let notes = session.finish();
    let notes = notes
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let urls = notes.filter_map(|it: Value| it["request"]["url"].as_str().map(str::to_owned));
    let urls: Vec<String> = urls.collect();
    assert!(urls[0].contains(PAGE), "{urls:#?}");
    assert!(
        urls[1..].iter().all(|it| it.starts_with(&sandbox.base_url)),
        "{urls:#?}"
    );

    // Several reads at once ask once, too.
    let site = site(&sandbox.base_url);
    let mut session = Session::over(sandbox.server(&CONNECTWISE_PSA, &site));
    let taxonomy = "get_single_connect_wise_psa_board_taxonomy_by_id";
    session.call(taxonomy, json!({"id": board})).result();

    let listener = Listener::start(Reply::json(200, &json!({"Codebase": "v2025_1/"})));
    let url = self::site(&listener.url);
    let mut session = Session::start(&CONNECTWISE_PSA, &["--base-url", &url]);
    session.call(TICKETS, json!({})).failure();
    let came = listener.came();
    assert_eq!(came[0].line, format!("GET {PAGE}acme"));
    assert_eq!(came[0].header("authorization"), None);
    assert_eq!(came[0].header("clientid"), None);
    assert!(
        came[1]
            .line
            .starts_with("GET /v2025_1/apis/3.0/service/tickets?")
    );
    assert!(came[1].header("authorization").is_some());
}

#[test]
fn a_site_that_does_not_say_where_its_api_stands_is_told_and_nothing_else_is_sent() {
    for (reply, why) in [
        (Reply::json(200, &Value::Null), "does not know the company"),
        (
            Reply::json(200, &json!({"Codebase": "../x"})),
            "cannot be part of a path",
        ),
        (
            Reply::json(200, &json!({"Codebase": "a/b"})),
            "cannot be part of a path",
        ),
        (
            Reply::json(200, &json!({"Codebase": ""})),
            "cannot be part of a path",
        ),
        (
            Reply::text(200, "text/html", "<p>"),
            "set the whole base URL",
        ),
        (Reply::empty(503), "was answered with 503"),
        (
            Reply::empty(302).with("location", "http://127.0.0.1:1/"),
            "answered with 302",
        ),
    ] {
        let listener = Listener::start(reply);
        let url = site(&listener.url);
        let mut session = Session::start(&CONNECTWISE_PSA, &["--base-url", &url]);
        let told = session.call(TICKETS, json!({})).failure();
        assert_eq!(told["error"], "wrong_settings");
        let message = told["message"].as_str().unwrap_or_default();
        assert!(message.contains(why), "{why}: {message}");
        assert_eq!(listener.only().line, format!("GET {PAGE}acme"));
        let found = doctor(&url);
        assert!(found.contains("WRONG") && found.contains(why), "{found}");
        assert!(found.contains("skipped  the connection"), "{found}");
    }
}

/// Both documented shapes of an error body, and the plain texts that gateways answer.
#[test]
fn each_shape_of_a_refusal_is_one_clear_error() {
    let errors = json!([{"code": "InvalidField", "message": "board is unknown", "resource": "ticket", "field": "board"}]);
    let refused =
        json!({"code": "InvalidObject", "message": "ticket object is invalid", "errors": errors});
    let limited = json!({"error": "ConnectWiseAPI", "message": "Too many requests. Please try again in 30 seconds."});
    let closed = json!({"code": "Security", "message": "SSL is required.", "errors": null});
    let cases = [
        (
            Reply::json(400, &refused),
            400,
            "InvalidObject",
            "board is unknown",
            "",
        ),
        (
            Reply::json(429, &limited).with("Retry-After", "30"),
            429,
            "ConnectWiseAPI",
            "30 seconds",
            "",
        ),
        (
            Reply::json(403, &closed),
            403,
            "Security",
            "SSL is required.",
            "begins with api-",
        ),
        (
            Reply::text(
                400,
                "text/plain",
                "Cannot route. Codebase/company is invalid.",
            ),
            400,
            "bad_request",
            "Cannot route. Codebase/company is invalid.",
            "leads to no code base",
        ),
        (
            Reply::text(502, "text/html", "<h1>Bad Gateway</h1>"),
            502,
            "vendor_error",
            "502",
            "",
        ),
    ];
    for (reply, status, code, message, guidance) in cases {
        let (_, told) = call(reply, json!({}));
        assert_eq!(told["statusCode"], status, "{told:#}");
        assert_eq!(told["error"], code, "{told:#}");
        assert!(told["message"].to_string().contains(message), "{told:#}");
        assert!(told["guidance"].to_string().contains(guidance), "{told:#}");
        assert!(!told["message"].to_string().contains("<h1>"), "{told:#}");
        if status == 429 {
            assert_eq!(told["ratelimit"]["retry_after"], 30, "{told:#}");
        }
    }
}

#[test]
fn doctor_says_in_words_what_is_wrong() {
    let sandbox = Sandbox::start(&CONNECTWISE_PSA, &[]);
    let mut well = sandbox.server(&CONNECTWISE_PSA, &sandbox.base_url);
    let as_doctor = |server: &mut std::process::Command, changed: &[(&str, &str)]| {
        let mut doctor = command(
            &CONNECTWISE_PSA,
            &["doctor", "--base-url", &sandbox.base_url],
        );
        doctor
            .env_clear()
            .envs(server.get_envs().filter_map(|(name, it)| Some((name, it?))));
        doctor.envs(changed.iter().copied());
        let output = doctor.output().expect("the program runs");
        let code = output.status.code();
        (String::from_utf8(output.stdout).expect("text"), code)
    };
    let (found, code) = as_doctor(&mut well, &[]);
    assert!(
        !found.contains("WRONG") && !found.contains("skipped"),
        "{found}"
    );
    assert!(
        found.contains("the site answers") && found.contains("`me` is `"),
        "{found}"
    );
    assert_eq!(code, Some(0));
    for (variable, value, why) in [
        (
            "CONNECTWISE_PSA_COMPANY_ID",
            "other",
            "does not know the company",
        ),
        (
            "CONNECTWISE_PSA_PRIVATE_KEY",
            "secret-wrong",
            "does not accept the credentials",
        ),
        ("CONNECTWISE_PSA_CLIENT_ID", "wrong", "the client id"),
        (
            "CONNECTWISE_PSA_MEMBER",
            "nobody",
            "`me` is `nobody`, whom list_all_connect_wise_psa_members does not know",
        ),
    ] {
        let (found, code) = as_doctor(&mut well, &[(variable, value)]);
        assert!(
            found.contains("WRONG") && found.contains(why),
            "{variable}: {found}"
        );
        assert!(!found.contains("secret-wrong"), "{found}");
        assert_eq!(code, Some(1), "{found}");
    }
    // In the cloud, credentials that are wrong are said not to be found.
    let found = doctor(&Listener::start(Reply::empty(404)).url);
    assert!(
        found.contains("skipped  the site: it has no page"),
        "{found}"
    );
    assert!(
        found.contains("a wrong credential may look like this"),
        "{found}"
    );
}

#[test]
fn me_is_whom_the_operator_set_the_server_up_for() {
    let (came, _) = call(Reply::json(200, &json!([])), json!({"owner": "me"}));
    assert!(
        came[0].line.contains("owner%2Fidentifier%3D%22jdoe%22"),
        "{came:#?}"
    );

    let listener = Listener::start(Reply::json(200, &json!([])));
    let mut alone = command(&CONNECTWISE_PSA, &["serve", "--base-url", &listener.url]);
    alone.env_remove("CONNECTWISE_PSA_MEMBER");
    let mut session = Session::over(alone);
    let told = session.call(TICKETS, json!({"owner": "me"})).failure();
    let message = told["message"].as_str().unwrap_or_default();
    assert!(message.contains("owner: nobody is `me` here"), "{message}");
    assert!(message.contains("CONNECTWISE_PSA_MEMBER"), "{message}");
    // Where the word means nothing, it is a text like any other.
    session
        .call(TICKETS, json!({"summary_contains": "me"}))
        .result();
    assert!(
        listener
            .only()
            .line
            .contains("summary%20contains%20%22me%22")
    );
}
