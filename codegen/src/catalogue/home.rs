//! Decides under which of its tags a tool stands: the one that its resource is named after, else the one that fewest have.

use std::collections::BTreeMap;

use crate::{
    plan::{ToolPlan, VendorPlan},
    words::singular,
};

/// How many tools have each tag, and its place in the vocabulary.
pub(super) struct Tags<'a> {
    known: BTreeMap<&'a str, (usize, usize)>,
}

impl<'a> Tags<'a> {
    /// Counts the tags of a plan.
    pub(super) fn of(plan: &'a VendorPlan) -> Self {
        let mut known = BTreeMap::new();
        for (place, (tag, _)) in plan.tags.iter().enumerate() {
            known.insert(tag.as_str(), (0, place));
        }
        for tag in plan.tools.iter().flat_map(|it| &it.tags) {
            known.entry(tag).or_insert((0, usize::MAX)).0 += 1;
        }
        Self { known }
    }

    /// The tag that a tool stands under; none if it has none.
    pub(super) fn home<'t>(&self, tool: &'t ToolPlan) -> Option<&'t str> {
        let tags = || tool.tags.iter().map(String::as_str);
        let named = tags().filter(|it| is_named_after(&tool.resource.plural, it));
        let named = named.max_by_key(|it| it.len());
        named.or_else(|| tags().min_by_key(|it| self.known.get(it)))
    }
}

/// `board_types` is named after `boards`, `tickets` after `tickets`.
fn is_named_after(resource: &str, tag: &str) -> bool {
    let begins = |with: &str| {
        let rest = resource.strip_prefix(with);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('_'))
    };
    begins(tag) || begins(&singular(tag))
}

#[cfg(test)]
mod tests {
    use super::is_named_after;

    #[test]
    fn resources_are_named_after_tags() {
        for (resource, tag, is) in [
            ("tickets", "tickets", true),
            ("ticket_notes", "tickets", true),
            ("company_sites", "companies", true),
            ("time_entries", "time", true),
            ("timers", "time", false),
            ("notes_of_ticket", "tickets", false),
        ] {
            assert_eq!(is_named_after(resource, tag), is, "{resource} {tag}");
        }
    }
}
