//! What a tool call sends, and what it answers: records, paging, failures.

use serde_json::json;

use crate::{
    api::{Api, BASIC, KEY},
    client::{call, connect, json},
};

#[tokio::test]
async fn a_list_sends_its_query_and_pages_by_cursor() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let query = json!({"customer_id": 551, "with": ["customer", "status"], "limit": 20});
    let first = json(&call(&client, "list_all_acme_works", query.clone()).await);
    assert_eq!(first["result_count"], 20);
    assert_eq!(first["result"][0], json!({"id": 1, "name": "Work 1"}));
    let mut again = query.clone();
    again["next_cursor"] = first["next_cursor"].clone();
    let second = json(&call(&client, "list_all_acme_works", again.clone()).await);
    assert_eq!(
        (&second["result"][0]["id"], &second["result_count"]),
        (&json!(21), &json!(10))
    );
    assert_eq!(second["next_cursor"], json!(null));
    let with = "customer_id=551&with%5B%5D=customer&with%5B%5D=status";
    assert_eq!(
        api.lines(),
        [
            format!("GET /v1/works?{with}&per_page=20"),
            format!("GET /v1/works?{with}&page=2&per_page=20")
        ]
    );

    again["customer_id"] = json!(552);
    let foreign = call(&client, "list_all_acme_works", again).await;
    assert_eq!(foreign.is_error, Some(true));
    assert_eq!(json(&foreign)["mistakes"][0]["at"], "next_cursor");
    assert_eq!(api.came().len(), 2, "a refused cursor sends nothing");
}

#[tokio::test]
async fn credentials_and_headers_go_where_the_vendor_wants_them() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let created = json(&call(&client, "create_a_acme_work", json!({"name": "Roof"})).await);
    assert_eq!(created, json!({"result": {"id": 31, "name": "Roof"}}));
    let came = api.came().remove(0);
    assert_eq!(
        (came.line.as_str(), came.body),
        ("POST /v1/works", json!({"name": "Roof"}))
    );
    let header = |name| came.headers.get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header("x-api-key"), Some(KEY));
    assert_eq!(
        header("authorization"),
        Some(format!("Basic {BASIC}").as_str())
    );
    assert_eq!(header("accept"), Some("application/json"));
    assert_eq!(header("content-type"), Some("application/json"));
    assert_eq!(header("user-agent"), Some("acme-mcp/0.1.0"));
}

#[tokio::test]
async fn paging_in_the_body_hands_the_token_back() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let first = json(&call(&client, "acme_search_cases", json!({"state": "open"})).await);
    let second = json(
        &call(
            &client,
            "acme_search_cases",
            json!({"state": "open", "next_cursor": first["next_cursor"]}),
        )
        .await,
    );
    assert_eq!(
        (&second["result"], &second["next_cursor"]),
        (&json!([{"case": 2}]), &json!(null))
    );
    let bodies: Vec<_> = api.came().into_iter().map(|came| came.body).collect();
    assert_eq!(
        bodies[0],
        json!({"state": "open", "max_returned_items": 25})
    );
    let token = json!({"scroll_id": "abc=="});
    assert_eq!(
        bodies[1],
        json!({"state": "open", "start_page_key": token, "max_returned_items": 25})
    );
}

