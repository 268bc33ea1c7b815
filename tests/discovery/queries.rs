//! The queries of queries.yaml, and the operations that are right.

use std::fs;

use acceptance::root;
use serde_json::Value;

/// What is asked, and the operations that are right.
pub(crate) struct Query {
    /// In people's words.
    pub(crate) words: String,
    /// Such as `GET /service/boards`.
    pub(crate) right: Vec<String>,
}

/// The queries of one of the sets in queries.yaml.
pub(crate) fn queries(set: &str) -> Vec<Query> {
    let text = fs::read_to_string(root().join("tests/discovery/queries.yaml"))
        .expect("the queries are there");
    let all: Value = serde_yaml::from_str(&text).expect("the queries are YAML");
    let text = |it: &Value| it.as_str().expect("a text").to_owned();
    let rows = all[set].as_array().expect("a list").iter();
    rows.map(|it| Query {
        words: text(&it["query"]),
        right: it["right"]
            .as_array()
            .expect("a list")
            .iter()
            .map(text)
            .collect(),
    })
    .collect()
}
