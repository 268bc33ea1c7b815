//! Guesses how lists are paged: each list votes with its parameters and its answer, and most win.

mod vote;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use self::vote::{Vote, vote};
use super::{
    Guess,
    answers::{Answers, Found, most},
    reading::Reading,
    yaml::Lines,
};
use crate::api::{Api, Limit, Operation, Type, Verb};

/// Asked for where neither a caller nor the document says how many.
const USUAL_SIZE: u64 = 25;
const USUAL_MOST: u64 = 100;

/// How each list is paged.
pub(super) struct Styles {
    /// Name and content, `default` first.
    styles: Vec<(String, Map<String, Value>, usize)>,
    /// Style of each operation that is not paged by `default`.
    own: BTreeMap<String, String>,
    lists: usize,
    paged: usize,
    /// What a person must know.
    pub(super) told: Vec<String>,
}

impl Styles {
    /// Asks every list.
    pub(super) fn of(reading: &Reading, answers: &Answers) -> Self {
        let api = &reading.api;
        let is_list = |it: &&Operation| {
            it.verb == Verb::Get && matches!(answers.get(&it.key), Found::List(_))
        };
        let lists: Vec<&Operation> = api.operations.values().filter(is_list).collect();
        let mut votes: BTreeMap<String, Vec<Vote<'_>>> = BTreeMap::new();
        let mut partly = Vec::new();
        for operation in &lists {
            match vote(operation, reading) {
                Some(vote) => votes.entry(vote.key()).or_default().push(vote),
                None => partly.push(operation.key.clone()),
            }
        }
        let paged = votes.values().map(Vec::len).sum();
        let mut groups: Vec<_> = votes.into_iter().collect();
        // The most votes first, then by name: the order is the same in each run.
        groups.sort_by(|(a, left), (b, right)| right.len().cmp(&left.len()).then_with(|| a.cmp(b)));
        let mut styles = Self {
            styles: Vec::new(),
            own: BTreeMap::new(),
            lists: lists.len(),
            paged,
            told: Vec::new(),
        };
        for (_, group) in groups {
            styles.add(&group, api);
        }
        styles.settle(&partly);
        styles
    }

    fn add(&mut self, group: &[Vote<'_>], api: &Api) {
        let style = group[0].style;
        let mut name = if self.styles.is_empty() {
            "default"
        } else {
            style
        }
        .to_owned();
        let mut count = 2;
        while self.styles.iter().any(|(it, ..)| *it == name) {
            name = format!("{style}_{count}");
            count += 1;
        }
        if name != "default" {
            self.own
                .extend(group.iter().map(|it| (it.key.clone(), name.clone())));
        }
        self.styles.push((name, content(group, api), group.len()));
    }

    /// There is always a default, and a name for what is not paged although it has some of its parameters.
    fn settle(&mut self, partly: &[String]) {
        if self.styles.is_empty() {
            let none = Map::from_iter([("style".to_owned(), json!("none"))]);
            self.styles.push(("default".to_owned(), none, 0));
            if self.lists > 0 {
                self.told.push(
                    "No list says how it is paged, so each is asked for as a whole.".to_owned(),
                );
            }
            return;
        }
        let none = Map::from_iter([("style".to_owned(), json!("none"))]);
        self.styles.push((WHOLE.to_owned(), none, 0));
        self.own
            .extend(partly.iter().map(|it| (it.clone(), WHOLE.to_owned())));
    }

    /// What an operation's record must say.
    pub(super) fn own(&self, key: &str) -> Option<String> {
        self.own.get(key).cloned()
    }

    /// `paging` of vendor.yaml.
    pub(super) fn write(&self, lines: &mut Lines, guesses: &mut Vec<Guess>) {
        for it in &self.told {
            lines.comment(0, it);
        }
        lines.heading(0, "paging");
        for (name, content, count) in &self.styles {
            if *count > 0 {
                let from = format!(
                    "the parameters and answers of {count} of {} lists ({} are paged)",
                    self.lists, self.paged
                );
                lines.comment(2, &format!("guessed from {from}"));
                let what = Value::Object(content.clone()).to_string();
                guesses.push(Guess::of(&format!("paging.{name}"), &what, &from));
            }
            if name == WHOLE {
                lines.comment(2, "for a list that comes as a whole");
            }
            lines.flow(2, name, &Value::Object(content.clone()));
        }
    }
}

/// The style of what is not paged.
pub(super) const WHOLE: &str = "whole";

/// A paging style as vendor.yaml has it.
fn content(group: &[Vote<'_>], api: &Api) -> Map<String, Value> {
    let first = &group[0];
    let mut content = Map::new();
    let mut put = |key: &str, value: Value| drop(content.insert(key.to_owned(), value));
    put("style", json!(first.style));
    let moving = match first.style {
        "cursor" => "cursor",
        "offset" => "offset",
        _ => "page",
    };
    put(moving, json!(first.moving.name));
    put("size", json!(first.size.name));
    if moving == "page" {
        put("first", json!(first_page(group, api)));
    }
    if let Some(next) = &first.next {
        put("next", json!(next));
    }
    // One that a list of the group does not answer would never end it.
    let agreed = |all: Vec<&String>| {
        let is_of_all = all.len() == group.len();
        is_of_all.then(|| most(all.into_iter().map(String::as_str)).value)
    };
    if first.style == "page"
        && let Some(last) = agreed(
            group
                .iter()
                .filter_map(|it| it.last_page.as_ref())
                .collect(),
        )
    {
        put("last_page", json!(last));
    }
    if first.style == "offset"
        && let Some(total) = agreed(group.iter().filter_map(|it| it.total.as_ref()).collect())
    {
        put("total", json!(total));
    }
    let largest = group
        .iter()
        .filter_map(|it| limit(&api.whole(&it.size.schema), true))
        .min();
    let most = largest.unwrap_or(USUAL_MOST).clamp(1, 10_000);
    put("default_size", json!(USUAL_SIZE.min(most)));
    put("max_size", json!(most));
    content
}

/// The number of the first page: the one that the document calls usual, else the least that it allows, or else 1.
fn first_page(group: &[Vote<'_>], api: &Api) -> u64 {
    let usual = group.iter().find_map(|it| {
        let schema = &it.moving.schema;
        let stated = schema.default.as_ref();
        stated.or(api.resolve(schema).default.as_ref())?.as_u64()
    });
    let mut lists = group.iter();
    let least = lists.find_map(|it| limit(&api.whole(&it.moving.schema), false));
    let is_first = |it: &u64| *it <= 1;
    usual
        .filter(is_first)
        .or(least.filter(is_first))
        .unwrap_or(1)
}

fn limit(ty: &Type, is_maximum: bool) -> Option<u64> {
    let (Type::Integer(limits) | Type::Number(limits)) = ty else {
        return None;
    };
    limits.iter().find_map(|it| match it {
        Limit::Maximum(bound) if is_maximum => whole(*bound),
        Limit::Minimum(bound) if !is_maximum => whole(*bound),
        _ => None,
    })
}

fn whole(bound: f64) -> Option<u64> {
    (0.0..1e9).contains(&bound).then(|| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was just looked at"
        )]
        let whole = bound as u64;
        whole
    })
}
