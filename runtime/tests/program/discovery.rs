//! `--expose discovery`: four tools by which all others are found, read up and called.

mod calls;

use serde_json::{Value, json};

use crate::client::{Client, call, connect, json, program, run};

const FOUR: [&str; 4] = [
    "search_tools",
    "get_tool_schema",
    "call_read_tool",
    "call_tool",
];

/// A client of a server that exposes the four, with more options.
async fn discover(options: &[&str]) -> (Client, tokio::process::Child) {
    connect(&[&["serve", "--expose", "discovery"][..], options].concat()).await
}

/// What a call that did not work says of its arguments: where, and why.
fn mistakes(failure: &Value) -> Vec<(String, String)> {
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    failure["mistakes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (text(it, "at"), text(it, "why")))
        .collect()
}

fn names(found: &Value) -> Vec<&str> {
    found["result"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn only_the_four_are_listed_and_each_says_what_it_does() {
    let (client, _child) = discover(&[]).await;
    let tools = client.list_all_tools().await.unwrap();
    assert_eq!(
        tools.iter().map(|it| it.name.as_ref()).collect::<Vec<_>>(),
        FOUR
    );
    let listed = serde_json::to_string(&tools).unwrap();
    assert!(listed.len() < 4096, "{} bytes", listed.len());
    assert!(
        listed.contains("Search the tools of Acme") && !listed.contains("{vendor}"),
        "{listed}"
    );
    let hints: Vec<_> = tools
        .iter()
        .map(|it| it.annotations.as_ref().unwrap())
        .map(|it| {
            (
                it.read_only_hint,
                it.destructive_hint,
                it.idempotent_hint,
                it.open_world_hint,
            )
        })
        .collect();
    let [yes, no] = [Some(true), Some(false)];
    assert_eq!(
        hints,
        [
            (yes, no, yes, no),
            (yes, no, yes, no),
            (yes, no, yes, yes),
            (no, yes, no, yes)
        ]
    );
    for tool in &tools {
        assert_eq!(tool.input_schema["type"], "object", "{}", tool.name);
        assert_eq!(
            tool.input_schema["additionalProperties"], false,
            "{}",
            tool.name
        );
        assert!(
            tool.title.as_ref().is_some_and(|it| it.ends_with("Acme")),
            "{}",
            tool.name
        );
    }
    let instructions = client.peer_info().unwrap().instructions.clone().unwrap();
    assert!(
        instructions.starts_with("Works have tickets."),
        "{instructions}"
    );
    assert!(
        instructions.contains("The 8 tools") && FOUR.iter().all(|it| instructions.contains(it)),
        "{instructions}"
    );
}

#[tokio::test]
async fn a_search_says_what_it_found_and_why() {
    let (client, _child) = discover(&[]).await;
    let found = json(
        &call(
            &client,
            "search_tools",
            json!({"query": "create a job", "limit": 2}),
        )
        .await,
    );
    assert_eq!(found["result_count"], 2);
    assert_eq!(
        found["result"][0],
        json!({
            "name": "create_a_acme_work",
            "title": "Create a work",
            "description": "Creates a work.",
            "effect": "write",
            "required": ["name"],
            "why": "job (as work) in resource, title, tags, description; create in title, description",
        })
    );
    // A letter is wrong, and the vendor's label is in every name.
    let found = json(&call(&client, "search_tools", json!({"query": "acme tikets"})).await);
    assert_eq!(names(&found)[0], "list_all_acme_tickets", "{found}");
    let found = json(
        &call(
            &client,
            "search_tools",
            json!({"query": "customer of a work"}),
        )
        .await,
    );
    assert!(
        found["result"][0]["why"]
            .as_str()
            .unwrap()
            .contains("customer in arguments"),
        "{found}"
    );
    let found = json(&call(&client, "search_tools", json!({"query": "xylophone works"})).await);
    assert_eq!(found["unknown_words"], json!(["xylophone"]));
    let none = json(&call(&client, "search_tools", json!({"query": "xylophone"})).await);
    assert_eq!(
        (&none["result"], &none["result_count"]),
        (&json!([]), &json!(0))
    );
    assert!(
        none["hint"]
            .as_str()
            .unwrap()
            .starts_with("No tool has these words."),
        "{none}"
    );
}

#[tokio::test]
async fn what_search_and_schema_take_is_what_their_schemas_say() {
    let (client, _child) = discover(&[]).await;
    for (tool, arguments, wrong) in [
        ("search_tools", json!({}), &["query"][..]),
        (
            "search_tools",
            json!({"query": "", "limit": 21, "tag": "x"}),
            &["query", "limit", "tag"],
        ),
        (
            "search_tools",
            json!({"query": "x".repeat(501), "limit": 0}),
            &["query", "limit"],
        ),
        ("get_tool_schema", json!({"names": []}), &["names"]),
        (
            "get_tool_schema",
            json!({"names": ["a", "b", "c", "d", "e", "f"]}),
            &["names"],
        ),
        ("get_tool_schema", json!({"names": ["a", "a"]}), &["names"]),
        ("get_tool_schema", json!({"names": "a"}), &["names"]),
        (
            "call_tool",
            json!({"arguments": []}),
            &["name", "arguments"],
        ),
        (
            "call_read_tool",
            json!({"name": "zebra", "arguments": "{}", "args": 1}),
            &["arguments", "args", "name"],
        ),
    ] {
        let result = call(&client, tool, arguments.clone()).await;
        let failure = json(&result);
        let at: Vec<String> = mistakes(&failure).into_iter().map(|it| it.0).collect();
        assert_eq!(
            (result.is_error, at),
            (
                Some(true),
                wrong.iter().map(|it| (*it).to_owned()).collect()
            ),
            "{arguments}"
        );
        let tools = client.list_all_tools().await.unwrap();
        let listed = tools.iter().find(|it| it.name == tool).unwrap();
        let schema = Value::Object(listed.input_schema.as_ref().clone());
        assert!(
            !jsonschema::is_valid(&schema, &arguments),
            "{tool} {arguments}"
        );
    }
}

#[tokio::test]
async fn schemas_of_one_to_five_tools_are_the_listings() {
    let (client, _child) = discover(&[]).await;
    let (all, _other) = connect(&["serve"]).await;
    let listed = all.list_all_tools().await.unwrap();
    let five: Vec<&str> = listed.iter().take(5).map(|it| it.name.as_ref()).collect();
    let shown = json(&call(&client, "get_tool_schema", json!({"names": five})).await);
    assert_eq!(shown["result"], serde_json::to_value(&listed[..5]).unwrap());
    let names = json!(["list_all_acme_works", "create_acme_work"]);
    let result = call(&client, "get_tool_schema", json!({"names": names})).await;
    let shown = json(&result);
    assert_eq!(
        (shown["result"].as_array().unwrap().len(), result.is_error),
        (1, Some(false))
    );
    let (at, why) = &mistakes(&shown)[0];
    assert!(
        at == "names[1]" && why.contains("did you mean `create_a_acme_work`?"),
        "{shown}"
    );
    let result = call(
        &client,
        "get_tool_schema",
        json!({"names": ["list_all_acme_work"]}),
    )
    .await;
    assert_eq!(result.is_error, Some(true));
    assert!(
        json(&result)["message"]
            .as_str()
            .unwrap()
            .contains("did you mean `list_all_acme_works`?")
    );
}

#[tokio::test]
async fn people_can_search_and_see_the_four() {
    let (table, _, code) = run(program(&["tools", "--search", "create a job"])).await;
    let first = table.lines().next().unwrap();
    assert!(
        code == 0 && first.starts_with("create_a_acme_work"),
        "{table}"
    );
    assert!(
        first.contains("job (as work) in resource, title, tags, description"),
        "{table}"
    );
    let (rows, _, _) = run(program(&["tools", "--search", "tickets", "--json"])).await;
    let rows: Value = serde_json::from_str(&rows).unwrap();
    assert_eq!(rows[0]["name"], "list_all_acme_tickets");
    let (rows, _, _) = run(program(&["tools", "--expose", "discovery", "--json"])).await;
    let rows: Value = serde_json::from_str(&rows).unwrap();
    let listed: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["name"].as_str().unwrap(), it["effect"].as_str().unwrap()))
        .collect();
    assert_eq!(
        listed,
        [
            ("search_tools", "read"),
            ("get_tool_schema", "read"),
            ("call_read_tool", "read"),
            ("call_tool", "destroy")
        ]
    );
    let (shown, _, _) = run(program(&["tools", "call_tool", "--expose", "discovery"])).await;
    assert_eq!(
        serde_json::from_str::<Value>(&shown).unwrap()["title"],
        "Call any tool of Acme"
    );
    let (_, error, code) = run(program(&["tools", "call_tool", "--search", "x"])).await;
    assert!(
        code == 2 && error.contains("cannot be used with"),
        "{error}"
    );
}
