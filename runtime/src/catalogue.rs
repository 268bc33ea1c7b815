//! The tools that this process offers: found by name, listed in the vendor's order, their listings read at first use.

use std::{collections::HashMap, sync::OnceLock};

use rmcp::model::Tool;

use crate::{
    entry::Entry,
    filter::Filter,
    index::{Found, Index, Subject},
    suggest::nearest,
    table::Vendor,
    text,
};

/// The tools that this process offers.
pub(crate) struct Catalogue {
    /// Whose tools they are.
    pub(crate) vendor: &'static Vendor,
    filter: Filter,
    by_name: HashMap<&'static str, &'static Entry>,
    listed: OnceLock<Result<Vec<Tool>, String>>,
    index: OnceLock<Index>,
}

impl Catalogue {
    /// The tools that a filter leaves.
    ///
    /// # Errors
    /// A sentence, if none is left.
    pub(crate) fn new(vendor: &'static Vendor, filter: Filter) -> Result<Self, String> {
        let by_name: HashMap<&'static str, &'static Entry> = vendor
            .entries()
            .flat_map(|entry| {
                let before = entry.about.aliases.iter().copied();
                before
                    .chain([entry.about.name])
                    .map(move |name| (name, entry))
            })
            .collect();
        if !by_name.values().any(|entry| filter.admits(&entry.about)) {
            return Err(match (filter.words(), vendor.entries().count()) {
                (_, 0) => "this vendor has no tools".to_owned(),
                (words, all) => format!("no tool is left: {words} selects none of the {all} tools"),
            });
        }
        Ok(Self {
            vendor,
            filter,
            by_name,
            listed: OnceLock::new(),
            index: OnceLock::new(),
        })
    }

    /// The enabled tools, in the vendor's order.
    pub(crate) fn enabled(&self) -> impl Iterator<Item = &'static Entry> {
        self.vendor
            .entries()
            .filter(|entry| self.filter.admits(&entry.about))
    }

    /// The options that choose among the tools.
    pub(crate) fn words(&self) -> String {
        self.filter.words()
    }

    /// Whether a word is the name of a tool that is not enabled.
    pub(crate) fn withholds(&self, word: &str) -> bool {
        let entry = self.by_name.get(word);
        entry.is_some_and(|entry| !self.filter.admits(&entry.about))
    }

    /// The enabled tool of this name.
    ///
    /// # Errors
    /// A sentence that says whether there is no such tool, or whether it is not enabled.
    pub(crate) fn find(&self, name: &str) -> Result<&'static Entry, String> {
        match self.by_name.get(name) {
            Some(entry) if self.filter.admits(&entry.about) => Ok(entry),
            Some(_) => Err(format!(
                "the tool `{name}` is not enabled here: this server runs with {}",
                self.words()
            )),
            None => {
                let names: Vec<&str> = self.enabled().map(|entry| entry.about.name).collect();
                let near: Vec<String> = nearest(name, &names)
                    .into_iter()
                    .map(text::ticked)
                    .collect();
                let hint = if near.is_empty() {
                    String::new()
                } else {
                    format!("; did you mean {}?", near.join(" or "))
                };
                Err(format!("there is no tool {}{hint}", text::ticked(name)))
            }
        }
    }

    /// The vendor's tool of this name, enabled or not: what a composite read that is enabled is made of.
    pub(crate) fn of_vendor(&self, name: &str) -> Option<&'static Entry> {
        self.by_name.get(name).copied()
    }

    /// The enabled tools that fit a request in words, the best first, each with why; and the words that mean nothing here.
    ///
    /// The first search makes the index, of enabled tools only: what is not offered is not found either.
    pub(crate) fn search(
        &self,
        query: &str,
        most: usize,
    ) -> (Vec<(&'static Entry, String)>, Vec<String>) {
        let index = self.index.get_or_init(|| {
            let subjects = self.enabled().map(|entry| Subject::of(&entry.about));
            Index::new(self.vendor.vocabulary, subjects)
        });
        let Found { hits, unknown } = index.search(query, most);
        let entries: Vec<&'static Entry> = self.enabled().collect();
        let hits = hits
            .into_iter()
            .filter_map(|hit| Some((*entries.get(hit.subject)?, hit.why)));
        (hits.collect(), unknown)
    }

    /// The enabled tools as `tools/list` answers them.
    ///
    /// # Errors
    /// A sentence, if a listing is none.
    pub(crate) fn list(&self) -> Result<&[Tool], String> {
        let listed = self
            .listed
            .get_or_init(|| self.enabled().map(listing).collect());
        listed.as_deref().map_err(Clone::clone)
    }
}

/// A tool as `tools/list` answers it.
pub(crate) fn listing(entry: &'static Entry) -> Result<Tool, String> {
    serde_json::from_str(entry.about.listing).map_err(|error| {
        format!(
            "the listing of `{}` cannot be read: {error}",
            entry.about.name
        )
    })
}
