//! A conversation with one server: each call is shown and counted, and its answer must be what the step expects.

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::{
    Tally,
    brief::{self, brief},
    client::{Answer, Client},
    record::Record,
    screen::Screen,
};

/// A conversation with one server.
pub(super) struct Session<'a> {
    client: Client,
    screen: &'a Screen,
    tally: &'a mut Tally,
}

impl<'a> Session<'a> {
    /// A conversation that has just begun.
    pub(super) fn new(client: Client, screen: &'a Screen, tally: &'a mut Tally) -> Self {
        Self {
            client,
            screen,
            tally,
        }
    }

    /// All records of a list, page by page.
    pub(super) fn list(&mut self, tool: &str, mut arguments: Value) -> anyhow::Result<Vec<Record>> {
        let mut records = Vec::new();
        loop {
            let page = self.success(tool, &arguments)?;
            let result = page["result"]
                .as_array()
                .with_context(|| format!("{tool} answered no list"))?;
            ensure!(
                page["result_count"] == result.len(),
                "{tool} miscounts its records"
            );
            records.extend(result.iter().cloned().map(Record));
            match &page["next_cursor"] {
                Value::Null => return Ok(records),
                cursor => arguments["next_cursor"] = cursor.clone(),
            }
        }
    }

    /// The record that a call answers.
    pub(super) fn one(&mut self, tool: &str, arguments: Value) -> anyhow::Result<Record> {
        let mut answer = self.success(tool, &arguments)?;
        ensure!(
            answer["result"].is_object(),
            "{tool} answered no record: {}",
            brief(&answer)
        );
        Ok(Record(answer["result"].take()))
    }

    /// The failure of a call that must fail.
    pub(super) fn refusal(&mut self, tool: &str, arguments: Value) -> anyhow::Result<Record> {
        let answer = self.call(tool, &arguments)?;
        ensure!(
            answer.failed,
            "{tool} had to fail, and did not: {}",
            brief(&answer.json)
        );
        Ok(Record(answer.json))
    }

    /// What a model would say now.
    pub(super) fn say(&self, words: &str) {
        self.screen.say(words);
    }

    fn success(&mut self, tool: &str, arguments: &Value) -> anyhow::Result<Value> {
        let answer = self.call(tool, arguments)?;
        if answer.failed {
            bail!("{tool} {arguments} failed: {}", answer.json);
        }
        Ok(answer.json)
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> anyhow::Result<Answer> {
        self.tally.calls += 1;
        self.screen
            .call(self.tally.calls, tool, &brief::arguments(arguments));
        let answer = self
            .client
            .call(tool, arguments)
            .with_context(|| tool.to_owned())?;
        for exchange in &answer.exchanges {
            self.tally.requests += 1;
            self.screen.request(&brief::request(&exchange.request));
        }
        let status = answer.exchanges.last().and_then(|it| it.status);
        self.screen
            .answer(status, answer.failed, &brief::answer(&answer));
        Ok(answer)
    }
}