#[tokio::test]
async fn a_large_list_is_cut_and_every_record_comes_once() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url, "--max-answer", "50000"]).await;
    let (mut ids, mut cursor) = (Vec::new(), json!(null));
    loop {
        let arguments = if cursor.is_null() {
            json!({})
        } else {
            json!({"next_cursor": cursor})
        };
        let answer = json(&call(&client, "list_all_acme_tickets", arguments).await);
        assert!(answer.to_string().len() <= 50_000);
        ids.extend(
            answer["result"]
                .as_array()
                .unwrap()
                .iter()
                .map(|record| record["id"].as_u64().unwrap()),
        );
        cursor = answer["next_cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(ids, (1..=60).collect::<Vec<_>>());
    assert!(
        api.lines()
            .iter()
            .all(|line| line.ends_with("?pageSize=25") || line.contains("page=")),
        "{:?}",
        api.lines()
    );
}

#[tokio::test]
async fn single_records_deletes_and_files_have_their_forms() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let single = json(&call(&client, "get_single_acme_work_by_id", json!({"id": "7"})).await);
    assert_eq!(single, json!({"result": {"id": 7, "list": [null, 1]}}));
    let deleted = json(&call(&client, "delete_a_acme_work_by_id", json!({"id": 7})).await);
    assert_eq!(deleted, json!({"result": {"id": 7}}));
    let file = call(&client, "download_a_acme_work", json!({"id": 7})).await;
    assert_eq!(
        json(&file),
        json!({"result": {"media_type": "application/pdf", "bytes": 11}})
    );
    let resource = serde_json::to_value(&file.content[1]).unwrap();
    assert_eq!(resource["resource"]["mimeType"], "application/pdf");
    assert_eq!(resource["resource"]["blob"], "JVBERi0xLjcg/wA=");
    let huge = json(&call(&client, "get_single_acme_work_by_id", json!({"id": "huge"})).await);
    assert_eq!(
        (&huge["result"], &huge["omitted"]),
        (&json!({"id": 1}), &json!(["log"]))
    );
}

#[tokio::test]
async fn mistakes_come_all_at_once_and_send_nothing() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let wrong = json!({"custmer_id": 1, "with": ["owner"], "limit": "x"});
    let result = call(&client, "list_all_acme_works", wrong).await;
    assert_eq!(result.is_error, Some(true));
    let answer = json(&result);
    assert_eq!(
        (&answer["statusCode"], &answer["error"]),
        (&json!(400), &json!("invalid_arguments"))
    );
    assert_eq!(answer["mistakes"].as_array().unwrap().len(), 3, "{answer}");
    assert!(
        answer["message"]
            .as_str()
            .unwrap()
            .contains("did you mean `customer_id`?"),
        "{answer}"
    );
    assert!(api.came().is_empty());
}

#[tokio::test]
async fn a_429_goes_out_at_once_with_its_wait() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let result = call(&client, "get_single_acme_work_by_id", json!({"id": "busy"})).await;
    assert_eq!(result.is_error, Some(true));
    let answer = json(&result);
    assert_eq!(
        (&answer["statusCode"], &answer["error"]),
        (&json!(429), &json!("rate_limited"))
    );
    assert_eq!(
        answer["ratelimit"],
        json!({"limit": 100, "remaining": 0, "retry_after": 7})
    );
    assert_eq!(answer["vendor"], json!({"body": "slow down"}));
    assert_eq!(api.came().len(), 1, "nothing is tried again");
}

#[tokio::test]
async fn refusals_carry_the_vendors_words_and_our_guidance() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let answer = json(&call(&client, "create_a_acme_work", json!({"name": "bare"})).await);
    assert_eq!(
        (&answer["statusCode"], &answer["error"]),
        (&json!(409), &json!("NO_DOC"))
    );
    assert_eq!(
        answer["message"],
        "The document is missing {\"name\":\"too bare\"}"
    );
    assert_eq!(answer["vendor"]["errors"], json!({"name": "too bare"}));
    assert_eq!(answer["guidance"].as_array().unwrap().len(), 1);
    let missing = json(&call(&client, "get_single_acme_work_by_id", json!({"id": "none"})).await);
    assert_eq!(
        (&missing["error"], &missing["message"]),
        (&json!("not_found"), &json!("no such thing"))
    );
    assert_eq!(missing.get("guidance"), None);
}

