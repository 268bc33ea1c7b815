//! What vendor.yaml allows, and whether it was of use.

use std::cell::Cell;

use indexmap::IndexMap;

use super::{RULES, found::Found, subject::Subject};
use crate::{nearest::did_you_mean, report::Place};

/// What vendor.yaml allows.
pub(super) struct Allows<'a> {
    all: Vec<Allow<'a>>,
    place: Place,
}

struct Allow<'a> {
    code: &'a str,
    /// A tool, `tool/input`, an input wherever it stands, or `*`.
    key: &'a str,
    is_used: Cell<bool>,
}

impl<'a> Allows<'a> {
    /// As vendor.yaml says them, which stands at `vendor`.
    pub(super) fn new(
        allow: &'a IndexMap<String, IndexMap<String, String>>,
        vendor: &Place,
    ) -> Self {
        let all = allow.iter().flat_map(|(code, keys)| {
            keys.keys().map(move |key| Allow {
                code,
                key,
                is_used: Cell::new(false),
            })
        });
        Self {
            all: all.collect(),
            place: vendor.child("lint").child("allow"),
        }
    }

    /// Whether a finding of a tool, or of what of it, is allowed.
    pub(super) fn has(&self, code: &str, tool: &str, at: &str) -> bool {
        let is_meant = |key: &str| {
            let is_whole = key == "*" || !at.is_empty() && key == at;
            let rest = key.strip_prefix(tool).filter(|_| !tool.is_empty());
            is_whole || rest.is_some_and(|it| it.is_empty() || it.strip_prefix('/') == Some(at))
        };
        let mut is_allowed = false;
        for it in self.all.iter().filter(|it| it.code == code) {
            if is_meant(it.key) {
                it.is_used.set(true);
                is_allowed = true;
            }
        }
        is_allowed
    }
}

/// The last of the rules, which knows what the others found. Where records are derived, vendor.yaml speaks of other tools.
pub(super) fn unused(subject: &Subject<'_>, found: &mut Found) {
    if subject.tools.iter().all(|it| it.is_derived) {
        return;
    }
    let allows = &subject.allows;
    for it in allows.all.iter().filter(|it| !it.is_used.get()) {
        let Allow { code, key, .. } = it;
        let codes = || RULES.iter().map(|it| it.code);
        let reason = if codes().any(|known| known == *code) {
            format!("`{code}` does not find `{key}`")
        } else {
            let near = did_you_mean(code, codes());
            format!("there is no rule `{code}`{near}")
        };
        let place = allows.place.child(code).child(key);
        found.vendor(key, place, reason);
    }
}
