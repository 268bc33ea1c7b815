//! `list`: the records that pass the filters, a page at a time.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::dialect::{self, Dialect};
use super::{Behaviour, Make, Parent, Success, Turn, WITH, pages};
use crate::description::{Endpoint, Place};
use crate::exchange::Refusal;
use crate::filter::Filter;
use crate::order;
use crate::paging::{self, Paging};
use crate::path::{self, Record};
use crate::relations;
use crate::vendor::House;
use crate::vendors;

/// The options of `list`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    pub(crate) collection: String,
    /// A vendor's view that takes the place of the collection's own records, by name.
    #[serde(default)]
    view: Option<String>,
    #[serde(skip)]
    made: Option<Make>,
    #[serde(default)]
    parent: Option<Parent>,
    /// Input (a path such as `date_range/start` in a body) → what it filters by.
    #[serde(default)]
    filters: BTreeMap<String, Filter>,
    /// The same for query parameters of a list whose inputs stand in the body.
    #[serde(default)]
    query_filters: BTreeMap<String, Filter>,
    /// The property by which the list is ordered; downwards with a `-` before it.
    #[serde(default)]
    sort: Option<String>,
    #[serde(default = "usual_paging")]
    paging: String,
    /// Where filters and paging inputs stand.
    #[serde(default)]
    inputs: Source,
    /// The header that names the tenant, and the property with a record's tenant; without it, only records of none.
    #[serde(default)]
    tenant: Option<Tenant>,
    /// Only records that have this property.
    #[serde(default)]
    having: Option<String>,
    /// Query parameters that change nothing.
    #[serde(default)]
    ignored: Vec<String>,
    /// Set where the list takes `conditions` and what goes with them.
    #[serde(default)]
    conditions: Option<Dialect>,
}

/// Where a list's inputs stand.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    #[default]
    Query,
    Body,
}

/// Which tenant's records a list answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tenant {
    header: String,
    field: String,
}

fn usual_paging() -> String {
    "default".to_owned()
}

impl List {
    /// The same with its view looked up.
    pub(crate) fn checked(mut self) -> Result<Self, String> {
        let look_up =
            |name: &String| vendors::view(name).ok_or_else(|| format!("there is no view `{name}`"));
        self.made = self.view.as_ref().map(look_up).transpose()?;
        Ok(self)
    }

    /// Demands that each of the operation's query parameters means something here.
    pub(crate) fn suits(&self, endpoint: &Endpoint, house: &House) -> Result<(), String> {
        let paging = house.paging.get(&self.paging);
        let paging = paging.ok_or_else(|| format!("there is no paging style `{}`", self.paging))?;
        let pages: Vec<&str> = match paging {
            Paging::Page { page, size, .. } => vec![page, size],
            Paging::Link {
                page, size, after, ..
            } => vec![page, size, after],
            Paging::Scroll { cursor, size, .. } => vec![cursor, size],
            Paging::None { .. } => Vec::new(),
        };
        for parameter in endpoint
            .parameters
            .iter()
            .filter(|parameter| parameter.place == Place::Query)
        {
            let name = parameter.name.as_str();
            let known = self.filters.contains_key(name)
                || self.query_filters.contains_key(name)
                || pages.contains(&name)
                || name == WITH
                || self.ignored.iter().any(|ignored| ignored == name)
                || (self.conditions.is_some() && dialect::PARAMETERS.contains(&name));
            if !known {
                return Err(format!(
                    "the query parameter `{name}` has no meaning: name it in filters, or in ignored"
                ));
            }
        }
        Ok(())
    }

    /// Every record that passes, in order.
    pub(crate) fn matches(&self, turn: &Turn<'_>) -> Result<Vec<Record>, Refusal> {
        turn.parent(self.parent.as_ref())?;
        let inputs = self.inputs(turn);
        let store = &turn.world.store;
        let by_inputs = self
            .filters
            .iter()
            .map(|(name, filter)| (filter, path::read(inputs, name)));
        let by_query = self
            .query_filters
            .iter()
            .map(|(name, filter)| (filter, path::read(&turn.inputs.query, name)));
        let filters: Vec<(&Filter, &Value)> = by_inputs
            .chain(by_query)
            .filter(|(_, wanted)| !wanted.is_null())
            .collect();
        let tenant = |record: &Record| {
            self.tenant.as_ref().is_none_or(|tenant| {
                path::same(
                    path::read(record, &tenant.field),
                    path::read(&turn.inputs.headers, &tenant.header),
                )
            })
        };
        let has = |record: &Record| {
            self.having
                .as_ref()
                .is_none_or(|field| !path::read(record, field).is_null())
        };
        let passes = |record: &&Record| {
            tenant(record)
                && has(record)
                && turn.is_child(self.parent.as_ref(), record)
                && filters
                    .iter()
                    .all(|(filter, wanted)| filter.keeps(record, wanted, store))
        };
        let mut matches: Vec<Record> = match self.made {
            Some(made) => made(store).iter().filter(passes).cloned().collect(),
            None => store
                .records(&self.collection)
                .iter()
                .filter(passes)
                .cloned()
                .collect(),
        };
        if let Some(sort) = &self.sort {
            order::sort(&mut matches, sort);
        }
        if let Some(dialect) = &self.conditions {
            dialect.narrow(turn, &mut matches)?;
        }
        Ok(matches)
    }

    fn inputs<'t>(&self, turn: &'t Turn<'_>) -> &'t Record {
        static NOTHING: std::sync::LazyLock<Record> = std::sync::LazyLock::new(Record::new);
        match self.inputs {
            Source::Query => &turn.inputs.query,
            Source::Body => turn.inputs.body.as_object().unwrap_or(&NOTHING),
        }
    }
}

impl Behaviour for List {
    fn act(&self, turn: &mut Turn<'_>) -> Result<Success, Refusal> {
        let matches = self.matches(turn)?;
        self.page(turn, matches)
    }
}

impl List {
    /// The page of these records that the request is for.
    pub(crate) fn page(
        &self,
        turn: &mut Turn<'_>,
        matches: Vec<Record>,
    ) -> Result<Success, Refusal> {
        let Some(paging) = turn.house.paging.get(&self.paging) else {
            return Ok(Success::default());
        };
        let inputs = self.inputs(turn).clone();
        let mut cut = pages::cut(turn, paging, &self.collection, &inputs, matches)?;
        let with = turn.with();
        let show =
            |record: &Record| relations::show(&turn.world.store, &self.collection, record, &with);
        let shown: Vec<Record> = cut.records.iter().map(show).collect();
        let shown = match &self.conditions {
            Some(dialect) => dialect.cut(turn, shown)?,
            None => shown,
        };
        let shown: Value = shown.into_iter().map(Value::Object).collect();
        cut.values.insert("$records".to_owned(), shown.clone());
        let body = match paging {
            Paging::Page { body, .. } | Paging::Scroll { body, .. } | Paging::None { body } => {
                paging::fill(body, &cut.values)
            }
            Paging::Link { .. } => shown,
        };
        Ok(Success {
            file: None,
            headers: cut.headers,
            body: Some(body),
        })
    }
}
