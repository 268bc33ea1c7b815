//! Decides when the page over all vendors can be written: once the specs of all of them are without a mistake.

use codegen::Generated;

use crate::{settle, specs, terminal, workspace};

/// Its path below `generated/`.
pub(crate) const PATH: &str = "README.md";

/// Said where a vendor that was not named keeps the page over all of them from being made.
const UNINDEXED: &str = "generated/README.md, the page over all vendors, is left as it is: the specs of another vendor have \
                         a mistake; `cargo xtask codegen` tells it";

/// A vendor, and what was made of its specs.
pub(crate) type Named<'a> = (&'a String, &'a Generated);

/// The page; none while the specs of a vendor that was not named have a mistake, which is said, and which that vendor's own run tells.
pub(crate) fn index(known: &[String], named: &[Named<'_>]) -> Option<String> {
    let page = page(known, named);
    if page.is_none() {
        terminal::note(UNINDEXED);
    }
    page
}

/// Writes the page, where there is one; answers whether it was not as it is now.
pub(crate) fn write(known: &[String], named: &[Named<'_>]) -> anyhow::Result<bool> {
    let folder = workspace::root().join("generated");
    match index(known, named) {
        Some(text) => settle::write_file(&folder, PATH, &text),
        None => Ok(false),
    }
}

fn page(known: &[String], named: &[Named<'_>]) -> Option<String> {
    let is_other = |it: &&String| !named.iter().any(|(vendor, _)| vendor == it);
    let others = known.iter().filter(is_other).map(|vendor| {
        let sources = specs::read(vendor).ok()?;
        Some((vendor, codegen::generate(&sources, None)))
    });
    let others: Vec<(&String, Generated)> = others.collect::<Option<_>>()?;
    let others = others.iter().map(|(vendor, it)| (*vendor, it));
    let all = named.iter().copied().chain(others);
    let plans = all.map(|(vendor, it)| Some((vendor.as_str(), it.plan.as_ref()?)));
    let plans: Vec<_> = plans.collect::<Option<_>>()?;
    Some(codegen::index(&plans))
}
