//! Decides how the tools of a vendor are laid out for people: which page and section each stands on, under which anchor, and
//! what is said of it. The templates print it.

mod anchor;
mod call;
mod details;
mod entry;
mod home;
mod http;
mod index;
mod inputs;
mod pages;
mod sample;
mod words;

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use crate::{
    compare::{cost, tokens},
    docs::Effect,
    plan::{ToolPlan, VendorPlan, schema::listing},
};

pub use self::{
    entry::Entry,
    index::{Row, index},
    pages::{Group, Page, Section},
    words::{Piece, Words},
};

/// The page that every reader begins with.
pub const FRONT: &str = "TOOLS.md";

/// Where a tool, or a section, stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path of the page, below the vendor's folder.
    pub page: String,
    /// The anchor on it.
    pub anchor: String,
}

/// The tools of a vendor, laid out.
#[derive(Debug)]
pub struct Catalogue {
    /// What all of them are.
    pub totals: Totals,
    /// The sections, one per tag that a tool stands under.
    pub sections: Vec<Section>,
    /// Whether all stands on the first page.
    pub is_one_page: bool,
    /// Where each tool stands.
    pub places: Arc<BTreeMap<String, Place>>,
}

impl Catalogue {
    /// Lays out the tools of a plan; `has_specs` says whether the vendor's specs stand where the pages can lead to them.
    #[must_use]
    pub fn of(plan: &VendorPlan, has_specs: bool) -> Self {
        let (mut sections, is_one_page) = pages::cut(plan);
        let places = pages::places(&sections);
        let tags = sections.iter().map(|it| (it.tag.clone(), it.place.clone()));
        let tags: BTreeMap<String, Place> = tags.collect();
        let writer = entry::Writer {
            plan,
            tags: &tags,
            has_specs,
        };
        for section in &mut sections {
            for page in &mut section.pages {
                for group in &mut page.groups {
                    let tools = group.indices.iter().map(|it| &plan.tools[*it]);
                    group.tools = tools.map(|it| writer.entry(it)).collect();
                }
            }
        }
        Self {
            totals: Totals::of(plan.tools.iter(), plan),
            sections,
            is_one_page,
            places: Arc::new(places),
        }
    }

    /// The pages besides the first.
    pub fn pages(&self) -> impl Iterator<Item = (&Section, &Page)> {
        let sections = self.sections.iter().filter(|_| !self.is_one_page);
        sections.flat_map(|section| section.pages.iter().map(move |page| (section, page)))
    }
}

/// What some tools are, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// All of them.
    pub tools: usize,
    /// Those that change nothing.
    pub read: usize,
    /// Those that add or change.
    pub write: usize,
    /// Those that delete, overwrite, or send what cannot be taken back.
    pub destroy: usize,
    /// Bytes of their listings.
    pub bytes: usize,
    /// Tokens, estimated.
    pub tokens: usize,
}

impl Totals {
    /// Counts tools of a plan.
    pub(crate) fn of<'a>(tools: impl Iterator<Item = &'a ToolPlan>, plan: &VendorPlan) -> Self {
        let mut totals = Self::default();
        for tool in tools {
            totals.tools += 1;
            match tool.effect {
                Effect::Read => totals.read += 1,
                Effect::Write => totals.write += 1,
                Effect::Destroy => totals.destroy += 1,
            }
            totals.bytes += bytes(tool, plan);
        }
        totals.tokens = tokens(totals.bytes);
        totals
    }
}

/// Bytes of a tool's listing.
fn bytes(tool: &ToolPlan, plan: &VendorPlan) -> usize {
    listing(tool, &plan.types).to_string().len()
}

/// What an effect is called.
fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read",
        Effect::Write => "write",
        Effect::Destroy => "destroy",
    }
}

/// What `tools/list` costs.
fn listed(plan: &VendorPlan) -> usize {
    cost(plan).tokens
}