#[tokio::test]
async fn what_only_looks_like_an_answer_is_a_failure() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    for (id, status, error) in [
        ("html", 200, "unreadable_answer"),
        ("broken", 200, "unreadable_answer"),
        ("away", 302, "redirected"),
    ] {
        let result = call(&client, "get_single_acme_work_by_id", json!({"id": id})).await;
        assert_eq!(result.is_error, Some(true), "{id}");
        let answer = json(&result);
        assert_eq!(
            (&answer["statusCode"], &answer["error"]),
            (&json!(status), &json!(error)),
            "{id}"
        );
    }
    assert_eq!(api.came().len(), 3, "no redirect is followed");
}

#[tokio::test]
async fn an_echoed_secret_is_taken_out() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    // `json` fails on the key itself.
    let answer = json(&call(&client, "get_single_acme_work_by_id", json!({"id": "echo"})).await);
    assert_eq!(answer["message"], "the key <redacted> has no right to this");
}

#[tokio::test]
async fn no_escape_and_no_encoding_hides_a_secret() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let answer = call(
        &client,
        "get_single_acme_work_by_id",
        json!({"id": "escaped"}),
    )
    .await;
    assert_eq!(
        json(&answer)["result"],
        json!({"a": "<redacted>", "<redacted>": 1, "b": "Basic <redacted>"})
    );
}

#[tokio::test]
async fn a_vendors_code_is_bounded() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let answer = json(
        &call(
            &client,
            "get_single_acme_work_by_id",
            json!({"id": "coded"}),
        )
        .await,
    );
    assert_eq!(answer["error"].as_str().unwrap().len(), 200);
}

#[tokio::test]
async fn a_cursor_larger_than_the_cap_is_handed_out_and_back() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url, "--max-answer", "2000"]).await;
    let first = json(&call(&client, "acme_search_cases", json!({"state": "long"})).await);
    assert_eq!(first["result"], json!([]));
    let again = json!({"state": "long", "next_cursor": first["next_cursor"]});
    let second = json(&call(&client, "acme_search_cases", again).await);
    assert_eq!(second["result"], json!([{"case": 1}]), "{second:.300}");
}

#[tokio::test]
async fn a_large_page_of_a_list_with_tokens_comes_whole() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let (mut cases, mut arguments) = (Vec::new(), json!({"state": "large"}));
    loop {
        let answer = json(&call(&client, "acme_search_cases", arguments.clone()).await);
        let records = answer["result"].as_array().unwrap();
        cases.extend(
            records
                .iter()
                .map(|record| record["case"].as_u64().unwrap()),
        );
        arguments["next_cursor"] = answer["next_cursor"].clone();
        if arguments["next_cursor"].is_null() {
            break;
        }
    }
    assert_eq!(cases, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_file_over_its_cap_is_told_with_its_size() {
    let (_api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let answer = json(&call(&client, "download_a_acme_work", json!({"id": 8})).await);
    assert_eq!(answer["error"], "answer_too_large");
    let message = answer["message"].as_str().unwrap();
    assert!(message.contains("10485761 bytes"), "{message}");
}

#[tokio::test]
async fn an_unreachable_api_is_told_in_words() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let answer = json(&call(&client, "list_all_acme_works", json!({})).await);
    assert_eq!(
        (&answer["statusCode"], &answer["error"]),
        (&json!(502), &json!("unreachable"))
    );
    assert!(
        answer["message"].as_str().unwrap().contains("refused"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_tool_answers_to_a_name_that_it_had_before_and_is_listed_by_its_own() {
    let (api, url) = Api::start().await;
    let (client, _child) = connect(&["serve", "--base-url", &url]).await;
    let now = json(&call(&client, "get_single_acme_work_by_id", json!({"id": "7"})).await);
    let before = json(&call(&client, "read_a_acme_work", json!({"id": "7"})).await);
    assert_eq!(now, before);
    assert_eq!(api.lines().len(), 2);
    let listed = client.list_all_tools().await.unwrap();
    assert!(listed.iter().all(|it| it.name != "read_a_acme_work"));
    assert!(
        listed
            .iter()
            .any(|it| it.name == "get_single_acme_work_by_id")
    );
}
