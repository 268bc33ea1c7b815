//! ConnectWise PSA: conditions, and the pages that Link headers announce.

use super::connectwise_psa::tickets;
use crate::client::Client;

#[test]
fn conditions_filter() {
    let client = Client::of("connectwise_psa");
    let all = tickets(&client, "id > 0").len();
    let triage = tickets(&client, "board/name=\"Triage\"").len();
    assert_eq!(
        tickets(&client, "board/name != 'triage'").len(),
        all - triage
    );
    assert_eq!(
        tickets(
            &client,
            "not_known = 1 ".replace("not_known", "id").as_str()
        )
        .len(),
        0
    );
    let either = tickets(
        &client,
        "(board/name = 'Triage' OR board/name = 'Server Team') and closedFlag = False",
    )
    .len();
    let listed = tickets(
        &client,
        "board/name in ('Triage', \"Server Team\") AND closedFlag = false",
    )
    .len();
    assert!(either == listed && listed > 0);
    assert_eq!(
        tickets(&client, "summary like '%server%'"),
        tickets(&client, "summary contains 'SERVER'")
    );
    assert_eq!(
        tickets(&client, "summary not contains 'server'").len()
            + tickets(&client, "summary like '*server*'").len(),
        all
    );
    assert_eq!(
        tickets(&client, "closedDate = null and closedFlag = True").len(),
        0
    );
    assert!(!tickets(&client, "closedDate != null and lastUpdated > [2020-01-01]").is_empty());
    assert!(
        !tickets(
            &client,
            "_info/dateEntered < [2100-01-01T00:00:00Z] and severity = \"Medium\""
        )
        .is_empty()
    );
    let count = client
        .list(
            "/service/tickets/count",
            &[("conditions", "board/name = 'Triage'")],
        )
        .with(200);
    assert_eq!(count.body["count"], triage);
    let child = [(
        "childConditions",
        "communicationItems/value like '%@mail.example' AND communicationItems/communicationType = 'Email'",
    )];
    assert!(
        !client
            .list("/company/contacts", &child)
            .with(200)
            .records()
            .is_empty()
    );
}

#[test]
fn conditions_that_cannot_be_read_are_refused() {
    let client = Client::of("connectwise_psa");
    for (conditions, words) in [
        ("board/nam = 'x'", "board/nam is not a recognized name."),
        ("Summary = 'x'", "Summary is not a recognized name."),
        ("id = 'x'", "a number"),
        ("summary = 5", "a text in quotes"),
        ("summary = x", "needs quotes"),
        ("severity = 'Huge'", "Enum value supplied was invalid"),
        ("closedFlag = 'True'", "True or False"),
        (
            "_info/dateEntered > [2020-01-01T00:00:00.5Z]",
            "whole seconds",
        ),
        ("_info/dateEntered > [today]", "is not a time"),
        ("id > 1 and", "the end"),
        ("(id > 1", "`)`"),
        ("id > 1)", "`)`"),
        ("summary contains 'x", "closing"),
        ("id in ()", "a value is expected"),
        ("company = 1", "company/id"),
        ("customFields/caption = 'x'", "not a recognized name"),
        ("id == 1", "a value is expected"),
        ("id = 1; id = 2", "no meaning"),
    ] {
        let refused = client
            .list("/service/tickets", &[("conditions", conditions)])
            .with(400)
            .saying(words);
        assert_eq!(refused.body["code"], "ApiFindCondition");
    }
    let child = [("childConditions", "communicationItems/id in (1, 2)")];
    client
        .list("/company/contacts", &child)
        .with(400)
        .saying("`in` is not possible");
    client
        .get("/service/tickets?pageSize=1001")
        .with(400)
        .saying("OutOfRange");
    client
        .get("/service/tickets?page=0")
        .with(400)
        .saying("OutOfRange");
}

#[test]
fn pages_are_linked() {
    let client = Client::of("connectwise_psa");
    let mut ids = Vec::new();
    let mut next = Some("/service/tickets?pageSize=9&conditions=id%3E0".to_owned());
    while let Some(path) = next {
        let page = client.get(&path).with(200);
        ids.extend(
            page.records()
                .iter()
                .map(|ticket| ticket["id"].as_i64().unwrap()),
        );
        let link = page.header("link").unwrap_or_default().to_owned();
        let target = link.split(", ").find(|link| link.ends_with("rel=\"next\""));
        next = target.map(|link| link[1..].split('>').next().unwrap().to_owned());
    }
    assert_eq!(ids.len(), tickets(&client, "id > 0").len());
    assert!(ids.is_sorted() && ids.len() > 25);
    assert!(
        client
            .get("/service/tickets?page=99")
            .with(200)
            .records()
            .is_empty()
    );
    assert_eq!(client.get("/service/tickets").records().len(), 25);
    let sorted = client
        .list(
            "/service/tickets",
            &[
                ("orderBy", "summary desc"),
                ("fields", "summary,board/name"),
            ],
        )
        .with(200);
    assert_eq!(sorted.first().as_object().unwrap().len(), 2);
    let summaries: Vec<String> = sorted
        .records()
        .iter()
        .map(|it| it["summary"].as_str().unwrap().to_lowercase())
        .collect();
    assert!(summaries.is_sorted_by(|one, other| one >= other));
}
